//! Visits: planned, made, logged, reported.

use serde_json::json;

const IN_A_WEEK: i64 = 7 * 86_400_000;

both_engines! {
    async fn a_visit_is_planned_moved_begun_ended_and_its_promise_kept(house) {
        let rep = house.rep("Achieng").await;
        let client = house.post("/clients", &json!({"name": "Mutua Hardware", "position": {"lat": -1.03, "lon": 37.07}})).by(&rep).await.is(201).id();
        let now = house.backend.now();
        let planned = house.post("/visits", &json!({"clientId": client, "plannedAt": now, "notes": "bring the price list"})).by(&rep).await.is(201);
        assert_eq!((&planned.data()["status"], &planned.data()["type"]), (&json!("planned"), &json!("sales")));
        let path = format!("/visits/{}", planned.id());
        let moved = house.patch(&path, &json!({"plannedAt": domain::Instant(now.0 + IN_A_WEEK)})).by(&rep).await.is(200);
        assert_ne!(moved.data()["day"], planned.data()["day"]);
        let far = json!({"position": {"lat": -1.10, "lon": 37.07}, "accuracyM": 20});
        house.post(&format!("{path}/checkin"), &json!({"clientId": client, "fix": far})).by(&rep).await.rejects("reason", "required");
        let begun = house.post(&format!("{path}/checkin"), &json!({"clientId": client, "fix": far, "reason": "met at the market"})).by(&rep).await.is(200);
        assert_eq!((&begun.data()["status"], &begun.data()["withinRadius"]), (&json!("inProgress"), &json!(false)));
        house.post(&format!("{path}/checkin"), &json!({"clientId": client, "reason": "again"})).by(&rep).await.rejects("", "not_planned");
        let report = json!({"outcome": "order", "notes": "two pumps", "nextStep": "send the quote", "nextStepOn": "2030-01-05"});
        let done = house.post(&format!("{path}/checkout"), &report).by(&rep).await.is(200);
        assert_eq!((&done.data()["status"], &done.data()["promise"]), (&json!("completed"), &json!("open")));
        let kept = house.post(&format!("{path}/promise"), &json!({"kept": true})).by(&rep).await.is(200);
        assert_eq!(kept.data()["promise"], "kept");
        let light = house.get(&format!("/clients/{client}")).by(&rep).await.is(200);
        assert!(light.data()["dueOn"].is_string() && light.data()["lastVisitBy"] == rep.rep.as_str());
    }

    async fn a_visit_after_the_fact_is_logged_and_its_report_edited_field_by_field(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let logged = house.post("/visits", &json!({"clientId": client, "startedAt": "2026-01-05T08:00:00+03:00", "notes": "two pumps", "outcome": "order"})).by(&rep).await.is(201);
        assert_eq!((&logged.data()["status"], &logged.data()["checkedIn"]["at"]), (&json!("completed"), &json!("2026-01-05T05:00:00.000Z")));
        let path = format!("/visits/{}", logged.id());
        let edited = house.patch(&path, &json!({"notes": "three pumps"})).by(&rep).await.is(200);
        assert_eq!((&edited.data()["notes"], &edited.data()["outcome"]), (&json!("three pumps"), &json!("order")));
        let cleared = house.patch(&path, &json!({"outcome": null})).header("if-match", edited.header("etag").unwrap()).by(&rep).await.is(200);
        assert_eq!((&cleared.data()["notes"], &cleared.data()["outcome"]), (&json!("three pumps"), &json!(null)));
        house.patch(&path, &json!({"notes": "x"})).header("if-match", edited.header("etag").unwrap()).by(&rep).await.fails(412, "version_conflict");
        assert_eq!(house.get(&path).by(&rep).await.is(200).data(), cleared.data());
        house.post(&format!("{path}/cancellation"), &json!({})).by(&rep).await.rejects("", "completed");
        house.post(&format!("{path}/promise"), &json!({"kept": true})).by(&rep).await.rejects("", "no_promise");
    }

    async fn an_unplanned_check_in_makes_a_visit_of_its_own(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let path = "/visits/01980a5d-ac96-774b-bcce-b302099a8057";
        house.post(&format!("{path}/checkin"), &json!({"clientId": client})).by(&rep).await.is(200);
        assert_eq!(house.get(path).by(&rep).await.is(200).data()["status"], "inProgress");
    }

    async fn a_planned_visit_is_called_off_with_its_reason(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let id = house.post("/visits", &json!({"clientId": client, "plannedAt": house.backend.now()})).by(&rep).await.is(201).id();
        let called = house.post(&format!("/visits/{id}/cancellation"), &json!({"reason": "closed for stock taking"})).by(&rep).await.is(200);
        assert_eq!((&called.data()["status"], &called.data()["cancelReason"]), (&json!("cancelled"), &json!("closed for stock taking")));
    }

    async fn visits_are_listed_by_day_status_client_and_rep(house) {
        let rep = house.rep("Achieng").await;
        let (one, two) = (house.client(&rep, "One").await, house.client(&rep, "Two").await);
        for (client, at) in [(&one, "2026-01-05T08:00:00Z"), (&two, "2026-01-06T08:00:00Z"), (&one, "2026-01-07T08:00:00Z")] {
            house.post("/visits", &json!({"clientId": client, "startedAt": at})).by(&rep).await.is(201);
        }
        let days = async |query: &str| house.get(&format!("/visits?{query}")).by(&rep).await.is(200).each("day");
        assert_eq!(days("").await, ["2026-01-07", "2026-01-06", "2026-01-05"]);
        assert_eq!(days("ascending=true&from=2026-01-06").await, ["2026-01-06", "2026-01-07"]);
        assert_eq!(days(&format!("client={one}&to=2026-01-06")).await, ["2026-01-05"]);
        assert_eq!(days(&format!("rep={}&status=completed", rep.rep)).await.len(), 3);
        assert_eq!(days("status=planned").await, [""; 0]);
        let page = house.get("/visits?limit=2").by(&rep).await.is(200);
        let next = page.data()["nextCursor"].as_str().unwrap();
        assert_eq!(days(&format!("limit=2&cursor={next}")).await, ["2026-01-05"]);
        let changed = house.get("/visits?updatedSince=2000-01-01T00:00:00Z").by(&rep).await.is(200);
        assert_eq!((changed.each("id").len(), &changed.data()["items"][0]["checkedIn"]["at"]), (3, &json!("2026-01-05T08:00:00.000Z")));
    }
}
