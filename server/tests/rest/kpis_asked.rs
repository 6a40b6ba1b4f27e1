//! What named figures are narrowed to: names are taken whole, and what cannot be answered says what to do.

use backend::import::{self, Input, Kind, Options};
use domain::people::Role;
use serde_json::{Value, json};

use crate::{
    house::{House, Person},
    kpis_named::in_segment,
};

const HEAD: &str = "date,branch,salesperson,customer,product,product_line,item_group,gross_revenue,document_no\n";
const ROWS: &str = "2026-01-03,\"Köln, West\",Ann,Acacia,P1,Mill,Posho,1.00,A1\n2026-02-03,Köln,Ann,\"Acacia, Kiambu\",P1,Mill,Posho,2.00,A2\n\
    2026-03-03,Köln,Ben,\"Acme, Inc.\",P2,\"Power, solar\",Posho,4.00,A3\n2026-03-04,Köln,Ben,,P2,\"Power, solar\",Posho,80.00,A4\n";

async fn company(house: &House) -> Person {
    let report =
        import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", [HEAD, ROWS].concat().into_bytes()), None, Options::default())
            .await
            .unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
    house.person(Role::Admin, "Ada").await
}

async fn net(house: &House, by: &Person, query: &str) -> Value {
    let answer = house.get(&format!("/kpis/summary?{query}")).by(by).await.is(200);
    answer.data()["rows"].as_array().unwrap().iter().map(|row| row["netSales"].clone()).collect()
}

both_engines! {
    async fn a_name_is_taken_whole_and_several_are_given_one_by_one(house) {
        let (admin, ann) = (company(&house).await, house.rep("Ann").await);
        for (query, sold) in [
            ("customer=Acacia%2C%20Kiambu", json!([200])),
            ("customer=Acacia", json!([100])),
            ("customer=Acacia&customer=Acme%2C+Inc.", json!([500])),
            ("branch=K%C3%B6ln%2C%20West&branch=K%C3%B6ln&rep=Ann", json!([300])),
            ("productLine=Power%2C%20solar", json!([8400])),
            ("customer=Nobody", json!([])),
        ] {
            assert_eq!(net(&house, &admin, query).await, sold, "{query}");
        }
        // whoever put commas between names is told, and nobody else's figures are given; names outside of one's scope are none
        for (by, query, field) in [
            (&admin, "customer=Acacia,Acme", "customer"),
            (&admin, "from=2026-01-01&branch=K%C3%B6ln,Nakuru", "branch"),
            (&ann, "customer=Acme%2C%20Inc.", "customer"),
        ] {
            let refused = house.get(&format!("/kpis/summary?{query}")).by(by).await.fails(400, "rejected");
            let why = &refused.json["error"]["details"][0];
            assert_eq!(why["field"], field, "{query}");
            assert!(why["message"].as_str().unwrap().contains(&format!("{field}=A&{field}=B")), "{why}");
        }
        house.get("/kpis/summary?from=2026-01-01&from=2026-01-02").by(&admin).await.fails(400, "rejected");
        let lines = house.get("/sales?productLine=Power%2C%20solar&productLine=Mill&limit=10").by(&admin).await.is(200);
        assert_eq!(lines.data()["items"].as_array().unwrap().len(), 4);
        let solar = house.get("/sales?productLine=Power%2C%20solar").by(&admin).await.is(200);
        assert_eq!(solar.data()["items"].as_array().unwrap().len(), 2);
    }

    async fn more_rows_than_the_limit_are_refused_with_what_this_question_takes(house) {
        let admin = company(&house).await;
        let refused = house.get("/kpis/trend?limit=2").by(&admin).await.fails(400, "too_many_groups");
        let why = &refused.json["error"]["details"][0];
        assert_eq!(why["field"], "limit");
        let words = why["message"].as_str().unwrap();
        assert!(words.contains("3 rows, more than 2") && words.contains("limit") && !words.contains("orderBy"), "{words}");
    }

    async fn an_unknown_segment_is_refused_by_whoever_is_asked(house) {
        let admin = company(&house).await;
        in_segment(&house, &admin, "Acacia,%20Kiambu", "Mill, large").await;
        assert_eq!(net(&house, &admin, "segment=Mill%2C%20large").await, json!([200]));
        let slice = |key: &str, label: &str| json!({"from": "2026-01-01", "to": "2026-12-31", "filters": {key: [label]}, "metrics": ["netSales"]});
        let known = house.post("/kpis/slice", &slice("segment", "Mill, large")).by(&admin).await.is(200);
        assert_eq!(known.data()["rows"][0]["netSales"], 200);
        let asked = house.get("/kpis/summary?segment=Loyal").by(&admin).await.fails(400, "rejected");
        let sliced = house.post("/kpis/slice", &slice("segment", "Loyal")).by(&admin).await.fails(400, "rejected");
        let (asked, sliced) = (&asked.json["error"]["details"][0], &sliced.json["error"]["details"][0]);
        assert_eq!((&asked["message"], &asked["code"], &sliced["field"]), (&sliced["message"], &sliced["code"], &json!("filters.segment")));
        let movement = json!({"measure": "netSales", "from": "2026-03-01", "to": "2026-03-31", "beforeFrom": "2026-02-01", "beforeTo": "2026-02-28",
            "filters": {"segment": ["Loyal"]}});
        house.post("/kpis/movement", &movement).by(&admin).await.fails(400, "rejected");
        let other = house.post("/kpis/slice", &slice("colour", "red")).by(&admin).await.fails(400, "rejected");
        assert!(other.json["error"]["details"][0]["message"].as_str().unwrap().ends_with("customer, segment."), "{other:?}");
    }

    async fn customers_are_ranked_before_sales_to_nobody_known(house) {
        let admin = company(&house).await;
        let top = house.get("/kpis/customers/top?limit=2").by(&admin).await.is(200);
        let names: Vec<_> = top.data()["rows"].as_array().unwrap().iter().map(|row| row["customer"].clone()).collect();
        assert_eq!(json!(names), json!(["Acme, Inc.", "Acacia, Kiambu"]));
        let all = house.get("/kpis/customers/top").by(&admin).await.is(200);
        let rows = all.data()["rows"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[3]["customer"], &rows[3]["netSales"]), (4, &json!(null), &json!(8000)));
    }
}
