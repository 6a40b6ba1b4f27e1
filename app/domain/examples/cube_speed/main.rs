//! How large and how quick a cube is: `cube_speed [LINES [FAMILY]]`, ten million when not said, a browser's half million alone when 0; the same
//! data each time. A family of slices named by the beginning of its name is run alone, and its slowest slices are told.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement may panic, and reads the clock")]

mod asked;
mod facts;

use asked::Asked;
use domain::Day;
use domain::cube::{Builder, Changes, Cube, Fact, GROUPS_MAX, Part, Partial, Slice, Stored, within};
use domain::movement::{Measure, Question, Split, Tally};
use domain::people::Scope;
use facts::{DAYS, entries, fact};
use fastrand::Rng;
use std::time::{Duration, Instant};

/// Times each list of slices is asked, one slice after the other.
const ROUNDS: usize = 5;

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
    let stored = Stored::of(bytes).unwrap();
    let parts = stored.parts(threads);
    let loaded = std::thread::scope(|scope| {
        let parts: Vec<_> = parts.iter().map(|part| scope.spawn(|| part.load(&mut within(bytes)).unwrap())).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    stored.join(loaded).unwrap()
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
    let mut random = Rng::with_seed(3);
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
    let mut random = Rng::with_seed(11);
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
        let mut random = Rng::with_seed(1);
        for n in 0..lines {
            builder.push(&fact(&mut random, n, lines)).unwrap();
        }
        builder.finish(1).unwrap()
    });
    timed("of which making the data", || {
        let mut random = Rng::with_seed(1);
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
