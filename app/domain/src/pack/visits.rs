//! Visits as columns, and read as columns: numbers at once, texts only when a row is asked for.

use super::column::{Prose, Reader, Symbols, Writer};
use super::{Unreadable, refs};
use crate::calendar::{DAY_MS, Day, Instant};
use crate::clients::Client;
use crate::geo::{Fix, Position};
use crate::ids::{ClientId, RepId, VisitId};
use crate::visits::{Promise, Stamp, Visit, VisitStatus};

pub(super) fn write(w: &mut Writer, rows: &[Visit], clients: &[Client]) {
    w.varint(rows.len() as u64);
    let each = || rows.iter();
    w.ids(each().map(|v| v.id.0));
    refs::write(w, each().map(|v| v.client_id), clients);
    let reps: Vec<Option<String>> = each().map(|v| v.rep_id.map(|id| id.to_string())).collect();
    w.symbols(reps.iter().map(Option::as_deref));
    w.symbols(each().map(|v| Some(v.status.code())));
    w.symbols(each().map(|v| Some(v.kind.as_str())));
    w.ints(each().map(|v| v.day.0.into()));
    let base = |v: &Visit| i64::from(v.day.0) * DAY_MS;
    w.opt_ints(each().map(|v| v.planned_at.map(|i| i.0 - base(v))));
    w.opt_ints(each().map(|v| v.checked_in.map(|s| s.at.0 - base(v))));
    w.opt_ints(each().map(|v| v.checked_out.map(|s| s.at.0 - v.checked_in.map_or(base(v), |i| i.at.0))));
    fixes(w, each().map(|v| v.checked_in.and_then(|s| s.fix).filter(|_| v.status.is_open())));
    w.opt_ints(each().map(|v| v.distance_m.map(Into::into)));
    w.bits(each().map(|v| v.within_radius.is_some()));
    w.bits(each().map(|v| v.within_radius == Some(true)));
    w.prose(each().map(|v| v.outside_reason.as_deref()));
    w.symbols(each().map(|v| v.outcome.as_deref()));
    w.prose(each().map(|v| v.notes.as_deref()));
    w.prose(each().map(|v| v.next_step.as_deref()));
    w.opt_ints(each().map(|v| v.next_step_on.map(|d| d.since(v.day).into())));
    w.symbols(each().map(|v| v.promise.map(Promise::code)));
    w.prose(each().map(|v| v.cancel_reason.as_deref()));
    w.opt_ints(each().map(|v| v.clock_offset_ms.filter(|_| v.clock_flagged())));
    w.ints(each().map(|v| v.version));
}

fn fixes(w: &mut Writer, fixes: impl Iterator<Item = Option<Fix>> + Clone) {
    w.opt_ints(fixes.clone().map(|f| f.map(|f| f.accuracy_m.into())));
    w.ints(fixes.clone().flatten().map(|f| f.position.lat_e6.into()));
    w.ints(fixes.flatten().map(|f| f.position.lon_e6.into()));
}

/// Visits of one page.
#[derive(Debug, Default)]
pub(crate) struct VisitColumns {
    pub ids: Vec<VisitId>,
    pub clients: Vec<ClientId>,
    pub days: Vec<Day>,
    pub status: Vec<VisitStatus>,
    pub promise: Vec<Option<Promise>>,
    reps: Vec<Option<RepId>>,
    kind: Symbols,
    planned_at: Vec<Option<i64>>,
    checked_in: Vec<Option<i64>>,
    checked_out: Vec<Option<i64>>,
    fixes: Vec<Option<Fix>>,
    distance_m: Vec<Option<i64>>,
    rule_applied: Vec<bool>,
    within_radius: Vec<bool>,
    outside_reason: Prose,
    outcome: Symbols,
    notes: Prose,
    next_step: Prose,
    next_step_on: Vec<Option<i64>>,
    cancel_reason: Prose,
    clock_offset_ms: Vec<Option<i64>>,
    version: Vec<i64>,
}

pub(super) fn read(r: &mut Reader<'_>, clients: &[Client]) -> Result<VisitColumns, Unreadable> {
    let n = r.count()?;
    let ids = r.ids(n)?.into_iter().map(VisitId).collect();
    let clients = refs::read(r, n, clients)?;
    let rep_names = r.symbols(n)?;
    let reps = (0..n).map(|i| rep_names.get(i).and_then(|t| t.parse().ok())).collect();
    let codes = r.symbols(n)?;
    let status = (0..n).map(|i| codes.get(i).and_then(VisitStatus::parse).ok_or(Unreadable)).collect::<Result<_, _>>()?;
    let kind = r.symbols(n)?;
    let days = r.ints(n)?.into_iter().map(|d| Day(d as i32)).collect();
    let planned_at = r.opt_ints(n)?;
    let checked_in = r.opt_ints(n)?;
    let checked_out = r.opt_ints(n)?;
    let fixes = read_fixes(r, n)?;
    let distance_m = r.opt_ints(n)?;
    let rule_applied = r.bits(n)?;
    let within_radius = r.bits(n)?;
    let outside_reason = r.prose(n)?;
    let outcome = r.symbols(n)?;
    let notes = r.prose(n)?;
    let next_step = r.prose(n)?;
    let next_step_on = r.opt_ints(n)?;
    let promises = r.symbols(n)?;
    let promise = (0..n).map(|i| promises.get(i).and_then(Promise::parse)).collect();
    let cancel_reason = r.prose(n)?;
    let clock_offset_ms = r.opt_ints(n)?;
    let version = r.ints(n)?;
    Ok(VisitColumns {
        ids,
        clients,
        days,
        status,
        promise,
        reps,
        kind,
        planned_at,
        checked_in,
        checked_out,
        fixes,
        distance_m,
        rule_applied,
        within_radius,
        outside_reason,
        outcome,
        notes,
        next_step,
        next_step_on,
        cancel_reason,
        clock_offset_ms,
        version,
    })
}

fn read_fixes(r: &mut Reader<'_>, n: usize) -> Result<Vec<Option<Fix>>, Unreadable> {
    let accuracy = r.opt_ints(n)?;
    let there = accuracy.iter().flatten().count();
    let mut lat = r.ints(there)?.into_iter();
    let mut lon = r.ints(there)?.into_iter();
    let fix = |accuracy: Option<i64>| {
        let position = Position { lat_e6: accuracy.and_then(|_| lat.next())? as i32, lon_e6: lon.next()? as i32 };
        Some(Fix { position, accuracy_m: accuracy? as u32 })
    };
    Ok(accuracy.into_iter().map(fix).collect())
}

impl VisitColumns {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// When a row starts: actual if known, otherwise planned.
    pub fn starts_at(&self, row: usize) -> Option<Instant> {
        let base = i64::from(self.days[row].0) * DAY_MS;
        self.checked_in[row].or(self.planned_at[row]).map(|ms| Instant(base + ms))
    }

    pub fn rep(&self, row: usize) -> Option<RepId> {
        self.reps[row]
    }

    /// Puts one visit together.
    pub fn row(&self, row: usize) -> Visit {
        let day = self.days[row];
        let base = i64::from(day.0) * DAY_MS;
        let began = self.checked_in[row].map(|ms| base + ms);
        let ended = self.checked_out[row].map(|ms| began.unwrap_or(base) + ms);
        let owned = |t: Option<&str>| t.map(str::to_owned);
        Visit {
            id: self.ids[row],
            client_id: self.clients[row],
            rep_id: self.reps[row],
            status: self.status[row],
            kind: owned(self.kind.get(row)).unwrap_or_default(),
            day,
            planned_at: self.planned_at[row].map(|ms| Instant(base + ms)),
            checked_in: began.map(|ms| Stamp { at: Instant(ms), fix: self.fixes[row] }),
            address: None,
            distance_m: self.distance_m[row].map(|m| m as u32),
            within_radius: self.rule_applied[row].then_some(self.within_radius[row]),
            outside_reason: self.outside_reason.get(row),
            checked_out: ended.map(|ms| Stamp { at: Instant(ms), fix: None }),
            outcome: owned(self.outcome.get(row)),
            notes: self.notes.get(row),
            next_step: self.next_step.get(row),
            next_step_on: self.next_step_on[row].map(|d| day.plus(d as i32)),
            promise: self.promise[row],
            cancel_reason: self.cancel_reason.get(row),
            clock_offset_ms: self.clock_offset_ms[row],
            source: None,
            external_id: None,
            changed_at: Instant(ended.or(began).or(self.planned_at[row].map(|ms| base + ms)).unwrap_or(base)),
            version: self.version[row],
        }
    }
}
