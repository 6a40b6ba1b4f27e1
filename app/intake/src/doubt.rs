//! Columns of amounts whose points may stand before decimals or between thousands: a column is in doubt while no value in it settles that.

use crate::mapping::Bound;
use crate::mapping::cells::Cells;
use crate::told::Reading;
use crate::{Holds, Kind};
use domain::Rejections;

/// Columns of amounts the mapping says nothing about, and what their values say so far.
#[derive(Clone, Debug)]
pub struct Doubts(Vec<Column>);

#[derive(Clone, Debug)]
struct Column {
    field: &'static str,
    index: usize,
    /// The first value that can be read in two ways.
    example: Option<String>,
    /// The first that cannot, with its line.
    settled: Option<(u64, String)>,
}

/// A column that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The field it is for.
    pub field: &'static str,
    /// Its name.
    pub column: String,
    /// One of its values.
    pub example: String,
}

impl Doubts {
    /// The columns of amounts for which a mapping does not say how numbers are written.
    #[must_use]
    pub fn of(kind: Kind, bound: &Bound) -> Self {
        let fields = kind.money().iter().filter_map(|name| Some((*name, bound.field(name)?)));
        let columns = fields
            .filter(|(_, field)| !field.notation_said)
            .flat_map(|(field, of)| of.amounts().map(move |index| Column { field, index, example: None, settled: None }));
        Self(columns.collect())
    }

    /// Takes a row in. A number of a workbook says nothing about texts.
    pub fn see(&mut self, cells: Cells<'_>) {
        for column in self.0.iter_mut().filter(|column| column.settled.is_none() || column.example.is_none()) {
            if cells.holds(column.index) != Holds::Text {
                continue;
            }
            let text = cells.row.get(column.index).unwrap_or_default();
            match before_decimals(text) {
                Some(true) if column.settled.is_none() => column.settled = Some((cells.row.line(), text.trim().to_owned())),
                Some(false) if column.example.is_none() => column.example = Some(text.trim().to_owned()),
                _ => {}
            }
        }
    }

    /// What is in doubt, by the file's names of its columns.
    pub fn told<'a>(&'a self, names: &'a csv::StringRecord) -> impl Iterator<Item = Doubt> + 'a {
        self.0.iter().filter(|column| column.settled.is_none()).filter_map(|column| {
            let name = names.get(column.index).unwrap_or_default().to_owned();
            Some(Doubt { field: column.field, column: name, example: column.example.clone()? })
        })
    }

    /// What was in doubt until a line settled it.
    pub(crate) fn readings<'a>(&'a self, names: &'a csv::StringRecord) -> impl Iterator<Item = Reading> + 'a {
        let doubted = self.0.iter().filter(|column| column.example.is_some() && column.settled.is_some());
        doubted.map(|column| Reading {
            field: column.field.to_owned(),
            column: names.get(column.index).unwrap_or_default().to_owned(),
            format: None,
            because: column.settled.clone(),
        })
    }

    /// Refuses the file while anything is in doubt.
    ///
    /// # Errors
    /// Each column, with what to write in the mapping.
    pub fn settled(&self, names: &csv::StringRecord) -> Result<(), Rejections> {
        let mut bad = Rejections::default();
        for Doubt { field, column, example } in self.told(names) {
            let plain = example.replace('.', "");
            let words = format!(
                "How are numbers written in column {column}? “{example}” may be {example} or {plain}, and no other value settles it: say how numbers are \
                 written (in a mapping file, for {field}: number = {{ decimal = \".\" }} where the point stands before decimals, or number = \
                 {{ decimal = \",\", group = \".\" }} where it stands between thousands)."
            );
            bad.add(field, "two_ways", words);
        }
        bad.or(())
    }
}

/// Whether the point of a number stands before decimals for certain; `None` where there is no number with one point.
pub(crate) fn before_decimals(text: &str) -> Option<bool> {
    let (whole, part) = text.split_once('.')?;
    let (whole, part) = (whole.trim_start().trim_start_matches(['-', '−', '+']).trim_start(), part.trim_end());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let number = digits(whole) && digits(part) && !part.is_empty();
    number.then(|| part.len() != 3 || whole.is_empty() || whole.len() > 3 || whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::before_decimals;

    #[test]
    fn only_groups_of_three_may_be_thousands() {
        for text in ["1.234", "15.600", "-999.000", " 1.234 ", "+ 1.234"] {
            assert_eq!(before_decimals(text), Some(false), "{text}");
        }
        for text in ["2.5", "0.001", "12.34", "1234.567", "-0.500", ".500", "1.2345"] {
            assert_eq!(before_decimals(text), Some(true), "{text}");
        }
        for text in ["", "1", "1,234", "1.234,56", "1.234.567", "KES 1.234", "1."] {
            assert_eq!(before_decimals(text), None, "{text}");
        }
    }
}
