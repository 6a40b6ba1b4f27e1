//! The facts of some days as a cube holds them: what is taken back when those days are read anew from their lines.

use super::Cube;
use super::facts::{COST, Fact, GROSS, LINES, RETURNS, TRANSACTIONS, UNITS, UNKNOWN_LINES, UNKNOWN_NET};
use super::month::MonthAt;
use super::table::{CUSTOMER, DAY, PRODUCT, Row};
use crate::calendar::Day;
use crate::ids::{BranchId, ClientId, ProductId, RepId};
use std::collections::{BTreeMap, BTreeSet};

impl Cube {
    /// The facts of these days. Those of the same keys are one, but for lines of known and of unknown cost, which stay apart.
    #[must_use]
    pub fn facts_of(&self, days: &BTreeSet<Day>) -> Vec<Fact> {
        let mut by_month: BTreeMap<MonthAt, BTreeSet<u32>> = BTreeMap::new();
        for day in days {
            let (at, day) = MonthAt::of(*day);
            by_month.entry(at).or_default().insert(day);
        }
        let mut facts = Vec::new();
        for (at, days) in by_month {
            let Ok(place) = self.months.binary_search_by_key(&at, |month| month.at) else { continue };
            for row in self.months[place].rows().into_iter().filter(|row| days.contains(&row.leaves[DAY])) {
                self.facts(at.first_day().plus(row.leaves[DAY] as i32 - 1), &row, &mut facts);
            }
        }
        facts
    }

    /// A row as one fact, or as two where only some of its lines have a cost.
    fn facts(&self, day: Day, row: &Row, facts: &mut Vec<Fact>) {
        let names = &self.dictionaries;
        let sums = &row.sums;
        let whole = Fact {
            day,
            branch: names.branches.id(row.branch).map(BranchId),
            rep: names.reps.id(row.rep).map(RepId),
            product: names.products.id(row.leaves[PRODUCT]).map(ProductId),
            customer: names.customers.id(row.leaves[CUSTOMER]).map(ClientId),
            lines: sums[LINES],
            transactions: sums[TRANSACTIONS],
            units: sums[UNITS],
            gross: sums[GROSS],
            returns: sums[RETURNS],
            cost: None,
        };
        if sums[UNKNOWN_LINES] == sums[LINES] {
            return facts.push(whole);
        }
        // only the net of lines without a cost is kept: all of it goes under gross there, and is missing in the other
        let lines = sums[LINES] - sums[UNKNOWN_LINES];
        let transactions = whole.transactions.min(lines);
        let known = Fact { lines, transactions, gross: sums[GROSS] - sums[UNKNOWN_NET], cost: Some(sums[COST]), ..whole };
        let (lines, transactions) = (sums[UNKNOWN_LINES], whole.transactions - transactions);
        let unknown = Fact { lines, transactions, units: 0, gross: sums[UNKNOWN_NET], returns: 0, ..whole };
        facts.push(known);
        if sums[UNKNOWN_LINES] != 0 {
            facts.push(unknown);
        }
    }
}
