//! What rankings go by.

use domain::cube::Dimension;
use domain::measures;

/// What rankings go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Gross profit.
    #[default]
    Profit,
    /// Net sales.
    Sales,
    /// Margin.
    Margin,
    /// Returns rate.
    Returns,
    /// Target attainment, of reps and branches.
    Attainment,
}

impl By {
    /// Every one, in the order of the control.
    pub const ALL: [Self; 5] = [Self::Profit, Self::Sales, Self::Margin, Self::Returns, Self::Attainment];

    /// What a ranking of a dimension goes by instead, where there is no such figure: only reps have budgets.
    #[must_use]
    pub const fn of(self, dimension: Dimension) -> Self {
        match (self, dimension) {
            (Self::Attainment, Dimension::Rep | Dimension::Branch) => self,
            (Self::Attainment, _) => Self::Sales,
            _ => self,
        }
    }

    /// Its code and its word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Profit => "profit",
            Self::Sales => "sales",
            Self::Margin => "margin",
            Self::Returns => "returns",
            Self::Attainment => "attainment",
        }
    }

    /// For people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Profit => "Gross profit",
            Self::Sales => "Net sales",
            Self::Margin => "Margin",
            Self::Returns => "Returns rate",
            Self::Attainment => "Attainment",
        }
    }

    /// What it is.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Profit => measures::GROSS_PROFIT,
            Self::Sales => measures::NET_SALES,
            Self::Margin => measures::MARGIN,
            Self::Returns => measures::RETURNS_RATE,
            Self::Attainment => domain::targets::ATTAINMENT,
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|by| by.code() == code).unwrap_or_default()
    }
}
