//! Signing in and out, tokens that end, accounts that are closed, and writes from other sites' pages.

use domain::people::Role;
use serde_json::json;

use crate::{
    house::{House, PASSWORD, Person},
    people,
};

async fn sign_in_by_cookie(house: &House, person: &Person) -> String {
    let signed = house.post("/auth/session", &json!({"email": person.email, "password": PASSWORD})).send().await.is(200);
    let cookie = signed.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax") && cookie.contains("Path=/;") && !cookie.contains("Secure"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

both_engines! {
    async fn a_token_opens_the_api_and_a_wrong_password_does_not(house) {
        let rep = house.rep("Achieng").await;
        let answer = house.post("/auth/token", &json!({"email": "ACHIENG@example.com ", "password": PASSWORD})).send().await.is(200);
        let ends = domain::Instant::parse(answer.data()["expiresAt"].as_str().unwrap()).unwrap();
        let left_ms = ends.0 - house.backend.now().0;
        assert!((14 * 60_000..=15 * 60_000).contains(&left_ms), "{left_ms}");
        for (email, password) in [(rep.email.as_str(), "not the password"), ("nobody@example.com", PASSWORD), ("", "")] {
            house.post("/auth/token", &json!({"email": email, "password": password})).send().await.rejects("password", "wrong");
        }
        let session = house.get("/auth/session").by(&rep).await.is(200);
        assert_eq!((&session.data()["caller"]["role"], &session.data()["caller"]["email"]), (&json!("salesRep"), &json!("achieng@example.com")));
    }

    async fn a_refresh_token_works_once_and_its_second_use_ends_the_session(house) {
        let rep = house.rep("Achieng").await;
        let signed = house.post("/auth/token", &json!({"email": rep.email, "password": PASSWORD})).send().await.is(200);
        let body = json!({"refreshToken": signed.data()["refreshToken"]});
        let fresh = house.post("/auth/refresh", &body).send().await.is(200);
        let token = |answer: &crate::house::Answer| Person { token: answer.data()["accessToken"].as_str().unwrap().into(), ..Person::default() };
        house.get("/overview").by(&token(&fresh)).await.is(200);
        house.post("/auth/refresh", &body).send().await.fails(401, "session_expired");
        house.get("/overview").by(&token(&fresh)).await.fails(401, "session_expired");
        house.post("/auth/refresh", &json!({"refreshToken": "made up"})).send().await.fails(401, "session_expired");
    }

    async fn a_cookie_opens_the_api_until_the_session_is_ended(house) {
        let rep = house.rep("Achieng").await;
        let cookie = sign_in_by_cookie(&house, &rep).await;
        house.get("/overview").header("cookie", &cookie).send().await.is(200);
        let ended = house.delete("/auth/session").header("cookie", &cookie).header("sec-fetch-site", "same-origin").send().await.is(200);
        assert!(ended.header("set-cookie").unwrap().contains("Max-Age=0"));
        house.get("/overview").header("cookie", &cookie).send().await.fails(401, "session_expired");
        house.get("/overview").by(&rep).await.is(200);
    }

    async fn a_closed_account_is_out_at_once_by_token_and_by_cookie(house) {
        let rep = house.rep("Achieng").await;
        let cookie = sign_in_by_cookie(&house, &rep).await;
        people::disable(&house.backend, &rep.email).await;
        house.get("/overview").by(&rep).await.fails(401, "device_revoked");
        house.get("/overview").header("cookie", &cookie).send().await.fails(401, "device_revoked");
        house.post("/sync/push", &json!({})).by(&rep).await.fails(401, "device_revoked");
        house.post("/auth/token", &json!({"email": rep.email, "password": PASSWORD})).send().await.rejects("password", "wrong");
    }

    async fn a_token_that_is_not_ours_opens_nothing_even_beside_a_good_cookie(house) {
        let rep = house.rep("Achieng").await;
        let cookie = sign_in_by_cookie(&house, &rep).await;
        for value in ["Bearer x.y.z", "Bearer ", "Basic YTpi", &format!("Bearer {}x", rep.token)] {
            house.get("/overview").header("cookie", &cookie).header("authorization", value).send().await.fails(401, "session_expired");
        }
        house.get("/overview").header("cookie", "fieldlight=made-up").send().await.fails(401, "session_expired");
    }

    async fn another_sites_page_cannot_write_in_a_signed_in_persons_name(house) {
        let rep = house.rep("Achieng").await;
        let cookie = sign_in_by_cookie(&house, &rep).await;
        let write = || house.post("/clients", &json!({"name": "Mutua Hardware"})).header("cookie", &cookie).header("host", "127.0.0.1:3000");
        write().header("sec-fetch-site", "cross-site").send().await.fails(403, "foreign_origin");
        write().header("sec-fetch-site", "same-site").send().await.fails(403, "foreign_origin");
        write().header("origin", "https://evil.example").send().await.fails(403, "foreign_origin");
        write().send().await.fails(403, "foreign_origin");
        write().header("sec-fetch-site", "same-origin").send().await.is(201);
        write().header("origin", "http://127.0.0.1:3000").send().await.is(201);
        house.post("/auth/session", &json!({})).header("sec-fetch-site", "cross-site").send().await.fails(403, "foreign_origin");
    }

    async fn an_admin_signs_in_like_everybody(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        assert_eq!(house.get("/auth/session").by(&admin).await.is(200).data()["caller"]["rep"], json!(null));
    }
}
