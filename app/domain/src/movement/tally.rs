//! Adding cells up to causes, by customer and by product.

use super::cells::{Sold, ratio};
use std::ops::AddAssign;

/// What cells come to: causes before volume is told from mix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub price: i128,
    pub cost: i128,
    /// Volume and mix.
    pub shift: i128,
    /// More units before returns, of customers who bought in both spans.
    pub units: i128,
    pub won: i128,
    pub lost: i128,
    pub returns: i128,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, more: Self) {
        self.price += more.price;
        self.cost += more.cost;
        self.shift += more.shift;
        self.units += more.units;
        self.won += more.won;
        self.lost += more.lost;
        self.returns += more.returns;
    }
}

/// What customers who bought in both spans bought before; and how large all the numbers are that prices led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    pub units: i128,
    pub brought: i128,
    pub weight: i128,
}

/// What some of a split's work comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub(super) base: Base,
    /// By place of the customer.
    pub(super) customers: Vec<Sums>,
    /// By place of the product.
    pub(super) products: Vec<Sums>,
}

/// In which spans a customer bought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bought {
    pub before: bool,
    pub now: bool,
}

impl Tally {
    /// Both together; of the same split.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.base.units += other.base.units;
        self.base.brought += other.base.brought;
        self.base.weight += other.base.weight;
        for (mine, more) in [(&mut self.customers, other.customers), (&mut self.products, other.products)] {
            mine.resize(mine.len().max(more.len()), Sums::default());
            mine.iter_mut().zip(more).for_each(|(sums, more)| *sums += more);
        }
        self
    }

    /// Takes a cell in: who, what, what was bought in the two spans, and the same of the product over all customers.
    pub(super) fn add(&mut self, [customer, product]: [u32; 2], [before, now]: [Sold; 2], product_sold: [Sold; 2], bought: Bought) {
        let mut sums = Sums { returns: i128::from(now.returns) - i128::from(before.returns), ..Sums::default() };
        match (bought.before, bought.now) {
            (true, true) => self.compare(before, now, product_sold, &mut sums),
            (before_too, _) => {
                *(if bought.now { &mut sums.won } else { &mut sums.returns }) += i128::from(now.brought());
                *(if before_too { &mut sums.lost } else { &mut sums.returns }) -= i128::from(before.brought());
            }
        }
        for (all, place) in [(&mut self.customers, customer), (&mut self.products, product)] {
            all.resize(all.len().max(place as usize + 1), Sums::default());
            all[place as usize] += sums;
        }
    }

    fn compare(&mut self, before: Sold, now: Sold, product: [Sold; 2], sums: &mut Sums) {
        let (old, new) = (before.priced().or(product[0].priced()), now.priced().or(product[1].priced()));
        let units = |sold: Sold, at: Option<Sold>| at.and_then(|at| ratio(sold.gross, at.units, at.net()));
        let (units_before, units_now) = (units(before, old), units(now, new));
        let valued = units_now.zip(old).and_then(|(units, old)| ratio(units, old.net(), old.units)).unwrap_or(now.gross);
        let costed = old.filter(|_| now.units != 0 && new.is_some()).and_then(|old| ratio(now.units, old.cost, old.units));
        let costed = costed.unwrap_or(now.cost);
        sums.price = i128::from(now.gross) - i128::from(valued);
        sums.cost = i128::from(costed) - i128::from(now.cost);
        sums.shift = i128::from(valued) - i128::from(costed) - i128::from(before.brought());
        let (units_before, units_now) = (units_before.unwrap_or(0).into(), units_now.unwrap_or(0).into());
        sums.units = units_now - units_before;
        self.base.units += units_before;
        self.base.brought += i128::from(before.brought());
        let sizes = [valued.into(), costed.into(), units_before, units_now, now.gross.into(), now.cost.into(), before.brought().into()];
        self.base.weight += sizes.map(i128::abs).iter().sum::<i128>();
    }
}
