//! One visit in a list: when, whom, and what came of it.

use crate::clients::row::dotted;
use crate::markup::{Markup, Row};
use crate::session::Seen;
use crate::ui::LightKind;
use crate::words::lasted;
use domain::visits::{VisitItem, VisitStatus};

/// Draws the row; `named` says whether the client's name stands in it.
pub fn put(m: &mut Markup, visit: &VisitItem, named: bool, seen: Seen<'_>) {
    let company = seen.company;
    let clock = visit.starts_at().map(|at| company.zone.clock(at)).unwrap_or_default();
    let kind = company.policy.kind_name(&visit.kind);
    let rep = visit.rep_name.as_deref().filter(|_| !seen.caller.has_book());
    let day = visit.day.near(seen.today);
    let (title, sub) = if named {
        (visit.client_name.as_str(), dotted([visit.town.as_deref(), Some(kind), rep]))
    } else {
        (kind, dotted([Some(day.as_str()), rep]))
    };
    let (light, end) = match visit.status {
        VisitStatus::Planned if visit.day < seen.today => (Some((LightKind::Planned, "not made")), clock.clone()),
        VisitStatus::Planned => (Some((LightKind::Planned, clock.as_str())), String::new()),
        VisitStatus::InProgress => (Some((LightKind::Planned, "in progress")), clock.clone()),
        VisitStatus::Completed => {
            let lasted = visit.checked_in_at.zip(visit.checked_out_at).filter(|(from, to)| to > from).map(|(from, to)| lasted(from, to));
            (None, dotted([Some(clock.as_str()), lasted.as_deref()]))
        }
        VisitStatus::Cancelled => (Some((LightKind::Grey, "cancelled")), clock.clone()),
    };
    let outcome = visit.outcome.as_deref().map(|code| company.policy.outcome_name(code));
    let note = if visit.status == VisitStatus::Completed { dotted([outcome, visit.notes.as_deref()]) } else { String::new() };
    m.row(&Row { href: &["/visits/", &visit.id.to_string()].concat(), title, light, sub: &sub, end: &end, note: &note, ..Row::default() });
}
