//! What the office sets, over REST: settings and policy, the calendar, budgets copied from the year before.

use domain::people::Role;
use serde_json::{Value, json};

both_engines! {
    async fn settings_are_shown_to_all_and_set_by_an_administrator(house) {
        let (admin, manager, rep) = (house.person(Role::Admin, "Njoki").await, house.person(Role::Manager, "Hassan").await, house.rep("Achieng").await);
        let shown = house.get("/settings").by(&rep).await.is(200);
        assert_eq!((&shown.data()["timeZone"], &shown.data()["radiusM"], &shown.data()["policy"]["cadenceDays"]), (&json!("Africa/Nairobi"), &json!(150), &json!(35)));
        house.get("/settings").send().await.fails(401, "session_expired");
        let mut wanted = shown.data().clone();
        wanted["name"] = json!("Savanna");
        wanted["timeZone"] = json!("Europe/Berlin");
        wanted["policy"]["cadenceDays"] = json!(28);
        wanted["policy"]["tiers"][0]["code"] = json!("Gold");
        for person in [&manager, &rep] {
            house.put("/settings", &wanted).by(person).await.fails(403, "forbidden");
        }
        let set = house.put("/settings", &wanted).by(&admin).await.is(200);
        assert_eq!((&set.data()["name"], &set.data()["policy"]["tiers"][0]["code"], &set.data()["policy"]["tiers"][0]["was"]), (&json!("Savanna"), &json!("Gold"), &json!("Gold")));
        let spoiled = |field: &str, value: Value| {
            let mut body = set.data().clone();
            body[field] = value;
            body
        };
        house.put("/settings", &spoiled("timeZone", json!("Mars"))).by(&admin).await.rejects("timeZone", "unknown");
        house.put("/settings", &spoiled("fiscalStartMonth", json!(13))).by(&admin).await.rejects("fiscalStartMonth", "out_of_range");
        house.put("/settings", &spoiled("radiusM", json!("wide"))).by(&admin).await.rejects("radiusM", "invalid");
        house.put("/settings", &spoiled("policy", json!({"cadenceDays": "often"}))).by(&admin).await.rejects("policy", "invalid");
        let two = json!([{"code": "A", "cadenceDays": 1}, {"code": "a", "cadenceDays": 2}]);
        let mut policy = set.data()["policy"].clone();
        policy["tiers"] = two;
        house.put("/settings", &spoiled("policy", policy)).by(&admin).await.rejects("tiers[1].code", "twice");
        assert_eq!(house.get("/settings").by(&admin).await.is(200).data(), set.data(), "what is refused changes nothing");
    }

    async fn a_policy_is_previewed_before_it_is_set(house) {
        let (manager, rep) = (house.person(Role::Manager, "Hassan").await, house.rep("Achieng").await);
        let mut policy = house.get("/settings").by(&manager).await.is(200).data()["policy"].clone();
        let today = house.backend.company().await.unwrap().today(house.backend.now());
        for days in [10, 30, 34, 50] {
            let client = house.client(&rep, &format!("Seen {days} days ago")).await;
            let at = format!("{}T09:00:00+03:00", today.plus(-days));
            house.post("/visits", &json!({"clientId": client, "startedAt": at, "endedAt": at, "type": "sales", "outcome": "order"})).by(&rep).await.is(201);
        }
        policy["cadenceDays"] = json!(28);
        let told = house.post("/settings/policy-preview", &policy).by(&manager).await.is(200);
        assert_eq!(told.data()["summary"], "cadence 35 → 28 days: 2 more clients red, 0.04 more visits per rep and day");
        assert_eq!((&told.data()["before"]["lights"]["red"], &told.data()["after"]["lights"]["red"], &told.data()["reps"]), (&json!(1), &json!(3), &json!(1)));
        assert_eq!((&told.data()["before"]["visitsPerRepAndDay"], &told.data()["after"]["visitsPerRepAndDay"]), (&json!(0.16), &json!(0.2)));
        assert_eq!(house.get("/settings").by(&manager).await.is(200).data()["policy"]["cadenceDays"], json!(35), "nothing is written");
        let prospect = house.post("/prospects", &json!({"name": "Not yet"})).by(&rep).await.is(201).id();
        let at = format!("{}T09:00:00+03:00", today.plus(-30));
        house.post("/visits", &json!({"clientId": prospect, "startedAt": at, "endedAt": at, "type": "sales", "outcome": "order"})).by(&rep).await.is(201);
        let told = house.post("/settings/policy-preview", &policy).by(&manager).await.is(200);
        assert_eq!(told.data()["summary"], "cadence 35 → 28 days: 2 more clients red, 1 more prospect red, 0.05 more visits per rep and day");
        assert_eq!((&told.data()["before"]["prospects"]["red"], &told.data()["after"]["prospects"]["red"]), (&json!(0), &json!(1)));
        house.post("/settings/policy-preview", &policy).by(&rep).await.fails(403, "forbidden");
        policy["cadenceDays"] = json!(0);
        house.post("/settings/policy-preview", &policy).by(&manager).await.rejects("cadenceDays", "out_of_range");
        house.post("/settings/policy-preview", &json!({"cadenceDays": 28})).by(&manager).await.rejects("tiers", "required");
    }

    async fn whoever_may_not_is_told_so_before_what_is_wrong(house) {
        let (manager, rep) = (house.person(Role::Manager, "Hassan").await, house.rep("Achieng").await);
        let bad = json!({"foo": 1});
        for person in [&rep, &house.person(Role::Viewer, "Wanja").await] {
            for path in ["/budgets", "/calendar", "/settings"] {
                house.put(path, &bad).by(person).await.fails(403, "forbidden");
            }
            for path in ["/budgets/copies", "/budgets/copies-preview", "/settings/policy-preview"] {
                house.post(path, &bad).by(person).await.fails(403, "forbidden");
            }
        }
        house.put("/settings", &bad).by(&manager).await.fails(403, "forbidden");
        house.put("/calendar", &json!({"weights": [100]})).by(&manager).await.fails(403, "forbidden");
        house.put("/calendar", &json!({"holidays": "none"})).by(&manager).await.fails(403, "forbidden");
        house.put("/calendar", &bad).by(&manager).await.rejects("foo", "unknown_field");
        house.put("/budgets", &bad).by(&manager).await.rejects("budgets", "required");
    }

    async fn a_budget_is_read_as_in_imports_or_refused_by_its_field(house) {
        let (manager, rep) = (house.person(Role::Manager, "Hassan").await, house.rep("Achieng").await);
        let amount = |minor: i64| json!({"minor": minor, "currency": "KES"});
        let budget = |month: &str, amount: Value| json!({"repId": rep.rep, "month": month, "amount": amount});
        let set = async |budgets: Vec<Value>| house.put("/budgets", &json!({"budgets": budgets})).by(&manager).await;
        let done = set(vec![budget("2026-05", amount(700)), budget("2026-06-01", amount(800))]).await.is(200);
        assert_eq!((&done.data()["items"][0]["month"], &done.data()["items"][1]["month"]), (&json!("2026-05-01"), &json!("2026-06-01")));
        set(vec![budget("2026-05", Value::Null)]).await.is(200);
        let kept = house.get("/budgets?from=2026-01-01&to=2026-12-31").by(&manager).await.is(200);
        assert_eq!(kept.data()["items"], json!([budget("2026-06-01", amount(800))]));
        for month in ["2026-05-02", "1500-05-01", "1900-12", "2026-13", "May"] {
            set(vec![budget("2026-07", amount(1)), budget(month, amount(1))]).await.rejects("budgets[1].month", "not_a_month");
        }
        set(vec![budget("2026-07", json!("much"))]).await.rejects("budgets[0].amount", "invalid");
        set(vec![budget("2026-07", json!({"minor": "1", "currency": "KES"}))]).await.rejects("budgets[0].amount", "invalid");
        set(vec![budget("2026-07", json!({"minor": 1, "currency": "USD"}))]).await.rejects("budgets[0].amount", "other_currency");
        set(vec![budget("2026-07", amount(-1))]).await.rejects("budgets[0].amount", "out_of_range");
        set(vec![json!({"month": "2026-07"})]).await.rejects("budgets[0].repId", "required");
        set(vec![json!({"repId": rep.rep, "month": "2026-07", "foo": 1})]).await.rejects("budgets[0].foo", "unknown_field");
        let both = set(vec![budget("x", amount(1)), budget("y", amount(1))]).await.rejects("budgets[0].month", "not_a_month");
        both.rejects("budgets[1].month", "not_a_month");
    }

    async fn the_calendar_is_set_in_parts_by_those_who_may(house) {
        let (admin, manager, rep) = (house.person(Role::Admin, "Njoki").await, house.person(Role::Manager, "Hassan").await, house.rep("Achieng").await);
        let shown = house.get("/calendar").by(&rep).await.is(200);
        assert_eq!(shown.data(), &json!({"weights": [100, 100, 100, 100, 100, 0, 0], "holidays": [], "leave": []}));
        let week = json!({"weights": [100, 100, 100, 100, 100, 50, 0], "holidays": [{"day": "2026-12-25", "name": "Christmas"}]});
        house.put("/calendar", &week).by(&manager).await.fails(403, "forbidden");
        house.put("/calendar", &week).by(&admin).await.is(200);
        let away = json!({"leave": [{"repId": rep.rep, "from": "2026-12-01", "to": "2026-12-04"}]});
        house.put("/calendar", &away).by(&rep).await.fails(403, "forbidden");
        let set = house.put("/calendar", &away).by(&manager).await.is(200);
        assert_eq!((&set.data()["weights"], &set.data()["holidays"][0]["name"]), (&week["weights"], &json!("Christmas")));
        let id = set.data()["leave"][0]["id"].clone();
        let again = house.put("/calendar", &json!({"leave": set.data()["leave"]})).by(&manager).await.is(200);
        assert_eq!(again.data()["leave"][0]["id"], id, "what stays keeps its id");
        assert_eq!(house.get("/calendar?from=2026-12-05&to=2026-12-31").by(&rep).await.is(200).data()["leave"], json!([]));
        house.put("/calendar", &json!({"weights": [100]})).by(&admin).await.rejects("weights", "invalid");
        house.put("/calendar", &json!({"weights": [0, 0, 0, 0, 0, 0, 0]})).by(&admin).await.rejects("weights", "no_working_day");
        house.put("/calendar", &json!({"holidays": [{"day": "25.12.2026", "name": "Christmas"}]})).by(&admin).await.rejects("holidays[0]", "invalid");
        house.put("/calendar", &json!({"leave": [{"repId": rep.rep, "from": "2026-12-04", "to": "2026-12-01"}]})).by(&manager).await.rejects("leave[0].to", "before_from");
    }

    async fn budgets_are_copied_from_the_year_before(house) {
        let (manager, rep) = (house.person(Role::Manager, "Hassan").await, house.rep("Achieng").await);
        let amount = |minor: i64| json!({"minor": minor, "currency": "KES"});
        let budget = |month: &str, minor: i64| json!({"repId": rep.rep, "month": month, "amount": amount(minor)});
        house.put("/budgets", &json!({"budgets": [budget("2025-03-01", 1_000), budget("2025-04-01", 105), budget("2026-03-01", 5)]})).by(&manager).await.is(200);
        let ask = json!({"fromFiscalYear": 2025, "percent": 10});
        let told = house.post("/budgets/copies-preview", &ask).by(&manager).await.is(200);
        assert_eq!(told.data(), &json!({"budgets": 2, "replaced": 1, "fromTotal": amount(1_105), "toTotal": amount(1_216)}));
        house.post("/budgets/copies", &ask).by(&rep).await.fails(403, "forbidden");
        let done = house.post("/budgets/copies", &ask).by(&manager).await.is(201);
        assert_eq!(done.data(), told.data());
        let listed = house.get("/budgets?from=2026-01-01&to=2026-12-31").by(&manager).await.is(200);
        let months: Vec<(String, i64)> = listed.data()["items"].as_array().unwrap().iter().map(|b| (b["month"].as_str().unwrap().into(), b["amount"]["minor"].as_i64().unwrap())).collect();
        assert_eq!(months, [("2026-03-01".into(), 1_100), ("2026-04-01".into(), 116)]);
        house.post("/budgets/copies", &json!({"fromFiscalYear": 2025, "percent": -2.5})).by(&manager).await.is(201);
        house.post("/budgets/copies", &json!({"fromFiscalYear": 2025, "percent": "10"})).by(&manager).await.rejects("percent", "invalid");
        house.post("/budgets/copies", &json!({"fromFiscalYear": 2025, "percent": 1.255})).by(&manager).await.rejects("percent", "out_of_range");
        house.post("/budgets/copies", &json!({"fromFiscalYear": 2020, "percent": 0})).by(&manager).await.rejects("fromFiscalYear", "nothing_there");
    }
}
