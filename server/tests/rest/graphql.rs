//! GraphQL: who may ask, what is refused and in which words, the shape of every answer.

use domain::people::Role;
use serde_json::{Value, json};

use crate::{
    house::{Answer, Ask, House, PASSWORD, Person},
    kpis::company,
};

/// A question, as a partner sends it.
pub fn question<'a>(house: &'a House, query: &str, variables: &Value) -> Ask<'a> {
    house.ask_at("POST", "/graphql").json(&json!({"query": query, "variables": variables}))
}

/// An answer without a fault: its data.
#[track_caller]
pub fn told(answer: &Answer) -> &Value {
    assert_eq!(answer.status.as_u16(), 200, "{answer:?}");
    assert!(answer.json.get("errors").is_none() && answer.json["extensions"]["error"].is_null(), "{answer:?}");
    assert_eq!(answer.json["extensions"]["metadata"]["requestId"].as_str(), answer.header("x-request-id"), "{answer:?}");
    &answer.json["data"]
}

/// An answer that was refused: its first error, which is also the envelope's.
#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{answer:?}");
    let (error, first) = (&answer.json["extensions"]["error"], &answer.json["errors"][0]);
    assert_eq!((&error["code"], &first["extensions"]["code"]), (&json!(code), &json!(code)), "{answer:?}");
    assert!(error["details"].is_array() && error["message"] == first["message"], "{answer:?}");
    assert!(answer.json["extensions"]["metadata"]["requestId"].is_string());
    first.clone()
}

const SUMMARY: &str = "{ revenueSummary { rows { netSales } } }";

both_engines! {
    async fn it_is_asked_by_the_signed_in_alone_by_token_or_cookie(house) {
        company(&house).await;
        let ann = house.rep("Ann").await;
        let ask = || question(&house, SUMMARY, &json!({}));
        let own = json!({"revenueSummary": {"rows": [{"netSales": 1000}]}});
        assert_eq!(told(&ask().by(&ann).await), &own);
        refused(&ask().send().await, 401, "session_expired");
        refused(&ask().header("authorization", "Bearer nonsense").send().await, 401, "session_expired");
        let introspection = question(&house, "{ __schema { queryType { name } } }", &json!({}));
        refused(&introspection.send().await, 401, "session_expired");
        let signed = house.post("/auth/session", &json!({"email": ann.email, "password": PASSWORD})).send().await.is(200);
        let cookie = signed.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        assert_eq!(told(&ask().header("cookie", &cookie).header("sec-fetch-site", "same-origin").send().await), &own);
        ask().header("cookie", &cookie).header("sec-fetch-site", "cross-site").send().await.fails(403, "foreign_origin");
        ask().header("cookie", &cookie).send().await.fails(403, "foreign_origin");
    }

    async fn what_is_no_question_is_refused(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let body = |text: &'static str| house.ask_at("POST", "/graphql").header("content-type", "application/json").body(text).by(&admin);
        refused(&body("{ \"query\": ").await, 400, "invalid_json");
        refused(&body("[{\"query\": \"{ dataVersion }\"}, {\"query\": \"{ dataVersion }\"}]").await, 400, "invalid_json");
        let wrong = refused(&body("{\"variables\": {}}").await, 400, "rejected");
        assert_eq!(wrong["extensions"]["details"][0]["field"], "query");
        refused(&body("{\"query\": \"{ dataVersion }\", \"variables\": [1]}").await, 400, "rejected");
        refused(&house.ask_at("POST", "/graphql").body("{ dataVersion }").by(&admin).await, 415, "unsupported_media_type");
        for method in ["GET", "PUT", "DELETE"] {
            let answer = house.ask_at(method, "/graphql?query=%7B%20dataVersion%20%7D").by(&admin).await;
            refused(&answer, 405, "method_not_allowed");
            assert_eq!(answer.header("allow"), Some("GET, HEAD, POST"));
        }
        let page = house.ask_at("GET", "/graphql?query=%7B%20dataVersion%20%7D").header("accept", "text/html").by(&admin).await;
        refused(&page, 405, "method_not_allowed");
    }

    async fn a_query_that_cannot_run_says_where_and_in_the_status_its_reader_expects(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        for (query, code) in [
            ("{ dataVersion", "invalid_query"),
            ("{ nothing }", "invalid_query"),
            ("{ topCustomers(limit: \"five\") { rows { netSales } } }", "invalid_query"),
            ("query A { dataVersion } query B { dataVersion }", "invalid_query"),
            ("mutation { deleteEverything }", "read_only"),
            ("subscription { dataVersion }", "read_only"),
        ] {
            let error = refused(&question(&house, query, &json!({})).by(&admin).await, 200, code);
            assert!(error["message"].is_string(), "{query}");
            let strict = question(&house, query, &json!({})).header("accept", "application/graphql-response+json").by(&admin).await;
            refused(&strict, 400, code);
            assert!(strict.json.get("data").is_none(), "nothing was run: {strict:?}");
            assert_eq!(strict.header("content-type"), Some("application/graphql-response+json"));
        }
        let located = question(&house, "{\n  nothing\n}", &json!({})).by(&admin).await;
        assert_eq!(located.json["errors"][0]["locations"][0], json!({"line": 2, "column": 3}));
    }

    async fn a_field_that_is_refused_leaves_the_others_standing(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        let ask = |arguments: &str| format!("{{ wrong: topCustomers({arguments}) {{ rows {{ netSales }} }} dataRange {{ to }} }}");
        for (arguments, field) in [
            ("filter: {from: \"2026-02-30\"}", "from"),
            ("filter: {from: \"2026-03-01\", to: \"2026-02-01\"}", "to"),
            ("limit: 0", "limit"),
            ("limit: 10001", "limit"),
        ] {
            let answer = question(&house, &ask(arguments), &json!({})).by(&admin).await;
            let error = refused(&answer, 200, "rejected");
            assert_eq!((&error["extensions"]["details"][0]["field"], &error["path"]), (&json!(field), &json!(["wrong"])), "{arguments}");
            assert_eq!(answer.json["data"], json!({"wrong": null, "dataRange": {"to": "2026-03-05"}}), "{arguments}");
        }
        let many = question(&house, "{ branchPerformance(limit: 1) { rows { branch } } }", &json!({})).by(&admin).await;
        refused(&many, 200, "too_many_groups");
        let other = question(&house, "{ targetAttainment(filter: {productLine: [\"Water\"]}) { rows { rep } } }", &json!({})).by(&admin).await;
        assert_eq!(refused(&other, 200, "rejected")["extensions"]["details"][0]["field"], "filters.productLine");
        let missing = question(&house, "{ client(id: \"01890a5d-ac96-774b-bcce-b302099a8057\") { name } }", &json!({})).by(&admin).await;
        refused(&missing, 200, "not_found");
        refused(&question(&house, "{ visit(id: \"x\") { day } }", &json!({})).by(&admin).await, 200, "not_found");
        let rows = "{ clients(limit: 501, filter: {light: \"blue\"}) { total } }";
        assert_eq!(refused(&question(&house, rows, &json!({})).by(&admin).await, 200, "rejected")["extensions"]["details"][0]["field"], "light");
    }

    async fn a_query_too_deep_or_too_costly_is_refused_with_its_cost(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let by = |query: String| { let (house, admin) = (&house, &admin); async move { question(house, &query, &json!({})).by(admin).await } };
        let deep = refused(&by(format!("{}a{}", "{a".repeat(20), "}".repeat(20))).await, 200, "too_deep");
        assert_eq!((&deep["extensions"]["depth"], &deep["extensions"]["limit"]), (&json!(20), &json!(16)));
        refused(&by("{".repeat(60_000)).await, 200, "too_deep");
        let costly = refused(&by("{ productPerformance(limit: 10000) { rows { product netSales units lines cost grossProfit returns customers averageLine knownNet } } }".into()).await, 200, "too_costly");
        assert_eq!((&costly["extensions"]["cost"], &costly["extensions"]["limit"]), (&json!(111_000), &json!(100_000)));
        assert!(costly["message"].as_str().unwrap().contains("111000"), "{costly}");
        let aliases: String = (0..200).map(|n| format!("a{n}: revenueSummary {{ rows {{ netSales }} }} ")).collect();
        assert_eq!(refused(&by(format!("{{ {aliases} }}")).await, 200, "too_costly")["extensions"]["cost"], 200 * 1_002);
        let variable = question(&house, "query A($n: Int!) { clients(limit: $n) { items { id name town } } }", &json!({"n": 2_000_000_000})).by(&admin).await;
        refused(&variable, 200, "too_costly");
        let spread: String = (0..30).map(|n| format!("fragment f{n} on Query {{ ...f{m} ...f{m} }} ", m = n + 1)).collect();
        refused(&by(format!("{{ ...f0 }} {spread} fragment f30 on Query {{ dataVersion }}")).await, 200, "too_costly");
        refused(&by("{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }".into()).await, 200, "invalid_query");
        let descriptions = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";
        refused(&by(descriptions.into()).await, 200, "too_costly");
    }

    async fn the_schema_describes_itself(house) {
        let viewer = house.person(Role::Viewer, "Vera").await;
        let answer = question(&house, INTROSPECTION, &json!({})).by(&viewer).await;
        let schema = &told(&answer)["__schema"];
        assert!(schema["mutationType"].is_null() && schema["subscriptionType"].is_null());
        let types = schema["types"].as_array().unwrap();
        for kind in types.iter().filter(|kind| !kind["name"].as_str().unwrap().starts_with("__") && kind["fields"].is_array()) {
            for field in kind["fields"].as_array().unwrap() {
                assert!(field["description"].as_str().is_some_and(|words| !words.is_empty()), "{}.{}", kind["name"], field["name"]);
            }
        }
        let query = types.iter().find(|kind| kind["name"] == "Query").unwrap();
        let names: Vec<&str> = query["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
        for name in [
            "monthlySalesGrowth", "targetAttainment", "productPerformance", "branchProductHeatmap", "branchPerformance", "branchGrowth",
            "salesPerformance", "productAnalytics", "revenueSummary", "customerValue", "topCustomers", "marginTrends",
            "profitabilityByDimension", "salespersonProductMix", "returnsAnalysis", "dataRange", "dataVersion", "systemHealth",
            "clients", "client", "visits", "visit", "products", "product",
        ] {
            assert!(names.contains(&name), "{name} of {names:?}");
        }
    }

    async fn without_its_database_it_says_so_and_nothing_else(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        house.backend.clone().close().await;
        let answer = question(&house, SUMMARY, &json!({})).by(&admin).await;
        let error = refused(&answer, 503, "unavailable");
        assert!(!error.to_string().to_lowercase().contains("sql"), "{error}");
    }

    async fn browsers_are_shown_the_explorer_under_a_strict_policy(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let signed = house.post("/auth/session", &json!({"email": admin.email, "password": PASSWORD})).send().await.is(200);
        let cookie = signed.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let show = || house.ask_at("GET", "/graphql").header("accept", "text/html,application/xhtml+xml");
        let page = show().header("cookie", &format!("{cookie}; theme=dark")).send().await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(page.text().contains(&admin.user) && page.text().contains("data-theme=\"dark\"") && !page.text().contains('{'), "{}", page.text());
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'self'") && policy.contains("style-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(!page.text().contains("//cdn") && !page.text().contains("https://"));
        let out = show().send().await;
        assert_eq!(out.status.as_u16(), 401);
        assert!(out.text().contains("Sign in") && !out.text().contains("explorer.js"));
        for (file, kind) in [("explorer.js", "text/javascript; charset=utf-8"), ("explorer.css", "text/css; charset=utf-8")] {
            let answer = house.ask_at("GET", &format!("/graphql/{file}")).send().await;
            assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some(kind)));
        }
        refused(&house.ask_at("GET", "/graphql").by(&Person::default()).await, 405, "method_not_allowed");
    }
}

/// As graphql-js asks, in short.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name } \
    types { ...FullType } directives { name description locations args { ...InputValue } } } } \
    fragment FullType on __Type { kind name description fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } \
    isDeprecated deprecationReason } inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description \
    isDeprecated deprecationReason } possibleTypes { ...TypeRef } } \
    fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue } \
    fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name \
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";
