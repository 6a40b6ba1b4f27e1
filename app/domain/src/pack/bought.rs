//! What clients bought as columns.

use super::column::{Reader, Writer};
use super::{Unreadable, refs};
use crate::bought::{Bought, BoughtBy, BoughtProduct};
use crate::calendar::Day;
use crate::clients::Client;

pub(super) fn write(w: &mut Writer, rows: &[BoughtBy], clients: &[Client]) {
    w.varint(rows.len() as u64);
    refs::write(w, rows.iter().map(|row| row.0), clients);
    w.ints(rows.iter().map(|row| row.1.days.len() as i64));
    let days = || rows.iter().flat_map(|row| &row.1.days);
    w.varint(days().count() as u64);
    w.ints(days().map(|(day, _)| day.0.into()));
    w.ints(days().map(|(_, net)| *net));
    w.ints(rows.iter().map(|row| row.1.products.len() as i64));
    let products = || rows.iter().flat_map(|row| &row.1.products);
    w.varint(products().count() as u64);
    w.symbols(products().map(|product| product.name.as_deref()));
    w.ints(products().map(|product| product.year.0.into()));
    w.ints(products().map(|product| product.net));
}

pub(super) fn read(r: &mut Reader<'_>, clients: &[Client]) -> Result<Vec<BoughtBy>, Unreadable> {
    let n = r.count()?;
    let clients = refs::read(r, n, clients)?;
    let day = |day: i64| i32::try_from(day).map(Day).map_err(|_| Unreadable);
    let counts = r.ints(n)?;
    let of_days = r.count()?;
    let (days, nets) = (r.ints(of_days)?, r.ints(of_days)?);
    let mut days = days.into_iter().zip(nets).map(|(on, net)| Ok((day(on)?, net)));
    let product_counts = r.ints(n)?;
    let of_products = r.count()?;
    let names = r.symbols(of_products)?;
    let (years, nets) = (r.ints(of_products)?, r.ints(of_products)?);
    let mut products = years
        .into_iter()
        .zip(nets)
        .enumerate()
        .map(|(at, (year, net))| Ok(BoughtProduct { name: names.get(at).map(str::to_owned), year: day(year)?, net }));
    let most = |count: i64| usize::try_from(count).map_err(|_| Unreadable);
    let row = |(client, (of_days, of_products)): (_, (i64, i64))| {
        let days = days.by_ref().take(most(of_days)?).collect::<Result<_, _>>()?;
        let products = products.by_ref().take(most(of_products)?).collect::<Result<_, _>>()?;
        Ok((client, Bought { days, products }))
    };
    clients.into_iter().zip(counts.into_iter().zip(product_counts)).map(row).collect()
}
