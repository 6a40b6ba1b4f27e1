//! Facts as one row of numbers: what a phone stores of them. Reading it takes a twentieth of the code of reading named fields.

use super::{Facts, Holiday, Leave, RepFacts, Sold, Workdays};
use crate::calendar::{Day, Instant};
use crate::ids::RepId;
use crate::money::Currency;
use uuid::Uuid;

/// Stands for nothing.
const NONE: i64 = i64::MIN;
/// The form, above the currency's three letters: from the first on, sales without a budget follow the days.
const FORM: i64 = 1 << 24;
/// In this one each rep of a team has three numbers of what they sold; before, one that did not say as of which day.
const TEAM: i64 = 2 << 24;
/// In this one there are two more, of what they sold elsewhere; it is written only where somebody did.
const BRANCHES: i64 = 3 << 24;

impl Facts {
    /// All of it but the holidays' names.
    #[must_use]
    pub fn numbers(&self) -> Vec<i64> {
        let code = self.currency.code().bytes().fold(0, |sum, byte| sum << 8 | i64::from(byte));
        let sold = |of: fn(&Sold) -> bool| self.reps.iter().filter_map(|rep| rep.sold).any(|sold| of(&sold));
        let form = match (sold(|sold| sold.elsewhere != [0, 0]), sold(|_| true)) {
            (true, _) => BRANCHES,
            (_, true) => TEAM,
            _ => FORM,
        };
        let mut all = vec![form | code, self.fiscal_start_month.into()];
        all.extend(self.workdays.weights.iter().map(|weight| i64::from(*weight)));
        all.extend([self.data_to.map_or(NONE, |day| day.0.into()), self.refreshed_at.map_or(NONE, |at| at.0)]);
        pairs(&mut all, self.workdays.holidays.iter().map(|h| (h.day.0.into(), 0)));
        pairs(&mut all, self.days.iter().map(|(day, net)| (day.0.into(), *net)));
        pairs(&mut all, self.without_budget.iter().map(|(month, net)| (month.0.into(), *net)));
        for rep in &self.reps {
            let (high, low) = rep.rep.map_or((0, 0), |rep| rep.0.as_u64_pair());
            all.extend([high.cast_signed(), low.cast_signed()]);
            match rep.sold {
                Some(sold) => {
                    all.extend([sold.on.0.into(), sold.before, sold.that_day]);
                    all.extend(sold.elsewhere.into_iter().filter(|_| form == BRANCHES));
                }
                None => all.push(NONE),
            }
            pairs(&mut all, rep.budgets.iter().map(|(month, minor)| (month.0.into(), *minor)));
            pairs(&mut all, rep.leave.iter().map(|l| (l.from.0.into(), l.to.0.into())));
        }
        all
    }

    /// From [`Facts::numbers`]; none when they are not whole.
    #[must_use]
    pub fn of_numbers(numbers: &[i64]) -> Option<Self> {
        let mut rest = numbers.iter().copied();
        let first = rest.next()?;
        let code = first.to_be_bytes();
        let currency = Currency::parse(std::str::from_utf8(code.get(5..)?).ok()?)?;
        let fiscal_start_month = rest.next()?.try_into().ok()?;
        let mut weights = [0; 7];
        for weight in &mut weights {
            *weight = rest.next()?.try_into().ok()?;
        }
        let (data_to, refreshed_at) = (some(rest.next()?).and_then(day), some(rest.next()?).map(Instant));
        let closed = read_pairs(&mut rest)?.into_iter();
        let holidays = closed.map(|(day, _)| Holiday { day, name: String::new() }).collect();
        let days = read_pairs(&mut rest)?;
        let without_budget = if first < FORM { Vec::new() } else { read_pairs(&mut rest)? };
        let mut reps = Vec::new();
        while let Some(high) = rest.next() {
            let id = Uuid::from_u64_pair(high.cast_unsigned(), rest.next()?.cast_unsigned());
            let rep = (!id.is_nil()).then_some(RepId(id));
            let sold = match some(rest.next()?) {
                None => None,
                Some(_) if first < TEAM => return None,
                Some(on) => {
                    let (on, before, that_day) = (day(on)?, rest.next()?, rest.next()?);
                    let elsewhere = if first < BRANCHES { [0, 0] } else { [rest.next()?, rest.next()?] };
                    Some(Sold { on, before, that_day, elsewhere })
                }
            };
            let budgets = read_pairs(&mut rest)?;
            let away = read_pairs(&mut rest)?.into_iter();
            let leave = away.filter_map(|(from, to)| Some(Leave { rep: rep?, from, to: day(to)? })).collect();
            reps.push(RepFacts { rep, budgets, leave, sold });
        }
        let workdays = Workdays { weights, holidays };
        Some(Self { currency, fiscal_start_month, workdays, days, reps, without_budget, data_to, refreshed_at })
    }
}

fn pairs(all: &mut Vec<i64>, of: impl ExactSizeIterator<Item = (i64, i64)>) {
    all.push(of.len() as i64);
    of.for_each(|(a, b)| all.extend([a, b]));
}

fn read_pairs(rest: &mut impl Iterator<Item = i64>) -> Option<Vec<(Day, i64)>> {
    (0..rest.next()?).map(|_| Some((day(rest.next()?)?, rest.next()?))).collect()
}

fn some(number: i64) -> Option<i64> {
    (number != NONE).then_some(number)
}

fn day(number: i64) -> Option<Day> {
    number.try_into().ok().map(Day)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_phone_that_stored_the_form_before_is_still_read() {
        let facts = Facts {
            currency: Currency::parse("KES").unwrap(),
            fiscal_start_month: 7,
            workdays: Workdays::default(),
            days: vec![(Day(20_000), 5)],
            reps: vec![RepFacts { rep: Some(RepId(Uuid::from_u128(7))), budgets: vec![(Day(19_997), 9)], ..RepFacts::default() }],
            without_budget: Vec::new(),
            data_to: None,
            refreshed_at: None,
        };
        let now = facts.numbers();
        // before: no form, and no list behind the days
        let days = 1 + 1 + 7 + 2 + 1 + 3;
        assert_eq!((now[0] - FORM, now[days]), (0x4b_4553, 0), "the empty list");
        let mut before = now.clone();
        before[0] -= FORM;
        before.remove(days);
        assert_eq!(Facts::of_numbers(&before), Some(facts.clone()));
        assert_eq!(Facts::of_numbers(&now), Some(facts.clone()));
        assert_eq!(Facts::of_numbers(&now[..now.len() - 1]), None);
        let sold = Some(Sold { on: Day(20_001), before: -3, that_day: 4, elsewhere: [0, 0] });
        let team = Facts { reps: vec![RepFacts { sold, ..facts.reps[0].clone() }], ..facts };
        let now = team.numbers();
        assert_eq!((now[0] - TEAM, Facts::of_numbers(&now)), (0x4b_4553, Some(team.clone())));
        let elsewhere = RepFacts { sold: sold.map(|sold| Sold { elsewhere: [-1, 2], ..sold }), ..team.reps[0].clone() };
        let branch = Facts { reps: vec![elsewhere, team.reps[0].clone()], ..team };
        assert_eq!(Facts::of_numbers(&branch.numbers()), Some(branch), "and of those who sold nothing elsewhere too");
        let mut before = now;
        before[0] -= TEAM - FORM;
        assert_eq!(Facts::of_numbers(&before), None, "of which day it was is not known: the server tells it anew");
    }
}
