//! What is asked of it: the overview's tiles over any days with any filters, and anything else.

use domain::Day;
use domain::cube::{Cube, Dimension, Metric, Slice};
use domain::people::Scope;
use fastrand::Rng;

/// Slices out of one cube, the same every time.
pub struct Asked<'a> {
    random: Rng,
    labels: Vec<(Dimension, Vec<String>)>,
    cube: &'a Cube,
}

const FILTERED: [Dimension; 6] =
    [Dimension::Branch, Dimension::Rep, Dimension::ProductLine, Dimension::ItemGroup, Dimension::Product, Dimension::Customer];
const ALL: [Metric; 8] = [
    Metric::GrossRevenue,
    Metric::Returns,
    Metric::NetSales,
    Metric::Cost,
    Metric::GrossProfit,
    Metric::Units,
    Metric::Lines,
    Metric::Customers,
];
const MONEY: [Metric; 3] = [Metric::NetSales, Metric::GrossProfit, Metric::Returns];

impl<'a> Asked<'a> {
    /// The beginning.
    pub fn new(cube: &'a Cube) -> Self {
        let labels = FILTERED.map(|dimension| (dimension, cube.labels(dimension, Scope::All)));
        Self { random: Rng::with_seed(7), labels: labels.to_vec(), cube }
    }

    fn days(&mut self) -> (Day, Day) {
        let (first, last) = self.cube.range(Scope::All).unwrap();
        let days = last.since(first) + 1;
        let (a, b) = (self.random.i32(0..days), self.random.i32(0..days));
        (first.plus(a.min(b)), first.plus(a.max(b)))
    }

    /// One to five values of each of the first `dimensions`, each in three of ten slices.
    fn filtered(&mut self, mut slice: Slice, dimensions: usize) -> Slice {
        for (dimension, labels) in &self.labels[..dimensions] {
            if self.random.u64(..100) < 30 {
                let count = 1 + self.random.u64(..5);
                let some: Vec<&str> = (0..count).map(|_| labels[self.random.usize(..labels.len())].as_str()).collect();
                slice = slice.only(*dimension, &some);
            }
        }
        slice
    }

    /// One of the twelve tiles, over any days, with any filters.
    pub fn tile(&mut self, tile: usize) -> Slice {
        use Dimension::{Branch, Customer, Day, Month, Product, ProductLine, Rep};
        let tiles: [(&[Dimension], &[Metric]); 12] = [
            (&[], &ALL),
            (&[Month], &ALL),
            (&[Branch], &ALL),
            (&[Rep], &MONEY),
            (&[ProductLine], &ALL),
            (&[Branch, ProductLine], &MONEY),
            (&[Branch, Month], &MONEY),
            (&[], &ALL),
            (&[Day], &MONEY),
            (&[Rep], &ALL),
            (&[Product], &MONEY),
            (&[Customer], &MONEY),
        ];
        let (by, metrics) = tiles[tile];
        let (from, to) = self.days();
        let mut slice = Slice::of(from, to, metrics).by(by);
        if by == [Customer] {
            slice = slice.top(100, Metric::NetSales);
        }
        self.filtered(slice, 4)
    }

    /// Any slice.
    pub fn random(&mut self) -> Slice {
        use Dimension::{Branch, Customer, ItemGroup, Month, Product, ProductLine, Rep, Year};
        let mut pool = vec![Branch, Rep, ProductLine, ItemGroup, Month, Year, Customer, Product];
        let count = [0, 1, 1, 2, 2, 3][self.random.usize(..6)];
        let mut by: Vec<Dimension> = (0..count).map(|_| pool.remove(self.random.usize(..pool.len()))).collect();
        if by.contains(&Customer) && by.contains(&Product) {
            by.retain(|dimension| *dimension != Product);
        }
        let mut metrics = ALL.to_vec();
        let count = 1 + self.random.usize(..8);
        let metrics: Vec<Metric> = (0..count).map(|_| metrics.remove(self.random.usize(..metrics.len()))).collect();
        let (from, to) = self.days();
        self.filtered(Slice::of(from, to, &metrics).by(&by), 6)
    }
}
