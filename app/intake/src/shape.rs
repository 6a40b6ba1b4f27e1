//! How a column writes its amounts, where a value that can be read in one way only says what the point of another means: `1.234,56` beside `1.234`.

use crate::doubt::before_decimals;
use crate::mapping::Mapping;
use crate::mapping::cells::Cells;
use crate::opened::Found;
use crate::{Holds, Kind, Row};
use domain::Rejections;
use domain::decimal::Notation;

/// Numbers of a workbook after which no texts are looked for any more.
const NUMBERS: u32 = 20_000;

/// What the values of a field say so far.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    /// One with a point that may stand before decimals or between thousands.
    doubtful: bool,
    /// One whose comma stands before decimals, or whose points between thousands.
    comma: bool,
    /// One whose point stands before decimals.
    point: bool,
    /// Numbers of a workbook, which say nothing about texts.
    numbers: u32,
}

impl Shape {
    fn see(&mut self, text: &str) {
        match before_decimals(text) {
            Some(true) => self.point = true,
            Some(false) => self.doubtful = true,
            None => match comma_decides(text) {
                Some(true) => self.comma = true,
                Some(false) => self.point = true,
                None => {}
            },
        }
    }

    fn settled(self) -> bool {
        self.point || self.numbers >= NUMBERS
    }
}

/// Says in a mapping that the points of an amount stand between thousands, where the mapping says nothing of how it is written and no value of it
/// contradicts those that leave no other way to read the rest.
///
/// # Errors
/// A file that cannot be read on.
pub fn amounts(mut mapping: Mapping, kind: Kind, found: &Found) -> Result<Mapping, Rejections> {
    let Ok(bound) = mapping.bind(kind, found.names(), kind.code()) else { return Ok(mapping) };
    let open = kind.money().iter().filter_map(|name| Some((*name, bound.field(name).filter(|field| !field.notation_said)?)));
    let mut fields: Vec<_> = open.map(|(name, field)| (name, field, Shape::default())).collect();
    let (mut rows, mut row) = (found.rows()?, Row::new());
    while fields.iter().any(|(.., shape)| !shape.settled()) && rows.next(&mut row)? {
        if rows.unfit(&row).is_some() {
            continue;
        }
        let cells = Cells { row: &row, blanks: &bound.blanks };
        for (_, field, shape) in &mut fields {
            for index in field.amounts() {
                match cells.holds(index) {
                    Holds::Text => shape.see(row.get(index).unwrap_or_default()),
                    _ => shape.numbers += 1,
                }
            }
        }
    }
    let sure = fields.into_iter().filter(|(.., shape)| shape.doubtful && shape.comma && !shape.point).map(|(name, ..)| name);
    for name in sure.collect::<Vec<_>>() {
        if let Some(spec) = mapping.fields.get_mut(name) {
            spec.0.number = Some(Notation { decimal: ',', group: Some('.'), ..Notation::default() });
        }
    }
    Ok(mapping)
}

/// Whether the comma of a number stands before its decimals, or its points between thousands; `Some(false)` where it is the other way round, `None` where
/// there is no number, or two ways to read it.
fn comma_decides(text: &str) -> Option<bool> {
    let text = text.trim().trim_start_matches(['-', '−', '+']).trim_start();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let grouped = |whole: &str, sign: char| {
        let mut groups = whole.split(sign);
        let first = groups.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
    };
    let other = |decimal: char| if decimal == ',' { '.' } else { ',' };
    match signs.as_slice() {
        // 12,50: three digits behind it may be a thousand's
        [','] => {
            let (whole, part) = text.split_once(',')?;
            let sure = part.len() != 3 || whole.len() > 3 || whole.starts_with('0');
            (!part.is_empty() && !whole.is_empty() && sure).then_some(true)
        }
        [groups @ .., decimal @ (',' | '.')] if !groups.is_empty() && groups.iter().all(|sign| *sign == other(*decimal)) => {
            let (whole, part) = text.rsplit_once(*decimal)?;
            (!part.is_empty() && grouped(whole, other(*decimal))).then_some(*decimal == ',')
        }
        [sign @ (',' | '.'), rest @ ..] if !rest.is_empty() && rest.iter().all(|other| other == sign) => {
            grouped(text, *sign).then_some(*sign == '.')
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::comma_decides;

    #[test]
    fn a_value_that_can_be_read_in_one_way_tells_what_its_signs_mean() {
        for text in ["1.234,56", "-1.234.567,8", "1.234.567", " 12,50 ", "0,125", "1234,567"] {
            assert_eq!(comma_decides(text), Some(true), "{text}");
        }
        for text in ["1,234.56", "1,234,567", "+ 12,345.6"] {
            assert_eq!(comma_decides(text), Some(false), "{text}");
        }
        for text in ["", "12", "1,234", "1.23,4,5", "12.34.567", "1.234,", "0.123.456", "KES 1.234,56", "1.2.3", ",5"] {
            assert_eq!(comma_decides(text), None, "{text}");
        }
    }
}
