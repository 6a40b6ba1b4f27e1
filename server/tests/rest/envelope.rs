//! What every answer wears, whatever was asked.

use serde_json::json;

use crate::house::Person;

both_engines! {
    async fn an_unknown_address_and_a_wrong_method_answer_in_the_envelope(house) {
        house.get("/nothing").send().await.fails(404, "not_found");
        house.ask_at("GET", "/api/nothing").send().await.fails(404, "not_found");
        let answer = house.delete("/overview").send().await.fails(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), Some("GET,HEAD"));
    }

    async fn a_sound_request_id_comes_back_and_an_unsound_one_does_not(house) {
        let answer = house.get("/overview").header("x-request-id", "phone-7.1").send().await.is(401);
        assert_eq!(answer.header("x-request-id"), Some("phone-7.1"));
        let answer = house.get("/overview").header("x-request-id", "a b").send().await.is(401);
        assert_ne!(answer.header("x-request-id"), Some("a b"));
    }

    async fn answers_are_not_stored_not_sniffed_not_framed(house) {
        let answer = house.get("/overview").send().await.is(401);
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
        assert!(answer.header("permissions-policy").unwrap().contains("geolocation=(self)"));
    }

    async fn the_probes_answer(house) {
        let answer = house.ask_at("GET", "/health").send().await;
        assert_eq!((answer.status.as_u16(), &answer.json["status"]), (200, &json!("ok")));
        let answer = house.ask_at("GET", "/ready").send().await;
        assert_eq!((answer.status.as_u16(), &answer.json["status"]), (200, &json!("ready")));
    }

    async fn without_its_database_the_server_says_so_and_names_no_internals(house) {
        let rep = house.rep("Achieng").await;
        house.backend.clone().close().await;
        let answer = house.ask_at("GET", "/ready").send().await;
        assert_eq!((answer.status.as_u16(), &answer.json["status"]), (503, &json!("not ready")));
        let answer = house.get("/overview").by(&rep).await.fails(503, "unavailable");
        assert!(!answer.json.to_string().to_lowercase().contains("sql"), "{answer:?}");
    }

    async fn every_address_asks_who_you_are(house) {
        for (method, path) in [
            ("GET", "/overview"), ("GET", "/clients"), ("POST", "/clients"), ("GET", "/prospects"), ("GET", "/contacts"), ("GET", "/visits"),
            ("POST", "/visits"), ("POST", "/sync/push"), ("GET", "/sync/pull"), ("GET", "/sync/receipts"), ("GET", "/auth/session"), ("DELETE", "/auth/session"),
            ("PATCH", "/clients/01890a5d-ac96-774b-bcce-b302099a8057"), ("POST", "/clients/reassignment"),
        ] {
            let answer = house.ask(method, path).json(&json!({})).by(&Person::default()).await;
            assert_eq!((answer.status.as_u16(), &answer.json["error"]["code"]), (401, &json!("session_expired")), "{method} {path}");
        }
    }
}
