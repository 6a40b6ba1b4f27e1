//! Contacts as columns.

use super::column::{Reader, Writer};
use super::{Unreadable, refs};
use crate::calendar::Instant;
use crate::clients::Client;
use crate::contacts::Contact;
use crate::ids::ContactId;

pub(super) fn write(w: &mut Writer, rows: &[Contact], clients: &[Client]) {
    w.varint(rows.len() as u64);
    let each = || rows.iter();
    w.ids(each().map(|c| c.id.0));
    refs::write(w, each().map(|c| c.client_id), clients);
    w.texts(each().map(|c| Some(c.name.as_str())));
    w.symbols(each().map(|c| c.position.as_deref()));
    w.texts(each().map(|c| c.phone.as_deref()));
    w.texts(each().map(|c| c.email.as_deref()));
    w.prose(each().map(|c| c.notes.as_deref()));
    w.opt_ints(each().map(|c| c.archived_at.map(|i| i.0)));
    w.symbols(each().map(|c| c.source.as_deref()));
    w.texts(each().map(|c| c.external_id.as_deref()));
    w.ints(each().map(|c| c.changed_at.0));
    w.ints(each().map(|c| c.version));
}

pub(super) fn read(r: &mut Reader<'_>, clients: &[Client]) -> Result<Vec<Contact>, Unreadable> {
    let n = r.count()?;
    let ids = r.ids(n)?;
    let clients = refs::read(r, n, clients)?;
    let mut name = r.texts(n)?;
    let position = r.symbols(n)?;
    let mut phone = r.texts(n)?;
    let mut email = r.texts(n)?;
    let notes = r.prose(n)?;
    let archived_at = r.opt_ints(n)?;
    let source = r.symbols(n)?;
    let mut external_id = r.texts(n)?;
    let changed_at = r.ints(n)?;
    let version = r.ints(n)?;
    let row = |i: usize| Contact {
        id: ContactId(ids[i]),
        client_id: clients[i],
        name: name[i].take().unwrap_or_default(),
        position: position.get(i).map(str::to_owned),
        phone: phone[i].take(),
        email: email[i].take(),
        notes: notes.get(i),
        archived_at: archived_at[i].map(Instant),
        source: source.get(i).map(str::to_owned),
        external_id: external_id[i].take(),
        changed_at: Instant(changed_at[i]),
        version: version[i],
    };
    Ok((0..n).map(row).collect())
}
