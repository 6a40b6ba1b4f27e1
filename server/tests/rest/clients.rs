//! Clients and prospects.

use domain::people::Role;
use serde_json::json;

both_engines! {
    async fn a_client_is_made_read_edited_archived_and_brought_back(house) {
        let rep = house.rep("Achieng").await;
        let body = json!({"name": " Mutua Hardware ", "town": "Thika", "tags": ["b", "a"], "position": {"lat": -1.03, "lon": 37.07}, "cadenceDays": 21});
        let made = house.post("/clients", &body).by(&rep).await.is(201);
        assert_eq!(made.data()["name"], "Mutua Hardware");
        assert_eq!(made.data()["stage"], "client");
        assert_eq!(made.data()["tags"], json!(["a", "b"]));
        assert_eq!(made.data()["repId"], rep.rep.as_str());
        let path = format!("/clients/{}", made.id());
        let read = house.get(&path).by(&rep).await.is(200);
        assert_eq!(read.data(), made.data());
        assert_eq!(read.header("etag"), made.header("etag"));
        let edited = house.patch(&path, &json!({"town": null, "phone": "+254 722 100 318"})).by(&rep).await.is(200);
        assert_eq!((&edited.data()["town"], &edited.data()["phone"]), (&json!(null), &json!("+254 722 100 318")));
        assert_eq!(edited.data()["name"], "Mutua Hardware");
        let archived = house.delete(&path).by(&rep).await.is(200);
        assert!(archived.data()["archivedAt"].is_string());
        assert_eq!(house.get("/clients").by(&rep).await.is(200).each("name"), [""; 0]);
        assert_eq!(house.get("/clients?archived=true").by(&rep).await.is(200).each("name"), ["Mutua Hardware"]);
        let restored = house.ask("POST", &format!("{path}/restoration")).by(&rep).await.is(200);
        assert!(restored.data()["archivedAt"].is_null());
    }

    async fn a_prospect_keeps_its_id_when_it_becomes_a_client(house) {
        let rep = house.rep("Achieng").await;
        let id = house.post("/prospects", &json!({"name": "Jambo Tractors"})).by(&rep).await.is(201).id();
        assert_eq!(house.get("/clients").by(&rep).await.is(200).each("id"), [""; 0]);
        let converted = house.ask("POST", &format!("/prospects/{id}/conversion")).by(&rep).await.is(200);
        assert_eq!((converted.id(), &converted.data()["stage"]), (id.clone(), &json!("client")));
        assert_eq!(house.get("/clients").by(&rep).await.is(200).each("id"), [id.as_str()]);
        house.ask("POST", &format!("/prospects/{id}/conversion")).by(&rep).await.rejects("stage", "already_client");
    }

    async fn a_list_is_searched_filtered_ordered_and_paged(house) {
        let rep = house.rep("Achieng").await;
        for (name, town) in [("Café Écluse", "Nakuru"), ("Baraka Spares", "Thika"), ("Tumaini Estate", "Thika")] {
            house.post("/clients", &json!({"name": name, "town": town, "segment": "farm", "tags": ["key"]})).by(&rep).await.is(201);
        }
        let names = async |query: &str| house.get(&format!("/clients?{query}")).by(&rep).await.is(200).each("name");
        assert_eq!(names("sort=name").await, ["Baraka Spares", "Café Écluse", "Tumaini Estate"]);
        assert_eq!(names("text=cafe").await, ["Café Écluse"]);
        assert_eq!(names("town=Thika&sort=name").await, ["Baraka Spares", "Tumaini Estate"]);
        assert_eq!(names("tag=key&segment=farm&light=grey&text=tum").await, ["Tumaini Estate"]);
        assert_eq!(names("light=red").await, [""; 0]);
        let first = house.get("/clients?sort=name&limit=2").by(&rep).await.is(200);
        assert_eq!((&first.data()["total"], &first.data()["counts"]["grey"]), (&json!(3), &json!(3)));
        let next = first.data()["nextCursor"].as_str().unwrap();
        let second = house.get(&format!("/clients?sort=name&limit=2&cursor={next}")).by(&rep).await.is(200);
        assert_eq!((second.each("name"), &second.data()["nextCursor"]), (vec!["Tumaini Estate".to_owned()], &json!(null)));
    }

    async fn what_changed_since_comes_in_order_and_in_pages_until_nothing_is_left(house) {
        let rep = house.rep("Achieng").await;
        let mut made = Vec::new();
        for n in 0..5 {
            made.push(house.client(&rep, &format!("Client {n}")).await);
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = house.get(&format!("/clients?updatedSince=2000-01-01T00:00:00Z&limit=2{cursor}")).by(&rep).await.is(200);
            seen.extend(page.each("id"));
            let Some(next) = page.data()["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, made);
        assert_eq!(house.get("/clients?updatedSince=2999-01-01T00:00:00Z").by(&rep).await.is(200).each("id"), [""; 0]);
    }

    async fn an_edit_of_an_old_version_is_refused_and_the_row_stays(house) {
        let rep = house.rep("Achieng").await;
        let path = format!("/clients/{}", house.client(&rep, "Mutua Hardware").await);
        let tag = house.get(&path).by(&rep).await.is(200).header("etag").unwrap().to_owned();
        let edited = house.patch(&path, &json!({"town": "Thika"})).header("if-match", &tag).by(&rep).await.is(200);
        assert_ne!(edited.header("etag"), Some(tag.as_str()));
        house.patch(&path, &json!({"town": "Nakuru"})).header("if-match", &tag).by(&rep).await.fails(412, "version_conflict");
        assert_eq!(house.get(&path).by(&rep).await.is(200).data()["town"], "Thika");
        house.patch(&path, &json!({"town": "Nakuru"})).header("if-match", "*").by(&rep).await.is(200);
    }

    async fn another_systems_record_is_made_once_and_edited_after(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        for (kind, external_id) in [("clients", "C/7"), ("prospects", "P 8")] {
            let path = format!("/{kind}/by-external/erp/{}", external_id.replace('/', "%2F").replace(' ', "%20"));
            let made = house.put(&path, &json!({"name": "Mutua Hardware"})).by(&admin).await.is(201);
            assert_eq!((&made.data()["source"], &made.data()["externalId"]), (&json!("erp"), &json!(external_id)));
            let again = house.put(&path, &json!({"town": "Thika"})).by(&admin).await.is(200);
            assert_eq!((again.id(), &again.data()["town"]), (made.id(), &json!("Thika")));
        }
    }

    async fn a_card_a_facet_list_and_a_duplicate_warning_are_answered(house) {
        let rep = house.rep("Achieng").await;
        let id = house.post("/clients", &json!({"name": "Mutua Hardware", "town": "Thika", "segment": "shop", "tags": ["key"]})).by(&rep).await.is(201).id();
        house.post("/contacts", &json!({"clientId": id, "name": "Joyce"})).by(&rep).await.is(201);
        let card = house.get(&format!("/clients/{id}/card")).by(&rep).await.is(200);
        assert_eq!((&card.data()["client"]["name"], &card.data()["contacts"][0]["name"]), (&json!("Mutua Hardware"), &json!("Joyce")));
        let facets = house.get("/clients/facets").by(&rep).await.is(200);
        assert_eq!(facets.data(), &json!({"segments": ["shop"], "tags": ["key"], "towns": ["Thika"]}));
        let twins = house.get("/clients/duplicates?name=Mutua%20Hardware%20Ltd&town=Thika").by(&rep).await.is(200);
        assert_eq!(twins.each("id"), [id]);
    }

    async fn a_manager_gives_clients_to_another_rep(house) {
        let (achieng, brian) = (house.rep("Achieng").await, house.rep("Brian").await);
        let manager = house.person(Role::Manager, "Muthoni").await;
        let ids = [house.client(&achieng, "One").await, house.client(&achieng, "Two").await];
        let moved = house.post("/clients/reassignment", &json!({"ids": ids, "repId": brian.rep})).by(&manager).await.is(200);
        assert_eq!(moved.data()["clients"], 2);
        assert_eq!(house.get("/clients").by(&achieng).await.is(200).each("id"), [""; 0]);
        assert_eq!(house.get("/clients?sort=name").by(&brian).await.is(200).each("name"), ["One", "Two"]);
        house.post("/clients/reassignment", &json!({"ids": ids, "repId": achieng.user})).by(&manager).await.rejects("repId", "unknown");
        house.post("/clients/reassignment", &json!({"ids": ids, "repId": achieng.rep})).by(&brian).await.fails(403, "forbidden");
    }

    async fn the_overview_says_what_is_next(house) {
        let rep = house.rep("Achieng").await;
        let id = house.client(&rep, "Mutua Hardware").await;
        house.post("/visits", &json!({"clientId": id, "startedAt": "2020-01-05T08:00:00Z"})).by(&rep).await.is(201);
        let today = house.get("/overview").by(&rep).await.is(200);
        assert_eq!((&today.data()["next"][0]["client"]["name"], &today.data()["counts"]["overdue"]), (&json!("Mutua Hardware"), &json!(1)));
    }
}
