//! Diagnostics and metrics: for whom they are, and that they say what happened.

use std::time::Duration;

use backend::import::{self, Input, Kind, Options};
use domain::people::Role;
use serde_json::json;

use crate::house::{House, METRICS_TOKEN, Person};

const ROWS: &str = "date,branch,salesperson,customer,gross_revenue,document_no\n2026-02-03,North,Ann,C1,10.00,A1\n2026-03-04,South,Ben,C2,20.00,A2\nnever,South,Ben,C2,1.00,A3\n";

async fn company(house: &House) {
    import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", ROWS.as_bytes()), None, Options::default()).await.unwrap();
}

/// A manager of the branch North.
async fn of_north(house: &House) -> Person {
    let nora = house.person(Role::Manager, "Nora").await;
    let branch = house.backend.company().await.unwrap().branches.iter().find(|branch| branch.name == "North").map(|branch| branch.id);
    backend::people::place_user(&house.backend, &nora.email, Role::Manager, None, branch).await.unwrap();
    house.sign_in(&nora.email).await
}

both_engines! {
    async fn administrators_and_managers_see_how_the_parts_are_and_nobody_else(house) {
        company(&house).await;
        backend::kpis::warm(&house.backend).await.unwrap();
        let manager = house.person(Role::Manager, "Mary").await;
        let told = house.get("/diagnostics").by(&manager).await.is(200);
        let part = |code: &str| told.data()["parts"].as_array().unwrap().iter().find(|part| part["code"] == code).unwrap()["state"].clone();
        assert_eq!((part("database"), part("figures"), part("refresh")), (json!("up"), json!("up"), json!("off")));
        assert_eq!(told.data()["days"], json!(["2026-02-03", "2026-03-04"]));
        assert_eq!(told.data()["cube"]["lines"], 2);
        assert_eq!(told.data()["imports"][0]["report"]["rejected"], 1);
        assert!(["SQLite", "PostgreSQL"].contains(&told.data()["engine"]["name"].as_str().unwrap()));
        assert!(told.data()["engine"]["migration"].as_i64().unwrap() > 0);
        let groups = told.data()["process"]["groups"].as_array().unwrap();
        let auth = groups.iter().find(|group| group["name"] == "API: auth").unwrap();
        assert!(auth["sinceStart"]["count"].as_u64().unwrap() >= 2 && auth["recent"]["p99Us"].as_u64().unwrap() > 0);
        for (role, name) in [(Role::Viewer, "Vera"), (Role::SalesRep, "Ann")] {
            let other = house.person(role, name).await;
            house.get("/diagnostics").by(&other).await.fails(403, "forbidden");
            house.ask("POST", "/diagnostics/proof").by(&other).await.fails(403, "forbidden");
        }
        house.get("/diagnostics").send().await.fails(401, "session_expired");
    }

    async fn a_manager_of_a_branch_is_not_told_how_much_others_sell(house) {
        company(&house).await;
        backend::kpis::warm(&house.backend).await.unwrap();
        let admin = house.person(Role::Admin, "Ada").await;
        house.ask("POST", "/kpis/verification").by(&admin).await.is(200);
        let manager = of_north(&house).await;
        let told = house.get("/diagnostics").by(&manager).await.is(200);
        assert_eq!((&told.data()["cube"], &told.data()["mayProve"]), (&json!(null), &json!(false)));
        assert_eq!(told.data()["days"], json!(["2026-02-03", "2026-02-03"]), "of own sales");
        let mut proof = house.ask("POST", "/diagnostics/proof").by(&admin).await.is(202).data().clone();
        for _ in 0..400 {
            if proof["state"] != "running" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
            proof = house.get("/diagnostics").by(&manager).await.is(200).data()["proof"].clone();
        }
        assert_eq!((&proof["state"], &proof["equal"], &proof["proof"]), (&json!("told"), &json!(true), &json!(null)), "{proof}");
    }

    async fn a_proof_runs_in_the_background_and_its_outcome_stays(house) {
        company(&house).await;
        let manager = house.person(Role::Manager, "Mary").await;
        assert_eq!(house.get("/diagnostics").by(&manager).await.is(200).data()["proof"], json!(null));
        let begun = house.ask("POST", "/diagnostics/proof").by(&manager).await.is(202);
        assert!(["running", "done"].contains(&begun.data()["state"].as_str().unwrap()), "{begun:?}");
        let mut proof = json!(null);
        for _ in 0..400 {
            proof = house.get("/diagnostics").by(&manager).await.is(200).data()["proof"].clone();
            if proof["state"] == "done" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        assert_eq!((&proof["state"], &proof["proof"]["differs"], &proof["proof"]["lines"]), (&json!("done"), &json!([]), &json!(2)), "{proof}");
        let later = house.beside().await;
        assert!(matches!(backend::kpis::proving(&later).await.unwrap(), Some(backend::kpis::Proving::Done { .. })), "the next process knows it");
    }

    async fn metrics_are_for_this_machine_or_for_the_token(house) {
        company(&house).await;
        backend::kpis::warm(&house.backend).await.unwrap();
        house.get("/clients").send().await.fails(401, "session_expired");
        let ask = || house.ask_at("GET", "/metrics");
        for refused in [
            ask(),
            ask().from("10.0.0.7:4711"),
            ask().from("127.0.0.1:4711").header("x-forwarded-for", "127.0.0.1"),
            ask().from("127.0.0.1:4711").header("forwarded", "for=10.0.0.7"),
            ask().from("10.0.0.7:4711").header("authorization", "Bearer something-else"),
        ] {
            let answer = refused.send().await;
            assert_eq!(answer.status.as_u16(), 403, "{answer:?}");
            assert!(!answer.text().contains("fieldlight_"));
        }
        let token = format!("Bearer {METRICS_TOKEN}");
        assert_eq!(ask().from("10.0.0.7:4711").header("authorization", &token).send().await.status.as_u16(), 200);
        let answer = ask().from("127.0.0.1:4711").send().await;
        assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
        for line in [
            "fieldlight_http_request_duration_seconds_count{route=\"/api/v1/clients\",method=\"GET\",status=\"4xx\"} 1",
            "fieldlight_cube_lines 2",
            "fieldlight_imports_total{outcome=\"done\"} 1",
            "fieldlight_import_rows_rejected_total 1",
            "fieldlight_part_up{part=\"database\"} 1",
            "fieldlight_live_streams 0",
        ] {
            assert!(answer.text().lines().any(|one| one == line), "{line}\n{}", answer.text());
        }
        assert!(answer.text().contains("process_start_time_seconds "));
    }

    async fn unknown_addresses_are_one_label(house) {
        for n in 0..10_000 {
            house.ask_at("GET", &format!("/api/nothing/{n}")).send().await;
        }
        let answer = house.ask_at("GET", "/metrics").from("127.0.0.1:1").send().await;
        let series = answer.text().lines().filter(|line| line.starts_with("fieldlight_http_request_duration_seconds_count{")).count();
        assert!(series <= 3, "{series}");
        assert!(!answer.text().contains("nothing/"));
    }

    async fn health_tells_outsiders_nothing_of_the_parts(house) {
        let outside = house.ask_at("GET", "/health").from("10.0.0.7:4711").send().await;
        assert_eq!((outside.status.as_u16(), &outside.json["parts"]), (200, &json!(null)));
        let inside = house.ask_at("GET", "/health").from("127.0.0.1:4711").send().await;
        assert_eq!(inside.json["parts"][0]["code"], "database");
    }
}
