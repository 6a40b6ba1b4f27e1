//! GraphQL's fields: every one answers, equals REST, and stays within everybody's scope.

use domain::people::Role;
use serde_json::{Value, json};

use crate::{
    graphql::{question, told},
    house::{House, Person},
    kpis::company,
    kpis_named::in_segment,
};

const FIGURES: &str = "grossRevenue returns netSales cost grossProfit knownNet marginBasisPoints units lines transactions customers";

async fn ask(house: &House, person: &Person, query: &str) -> Value {
    told(&question(house, query, &json!({})).by(person).await).clone()
}

/// Numbers as numbers: a whole one may be written either way.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(all) => all.iter().map(plain).collect(),
        Value::Object(all) => all.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        other => other.clone(),
    }
}

/// GraphQL's rows tell everything REST's rows tell, and the same.
#[track_caller]
fn same(graphql: &Value, rest: &Value) {
    let (graphql, rest) = (graphql.as_array().unwrap(), rest.as_array().unwrap());
    assert_eq!(graphql.len(), rest.len(), "{graphql:?}\n{rest:?}");
    for (one, other) in graphql.iter().zip(rest) {
        for (name, value) in other.as_object().unwrap() {
            assert_eq!(plain(&one[name]), plain(value), "{name}: {one} {other}");
        }
    }
}

const PAIRS: [(&str, &str, &str); 8] = [
    ("revenueSummary", "", "summary"),
    ("salesPerformance", "rep", "salespeople"),
    ("productPerformance", "product", "products"),
    ("branchPerformance", "branch month", "branches"),
    ("branchProductHeatmap", "branch productLine", "branch-product-heatmap"),
    ("topCustomers", "customer", "customers/top"),
    ("marginTrends", "month productLine", "margins"),
    ("returnsAnalysis", "productLine branch", "returns"),
];

async fn set_budget(house: &House, admin: &Person, rep: &str, month: &str, minor: i64) {
    let currency = house.backend.company().await.unwrap().currency;
    let budgets = json!({"budgets": [{"repId": rep, "month": month, "amount": {"minor": minor, "currency": currency}}]});
    house.put("/budgets", &budgets).by(admin).await.is(200);
}

both_engines! {
    async fn named_questions_equal_rest_whatever_they_are_narrowed_by(house) {
        company(&house).await;
        let (admin, ann) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await);
        in_segment(&house, &admin, "C1", "Retail").await;
        for person in [&admin, &ann] {
            for (filter, query) in [
                ("", ""),
                ("filter: {productLine: [\"Power\"]}", "?productLine=Power"),
                ("filter: {rep: [\"Ben\"]}", "?rep=Ben"),
                ("filter: {from: \"2026-03-01\", to: \"2026-03-31\", branch: [\"South\", \"North\"]}", "?from=2026-03-01&to=2026-03-31&branch=South&branch=North"),
                ("filter: {customer: [\"Nobody\"]}", "?customer=Nobody"),
                ("filter: {segment: [\"Retail\"], from: \"2026-02-01\"}", "?segment=Retail&from=2026-02-01"),
            ] {
                for (field, keys, path) in PAIRS {
                    let arguments = if filter.is_empty() { String::new() } else { format!("({filter})") };
                    let answer = ask(&house, person, &format!("{{ {field}{arguments} {{ from to currency rows {{ {keys} {FIGURES} }} }} }}")).await;
                    let rest = house.get(&format!("/kpis/{path}{query}")).by(person).await.is(200);
                    for name in ["from", "to", "currency"] {
                        assert_eq!(answer[field][name], rest.data()[name], "{field} {filter}");
                    }
                    same(&answer[field]["rows"], &rest.data()["rows"]);
                }
            }
        }
        let mine = ask(&house, &ann, "{ salesPerformance { rows { rep } } topCustomers(filter: {rep: [\"Ben\"]}) { rows { customer } } }").await;
        assert_eq!(mine, json!({"salesPerformance": {"rows": [{"rep": "Ann"}]}, "topCustomers": {"rows": []}}));
        let nobody = ask(&house, &admin, "{ topCustomers(filter: {customer: [null]}) { rows { customer netSales cost } } }").await;
        assert_eq!(nobody["topCustomers"]["rows"], json!([{"customer": null, "netSales": 2000, "cost": null}]));
    }

    async fn a_segment_nobody_is_of_is_refused_as_over_rest(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        in_segment(&house, &admin, "C1", "Retail").await;
        for (field, path) in [("customerValue", "customers/value"), ("monthlySalesGrowth", "summary"), ("targetAttainment", "targets")] {
            let asked = question(&house, &format!("{{ {field}(filter: {{segment: [\"Loyal\"]}}) {{ from }} }}"), &json!({})).by(&admin).await;
            let rest = house.get(&format!("/kpis/{path}?segment=Loyal")).by(&admin).await.fails(400, "rejected");
            assert_eq!(asked.json["extensions"]["error"]["details"], rest.json["error"]["details"], "{asked:?}");
        }
    }

    async fn what_is_worked_out_is_worked_out_exactly(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        let all = ask(&house, &admin, "{
            monthlySalesGrowth(filter: {from: \"2026-02-01\", to: \"2026-03-31\"}) { rows { month netSales complete previousNetSales growthBasisPoints yearGrowthBasisPoints } }
            branchGrowth { rows { branch month netSales growthBasisPoints complete } }
            productAnalytics { rows { product class shareSoFarTenths returnsBasisPoints } }
            profitabilityByDimension(dimension: ITEM_GROUP) { rows { key grossProfit netSales } }
            byBranch: profitabilityByDimension(dimension: BRANCH, limit: 1) { rows { key grossProfit } }
            salespersonProductMix { rows { rep productLine netSales shareBasisPoints } }
        }").await;
        assert_eq!(all["monthlySalesGrowth"]["rows"], json!([
            {"month": "2026-02", "netSales": 1000, "complete": true, "previousNetSales": null, "growthBasisPoints": null, "yearGrowthBasisPoints": null},
            {"month": "2026-03", "netSales": 1500, "complete": true, "previousNetSales": 1000, "growthBasisPoints": 5000, "yearGrowthBasisPoints": null},
        ]));
        assert_eq!(all["branchGrowth"]["rows"], json!([
            {"branch": "North", "month": "2026-02", "netSales": 1000, "growthBasisPoints": null, "complete": false},
            {"branch": "South", "month": "2026-03", "netSales": 1500, "growthBasisPoints": null, "complete": false},
        ]));
        assert_eq!(all["productAnalytics"]["rows"], json!([
            {"product": "P1", "class": "A", "shareSoFarTenths": 1000, "returnsBasisPoints": 0},
            {"product": "P2", "class": "C", "shareSoFarTenths": null, "returnsBasisPoints": 2500},
        ]));
        assert_eq!(all["profitabilityByDimension"]["rows"], json!([{"key": null, "grossProfit": 300, "netSales": 2500}]));
        assert_eq!(all["byBranch"]["rows"], json!([{"key": "North", "grossProfit": 300}]));
        assert_eq!(all["salespersonProductMix"]["rows"], json!([
            {"rep": "Ann", "productLine": "Water", "netSales": 1000, "shareBasisPoints": 10000},
            {"rep": "Ben", "productLine": "Power", "netSales": 1500, "shareBasisPoints": 10000},
        ]));
    }

    async fn targets_and_customers_equal_rest(house) {
        company(&house).await;
        let (admin, ann) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await);
        set_budget(&house, &admin, &ann.rep, "2026-02-01", 800).await;
        set_budget(&house, &admin, &ann.rep, "2026-03-01", 500).await;
        for person in [&admin, &ann] {
            let all = ask(&house, person, "{
                targetAttainment { from to currency rows { rep month netSales budget budgetToDate attainmentBasisPoints complete } total { netSales measuredNetSales budget budgetToDate attainmentBasisPoints } }
                customerValue { from to currency customers atRisk netSales grossProfit rows { customer lastPurchase recencyDays frequency netSales grossProfit
                    profitShareBasisPoints salesShareBasisPoints recencyScore frequencyScore moneyScore segment atRisk risks } }
            }").await;
            assert_eq!(all["targetAttainment"], *house.get("/kpis/targets").by(person).await.is(200).data());
            assert_eq!(all["customerValue"], *house.get("/kpis/customers/value").by(person).await.is(200).data());
        }
        let own = house.get("/kpis/targets").by(&ann).await.is(200);
        assert_eq!(own.data()["rows"].as_array().unwrap().len(), 2, "a month without own sales is a month: {own:?}");
    }

    async fn clients_visits_and_products_are_those_of_rest(house) {
        company(&house).await;
        let (admin, ann, ben) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await, house.rep("Ben").await);
        let body = json!({"name": "Mutua Hardware", "phone": "0722 100 318", "tags": ["key"], "position": {"lat": -1.25, "lon": 36.75}, "cadenceDays": 20});
        let client = house.post("/clients", &body).by(&ann).await.is(201).id();
        house.post("/contacts", &json!({"clientId": client, "name": "Joyce"})).by(&ann).await.is(201);
        let visit = house.post("/visits", &json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})).by(&ann).await.is(201).id();
        let query = format!("{{
            clients {{ total nextCursor items {{ id name stage status repId position {{ lat lon }} lastVisitOn dueOn light }} }}
            client(id: \"{client}\") {{ id name phone tags cadenceDays position {{ lat lon }} version repName contacts {{ name }} history {{ id type status day }} historyTotal }}
            visits(filter: {{client: \"{client}\"}}) {{ total items {{ id clientName day status repName type }} }}
            visit(id: \"{visit}\") {{ id clientId day status type checkedIn {{ at }} version }}
            products {{ total items {{ id code name productLine listPrice {{ minor currency }} }} }}
        }}");
        let all = ask(&house, &ann, &query).await;
        let rest = house.get(&format!("/clients/{client}")).by(&ann).await.is(200);
        for name in ["id", "name", "phone", "tags", "cadenceDays", "position", "version"] {
            assert_eq!(all["client"][name], rest.data()[name], "{name}");
        }
        assert_eq!((&all["client"]["contacts"], &all["client"]["repName"], &all["client"]["historyTotal"]), (&json!([{"name": "Joyce"}]), &json!("Ann"), &json!(1)));
        let listed = house.get("/clients").by(&ann).await.is(200);
        assert_eq!((&all["clients"]["total"], &all["clients"]["items"][0]["dueOn"]), (&listed.data()["total"], &listed.data()["items"][0]["dueOn"]));
        let shown = house.get(&format!("/visits/{visit}")).by(&ann).await.is(200);
        for name in ["id", "clientId", "day", "status", "type", "version"] {
            assert_eq!(all["visit"][name], shown.data()[name], "{name}");
        }
        assert_eq!(all["visits"]["items"][0]["clientName"], "Mutua Hardware");
        let products = house.get("/products").by(&ann).await.is(200);
        assert_eq!((&all["products"]["total"], &all["products"]["items"][0]["id"]), (&products.data()["total"], &products.data()["items"][0]["id"]));
        let product = products.data()["items"][0]["id"].as_str().unwrap();
        assert_eq!(ask(&house, &ben, &format!("{{ product(id: \"{product}\") {{ code }} }}")).await["product"]["code"], products.data()["items"][0]["code"]);
        let others = question(&house, &query, &json!({})).by(&ben).await;
        let data = &others.json["data"];
        assert!(data["client"].is_null() && data["visit"].is_null() && !data.to_string().contains("Mutua"), "{others:?}");
        assert_eq!((&data["visits"]["total"], others.json["errors"].as_array().map(Vec::len)), (&json!(0), Some(2)));
        let pages = ask(&house, &admin, "{ first: clients(limit: 1, filter: {sort: \"name\"}) { nextCursor items { name } } }").await;
        let cursor = pages["first"]["nextCursor"].as_str().unwrap();
        let next = ask(&house, &admin, &format!("{{ clients(limit: 1, filter: {{sort: \"name\"}}, cursor: \"{cursor}\") {{ items {{ name }} }} }}")).await;
        assert_ne!(pages["first"]["items"], next["clients"]["items"]);
    }

    async fn the_system_tells_everybody_what_they_may_know(house) {
        company(&house).await;
        let (admin, ann) = (house.person(Role::Admin, "Ada").await, house.rep("Ann").await);
        let query = "{ dataVersion dataRange { from to version } systemHealth { status version refreshedAt dataRange { to } lastImport { kind fileName state } } }";
        let (all, own) = (ask(&house, &admin, query).await, ask(&house, &ann, query).await);
        let range = house.get("/kpis/range").by(&admin).await.is(200);
        assert_eq!(all["dataRange"], *range.data());
        assert_eq!((&all["dataVersion"], &all["systemHealth"]["status"]), (&range.data()["version"], &json!("ready")));
        assert_eq!(all["systemHealth"]["lastImport"], json!({"kind": "sales", "fileName": "s.csv", "state": "published"}));
        assert_eq!((&own["systemHealth"]["lastImport"], &own["dataRange"]["to"]), (&json!(null), &json!("2026-02-03")), "a rep knows of their own alone");
    }
}
