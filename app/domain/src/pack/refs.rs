//! Which client a row hangs on: its place among the page's own clients, or in a table of others.

use super::Unreadable;
use super::column::{Reader, Writer};
use crate::clients::Client;
use crate::ids::ClientId;
use std::collections::HashMap;

pub(super) fn write(w: &mut Writer, rows: impl Iterator<Item = ClientId>, clients: &[Client]) {
    let mut place: HashMap<ClientId, i64> = clients.iter().enumerate().map(|(i, c)| (c.id, i as i64)).collect();
    let mut others = Vec::new();
    let places: Vec<i64> = rows
        .map(|id| {
            *place.entry(id).or_insert_with(|| {
                others.push(id.0);
                (clients.len() + others.len() - 1) as i64
            })
        })
        .collect();
    w.varint(others.len() as u64);
    w.ids(others.iter().copied());
    w.ints(places.into_iter());
}

pub(super) fn read(r: &mut Reader<'_>, n: usize, clients: &[Client]) -> Result<Vec<ClientId>, Unreadable> {
    let count = r.count()?;
    let others = r.ids(count)?;
    let client_at = |place: i64| {
        let place = usize::try_from(place).ok()?;
        clients.get(place).map(|c| c.id).or_else(|| others.get(place.checked_sub(clients.len())?).map(|id| ClientId(*id)))
    };
    r.ints(n)?.into_iter().map(|p| client_at(p).ok_or(Unreadable)).collect()
}
