//! Server-rendered pages: who sees what, with which status and policy.

use serde_json::json;

use crate::house::{Answer, House, PASSWORD};

async fn cookie(house: &House, email: &str) -> String {
    let signed = house.post("/auth/session", &json!({"email": email, "password": PASSWORD})).send().await.is(200);
    signed.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

fn nonces(page: &Answer) -> Vec<&str> {
    page.text().split("nonce=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

both_engines! {
    async fn a_page_shows_its_reader_and_without_one_asks_to_sign_in(house) {
        let rep = house.rep("Achieng").await;
        house.client(&rep, "Mutua Hardware").await;
        let cookie = cookie(&house, &rep.email).await;
        let page = house.ask_at("GET", "/clients").header("cookie", &cookie).send().await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(page.text().contains("Mutua Hardware"), "{}", page.text());
        let page = house.ask_at("GET", "/clients").send().await;
        assert!(!page.text().contains("Mutua Hardware") && page.text().contains("type=\"password\""), "{}", page.text());
    }

    async fn a_page_runs_only_scripts_of_its_own_nonce_and_is_not_stored(house) {
        let page = house.ask_at("GET", "/").send().await;
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert!(nonces(&page).iter().all(|nonce| policy.contains(&format!("'nonce-{nonce}'"))));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let again = house.ask_at("GET", "/").send().await;
        assert_ne!(again.header("content-security-policy"), Some(policy), "a nonce is used once");
    }

    async fn a_page_that_does_not_exist_is_the_apps_own_404(house) {
        let rep = house.rep("Achieng").await;
        let cookie = cookie(&house, &rep.email).await;
        let page = house.ask_at("GET", "/no/such/page").header("cookie", &cookie).send().await;
        assert_eq!(page.status.as_u16(), 404);
        assert!(page.text().contains("<html"), "{}", page.text());
        let page = house.ask_at("GET", "/clients/01890a5d-ac96-774b-bcce-b302099a8057").header("cookie", &cookie).send().await;
        assert_eq!(page.status.as_u16(), 404);
    }

    async fn the_shell_holds_nobodys_data_and_no_inline_script(house) {
        let rep = house.rep("Achieng").await;
        let cookie = cookie(&house, &rep.email).await;
        let shell = house.ask_at("GET", "/shell").header("cookie", &cookie).send().await;
        assert_eq!((shell.status.as_u16(), shell.header("cache-control")), (200, Some("no-cache")));
        assert!(!shell.header("content-security-policy").unwrap().contains("nonce"));
        assert!(!shell.text().contains("Achieng") && !shell.text().contains("<script>") && shell.text().contains("data-shell"));
    }

    async fn without_its_database_a_page_says_so_and_what_still_works(house) {
        house.backend.clone().close().await;
        let page = house.ask_at("GET", "/").header("cookie", "fieldlight=x").send().await;
        assert_eq!(page.status.as_u16(), 503);
        assert!(page.text().contains("keeps working") && !page.text().to_lowercase().contains("sql"), "{}", page.text());
        assert_eq!(house.ask_at("GET", "/health").send().await.status.as_u16(), 200);
    }

    async fn a_server_function_refuses_with_the_status_rest_refuses_with(house) {
        let rep = house.rep("Achieng").await;
        let cookie = cookie(&house, &rep.email).await;
        let (path, _) = leptos::server_fn::axum::server_fn_paths().find(|(path, _)| path.contains("clients_find")).unwrap();
        let find = |id: &str| house.ask_at("POST", path).json(&json!({"id": id})).header("sec-fetch-site", "same-origin");
        let known = house.client(&rep, "Mutua Hardware").await;
        assert_eq!(find(&known).header("cookie", &cookie).send().await.status.as_u16(), 200);
        let missing = find("01890a5d-ac96-774b-bcce-b302099a8057").header("cookie", &cookie).send().await;
        assert_eq!((missing.status.as_u16(), missing.text()), (404, "missing\n"));
        assert_eq!(find(&known).send().await.status.as_u16(), 401);
        house.backend.clone().close().await;
        assert_eq!(find(&known).header("cookie", &cookie).send().await.status.as_u16(), 503);
    }
}
