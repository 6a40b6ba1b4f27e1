//! The same key writes once and answers as the first time.

use serde_json::json;

both_engines! {
    async fn a_repeated_key_answers_with_the_first_record(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        for (path, body) in [
            ("/clients", json!({"name": "Twice"})),
            ("/contacts", json!({"clientId": client, "name": "Joyce"})),
            ("/visits", json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})),
        ] {
            let key = format!("key of {path}");
            let first = house.post(path, &body).header("idempotency-key", &key).by(&rep).await.is(201);
            let again = house.post(path, &body).header("idempotency-key", &key).by(&rep).await.is(201);
            assert_eq!(again.data(), first.data(), "{path}");
            let other = house.post(path, &body).header("idempotency-key", &format!("another {path}")).by(&rep).await;
            assert_ne!(other.data()["id"], first.data()["id"], "{path}");
        }
        assert_eq!(house.get("/visits").by(&rep).await.is(200).data()["total"], 2);
    }

    async fn two_peoples_equal_keys_are_two_keys(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        let one = house.post("/clients", &json!({"name": "One"})).header("idempotency-key", "1").by(&achieng).await.is(201);
        let two = house.post("/clients", &json!({"name": "Two"})).header("idempotency-key", "1").by(&brian).await.is(201);
        assert_ne!(one.id(), two.id());
    }

    async fn a_key_used_for_something_else_is_refused(house) {
        let rep = house.rep("Achieng").await;
        let client = house.post("/clients", &json!({"name": "One"})).header("idempotency-key", "1").by(&rep).await.is(201).id();
        house.post("/contacts", &json!({"clientId": client, "name": "Joyce"})).header("idempotency-key", "1").by(&rep).await.rejects("", "key_reused");
    }

    async fn an_id_that_exists_is_refused_under_another_key(house) {
        let rep = house.rep("Achieng").await;
        let id = house.client(&rep, "Mutua Hardware").await;
        house.post("/clients", &json!({"id": id, "name": "Other"})).by(&rep).await.rejects("id", "exists");
    }

    async fn many_at_once_with_one_key_write_one_visit(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let body = json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"});
        let ask = || async { house.post("/visits", &body).header("idempotency-key", "1").by(&rep).await.is(201).id() };
        let (a, b, c, d, e, f) = tokio::join!(ask(), ask(), ask(), ask(), ask(), ask());
        assert!([&b, &c, &d, &e, &f].iter().all(|id| **id == a));
        assert_eq!(house.get("/visits").by(&rep).await.is(200).data()["total"], 1);
    }

    async fn a_key_that_comes_with_another_request_is_refused_and_nothing_is_dropped_in_silence(house) {
        let rep = house.rep("Achieng").await;
        let made = house.post("/clients", &json!({"name": "Idem One"})).header("idempotency-key", "k").by(&rep).await.is(201);
        let with_key = |path: &str, body: serde_json::Value| house.post(path, &body).header("idempotency-key", "k");
        with_key("/clients", json!({"name": "Idem Two"})).by(&rep).await.fails(422, "rejected");
        with_key("/prospects", json!({"name": "Idem One"})).by(&rep).await.fails(422, "rejected");
        let edit = house.patch(&format!("/clients/{}", made.id()), &json!({"notes": "x"})).header("idempotency-key", "k");
        edit.by(&rep).await.fails(422, "rejected");
        assert_eq!(with_key("/clients", json!({"name": "Idem One"})).by(&rep).await.is(201).id(), made.id());
        assert_eq!(house.get("/clients").by(&rep).await.is(200).data()["total"], 1);
    }
}
