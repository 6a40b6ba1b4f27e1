//! What stands between two cells, as a mapping writes it or as the beginning of a file shows it.

use serde::{Deserialize, Serialize};

/// Lines at the beginning of a file that are looked at.
const LINES: usize = 20;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    /// A comma.
    #[serde(rename = ",")]
    Comma,
    /// A semicolon.
    #[serde(rename = ";")]
    Semicolon,
    /// A tab.
    #[serde(rename = "tab", alias = "\t")]
    Tab,
    /// A vertical bar.
    #[serde(rename = "|")]
    Bar,
    /// Blanks, any number of them: columns that are aligned.
    #[serde(rename = "spaces", alias = " ")]
    Spaces,
}

impl Delimiter {
    /// All of them, as a mapping writes them and in words.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Comma, ",", "commas"),
        (Self::Semicolon, ";", "semicolons"),
        (Self::Tab, "tab", "tabs"),
        (Self::Bar, "|", "bars"),
        (Self::Spaces, "spaces", "blanks"),
    ];

    /// As a mapping writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("", |(_, code, _)| code)
    }

    /// For people: `commas`.
    #[must_use]
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("", |(.., words)| words)
    }

    /// From [`Delimiter::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == code).map(|(one, ..)| one)
    }

    /// The byte between the cells of a row; runs of blanks have become one of a sign no text holds.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
            Self::Spaces => crate::spaced::BETWEEN,
        }
    }

    /// What the beginning of a file shows, in the line that names the columns where that is said: the one most frequent outside quotes in its first
    /// line, or below a title of several words; blanks where there is no other and all lines have as many words, some of them far apart; else a comma.
    pub(crate) fn of(start: &str, header_row: Option<u64>) -> Self {
        let mut rest = start;
        for _ in 1..header_row.unwrap_or(1) {
            rest = rest.find('\n').map_or("", |end| &rest[end + 1..]);
        }
        let (mut line, mut below) = split(rest);
        for looked_at in 0..LINES {
            if let Some(best) = most_frequent(line) {
                return best;
            }
            if looked_at == 0 && aligned(rest) {
                return Self::Spaces;
            }
            let title = line.trim().is_empty() || line.split_whitespace().count() > 1;
            if below.is_empty() || !title || header_row.is_some() {
                break;
            }
            (line, below) = split(below);
        }
        Self::Comma
    }
}

/// A line, which may have line ends in quotes, and what follows.
fn split(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

fn most_frequent(line: &str) -> Option<Delimiter> {
    let mut counts = [(Delimiter::Comma, 0), (Delimiter::Semicolon, 0), (Delimiter::Tab, 0), (Delimiter::Bar, 0)];
    let mut quoted = false;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if !quoted {
            counts.iter_mut().filter(|(one, _)| one.byte() == byte).for_each(|(_, n)| *n += 1);
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().filter(|most| *most > 0)?;
    counts.into_iter().find(|(_, n)| *n == most).map(|(one, _)| one)
}

fn aligned(start: &str) -> bool {
    let lines: Vec<&str> = start.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let words = |line: &&str| line.split_whitespace().count();
    let apart = |line: &&str| line.starts_with(' ') || line.trim().contains("  ");
    let first = lines.first().map_or(0, words);
    first > 1 && lines.len() > 1 && lines.iter().all(|line| words(line) == first) && lines.iter().any(apart)
}

#[cfg(test)]
mod tests {
    use super::Delimiter::{Bar, Comma, Semicolon, Spaces, Tab};
    use super::*;

    #[test]
    fn the_line_that_names_the_columns_shows_what_stands_between_cells() {
        for (start, header_row, want) in [
            ("a;b;c\n1,5;2,5;3\n", None, Semicolon),
            ("\"a;b\",c\n", None, Comma),
            ("a\tb\n", None, Tab),
            ("Sales of March\n\na|b|c\n", None, Bar),
            ("Sales, March\nday;no;sum\n", None, Comma),
            ("Sales, March\nday;no;sum\n", Some(2), Semicolon),
            ("name\nMutua; Ltd\n", None, Comma),
            (" id  day sum\n 1 19970101   2\n", None, Spaces),
            ("id  day sum\n1,5\t19970101   2\n", None, Spaces),
            ("client name\nMutua Ltd\n", None, Comma),
            ("client name\nMutua  Ltd\nNew Farm Ltd\n", None, Comma),
            ("name\n", None, Comma),
            ("", Some(7), Comma),
        ] {
            assert_eq!(Delimiter::of(start, header_row), want, "{start:?}");
        }
    }
}
