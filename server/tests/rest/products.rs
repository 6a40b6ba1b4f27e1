//! Products over REST: everybody who is signed in reads all of them.

use backend::import::{self, Input, Kind, Options};
use domain::people::Role;
use serde_json::json;

use crate::house::House;

async fn price_list(house: &House) {
    let file = "code,name,item group,product line,list price\n\
        B-2,Ölkanne,Werkzeug,Basic,12.50\nA-1,Hammer,Tools,,0\nc3,Saw,Tools,Pro,\n";
    let report =
        import::run(&house.backend, Kind::Products, Input::bytes("p.csv", file.as_bytes()), None, Options::default()).await.unwrap();
    assert_eq!(report.tally.new, 3, "{report}");
}

both_engines! {
    async fn products_are_listed_by_name_page_after_page(house) {
        let rep = house.rep("Achieng").await;
        assert_eq!(house.get("/products").by(&rep).await.is(200).data(), &json!({"items": [], "nextCursor": null, "total": 0}));
        price_list(&house).await;
        let first = house.get("/products?limit=2").by(&rep).await.is(200);
        assert_eq!((first.each("name"), &first.data()["total"]), (vec!["Hammer".to_owned(), "Ölkanne".to_owned()], &json!(3)));
        let cursor = first.data()["nextCursor"].as_str().unwrap();
        let rest = house.get(&format!("/products?limit=2&cursor={cursor}")).by(&rep).await.is(200);
        assert_eq!((rest.each("code"), &rest.data()["nextCursor"]), (vec!["c3".to_owned()], &json!(null)));
        house.get("/products?cursor=v1-2").by(&rep).await.fails(422, "rejected");
        house.get("/products?updatedSince=2026-01-01T00:00:00Z").by(&rep).await.fails(422, "rejected");
        house.get("/products?limit=501").by(&rep).await.fails(422, "rejected");
        house.get("/products").send().await.fails(401, "session_expired");
    }

    async fn a_search_finds_products_by_name_code_or_group_however_spelled(house) {
        let viewer = house.person(Role::Viewer, "Vera").await;
        price_list(&house).await;
        for (q, codes) in [("olkann", vec!["B-2"]), ("TOOLS", vec!["A-1", "c3"]), ("b%202", vec!["B-2"]), ("werk", vec!["B-2"]), ("%25", vec!["A-1", "B-2", "c3"]), ("drill", vec![])] {
            let found = house.get(&format!("/products?q={q}")).by(&viewer).await.is(200);
            assert_eq!(found.each("code"), codes, "{q}");
            assert_eq!(found.data()["total"], json!(codes.len()));
        }
    }

    async fn a_product_is_shown_with_its_price_or_none(house) {
        let rep = house.rep("Achieng").await;
        price_list(&house).await;
        let items = house.get("/products").by(&rep).await.is(200).data()["items"].as_array().unwrap().clone();
        let prices: Vec<_> = items.iter().map(|item| item["listPrice"].clone()).collect();
        assert_eq!(prices, [json!({"minor": 0, "currency": "KES"}), json!({"minor": 1250, "currency": "KES"}), json!(null)]);
        for item in items {
            let shown = house.get(&format!("/products/{}", item["id"].as_str().unwrap())).by(&rep).await.is(200);
            assert_eq!(shown.data(), &item);
        }
        house.get("/products/01890a5d-ac96-774b-bcce-b302099a8057").by(&rep).await.fails(404, "not_found");
    }
}
