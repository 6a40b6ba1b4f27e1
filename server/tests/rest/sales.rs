//! Sales, budgets, imports over REST: amounts with their currency, page after page, in the caller's scope.

use backend::import::{self, Input, Kind, Options};
use domain::people::Role;
use serde_json::json;

use crate::house::House;

async fn bring(house: &House, rows: &str) {
    let input = Input::bytes(
        "till.csv",
        format!("date,salesperson,customer,gross_revenue,returns_value,total_cost,document_no\n{rows}").into_bytes(),
    );
    let report = import::run(&house.backend, Kind::Sales, input, None, Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
}

both_engines! {
    async fn lines_are_listed_page_after_page_each_rep_seeing_their_own(house) {
        let (achieng, otieno) = (house.rep("Achieng").await, house.rep("Otieno").await);
        let manager = house.person(Role::Manager, "Hassan").await;
        bring(&house, "2026-01-05,Achieng,C1,10.50,0,7,1\n2026-01-05,Otieno,C1,3,0,,2\n2026-01-06,Achieng,,0,-2.25,,3\n").await;
        let first = house.get("/sales?limit=2").by(&manager).await.is(200);
        let items = first.data()["items"].as_array().unwrap().clone();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0]["grossRevenue"], json!({"minor": 1050, "currency": "KES"}));
        assert_eq!((&items[0]["totalCost"]["minor"], &items[1]["totalCost"], &items[0]["client"]["name"]), (&json!(700), &json!(null), &json!("C1")));
        let cursor = first.data()["nextCursor"].as_str().unwrap();
        let rest = house.get(&format!("/sales?limit=2&cursor={cursor}")).by(&manager).await.is(200);
        assert_eq!((rest.data()["items"].as_array().unwrap().len(), &rest.data()["nextCursor"]), (1, &json!(null)));
        assert_eq!(rest.data()["items"][0]["netSales"]["minor"], -225);
        let own = house.get("/sales").by(&achieng).await.is(200);
        assert_eq!(own.data()["items"].as_array().unwrap().len(), 2);
        let others = house.get(&format!("/sales?rep={}", otieno.rep)).by(&achieng).await.is(200);
        assert_eq!(others.data()["items"], json!([]));
        house.get("/sales?cursor=o5").by(&manager).await.fails(422, "rejected");
        house.get("/sales?updatedSince=2026-01-01T00:00:00Z").by(&manager).await.fails(422, "rejected");
    }

    async fn lines_are_narrowed_by_product_line_group_and_segment(house) {
        let manager = house.person(Role::Manager, "Hassan").await;
        let rows = "date,salesperson,customer,product,product_line,item_group,gross_revenue,document_no\n\
            2026-01-05,Ann,C1,P1,Water,Pumps,10,1\n2026-01-06,Ann,C2,P2,Power,,3,2\n2026-01-07,Ann,,P3,,,1,3\n";
        let report = import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", rows.as_bytes()), None, Options::default()).await.unwrap();
        assert_eq!(report.tally.rejected, 0, "{report}");
        let found = house.get("/clients?text=c2").by(&manager).await.is(200);
        let client = found.data()["items"][0]["id"].as_str().unwrap().to_owned();
        house.patch(&format!("/clients/{client}"), &json!({"segment": "Retail"})).by(&manager).await.is(200);
        for (query, documents) in [
            ("productLine=Water", json!(["1"])),
            ("productLine=Water&productLine=Power", json!(["1", "2"])),
            ("productLine=Water&itemGroup=Pumps", json!(["1"])),
            ("itemGroup=Belts", json!([])),
            ("segment=Retail", json!(["2"])),
        ] {
            let listed = house.get(&format!("/sales?{query}")).by(&manager).await.is(200);
            let got: Vec<_> = listed.data()["items"].as_array().unwrap().iter().map(|line| line["documentNo"].clone()).collect();
            assert_eq!(json!(got), documents, "{query}");
        }
    }

    async fn budgets_are_set_whole_or_not_at_all_and_the_overview_says_where_the_day_stands(house) {
        let (rep, manager) = (house.rep("Achieng").await, house.person(Role::Manager, "Hassan").await);
        let today = house.backend.company().await.unwrap().today(house.backend.now());
        let month = today.month_start();
        let amount = json!({"minor": 1_000_000, "currency": "KES"});
        let budget = |month: &str, amount: &serde_json::Value| json!({"repId": rep.rep, "month": month, "amount": amount});
        assert_eq!(house.get("/overview").by(&rep).await.is(200).data()["figures"], json!(null));
        let set = |budgets: Vec<serde_json::Value>| house.put("/budgets", &json!({"budgets": budgets}));
        set(vec![budget(&month.to_string(), &amount)]).by(&rep).await.fails(403, "forbidden");
        set(vec![budget(&month.to_string(), &amount), budget("2026-01-02", &amount)]).by(&manager).await.fails(422, "rejected");
        set(vec![budget(&month.to_string(), &json!({"minor": 1, "currency": "USD"}))]).by(&manager).await.fails(422, "rejected");
        let much = set(vec![budget(&month.to_string(), &json!("much"))]).by(&manager).await.fails(422, "rejected");
        let much = format!("{much:?}");
        assert!(much.contains("Write an object") && !much.contains("struct Money"), "{much}");
        let other = json!({"minor": 2_000_000, "currency": "KES"});
        set(vec![budget(&month.to_string(), &amount), budget(&month.to_string(), &other)]).by(&manager).await.rejects("budgets[1].month", "twice");
        assert_eq!(house.get("/budgets").by(&manager).await.is(200).data()["items"], json!([]), "all or none");
        house.get("/budgets?from=2026-02-01&to=2026-01-01").by(&manager).await.rejects("to", "out_of_range");
        house.get("/calendar?from=2026-02-01&to=2026-01-01").by(&manager).await.rejects("to", "out_of_range");
        for path in ["/overview?foo=1", "/overview?foo=1&day=zz", "/overview/facts?foo=1", "/settings?foo=1"] {
            house.get(path).by(&manager).await.rejects("foo", "unknown_field");
        }
        set(vec![budget(&month.to_string(), &amount)]).by(&manager).await.is(200);
        let listed = house.get(&format!("/budgets?from={month}&to={month}")).by(&rep).await.is(200);
        assert_eq!(listed.data()["items"][0]["amount"], amount);
        let overview = house.get("/overview").by(&rep).await.is(200);
        let figures = &overview.data()["figures"];
        assert_eq!(figures["month"]["withoutBudget"]["minor"], json!(0), "absent is said as nothing: {figures}");
        for person in [&rep, &manager] {
            let made = house.get("/overview/facts").by(person).await.is(200);
            let numbers: Vec<i64> = serde_json::from_value(made.data()["facts"].clone()).unwrap();
            let worked_out = domain::targets::figures(&domain::targets::Facts::of_numbers(&numbers).unwrap(), today);
            let told = house.get("/overview").by(person).await.is(200).data()["figures"]["month"]["expected"]["minor"].clone();
            assert_eq!((json!(worked_out.month.expected), worked_out.month.budget), (told, Some(1_000_000)), "a device works out what the server does");
            assert_eq!(made.data()["user"], json!(person.user), "and knows whose it is");
        }
        house.get("/overview/facts").send().await.fails(401, "session_expired");
        assert_eq!((&figures["month"]["budget"], &figures["soldToday"], &figures["year"]["sameDaysLastYear"]), (&amount, &json!(null), &json!(null)));
        let unknown = [&figures["month"]["netSales"], &figures["month"]["pace"], &figures["soldTowardsTarget"], &figures["year"]["netSales"]];
        assert!(unknown.iter().all(|figure| figure.is_null()), "no sales are known, which is not zero: {figures}");
    }

    async fn an_import_is_listed_and_taken_back(house) {
        let (rep, manager) = (house.rep("Achieng").await, house.person(Role::Manager, "Hassan").await);
        bring(&house, "2026-01-05,Achieng,C1,10.50,0,7,1\n").await;
        let listed = house.get("/imports").by(&manager).await.is(200);
        let import = &listed.data()["items"][0];
        assert_eq!((&import["state"], &import["report"]["money"]["file"], &import["report"]["new"]), (&json!("published"), &json!("10.50"), &json!(1)));
        let path = format!("/imports/{}/withdrawal", import["id"].as_str().unwrap());
        house.post(&path, &json!({})).by(&rep).await.fails(403, "forbidden");
        house.get("/imports").by(&rep).await.fails(403, "forbidden");
        let done = house.post(&path, &json!({})).by(&manager).await.is(200);
        assert_eq!((&done.data()["lines"], &done.data()["clientsRemoved"]), (&json!(1), &json!(1)));
        assert_eq!((&done.data()["keptCount"], &done.data()["kept"]), (&json!(0), &json!([])));
        assert_eq!(house.get("/sales").by(&manager).await.is(200).data()["items"], json!([]));
        house.get("/sales?from=2026-02-01&to=2026-01-01").by(&manager).await.rejects("to", "out_of_range");
        house.post(&path, &json!({})).by(&manager).await.fails(422, "rejected");
        house.post("/imports/01890a5d-ac96-774b-bcce-b302099a8057/withdrawal", &json!({})).by(&manager).await.fails(404, "not_found");
    }

    async fn what_stays_when_an_import_is_taken_back_is_listed_with_the_reason(house) {
        let manager = house.person(Role::Manager, "Hassan").await;
        let input = Input::bytes("clients.csv", b"name\nMutua Hardware\nBaraka Spares\n".as_slice());
        let report = import::run(&house.backend, Kind::Clients, input, None, Options::default()).await.unwrap();
        let found = house.get("/clients?text=mutua").by(&manager).await.is(200);
        let client = found.data()["items"][0]["id"].as_str().unwrap().to_owned();
        house.patch(&format!("/clients/{client}"), &json!({"notes": "Ask for Nina"})).by(&manager).await.is(200);
        let done = house.post(&format!("/imports/{}/withdrawal", report.id.unwrap()), &json!({})).by(&manager).await.is(200);
        assert_eq!((&done.data()["removed"], &done.data()["reverted"], &done.data()["keptCount"]), (&json!(1), &json!(0), &json!(1)));
        let kept = json!([{"kind": "client", "id": client, "name": "Mutua Hardware", "why": "it was edited since"}]);
        assert_eq!(done.data()["kept"], kept);
        assert_eq!(house.get("/clients").by(&manager).await.is(200).each("name"), ["Mutua Hardware"]);
    }
}
