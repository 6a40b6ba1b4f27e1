//! The table behind a chart: the same figures in words, with the way to filter by each row and to the lines behind it.

use crate::markup::Markup;
use domain::measures::percent;
use domain::money::Currency;
use domain::sales::UNIT_DIGITS;

/// Rows that are drawn; a download holds all of them.
const DRAWN: usize = 200;

/// The head of how much of net sales a gross profit and a margin are over.
pub const KNOWN: &str = "Cost known for";

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What each column holds, the first names the row.
    pub heads: Vec<&'static str>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The chart's mark it belongs to, pressed or not.
    pub mark: Option<(usize, bool)>,
    /// The lines behind it.
    pub lines: Option<String>,
    /// Why it moved, where it is compared.
    pub why: Option<String>,
    /// One for each head.
    pub cells: Vec<Cell>,
}

/// A cell: for people, and for a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// For people; a dash for what is not known.
    pub words: String,
    /// For a file; empty for what is not known.
    pub plain: String,
    /// Whether it is a number.
    pub number: bool,
}

impl Cell {
    /// A name.
    #[must_use]
    pub fn name(words: &str) -> Self {
        Self { words: words.to_owned(), plain: words.to_owned(), number: false }
    }

    /// An amount.
    #[must_use]
    pub fn money(minor: Option<i64>, currency: Currency) -> Self {
        Self::of(minor, |minor| currency.words(minor), |minor| decimal(minor, currency.digits()))
    }

    /// A share in tenths of a percent.
    #[must_use]
    pub fn share(tenths: Option<i64>) -> Self {
        Self::of(tenths, percent, |tenths| decimal(tenths, 1))
    }

    /// Units, in thousandths.
    #[must_use]
    pub fn units(thousandths: i64) -> Self {
        Self::of(Some(thousandths), units, |thousandths| decimal(thousandths, UNIT_DIGITS))
    }

    /// A number of things.
    #[must_use]
    pub fn count(n: i64) -> Self {
        Self::of(Some(n), |n| units(n.saturating_mul(1_000)), |n| n.to_string())
    }

    fn of(value: Option<i64>, words: impl FnOnce(i64) -> String, plain: impl FnOnce(i64) -> String) -> Self {
        value.map_or_else(
            || Self { words: "–".to_owned(), number: true, ..Self::default() },
            |value| Self { words: words(value), plain: plain(value), number: true },
        )
    }
}

/// Units in words: whole ones with commas, parts only where there are any.
#[must_use]
pub fn units(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "−" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let part = if part == 0 { String::new() } else { [".", format!("{part:03}").trim_end_matches('0')].concat() };
    [sign, &domain::money::grouped(whole), &part].concat()
}

/// `-12.50`, as a spreadsheet reads it.
fn decimal(value: i64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let (whole, part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let sign = if value < 0 { "-" } else { "" };
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0width$}", width = digits as usize) }
}

impl Table {
    /// Draws it.
    #[must_use]
    pub fn html(&self, title: &str) -> String {
        let mut m = Markup::default();
        m.put(
            "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"{}: table\"><table class=\"table\"><thead><tr>",
            &[title],
        );
        let linked = self.rows.iter().any(|row| row.lines.is_some());
        for (at, head) in self.heads.iter().enumerate() {
            let class = if at > 0 { "table__num" } else { "" };
            m.put("<th scope=\"col\" class=\"{}\">{}</th>", &[class, head]);
        }
        if linked {
            m.put("<th scope=\"col\"><span class=\"sr\">Lines behind it</span></th>", &[]);
        }
        m.put("</tr></thead><tbody>", &[]);
        for row in self.rows.iter().take(DRAWN) {
            draw_row(&mut m, row, linked);
        }
        m.put("</tbody></table></div>", &[]);
        if self.rows.len() > DRAWN {
            let all = crate::words::thousands(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
            m.put(
                "<p class=\"muted small panel__more\">The first {} of {} rows; a download holds all of them.</p>",
                &[&DRAWN.to_string(), &all],
            );
        }
        m.done()
    }
}

fn draw_row(m: &mut Markup, row: &Row, linked: bool) {
    m.put("<tr class=\"{}\">", &[if row.mark.is_some_and(|(_, picked)| picked) { "panel__picked" } else { "" }]);
    for (at, cell) in row.cells.iter().enumerate() {
        match row.mark.filter(|_| at == 0) {
            Some((mark, picked)) => m.put(
                "<td><button type=\"button\" class=\"panel__pick\" data-do=\"{}\" aria-pressed=\"{}\">{}</button></td>",
                &[&mark.to_string(), if picked { "true" } else { "false" }, &cell.words],
            ),
            None => m.put("<td class=\"{}\">{}</td>", &[if cell.number { "table__num" } else { "" }, &cell.words]),
        }
    }
    if linked {
        m.put("<td>", &[]);
        let name = row.cells.first().map(|cell| cell.words.as_str()).unwrap_or_default();
        if let Some(href) = &row.lines {
            m.put("<a href=\"{}\" aria-label=\"Lines behind {}\">Lines</a>", &[href, name]);
        }
        if let Some(href) = &row.why {
            m.put(" <a href=\"{}\" aria-label=\"Why {} moved\">Why?</a>", &[href, name]);
        }
        m.put("</td>", &[]);
    }
    m.put("</tr>", &[]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_words_for_people_and_numbers_for_a_file() {
        let kes = Currency::parse("KES").expect("three letters");
        let both = |cell: Cell| (cell.words, cell.plain);
        assert_eq!(both(Cell::money(Some(-123_450), kes)), ("KES −1,234.50".into(), "-1234.50".into()));
        assert_eq!(both(Cell::money(None, kes)), ("–".into(), String::new()));
        assert_eq!(both(Cell::units(1_234_500)), ("1,234.5".into(), "1234.500".into()));
        assert_eq!(both(Cell::share(Some(-5))), ("−0.5 %".into(), "-0.5".into()));
        assert_eq!(both(Cell::count(1_200)), ("1,200".into(), "1200".into()));
    }

    #[test]
    fn a_row_can_be_pressed_and_leads_to_its_lines() {
        let row = Row {
            mark: Some((3, true)),
            lines: Some("/office/sales?from=x".into()),
            why: None,
            cells: vec![Cell::name("A & B"), Cell::count(2)],
        };
        let html = Table { heads: vec!["Rep", "Lines"], rows: vec![row] }.html("Reps");
        assert!(html.contains("data-do=\"3\" aria-pressed=\"true\">A &amp; B</button>"), "{html}");
        assert!(
            html.contains("<td class=\"table__num\">2</td><td><a href=\"/office/sales?from=x\" aria-label=\"Lines behind A &amp; B\">")
        );
    }
}
