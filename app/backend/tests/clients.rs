//! Clients and prospects on both engines: their verbs, who sees them, lists and searches.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Error, Meta, clients};
use common::build::{a_client, a_visit, id, meta};
use common::{a_rep, a_rep_of, a_user, both_engines};
use domain::Day;
use domain::clients::{ClientPatch, ClientQuery, Sort, Stage, Status};
use domain::ids::{ClientId, EntryId, RepId};
use domain::lights::Light;
use domain::people::Role;

fn names(page: &domain::clients::ClientPage) -> Vec<&str> {
    page.items.iter().map(|i| i.name.as_str()).collect()
}

fn code(error: &Error) -> &str {
    if let Error::Rejected(r) = error { &r.0[0].code } else { "" }
}

both_engines!(a_client_goes_through_its_whole_life_and_every_row_carries_a_newer_version, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let made = a_client().towards(Stage::Prospect).with(|f| f.tags = Some(vec!["vip".into(), "new".into()])).add(&backend, &joyce).await;
    assert_eq!((made.rep_id, made.tags.clone(), made.version > 0), (joyce.rep, vec!["new".to_owned(), "vip".into()], true));
    let patch = ClientPatch { town: Some("Thika".into()), tags: Some(vec!["vip".into()]), ..ClientPatch::default() };
    let edited = clients::edit(&backend, &joyce, made.id, patch, meta(&backend)).await.unwrap();
    assert_eq!((edited.town.as_deref(), edited.name.as_str(), edited.tags.len()), (Some("Thika"), "Mutua Hardware", 1));
    let converted = clients::convert(&backend, &joyce, made.id, meta(&backend)).await.unwrap();
    assert_eq!((converted.stage, converted.town.as_deref()), (Stage::Client, Some("Thika")));
    let archived = clients::archive(&backend, &joyce, made.id, meta(&backend)).await.unwrap();
    assert!(archived.archived_at.is_some());
    assert_eq!(clients::list(&backend, &joyce, &ClientQuery::default()).await.unwrap().total, 0);
    let hidden = ClientQuery { archived: true, tag: Some("vip".into()), ..ClientQuery::default() };
    assert_eq!(clients::list(&backend, &joyce, &hidden).await.unwrap().total, 1);
    let restored = clients::restore(&backend, &joyce, made.id, meta(&backend)).await.unwrap();
    assert_eq!(clients::find(&backend, &joyce, made.id).await.unwrap(), restored);
    let versions = [made.version, edited.version, converted.version, archived.version, restored.version];
    assert!(versions.is_sorted() && versions[0] < versions[4]);
});

both_engines!(a_rep_neither_sees_nor_changes_what_belongs_to_another, |backend, admin| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    let hers = a_client().add(&backend, &joyce).await;
    let visit = a_visit().to(&hers).add(&backend, &joyce).await;
    assert!(matches!(clients::find(&backend, &otieno, hers.id).await, Err(Error::NotFound)));
    assert!(matches!(clients::card(&backend, &otieno, hers.id).await, Err(Error::NotFound)));
    assert!(matches!(clients::archive(&backend, &otieno, hers.id, meta(&backend)).await, Err(Error::NotFound)));
    assert!(matches!(backend::visits::find(&backend, &otieno, visit.id).await, Err(Error::NotFound)));
    let ask = a_visit().to(&hers).ask(&backend).await;
    assert!(matches!(backend::visits::record(&backend, &otieno, ask, meta(&backend)).await, Err(Error::NotFound)));
    assert_eq!(clients::list(&backend, &otieno, &ClientQuery::default()).await.unwrap().total, 0);
    let stolen = ClientQuery { rep: joyce.rep, ..ClientQuery::default() };
    assert_eq!(clients::list(&backend, &otieno, &stolen).await.unwrap().total, 0);
    assert_eq!(backend::visits::list(&backend, &otieno, &Default::default()).await.unwrap().total, 0);
    assert_eq!(clients::list(&backend, &admin, &stolen).await.unwrap().total, 1);
    let nobody = common::a_caller(Role::SalesRep);
    assert_eq!(clients::list(&backend, &nobody, &ClientQuery::default()).await.unwrap().total, 0);
});

both_engines!(a_manager_of_a_branch_sees_that_branch_and_a_viewer_changes_nothing, |backend, admin| {
    let (joyce, otieno) = (a_rep_of(&backend, "Joyce", "Thika").await, a_rep_of(&backend, "Otieno", "Kisumu").await);
    let hers = a_client().named("Hers").add(&backend, &joyce).await;
    a_client().named("His").add(&backend, &otieno).await;
    let manager = backend::people::place_user(&backend, &admin.email, Role::Manager, None, joyce.branch).await.unwrap();
    assert_eq!(names(&clients::list(&backend, &manager, &ClientQuery::default()).await.unwrap()), ["Hers"]);
    let viewer = a_user(&backend, Role::Viewer, "Vera").await;
    assert_eq!(names(&clients::list(&backend, &viewer, &ClientQuery::default()).await.unwrap()), ["Hers", "His"]);
    assert!(matches!(clients::archive(&backend, &viewer, hers.id, meta(&backend)).await, Err(Error::Forbidden)));
    assert!(matches!(clients::reassign(&backend, &joyce, &[hers.id], otieno.rep.unwrap(), meta(&backend)).await, Err(Error::Forbidden)));
});

both_engines!(the_same_key_writes_once_and_gives_the_same_row_again, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let entry = Some(EntryId(id()));
    let keyed = || meta(&backend).with_entry(entry);
    let draft = a_client().0;
    let first = clients::create(&backend, &joyce, draft.clone(), keyed()).await.unwrap();
    let again = clients::create(&backend, &joyce, draft.clone(), keyed()).await.unwrap();
    assert_eq!(first, again);
    let other = clients::create(&backend, &joyce, draft, meta(&backend)).await.unwrap_err();
    assert_eq!(code(&other), "exists");
    let misused = backend::visits::record(&backend, &joyce, a_visit().to(&first).ask(&backend).await, keyed()).await.unwrap_err();
    assert_eq!(code(&misused), "key_reused");
    let otieno = a_rep(&backend, "Otieno").await;
    assert_eq!(code(&clients::create(&backend, &otieno, a_client().0, keyed()).await.unwrap_err()), "key_reused");
    assert_eq!(common::rows(&backend, "select count(*) from clients").await, [1]);
    assert_eq!(common::rows(&backend, "select count(*) from events where kind = 'client.create'").await, [1]);
});

both_engines!(an_edit_of_a_version_that_is_no_more_is_a_conflict, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let made = a_client().add(&backend, &joyce).await;
    let patch = |town: &str| ClientPatch { town: Some(town.into()), ..ClientPatch::default() };
    let seen = |version| Meta { if_match: Some(version), ..meta(&backend) };
    let edited = clients::edit(&backend, &joyce, made.id, patch("Thika"), seen(made.version)).await.unwrap();
    let late = clients::edit(&backend, &joyce, made.id, patch("Ruiru"), seen(made.version)).await;
    assert!(matches!(late, Err(Error::Conflict { version }) if version == edited.version));
});

both_engines!(a_partner_finds_its_own_records_again, |backend, admin| {
    let draft = |name: &str| {
        let mut draft = a_client().named(name).0;
        (draft.source, draft.external_id) = (Some("erp".into()), Some("10".into()));
        draft
    };
    let (made, new) = clients::upsert(&backend, &admin, draft("Mutua"), meta(&backend)).await.unwrap();
    assert!(new);
    let (same, new) = clients::upsert(&backend, &admin, draft("Mutua & Sons"), meta(&backend)).await.unwrap();
    assert_eq!((same.id, same.name.as_str(), new), (made.id, "Mutua & Sons", false));
    assert_eq!(code(&clients::create(&backend, &admin, draft("Third"), meta(&backend)).await.unwrap_err()), "exists");
});

both_engines!(lists_filter_count_search_and_order_as_the_domain_does, as_of "2026-11-20", |backend, admin| {
    let joyce = a_rep(&backend, "Joyce").await;
    let today = common::today(&backend).await;
    for (name, town, days_ago) in [("Äcme Ltd", "Thika", Some(60)), ("acme b", "Ruiru", Some(30)), ("Zebra", "Thika", Some(1)), ("Bravo", "Thika", None)] {
        let client = a_client().named(name).with(|f| (f.town, f.segment) = (Some(town.into()), Some("Farm".into()))).add(&backend, &joyce).await;
        if let Some(days) = days_ago {
            a_visit().on(today.plus(-days)).to(&client).add(&backend, &joyce).await;
        }
    }
    a_client().named("Prospect").towards(Stage::Prospect).add(&backend, &joyce).await;
    let ask = |set: fn(&mut ClientQuery)| {
        let mut query = ClientQuery { stage: Some(Stage::Client), ..ClientQuery::default() };
        set(&mut query);
        query
    };
    type Case = (fn(&mut ClientQuery), &'static [&'static str]);
    let cases: [Case; 10] = [
        (|_| (), &["Äcme Ltd", "acme b", "Zebra", "Bravo"]),
        (|q| q.sort = Sort::Name, &["acme b", "Äcme Ltd", "Bravo", "Zebra"]),
        (|q| q.light = Some(Light::Red), &["Äcme Ltd"]),
        (|q| q.light = Some(Light::Amber), &["acme b"]),
        (|q| q.light = Some(Light::Green), &["Zebra"]),
        (|q| q.light = Some(Light::Grey), &["Bravo"]),
        (|q| q.text = "ACM thi".into(), &["Äcme Ltd"]),
        (|q| q.text = "cme".into(), &[]),
        (|q| (q.offset, q.limit) = (1, 2), &["acme b", "Zebra"]),
        (|q| q.town = Some("Thika".into()), &["Äcme Ltd", "Zebra", "Bravo"]),
    ];
    for caller in [&joyce, &admin] {
        for (set, want) in &cases {
            assert_eq!(names(&clients::list(&backend, caller, &ask(*set)).await.unwrap()), *want);
        }
        let page = clients::list(&backend, caller, &ask(|q| q.light = Some(Light::Red))).await.unwrap();
        assert_eq!((page.total, page.counts.all, page.counts.red, page.counts.amber, page.counts.green, page.counts.grey), (1, 4, 1, 1, 1, 1));
        let facets = clients::facets(&backend, caller, Some(Stage::Client)).await.unwrap();
        assert_eq!((facets.towns, facets.segments), (vec!["Ruiru".to_owned(), "Thika".into()], vec!["Farm".to_owned()]));
        assert_eq!(clients::list(&backend, caller, &ClientQuery { status: Some(Status::Active), ..ClientQuery::default() }).await.unwrap().total, 5);
    }
});

both_engines!(a_duplicate_warning_outside_the_scope_tells_name_town_and_owner_only, |backend| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    a_client().named("Green Valley Millers Ltd").with(|f| f.town = Some("Thika".into())).add(&backend, &joyce).await;
    a_client().named("Jambo Tractors").add(&backend, &joyce).await;
    let warned = clients::duplicates(&backend, &otieno, "Green Valley Miller", None).await.unwrap();
    assert_eq!(warned.len(), 1);
    assert_eq!((warned[0].rep_name.as_deref(), warned[0].town.as_deref(), warned[0].in_scope), (Some("Joyce"), Some("Thika"), false));
    assert!(clients::duplicates(&backend, &joyce, "green valley millers", None).await.unwrap()[0].in_scope);
    assert!(clients::duplicates(&backend, &joyce, "  ", None).await.unwrap().is_empty());
});

both_engines!(reassigning_moves_all_or_none, |backend, admin| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep_of(&backend, "Otieno", "Kisumu").await);
    let (one, two) = (a_client().named("One").add(&backend, &joyce).await, a_client().named("Two").add(&backend, &joyce).await);
    let stranger = ClientId(id());
    let to = otieno.rep.unwrap();
    assert!(matches!(clients::reassign(&backend, &admin, &[one.id, stranger], to, meta(&backend)).await, Err(Error::NotFound)));
    assert_eq!(code(&clients::reassign(&backend, &admin, &[one.id], RepId(id()), meta(&backend)).await.unwrap_err()), "unknown");
    assert_eq!(clients::list(&backend, &joyce, &ClientQuery::default()).await.unwrap().total, 2);
    let moved = clients::reassign(&backend, &admin, &[one.id, two.id, one.id], to, meta(&backend)).await.unwrap();
    assert_eq!(moved.len(), 2);
    assert!(moved.iter().all(|c| c.rep_id == Some(to) && c.branch_id == otieno.branch));
    assert_eq!(clients::list(&backend, &joyce, &ClientQuery::default()).await.unwrap().total, 0);
    assert_eq!(clients::list(&backend, &otieno, &ClientQuery::default()).await.unwrap().total, 2);
});

both_engines!(a_partner_follows_changes_page_by_page_and_misses_none, |backend, admin| {
    let mut made = Vec::new();
    for i in 0..7 {
        made.push(a_client().named(&format!("C{i}")).add(&backend, &admin).await.id);
    }
    clients::archive(&backend, &admin, made[0], meta(&backend)).await.unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = backend::sync::Since { updated_since: None, after, limit: 3 };
        let rows = clients::list_since(&backend, &admin, None, page).await.unwrap();
        let Some(last) = rows.last() else { break };
        after = Some((last.version, last.id.0));
        seen.extend(rows.iter().map(|c| c.id));
    }
    made.rotate_left(1);
    assert_eq!(seen, made);
});

both_engines!(a_changed_policy_changes_every_light_at_once_on_phones_too, as_of "2026-11-20", |backend, admin| {
    let rep = common::a_rep(&backend, "Grace").await;
    let client = a_client().named("Mutua").add(&backend, &rep).await;
    let at = backend.company().await.unwrap().zone.at(Day::parse("2026-10-30").unwrap(), 600);
    let ask = domain::visits::RecordVisit {
        id: domain::ids::VisitId(common::build::id()),
        client_id: client.id,
        started_at: at,
        ended_at: None,
        report: domain::visits::requests::Report::default(),
    };
    backend::visits::record(&backend, &rep, ask, backend::Meta::live(backend.now())).await.unwrap();
    let due = async |backend: &backend::Backend| clients::find(backend, &admin, client.id).await.unwrap();
    let before = due(&backend).await;
    assert_eq!(before.due_on, Day::parse("2026-12-04"), "35 days");
    let mut settings = backend::company::settings(&backend).await.unwrap();
    settings.policy.cadence_days = 14;
    backend::company::configure(&backend, settings.clone()).await.unwrap();
    let after = due(&backend).await;
    assert_eq!(after.due_on, Day::parse("2026-11-13"));
    assert!(after.version > before.version, "a phone hears of it with its next pull");
    for kind in &mut settings.policy.visit_types {
        kind.clears = false;
    }
    backend::company::configure(&backend, settings).await.unwrap();
    assert_eq!(due(&backend).await.last_visit_on, None, "no kind of visit clears a light any more");
});
