//! Who sees and changes what: a rep their own, a manager the team, a viewer nothing but looks.

use domain::people::Role;
use serde_json::json;

both_engines! {
    async fn a_rep_neither_sees_nor_changes_another_reps_records(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        let client = house.client(&achieng, "Mutua Hardware").await;
        let contact = house.post("/contacts", &json!({"clientId": client, "name": "Joyce"})).by(&achieng).await.is(201).id();
        let visit = house.post("/visits", &json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})).by(&achieng).await.is(201).id();
        for path in [format!("/clients/{client}"), format!("/clients/{client}/card"), format!("/contacts/{contact}"), format!("/visits/{visit}")] {
            house.get(&path).by(&achieng).await.is(200);
            house.get(&path).by(&brian).await.fails(404, "not_found");
        }
        let since = "updatedSince=2000-01-01T00:00:00Z";
        for path in ["/clients", "/visits", "/contacts?", &format!("/contacts?clientId={client}"), &format!("/clients?{since}"), &format!("/visits?{since}"), &format!("/visits?client={client}")] {
            assert_eq!(house.get(path).by(&brian).await.is(200).each("id"), [""; 0], "{path}");
        }
        for (method, path, body) in [
            ("PATCH", format!("/clients/{client}"), json!({"name": "Mine"})),
            ("DELETE", format!("/clients/{client}"), json!({})),
            ("POST", format!("/clients/{client}/restoration"), json!({})),
            ("PATCH", format!("/contacts/{contact}"), json!({"name": "Mine"})),
            ("DELETE", format!("/contacts/{contact}"), json!({})),
            ("PATCH", format!("/visits/{visit}"), json!({"notes": "Mine"})),
            ("POST", format!("/visits/{visit}/cancellation"), json!({})),
            ("POST", format!("/visits/{visit}/promise"), json!({"kept": true})),
            ("POST", "/visits".into(), json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})),
            ("POST", "/contacts".into(), json!({"clientId": client, "name": "Mine"})),
        ] {
            house.ask(method, &path).json(&body).by(&brian).await.fails(404, "not_found");
        }
        assert_eq!(house.get("/overview").by(&brian).await.is(200).data()["next"], json!([]));
    }

    async fn another_systems_id_is_no_way_around_the_scope(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        let theirs = house.put("/clients/by-external/erp/7", &json!({"name": "Mutua Hardware"})).by(&achieng).await.is(201);
        house.put("/clients/by-external/erp/7", &json!({"name": "Mine"})).by(&brian).await.fails(404, "not_found");
        let person = json!({"clientId": theirs.id(), "name": "Joyce"});
        house.put("/contacts/by-external/erp/P7", &person).by(&achieng).await.is(201);
        house.put("/contacts/by-external/erp/P7", &person).by(&brian).await.fails(404, "not_found");
        house.put("/contacts/by-external/erp/P8", &person).by(&brian).await.fails(404, "not_found");
        assert_eq!(house.get(&format!("/clients/{}", theirs.id())).by(&achieng).await.is(200).data()["name"], "Mutua Hardware");
    }

    async fn a_duplicate_outside_ones_scope_shows_name_town_and_owner_only(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        house.post("/clients", &json!({"name": "Mutua Hardware", "town": "Thika", "phone": "0722 100 318"})).by(&achieng).await.is(201);
        let found = house.get("/clients/duplicates?name=Mutua%20Hardware").by(&brian).await.is(200);
        let twin = &found.data()["items"][0];
        assert_eq!((&twin["name"], &twin["town"], &twin["repName"], &twin["inScope"]), (&json!("Mutua Hardware"), &json!("Thika"), &json!("Achieng"), &json!(false)));
        let keys: Vec<_> = twin.as_object().expect("a twin is an object").keys().map(String::as_str).collect();
        assert_eq!(keys, ["id", "inScope", "name", "repName", "town"], "nothing else of somebody else's client");
    }

    async fn a_viewer_reads_everything_and_changes_nothing(house) {
        let (achieng, viewer) = (house.rep("Achieng").await, house.person(Role::Viewer, "Vera").await);
        let client = house.client(&achieng, "Mutua Hardware").await;
        let visit = house.post("/visits", &json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})).by(&achieng).await.is(201).id();
        house.get(&format!("/clients/{client}")).by(&viewer).await.is(200);
        house.get(&format!("/visits/{visit}")).by(&viewer).await.is(200);
        for (method, path, body) in [
            ("POST", "/clients".to_owned(), json!({"name": "M"})),
            ("POST", "/prospects".to_owned(), json!({"name": "M"})),
            ("PATCH", format!("/clients/{client}"), json!({"name": "M"})),
            ("DELETE", format!("/clients/{client}"), json!({})),
            ("PUT", "/clients/by-external/erp/7".to_owned(), json!({"name": "M"})),
            ("POST", "/contacts".to_owned(), json!({"clientId": client, "name": "M"})),
            ("POST", "/visits".to_owned(), json!({"clientId": client, "startedAt": "2026-01-05T08:00:00Z"})),
            ("PATCH", format!("/visits/{visit}"), json!({"notes": "M"})),
            ("POST", "/clients/reassignment".to_owned(), json!({"ids": [client], "repId": achieng.rep})),
        ] {
            house.ask(method, &path).json(&body).by(&viewer).await.fails(403, "forbidden");
        }
    }

    async fn a_manager_sees_and_edits_the_team(house) {
        let (achieng, manager) = (house.rep("Achieng").await, house.person(Role::Manager, "Muthoni").await);
        let client = house.client(&achieng, "Mutua Hardware").await;
        assert_eq!(house.get(&format!("/clients?rep={}", achieng.rep)).by(&manager).await.is(200).each("id"), [client.as_str()]);
        house.patch(&format!("/clients/{client}"), &json!({"tier": "A"})).by(&manager).await.is(200);
    }
}
