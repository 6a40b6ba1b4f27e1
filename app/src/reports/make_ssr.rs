//! Documents handed to whoever asks, and reports made when their hour has come.

use crate::kpis::document_ssr::{self, Composed, Wanted};
use backend::inbox::{self, Letter};
use backend::reports::{self, Due, Named};
use backend::{Backend, Error};
use domain::Rejections;
use domain::ids::ReportId;
use domain::people::Caller;
use domain::reports::{Format, ReportDraft, View, file_name};

/// Reports made in one look at the clock at most.
const TOGETHER: usize = 100;

/// A document to be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its file's name.
    pub file_name: String,
    /// What it is written as.
    pub format: Format,
    /// The document.
    pub bytes: Vec<u8>,
}

/// A report as it can be kept: its view is one.
///
/// # Errors
/// What is wrong with the view, by field.
pub fn judged(draft: ReportDraft) -> Result<ReportDraft, Rejections> {
    Ok(ReportDraft { view: document_ssr::judged(&draft.view)?, ..draft })
}

/// A report as a document, with the figures of whoever asks.
///
/// # Errors
/// `Forbidden` without the right to export; `NotFound`; `Rejected` for a table that is not in it.
pub async fn of_report(backend: &Backend, caller: &Caller, id: ReportId, format: Format, panel: Option<&str>) -> Result<Document, Error> {
    reports::may_export(caller)?;
    let report = reports::find(backend, caller, id).await?;
    taken(backend, caller, Wanted { title: Some(&report.draft.name), view: &report.draft.view, marks: &[] }, format, panel).await
}

/// A view as a document, narrowed further by marks that were pressed.
///
/// # Errors
/// As [`of_report`], and what is wrong with the view or the marks, by field.
pub async fn of_view(
    backend: &Backend,
    caller: &Caller,
    (view, marks): (&View, &str),
    format: Format,
    panel: Option<&str>,
) -> Result<Document, Error> {
    reports::may_export(caller)?;
    let (view, marks) = (document_ssr::judged(view)?, document_ssr::marked(marks)?);
    taken(backend, caller, Wanted { title: None, view: &view, marks: &marks }, format, panel).await
}

async fn taken(backend: &Backend, caller: &Caller, wanted: Wanted<'_>, format: Format, panel: Option<&str>) -> Result<Document, Error> {
    let composed = document_ssr::compose(backend, caller, wanted).await?;
    let bytes = composed.write(format, panel).await?;
    let shown = document_ssr::words(wanted.view);
    reports::exported(backend, caller, wanted.title.unwrap_or(&shown), format, composed.rows(format, panel)).await?;
    Ok(Document { file_name: named(backend, composed.title(panel), format).await?, format, bytes })
}

async fn named(backend: &Backend, title: &str, format: Format) -> Result<String, Error> {
    let today = backend.company().await?.zone.day_of(backend.now());
    Ok(format!("{}-{today}.{}", file_name(title), format.code()))
}

/// Makes a report now, as at its hour.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Rejected` where it is not made by itself.
pub async fn now(backend: &Backend, caller: &Caller, id: ReportId) -> Result<(), Error> {
    reports::hasten(backend, caller, id, backend::Meta::live(backend.now())).await?;
    tick(backend).await.map(drop)
}

/// Makes the reports whose hour has come; how many. A server asks this every minute.
///
/// # Errors
/// When the database fails.
pub async fn tick(backend: &Backend) -> Result<usize, Error> {
    let mut made = 0;
    while made < TOGETHER
        && let Some(due) = reports::claim(backend).await?
    {
        match make(backend, &due).await {
            Ok(sent) => reports::made(backend, &due, sent).await?,
            Err(error) => fail(backend, &due, &error).await?,
        }
        made += 1;
    }
    Ok(made)
}

/// Makes one for the data folder as who keeps it sees it, and one for each who is sent it, as they see it.
async fn make(backend: &Backend, due: &Due) -> Result<u32, Error> {
    let (report, formats) = (&due.report, due.report.schedule.as_ref().map(|schedule| schedule.formats.clone()).unwrap_or_default());
    let (name, view) = (&report.draft.name, &report.draft.view);
    let wanted = Wanted { title: Some(name), view, marks: &[] };
    let own = document_ssr::compose(backend, &due.owner, wanted).await?;
    reports::keep_files(backend, report, written(&own, &formats).await?).await?;
    let mut sent = 0;
    for person in &due.recipients {
        let composed = document_ssr::compose(backend, person, wanted).await?;
        let documents = written(&composed, &formats).await?;
        inbox::deliver(backend, person, &letter(backend, due, &composed).await?, &documents).await?;
        sent += 1;
    }
    Ok(sent)
}

async fn written(composed: &Composed, formats: &[Format]) -> Result<Vec<Named>, Error> {
    let mut files = Vec::new();
    for format in formats {
        files.push(Named { format: *format, bytes: composed.write(*format, None).await? });
    }
    Ok(files)
}

async fn letter(backend: &Backend, due: &Due, composed: &Composed) -> Result<Letter, Error> {
    let file = named(backend, &composed.paper.title, Format::Pdf).await?;
    let paper = &composed.paper;
    Ok(Letter {
        report: Some(due.report.id),
        title: paper.title.clone(),
        body: [vec![paper.room.clone(), paper.period.clone()], paper.narrowed.clone()].concat().join(" · "),
        address: document_ssr::address(&due.report.draft.view),
        file_name: file.strip_suffix(".pdf").unwrap_or(&file).to_owned(),
        keep: due.report.schedule.as_ref().map_or(1, |schedule| schedule.keep),
    })
}

/// Says why it could not be made: in the list, and once it is given up to who keeps it.
async fn fail(backend: &Backend, due: &Due, error: &Error) -> Result<(), Error> {
    tracing::warn!(%error, report = %due.report.id, "a report could not be made");
    let words = match error {
        Error::Configuration(_) | Error::Internal(_) => "It failed inside: the server’s log says why.".to_owned(),
        other => other.to_string(),
    };
    if reports::failed(backend, due, &words).await? {
        return Ok(());
    }
    let title = format!("{} could not be made", due.report.draft.name);
    let letter = Letter { report: None, title, body: words, address: super::PATH.to_owned(), file_name: String::new(), keep: 1 };
    inbox::deliver(backend, &due.owner, &letter, &[]).await.map(drop)
}
