//! Bad input gets words that name the field and say what to write.

use serde_json::json;

both_engines! {
    async fn a_body_that_is_no_json_object_is_refused_by_kind(house) {
        let rep = house.rep("Achieng").await;
        let text = "application/json";
        house.ask("POST", "/clients").body("name=x").header("content-type", "text/plain").by(&rep).await.fails(415, "unsupported_media_type");
        house.ask("POST", "/clients").body("{}").by(&rep).await.fails(415, "unsupported_media_type");
        for body in ["{", "[]", "\"x\"", "", "{\"name\": }", "{\"name\": \"\u{0}\"}"] {
            house.ask("POST", "/clients").body(body).header("content-type", text).by(&rep).await.fails(400, "invalid_json");
        }
        let large = format!("{{\"name\": \"{}\"}}", "x".repeat(3 * 1024 * 1024));
        house.ask("POST", "/clients").body(large).header("content-type", text).by(&rep).await.fails(413, "too_large");
    }

    async fn each_wrong_field_is_named_with_what_to_write(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let visit = |more: serde_json::Value| {
            let mut body = json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        for (path, body, field, code) in [
            ("/clients", json!({}), "name", "required"),
            ("/clients", json!({"name": "  "}), "name", "required"),
            ("/clients", json!({"name": 7}), "name", "invalid"),
            ("/clients", json!({"name": "x".repeat(121)}), "name", "too_long"),
            ("/clients", json!({"nmae": "Mutua"}), "nmae", "unknown_field"),
            ("/clients", json!({"name": "M", "stage": "prospect"}), "stage", "invalid"),
            ("/clients", json!({"name": "M", "id": "7"}), "id", "invalid"),
            ("/clients", json!({"name": "M", "email": "nobody"}), "email", "not_an_email"),
            ("/clients", json!({"name": "M", "phone": "call me"}), "phone", "not_a_phone"),
            ("/clients", json!({"name": "M", "tier": "Z"}), "tier", "unknown"),
            ("/clients", json!({"name": "M", "tags": "a,b"}), "tags", "invalid"),
            ("/clients", json!({"name": "M", "cadenceDays": 0}), "cadenceDays", "out_of_range"),
            ("/clients", json!({"name": "M", "cadenceDays": "30"}), "cadenceDays", "invalid"),
            ("/clients", json!({"name": "M", "cadenceDays": 70000}), "cadenceDays", "invalid"),
            ("/clients", json!({"name": "M", "position": {"lat": 91, "lon": 0}}), "position", "invalid"),
            ("/clients", json!({"name": "M", "position": {"lat": 0, "lon": 0}}), "position", "invalid"),
            ("/clients", json!({"name": "M", "status": "gone"}), "status", "invalid"),
            ("/contacts", json!({"name": "Joyce"}), "clientId", "required"),
            ("/contacts", json!({"clientId": client, "name": ""}), "name", "required"),
            ("/visits", json!({"clientId": client}), "startedAt", "required"),
            ("/visits", visit(json!({"plannedAt": "2026-01-05T08:00:00Z"})), "startedAt", "required"),
            ("/visits", visit(json!({"startedAt": "5 January"})), "startedAt", "invalid"),
            ("/visits", visit(json!({"startedAt": "2999-01-05T08:00:00Z"})), "startedAt", "in_future"),
            ("/visits", visit(json!({"endedAt": "2026-01-05T07:00:00Z"})), "endedAt", "before_start"),
            ("/visits", visit(json!({"type": "party"})), "type", "unknown"),
            ("/visits", visit(json!({"nextStepOn": "05.01.2026"})), "nextStepOn", "invalid"),
            ("/visits", visit(json!({"notes": "x".repeat(4001)})), "notes", "too_long"),
            ("/visits", json!({"clientId": client, "plannedAt": "2001-01-05T08:00:00Z"}), "plannedAt", "in_past"),
            ("/auth/token", json!({"email": "x"}), "password", "required"),
        ] {
            house.post(path, &body).by(&rep).await.rejects(field, code);
        }
    }

    async fn all_that_is_wrong_is_said_at_once(house) {
        let rep = house.rep("Achieng").await;
        let answer = house.post("/clients", &json!({"name": "", "email": "x", "phone": "1"})).by(&rep).await.rejects("name", "required");
        assert_eq!(answer.json["error"]["details"].as_array().unwrap().len(), 3);
        assert_eq!(answer.json["error"]["details"][0]["message"], "Enter a name.");
    }

    async fn a_wrong_query_is_named_like_a_wrong_body(house) {
        let rep = house.rep("Achieng").await;
        for (path, field, code) in [
            ("/clients?light=blue", "light", "invalid"),
            ("/clients?limit=0", "limit", "out_of_range"),
            ("/clients?limit=many", "limit", "invalid"),
            ("/clients?limit=501", "limit", "out_of_range"),
            ("/clients?colour=red", "colour", "unknown_field"),
            ("/clients?cursor=x", "cursor", "invalid"),
            ("/clients?updatedSince=yesterday", "updatedSince", "invalid"),
            ("/clients?text=a&text=b", "text", "twice"),
            ("/clients/duplicates", "name", "required"),
            ("/visits?from=5", "from", "invalid"),
            ("/visits?status=done", "status", "invalid"),
            ("/visits?rep=me", "rep", "invalid"),
            ("/sync/pull", "device", "required"),
            ("/sync/receipts?day=today", "day", "invalid"),
        ] {
            house.get(path).by(&rep).await.rejects(field, code);
        }
    }

    async fn an_address_without_a_record_is_not_found(house) {
        let rep = house.rep("Achieng").await;
        for path in ["/clients/7", "/clients/01890a5d-ac96-774b-bcce-b302099a8057", "/contacts/x", "/visits/01890a5d-ac96-774b-bcce-b302099a8057"] {
            house.get(path).by(&rep).await.fails(404, "not_found");
        }
    }

    async fn unsound_headers_are_explained(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let path = format!("/clients/{client}");
        house.patch(&path, &json!({"town": "Thika"})).header("if-match", "seven").by(&rep).await.fails(400, "invalid_if_match");
        let long = "k".repeat(201);
        house.post("/clients", &json!({"name": "M"})).header("idempotency-key", &long).by(&rep).await.fails(400, "invalid_idempotency_key");
    }
}
