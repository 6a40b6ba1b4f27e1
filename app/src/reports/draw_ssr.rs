//! The list of reports and the inbox, drawn where they are read.

use super::api::Sheet;
use crate::kpis::document_ssr;
use crate::markup::Markup;
use crate::office::Outcome;
use crate::problem::Problem;
use crate::ui::Glyph;
use crate::words::moment;
use backend::inbox::Message;
use backend::{Backend, Error};
use domain::Day;
use domain::company::Company;
use domain::ids::ReportId;
use domain::people::{Caller, Right};
use domain::reports::{Format, Report, Schedule};

/// What became of a change: what is refused goes beside its field.
pub fn outcome<T>(done: Result<T, Error>) -> Result<Outcome<()>, Problem> {
    match done {
        Ok(_) => Ok(Ok(())),
        Err(Error::Rejected(wrong)) => Ok(Err(wrong)),
        Err(error) => Err(error.into()),
    }
}

/// A report for its sheet, with whom it can be sent to.
pub async fn sheet(backend: &Backend, caller: &Caller, id: ReportId) -> Result<Sheet, Problem> {
    let report = backend::reports::find(backend, caller, id).await?;
    let people = if caller.may(Right::Export) { backend::reports::people(backend, caller).await? } else { Vec::new() };
    let people = people.into_iter().map(|person| (person.user, format!("{}, {}", person.name, person.role.name()))).collect();
    Ok(Sheet { draft: report.draft, schedule: report.schedule.as_ref().map(Schedule::draft), people, version: report.version })
}

/// The reports a caller finds.
pub async fn list(backend: &Backend, caller: &Caller) -> Result<String, Problem> {
    let (reports, company) = (backend::reports::list(backend, caller).await?, backend.company().await?);
    let today = company.zone.day_of(backend.now());
    let mut m = Markup::default();
    if reports.is_empty() {
        let words =
            "Open the figures, choose period and filters, then “Save view”: what you save is found here, and can be made by itself.";
        m.empty(Glyph::Chart, "No report is kept yet", words);
        m.put("<a class=\"button button--quiet\" href=\"{}\">Open the figures</a></div>", &[crate::kpis::PATH]);
        return Ok(m.done());
    }
    m.put("<ul class=\"reports\" role=\"list\">", &[]);
    for report in &reports {
        one(&mut m, report, caller, (&company, today));
    }
    m.put("</ul>", &[]);
    Ok(m.done())
}

fn one(m: &mut Markup, report: &Report, caller: &Caller, (company, today): (&Company, Day)) {
    let (id, name, address) = (report.id.to_string(), &report.draft.name, document_ssr::address(&report.draft.view));
    m.put("<li class=\"report card\"><div class=\"report__head\"><h2><a href=\"{}\">{}</a></h2>", &[&address, name]);
    if report.draft.shared {
        m.put("<span class=\"tag\">Shared</span>", &[]);
    }
    m.put("</div><p class=\"muted small\">{}</p>", &[&document_ssr::words(&report.draft.view)]);
    if report.owner_id != caller.user {
        m.put("<p class=\"muted small\">Kept by {}</p>", &[&report.owner_name]);
    }
    if let Some(schedule) = &report.schedule {
        m.put("<p class=\"report__made small\">", &[]);
        m.icon(Glyph::Clock);
        m.put("<span>{}</span></p>", &[&made(report, schedule, (company, today))]);
    }
    if let Some(last) = &report.last {
        let at = moment(last.at, today, company);
        match &last.wrong {
            Some(wrong) => m.put("<p class=\"report__wrong small\" role=\"alert\">Not made {}: {}</p>", &[&at, wrong]),
            None => m.put("<p class=\"muted small\">Last made {}</p>", &[&at]),
        }
    }
    m.put("<div class=\"report__acts\">", &[]);
    if caller.may(Right::Export) {
        for format in [Format::Pdf, Format::Xlsx] {
            let href = format!("/api/v1/reports/{id}/document?format={}", format.code());
            m.put("<a class=\"button button--quiet button--small\" href=\"{}\" rel=\"external\" download=\"\">", &[&href]);
            m.icon(Glyph::Download);
            m.put("{}<span class=\"sr\"> of {}</span></a>", &[format.words(), name]);
        }
    }
    if report.is_changed_by(caller) {
        if caller.may(Right::Export) {
            act(m, "schedule", &id, "Schedule", name);
            if report.schedule.is_some() {
                act(m, "make", &id, "Make now", name);
            }
        }
        act(m, "edit", &id, "Edit", name);
        act(m, "remove", &id, "Remove", name);
    }
    m.put("</div></li>", &[]);
}

fn act(m: &mut Markup, verb: &str, id: &str, label: &str, of: &str) {
    m.put(
        "<button type=\"button\" class=\"button button--plain button--small\" data-do=\"{}\" data-of=\"{}\">{}<span class=\"sr\"> {}</span></button>",
        &[verb, id, label, of],
    );
}

/// `Every Monday at 06:00, PDF and Excel, to 3 people · next 30 November 06:00`.
fn made(report: &Report, schedule: &Schedule, (company, today): (&Company, Day)) -> String {
    let every = schedule.every.words();
    let every = every.get(..1).map(|first| [&first.to_uppercase(), every.get(1..).unwrap_or_default()].concat()).unwrap_or_default();
    let formats: Vec<&str> = schedule.formats.iter().map(|format| format.words()).collect();
    let people = match schedule.recipients.len() {
        0 => "into the data folder".to_owned(),
        1 => "to one person".to_owned(),
        n => format!("to {n} people"),
    };
    let next = report.due_at.map(|at| format!(" · next {}", moment(at, today, company))).unwrap_or_default();
    format!("{every} at {:02}:00, {}, {people}{next}", schedule.hour, formats.join(" and "))
}

/// The messages of a caller.
pub async fn inbox(backend: &Backend, caller: &Caller) -> Result<String, Problem> {
    let (messages, company) = (backend::inbox::list(backend, caller).await?, backend.company().await?);
    let today = company.zone.day_of(backend.now());
    let mut m = Markup::default();
    if messages.is_empty() {
        m.empty(Glyph::Mail, "Nothing has come in", "Reports that are made by themselves for you come in here.");
        m.put("</div>", &[]);
        return Ok(m.done());
    }
    m.put("<ul class=\"reports\" role=\"list\">", &[]);
    for message in &messages {
        letter(&mut m, message, &moment(message.at, today, &company));
    }
    m.put("</ul>", &[]);
    Ok(m.done())
}

fn letter(m: &mut Markup, message: &Message, at: &str) {
    let (id, class) = (message.id.to_string(), if message.read_at.is_none() { "report card report--new" } else { "report card" });
    m.put("<li class=\"{}\"><div class=\"report__head\"><h2>{}</h2>", &[class, &message.title]);
    if message.read_at.is_none() {
        m.put("<span class=\"tag\">New</span>", &[]);
    }
    m.put(
        "<span class=\"muted small report__at\">{}</span></div><p class=\"muted small\">{}</p><div class=\"report__acts\">",
        &[at, &message.body],
    );
    for document in &message.documents {
        let href = format!("/api/v1/inbox/{id}/document?format={}", document.format.code());
        m.put(
            "<a class=\"button button--quiet button--small\" data-do=\"read\" data-of=\"{}\" href=\"{}\" rel=\"external\" download=\"\">",
            &[&id, &href],
        );
        m.icon(Glyph::Download);
        m.put("{}<span class=\"sr\"> of {}, {}</span></a>", &[document.format.words(), &message.title, at]);
    }
    if !message.address.is_empty() {
        m.put(
            "<a class=\"button button--plain button--small\" data-do=\"read\" data-of=\"{}\" href=\"{}\">Open</a>",
            &[&id, &message.address],
        );
    }
    if message.read_at.is_none() {
        act(m, "read", &id, "Mark as read", &message.title);
    }
    act(m, "remove", &id, "Delete", &message.title);
    m.put("</div></li>", &[]);
}
