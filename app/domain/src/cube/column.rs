//! Narrow columns: codes in the fewest bytes, amounts as steps from a base or as the few exceptions to it.

mod stored;

pub(super) use stored::read;

use std::cmp::Ordering;

/// Codes of one dimension, as narrow as the largest allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Codes {
    /// Below 2⁸.
    Byte(Vec<u8>),
    /// Below 2¹⁶.
    Short(Vec<u16>),
    /// The rest.
    Long(Vec<u32>),
}

impl Codes {
    pub fn of(codes: &[u32]) -> Self {
        match codes.iter().max().copied().unwrap_or(0) {
            0..=0xff => Self::Byte(codes.iter().map(|c| *c as u8).collect()),
            0x100..=0xffff => Self::Short(codes.iter().map(|c| *c as u16).collect()),
            _ => Self::Long(codes.to_vec()),
        }
    }

    pub fn get(&self, at: usize) -> u32 {
        match self {
            Self::Byte(codes) => codes[at].into(),
            Self::Short(codes) => codes[at].into(),
            Self::Long(codes) => codes[at],
        }
    }

    /// Bytes held.
    pub fn memory(&self) -> usize {
        match self {
            Self::Byte(codes) => codes.len(),
            Self::Short(codes) => 2 * codes.len(),
            Self::Long(codes) => 4 * codes.len(),
        }
    }

    /// Calls `each` with the place in `at` and the code of every row of `at`, ascending.
    pub fn each(&self, at: &[u32], each: impl FnMut(usize, u32)) {
        match self {
            Self::Byte(codes) => visit(codes, at, each),
            Self::Short(codes) => visit(codes, at, each),
            Self::Long(codes) => visit(codes, at, each),
        }
    }

    /// Calls `each` with the code of every row of a range.
    pub fn within(&self, rows: std::ops::Range<u32>, mut each: impl FnMut(u32)) {
        let rows = rows.start as usize..rows.end as usize;
        match self {
            Self::Byte(codes) => codes[rows].iter().for_each(|code| each((*code).into())),
            Self::Short(codes) => codes[rows].iter().for_each(|code| each((*code).into())),
            Self::Long(codes) => codes[rows].iter().for_each(|code| each(*code)),
        }
    }
}

#[inline(always)]
fn visit<T: Copy + Into<u32>>(codes: &[T], at: &[u32], mut each: impl FnMut(usize, u32)) {
    if let Some(codes) = together(at).and_then(|rows| codes.get(rows)) {
        codes.iter().enumerate().for_each(|(place, code)| each(place, (*code).into()));
    } else {
        at.iter().enumerate().for_each(|(place, at)| each(place, codes[*at as usize].into()));
    }
}

/// The rows of `at`, ascending, when none between them is missing.
fn together(at: &[u32]) -> Option<std::ops::Range<usize>> {
    let (first, last) = (*at.first()? as usize, *at.last()? as usize);
    (last - first + 1 == at.len()).then_some(first..last + 1)
}

/// Amounts: `base + scale × step`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    base: i64,
    scale: i64,
    steps: Steps,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Steps {
    /// All rows are `base` but these: row and what it has more.
    Few(Vec<u32>, Vec<i64>),
    Byte(Vec<u8>),
    Short(Vec<u16>),
    Long(Vec<u32>),
    /// The values themselves.
    Whole(Vec<i64>),
}

/// Bytes an exception takes.
const EXCEPTION: usize = 12;

impl Column {
    pub fn of(values: &[i64]) -> Self {
        let (mut min, mut max, mut ones, mut noughts) = (i64::MAX, i64::MIN, 0usize, 0usize);
        for value in values {
            (min, max) = (min.min(*value), max.max(*value));
            (ones, noughts) = (ones + usize::from(*value == 1), noughts + usize::from(*value == 0));
        }
        if min >= max {
            return Self { base: min.min(max), scale: 1, steps: Steps::Few(vec![], vec![]) };
        }
        // no returns, one line: what most rows are
        let base = i64::from(ones > noughts);
        let exceptions = values.len() - ones.max(noughts);
        let span = max.checked_sub(min);
        if exceptions * EXCEPTION < values.len() {
            return Self { base, scale: 1, steps: few(values, base) };
        }
        let scale = span.map_or(1, |_| step(values, min));
        let width = match span.map(|span| span / scale) {
            Some(0..=0xff) => 1,
            Some(0x100..=0xffff) => 2,
            Some(0x1_0000..=0xffff_ffff) => 4,
            _ => 8,
        };
        if exceptions * EXCEPTION < values.len() * width {
            return Self { base, scale: 1, steps: few(values, base) };
        }
        let steps = values.iter().map(|v| (v.wrapping_sub(min)) / scale);
        match width {
            1 => Self { base: min, scale, steps: Steps::Byte(steps.map(|s| s as u8).collect()) },
            2 => Self { base: min, scale, steps: Steps::Short(steps.map(|s| s as u16).collect()) },
            4 => Self { base: min, scale, steps: Steps::Long(steps.map(|s| s as u32).collect()) },
            _ => Self { base: 0, scale: 1, steps: Steps::Whole(values.to_vec()) },
        }
    }

    pub fn get(&self, at: usize) -> i64 {
        let step = match &self.steps {
            Steps::Few(rows, more) => rows.binary_search(&(at as u32)).map_or(0, |k| more[k]),
            Steps::Byte(steps) => steps[at].into(),
            Steps::Short(steps) => steps[at].into(),
            Steps::Long(steps) => steps[at].into(),
            Steps::Whole(values) => values[at],
        };
        self.base + self.scale * step
    }

    /// Bytes held.
    pub fn memory(&self) -> usize {
        match &self.steps {
            Steps::Few(rows, _) => rows.len() * EXCEPTION,
            Steps::Byte(steps) => steps.len(),
            Steps::Short(steps) => 2 * steps.len(),
            Steps::Long(steps) => 4 * steps.len(),
            Steps::Whole(values) => 8 * values.len(),
        }
    }

    /// Adds the rows `at`, ascending, each into the sum its slot names.
    pub fn add(&self, at: &[u32], slots: &[u32], sums: &mut [i64]) {
        match &self.steps {
            Steps::Few(rows, more) => self.add_few(rows, more, at, slots, sums),
            Steps::Byte(steps) => self.gather(steps, at, slots, sums),
            Steps::Short(steps) => self.gather(steps, at, slots, sums),
            Steps::Long(steps) => self.gather(steps, at, slots, sums),
            Steps::Whole(values) => self.gather(values, at, slots, sums),
        }
    }

    fn gather<T: Copy + Into<i64>>(&self, steps: &[T], at: &[u32], slots: &[u32], sums: &mut [i64]) {
        let (base, scale) = (self.base, self.scale);
        if let Some(steps) = together(at).and_then(|rows| steps.get(rows)) {
            for (step, slot) in steps.iter().zip(slots) {
                sums[*slot as usize] += base + scale * (*step).into();
            }
        } else {
            for (at, slot) in at.iter().zip(slots) {
                sums[*slot as usize] += base + scale * steps[*at as usize].into();
            }
        }
    }

    fn add_few(&self, rows: &[u32], more: &[i64], at: &[u32], slots: &[u32], sums: &mut [i64]) {
        if self.base != 0 {
            slots.iter().for_each(|slot| sums[*slot as usize] += self.base);
        }
        // both ascend: whichever is behind leaps to where the other is
        let (mut place, mut few) = (0, 0);
        while place < at.len() && few < rows.len() {
            match at[place].cmp(&rows[few]) {
                Ordering::Less => place = leap(at, place, rows[few]),
                Ordering::Greater => few = leap(rows, few, at[place]),
                Ordering::Equal => {
                    sums[slots[place] as usize] += more[few];
                    (place, few) = (place + 1, few + 1);
                }
            }
        }
    }
}

/// The first place after `from` that is not below `row`: at once where none is missing between, otherwise in growing steps.
fn leap(ascending: &[u32], from: usize, row: u32) -> usize {
    let near = from + (row - ascending[from]) as usize;
    if ascending.get(near) == Some(&row) {
        return near;
    }
    let mut step = 1;
    while ascending.get(from + step).is_some_and(|next| *next < row) {
        step *= 2;
    }
    let (from, to) = (from + step / 2, ascending.len().min(from + step));
    from + ascending[from..to].partition_point(|next| *next < row)
}

fn few(values: &[i64], base: i64) -> Steps {
    let rows: Vec<u32> = (0..values.len()).filter(|at| values[*at] != base).map(|at| at as u32).collect();
    let more = rows.iter().map(|at| values[*at as usize].wrapping_sub(base)).collect();
    Steps::Few(rows, more)
}

/// The largest of some round steps all values are whole multiples of, from `min`: whole units, whole shillings.
fn step(values: &[i64], min: i64) -> i64 {
    // constants, since a division by one is a multiplication
    let fits = |step: i64| match step {
        10_000 => values.iter().all(|value| (value - min) % 10_000 == 0),
        1_000 => values.iter().all(|value| (value - min) % 1_000 == 0),
        100 => values.iter().all(|value| (value - min) % 100 == 0),
        _ => values.iter().all(|value| (value - min) % 10 == 0),
    };
    [10_000, 1_000, 100, 10].into_iter().find(|step| fits(*step)).unwrap_or(1)
}
