//! Customers' value and targets over REST.

use backend::import::{self, Input, Kind, Options};
use domain::people::Role;
use serde_json::json;

use crate::{
    house::{House, Person},
    kpis::company,
};

const HEAD: &str = "date,branch,salesperson,customer,product,units_sold,gross_revenue,returns_value,total_cost,document_no\n";

/// Six customers: the first buys most and latest, the last least and longest ago.
async fn customers(house: &House) {
    let mut rows = HEAD.to_owned();
    for customer in 1..=6 {
        for visit in 0..(7 - customer) {
            let day = 28 - customer * 2 - visit * 2;
            rows += &format!(
                "2026-01-{day:02},North,Ann,C{customer},P1,1,{},,{},D{customer}{visit}\n",
                10 * (7 - customer),
                5 * (7 - customer)
            );
        }
    }
    rows += "2026-01-05,North,Ben,C7,P1,1,,-3.00,-1,D7\n2026-01-06,North,Ben,,P1,1,9.00,,,D8\n";
    let report =
        import::run(&house.backend, Kind::Sales, Input::bytes("c.csv", rows.into_bytes()), None, Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
}

/// Puts a client into a segment.
pub async fn in_segment(house: &House, by: &Person, client: &str, segment: &str) {
    let found = house.get(&format!("/clients?text={client}")).by(by).await.is(200);
    let id = found.data()["items"][0]["id"].as_str().unwrap().to_owned();
    house.patch(&format!("/clients/{id}"), &json!({"segment": segment})).by(by).await.is(200);
}

both_engines! {
    async fn customers_are_ranked_by_what_they_are_worth(house) {
        customers(&house).await;
        let (admin, ann, ben) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await, house.rep("Ben").await);
        let all = house.get("/kpis/customers/value").by(&admin).await.is(200);
        let (data, first) = (all.data(), &all.data()["rows"][0]);
        assert_eq!((&data["customers"], &data["netSales"], &data["grossProfit"], &data["to"]), (&json!(7), &json!(91_600), &json!(45_300), &json!("2026-01-26")));
        assert_eq!(*first, json!({"customer": "C1", "lastPurchase": "2026-01-26", "recencyDays": 0, "frequency": 6, "netSales": 36_000, "grossProfit": 18_000,
            "profitShareBasisPoints": 3_974, "salesShareBasisPoints": 3_930, "recencyScore": 5, "frequencyScore": 5, "moneyScore": 5, "segment": "champion",
            "atRisk": false, "risks": []}));
        let names: Vec<&str> = data["rows"].as_array().unwrap().iter().map(|row| row["customer"].as_str().unwrap()).collect();
        assert_eq!(names, ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]);
        let back = &data["rows"][6];
        assert_eq!((&back["recencyDays"], &back["segment"], &back["grossProfit"]), (&json!(null), &json!(null), &json!(-200)), "a return is no purchase");
        let returned = house.get("/kpis/summary?customer=C7").by(&admin).await.is(200);
        let row = &returned.data()["rows"][0];
        assert_eq!((&row["netSales"], &row["grossProfit"], &row["marginBasisPoints"]), (&json!(-300), &json!(-200), &json!(null)), "a loss is no margin");
        let later = house.get("/kpis/customers/value?to=2026-06-30&limit=2").by(&admin).await.is(200);
        assert_eq!((later.data()["rows"].as_array().unwrap().len(), &later.data()["customers"]), (2, &json!(7)));
        assert_eq!((&later.data()["rows"][0]["risks"], &later.data()["rows"][0]["recencyDays"]), (&json!(["overdue"]), &json!(155)));
        assert_eq!(house.get("/kpis/customers/value").by(&ben).await.is(200).data()["rows"][0]["customer"], "C7");
        assert_eq!(house.get("/kpis/customers/value?customer=C7").by(&ann).await.is(200).data()["rows"], json!([]));
        for (query, field) in [("limit=0", "limit"), ("from=2026-13-01", "from"), ("from=2026-03-01&to=2026-02-01", "to"), ("segment=loyal", "segment")] {
            let refused = house.get(&format!("/kpis/customers/value?{query}")).by(&admin).await.fails(400, "rejected");
            assert_eq!(refused.json["error"]["details"][0]["field"], field, "{query}");
        }
    }

    async fn targets_stand_beside_sales_and_nobody_has_one_unasked(house) {
        company(&house).await;
        let (admin, ann, ben) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await, house.rep("Ben").await);
        let currency = house.backend.company().await.unwrap().currency;
        let budget = |month: &str, minor: i64| json!({"repId": ann.rep, "month": month, "amount": {"minor": minor, "currency": currency}});
        let budgets = json!({"budgets": [budget("2026-02-01", 800), budget("2026-03-01", 500)]});
        house.put("/budgets", &budgets).by(&admin).await.is(200);
        let all = house.get("/kpis/targets").by(&admin).await.is(200);
        assert_eq!(all.data()["rows"], json!([
            {"rep": "Ann", "month": "2026-02", "netSales": 1000, "budget": 800, "budgetToDate": 800, "attainmentBasisPoints": 12_500, "complete": true},
            {"rep": "Ann", "month": "2026-03", "netSales": 0, "budget": 500, "budgetToDate": 91, "attainmentBasisPoints": 0, "complete": true},
            {"rep": "Ben", "month": "2026-03", "netSales": 1500, "budget": null, "budgetToDate": null, "attainmentBasisPoints": null, "complete": true},
        ]));
        assert_eq!(all.data()["total"], json!({"netSales": 2500, "measuredNetSales": 1000, "budget": 1300, "budgetToDate": 891, "attainmentBasisPoints": 11_223}), "Ben’s are no part of it");
        assert_eq!((&all.data()["from"], &all.data()["to"]), (&json!("2026-02-01"), &json!("2026-03-31")), "whole months");
        let week = house.get("/kpis/targets?from=2026-02-09&to=2026-02-13").by(&admin).await.is(200);
        assert_eq!(week.data()["total"]["budget"], json!(200), "5 of 20 working days");
        let own = house.get("/kpis/targets").by(&ben).await.is(200);
        assert_eq!(own.data()["rows"].as_array().unwrap().len(), 1);
        assert_eq!(own.data()["rows"][0]["rep"], "Ben");
        assert_eq!(house.get("/kpis/targets?rep=Ann").by(&ben).await.is(200).data()["rows"], json!([]));
        assert_eq!(house.get("/kpis/targets?branch=Nowhere").by(&admin).await.is(200).data()["rows"], json!([]));
        let narrowed = house.get("/kpis/targets?rep=Ann&to=2026-02-28").by(&admin).await.is(200);
        assert_eq!(narrowed.data()["rows"].as_array().unwrap().len(), 1);
        let refused = house.get("/kpis/targets?product=P1").by(&admin).await.fails(400, "rejected");
        assert_eq!(refused.json["error"]["details"][0]["field"], "filters.product");
        house.get("/kpis/targets?from=2026-03-01&to=2026-02-01").by(&admin).await.fails(400, "rejected");
    }
    async fn figures_are_narrowed_by_segments_and_an_unknown_one_is_refused(house) {
        company(&house).await;
        let (admin, ann, cid) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await, house.rep("Cid").await);
        in_segment(&house, &admin, "C1", "Retail").await;
        for (person, query, net) in [
            (&admin, "summary?segment=Retail", json!([500])),
            (&ann, "summary?segment=Retail", json!([1000])),
            (&admin, "summary?segment=Retail&rep=Ben", json!([-500])),
            (&admin, "summary?segment=Retail&customer=C1", json!([500])),
            (&admin, "summary?segment=Retail&customer=Nobody", json!([])),
            (&admin, "trend?segment=Retail", json!([1000, -500])),
            (&admin, "customers/top?segment=Retail", json!([500])),
            (&admin, "customers/value?segment=Retail", json!([500])),
        ] {
            let answer = house.get(&format!("/kpis/{query}")).by(person).await.is(200);
            let told: Vec<_> = answer.data()["rows"].as_array().unwrap().iter().map(|row| row["netSales"].clone()).collect();
            assert_eq!(json!(told), net, "{query}");
        }
        for (person, query, field) in [
            (&admin, "summary?segment=Loyal", "segment"),
            (&admin, "customers/value?segment=Retail&segment=Loyal", "segment"),
            (&cid, "summary?segment=Retail", "segment"),
            (&admin, "targets?segment=Retail", "filters.segment"),
        ] {
            let refused = house.get(&format!("/kpis/{query}")).by(person).await.fails(400, "rejected");
            assert_eq!(refused.json["error"]["details"][0]["field"], field, "{query}");
        }
        let unknown = house.get("/kpis/summary?segment=Loyal").by(&admin).await;
        assert!(unknown.json["error"]["details"][0]["message"].as_str().unwrap().ends_with("write one of Retail."), "{unknown:?}");
    }
}
