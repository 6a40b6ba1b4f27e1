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

/// Reads the values of a column of `count` rows, each given to `put`.
pub(in crate::cube) fn read(r: &mut Reader<'_>, count: usize, mut put: impl FnMut(usize, i64)) -> Result<(), Unreadable> {
    let width = r.varint()? as usize;
    let (base, scale) = (r.ints(1)?[0], r.ints(1)?[0]);
    let value = |step: u64| base.wrapping_add(scale.wrapping_mul(step as i64));
    match width {
        0 => {
            let few = r.count()?;
            let (rows, more) = (r.ints(few)?, r.ints(few)?);
            (0..count).for_each(|row| put(row, base));
            for (row, more) in rows.into_iter().zip(more) {
                let row = usize::try_from(row).ok().filter(|row| *row < count).ok_or(Unreadable)?;
                put(row, base.wrapping_add(more));
            }
        }
        1 | 2 | 4 | 8 => {
            let planes = r.raw(count.checked_mul(width).ok_or(Unreadable)?)?;
            for row in 0..count {
                put(row, value((0..width).fold(0, |step, plane| step | u64::from(planes[plane * count + row]) << (8 * plane))));
            }
        }
        _ => return Err(Unreadable),
    }
    Ok(())
}
