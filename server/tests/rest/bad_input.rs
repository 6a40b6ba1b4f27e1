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

    async fn the_character_no_database_keeps_is_refused_everywhere(house) {
        let rep = house.rep("Achieng").await;
        house.post("/auth/token", &json!({"email": "a\0b@example.com", "password": "p"})).send().await.fails(422, "rejected");
        for path in ["/clients?segment=%00", "/clients?town=a%00", "/clients?tag=%00"] {
            house.get(path).by(&rep).await.fails(422, "rejected");
        }
        house.put("/clients/by-external/erp/a%00b", &json!({"name": "A"})).by(&rep).await.fails(422, "rejected");
        house.put("/contacts/by-external/e%00rp/a", &json!({"clientId": rep.user, "name": "A"})).by(&rep).await.fails(422, "rejected");
        house.post("/clients", &json!({"name": "A\0"})).by(&rep).await.fails(422, "rejected");
    }

    async fn an_identity_elsewhere_is_whole_and_of_a_length_that_can_be_found_again(house) {
        let rep = house.rep("Achieng").await;
        for (source, id) in [(json!("erp"), json!(null)), (json!(null), json!("7")), (json!("erp"), json!(" ")), (json!("erp"), json!("7".repeat(6_000)))] {
            house.post("/clients", &json!({"name": "A", "source": source, "externalId": id})).by(&rep).await.fails(422, "rejected");
        }
        house.put(&format!("/clients/by-external/erp/{}", "9".repeat(400)), &json!({"name": "A"})).by(&rep).await.fails(422, "rejected");
        house.put("/clients/by-external/erp/7", &json!({"name": "A"})).by(&rep).await.is(201);
    }

    async fn dates_nobody_means_and_filters_beside_changes_are_refused(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let visit = |more: serde_json::Value| {
            let mut body = json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            house.post("/visits", &body)
        };
        visit(json!({"startedAt": "0001-01-01T08:00:00Z"})).by(&rep).await.fails(422, "rejected");
        visit(json!({"nextStep": "Call", "nextStepOn": "9999-12-31"})).by(&rep).await.fails(422, "rejected");
        visit(json!({})).by(&rep).await.is(201);
        house.get(&format!("/visits?updatedSince=2000-01-01T00:00:00Z&client={client}")).by(&rep).await.fails(422, "rejected");
        house.get("/clients?updatedSince=2000-01-01T00:00:00Z&light=red").by(&rep).await.fails(422, "rejected");
        house.get("/visits?updatedSince=2000-01-01T00:00:00Z&limit=5").by(&rep).await.is(200);
    }
}
