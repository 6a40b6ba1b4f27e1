//! How large and how quick a cube is: `cube_speed [LINES [FAMILY]]`, ten million when not said, a browser's half million alone when 0; the same data each time. A family of slices named by the
//! beginning of its name is run alone, and its slowest slices are told.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement may panic, and reads the clock")]

use domain::Day;
use domain::cube::{
    Builder, Changes, Cube, Dimension, Entries, Entry, Fact, GROUPS_MAX, Metric, Part, Partial, ProductEntry, Slice, Stored,
};
use domain::movement::{Measure, Question, Split, Tally};
use domain::people::Scope;
use std::time::{Duration, Instant};
use uuid::Uuid;

const BRANCHES: u64 = 12;
const REPS: u64 = 120;
const PRODUCTS: u64 = 2_000;
const GROUPS: u64 = 40;
const LINES: u64 = 8;
const CUSTOMERS: u64 = 20_000;
const DAYS: u64 = 1_095;
/// Times each list of slices is asked, one slice after the other.
const ROUNDS: usize = 5;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Below `n`, small ones more often: the first tenth comes up in about a third of the draws.
    fn skewed(&mut self, n: u64) -> u64 {
        let (a, b) = (self.below(1 << 20), self.below(1 << 20));
        (n * a * b) >> 40
    }
}

fn id(kind: u64, n: u64) -> Uuid {
    let mut random = Random(kind << 32 | n);
    Uuid::from_u64_pair(0x0190_0000_0000_7000 | n, random.next() | 1 << 63)
}

fn entries() -> Entries {
    let label = |what: &str, n: u64| format!("{what} {n:05}");
    Entries {
        branches: (0..BRANCHES).map(|n| Entry { id: id(1, n).into(), label: label("Branch", n) }).collect(),
        reps: (0..REPS).map(|n| Entry { id: id(2, n).into(), label: label("Rep", n) }).collect(),
        products: (0..PRODUCTS)
            .map(|n| ProductEntry {
                id: id(3, n).into(),
                label: label("Product", n),
                item_group: Some(label("Group", n % GROUPS)),
                product_line: Some(label("Line", n % GROUPS % LINES)),
            })
            .collect(),
        customers: (0..CUSTOMERS).map(|n| Entry { id: id(4, n).into(), label: label("Customer", n) }).collect(),
    }
}

/// A line as a dealer's invoices have them: a customer of one rep, a rep of one branch, now and then not.
fn fact(random: &mut Random, n: u64, lines: u64) -> Fact {
    let customer = random.skewed(CUSTOMERS);
    let rep = if random.chance(95) { Random(customer).skewed(REPS) } else { random.below(REPS) };
    let branch = if random.chance(96) { Random(rep ^ 0xb7).skewed(BRANCHES) } else { random.below(BRANCHES) };
    let product = random.skewed(PRODUCTS);
    let units = 1 + random.skewed(30) as i64;
    let price = 500 + Random(product ^ 0x517).skewed(200_000) as i64;
    let gross = price * units * (90 + random.below(11) as i64);
    let cost = (!random.chance(3)).then(|| price * units * (68 + random.below(15) as i64));
    let back = random.chance(2);
    Fact {
        day: Day(19_700 + (n * DAYS / lines) as i32),
        branch: (!random.chance(1)).then(|| id(1, branch).into()),
        rep: Some(id(2, rep).into()),
        product: Some(id(3, product).into()),
        customer: (!random.chance(3)).then(|| id(4, customer).into()),
        lines: 1,
        units: if back { -units * 1_000 } else { units * 1_000 },
        gross: if back { 0 } else { gross },
        returns: if back { -gross } else { 0 },
        cost: if back { cost.map(|cost| -cost) } else { cost },
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), cpu_s());
    let done = work();
    println!("{what}: {:.3} s, of which {:.2} s on a processor", start.elapsed().as_secs_f64(), cpu_s() - before);
    done
}

/// Seconds this process has run, other processes not counted: user and system, in hundredths.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn memory_mb(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// The slice on so many threads; groups of its answer, none when too many.
fn run(cube: &Cube, slice: &Slice, threads: usize) -> (Duration, Option<usize>) {
    let start = Instant::now();
    let plan = cube.plan(slice, Scope::All, GROUPS_MAX).unwrap();
    let parts = plan.parts(threads);
    let all = std::thread::scope(|scope| {
        let (first, rest) = parts.split_first().unwrap();
        let rest: Vec<_> = rest.iter().map(|part| scope.spawn(|| part.run())).collect();
        rest.into_iter().map(|part| part.join().unwrap()).fold(Part::run(first), Partial::merge)
    });
    let groups = plan.answer(&all).ok().map(|answer| answer.groups.len());
    (start.elapsed(), groups)
}

/// The cube read on so many threads.
fn loaded(bytes: &[u8], threads: usize) -> Cube {
    let stored = Stored::open(bytes).unwrap();
    let parts = stored.parts(threads);
    let loaded = std::thread::scope(|scope| {
        let parts: Vec<_> = parts.iter().map(|part| scope.spawn(|| part.load().unwrap())).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    stored.join(loaded).unwrap()
}

struct Asked<'a> {
    random: Random,
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
    fn new(cube: &'a Cube) -> Self {
        let labels = FILTERED.map(|dimension| (dimension, cube.labels(dimension, Scope::All)));
        Self { random: Random(7), labels: labels.to_vec(), cube }
    }

    fn days(&mut self) -> (Day, Day) {
        let (first, last) = self.cube.range(Scope::All).unwrap();
        let days = last.since(first) as u64 + 1;
        let (a, b) = (self.random.below(days) as i32, self.random.below(days) as i32);
        (first.plus(a.min(b)), first.plus(a.max(b)))
    }

    /// One to five values of each of the first `dimensions`, each in three of ten slices.
    fn filtered(&mut self, mut slice: Slice, dimensions: usize) -> Slice {
        for (dimension, labels) in &self.labels[..dimensions] {
            if self.random.chance(30) {
                let count = 1 + self.random.below(5);
                let some: Vec<&str> = (0..count).map(|_| labels[self.random.below(labels.len() as u64) as usize].as_str()).collect();
                slice = slice.only(*dimension, &some);
            }
        }
        slice
    }

    /// One of the twelve tiles, over any days, with any filters.
    fn tile(&mut self, tile: usize) -> Slice {
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

    fn random(&mut self) -> Slice {
        use Dimension::{Branch, Customer, ItemGroup, Month, Product, ProductLine, Rep, Year};
        let mut pool = vec![Branch, Rep, ProductLine, ItemGroup, Month, Year, Customer, Product];
        let count = [0, 1, 1, 2, 2, 3][self.random.below(6) as usize];
        let mut by: Vec<Dimension> = (0..count).map(|_| pool.remove(self.random.below(pool.len() as u64) as usize)).collect();
        if by.contains(&Customer) && by.contains(&Product) {
            by.retain(|dimension| *dimension != Product);
        }
        let mut metrics = ALL.to_vec();
        let count = 1 + self.random.below(8) as usize;
        let metrics: Vec<Metric> = (0..count).map(|_| metrics.remove(self.random.below(metrics.len() as u64) as usize)).collect();
        let (from, to) = self.days();
        self.filtered(Slice::of(from, to, &metrics).by(&by), 6)
    }
}

fn family(name: &str, cube: &Cube, slices: &[Slice]) {
    if std::env::args().nth(2).is_some_and(|only| !name.starts_with(&only)) {
        return;
    }
    for threads in [1, 2] {
        let mut took: Vec<(Duration, &Slice)> = slices.iter().map(|slice| (Duration::MAX, slice)).collect();
        let (mut refused, before) = (0, cpu_s());
        // the least of several rounds is what it takes on a machine that does nothing else
        for round in 0..ROUNDS {
            for (time, slice) in &mut took {
                let (took, groups) = run(cube, slice, threads);
                *time = took.min(*time);
                refused += usize::from(groups.is_none() && round == 0);
            }
        }
        took.sort_by_key(|(time, _)| *time);
        let at = |part: f64| took[((took.len() as f64 * part) as usize).min(took.len() - 1)].0.as_secs_f64() * 1e3;
        let each_ms = (cpu_s() - before) * 1e3 / (ROUNDS * slices.len()) as f64;
        println!(
            "{name:24} {threads} thread(s): p50 {:7.3} ms  p95 {:7.3} ms  max {:7.3} ms  ({refused} refused); {each_ms:.2} ms of processor each",
            at(0.5),
            at(0.95),
            at(1.0)
        );
        if std::env::args().nth(2).is_some() && threads == 1 {
            for (time, slice) in took.iter().rev().take(4) {
                let filters: Vec<_> = slice.filters.iter().map(|f| (f.dimension, f.labels.len())).collect();
                println!(
                    "    {:.1} ms {}..{} {:?} {:?} {:?}",
                    time.as_secs_f64() * 1e3,
                    slice.from,
                    slice.to,
                    slice.group_by,
                    slice.metrics,
                    filters
                );
            }
        }
    }
}

fn changes(cube: &Cube, lines: u64) {
    let mut cube = cube.clone();
    let mut random = Random(3);
    let mut took: Vec<f64> = (0..40u64)
        .map(|version| {
            let facts = (0..1_000).map(|n| Fact { day: Day(19_700 + DAYS as i32 - 1), ..fact(&mut random, n, lines) }).collect();
            let changes = Changes { version: version as i64, facts, ..Changes::default() };
            let start = Instant::now();
            cube.apply(&changes).unwrap();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("1,000 lines of a day applied: p50 {:.2} ms  p95 {:.2} ms  max {:.2} ms", took[20], took[38], took[39]);
}

/// Why the second half of all days brought more or less than the first, as long spans as there are.
fn movement(what: &str, cube: &Cube) {
    let (first, last) = cube.range(Scope::All).unwrap();
    let middle = first.plus(last.since(first) / 2);
    for (measure, threads) in [(Measure::NetSales, 1), (Measure::GrossProfit, 1), (Measure::GrossProfit, 2)] {
        let question = Question { measure, before: (first, middle), now: (middle.plus(1), last), filters: vec![], names: 10 };
        let movement = timed(&format!("{what}movement of {measure:?}, {threads} thread(s)"), || {
            let split = Split::new(cube, &question, Scope::All).unwrap();
            let works = split.parts(threads);
            let tally = std::thread::scope(|scope| {
                let works: Vec<_> = works.iter().map(|work| scope.spawn(|| work.run().unwrap())).collect();
                works.into_iter().map(|work| work.join().unwrap()).fold(Tally::default(), Tally::merge)
            });
            split.movement(&tally)
        });
        assert_eq!(movement.effects.iter().map(|effect| effect.amount).sum::<i64>(), movement.change);
    }
    println!("{} MB resident, {} MB at most", memory_mb("VmRSS"), memory_mb("VmHWM"));
}

/// What a browser holds: its size on the wire, and ten slices of it one after the other, as a click on a chart asks for.
fn browser() {
    let lines = 500_000;
    let mut builder = Builder::new(&entries());
    let mut random = Random(11);
    (0..lines).for_each(|n| builder.push(&fact(&mut random, n, lines)).unwrap());
    let cube = builder.finish(1).unwrap().scoped(Scope::All);
    let bytes = cube.to_bytes();
    let mut wire = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut wire, &params).unwrap();
    println!("browser: {} cells, {} kB packed, {} kB on the wire", cube.cells(), bytes.len() >> 10, wire.len() >> 10);
    timed("browser: from bytes", || Cube::from_bytes(&bytes).unwrap());
    let mut asked = Asked::new(&cube);
    let mut took: Vec<f64> = (0..50)
        .map(|_| {
            let slices: Vec<Slice> = (0..10).map(|tile| asked.tile(tile + 2)).collect();
            let start = Instant::now();
            slices.iter().for_each(|slice| drop(cube.slice(slice, Scope::All)));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("browser: ten slices p50 {:.2} ms  p95 {:.2} ms  max {:.2} ms", took[25], took[47], took[49]);
    movement("browser: ", &cube);
}

fn main() {
    browser();
    if std::env::args().nth(1).is_some_and(|lines| lines == "0") {
        return;
    }
    let lines: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000_000);
    let cube = timed("build", || {
        let mut builder = Builder::new(&entries());
        let mut random = Random(1);
        for n in 0..lines {
            builder.push(&fact(&mut random, n, lines)).unwrap();
        }
        builder.finish(1).unwrap()
    });
    timed("of which making the data", || {
        let mut random = Random(1);
        std::hint::black_box((0..lines).map(|n| fact(&mut random, n, lines).gross).sum::<i64>())
    });
    println!("{} lines, {} cells, {} MB of columns, {} MB resident", cube.lines(), cube.cells(), cube.memory() >> 20, memory_mb("VmRSS"));
    for (cells, bytes) in cube.tables() {
        println!("  table of {cells} cells: {} kB", bytes >> 10);
    }
    movement("", &cube);
    let bytes = timed("to bytes", || cube.to_bytes());
    println!("{} MB", bytes.len() >> 20);
    for threads in [1, 2] {
        let again = timed(&format!("from bytes, {threads} thread(s)"), || loaded(&bytes, threads));
        assert_eq!(again.lines(), cube.lines());
    }
    drop(bytes);
    let mut asked = Asked::new(&cube);
    for tile in 0..12 {
        let slices: Vec<Slice> = (0..60).map(|_| asked.tile(tile)).collect();
        family(&format!("tile {} {:?}", tile + 1, slices[0].group_by), &cube, &slices);
    }
    let slices: Vec<Slice> = (0..400).map(|_| asked.random()).collect();
    family("random", &cube, &slices);
    changes(&cube, lines);
    println!("{} MB resident", memory_mb("VmRSS"));
}
