//! What figures are compared with: those of other days, or why there are none.

use super::Kind;
use crate::kpis::filters::View;
use crate::kpis::why::Against;
use domain::Day;
use domain::cube::Answer;
use domain::measures::{Totals, change, percent};

/// Why a figure cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Days before the first with data are not without sales, they are unknown.
    Begins(Day),
    /// All is known, and there was nothing.
    Nothing,
    /// What is sold beside a budget had none.
    NoBudget,
    /// Of what was sold then this one cannot be told.
    Unknown,
    /// There is no share of nothing.
    Zero,
}

impl Lack {
    /// For people, behind what it is compared with.
    #[must_use]
    pub fn words(self, today: Day) -> String {
        match self {
            Self::Begins(first) => [": data begins ", &first.short(today)].concat(),
            Self::Nothing => ": nothing was sold".to_owned(),
            Self::NoBudget => ": no budget was set".to_owned(),
            Self::Unknown => ": not known then".to_owned(),
            Self::Zero => ": it was 0".to_owned(),
        }
    }
}

/// Whether the sales of days are known; `data`: the first and the last day with data.
///
/// # Errors
/// [`Lack::Begins`], and [`Lack::Nothing`] where there is no data at all.
pub fn known(days: (Day, Day), data: Option<(Day, Day)>) -> Result<(), Lack> {
    match data {
        Some((first, _)) if first <= days.0 => Ok(()),
        Some((first, _)) => Err(Lack::Begins(first)),
        None => Err(Lack::Nothing),
    }
}

/// What was sold in the days of each of [`Against::ALL`]: the second and the third of the answers.
pub fn compared(answers: &[Answer], view: &View, data: Option<(Day, Day)>) -> [Result<Totals, Lack>; 2] {
    let total = |at: usize, against: Against| {
        known(against.days(view.days), data)?;
        answers.get(at).and_then(Totals::of_all).ok_or(Lack::Nothing)
    };
    [total(1, Against::Before), total(2, Against::YearBefore)]
}

/// A figure now and then, and how much more or less it is, without the sign of more.
pub type Moved = (i64, i64, String);

/// How a figure moved: in points, or as a share of what was.
///
/// # Errors
/// [`Lack::Zero`].
pub fn moved(kind: Kind, now: i64, then: i64) -> Result<Moved, Lack> {
    let words = match kind {
        Kind::Share => percent(now - then).replace(" %", " points"),
        _ => percent(change(now, then).ok_or(Lack::Zero)?),
    };
    Ok((now, then, words))
}

#[cfg(test)]
mod tests {
    use super::super::TILES;
    use super::*;
    use crate::kpis::filters::By;
    use domain::cube::Dimension;

    #[test]
    fn what_cannot_be_compared_says_why() {
        let data = Some((Day(100), Day(200)));
        assert_eq!(known((Day(100), Day(130)), data), Ok(()));
        assert_eq!(known((Day(99), Day(130)), data), Err(Lack::Begins(Day(100))), "a part of the days is not known");
        assert_eq!(Lack::Begins(Day(100)).words(Day(150)), ": data begins 11 Apr");
        assert_eq!(moved(Kind::Money, 150, 100), Ok((150, 100, "50.0 %".to_owned())));
        assert_eq!(moved(Kind::Share, 150, 100), Ok((150, 100, "5.0 points".to_owned())));
        assert_eq!(moved(Kind::Money, 150, 0), Err(Lack::Zero));
        assert_eq!(moved(Kind::Share, 150, 0).map(|(.., words)| words), Ok("15.0 points".to_owned()));
        let [net, profit, ..] = &TILES;
        assert_eq!(net.moved(150, &Err(Lack::Nothing)), Err(Lack::Nothing));
        assert_eq!(profit.moved(150, &Ok(Totals::default())), Err(Lack::Unknown), "no cost was known then");
    }

    #[test]
    fn what_is_no_number_says_why() {
        let view = View {
            days: (Day(0), Day(9)),
            end: Day(9),
            keys: vec![(Dimension::ProductLine, vec![Some("Power".into())])],
            segment: None,
            by: By::Sales,
        };
        let all = View { keys: vec![], ..view.clone() };
        let notes = |now: &Totals, view: &View| TILES.map(|tile| (tile.note)(now, view).unwrap_or_default());
        let sold = Totals {
            gross: 100,
            net: 100,
            cost: Some(60),
            profit: Some(40),
            known_net: Some(100),
            transactions: Some(1),
            ..Totals::default()
        };
        assert_eq!(notes(&sold, &all), [""; 6]);
        let of_lines = Totals { transactions: None, ..sold };
        assert_eq!(notes(&of_lines, &view)[3], "of whole documents: clear the product line filter");
        let costless = Totals { cost: None, profit: None, known_net: None, ..sold };
        assert_eq!(notes(&costless, &all)[1..3], ["cost known for 0.0 % of net sales", "no cost is known"]);
        let returned =
            Totals { gross: 0, returns: -100, net: -100, profit: Some(-40), known_net: Some(-100), transactions: Some(0), ..sold };
        let why =
            ["", "", "net sales with a known cost are zero or below", "no transaction begins in this selection", "", "gross revenue is 0"];
        assert_eq!(notes(&returned, &all), why);
    }
}
