//! A visit as it is stored.

use crate::Error;
use crate::clients::row::position;
use crate::db::{Args, Bind};
use domain::clients::Client;
use domain::geo::{Fix, Position};
use domain::ids::{ClientId, ImportId, RepId, VisitId};
use domain::visits::{Promise, Stamp, Visit, VisitStatus};
use domain::{Day, Instant};
use uuid::Uuid;

row! {
    /// A visit.
    VisitRow as "v" {
        id: Uuid,
        client_id: Uuid,
        rep_id: Option<Uuid>,
        status: String,
        kind: String,
        day: i32,
        planned_at: Option<i64>,
        checked_in_at: Option<i64>,
        in_lat_e6: Option<i32>,
        in_lon_e6: Option<i32>,
        in_accuracy_m: Option<i32>,
        address: Option<String>,
        distance_m: Option<i32>,
        within_radius: Option<bool>,
        outside_reason: Option<String>,
        checked_out_at: Option<i64>,
        out_lat_e6: Option<i32>,
        out_lon_e6: Option<i32>,
        out_accuracy_m: Option<i32>,
        outcome: Option<String>,
        notes: Option<String>,
        next_step: Option<String>,
        next_step_on: Option<i32>,
        promise: Option<String>,
        cancel_reason: Option<String>,
        clock_offset_ms: Option<i64>,
        source: Option<String>,
        external_id: Option<String>,
        changed_at: i64,
        version: i64,
    }
}

/// What repeats the client's, what is derived for order, and where it was brought in from.
pub(crate) const DERIVED: &str = ", owner_id, branch_id, starts_at, import_id, import_line";
/// Number of columns of [`DERIVED`].
pub(crate) const DERIVED_WIDTH: usize = 5;

/// A visit to be written, with its client's owner and branch, and the import and line it comes from.
pub(crate) struct Written<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) owner: Option<RepId>,
    pub(crate) branch: Option<domain::ids::BranchId>,
    pub(crate) import: Option<(ImportId, i64)>,
}

impl<'a> Written<'a> {
    /// A visit to `client`.
    pub(crate) fn of(visit: &'a Visit, client: &Client) -> Self {
        Self { visit, owner: client.rep_id, branch: client.branch_id, import: None }
    }
}

impl Bind for Written<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        VisitRow::from(self.visit).bind(args)?;
        args.add(self.owner.map(|r| r.0))?;
        args.add(self.branch.map(|b| b.0))?;
        args.add(self.visit.starts_at().map_or(0, |at| at.0))?;
        args.add(self.import.map(|i| i.0.0))?;
        args.add(self.import.map(|i| i.1))
    }
}

type Place = (Option<i32>, Option<i32>, Option<i32>);

fn place(stamp: Option<Stamp>) -> Place {
    let fix = stamp.and_then(|s| s.fix);
    let accuracy = fix.map(|f| i32::try_from(f.accuracy_m).unwrap_or(i32::MAX));
    (fix.map(|f| f.position.lat_e6), fix.map(|f| f.position.lon_e6), accuracy)
}

fn stamp(at: Option<i64>, (lat, lon, accuracy): Place) -> Option<Stamp> {
    let fix = |position: Position| Fix { position, accuracy_m: accuracy.and_then(|a| u32::try_from(a).ok()).unwrap_or(0) };
    Some(Stamp { at: Instant(at?), fix: position(lat, lon).map(fix) })
}

impl From<&Visit> for VisitRow {
    fn from(v: &Visit) -> Self {
        let (check_in, check_out) = (place(v.checked_in), place(v.checked_out));
        Self {
            id: v.id.0,
            client_id: v.client_id.0,
            rep_id: v.rep_id.map(|r| r.0),
            status: v.status.code().into(),
            kind: v.kind.clone(),
            day: v.day.0,
            planned_at: v.planned_at.map(|at| at.0),
            checked_in_at: v.checked_in.map(|s| s.at.0),
            in_lat_e6: check_in.0,
            in_lon_e6: check_in.1,
            in_accuracy_m: check_in.2,
            address: v.address.clone(),
            distance_m: v.distance_m.map(|m| i32::try_from(m).unwrap_or(i32::MAX)),
            within_radius: v.within_radius,
            outside_reason: v.outside_reason.clone(),
            checked_out_at: v.checked_out.map(|s| s.at.0),
            out_lat_e6: check_out.0,
            out_lon_e6: check_out.1,
            out_accuracy_m: check_out.2,
            outcome: v.outcome.clone(),
            notes: v.notes.clone(),
            next_step: v.next_step.clone(),
            next_step_on: v.next_step_on.map(|d| d.0),
            promise: v.promise.map(|p| p.code().into()),
            cancel_reason: v.cancel_reason.clone(),
            clock_offset_ms: v.clock_offset_ms,
            source: v.source.clone(),
            external_id: v.external_id.clone(),
            changed_at: v.changed_at.0,
            version: v.version,
        }
    }
}

impl From<VisitRow> for Visit {
    fn from(r: VisitRow) -> Self {
        Self {
            id: VisitId(r.id),
            client_id: ClientId(r.client_id),
            rep_id: r.rep_id.map(RepId),
            status: VisitStatus::parse(&r.status).unwrap_or(VisitStatus::Planned),
            kind: r.kind,
            day: Day(r.day),
            planned_at: r.planned_at.map(Instant),
            checked_in: stamp(r.checked_in_at, (r.in_lat_e6, r.in_lon_e6, r.in_accuracy_m)),
            address: r.address,
            distance_m: r.distance_m.and_then(|m| u32::try_from(m).ok()),
            within_radius: r.within_radius,
            outside_reason: r.outside_reason,
            checked_out: stamp(r.checked_out_at, (r.out_lat_e6, r.out_lon_e6, r.out_accuracy_m)),
            outcome: r.outcome,
            notes: r.notes,
            next_step: r.next_step,
            next_step_on: r.next_step_on.map(Day),
            promise: r.promise.as_deref().and_then(Promise::parse),
            cancel_reason: r.cancel_reason,
            clock_offset_ms: r.clock_offset_ms,
            source: r.source,
            external_id: r.external_id,
            changed_at: Instant(r.changed_at),
            version: r.version,
        }
    }
}
