//! Narrow columns: codes in the fewest bytes, amounts as steps from a base or as the few exceptions to it.

mod stored;

pub(super) use stored::read;

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

    /// Calls `each` with the place in `at` and the code of every row of `at`.
    pub fn each(&self, at: &[u32], mut each: impl FnMut(usize, u32)) {
        match self {
            Self::Byte(codes) => at.iter().enumerate().for_each(|(k, at)| each(k, codes[*at as usize].into())),
            Self::Short(codes) => at.iter().enumerate().for_each(|(k, at)| each(k, codes[*at as usize].into())),
            Self::Long(codes) => at.iter().enumerate().for_each(|(k, at)| each(k, codes[*at as usize])),
        }
    }
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
        let (min, max) = values.iter().fold((i64::MAX, i64::MIN), |(min, max), v| (min.min(*v), max.max(*v)));
        if min >= max {
            return Self { base: min.min(max), scale: 1, steps: Steps::Few(vec![], vec![]) };
        }
        let base = usual(values);
        let exceptions = values.iter().filter(|v| **v != base).count();
        let span = max.checked_sub(min);
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
        for (at, slot) in at.iter().zip(slots) {
            let step: i64 = steps[*at as usize].into();
            sums[*slot as usize] += base + scale * step;
        }
    }

    fn add_few(&self, rows: &[u32], more: &[i64], at: &[u32], slots: &[u32], sums: &mut [i64]) {
        if self.base != 0 {
            slots.iter().for_each(|slot| sums[*slot as usize] += self.base);
        }
        let (Some(first), Some(last)) = (at.first(), at.last()) else { return };
        let from = rows.partition_point(|row| row < first);
        let to = from + rows[from..].partition_point(|row| row <= last);
        let dense = (last - first) as usize + 1 == at.len();
        for (row, more) in rows[from..to].iter().zip(&more[from..to]) {
            let place = if dense { Ok((row - first) as usize) } else { at.binary_search(row) };
            if let Ok(place) = place {
                sums[slots[place] as usize] += more;
            }
        }
    }
}

/// Zero or one, whichever most rows are: no returns, one line.
fn usual(values: &[i64]) -> i64 {
    let ones = values.iter().filter(|v| **v == 1).count();
    let noughts = values.iter().filter(|v| **v == 0).count();
    i64::from(ones > noughts)
}

fn few(values: &[i64], base: i64) -> Steps {
    let rows: Vec<u32> = (0..values.len()).filter(|at| values[*at] != base).map(|at| at as u32).collect();
    let more = rows.iter().map(|at| values[*at as usize].wrapping_sub(base)).collect();
    Steps::Few(rows, more)
}

/// The largest step all values are whole multiples of, from `min`; at least one.
fn step(values: &[i64], min: i64) -> i64 {
    let mut step = 0;
    for value in values {
        let (mut a, mut b) = (step, value - min);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        step = a;
        if step == 1 {
            break;
        }
    }
    step.max(1)
}
