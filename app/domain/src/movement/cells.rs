//! What somebody's purchases of something come to in a span, and the price they were bought at.

use super::Measure;
use crate::cube::Metric;

/// Amounts of a cell, as the module of the split names them. Minor units, and thousandths of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sold {
    pub gross: i64,
    pub returns: i64,
    pub cost: i64,
    pub units: i64,
}

const SALES: [Metric; 4] = [Metric::Lines, Metric::GrossRevenue, Metric::Returns, Metric::Units];
const PROFIT: [Metric; 6] = [Metric::Lines, Metric::GrossRevenue, Metric::Returns, Metric::Units, Metric::KnownNet, Metric::Cost];

/// What a slice is asked for, so that [`Sold::of`] can read its figures.
pub(super) fn metrics(measure: Measure) -> &'static [Metric] {
    match measure {
        Measure::NetSales => &SALES,
        Measure::GrossProfit => &PROFIT,
    }
}

/// Lines and gross revenue of a group, whatever is known of its cost.
pub(super) fn all_lines(figures: &[Option<i64>]) -> (i64, i64) {
    (number(figures, 0), number(figures, 1))
}

fn number(figures: &[Option<i64>], at: usize) -> i64 {
    figures.get(at).copied().flatten().unwrap_or(0)
}

impl Sold {
    /// From the figures of a group: of all lines for net sales, of those whose cost is known for gross profit.
    pub fn of(measure: Measure, figures: &[Option<i64>]) -> Self {
        let all = Self { gross: number(figures, 1), returns: number(figures, 2), units: number(figures, 3), cost: 0 };
        match (measure, figures.get(4).copied().flatten()) {
            (Measure::NetSales, _) => all,
            (Measure::GrossProfit, None) => Self::default(),
            (Measure::GrossProfit, Some(known)) => Self { cost: number(figures, 5), ..all.known(known) },
        }
    }

    /// The part of it that comes to `known`.
    fn known(self, known: i64) -> Self {
        let unknown = self.net() - known;
        if unknown == 0 {
            return self;
        }
        let units = ratio(self.units, known, self.net()).unwrap_or(0);
        Self { gross: self.gross - unknown.max(0), returns: self.returns - unknown.min(0), units, ..self }
    }

    pub fn net(self) -> i64 {
        self.gross + self.returns
    }

    /// Gross revenue less cost.
    pub fn brought(self) -> i64 {
        self.gross - self.cost
    }

    /// Itself, where it has a price.
    pub fn priced(self) -> Option<Self> {
        (self.net() > 0 && self.units > 0).then_some(self)
    }

    pub fn plus(&mut self, more: Self) {
        self.gross += more.gross;
        self.returns += more.returns;
        self.cost += more.cost;
        self.units = self.units.saturating_add(more.units);
    }
}

/// `a × b ÷ c`, half away from zero; none of nothing, and beyond what can be summed.
pub(super) fn ratio(a: i64, b: i64, c: i64) -> Option<i64> {
    i64::try_from(rounded(i128::from(a) * i128::from(b), c.into())?).ok()
}

/// `a ÷ b`, half away from zero; none of nothing.
pub(super) fn rounded(a: i128, b: i128) -> Option<i128> {
    let whole = a.checked_div(b)?;
    let rest = (a % b).unsigned_abs();
    let away = if (a < 0) == (b < 0) { 1 } else { -1 };
    // twice the rest could overflow
    Some(if rest >= b.unsigned_abs() - rest { whole + away } else { whole })
}
