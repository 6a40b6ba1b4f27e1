//! A client as it is stored, and the two that lists read; conversions never judge what is stored.

use crate::Error;
use crate::db::{Args, Bind};
use domain::clients::{Client, ClientItem, Stage, Status, list::due_key};
use domain::fold::fold;
use domain::geo::Position;
use domain::ids::{BranchId, ClientId, ImportId, RepId};
use domain::{Day, Instant};
use sqlx::types::Json;
use uuid::Uuid;

row! {
    /// A client.
    ClientRow as "c" {
        id: Uuid,
        stage: String,
        name: String,
        status: String,
        archived_at: Option<i64>,
        rep_id: Option<Uuid>,
        branch_id: Option<Uuid>,
        segment: Option<String>,
        tier: Option<String>,
        tags: Json<Vec<String>>,
        phone: Option<String>,
        email: Option<String>,
        address: Option<String>,
        town: Option<String>,
        postal_code: Option<String>,
        lat_e6: Option<i32>,
        lon_e6: Option<i32>,
        notes: Option<String>,
        cadence_days: Option<i32>,
        radius_m: Option<i32>,
        source: Option<String>,
        external_id: Option<String>,
        last_visit_on: Option<i32>,
        last_visit_by: Option<Uuid>,
        amber_from: Option<i32>,
        due_on: Option<i32>,
        planned_at: Option<i64>,
        created_at: i64,
        changed_at: i64,
        changed_by: Option<String>,
        version: i64,
    }
}

row! {
    /// What a list shows.
    ItemRow as "c" {
        id: Uuid,
        stage: String,
        name: String,
        status: String,
        rep_id: Option<Uuid>,
        segment: Option<String>,
        tier: Option<String>,
        town: Option<String>,
        lat_e6: Option<i32>,
        lon_e6: Option<i32>,
        last_visit_on: Option<i32>,
        amber_from: Option<i32>,
        due_on: Option<i32>,
        planned_at: Option<i64>,
    }
}

/// What a list shows, as one JSON array: id, the [`Packed::COLUMNS`], owner.
#[derive(serde::Deserialize)]
pub(crate) struct Packed(ClientId, Stage, String, Status, Text, Text, Text, Whole, Whole, Whole, Whole, Whole, Option<i64>, Option<RepId>);

type Text = Option<String>;
type Whole = Option<i32>;

impl Packed {
    /// All between the two ids, each with a comma before it.
    pub(crate) const COLUMNS: &str = ", c.stage, c.name, c.status, c.segment, c.tier, c.town, c.lat_e6, c.lon_e6, c.last_visit_on, \
                                      c.amber_from, c.due_on, c.planned_at";
}

impl From<Packed> for ClientItem {
    fn from(p: Packed) -> Self {
        Self {
            id: p.0,
            stage: p.1,
            name: p.2,
            status: p.3,
            segment: p.4,
            tier: p.5,
            town: p.6,
            position: position(p.7, p.8),
            last_visit_on: p.9.map(Day),
            amber_from: p.10.map(Day),
            due_on: p.11.map(Day),
            planned_at: p.12.map(Instant),
            rep_id: p.13,
        }
    }
}

/// What is derived from a client for order and search, and where it was brought in from.
pub(crate) const DERIVED: &str = ", due_key, sort_key, search_key, import_id, import_line";
/// Number of columns of [`DERIVED`].
pub(crate) const DERIVED_WIDTH: usize = 5;

/// A client to be written, with the import and line it comes from.
pub(crate) struct Written<'a> {
    pub(crate) client: &'a Client,
    pub(crate) import: Option<(ImportId, i64)>,
}

impl Bind for Written<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        ClientRow::from(self.client).bind(args)?;
        args.add(due_key(self.client.due_on))?;
        args.add(fold(&self.client.name))?;
        args.add(self.client.search_key())?;
        args.add(self.import.map(|i| i.0.0))?;
        args.add(self.import.map(|i| i.1))
    }
}

/// A position from its two columns.
pub(crate) fn position(lat_e6: Option<i32>, lon_e6: Option<i32>) -> Option<Position> {
    Some(Position { lat_e6: lat_e6?, lon_e6: lon_e6? })
}

impl From<&Client> for ClientRow {
    fn from(c: &Client) -> Self {
        Self {
            id: c.id.0,
            stage: c.stage.code().into(),
            name: c.name.clone(),
            status: c.status.code().into(),
            archived_at: c.archived_at.map(|at| at.0),
            rep_id: c.rep_id.map(|r| r.0),
            branch_id: c.branch_id.map(|b| b.0),
            segment: c.segment.clone(),
            tier: c.tier.clone(),
            tags: Json(c.tags.clone()),
            phone: c.phone.clone(),
            email: c.email.clone(),
            address: c.address.clone(),
            town: c.town.clone(),
            postal_code: c.postal_code.clone(),
            lat_e6: c.position.map(|p| p.lat_e6),
            lon_e6: c.position.map(|p| p.lon_e6),
            notes: c.notes.clone(),
            cadence_days: c.cadence_days.map(i32::from),
            radius_m: c.radius_m.and_then(|r| i32::try_from(r).ok()),
            source: c.source.clone(),
            external_id: c.external_id.clone(),
            last_visit_on: c.last_visit_on.map(|d| d.0),
            last_visit_by: c.last_visit_by.map(|r| r.0),
            amber_from: c.amber_from.map(|d| d.0),
            due_on: c.due_on.map(|d| d.0),
            planned_at: c.planned_at.map(|at| at.0),
            created_at: c.created_at.0,
            changed_at: c.changed_at.0,
            changed_by: c.changed_by.clone(),
            version: c.version,
        }
    }
}

impl From<ClientRow> for Client {
    fn from(r: ClientRow) -> Self {
        Self {
            id: ClientId(r.id),
            stage: stage(&r.stage),
            name: r.name,
            status: status(&r.status),
            archived_at: r.archived_at.map(Instant),
            rep_id: r.rep_id.map(RepId),
            branch_id: r.branch_id.map(BranchId),
            segment: r.segment,
            tier: r.tier,
            tags: r.tags.0,
            phone: r.phone,
            email: r.email,
            address: r.address,
            town: r.town,
            postal_code: r.postal_code,
            position: position(r.lat_e6, r.lon_e6),
            notes: r.notes,
            cadence_days: r.cadence_days.and_then(|d| u16::try_from(d).ok()),
            radius_m: r.radius_m.and_then(|m| u32::try_from(m).ok()),
            source: r.source,
            external_id: r.external_id,
            last_visit_on: r.last_visit_on.map(Day),
            last_visit_by: r.last_visit_by.map(RepId),
            amber_from: r.amber_from.map(Day),
            due_on: r.due_on.map(Day),
            planned_at: r.planned_at.map(Instant),
            created_at: Instant(r.created_at),
            changed_at: Instant(r.changed_at),
            changed_by: r.changed_by,
            version: r.version,
        }
    }
}

impl From<ItemRow> for ClientItem {
    fn from(r: ItemRow) -> Self {
        Self {
            id: ClientId(r.id),
            stage: stage(&r.stage),
            name: r.name,
            status: status(&r.status),
            rep_id: r.rep_id.map(RepId),
            segment: r.segment,
            tier: r.tier,
            town: r.town,
            position: position(r.lat_e6, r.lon_e6),
            last_visit_on: r.last_visit_on.map(Day),
            amber_from: r.amber_from.map(Day),
            due_on: r.due_on.map(Day),
            planned_at: r.planned_at.map(Instant),
        }
    }
}

/// The table's check lets nothing else in.
pub(crate) fn stage(code: &str) -> Stage {
    Stage::parse(code).unwrap_or(Stage::Client)
}

fn status(code: &str) -> Status {
    Status::parse(code).unwrap_or(Status::Active)
}
