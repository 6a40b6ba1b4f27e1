//! Standing: net sales of any days beside the budgets of the reps they are about, the pace that is needed, and where it ends.

use super::spread::{through, up_to};
use super::{Leave, Workdays, share};
use crate::calendar::Day;
use serde::{Deserialize, Serialize};

/// Definition.
pub const ATTAINMENT: &str = "Target attainment = net sales ÷ budget of the same days, both of the reps and months that have a budget: what was sold without \
     one is not measured. A budget is set per rep and month; of a part of a month it is the part of the rep’s own working days, weighted as in the calendar, \
     holidays and leave left out; a month that is all leave goes by the company’s.";
/// Definition.
pub const PACE: &str = "Pace needed = (budget of the whole period − net sales) ÷ the working days after the last day with data; of one rep alone, \
     their own: leave is left out.";
/// Definition.
pub const PROJECTED: &str = "Projected end = what the period comes to when the working days left, counted alike, sell as those up to the last day with data; never less than is sold.";

/// A rep's budgets and leave, with the names the rep's sales go by in the cube.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepPlan {
    /// The rep's label.
    pub rep: String,
    /// The label of the rep's branch.
    pub branch: Option<String>,
    /// The month's first day and minor units. A month without a budget is missing.
    pub budgets: Vec<(Day, i64)>,
    /// Leave.
    pub leave: Vec<Leave>,
}

/// What must be sold on the days left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The period is over.
    Over,
    /// The whole budget is reached.
    Reached,
    /// So much on each full working day, minor units.
    Each(i64),
    /// No working day is left, and this much is missing.
    Short(i64),
}

/// Where a period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Net sales of the days so far that are measured.
    pub net: i64,
    /// Budget of the days so far.
    pub budget: i64,
    /// Budget of the whole period.
    pub whole: i64,
    /// What the days left need.
    pub pace: Pace,
    /// What the period comes to; none before a working day is over, and when the period is.
    pub projected: Option<i64>,
}

impl RepPlan {
    /// The part of the budgets that falls on some days; none when no month of them has one. Parts of a span are together the whole of it.
    #[must_use]
    pub fn budget(&self, (from, to): (Day, Day), workdays: &Workdays) -> Option<i64> {
        let within = self.budgets.iter().filter(|(month, _)| *month <= to && month.month_end() >= from);
        let part = |(month, minor): &(Day, i64)| {
            up_to(*month, *minor, to, workdays, &self.leave) - up_to(*month, *minor, from.plus(-1), workdays, &self.leave)
        };
        within.map(part).reduce(i64::saturating_add)
    }

    /// Whether a month, by its first day, has a budget.
    #[must_use]
    pub fn has_budget(&self, month: Day) -> bool {
        self.budgets.iter().any(|(of, _)| *of == month)
    }
}

/// The budgets of several on some days; none when nobody has one.
#[must_use]
pub fn budget<'a>(reps: impl IntoIterator<Item = &'a RepPlan>, days: (Day, Day), workdays: &Workdays) -> Option<i64> {
    reps.into_iter().filter_map(|rep| rep.budget(days, workdays)).reduce(i64::saturating_add)
}

/// [`budget`] of every day from `from` to `to`, in one go.
#[must_use]
pub fn budget_by_day(reps: &[&RepPlan], (from, to): (Day, Day), workdays: &Workdays) -> Vec<Option<i64>> {
    let mut days: Vec<Option<i64>> = (from.0..=to.0).map(|_| None).collect();
    for rep in reps {
        for (month, minor) in rep.budgets.iter().filter(|(month, _)| *month <= to && month.month_end() >= from) {
            let mut before = 0;
            for (day, sum) in (month.0..).zip(through(*month, *minor, workdays, &rep.leave)) {
                let place = usize::try_from(day - from.0).ok().and_then(|at| days.get_mut(at));
                if let Some(place) = place {
                    *place = Some(place.unwrap_or(0).saturating_add(sum - before));
                }
                before = sum;
            }
        }
    }
    days
}

/// Where a period from `from` to `end` stands when its days up to `to` sold `net`, what was sold without a budget left out; none without any budget.
#[must_use]
pub fn standing(reps: &[&RepPlan], net: i64, (from, to, end): (Day, Day, Day), workdays: &Workdays) -> Option<Standing> {
    let of = |days| budget(reps.iter().copied(), days, workdays);
    let whole = of((from, end))?;
    let left = workdays.weight_between(to.plus(1), end, leave(reps));
    let done = workdays.weight_between(from, to, leave(reps));
    let missing = whole.saturating_sub(net);
    let pace = match (to >= end, missing) {
        (true, _) => Pace::Over,
        (false, missing) if missing <= 0 => Pace::Reached,
        (false, missing) if left == 0 => Pace::Short(missing),
        (false, missing) => Pace::Each(share(missing, 100, left)),
    };
    let projected = (to < end && done > 0).then(|| net.saturating_add(share(net.max(0), left, done)));
    Some(Standing { net, budget: of((from, to)).unwrap_or(0), whole, pace, projected })
}

/// Days that are no working days of whoever it is about: one rep's leave; several go by the company's days.
fn leave<'a>(reps: &[&'a RepPlan]) -> &'a [Leave] {
    if let [one] = reps { &one.leave } else { &[] }
}

/// What was sold by `to`, `left` of it to come: where a line that goes at the pace needed stands on a day after `to`.
#[must_use]
pub fn paced(reps: &[&RepPlan], standing: &Standing, (to, end): (Day, Day), day: Day, workdays: &Workdays) -> i64 {
    let left = workdays.weight_between(to.plus(1), end, leave(reps));
    let so_far = workdays.weight_between(to.plus(1), day.min(end), leave(reps));
    let missing = standing.whole.saturating_sub(standing.net);
    standing.net.saturating_add(if left == 0 { 0 } else { share(missing, so_far, left) })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::ids::RepId;
    use crate::targets::Holiday;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn ann() -> RepPlan {
        let budgets = vec![(day("2026-10-01"), 2_200), (day("2026-11-01"), 2_100)];
        RepPlan { rep: "Ann".into(), branch: None, budgets, leave: vec![] }
    }

    #[test]
    fn a_part_of_a_month_is_the_part_of_its_working_days() {
        let week = Workdays::default();
        // November 2026 has 21 working days, 14 of them before Friday the 20th
        let of = |from: &str, to: &str| ann().budget((day(from), day(to)), &week);
        assert_eq!(of("2026-11-01", "2026-11-19"), Some(1_400));
        assert_eq!(of("2026-11-20", "2026-11-30"), Some(700));
        assert_eq!(of("2026-10-01", "2026-11-19"), Some(3_600));
        assert_eq!(
            (of("2026-11-21", "2026-11-22"), of("2026-12-01", "2026-12-31")),
            (Some(0), None),
            "a weekend is nought, no budget is none"
        );
        let away = Leave { rep: RepId(uuid::Uuid::nil()), from: day("2026-11-01"), to: day("2026-11-19") };
        let away = RepPlan { leave: vec![away], ..ann() };
        assert_eq!(away.budget((day("2026-11-01"), day("2026-11-19")), &week), Some(0));
        assert_eq!(away.budget((day("2026-11-20"), day("2026-11-20")), &week), Some(300), "one of the seven days left");
    }

    #[test]
    fn what_is_needed_and_where_it_ends() {
        let (week, ann) = (Workdays::default(), ann());
        let at = |net, to: &str| standing(&[&ann], net, (day("2026-11-01"), day(to), day("2026-11-30")), &week).unwrap();
        let stands = at(1_050, "2026-11-19");
        assert_eq!((stands.budget, stands.whole, stands.pace, stands.projected), (1_400, 2_100, Pace::Each(150), Some(1_575)));
        assert_eq!(at(2_100, "2026-11-19").pace, Pace::Reached);
        assert_eq!((at(2_000, "2026-11-30").pace, at(2_000, "2026-11-30").projected), (Pace::Over, None));
        assert_eq!(at(0, "2026-10-31").projected, None, "no working day is over");
        let closed = Workdays { holidays: vec![Holiday { day: day("2026-11-30"), name: String::new() }], ..Workdays::default() };
        let short = standing(&[&ann], 2_000, (day("2026-11-01"), day("2026-11-27"), day("2026-11-30")), &closed).unwrap();
        assert_eq!(short.pace, Pace::Short(100));
        assert_eq!(standing(&[], 5, (day("2026-11-01"), day("2026-11-19"), day("2026-11-30")), &week), None);
        let ends = (day("2026-11-19"), day("2026-11-30"));
        assert_eq!(
            ["2026-11-19", "2026-11-20", "2026-11-22", "2026-11-30"].map(|on| paced(&[&ann], &stands, ends, day(on), &week)),
            [1_050, 1_200, 1_200, 2_100]
        );
        assert_eq!(at(-50, "2026-11-19").projected, Some(-50), "returns to come are not foretold");
    }

    #[test]
    fn a_rep_alone_goes_by_days_that_are_theirs_and_several_by_the_companys() {
        let week = Workdays::default();
        let away = Leave { rep: RepId(uuid::Uuid::nil()), from: day("2026-11-23"), to: day("2026-11-29") };
        let (ann, away) = (ann(), RepPlan { leave: vec![away], ..ann() });
        let days = (day("2026-11-01"), day("2026-11-19"), day("2026-11-30"));
        let stands = standing(&[&away], 1_400, days, &week).unwrap();
        assert_eq!((stands.pace, stands.projected), (Pace::Each(350), Some(1_600)), "two days are left, the 20th and the 30th");
        assert_eq!(paced(&[&away], &stands, (days.1, days.2), day("2026-11-27"), &week), 1_750);
        let both = standing(&[&ann, &away], 1_400, days, &week).unwrap();
        assert_eq!((both.pace, both.projected), (Pace::Each(400), Some(2_100)), "seven are");
    }

    proptest! {
        /// However a span is cut, its parts are the whole; no day's part of a budget is below nought.
        #[test]
        fn parts_are_together_the_whole(
            budgets in prop::collection::btree_map(0_i32..6, 0_i64..1_000_000_000, 0..5),
            weights in prop::array::uniform7(0_u16..=200),
            cuts in prop::collection::btree_set(-40_i32..240, 2..6),
            away in prop::option::of((0_i32..180, 0_i32..40)),
        ) {
            let first = day("2026-01-01");
            let month = |n: i32| Day::from_civil(2026, 1 + n as u32, 1).unwrap();
            let leave = away.map(|(from, days)| Leave { rep: RepId(uuid::Uuid::nil()), from: first.plus(from), to: first.plus(from + days) });
            let budgets: Vec<_> = budgets.into_iter().map(|(n, minor)| (month(n), minor)).collect();
            let plan = RepPlan { budgets: budgets.clone(), leave: leave.into_iter().collect(), ..RepPlan::default() };
            let week = Workdays { weights, holidays: vec![] };
            let cuts: Vec<Day> = cuts.into_iter().map(|cut| first.plus(cut)).collect();
            let of = |from: Day, to: Day| plan.budget((from, to), &week).unwrap_or(0);
            let parts: i64 = cuts.windows(2).map(|two| of(two[0], two[1].plus(-1))).sum();
            prop_assert_eq!(parts, of(cuts[0], cuts[cuts.len() - 1].plus(-1)));
            let by_day = budget_by_day(&[&plan, &plan], (first.plus(-40), first.plus(240)), &week);
            let both = |n| budget([&plan, &plan], (first.plus(n), first.plus(n)), &week);
            prop_assert_eq!(by_day, (-40..=240).map(both).collect::<Vec<_>>());
            prop_assert!((0..240).all(|n| of(first.plus(n), first.plus(n)) >= 0));
            prop_assert_eq!(of(first.plus(-40), first.plus(240)), budgets.iter().map(|(_, minor)| minor).sum::<i64>());
        }
    }
}
