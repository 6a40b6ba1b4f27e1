//! Reports on both engines: made once by whoever sees the hour first, made after a missed hour, tried again and given up, kept in numbers.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::inbox::{self, Letter};
use backend::reports::{self, Named};
use backend::{Backend, Config, Error, Meta};
use common::both_engines;
use domain::people::{Caller, Role};
use domain::reports::{Format, REPORTS_MAX, Report, ReportDraft, ScheduleDraft};

fn draft(name: &str, shared: bool) -> ReportDraft {
    ReportDraft { name: name.into(), shared, ..ReportDraft::default() }
}

fn meta(backend: &Backend) -> Meta {
    Meta::live(backend.now())
}

async fn kept(backend: &Backend, by: &Caller, name: &str) -> Report {
    reports::create(backend, by, draft(name, false), meta(backend)).await.unwrap()
}

fn daily(to: &[&Caller], keep: u16) -> ScheduleDraft {
    let recipients = to.iter().map(|caller| caller.user).collect();
    ScheduleDraft { every: "day".into(), on: None, hour: 6, formats: vec!["pdf".into()], recipients, keep }
}

/// A report whose hour went by.
async fn due(backend: &Backend, by: &Caller, to: &[&Caller]) -> Report {
    let report = kept(backend, by, "Board").await;
    let report = reports::set_schedule(backend, by, report.id, Some(daily(to, 2)), meta(backend)).await.unwrap();
    common::execute(backend, "update reports set due_at = 1").await;
    report
}

/// The same database, with a folder for files.
async fn with_folder(backend: &Backend) -> (Backend, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("fieldlight-reports-{}", common::build::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = Config { exclusive: false, folder: Some(folder.clone()), ..backend.config().clone() };
    (Backend::open(config).await.unwrap(), folder)
}

both_engines!(a_missed_hour_is_made_once_by_whoever_sees_it_first, |backend, admin| {
    let report = due(&backend, &admin, &[&admin]).await;
    let other = common::another(&backend).await;
    let (one, two) = tokio::join!(reports::claim(&backend), reports::claim(&other));
    let claimed: Vec<_> = [one.unwrap(), two.unwrap()].into_iter().flatten().collect();
    assert_eq!(claimed.len(), 1, "one of two servers makes it");
    reports::made(&backend, &claimed[0], 1).await.unwrap();
    assert!(reports::claim(&backend).await.unwrap().is_none(), "of many missed hours one is made up for");
    let after = reports::find(&backend, &admin, report.id).await.unwrap();
    assert!(after.due_at.unwrap() > backend.now() && after.version == report.version);
    assert_eq!(after.last.map(|last| (last.sent, last.wrong)), Some((1, None)));
    other.close().await;
});

both_engines!(one_that_fails_is_tried_again_and_then_waits_for_its_next_hour, |backend, admin| {
    let report = due(&backend, &admin, &[]).await;
    for again in [true, true, false] {
        let due = reports::claim(&backend).await.unwrap().unwrap();
        assert_eq!(reports::failed(&backend, &due, "The disk is full.").await.unwrap(), again);
        let shown = reports::find(&backend, &admin, report.id).await.unwrap();
        assert_eq!(shown.last.unwrap().wrong.as_deref(), Some("The disk is full."));
        assert!(reports::claim(&backend).await.unwrap().is_none(), "not at once");
        if again {
            common::execute(&backend, "update reports set due_at = 1").await;
        }
    }
    let waits = reports::find(&backend, &admin, report.id).await.unwrap();
    assert!(waits.due_at.unwrap().0 > backend.now().0 + 60_000, "{waits:?}");
    // a server that stops in the middle leaves it to the next after a while
    common::execute(&backend, "update reports set due_at = 1").await;
    reports::claim(&backend).await.unwrap().unwrap();
    let held = reports::find(&backend, &admin, report.id).await.unwrap().due_at.unwrap();
    assert!(held.0 > backend.now().0 + 10 * 60_000);
});

both_engines!(a_schedule_set_anew_meanwhile_stays_as_it_was_set, |backend, admin| {
    let report = due(&backend, &admin, &[]).await;
    let held = reports::claim(&backend).await.unwrap().unwrap();
    let off = reports::set_schedule(&backend, &admin, report.id, None, meta(&backend)).await.unwrap();
    reports::made(&backend, &held, 0).await.unwrap();
    assert_eq!(reports::find(&backend, &admin, report.id).await.unwrap().due_at, off.due_at);
    assert_eq!(off.due_at, None);
});

both_engines!(who_may_no_longer_export_makes_nothing_by_itself, |backend, admin| {
    let manager = common::a_user(&backend, Role::Manager, "Mary Manager").await;
    let report = due(&backend, &manager, &[&admin]).await;
    backend::people::place_user(&backend, &manager.email, Role::Viewer, None, None).await.unwrap();
    assert!(reports::claim(&backend).await.unwrap().is_none());
    let shown = reports::find(&backend, &manager, report.id).await.unwrap();
    assert!(shown.last.unwrap().wrong.unwrap().contains("no longer export"));
    let viewer = Caller { role: Role::Viewer, ..manager };
    assert!(matches!(reports::set_schedule(&backend, &viewer, report.id, None, meta(&backend)).await, Err(Error::Forbidden)));
    assert!(matches!(reports::exported(&backend, &viewer, "Board", Format::Csv, 1).await, Err(Error::Forbidden)));
});

both_engines!(a_disabled_recipient_is_sent_nothing, |backend, admin| {
    let rep = common::a_rep(&backend, "Ann").await;
    due(&backend, &admin, &[&rep, &admin]).await;
    backend::people::disable_user(&backend, &rep.email).await.unwrap();
    let due = reports::claim(&backend).await.unwrap().unwrap();
    assert_eq!(due.recipients.iter().map(|caller| caller.user).collect::<Vec<_>>(), [admin.user]);
});

both_engines!(a_person_keeps_no_more_reports_than_the_limit, |backend, admin| {
    for n in 0..REPORTS_MAX {
        kept(&backend, &admin, &format!("Report {n}")).await;
    }
    let refused = reports::create(&backend, &admin, draft("One more", false), meta(&backend)).await;
    assert!(matches!(refused, Err(Error::Rejected(wrong)) if wrong.0[0].code == "too_many"));
});

both_engines!(the_latest_files_are_kept_under_safe_names_and_inboxes_are_thinned_out, |backend, admin| {
    let (own, folder) = with_folder(&backend).await;
    let report = kept(&own, &admin, "../Board / Q3").await;
    let report = reports::set_schedule(&own, &admin, report.id, Some(daily(&[], 2)), meta(&own)).await.unwrap();
    let pdf = |text: &str| vec![Named { format: Format::Pdf, bytes: text.as_bytes().to_vec() }];
    let place = || std::fs::read_dir(folder.join("reports")).unwrap().next().unwrap().unwrap().path();
    reports::keep_files(&own, &report, pdf("first")).await.unwrap();
    assert!(place().file_name().unwrap().to_string_lossy().starts_with("board-q3-"));
    for day in ["2020-01-01-0600.pdf", "2020-01-02-0600.pdf"] {
        std::fs::write(place().join(day), "older").unwrap();
    }
    reports::keep_files(&own, &report, pdf("second")).await.unwrap();
    let mut left: Vec<_> =
        std::fs::read_dir(place()).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
    left.sort();
    assert!(left.len() <= 2 && !left.contains(&"2020-01-01-0600.pdf".to_owned()), "{left:?}");
    let letter = Letter {
        report: Some(report.id),
        title: "Board".into(),
        body: String::new(),
        address: String::new(),
        file_name: "board".into(),
        keep: 2,
    };
    for text in ["one", "two", "two"] {
        inbox::deliver(&own, &admin, &letter, &pdf(text)).await.unwrap();
    }
    let messages = inbox::list(&own, &admin).await.unwrap();
    assert_eq!(
        (messages.len(), std::fs::read_dir(folder.join("documents")).unwrap().count()),
        (2, 1),
        "the same bytes are kept once, what nobody has goes"
    );
    let (name, bytes) = inbox::document(&own, &admin, messages[0].id, Format::Pdf).await.unwrap();
    assert_eq!((name.as_str(), &bytes[..]), ("board.pdf", &b"two"[..]));
    // made for what a person saw: whoever sees something else now does not get it
    let moved = Caller { role: Role::Viewer, branch: Some(domain::ids::BranchId(common::build::id())), ..admin.clone() };
    assert!(matches!(inbox::document(&own, &moved, messages[0].id, Format::Pdf).await, Err(Error::NotFound)));
    assert!(inbox::list(&own, &moved).await.unwrap()[0].documents.is_empty());
    for message in &messages {
        inbox::remove(&own, &admin, message.id).await.unwrap();
    }
    assert_eq!(std::fs::read_dir(folder.join("documents")).unwrap().count(), 0);
    own.close().await;
    std::fs::remove_dir_all(folder).unwrap();
});
