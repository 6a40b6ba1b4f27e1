//! Figures over REST: the contract of slices, named questions, and what is refused.

use backend::import::{self, Input, Kind, Options};
use domain::people::Role;
use serde_json::json;

use crate::house::House;

const HEAD: &str = "date,branch,salesperson,customer,product,product_line,units_sold,gross_revenue,returns_value,total_cost,document_no\n";
const ROWS: &str = "2026-02-03,North,Ann,C1,P1,Water,2.5,10.00,,7,A1\n2026-03-04,South,Ben,,P2,Power,1,20.00,,,A2\n2026-03-05,South,Ben,C1,P2,Power,,,-5.00,,A3\n";

/// A company with three lines of sales.
pub async fn company(house: &House) {
    let report =
        import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", [HEAD, ROWS].concat().into_bytes()), None, Options::default())
            .await
            .unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
}

both_engines! {
    async fn a_slice_answers_by_its_keys_with_absent_figures_null(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        let slice = json!({"from": "2026-01-01", "to": "2026-12-31", "filters": {"branch": ["South", "North"]}, "groupBy": ["month", "rep"],
            "metrics": ["grossRevenue", "returns", "netSales", "cost", "grossProfit", "units", "lines", "customers"]});
        let answer = house.post("/kpis/slice", &slice).by(&admin).await.is(200);
        assert_eq!(answer.data()["rows"], json!([
            {"month": "2026-02", "rep": "Ann", "grossRevenue": 1000, "returns": 0, "netSales": 1000, "cost": 700, "grossProfit": 300, "units": 2.5, "lines": 1, "customers": 1},
            {"month": "2026-03", "rep": "Ben", "grossRevenue": 2000, "returns": -500, "netSales": 1500, "cost": null, "grossProfit": null, "units": 1, "lines": 2, "customers": 1},
        ]));
        let nobody = json!({"from": "2026-01-01", "to": "2026-12-31", "groupBy": ["customer"], "metrics": ["lines"]});
        assert_eq!(house.post("/kpis/slice", &nobody).by(&admin).await.is(200).data()["rows"], json!([{"customer": null, "lines": 1}, {"customer": "C1", "lines": 2}]));
    }

    async fn what_is_no_question_is_refused_with_field_and_reason(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        for (slice, field) in [
            (json!({"from": "2026-02-30", "to": "2026-03-01", "metrics": ["lines"]}), "from"),
            (json!({"from": "2026-03-01", "to": "2026-02-01", "metrics": ["lines"]}), "to"),
            (json!({"from": "2026-02-01", "to": "2026-03-01", "metrics": ["sales"]}), "metrics"),
            (json!({"from": "2026-02-01", "to": "2026-03-01", "groupBy": ["weekday"], "metrics": ["lines"]}), "groupBy"),
            (json!({"from": "2026-02-01", "to": "2026-03-01", "metrics": ["lines"], "limit": 5}), "orderBy"),
            (json!({"from": "2026-02-01", "to": "2026-03-01", "metrics": ["lines"], "colour": "red"}), "colour"),
        ] {
            let refused = house.post("/kpis/slice", &slice).by(&admin).await.fails(400, "rejected");
            assert_eq!(refused.json["error"]["details"][0]["field"], field, "{slice}");
        }
    }

    async fn too_many_groups_are_refused_with_how_many_there_are(house) {
        // 150 customers buy 140 products each, and one line is taken back again by its document
        let line = |customer: usize, product: usize| format!("2026-02-03,North,Ann,C{customer},P{product},Water,1,10.00,,7,D{customer}\n");
        let lines = (0..150).flat_map(|customer| (0..140).map(move |product| line(customer, product)));
        let sales = |rows: String| Input::bytes("s.csv", [HEAD, &rows].concat().into_bytes());
        import::run(&house.backend, Kind::Sales, sales(lines.collect()), None, Options::default()).await.unwrap();
        let admin = house.person(Role::Admin, "Ada").await;
        let slice = json!({"from": "2026-01-01", "to": "2026-12-31", "groupBy": ["customer", "product"], "metrics": ["lines", "customers"]});
        let refused = house.post("/kpis/slice", &slice).by(&admin).await.fails(400, "too_many_groups");
        let words = "The slice has 21000 groups, more than 10000: narrow it with filters, group by fewer keys, or ask for the first ones with orderBy and limit.";
        assert_eq!((&refused.json["error"]["message"], &refused.json["error"]["details"][0]["field"]), (&json!(words), &json!("groupBy")));
        import::run(&house.backend, Kind::Sales, sales(line(0, 0)), None, Options::default()).await.unwrap();
        let mut said = words.to_owned();
        // the cube follows a fraction of a second behind
        for _ in 0..80 {
            if said != words {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            let refused = house.post("/kpis/slice", &slice).by(&admin).await.fails(400, "too_many_groups");
            said = refused.json["error"]["message"].as_str().unwrap().to_owned();
        }
        assert!(said.starts_with("The slice has 20861 groups,"), "139 lines of a document are gone: {said}");
    }

    async fn named_questions_answer_within_everybodys_scope(house) {
        company(&house).await;
        let (admin, ann) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await);
        let summary = house.get("/kpis/summary").by(&admin).await.is(200);
        assert_eq!((&summary.data()["rows"][0]["netSales"], &summary.data()["rows"][0]["marginBasisPoints"]), (&json!(2500), &json!(3000)));
        assert_eq!(house.get("/kpis/summary").by(&ann).await.is(200).data()["rows"][0]["netSales"], 1000);
        assert_eq!(house.get("/kpis/range").by(&ann).await.is(200).data()["to"], "2026-02-03");
        for path in ["trend", "salespeople", "products", "product-lines", "branches", "branch-product-heatmap", "customers/top", "margins", "returns"] {
            let rows = house.get(&format!("/kpis/{path}?productLine=Power")).by(&admin).await.is(200);
            assert!(!rows.data()["rows"].as_array().unwrap().is_empty(), "{path}");
            assert_eq!(house.get(&format!("/kpis/{path}?productLine=Power")).by(&ann).await.is(200).data()["rows"], json!([]), "{path}");
        }
        let ranked = house.get("/kpis/salespeople").by(&admin).await.is(200);
        assert_eq!((&ranked.data()["rows"][0]["rep"], &ranked.data()["rows"][1]["grossProfit"]), (&json!("Ann"), &json!(null)));
        house.get("/kpis/summary?from=soon").by(&admin).await.fails(400, "rejected");
        house.get("/kpis/summary").send().await.fails(401, "session_expired");
        assert_eq!(house.ask("POST", "/kpis/verification").by(&admin).await.is(200).data()["differs"], json!([]));
        house.ask("POST", "/kpis/verification").by(&ann).await.fails(403, "forbidden");
    }

    async fn a_change_is_split_into_its_causes_which_add_up(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        let ask = json!({"measure": "netSales", "from": "2026-03-01", "to": "2026-03-31", "beforeFrom": "2026-02-01", "beforeTo": "2026-02-28"});
        let movement = house.post("/kpis/movement", &ask).by(&admin).await.is(200);
        assert_eq!(movement.data()["change"], 500);
        let effects = movement.data()["effects"].as_array().unwrap();
        assert_eq!(effects.iter().map(|effect| effect["amount"].as_i64().unwrap()).sum::<i64>(), 500);
        let wrong = json!({"measure": "netSales", "from": "2026-03-41", "to": "2026-03-31", "beforeFrom": "2026-02-01", "beforeTo": "2026-02-28"});
        house.post("/kpis/movement", &wrong).by(&admin).await.fails(400, "rejected");
    }
}
