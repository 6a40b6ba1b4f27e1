//! What the pages of reports and the inbox ask the server.

use crate::office::Outcome;
use crate::problem::Problem;
use domain::ids::{MessageId, ReportId, UserId};
use domain::reports::{ReportDraft, ScheduleDraft};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// A report in its sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sheet {
    /// As it stands.
    pub draft: ReportDraft,
    /// When it is made.
    pub schedule: Option<ScheduleDraft>,
    /// Whom it can be sent to: id, name and role.
    pub people: Vec<(UserId, String)>,
    /// The version that is changed.
    pub version: i64,
}

/// The list, drawn.
#[server(input = Json, output = Json)]
pub async fn reports_list() -> Result<String, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    super::draw_ssr::list(&backend, &caller).await
}

/// One report for its sheet.
#[server(input = Json, output = Json)]
pub async fn reports_one(id: ReportId) -> Result<Sheet, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    super::draw_ssr::sheet(&backend, &caller, id).await
}

/// Where a report leads.
#[server(input = Json, output = Json)]
pub async fn reports_address(id: ReportId) -> Result<String, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let report = backend::reports::find(&backend, &caller, id).await?;
    Ok(crate::kpis::document_ssr::address(&report.draft.view))
}

/// Keeps a view by a name.
#[server(input = Json, output = Json)]
pub async fn reports_create(draft: ReportDraft) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let draft = match super::make_ssr::judged(draft) {
        Ok(draft) => draft,
        Err(wrong) => return Ok(Err(wrong)),
    };
    super::draw_ssr::outcome(backend::reports::create(&backend, &caller, draft, crate::session_ssr::live(&backend)).await)
}

/// Renames a report, shares it or takes it back.
#[server(input = Json, output = Json)]
pub async fn reports_change(id: ReportId, draft: ReportDraft, version: i64) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let meta = crate::session_ssr::live(&backend).if_match(Some(version));
    super::draw_ssr::outcome(backend::reports::change(&backend, &caller, id, draft, meta).await)
}

/// Sets when a report is made.
#[server(input = Json, output = Json)]
pub async fn reports_schedule(id: ReportId, schedule: Option<ScheduleDraft>, version: i64) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let meta = crate::session_ssr::live(&backend).if_match(Some(version));
    super::draw_ssr::outcome(backend::reports::set_schedule(&backend, &caller, id, schedule, meta).await)
}

/// Makes a report now, for all it is made for.
#[server(input = Json, output = Json)]
pub async fn reports_make(id: ReportId) -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(super::make_ssr::now(&backend, &caller, id).await?)
}

/// Removes a report.
#[server(input = Json, output = Json)]
pub async fn reports_remove(id: ReportId) -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::reports::remove(&backend, &caller, id, crate::session_ssr::live(&backend)).await?)
}

/// The messages, drawn.
#[server(input = Json, output = Json)]
pub async fn inbox_list() -> Result<String, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    super::draw_ssr::inbox(&backend, &caller).await
}

/// How many messages are not read.
#[server(input = Json, output = Json)]
pub async fn inbox_unread() -> Result<i64, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::inbox::unread(&backend, &caller).await?)
}

/// Marks one message as read, or all.
#[server(input = Json, output = Json)]
pub async fn inbox_read(id: Option<MessageId>) -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::inbox::read(&backend, &caller, id).await?)
}

/// Takes a message away.
#[server(input = Json, output = Json)]
pub async fn inbox_remove(id: MessageId) -> Result<(), Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::inbox::remove(&backend, &caller, id).await?)
}
