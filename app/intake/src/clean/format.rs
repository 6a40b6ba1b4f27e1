//! How a column writes its days: patterns as people write them in a mapping, `DD/MM/YYYY`, `YY-MM-DD`, `DD-MON-YYYY`.

use super::days::{Civil, Part};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// What is said of years of two digits, as POSIX reads them (`strptime`, `%y`).
pub const SHORT_YEARS: &str = "Of years of two digits, 00 to 68 are 2000 to 2068, and 69 to 99 are 1969 to 1999.";
/// The last of them that is of this century.
const THIS_CENTURY: i32 = 68;

/// How a column writes days. Between the parts may stand `-`, `/` or `.`, beside the name of a month a blank or a comma too; a time may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayFormat {
    /// `20150717`
    Compact,
    /// `17072015`
    DayFirstCompact,
    /// `07172015`
    MonthFirstCompact,
    /// `2015-07-17`, `2015/7/17`
    Iso,
    /// `07/17/2015`
    MonthFirst,
    /// `17/07/2015`
    DayFirst,
    /// `15-07-17`
    YearFirstShort,
    /// `07/17/15`
    MonthFirstShort,
    /// `17/07/15`
    DayFirstShort,
    /// `17-Jul-2015`, `17 July 2015`
    DayNamed,
    /// `July 17, 2015`
    MonthNamed,
    /// `2015-Jul-17`
    YearNamed,
    /// `17-Jul-15`
    DayNamedShort,
    /// `Jul 17, 15`
    MonthNamedShort,
}

use DayFormat as F;

impl DayFormat {
    /// Every format, as a mapping writes it.
    pub const ALL: [(Self, &'static str); 14] = [
        (F::Compact, "YYYYMMDD"),
        (F::Iso, "YYYY-MM-DD"),
        (F::MonthFirst, "MM/DD/YYYY"),
        (F::DayFirst, "DD/MM/YYYY"),
        (F::YearFirstShort, "YY-MM-DD"),
        (F::MonthFirstShort, "MM/DD/YY"),
        (F::DayFirstShort, "DD/MM/YY"),
        (F::DayNamed, "DD-MON-YYYY"),
        (F::MonthNamed, "MON-DD-YYYY"),
        (F::YearNamed, "YYYY-MON-DD"),
        (F::DayNamedShort, "DD-MON-YY"),
        (F::MonthNamedShort, "MON-DD-YY"),
        (F::DayFirstCompact, "DDMMYYYY"),
        (F::MonthFirstCompact, "MMDDYYYY"),
    ];
    /// Those that can be read in one way only, whatever the rest of their column says.
    pub(super) const PLAIN: [Self; 5] = [F::Compact, F::Iso, F::DayNamed, F::MonthNamed, F::YearNamed];
    /// Those that only their column, or a person, can tell apart.
    pub(super) const OPEN: [Self; 9] = [
        F::DayFirst,
        F::MonthFirst,
        F::DayFirstShort,
        F::MonthFirstShort,
        F::YearFirstShort,
        F::DayNamedShort,
        F::MonthNamedShort,
        F::DayFirstCompact,
        F::MonthFirstCompact,
    ];

    /// As written in a mapping.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, pattern)| pattern)
    }

    /// From a pattern, in whatever case and with whatever between its parts: `yyyy/m/d`, `DD.MM.YY`, `D MMMM YYYY`.
    #[must_use]
    pub fn parse(pattern: &str) -> Option<Self> {
        let signs = pattern.to_ascii_uppercase().replace("MONTH", "MON").replace("MON", "N");
        let mut parts = signs.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).map(usual);
        let known = [parts.next()?, parts.next().unwrap_or(""), parts.next().unwrap_or("")].join("-");
        let known = if parts.next().is_none() { known } else { return None };
        let of = |pattern: &str| pattern.replace("MON", "N").replace('/', "-");
        Self::ALL.into_iter().find(|(_, pattern)| of(pattern) == known.trim_end_matches('-')).map(|(format, _)| format)
    }

    /// Whether its years have two digits.
    #[must_use]
    pub fn is_short(self) -> bool {
        matches!(self, F::YearFirstShort | F::MonthFirstShort | F::DayFirstShort | F::DayNamedShort | F::MonthNamedShort)
    }

    /// Whether what is written so might be read otherwise.
    #[must_use]
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }

    /// What stands first, for people: `day`, `month` or `year`.
    #[must_use]
    pub fn first(self) -> &'static str {
        match self {
            F::DayFirst | F::DayFirstCompact | F::DayFirstShort | F::DayNamed | F::DayNamedShort => "day",
            F::MonthFirst | F::MonthFirstCompact | F::MonthFirstShort | F::MonthNamed | F::MonthNamedShort => "month",
            F::Compact | F::Iso | F::YearFirstShort | F::YearNamed => "year",
        }
    }

    /// Year, month and day of three parts, where they are written so.
    pub(super) fn order(self, parts: [Part; 3]) -> Option<Civil> {
        let [a, b, c] = parts;
        let (year, month, day, named) = match self {
            F::Compact | F::DayFirstCompact | F::MonthFirstCompact => return None,
            F::Iso | F::YearFirstShort => (a, b, c, false),
            F::YearNamed => (a, b, c, true),
            F::DayFirst | F::DayFirstShort => (c, b, a, false),
            F::DayNamed | F::DayNamedShort => (c, b, a, true),
            F::MonthFirst | F::MonthFirstShort => (c, a, b, false),
            F::MonthNamed | F::MonthNamedShort => (c, a, b, true),
        };
        let year = match (year, self.is_short()) {
            (Part::Number(year, 4), false) => year,
            (Part::Number(year, 2), true) if year <= THIS_CENTURY => 2000 + year,
            (Part::Number(year, 2), true) => 1900 + year,
            _ => return None,
        };
        let month = match (month, named) {
            (Part::Month(month), true) | (Part::Number(month, 1 | 2), false) => month,
            _ => return None,
        };
        let Part::Number(day, 1 | 2) = day else { return None };
        Some((year, month, day))
    }
}

/// A part of a pattern as [`DayFormat::ALL`] writes it.
fn usual(part: &str) -> &str {
    match part {
        "Y" => "YYYY",
        "M" => "MM",
        "D" => "DD",
        "MMM" | "MMMM" => "N",
        part => part,
    }
}

impl Serialize for DayFormat {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.pattern())
    }
}

impl<'de> Deserialize<'de> for DayFormat {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let pattern = String::deserialize(d)?;
        let known = Self::ALL.map(|(_, pattern)| pattern).join(", ");
        Self::parse(&pattern).ok_or_else(|| D::Error::custom(format!("days are written in no way called {pattern}: write one of {known}")))
    }
}
