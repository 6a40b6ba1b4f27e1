//! People at clients.

use serde_json::json;

both_engines! {
    async fn a_contact_is_made_listed_edited_archived_and_brought_back(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let made = house.post("/contacts", &json!({"clientId": client, "name": "Joyce", "position": "Owner", "email": "joyce@mutua.co.ke"})).by(&rep).await.is(201);
        let path = format!("/contacts/{}", made.id());
        assert_eq!(house.get(&path).by(&rep).await.is(200).data(), made.data());
        assert_eq!(house.get(&format!("/contacts?clientId={client}")).by(&rep).await.is(200).each("name"), ["Joyce"]);
        assert_eq!(house.get("/contacts?updatedSince=2000-01-01T00:00:00Z").by(&rep).await.is(200).each("name"), ["Joyce"]);
        let tag = made.header("etag").unwrap();
        let edited = house.patch(&path, &json!({"position": null, "phone": "0722 100 318"})).header("if-match", tag).by(&rep).await.is(200);
        assert_eq!((&edited.data()["position"], &edited.data()["phone"]), (&json!(null), &json!("0722 100 318")));
        house.patch(&path, &json!({"name": "J"})).header("if-match", tag).by(&rep).await.fails(412, "version_conflict");
        house.patch(&path, &json!({"email": "joyce"})).by(&rep).await.rejects("email", "not_an_email");
        assert!(house.delete(&path).by(&rep).await.is(200).data()["archivedAt"].is_string());
        assert!(house.ask("POST", &format!("{path}/restoration")).by(&rep).await.is(200).data()["archivedAt"].is_null());
    }

    async fn another_systems_contact_is_made_once_and_edited_after(house) {
        let rep = house.rep("Achieng").await;
        let client = house.client(&rep, "Mutua Hardware").await;
        let made = house.put("/contacts/by-external/erp/P7", &json!({"clientId": client, "name": "Joyce"})).by(&rep).await.is(201);
        let again = house.put("/contacts/by-external/erp/P7", &json!({"clientId": client, "phone": "0722 100 318"})).by(&rep).await.is(200);
        assert_eq!((again.id(), &again.data()["name"]), (made.id(), &json!("Joyce")));
    }
}
