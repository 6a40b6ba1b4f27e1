//! Builders for the tests of Book and pages.

use crate::calendar::{Day, Instant, Zone};
use crate::clients::{Client, Stage, Status};
use crate::company::Company;
use crate::contacts::Contact;
use crate::ids::{ClientId, ContactId, RepId, UserId, VisitId};
use crate::lights::Policy;
use crate::money::Currency;
use crate::people::{Caller, Rep, Role};
use crate::sync::PullPage;
use crate::visits::{Visit, VisitStatus};
use uuid::Uuid;

pub(crate) fn a_company() -> Company {
    Company {
        name: "Savanna Machinery".into(),
        zone: Zone::fixed("Africa/Nairobi", 10_800),
        currency: Currency::parse("KES").expect("a code"),
        fiscal_start_month: 7,
        policy: Policy::default(),
        workdays: Default::default(),
        reps: vec![Rep { id: RepId(Uuid::from_u128(7)), name: "Wanjiru K.".into(), branch: None }],
        branches: vec![],
        demo: false,
        as_of: None,
    }
}

pub(crate) fn a_rep_caller() -> Caller {
    Caller {
        user: UserId(Uuid::from_u128(70)),
        name: "Wanjiru K.".into(),
        email: "rep@demo.example".into(),
        role: Role::SalesRep,
        rep: Some(RepId(Uuid::from_u128(7))),
        branch: None,
    }
}

pub(crate) fn a_client(n: u128, name: &str) -> Client {
    Client {
        id: ClientId(Uuid::from_u128(n)),
        stage: Stage::Client,
        name: name.into(),
        status: Status::Active,
        archived_at: None,
        rep_id: Some(RepId(Uuid::from_u128(7))),
        branch_id: None,
        segment: None,
        tier: None,
        tags: vec![],
        phone: None,
        email: None,
        address: None,
        town: None,
        postal_code: None,
        position: None,
        notes: None,
        cadence_days: None,
        radius_m: None,
        source: None,
        external_id: None,
        last_visit_on: None,
        last_visit_by: None,
        amber_from: None,
        due_on: None,
        planned_at: None,
        created_at: Instant(1_700_000_000_000),
        changed_at: Instant(1_700_000_500_000),
        changed_by: None,
        version: 1,
    }
}

pub(crate) fn a_contact(n: u128, client: u128, name: &str) -> Contact {
    Contact {
        id: ContactId(Uuid::from_u128(n)),
        client_id: ClientId(Uuid::from_u128(client)),
        name: name.into(),
        position: Some("Owner".into()),
        phone: None,
        email: None,
        notes: None,
        archived_at: None,
        source: None,
        external_id: None,
        changed_at: Instant(5),
        version: 1,
    }
}

pub(crate) fn a_visit(n: u128, client: u128, day: Day) -> Visit {
    Visit {
        id: VisitId(Uuid::from_u128(n)),
        client_id: ClientId(Uuid::from_u128(client)),
        rep_id: Some(RepId(Uuid::from_u128(7))),
        status: VisitStatus::Planned,
        kind: "sales".into(),
        day,
        planned_at: Some(Instant(i64::from(day.0) * crate::calendar::DAY_MS + 21_600_000)),
        checked_in: None,
        address: None,
        distance_m: None,
        within_radius: None,
        outside_reason: None,
        checked_out: None,
        outcome: None,
        notes: None,
        next_step: None,
        next_step_on: None,
        promise: None,
        cancel_reason: None,
        clock_offset_ms: None,
        source: None,
        external_id: None,
        changed_at: Instant(i64::from(day.0) * crate::calendar::DAY_MS + 21_600_000),
        version: 1,
    }
}

pub(crate) fn a_page(clients: Vec<Client>, visits: Vec<Visit>) -> PullPage {
    PullPage {
        cursor: "c1".into(),
        more: false,
        head: 1,
        fresh: true,
        company: Some(a_company()),
        caller: Some(a_rep_caller()),
        clients,
        contacts: vec![],
        visits,
        bought: vec![],
        gone: vec![],
        facts: None,
    }
}
