//! Clients and prospects: one record with a stage, what may be entered about it, and the rule every write passes.

pub mod card;
mod context;
pub mod duplicates;
pub mod fields;
pub mod list;
mod stage;

pub use card::ClientCard;
pub use context::Context;
pub use fields::{ClientDraft, ClientPatch};
pub use list::{ClientItem, ClientPage, ClientQuery, LightCounts, Sort};
pub use stage::{Stage, Status};

use crate::calendar::{Day, Instant};
use crate::company::Company;
use crate::geo::Position;
use crate::ids::{BranchId, ClientId, RepId};
use crate::lights::{self, Light, Window};
use crate::rejection::Rejections;
use serde::{Deserialize, Serialize};

/// A client or prospect as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// Identity.
    pub id: ClientId,
    /// Client or prospect.
    pub stage: Stage,
    /// For people.
    pub name: String,
    /// Active or inactive.
    pub status: Status,
    /// When it was archived; archived records are kept and can come back.
    pub archived_at: Option<Instant>,
    /// The owner.
    pub rep_id: Option<RepId>,
    /// The branch it belongs to.
    pub branch_id: Option<BranchId>,
    /// Segment, free text.
    pub segment: Option<String>,
    /// Tier code of the policy.
    pub tier: Option<String>,
    /// Tags, in order, none twice.
    pub tags: Vec<String>,
    /// Main phone number.
    pub phone: Option<String>,
    /// Main email.
    pub email: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Where it is.
    pub position: Option<Position>,
    /// Free notes.
    pub notes: Option<String>,
    /// Own days between visits, 1–730.
    pub cadence_days: Option<u16>,
    /// Own check-in radius in metres, 10–50,000.
    pub radius_m: Option<u32>,
    /// System it was brought in from.
    pub source: Option<String>,
    /// Its id there; unique together with `source`.
    pub external_id: Option<String>,
    /// Day of the last completed visit that clears the light.
    pub last_visit_on: Option<Day>,
    /// Who made that visit.
    pub last_visit_by: Option<RepId>,
    /// First amber day.
    pub amber_from: Option<Day>,
    /// Last amber day.
    pub due_on: Option<Day>,
    /// The next planned visit.
    pub planned_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last edited.
    pub changed_at: Instant,
    /// Who edited it last, by name.
    pub changed_by: Option<String>,
    /// Cursor of the change that wrote this row.
    pub version: i64,
}

impl Client {
    /// The stored window.
    #[must_use]
    pub fn window(&self) -> Option<Window> {
        Some(Window { amber_from: self.amber_from?, due_on: self.due_on? })
    }

    /// The light as of `today`.
    #[must_use]
    pub fn light(&self, today: Day) -> Light {
        lights::light(today, self.window())
    }

    /// Radius of the check-in rule in metres.
    #[must_use]
    pub fn radius_m(&self, company: &Company) -> u32 {
        self.radius_m.unwrap_or(company.policy.radius_m)
    }

    /// Writes the window that follows from the last visit, tier, own cadence and policy.
    pub fn stamp(&mut self, company: &Company) {
        let (days, _) = company.policy.cadence(self.tier.as_deref(), self.cadence_days);
        let window = lights::window(self.last_visit_on, days);
        self.amber_from = window.map(|w| w.amber_from);
        self.due_on = window.map(|w| w.due_on);
    }

    /// Takes in a completed visit; an older one than the last changes nothing.
    pub fn visited(&mut self, on: Day, by: Option<RepId>, company: &Company) {
        if self.last_visit_on.is_none_or(|last| on >= last) {
            self.last_visit_on = Some(on);
            self.last_visit_by = by;
            self.stamp(company);
        }
    }

    /// What a search for this record runs over; also its order by name comes from the folded name.
    #[must_use]
    pub fn search_key(&self) -> String {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let phone = crate::fold::phone_key(&text(&self.phone));
        crate::fold::search_key(&[&self.name, &text(&self.town), &text(&self.external_id), &text(&self.email), &phone])
    }

    /// `/clients/…` or `/prospects/…`.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.stage, self.id)
    }
}

/// The screen of a client or prospect.
#[must_use]
pub fn path(stage: Stage, id: ClientId) -> String {
    match stage {
        Stage::Client => format!("/clients/{id}"),
        Stage::Prospect => format!("/prospects/{id}"),
    }
}

/// Makes a client or prospect.
///
/// # Errors
/// What is wrong with the draft, by field.
pub fn create(draft: ClientDraft, ctx: Context<'_>) -> Result<Client, Rejections> {
    let mut bad = Rejections::default();
    let (source, external_id) = crate::text::elsewhere(draft.source, draft.external_id, &mut bad);
    let mut client = Client {
        id: draft.id,
        stage: draft.stage,
        name: String::new(),
        status: Status::Active,
        archived_at: None,
        rep_id: ctx.caller.rep,
        branch_id: ctx.caller.branch,
        segment: None,
        tier: None,
        tags: Vec::new(),
        phone: None,
        email: None,
        address: None,
        town: None,
        postal_code: None,
        position: None,
        notes: None,
        cadence_days: None,
        radius_m: None,
        source,
        external_id,
        last_visit_on: None,
        last_visit_by: None,
        amber_from: None,
        due_on: None,
        planned_at: None,
        created_at: ctx.at,
        changed_at: ctx.at,
        changed_by: Some(ctx.caller.name.clone()),
        version: 0,
    };
    let mut fields = draft.fields;
    fields.name.get_or_insert_default();
    if let Err(wrong) = fields.apply(&mut client, ctx) {
        bad.0.extend(wrong.0);
    }
    bad.or(client)
}

/// Edits a client: only the fields named in the patch change.
///
/// # Errors
/// What is wrong with the patch, by field.
pub fn edit(client: &Client, patch: ClientPatch, ctx: Context<'_>) -> Result<Client, Rejections> {
    let mut edited = client.clone();
    patch.apply(&mut edited, ctx)?;
    touch(&mut edited, ctx);
    Ok(edited)
}

/// Takes a client out of lists and Today; everything about it is kept. Archiving twice changes nothing.
#[must_use]
pub fn archive(client: &Client, ctx: Context<'_>) -> Client {
    let mut archived = client.clone();
    archived.archived_at = client.archived_at.or(Some(ctx.at));
    touch(&mut archived, ctx);
    archived
}

/// Brings an archived client back.
#[must_use]
pub fn restore(client: &Client, ctx: Context<'_>) -> Client {
    let mut restored = client.clone();
    restored.archived_at = None;
    touch(&mut restored, ctx);
    restored
}

/// Makes a prospect a client; id, history and links stay.
///
/// # Errors
/// When it is a client already.
pub fn convert(client: &Client, ctx: Context<'_>) -> Result<Client, Rejections> {
    if client.stage == Stage::Client {
        return Err(Rejections::one("stage", "already_client", format!("{} is a client already.", client.name)));
    }
    let mut converted = client.clone();
    converted.stage = Stage::Client;
    touch(&mut converted, ctx);
    Ok(converted)
}

/// Gives a client to another rep; it moves to that rep's branch.
///
/// # Errors
/// When there is no such rep.
pub fn reassign(client: &Client, to: RepId, ctx: Context<'_>) -> Result<Client, Rejections> {
    let Some(rep) = ctx.company.reps.iter().find(|r| r.id == to) else {
        return Err(Rejections::one("repId", "unknown", "There is no such rep: choose one from the list."));
    };
    let mut moved = client.clone();
    moved.rep_id = Some(rep.id);
    moved.branch_id = rep.branch.or(client.branch_id);
    touch(&mut moved, ctx);
    Ok(moved)
}

fn touch(client: &mut Client, ctx: Context<'_>) {
    client.changed_at = ctx.at;
    client.changed_by = Some(ctx.caller.name.clone());
}
