//! Reading the two spans customer by customer, so that a change over millions of cells is split side by side and in little memory.

use super::cells::{Sold, all_lines, metrics};
use super::names::{Names, causes, whole};
use super::tally::{Bought, Sums, Tally};
use super::{Effect, Movement, Question, Span};
use crate::cube::{Cube, Dimension, Filter, Part, Partial, Slice, TooManyGroups};
use crate::people::Scope;

/// Most lines of the two spans read at once: cells are no more, and take about two hundred bytes each while they are put together.
const LINES_AT_ONCE: i64 = 500_000;

/// A change ready to be split. Its parts may run on as many threads as there are; their tallies are merged in any order.
#[derive(Debug)]
pub struct Split<'a> {
    cube: &'a Cube,
    question: Question,
    scope: Scope,
    before: Span,
    now: Span,
    /// Products of the two spans over all customers, by place.
    products: Vec<[Sold; 2]>,
    customers: Vec<Customer>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Customer {
    lines: i64,
    bought: Bought,
}

/// Some of the customers of a split.
#[derive(Debug)]
pub struct Work<'a> {
    split: &'a Split<'a>,
    /// Places of customers read together; none stands for all there are.
    rounds: Vec<Option<Vec<u32>>>,
}

impl<'a> Split<'a> {
    /// Reads what the two spans come to, out of what `scope` sees and nothing else.
    ///
    /// # Errors
    /// When there are more customers and products than can be numbered together.
    pub fn new(cube: &'a Cube, question: &Question, scope: Scope) -> Result<Self, TooManyGroups> {
        let span = |(from, to)| Span { from, to, figure: None, net_sales: 0, known_net: 0 };
        let (before, now) = (span(question.before), span(question.now));
        let mut split = Split { cube, question: question.clone(), scope, before, now, products: vec![], customers: vec![] };
        for at in [0, 1] {
            split.read_products(at)?;
            split.read_customers(at)?;
        }
        Ok(split)
    }

    fn read_products(&mut self, at: usize) -> Result<(), TooManyGroups> {
        let (measure, mut products) = (self.question.measure, std::mem::take(&mut self.products));
        self.visit(at, &[Dimension::Product], None, |places, figures| {
            let place = places[0] as usize;
            products.resize(products.len().max(place + 1), [Sold::default(); 2]);
            products[place][at] = Sold::of(measure, figures);
        })?;
        self.products = products;
        Ok(())
    }

    fn read_customers(&mut self, at: usize) -> Result<(), TooManyGroups> {
        let (measure, mut customers) = (self.question.measure, std::mem::take(&mut self.customers));
        let (mut net_sales, mut known, mut any) = (0i64, Sold::default(), false);
        self.visit(at, &[Dimension::Customer], None, |places, figures| {
            let place = places[0] as usize;
            customers.resize(customers.len().max(place + 1), Customer::default());
            let (lines, gross) = all_lines(figures);
            let customer = &mut customers[place];
            customer.lines += lines;
            *(if at == 0 { &mut customer.bought.before } else { &mut customer.bought.now }) = gross != 0;
            net_sales += gross + figures[2].unwrap_or(0);
            known.plus(Sold::of(measure, figures));
            any |= figures.get(4).is_none_or(Option::is_some);
        })?;
        let span = if at == 0 { &mut self.before } else { &mut self.now };
        (span.net_sales, span.known_net) = (net_sales, known.net());
        span.figure = any.then(|| known.net() - known.cost);
        self.customers = customers;
        Ok(())
    }

    /// The groups of a span, of some customers or all.
    fn visit(
        &self,
        at: usize,
        by: &[Dimension],
        customers: Option<&[u32]>,
        each: impl FnMut(&[u32], &[Option<i64>]),
    ) -> Result<(), TooManyGroups> {
        let (from, to) = if at == 0 { self.question.before } else { self.question.now };
        let mut slice = Slice::of(from, to, metrics(self.question.measure)).by(by);
        slice.filters = self.question.filters.clone();
        if let Some(customers) = customers {
            let label = |place: &u32| self.cube.label(Dimension::Customer, *place).map(str::to_owned);
            slice.filters.push(Filter { dimension: Dimension::Customer, labels: customers.iter().map(label).collect() });
        }
        let plan = self.cube.plan(&slice, self.scope, usize::MAX)?;
        if let Some(all) = plan.parts(1).iter().map(Part::run).reduce(Partial::merge) {
            plan.visit(&all, each);
        }
        Ok(())
    }

    /// The work in at most `count` parts of about as many lines each.
    #[must_use]
    pub fn parts(&self, count: usize) -> Vec<Work<'_>> {
        self.parts_of(count, LINES_AT_ONCE)
    }

    pub(super) fn parts_of(&self, count: usize, lines_at_once: i64) -> Vec<Work<'_>> {
        let total: i64 = self.customers.iter().map(|customer| customer.lines).sum();
        let count = count.max(1);
        if count == 1 && total <= lines_at_once {
            return vec![Work { split: self, rounds: vec![None] }];
        }
        let most = lines_at_once.min(total / count as i64).max(1);
        let mut rounds: Vec<Vec<u32>> = vec![];
        let mut room = 0;
        for (place, customer) in (0u32..).zip(&self.customers).filter(|(_, customer)| customer.lines != 0) {
            if room < customer.lines {
                rounds.push(vec![]);
                room = most;
            }
            room -= customer.lines;
            rounds.last_mut().expect("there has been no room yet").push(place);
        }
        let mut parts: Vec<Work<'_>> = (0..count.min(rounds.len())).map(|_| Work { split: self, rounds: vec![] }).collect();
        rounds.into_iter().enumerate().for_each(|(at, round)| parts[at % count].rounds.push(Some(round)));
        parts
    }

    /// The movement from all parts together.
    #[must_use]
    pub fn movement(&self, all: &Tally) -> Movement {
        let names = |sums: &[Sums], cause, dimension| {
            let amounts = all.base.amounts(sums, cause);
            let name = |place| self.cube.label(dimension, place).map(str::to_owned);
            (whole(amounts.iter().sum()), Names::of(&amounts, self.question.names, name))
        };
        let effect = |cause| {
            let (amount, customers) = names(&all.customers, cause, Dimension::Customer);
            let (_, products) = names(&all.products, cause, Dimension::Product);
            Effect { cause, amount, customers, products }
        };
        Movement {
            measure: self.question.measure,
            before: self.before,
            now: self.now,
            change: self.now.figure.unwrap_or(0) - self.before.figure.unwrap_or(0),
            effects: causes(self.question.measure).map(effect).collect(),
        }
    }
}

/// Customer, product, and what was bought.
type Cell = ([u32; 2], Sold);

impl Work<'_> {
    /// Does the work.
    ///
    /// # Errors
    /// As [`Split::new`].
    pub fn run(&self) -> Result<Tally, TooManyGroups> {
        let mut tally = Tally::default();
        for round in &self.rounds {
            let [before, now] = [self.cells(0, round.as_deref())?, self.cells(1, round.as_deref())?];
            let (mut before, mut now) = (before.into_iter().peekable(), now.into_iter().peekable());
            while let Some(key) = before.peek().into_iter().chain(now.peek()).map(|(key, _)| *key).min() {
                let sold = [&mut before, &mut now].map(|cells| cells.next_if(|cell| cell.0 == key).map_or(Sold::default(), |cell| cell.1));
                let [customer, product] = key.map(|place| place as usize);
                tally.add(key, sold, self.split.products[product], self.split.customers[customer].bought);
            }
        }
        Ok(tally)
    }

    fn cells(&self, at: usize, customers: Option<&[u32]>) -> Result<Vec<Cell>, TooManyGroups> {
        let mut cells = vec![];
        let by = [Dimension::Customer, Dimension::Product];
        let measure = self.split.question.measure;
        self.split.visit(at, &by, customers, |places, figures| cells.push(([places[0], places[1]], Sold::of(measure, figures))))?;
        Ok(cells)
    }
}
