//! Reading sales customer by customer, month after month, so that years of them take little memory.

use super::{Customer, FALLING_DAYS, OVERDUE_DAYS, Question, RHYTHM_DAYS, Risk};
use crate::calendar::Day;
use crate::cube::{Cube, Dimension, Metric, Part, Partial, Slice, TooManyGroups};
use crate::people::Scope;

const METRICS: [Metric; 3] = [Metric::GrossRevenue, Metric::NetSales, Metric::GrossProfit];

/// What is known of one customer so far.
#[derive(Clone, Copy, Debug, Default)]
struct Bought {
    any: bool,
    days: i64,
    first: Option<Day>,
    last: Option<Day>,
    net: i64,
    profit: Option<i64>,
    /// Net sales of the last days, and of as many before.
    lately: i64,
    before: i64,
}

/// All customers, by place among the labels of customers; nobody known at zero.
#[derive(Debug, Default)]
pub(super) struct Tally(Vec<Bought>);

impl Tally {
    /// Reads what `scope` sees of the question's days.
    pub fn read(cube: &Cube, question: &Question, scope: Scope) -> Result<Self, TooManyGroups> {
        let mut tally = Self::default();
        let Some((first, last)) = cube.range(scope) else { return Ok(tally) };
        let (mut from, last) = (question.from.max(first), question.to.min(last));
        while from <= last {
            let to = from.month_end().min(last);
            let mut slice = Slice::of(from, to, &METRICS).by(&[Dimension::Customer, Dimension::Day]);
            slice.filters.clone_from(&question.filters);
            let plan = cube.plan(&slice, scope, usize::MAX)?;
            if let Some(all) = plan.parts(1).iter().map(Part::run).reduce(Partial::merge) {
                plan.visit(&all, |places, figures| tally.take(places[0] as usize, from.plus(places[1] as i32), figures, question.to));
            }
            from = to.plus(1);
        }
        Ok(tally)
    }

    fn take(&mut self, place: usize, day: Day, figures: &[Option<i64>], to: Day) {
        self.0.resize(self.0.len().max(place + 1), Bought::default());
        let one = &mut self.0[place];
        let [gross, net] = [0, 1].map(|at| figures[at].unwrap_or(0));
        one.any = true;
        one.net += net;
        one.profit = figures[2].map_or(one.profit, |profit| Some(one.profit.unwrap_or(0) + profit));
        match to.since(day) / FALLING_DAYS {
            0 => one.lately += net,
            1 => one.before += net,
            _ => {}
        }
        if gross > 0 {
            one.days += 1;
            (one.first, one.last) = (one.first.or(Some(day)), Some(day));
        }
    }

    /// Net sales of all lines; none without any.
    pub fn net(&self) -> Option<i64> {
        self.0.iter().filter(|one| one.any).map(|one| one.net).reduce(|a, b| a + b)
    }

    /// Gross profit of all lines whose cost is known.
    pub fn profit(&self) -> Option<i64> {
        self.0.iter().filter_map(|one| one.profit).reduce(|a, b| a + b)
    }

    /// Every known customer, without what compares them with others.
    pub fn customers<'a>(&'a self, cube: &'a Cube, question: &'a Question) -> impl Iterator<Item = Customer> + 'a {
        let known = (0u32..).zip(&self.0).skip(1).filter(|(_, one)| one.any);
        known.filter_map(|(place, one)| {
            let recency_days = one.last.map(|last| i64::from(question.to.since(last)));
            Some(Customer {
                customer: cube.label(Dimension::Customer, place)?.to_owned(),
                last_purchase: one.last,
                recency_days,
                frequency: one.days,
                net_sales: one.net,
                gross_profit: one.profit,
                profit_share_basis_points: None,
                sales_share_basis_points: None,
                recency_score: None,
                frequency_score: None,
                money_score: None,
                segment: None,
                at_risk: false,
                risks: one.risks(question),
            })
        })
    }
}

impl Bought {
    /// What can be said of this customer alone.
    fn risks(&self, question: &Question) -> Vec<Risk> {
        let mut risks = vec![];
        if let Some((first, last)) = self.first.zip(self.last).filter(|_| self.days >= RHYTHM_DAYS) {
            let (recency, between) = (i64::from(question.to.since(last)), i64::from(last.since(first)));
            if recency >= OVERDUE_DAYS && recency * (self.days - 1) > 2 * between {
                risks.push(Risk::Overdue);
            }
        }
        let asked = question.to.since(question.from) + 1 >= 2 * FALLING_DAYS;
        // twice what came lately may not fit where the amounts are absurd
        if asked && self.before > 0 && i128::from(self.lately) * 2 < i128::from(self.before) {
            risks.push(Risk::Falling);
        }
        risks
    }
}
