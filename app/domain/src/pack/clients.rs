//! Clients as columns.

use super::Unreadable;
use super::column::{Reader, Writer};
use crate::calendar::{Day, Instant};
use crate::clients::{Client, Stage, Status};
use crate::geo::Position;
use crate::ids::{BranchId, ClientId, RepId};

pub(super) fn write(w: &mut Writer, rows: &[Client]) {
    w.varint(rows.len() as u64);
    let each = || rows.iter();
    w.ids(each().map(|c| c.id.0));
    w.bits(each().map(|c| c.stage == Stage::Client));
    w.bits(each().map(|c| c.status == Status::Active));
    w.opt_ints(each().map(|c| c.archived_at.map(|i| i.0)));
    let reps: Vec<Option<String>> = each().map(|c| c.rep_id.map(|id| id.to_string())).collect();
    w.symbols(reps.iter().map(Option::as_deref));
    let branches: Vec<Option<String>> = each().map(|c| c.branch_id.map(|id| id.to_string())).collect();
    w.symbols(branches.iter().map(Option::as_deref));
    w.symbols(each().map(|c| c.segment.as_deref()));
    w.symbols(each().map(|c| c.tier.as_deref()));
    w.ints(each().map(|c| c.tags.len() as i64));
    w.symbols(each().flat_map(|c| c.tags.iter().map(|t| Some(t.as_str()))));
    w.symbols(each().map(|c| c.town.as_deref()));
    w.symbols(each().map(|c| c.postal_code.as_deref()));
    w.texts(each().map(|c| Some(c.name.as_str())));
    w.texts(each().map(|c| c.phone.as_deref()));
    w.texts(each().map(|c| c.email.as_deref()));
    w.texts(each().map(|c| c.address.as_deref()));
    w.prose(each().map(|c| c.notes.as_deref()));
    w.opt_ints(each().map(|c| c.position.map(|p| p.lat_e6.into())));
    w.ints(each().filter_map(|c| c.position.map(|p| p.lon_e6.into())));
    w.opt_ints(each().map(|c| c.cadence_days.map(Into::into)));
    w.opt_ints(each().map(|c| c.radius_m.map(Into::into)));
    w.symbols(each().map(|c| c.source.as_deref()));
    w.texts(each().map(|c| c.external_id.as_deref()));
    w.opt_ints(each().map(|c| c.last_visit_on.map(|d| d.0.into())));
    let by: Vec<Option<String>> = each().map(|c| c.last_visit_by.map(|id| id.to_string())).collect();
    w.symbols(by.iter().map(Option::as_deref));
    w.opt_ints(each().map(|c| c.window().map(|o| o.due_on.0.into())));
    w.ints(each().filter_map(|c| c.window().map(|o| o.due_on.since(o.amber_from).into())));
    w.opt_ints(each().map(|c| c.planned_at.map(|i| i.0)));
    w.ints(each().map(|c| c.created_at.0));
    w.ints(each().map(|c| c.changed_at.0 - c.created_at.0));
    w.symbols(each().map(|c| c.changed_by.as_deref()));
    w.ints(each().map(|c| c.version));
}

pub(super) fn read(r: &mut Reader<'_>) -> Result<Vec<Client>, Unreadable> {
    let n = r.count()?;
    let ids = r.ids(n)?;
    let is_client = r.bits(n)?;
    let is_active = r.bits(n)?;
    let archived_at = r.opt_ints(n)?;
    let (reps, branches) = (r.symbols(n)?, r.symbols(n)?);
    let (segment, tier) = (r.symbols(n)?, r.symbols(n)?);
    let tag_counts = r.ints(n)?;
    let tag_total = tag_counts.iter().try_fold(0usize, |sum, c| sum.checked_add(usize::try_from(*c).ok()?)).ok_or(Unreadable)?;
    let tags = r.symbols(tag_total)?;
    let (town, postal_code) = (r.symbols(n)?, r.symbols(n)?);
    let mut name = r.texts(n)?;
    let mut phone = r.texts(n)?;
    let mut email = r.texts(n)?;
    let mut address = r.texts(n)?;
    let notes = r.prose(n)?;
    let lat = r.opt_ints(n)?;
    let mut lon = r.ints(lat.iter().flatten().count())?.into_iter();
    let cadence_days = r.opt_ints(n)?;
    let radius_m = r.opt_ints(n)?;
    let source = r.symbols(n)?;
    let mut external_id = r.texts(n)?;
    let last_visit_on = r.opt_ints(n)?;
    let last_visit_by = r.symbols(n)?;
    let due_on = r.opt_ints(n)?;
    let mut lead = r.ints(due_on.iter().flatten().count())?.into_iter();
    let planned_at = r.opt_ints(n)?;
    let created_at = r.ints(n)?;
    let changed_after = r.ints(n)?;
    let changed_by = r.symbols(n)?;
    let version = r.ints(n)?;
    let owned = |t: Option<&str>| t.map(str::to_owned);
    let mut tag = 0;
    let mut clients = Vec::with_capacity(n);
    for i in 0..n {
        let due = due_on[i].map(|d| Day(d as i32));
        let next_tag = tag + tag_counts[i] as usize;
        clients.push(Client {
            id: ClientId(ids[i]),
            stage: if is_client[i] { Stage::Client } else { Stage::Prospect },
            name: name[i].take().unwrap_or_default(),
            status: if is_active[i] { Status::Active } else { Status::Inactive },
            archived_at: archived_at[i].map(Instant),
            rep_id: reps.get(i).and_then(|t| t.parse().ok()).map(|id: RepId| id),
            branch_id: branches.get(i).and_then(|t| t.parse().ok()).map(|id: BranchId| id),
            segment: owned(segment.get(i)),
            tier: owned(tier.get(i)),
            tags: (tag..next_tag).filter_map(|t| owned(tags.get(t))).collect(),
            phone: phone[i].take(),
            email: email[i].take(),
            address: address[i].take(),
            town: owned(town.get(i)),
            postal_code: owned(postal_code.get(i)),
            position: lat[i].zip(lat[i].and_then(|_| lon.next())).map(|(a, o)| Position { lat_e6: a as i32, lon_e6: o as i32 }),
            notes: notes.get(i),
            cadence_days: cadence_days[i].map(|d| d as u16),
            radius_m: radius_m[i].map(|m| m as u32),
            source: owned(source.get(i)),
            external_id: external_id[i].take(),
            last_visit_on: last_visit_on[i].map(|d| Day(d as i32)),
            last_visit_by: last_visit_by.get(i).and_then(|t| t.parse().ok()),
            amber_from: due.and_then(|d| lead.next().map(|l| d.plus(-(l as i32)))),
            due_on: due,
            planned_at: planned_at[i].map(Instant),
            created_at: Instant(created_at[i]),
            changed_at: Instant(created_at[i].saturating_add(changed_after[i])),
            changed_by: owned(changed_by.get(i)),
            version: version[i],
        });
        tag = next_tag;
    }
    Ok(clients)
}
