//! Settings and policy on both engines: who may change them, what follows, and a preview that tells beforehand what then happens.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Backend, Error, clients, company, journal, today};
use common::both_engines;
use common::build::{a_client, a_visit};
use domain::clients::{ClientQuery, Stage, Status};
use domain::company::SettingsDraft;
use domain::lights::{Light, PolicyDraft, TierDraft, VisitTypeDraft, light, window};
use domain::people::{Caller, Role};
use domain::{Day, Rejections};

fn refused(error: Error) -> Rejections {
    match error {
        Error::Rejected(rejections) => rejections,
        other => panic!("{other}"),
    }
}

both_engines!(settings_are_an_administrators_and_are_refused_by_field, |backend, admin| {
    let company = backend.company().await.unwrap();
    let draft = SettingsDraft {
        name: "Savanna".into(),
        time_zone: "Europe/London".into(),
        fiscal_start_month: 7,
        radius_m: 80,
        ..SettingsDraft::of(&company)
    };
    for role in [Role::Manager, Role::Viewer, Role::SalesRep] {
        let error = company::change_settings(&backend, &common::a_caller(role), draft.clone()).await.unwrap_err();
        assert!(matches!(error, Error::Forbidden), "{role:?}: {error}");
    }
    let bad = SettingsDraft { time_zone: "Mars/Olympus".into(), ..draft.clone() };
    let bad = refused(company::change_settings(&backend, &admin, bad).await.unwrap_err());
    assert!(bad.for_field("timeZone").is_some(), "{bad:?}");
    assert_eq!(backend.company().await.unwrap().name, company.name);

    company::change_settings(&backend, &admin, draft).await.unwrap();
    let after = backend.company().await.unwrap();
    assert_eq!((after.name.as_str(), after.fiscal_start_month, after.policy.radius_m), ("Savanna", 7, 80));
    assert!(after.zone.name == "Europe/London" && after.zone.transitions.len() > 90);
    let told = journal::of_record(&backend, &admin, uuid::Uuid::nil(), 10).await.unwrap();
    assert_eq!(told[0].kind, "company.settings");
    assert_eq!(told[0].changes["timeZone"], serde_json::json!(["Africa/Nairobi", "Europe/London"]));
    assert!(told[0].changes.get("currency").is_none() && told[0].user == admin.user);

    let dollars = SettingsDraft { currency: "USD".into(), ..SettingsDraft::of(&after) };
    company::change_settings(&backend, &admin, dollars).await.unwrap();
    let grace = common::a_rep(&backend, "Grace").await;
    let budget = backend::targets::Budget { rep: grace.rep.unwrap(), month: Day::parse("2026-11-01").unwrap(), minor: Some(1) };
    backend::targets::set_budgets(&backend, &admin, vec![budget]).await.unwrap();
    let shillings = SettingsDraft { currency: "KES".into(), ..SettingsDraft::of(&after) };
    let fixed = refused(company::change_settings(&backend, &admin, shillings).await.unwrap_err());
    assert!(fixed.for_field("currency").is_some_and(|words| words.contains("USD")), "a budget is an amount: {fixed:?}");
});

/// Clients of two reps and two branches: visited long ago and lately, with tiers, cadences of their own, one inactive, one archived, a prospect.
async fn filled(backend: &Backend, admin: &Caller) -> (Caller, Caller) {
    let grace = common::a_rep_of(backend, "Grace", "Thika").await;
    let daniel = common::a_rep_of(backend, "Daniel", "Nakuru").await;
    let today = common::today(backend).await;
    for n in 0..40_i32 {
        let owner = if n % 3 == 0 { &daniel } else { &grace };
        let client = a_client().named(&format!("Client {n}")).with(|fields| {
            fields.tier = [Some("A"), Some("B"), Some("C"), None][(n % 4) as usize].map(str::to_owned);
            fields.cadence_days = (n % 7 == 0).then_some(Some(10));
            fields.status = (n == 11).then_some(Status::Inactive);
        });
        let client = if n % 10 == 9 { client.towards(Stage::Prospect) } else { client }.add(backend, owner).await;
        if n % 5 != 4 {
            a_visit().on(today.plus(-2 * n)).of_kind(if n % 2 == 0 { "sales" } else { "delivery" }).to(&client).add(backend, owner).await;
        }
        if n % 6 == 1 {
            a_visit().on(today.plus(-3 * n)).of_kind("service").to(&client).add(backend, owner).await;
        }
        if n == 13 {
            clients::archive(backend, admin, client.id, common::build::meta(backend)).await.unwrap();
        }
    }
    (grace, daniel)
}

both_engines!(a_preview_is_the_rule_run_over_every_client_and_saving_makes_it_so, |backend, admin| {
    let (grace, _) = filled(&backend, &admin).await;
    let before = backend.company().await.unwrap();
    let mut draft = PolicyDraft::of(&before.policy);
    draft.cadence_days = 28;
    draft.tiers[0].code = "Gold".into();
    draft.tiers[1].cadence_days = 14;
    draft.tiers.remove(2);
    draft.visit_types.iter_mut().filter(|t| t.code == "delivery").for_each(|t| t.clears = true);
    draft.visit_types.iter_mut().filter(|t| t.code == "service").for_each(|t| t.clears = false);
    let thika = before.branches.iter().find(|b| b.name == "Thika").unwrap().id;
    let manager = Caller { branch: Some(thika), ..common::a_caller(Role::Manager) };
    assert!(matches!(company::preview_policy(&backend, &grace, draft.clone()).await.unwrap_err(), Error::Forbidden));

    for caller in [&admin, &manager] {
        let preview = company::preview_policy(&backend, caller, draft.clone()).await.unwrap();
        let ([clients, prospects], visits) = by_hand(&backend, caller, &draft).await;
        assert_eq!((preview.before.red, preview.after.red), clients);
        assert_eq!((preview.prospects_before.red, preview.prospects_after.red), prospects);
        let near = |told: Option<u32>, by_hand: f64| (f64::from(told.unwrap()) - by_hand * 100.0).abs() <= 0.5001;
        assert!(near(preview.visits_before, visits.0) && near(preview.visits_after, visits.1), "{preview:?} {visits:?}");
        assert!(preview.after != preview.before && prospects.0 > 0, "{prospects:?}");
        let words = preview.words();
        assert!(words.contains("cadence 35 → 28 days") && words.contains("more clients red, ") && words.contains("prospect"), "{words}");
    }

    let (told, of_branch) = (
        company::preview_policy(&backend, &admin, draft.clone()).await.unwrap(),
        company::preview_policy(&backend, &manager, draft.clone()).await.unwrap(),
    );
    let counts = async |caller: &Caller| {
        let counted = ClientQuery { stage: Some(Stage::Client), status: Some(Status::Active), ..ClientQuery::default() };
        let counts = clients::list(&backend, caller, &counted).await.unwrap().counts;
        let today = today::overview(&backend, caller).await.unwrap().counts;
        assert_eq!((today.overdue, today.due_soon), (counts.red, counts.amber), "Today counts the same clients");
        counts
    };
    assert_eq!((told.before, of_branch.before), (counts(&admin).await, counts(&manager).await));
    let all = clients::list(&backend, &admin, &ClientQuery { stage: None, ..ClientQuery::default() }).await.unwrap().counts;
    assert!(all.red > told.before.red, "prospects and inactive clients are overdue too, and not counted");
    assert!(matches!(company::change_policy(&backend, &manager, draft.clone()).await.unwrap_err(), Error::Forbidden));
    company::change_policy(&backend, &admin, draft).await.unwrap();
    assert_eq!((told.after, of_branch.after), (counts(&admin).await, counts(&manager).await), "what was foretold has happened");
    assert_eq!(common::rows(&backend, "select count(*) from clients where tier = 'A'").await, [0]);
    assert_eq!(common::rows(&backend, "select count(*) from clients where tier = 'Gold'").await, [10], "clients follow their tier’s name");
});

/// Red before and after, of clients and of prospects, and visits per rep and day before and after: from the clients and visits as lists tell them, with nothing of the preview's code.
async fn by_hand(backend: &Backend, caller: &Caller, draft: &PolicyDraft) -> ([(u32, u32); 2], (f64, f64)) {
    let company = backend.company().await.unwrap();
    let today = common::today(backend).await;
    let query = ClientQuery { stage: None, limit: 500, ..ClientQuery::default() };
    let (mut reds, mut daily) = ([(0, 0); 2], (0.0, 0.0));
    let mut reps = std::collections::BTreeSet::new();
    for item in clients::list(backend, caller, &query).await.unwrap().items {
        let card = clients::card(backend, caller, item.id).await.unwrap();
        let last = |clears: &dyn Fn(&str) -> bool| card.history.iter().filter(|v| clears(&v.kind)).map(|v| v.day).max();
        let (old_last, new_last) =
            (last(&|kind| ["sales", "demo", "service"].contains(&kind)), last(&|kind| ["sales", "demo", "delivery"].contains(&kind)));
        let own = card.client.cadence_days;
        let (old, new) = match card.client.tier.as_deref() {
            Some("A") => (21, 21),
            Some("B") => (35, 14),
            Some("C") => (63, draft.cadence_days),
            _ => (35, draft.cadence_days),
        };
        let (old, new) = (own.unwrap_or(old), own.unwrap_or(new));
        if item.status == Status::Active {
            let reds = &mut reds[usize::from(item.stage == Stage::Prospect)];
            reds.0 += u32::from(light(today, window(old_last, old)) == Light::Red);
            reds.1 += u32::from(light(today, window(new_last, new)) == Light::Red);
            reps.extend(item.rep_id);
            daily.0 += 1.0 / f64::from(old);
            daily.1 += 1.0 / f64::from(new);
        }
    }
    assert!(company.workdays.weights == [100, 100, 100, 100, 100, 0, 0]);
    let per = |daily: f64| daily * 7.0 / 5.0 / reps.len() as f64;
    (reds, (per(daily.0), per(daily.1)))
}

both_engines!(a_policy_is_refused_by_field_and_a_new_kind_can_be_recorded, |backend, admin| {
    let grace = common::a_rep(&backend, "Grace").await;
    let draft = PolicyDraft::of(&backend.company().await.unwrap().policy);
    let bad = PolicyDraft { cadence_days: 0, ..draft.clone() };
    let bad = refused(company::change_policy(&backend, &admin, bad).await.unwrap_err());
    assert!(bad.for_field("cadenceDays").is_some());
    let mut draft = draft;
    draft.visit_types.push(VisitTypeDraft { name: "Field day".into(), clears: true, ..VisitTypeDraft::default() });
    draft.tiers.push(TierDraft { was: None, code: "Key".into(), cadence_days: 7 });
    company::change_policy(&backend, &admin, draft).await.unwrap();
    let client = a_client().with(|fields| fields.tier = Some("Key".into())).add(&backend, &grace).await;
    a_visit().of_kind("field_day").to(&client).add(&backend, &grace).await;
    let lit = clients::find(&backend, &grace, client.id).await.unwrap();
    assert_eq!(lit.window().unwrap().due_on, common::today(&backend).await.plus(7));
});
