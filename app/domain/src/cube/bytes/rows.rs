//! The facts of a month, from columns to rows.

use super::load::Stored;
use super::prices::{PLAIN, PRICED, Prices};
use crate::cube::column;
use crate::cube::facts::MEASURES;
use crate::cube::month::MonthAt;
use crate::cube::table::{CUSTOMER, DAY, PRODUCT, Row};
use crate::pack::Unreadable;
use crate::pack::column::Reader;

/// The columns of a month as they are read, before they are put together as rows: each row is written once, not once for each of its columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Places of products on their shelves.
    places: Vec<u64>,
    plain: [Vec<i64>; PLAIN.len()],
    priced: [[Vec<i64>; 2]; PRICED.len()],
}

pub(super) fn read_rows(
    bytes: &[u8],
    stored: &Stored,
    at: MonthAt,
    (rows, columns): (&mut Vec<Row>, &mut Columns),
) -> Result<(), Unreadable> {
    let mut r = Reader::new(bytes);
    let Stored { dictionaries: all, shelves, prices, .. } = stored;
    let (count, runs) = (r.count()?, r.count()?);
    let (reps, branches, numbers) = (r.ints(runs)?, r.ints(runs)?, r.ints(runs)?);
    rows.clear();
    rows.reserve(count);
    for ((rep, branch), number) in reps.into_iter().zip(branches).zip(&numbers) {
        let length = r.varint()? as usize;
        if length == 0 || length > count - rows.len() {
            return Err(Unreadable);
        }
        let (rep, branch) = (code(rep, all.reps.labels.len())?, code(branch, all.branches.labels.len())?);
        let shelf = code(*number, shelves.products.len())?;
        rows.resize(rows.len() + length, Row { rep, branch, shelf, leaves: [0; 3], sums: [0; MEASURES] });
    }
    if rows.len() != count {
        return Err(Unreadable);
    }
    let customers = r.ints(count)?;
    columns.places.clear();
    for _ in 0..count {
        columns.places.push(r.varint()?);
    }
    let days = r.raw(count)?;
    columns.plain.iter_mut().try_for_each(|column| column::read(&mut r, count, column))?;
    columns.priced.iter_mut().try_for_each(|priced| Prices::read_rows(&mut r, count, priced))?;
    if !r.is_done() {
        return Err(Unreadable);
    }
    let last = at.last_day().civil().2;
    // slices: an index into a vector is a call where code is to be small
    let (places, customers) = (columns.places.as_slice(), customers.as_slice());
    let plain = columns.plain.each_ref().map(Vec::as_slice);
    let priced = columns.priced.each_ref().map(|both| both.each_ref().map(Vec::as_slice));
    for (n, row) in rows.iter_mut().enumerate() {
        let product = *shelves.products[row.shelf as usize].get(places[n] as usize).ok_or(Unreadable)?;
        row.shelf = all.shelf_of[product as usize];
        row.leaves[CUSTOMER] = code(customers[n], all.customers.labels.len())?;
        row.leaves[PRODUCT] = product;
        row.leaves[DAY] = days[n].into();
        if !(1..=last).contains(&row.leaves[DAY]) {
            return Err(Unreadable);
        }
        PLAIN.iter().zip(&plain).for_each(|(measure, values)| row.sums[*measure] = values[n]);
        prices.iter().zip(&priced).for_each(|(prices, [steps, rests])| prices.put(row, steps[n], rests[n]));
    }
    Ok(())
}

fn code(code: i64, codes: usize) -> Result<u32, Unreadable> {
    u32::try_from(code).ok().filter(|code| (*code as usize) < codes).ok_or(Unreadable)
}
