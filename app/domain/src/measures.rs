//! The figures of the business: what each is, in words and in numbers, from the sums a cube gives.

use crate::cube::{Answer, Group, Metric};
use std::collections::HashMap;

/// What a screen's totals ask a cube for: all but how many customers, which no screen of totals tells and which takes a cube longest.
pub const TOTALS: [Metric; 9] = [
    Metric::GrossRevenue,
    Metric::Returns,
    Metric::NetSales,
    Metric::Cost,
    Metric::GrossProfit,
    Metric::KnownNet,
    Metric::Units,
    Metric::Lines,
    Metric::Transactions,
];

/// What every total asks a cube for.
pub const SUMS: [Metric; 10] = {
    let [a, b, c, d, e, f, g, h, i] = TOTALS;
    [a, b, c, d, e, f, g, h, i, Metric::Customers]
};

/// Definition.
pub const NET_SALES: &str = "Net sales = gross + returns: the sum of positive lines and the sum of negative lines.";
/// Definition.
pub const GROSS_PROFIT: &str =
    "Gross profit = net sales − net cost. Cost may be unknown: then it is over the lines with known cost, shown with their coverage.";
/// Definition.
pub const GROSS_REVENUE: &str = "Gross revenue: the sum of positive lines.";
/// Definition.
pub const RETURNS: &str = "Returns: the sum of negative lines, zero or less.";
/// Definition.
pub const MARGIN: &str = "Margin % = gross profit ÷ net sales, empty when net sales are zero or below; over the lines with known cost.";
/// Definition.
pub const AVERAGE_LINE: &str = "Average line = net sales ÷ lines, a return counted as a line.";
/// Definition.
pub const AVERAGE_TRANSACTION: &str = "Average transaction = net sales ÷ transactions. The lines of one document on one day are one transaction, a credit note as an invoice; \
     a line without a document number is one by itself. A document may be of several products, so that by product there is none.";
/// Definition.
pub const UNITS: &str = "Units = units sold less units returned.";
/// Definition.
pub const RETURNS_RATE: &str = "Returns rate = returns ÷ gross revenue, by value; empty when gross revenue = 0.";

/// What some sales come to. Money in minor units, units in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Σ positive lines.
    pub gross: i64,
    /// Σ negative lines.
    pub returns: i64,
    /// Gross and returns.
    pub net: i64,
    /// Net cost of the lines whose cost is known.
    pub cost: Option<i64>,
    /// Net sales less net cost over the lines whose cost is known.
    pub profit: Option<i64>,
    /// Net sales of the lines whose cost is known.
    pub known_net: Option<i64>,
    /// Units sold less units returned.
    pub units: i64,
    /// Lines.
    pub lines: i64,
    /// Transactions; unknown of some products, which share documents.
    pub transactions: Option<i64>,
    /// Different known customers.
    pub customers: i64,
}

impl Totals {
    /// Of a group of an answer, whatever of [`SUMS`] it holds.
    #[must_use]
    pub fn of(answer: &Answer, group: &Group) -> Self {
        let figure = |metric| answer.metrics.iter().position(|one| *one == metric).and_then(|at| *group.figures.get(at)?);
        let number = |metric| figure(metric).unwrap_or(0);
        Self {
            gross: number(Metric::GrossRevenue),
            returns: number(Metric::Returns),
            net: number(Metric::NetSales),
            cost: figure(Metric::Cost),
            profit: figure(Metric::GrossProfit),
            known_net: figure(Metric::KnownNet),
            units: number(Metric::Units),
            lines: number(Metric::Lines),
            transactions: figure(Metric::Transactions),
            customers: number(Metric::Customers),
        }
    }

    /// Of an answer without groups; none when nothing was sold.
    #[must_use]
    pub fn of_all(answer: &Answer) -> Option<Self> {
        answer.groups.first().map(|group| Self::of(answer, group))
    }

    /// Gross profit ÷ net sales, in tenths of a percent; none of net sales of zero or below.
    #[must_use]
    pub fn margin(&self) -> Option<i64> {
        tenths(self.profit?, self.known_net.filter(|net| *net > 0)?)
    }

    /// Net sales of the lines whose cost is known ÷ net sales, in tenths of a percent; none when every cost is known.
    #[must_use]
    pub fn coverage(&self) -> Option<i64> {
        (self.known_net != Some(self.net)).then(|| tenths(self.known_net.unwrap_or(0), self.net).unwrap_or(0))
    }

    /// The same, all of it when every cost is known.
    #[must_use]
    pub fn known_for(&self) -> i64 {
        self.coverage().unwrap_or(1_000)
    }

    /// Returns ÷ gross revenue, in tenths of a percent.
    #[must_use]
    pub fn returns_rate(&self) -> Option<i64> {
        tenths(self.returns.saturating_neg(), self.gross)
    }

    /// Gross profit ÷ net sales, in hundredths of a percent; none of net sales of zero or below.
    #[must_use]
    pub fn margin_basis_points(&self) -> Option<i64> {
        hundredths(self.profit?, self.known_net.filter(|net| *net > 0)?)
    }

    /// Returns ÷ gross revenue, in hundredths of a percent.
    #[must_use]
    pub fn returns_basis_points(&self) -> Option<i64> {
        hundredths(self.returns.saturating_neg(), self.gross)
    }

    /// Net sales ÷ transactions, minor units; none where no transaction begins.
    #[must_use]
    pub fn average_transaction(&self) -> Option<i64> {
        quotient(self.net.into(), self.transactions?.into())
    }

    /// Net sales ÷ lines, minor units.
    #[must_use]
    pub fn average_line(&self) -> Option<i64> {
        quotient(self.net.into(), self.lines.into())
    }
}

/// The share so far of all that is above zero, in tenths of a percent, of amounts in their order; none for what is not above zero. `whole` is what all above
/// zero come to where the amounts are only the first.
#[must_use]
pub fn pareto_shares(amounts: &[Option<i64>], whole: i64) -> Vec<Option<i64>> {
    let above = |amount: &Option<i64>| amount.filter(|amount| *amount > 0);
    let all = amounts.iter().filter_map(above).sum::<i64>().max(whole);
    let mut so_far = 0;
    let share = |amount| {
        so_far += above(amount)?;
        tenths(so_far, all)
    };
    amounts.iter().map(share).collect()
}

/// The class of a share so far and of the one before it, in tenths of a percent: what reaches 80 % is A, what reaches 95 % is B.
#[must_use]
pub fn abc(before: i64, share: Option<i64>) -> &'static str {
    match share {
        Some(_) if before < 800 => "A",
        Some(_) if before < 950 => "B",
        _ => "C",
    }
}

/// Each group's net sales as part of those of all groups with the same key at `key`, in hundredths of a percent; none where these are nothing.
#[must_use]
pub fn shares_within(answer: &Answer, key: usize) -> Vec<Option<i64>> {
    let net = |group: &Group| Totals::of(answer, group).net;
    let mut all: HashMap<Option<&Option<String>>, i64> = HashMap::new();
    for group in &answer.groups {
        *all.entry(group.keys.get(key)).or_default() += net(group);
    }
    answer.groups.iter().map(|group| hundredths(net(group), *all.get(&group.keys.get(key))?)).collect()
}

/// `part ÷ whole` in tenths of a percent, half away from zero; none of nothing.
#[must_use]
pub fn tenths(part: i64, whole: i64) -> Option<i64> {
    quotient(i128::from(part) * 1_000, whole.into())
}

/// `part ÷ whole` in hundredths of a percent, half away from zero; none of nothing.
#[must_use]
pub fn hundredths(part: i64, whole: i64) -> Option<i64> {
    quotient(i128::from(part) * 10_000, whole.into())
}

/// The change from `before` to `now` in hundredths of a percent of what was before; none from nothing.
#[must_use]
pub fn change_basis_points(now: i64, before: i64) -> Option<i64> {
    quotient((i128::from(now) - i128::from(before)) * 10_000, i128::from(before).abs())
}

/// The change from `before` to `now` in tenths of a percent of what was before; none from nothing.
#[must_use]
pub fn change(now: i64, before: i64) -> Option<i64> {
    quotient((i128::from(now) - i128::from(before)) * 1_000, i128::from(before).abs())
}

fn quotient(part: i128, whole: i128) -> Option<i64> {
    let double = (part.checked_mul(2)?).checked_div(whole)?;
    // the half goes away from zero
    i64::try_from((double + double.signum()) / 2).ok()
}

/// `12.3 %`, `−0.4 %`.
#[must_use]
pub fn percent(tenths: i64) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    [sign, &crate::money::grouped(whole), ".", &part.to_string(), " %"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_away_from_zero_and_empty_of_nothing() {
        assert_eq!((tenths(1, 3), tenths(2, 3), tenths(1, 2_000), tenths(-1, 2_000)), (Some(333), Some(667), Some(1), Some(-1)));
        assert_eq!((tenths(1, 0), tenths(i64::MAX, 1)), (None, None));
        assert_eq!((change(150, 100), change(-50, -100), change(5, 0), change(50, 100)), (Some(500), Some(500), None, Some(-500)));
        assert_eq!((hundredths(1, 3), hundredths(-1, 20_000), hundredths(1, 0)), (Some(3_333), Some(-1), None));
        assert_eq!(
            (change_basis_points(150, 100), change_basis_points(-50, -100), change_basis_points(5, 0)),
            (Some(5_000), Some(5_000), None)
        );
        assert_eq!([123, -4, 0, 12_345_678].map(percent), ["12.3 %", "−0.4 %", "0.0 %", "1,234,567.8 %"]);
    }

    #[test]
    fn shares_so_far_put_amounts_into_classes() {
        let shares = pareto_shares(&[Some(700), Some(200), Some(100), Some(0), Some(-50), None], 0);
        assert_eq!(shares, [Some(700), Some(900), Some(1_000), None, None, None]);
        let mut before = 0;
        let class = |share: &Option<i64>| {
            let class = abc(before, *share);
            before = share.unwrap_or(before);
            class
        };
        assert_eq!(shares.iter().map(class).collect::<String>(), "AABCCC");
        assert_eq!(pareto_shares(&[Some(700), Some(200)], 1_000), [Some(700), Some(900)], "others bring what is left");
    }

    #[test]
    fn shares_are_within_their_own_key() {
        let group = |rep: &str, line: &str, net| Group { keys: vec![Some(rep.into()), Some(line.into())], figures: vec![Some(net)] };
        let groups = vec![group("Ann", "x", 30), group("Ann", "y", 10), group("Ben", "x", 5), group("Cid", "x", 0)];
        let answer = Answer { metrics: vec![Metric::NetSales], groups, ..Answer::default() };
        assert_eq!(shares_within(&answer, 0), [Some(7_500), Some(2_500), Some(10_000), None]);
    }

    #[test]
    fn a_margin_is_over_the_lines_whose_cost_is_known() {
        let all = Totals {
            gross: 1_100,
            returns: -100,
            net: 1_000,
            cost: Some(300),
            profit: Some(200),
            known_net: Some(500),
            lines: 3,
            ..Totals::default()
        };
        assert_eq!((all.margin(), all.coverage(), all.returns_rate(), all.average_line()), (Some(400), Some(500), Some(91), Some(333)));
        let of = |transactions| Totals { transactions, ..all }.average_transaction();
        assert_eq!((of(Some(2)), of(Some(0)), of(None)), (Some(500), None, None));
        let known = Totals { known_net: Some(1_000), ..all };
        assert_eq!(known.coverage(), None);
        for net in [0, -150] {
            let returned = Totals { net, known_net: Some(net), profit: Some(-70), ..all };
            assert_eq!((returned.margin(), returned.margin_basis_points()), (None, None), "a loss on returns is no good margin");
        }
        assert_eq!(Totals { profit: None, known_net: None, ..all }.margin(), None);
    }
}
