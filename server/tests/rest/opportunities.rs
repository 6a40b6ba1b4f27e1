//! Opportunities over REST: lists, figures, scope, and what is refused.

use backend::import::{self, Input, Kind, Mapping, Options};
use domain::people::Role;
use serde_json::json;

use crate::house::House;
use crate::imports::{ended, hand_over};

const MAPPING: &str = "source = 'crm'\nkey = ['no']\ncreate = true\n[fields]\naccount = 'account'\nrep = 'rep'\nproduct = 'product'\nsource = 'from'\n\
    engagedOn = 'began'\nclosedOn = 'ended'\nvalue = 'value'\nactivities = 'calls'\nstage = 'stage'\n[attributes]\nSize = 'size'\n\
    [[stages]]\nname = 'New'\n[[stages]]\nname = 'Offered'\n[[stages]]\nname = 'Won'\noutcome = 'won'\n[[stages]]\nname = 'Lost'\noutcome = 'lost'\n";
const FILE: &str = "no,account,rep,product,from,began,ended,value,calls,stage,size\n1,Mutua,Ann,Pump,Fair,2026-01-10,2026-02-09,100.50,3,Won,L\n\
    2,Baraka,Ben,Belt,Web,2026-01-11,2026-01-31,0,1,Lost,\n3,,Ann,Pump,,2026-02-12,,,1,Offered,\n4,,Ann,,,,,,,New,\n";

/// Four opportunities of two reps.
pub async fn company(house: &House) {
    let mapping = Mapping::parse(MAPPING).unwrap();
    let report =
        import::run(&house.backend, Kind::Opportunities, Input::bytes("o.csv", FILE.as_bytes()), Some(mapping), Options::default())
            .await
            .unwrap();
    assert_eq!((report.tally.new, report.tally.rejected), (4, 0), "{report}");
}

both_engines! {
    async fn opportunities_are_listed_page_by_page_with_absent_figures_null(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        let page = house.get("/opportunities?limit=3").by(&admin).await.is(200);
        let ids: Vec<&str> = page.data()["items"].as_array().unwrap().iter().map(|item| item["externalId"].as_str().unwrap()).collect();
        assert_eq!(ids, ["3", "2", "1"]);
        let first = &page.data()["items"][2];
        assert_eq!((&first["value"], &first["attributes"], &first["outcome"]), (&json!({"minor": 10050, "currency": "KES"}), &json!({"Size": "L"}), &json!("won")));
        assert_eq!((&first["rep"]["name"], &first["product"], &first["client"]), (&json!("Ann"), &json!({"id": null, "name": "Pump"}), &json!(null)));
        assert_eq!((&page.data()["items"][0]["value"], &page.data()["items"][0]["account"]), (&json!(null), &json!(null)));
        let cursor = page.data()["nextCursor"].as_str().unwrap();
        let rest = house.get(&format!("/opportunities?limit=3&cursor={cursor}")).by(&admin).await.is(200);
        assert_eq!((&rest.data()["items"][0]["externalId"], &rest.data()["nextCursor"]), (&json!("4"), &json!(null)));
        let narrowed = house.get("/opportunities?reached=Offered&rep=Ann&from=2026-01-01").by(&admin).await.is(200);
        assert_eq!(narrowed.data()["items"].as_array().unwrap().len(), 2);
    }

    async fn the_funnel_and_the_rates_are_exact(house) {
        company(&house).await;
        let admin = house.person(Role::Admin, "Ada").await;
        let funnel = house.get("/kpis/funnel").by(&admin).await.is(200);
        assert_eq!(funnel.data()["pipelines"], json!([{"pipeline": "crm", "recordsLost": true, "lost": 1, "stages": [
            {"stage": "New", "reached": 4, "here": 1, "value": 10050, "ofPreviousBasisPoints": null, "ofFirstBasisPoints": 10000},
            {"stage": "Offered", "reached": 2, "here": 1, "value": 10050, "ofPreviousBasisPoints": 5000, "ofFirstBasisPoints": 5000},
            {"stage": "Won", "reached": 1, "here": 1, "value": 10050, "ofPreviousBasisPoints": 5000, "ofFirstBasisPoints": 2500},
        ]}]));
        let dated = house.get("/kpis/funnel?from=2026-01-01&to=2026-01-31").by(&admin).await.is(200);
        assert_eq!((&dated.data()["undated"], &dated.data()["totals"]["opportunities"], &dated.data()["totals"]["winRateBasisPoints"]), (&json!(1), &json!(2), &json!(5000)));
        let sources = house.get("/kpis/win-loss?by=source&rep=Ann").by(&admin).await.is(200);
        assert_eq!((&sources.data()["rows"][0]["source"], &sources.data()["rows"][0]["winRateBasisPoints"]), (&json!("Fair"), &json!(10000)));
        assert_eq!((&sources.data()["rows"][1]["source"], &sources.data()["rows"][1]["winRateBasisPoints"]), (&json!(null), &json!(null)));
        let cycle = house.get("/kpis/sales-cycle").by(&admin).await.is(200);
        assert_eq!(cycle.data()["days"]["ended"], json!({"count": 2, "lowerQuartile": 22.5, "median": 25.0, "upperQuartile": 27.5}));
        assert_eq!(cycle.data()["byActivities"][1]["opportunities"], 2);
    }

    async fn nobody_sees_anothers_and_an_empty_selection_has_no_rates(house) {
        company(&house).await;
        let ben = house.rep("Ben").await;
        assert_eq!(house.get("/opportunities").by(&ben).await.is(200).data()["items"].as_array().unwrap().len(), 1);
        let all = house.get("/kpis/win-loss").by(&ben).await.is(200);
        assert_eq!((&all.data()["totals"]["opportunities"], all.data()["rows"].as_array().unwrap().len()), (&json!(1), 1));
        let none = house.get("/kpis/funnel?rep=Ann").by(&ben).await.is(200);
        assert_eq!((&none.data()["pipelines"], &none.data()["totals"]["winRateBasisPoints"], &none.data()["totals"]["wonValue"]), (&json!([]), &json!(null), &json!(null)));
        house.get("/opportunities").send().await.fails(401, "session_expired");
        house.get("/kpis/funnel").send().await.fails(401, "session_expired");
    }

    async fn what_is_no_question_is_refused_with_field_and_reason(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        for (path, field) in [
            ("/kpis/funnel?from=2026-02-30", "from"),
            ("/kpis/funnel?from=2026-03-01&to=2026-02-01", "to"),
            ("/kpis/win-loss?by=weather", "by"),
            ("/kpis/sales-cycle?outcome=maybe", "outcome"),
            ("/opportunities?without=luck", "without"),
            ("/opportunities?from=2026-03-01&to=2026-02-01", "to"),
            ("/opportunities?colour=red", "colour"),
        ] {
            let refused = house.get(path).by(&admin).await.fails(400, "rejected");
            assert_eq!(refused.json["error"]["details"][0]["field"], field, "{path}");
        }
    }

    async fn a_file_and_its_stages_come_in_over_rest(house) {
        let manager = house.person(Role::Manager, "Moses").await;
        let file = hand_over(&house, &manager, "o.csv", b"id,rep,stage\n1,,Prospecting\n2,,Closed won\n3,,Gone\n").await;
        let mapping = "key = ['id']\n[fields]\nstage = 'stage'\n[[stages]]\nname = 'Prospecting'\n[[stages]]\nname = 'Closed won'\noutcome = 'won'\n";
        let wanted = json!({"kind": "opportunities", "file": file, "mappingText": mapping});
        let run = house.post("/imports", &wanted).by(&manager).await.is(202).id();
        let done = ended(&house, &manager, &run).await;
        let report = &done.data()["report"];
        assert_eq!((&report["new"], &report["rejected"]), (&json!(2), &json!(1)), "{report}");
        let funnel = house.get("/kpis/funnel").by(&manager).await.is(200);
        let pipeline = &funnel.data()["pipelines"][0];
        assert_eq!((&pipeline["recordsLost"], &pipeline["stages"][1]["reached"], &funnel.data()["totals"]["winRateBasisPoints"]), (&json!(false), &json!(1), &json!(null)));
        house.ask("POST", &format!("/imports/{}/withdrawal", report["id"].as_str().unwrap())).by(&manager).await.is(200);
        assert_eq!(house.get("/opportunities").by(&manager).await.is(200).data()["items"], json!([]));
    }
}
