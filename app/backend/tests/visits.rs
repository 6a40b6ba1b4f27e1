//! Visits on both engines: planned, made, logged, edited; and what each does to the client's light and next plan.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::{Error, clients, visits};
use common::build::{a_client, a_plan, a_visit, id, meta};
use common::{a_rep, both_engines, today};
use domain::Instant;
use domain::ids::{EntryId, VisitId};
use domain::visits::requests::Report;
use domain::visits::{CancelVisit, CheckIn, CheckOut, ClosePromise, EditVisit, Promise, RescheduleVisit, VisitQuery, VisitStatus};

const HOUR: i64 = 3_600_000;

fn check_in(visit: VisitId, client: domain::ids::ClientId, at: Instant) -> CheckIn {
    CheckIn { id: visit, client_id: client, kind: String::new(), at, fix: None, reason: String::new() }
}

fn promising(day: domain::Day) -> Report {
    Report { next_step: "Send the quote".into(), next_step_on: Some(day), outcome: "quote".into(), ..Report::default() }
}

both_engines!(a_planned_visit_is_moved_made_and_finished_and_the_light_turns_green, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let now = backend.now();
    let plan = visits::plan(&backend, &joyce, a_plan(&client, Instant(now.0 + 30 * HOUR)), meta(&backend)).await.unwrap();
    let planned = |c: &domain::clients::Client| c.planned_at;
    assert_eq!(planned(&clients::find(&backend, &joyce, client.id).await.unwrap()), plan.planned_at);
    let sooner = RescheduleVisit { id: plan.id, planned_at: Instant(now.0 + HOUR) };
    visits::reschedule(&backend, &joyce, sooner, meta(&backend)).await.unwrap();
    assert_eq!(planned(&clients::find(&backend, &joyce, client.id).await.unwrap()), Some(Instant(now.0 + HOUR)));
    let begun = visits::check_in(&backend, &joyce, check_in(plan.id, client.id, now), meta(&backend)).await.unwrap();
    assert_eq!((begun.status, begun.kind.as_str()), (VisitStatus::InProgress, "sales"));
    let running = clients::find(&backend, &joyce, client.id).await.unwrap();
    assert_eq!((running.planned_at, running.last_visit_on), (None, None));
    let out = CheckOut { id: plan.id, at: now, fix: None, report: promising(today(&backend).await.plus(2)) };
    let done = visits::check_out(&backend, &joyce, out, meta(&backend)).await.unwrap();
    assert_eq!((done.status, done.promise), (VisitStatus::Completed, Some(Promise::Open)));
    let green = clients::find(&backend, &joyce, client.id).await.unwrap();
    let day = today(&backend).await;
    assert_eq!((green.last_visit_on, green.last_visit_by, green.due_on), (Some(day), joyce.rep, Some(day.plus(35))));
    let kept = visits::close_promise(&backend, &joyce, ClosePromise { id: plan.id, kept: true }, meta(&backend)).await.unwrap();
    assert_eq!(kept.promise, Some(Promise::Kept));
    assert_eq!(visits::find(&backend, &joyce, plan.id).await.unwrap(), kept);
});

both_engines!(only_a_completed_visit_of_a_clearing_kind_moves_the_light_and_never_backwards, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().with(|f| f.tier = Some("A".into())).add(&backend, &joyce).await;
    let day = today(&backend).await;
    a_visit().of_kind("delivery").to(&client).add(&backend, &joyce).await;
    assert_eq!(clients::find(&backend, &joyce, client.id).await.unwrap().last_visit_on, None);
    a_visit().on(day.plus(-3)).to(&client).add(&backend, &joyce).await;
    let latest = a_visit().on(day.plus(-1)).to(&client).add(&backend, &joyce).await;
    a_visit().on(day.plus(-9)).to(&client).add(&backend, &joyce).await;
    let lit = clients::find(&backend, &joyce, client.id).await.unwrap();
    assert_eq!((lit.last_visit_on, lit.due_on), (Some(day.plus(-1)), Some(day.plus(20))));
    let report = Report { kind: "delivery".into(), ..Report::default() };
    visits::edit(&backend, &joyce, EditVisit { id: latest.id, report }, meta(&backend)).await.unwrap();
    let back = clients::find(&backend, &joyce, client.id).await.unwrap();
    assert_eq!((back.last_visit_on, back.due_on), (Some(day.plus(-3)), Some(day.plus(18))));
    let cancel = CancelVisit { id: latest.id, reason: String::new() };
    assert!(matches!(visits::cancel(&backend, &joyce, cancel, meta(&backend)).await, Err(Error::Rejected(_))));
});

both_engines!(a_cancelled_plan_makes_room_for_the_next_one, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let now = backend.now().0;
    let first = visits::plan(&backend, &joyce, a_plan(&client, Instant(now + HOUR)), meta(&backend)).await.unwrap();
    let second = visits::plan(&backend, &joyce, a_plan(&client, Instant(now + 50 * HOUR)), meta(&backend)).await.unwrap();
    visits::cancel(&backend, &joyce, CancelVisit { id: first.id, reason: "Closed".into() }, meta(&backend)).await.unwrap();
    assert_eq!(clients::find(&backend, &joyce, client.id).await.unwrap().planned_at, second.planned_at);
});

both_engines!(the_same_visit_sent_twice_is_one_visit, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let ask = a_visit().to(&client).ask(&backend).await;
    let keyed = meta(&backend).with_entry(Some(EntryId(id())));
    let tries = (0..20).map(|_| {
        let (backend, joyce, ask) = (backend.clone(), joyce.clone(), ask.clone());
        tokio::spawn(async move { visits::record(&backend, &joyce, ask, keyed).await.unwrap() })
    });
    let tries: Vec<_> = tries.collect();
    let mut rows = Vec::new();
    for one in tries {
        rows.push(one.await.unwrap());
    }
    assert!(rows.windows(2).all(|w| w[0] == w[1]));
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [1]);
    assert_eq!(common::rows(&backend, "select count(*) from events where kind = 'visit.record'").await, [1]);
});

both_engines!(lists_of_visits_are_in_order_and_inside_the_filters, |backend, admin| {
    let (joyce, otieno) = (a_rep(&backend, "Joyce").await, a_rep(&backend, "Otieno").await);
    let (hers, his) = (a_client().named("Hers").add(&backend, &joyce).await, a_client().named("His").add(&backend, &otieno).await);
    let day = today(&backend).await;
    let mut made = Vec::new();
    for ago in [5, 3, 1] {
        made.push(a_visit().on(day.plus(-ago)).to(&hers).add(&backend, &joyce).await.id);
    }
    a_visit().on(day.plus(-2)).to(&his).add(&backend, &otieno).await;
    let ids = |page: &domain::visits::VisitPage| page.items.iter().map(|i| i.id).collect::<Vec<_>>();
    let ascending = VisitQuery { ascending: true, ..VisitQuery::default() };
    assert_eq!(ids(&visits::list(&backend, &joyce, &ascending).await.unwrap()), made);
    let page = visits::list(&backend, &joyce, &VisitQuery { offset: 1, limit: 1, ..VisitQuery::default() }).await.unwrap();
    assert_eq!((ids(&page), page.total, page.items[0].client_name.as_str()), (vec![made[1]], 3, "Hers"));
    let of_joyce = VisitQuery { rep: joyce.rep, from: Some(day.plus(-3)), to: Some(day.plus(-2)), ..VisitQuery::default() };
    assert_eq!(ids(&visits::list(&backend, &admin, &of_joyce).await.unwrap()), [made[1]]);
    let planned = VisitQuery { status: Some(VisitStatus::Planned), ..VisitQuery::default() };
    assert_eq!(visits::list(&backend, &admin, &planned).await.unwrap().total, 0);
});

both_engines!(a_wrong_visit_says_what_is_wrong_and_writes_nothing, |backend| {
    let joyce = a_rep(&backend, "Joyce").await;
    let client = a_client().add(&backend, &joyce).await;
    let mut ask = a_visit().of_kind("party").to(&client).ask(&backend).await;
    ask.started_at = Instant(backend.now().0 + 72 * HOUR);
    let before = common::rows(&backend, "select version from clock").await;
    let Err(Error::Rejected(rejections)) = visits::record(&backend, &joyce, ask, meta(&backend)).await else { panic!("refused") };
    assert!(rejections.for_field("startedAt").is_some() && rejections.for_field("type").is_some());
    assert_eq!(common::rows(&backend, "select count(*) from visits").await, [0]);
    assert_eq!(common::rows(&backend, "select version from clock").await, before);
});
