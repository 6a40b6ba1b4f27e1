//! Columns as bytes: steps in planes, one for each byte of a value, since a compressor models each far better than their mixture.

use super::{Column, Steps};
use crate::pack::Unreadable;
use crate::pack::column::{Reader, Writer};

impl Column {
    pub fn write(&self, w: &mut Writer) {
        let width = match &self.steps {
            Steps::Few(..) => 0,
            Steps::Byte(_) => 1,
            Steps::Short(_) => 2,
            Steps::Long(_) => 4,
            Steps::Whole(_) => 8,
        };
        w.varint(width);
        w.ints([self.base].into_iter());
        w.ints([self.scale].into_iter());
        match &self.steps {
            Steps::Few(rows, more) => {
                w.varint(rows.len() as u64);
                w.ints(rows.iter().map(|row| i64::from(*row)));
                w.ints(more.iter().copied());
            }
            Steps::Byte(steps) => w.raw(steps),
            Steps::Short(steps) => planes(w, width, steps.iter().map(|step| u64::from(*step))),
            Steps::Long(steps) => planes(w, width, steps.iter().map(|step| u64::from(*step))),
            Steps::Whole(values) => planes(w, width, values.iter().map(|value| *value as u64)),
        }
    }
}

fn planes(w: &mut Writer, width: u64, steps: impl Iterator<Item = u64> + Clone) {
    for plane in 0..width {
        let bytes: Vec<u8> = steps.clone().map(|step| (step >> (8 * plane)) as u8).collect();
        w.raw(&bytes);
    }
}

/// Reads the values of a column of `count` rows in place of what is in `values`.
pub(in crate::cube) fn read(r: &mut Reader<'_>, count: usize, values: &mut Vec<i64>) -> Result<(), Unreadable> {
    let width = r.varint()? as usize;
    let (base, scale) = (r.ints(1)?[0], r.ints(1)?[0]);
    values.clear();
    if width == 0 {
        values.resize(count, base);
        let few = r.count()?;
        let (rows, more) = (r.ints(few)?, r.ints(few)?);
        for (row, more) in rows.into_iter().zip(more) {
            *usize::try_from(row).ok().and_then(|row| values.get_mut(row)).ok_or(Unreadable)? = base.wrapping_add(more);
        }
        return Ok(());
    }
    let bytes = r.raw(count.checked_mul(width).ok_or(Unreadable)?)?;
    let value = |step: u64| base.wrapping_add(scale.wrapping_mul(step as i64));
    // the width is known in each loop, which is several times as quick
    match width {
        1 => values.extend(bytes.iter().map(|byte| value((*byte).into()))),
        2 => extend::<2>(values, bytes, value),
        4 => extend::<4>(values, bytes, value),
        8 => extend::<8>(values, bytes, value),
        _ => return Err(Unreadable),
    }
    Ok(())
}

fn extend<const WIDTH: usize>(values: &mut Vec<i64>, bytes: &[u8], value: impl Fn(u64) -> i64) {
    let count = bytes.len() / WIDTH;
    let planes: [&[u8]; WIDTH] = std::array::from_fn(|plane| &bytes[plane * count..][..count]);
    values.extend((0..count).map(|row| value((0..WIDTH).fold(0, |step, plane| step | u64::from(planes[plane][row]) << (8 * plane)))));
}
