//! Reports: views of the figures that are kept by name, what may be asked of them, and when they are made by themselves.

mod schedule;

pub use schedule::{Every, KEEP_MAX, RECIPIENTS_MAX, Schedule, ScheduleDraft, next_after};

use crate::ids::{ReportId, UserId};
use crate::people::{Caller, Right, Role};
use crate::rejection::Rejections;
use crate::text::{self, NAME_MAX};
use crate::{Instant, money::grouped};
use serde::{Deserialize, Serialize};

/// Reports one person keeps at most.
pub const REPORTS_MAX: usize = 200;
/// Longest address of filters, in bytes.
pub const FILTERS_MAX: usize = 2_000;
/// Times making one is tried before it waits for its next hour.
pub const TRIES_MAX: u32 = 3;

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// For paper: the whole view, charts and tables.
    Pdf,
    /// A workbook: a sheet for each table.
    Xlsx,
    /// One table.
    Csv,
}

impl Format {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Xlsx, Self::Csv];

    /// As in an address, and how its file's name ends.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// For people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Xlsx => "Excel",
            Self::Csv => "CSV",
        }
    }

    /// What a browser is told it is.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// What says that a list of formats has one nobody knows.
    ///
    /// # Errors
    /// For a code that is none.
    pub fn read(field: &str, code: &str) -> Result<Self, Rejections> {
        Self::parse(code).ok_or_else(|| Rejections::one(field, "unknown", "Write pdf, xlsx or csv."))
    }
}

/// A view: a room of the figures' area, what it is narrowed by, and what rankings go by. Periods with a name stay names: they move on with the day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct View {
    /// The end of the room's address; empty for the first.
    pub room: String,
    /// The filters as they stand in its address: `period=last-month&branch=Nairobi`.
    pub filters: String,
    /// What rankings go by.
    pub by: String,
}

/// A report to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReportDraft {
    /// For people.
    pub name: String,
    /// What it shows.
    #[serde(flatten)]
    pub view: View,
    /// Whether everybody of the company finds it; each sees own figures.
    pub shared: bool,
}

impl ReportDraft {
    /// As it can be kept by `caller`.
    ///
    /// # Errors
    /// What is missing or too long, and sharing by who looks after nobody.
    pub fn checked(mut self, caller: &Caller) -> Result<Self, Rejections> {
        let mut bad = Rejections::default();
        self.name = text::required("name", "Name", &self.name, NAME_MAX, &mut bad);
        if self.view.filters.len() > FILTERS_MAX {
            let words =
                format!("The filters have {} characters: keep them under {}.", self.view.filters.len(), grouped(FILTERS_MAX as u64));
            bad.add("filters", "too_long", words);
        }
        if self.shared && !caller.may(Right::SetTargets) {
            bad.add("shared", "not_yours", "Only who looks after a team shares a report with the company: keep it for yourself.");
        }
        bad.or(self)
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Identity.
    pub id: ReportId,
    /// Who keeps it.
    pub owner_id: UserId,
    /// For people.
    pub owner_name: String,
    /// What it is.
    #[serde(flatten)]
    pub draft: ReportDraft,
    /// When it is made by itself.
    pub schedule: Option<Schedule>,
    /// When it is made next.
    pub due_at: Option<Instant>,
    /// What came of it the last time.
    pub last: Option<Made>,
    /// Version of the row.
    pub version: i64,
    /// When it was changed.
    pub changed_at: Instant,
}

impl Report {
    /// Whether `caller` finds it at all.
    #[must_use]
    pub fn is_seen_by(&self, caller: &Caller) -> bool {
        self.draft.shared || self.owner_id == caller.user
    }

    /// Whether `caller` may change and remove it: who keeps it, and of those shared an administrator too.
    #[must_use]
    pub fn is_changed_by(&self, caller: &Caller) -> bool {
        self.owner_id == caller.user || (self.draft.shared && caller.role == Role::Admin)
    }
}

/// What came of making a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// When.
    pub at: Instant,
    /// How many people were sent it.
    pub sent: u32,
    /// Why it could not be made.
    pub wrong: Option<String>,
}

/// A file's name that no file system trips over: letters, digits and dashes, at most 60 of them.
#[must_use]
pub fn file_name(name: &str) -> String {
    let mut out = String::new();
    for c in crate::fold::fold(name).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
        if out.len() == 60 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "report".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn caller(role: Role, user: u128) -> Caller {
        let user = UserId(uuid::Uuid::from_u128(user));
        Caller { user, name: "N".into(), email: "n@x.example".into(), role, rep: None, branch: None }
    }

    fn draft(name: &str, shared: bool) -> ReportDraft {
        ReportDraft { name: name.into(), shared, ..ReportDraft::default() }
    }

    #[test]
    fn a_report_has_a_name_and_is_shared_by_who_looks_after_a_team() {
        let (manager, viewer) = (caller(Role::Manager, 1), caller(Role::Viewer, 2));
        assert_eq!(draft("  Board ", true).checked(&manager).unwrap().name, "Board");
        for (draft, by, field) in [
            (draft(" ", false), &manager, "name"),
            (draft(&"x".repeat(121), false), &manager, "name"),
            (draft("Board", true), &viewer, "shared"),
            (ReportDraft { view: View { filters: "x".repeat(2_001), ..View::default() }, ..draft("B", false) }, &manager, "filters"),
        ] {
            assert_eq!(draft.checked(by).unwrap_err().0[0].field, field);
        }
        assert!(draft("Mine", false).checked(&viewer).is_ok());
    }

    #[test]
    fn a_private_report_is_its_owners_and_a_shared_one_an_administrators_too() {
        let (owner, other, admin) = (caller(Role::SalesRep, 1), caller(Role::Manager, 2), caller(Role::Admin, 3));
        let report = |shared| Report {
            id: ReportId(uuid::Uuid::nil()),
            owner_id: owner.user,
            owner_name: "N".into(),
            draft: draft("B", shared),
            schedule: None,
            due_at: None,
            last: None,
            version: 1,
            changed_at: Instant(0),
        };
        let seen = |report: &Report| [&owner, &other, &admin].map(|by| (report.is_seen_by(by), report.is_changed_by(by)));
        assert_eq!(seen(&report(false)), [(true, true), (false, false), (false, false)]);
        assert_eq!(seen(&report(true)), [(true, true), (true, false), (true, true)]);
    }

    #[test]
    fn a_name_becomes_a_file_no_system_trips_over() {
        assert_eq!(file_name("Umsätze / Q3: ../../etc"), "umsatze-q3-etc");
        assert_eq!((file_name("北京"), file_name("CON.")), ("report".into(), "con".into()));
        assert_eq!(file_name(&"ab ".repeat(90)).len(), 59);
    }
}
