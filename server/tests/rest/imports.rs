//! Handing files over, looking at them, bringing them in, taking them back.

use domain::people::Role;
use serde_json::{Value, json};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::house::{Answer, FILE_MAX, House, Person};

const FILE: &str = "date,salesperson,customer,gross_revenue,returns_value,document_no\n\
    2026-02-03,Achieng,Mutua Hardware,1200.50,,A1\n2026-02-04,Achieng,Baraka Stores,,-200,A2\n2026-02-30,Achieng,Mutua Hardware,5,,A3\n";

pub async fn hand_over(house: &House, person: &Person, name: &str, bytes: &[u8]) -> Value {
    house.ask("POST", &format!("/imports/files?name={name}")).body(bytes.to_vec()).by(person).await.is(201).data().clone()
}

/// Waits for a run to end, a bounded number of times.
pub async fn ended(house: &House, person: &Person, run: &str) -> Answer {
    for _ in 0..200 {
        let answer = house.get(&format!("/imports/runs/{run}")).by(person).await.is(200);
        if answer.data()["state"] != "running" {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the run does not end");
}

both_engines! {
    async fn a_file_is_handed_over_looked_at_checked_brought_in_and_taken_back(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let file = hand_over(&house, &admin, "till.csv", FILE.as_bytes()).await;
        assert_eq!((file["name"].as_str(), file["sha256"].as_str().map(str::len)), (Some("till.csv"), Some(64)));
        let wanted = |dry: bool| json!({"kind": "sales", "file": file, "dryRun": dry});
        let seen = house.post("/imports/preview", &json!({"kind": "sales", "file": file})).by(&admin).await.is(200);
        assert_eq!((&seen.data()["lookedAt"], &seen.data()["refused"]), (&json!(3), &json!(1)));
        assert_eq!(seen.data()["mapping"]["fields"]["grossRevenue"], "gross_revenue");
        let checked = house.post("/imports", &wanted(true)).by(&admin).await.is(202).id();
        let checked = ended(&house, &admin, &checked).await;
        assert_eq!((&checked.data()["report"]["new"], &checked.data()["report"]["id"]), (&json!(2), &json!(null)));
        assert!(house.get("/sales").by(&admin).await.is(200).each("documentNo").is_empty());
        let run = house.post("/imports", &wanted(false)).by(&admin).await.is(202).id();
        let done = ended(&house, &admin, &run).await;
        assert_eq!(done.data()["report"]["money"]["broughtIn"], "1000.50");
        assert_eq!(house.get("/sales").by(&admin).await.is(200).each("documentNo"), ["A1", "A2"]);
        let rejects = house.get(&format!("/imports/runs/{run}/rejects")).bytes(&admin).await;
        let rejects = String::from_utf8(rejects).unwrap();
        assert!(rejects.contains("4,rejected,date,2026-02-30"));
        let import = done.data()["report"]["id"].as_str().unwrap().to_owned();
        assert_eq!(house.get(&format!("/imports/{import}")).by(&admin).await.is(200).data()["state"], "published");
        let kept = house.get(&format!("/imports/{import}/rejects")).bytes(&admin).await;
        assert_eq!(kept, rejects.as_bytes(), "they can be asked for as long as the import is known");
        house.ask("POST", &format!("/imports/{import}/withdrawal")).by(&admin).await.is(200);
        assert!(house.get("/sales").by(&admin).await.is(200).each("documentNo").is_empty());
        let shown = house.get(&format!("/imports/{import}")).by(&admin).await.is(200);
        assert_eq!((&shown.data()["state"], &shown.data()["withdrawn"]["lines"]), (&json!("withdrawn"), &json!(2)));
        assert_eq!(shown.data()["report"]["new"], 2, "the report is as it was");
    }

    async fn what_a_file_replaces_is_listed_in_the_report_and_whole_as_a_file(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let file = |year: u32, amount: u32| format!("date,amount,document_no\n{year}-02-03,{amount},1\n2025-02-04,7,2\n");
        for (dry, text, replaced) in [(false, file(2025, 10), 0), (true, file(2026, 11), 1), (false, file(2026, 11), 1)] {
            let kept = hand_over(&house, &admin, "till.csv", text.as_bytes()).await;
            let run = house.post("/imports", &json!({"kind": "sales", "file": kept, "dryRun": dry})).by(&admin).await.is(202).id();
            let done = ended(&house, &admin, &run).await;
            let report = &done.data()["report"];
            assert_eq!(report["money"]["replaced"], replaced);
            if replaced == 0 {
                house.get(&format!("/imports/runs/{run}/replaced")).by(&admin).await.is(404);
                continue;
            }
            let row = &report["money"]["replacedParts"][0];
            assert_eq!((&row["document"], &row["dayBefore"], &row["dayNow"]), (&json!("1"), &json!("2025-02-03"), &json!("2026-02-03")));
            assert_eq!((&report["money"]["movedFar"], &report["warnings"][0]["code"]), (&json!(1), &json!("moved_far")));
            let want = "document_no,day_before,day_now,lines_before,net_before,lines_now,net_now\n1,2025-02-03,2026-02-03,1,10.00,1,11.00\n";
            assert_eq!(house.get(&format!("/imports/runs/{run}/replaced")).bytes(&admin).await, want.as_bytes());
            if let Some(import) = report["id"].as_str() {
                assert_eq!(house.get(&format!("/imports/{import}/replaced")).bytes(&admin).await, want.as_bytes());
            }
        }
        let rep = house.person(Role::SalesRep, "Rita").await;
        let listed = house.get("/imports").by(&admin).await.is(200).each("id");
        house.get(&format!("/imports/{}/replaced", listed[0])).by(&rep).await.is(403);
    }

    async fn lines_of_a_file_beside_the_rows_that_cannot_be_used_are_all_listed(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let rows = hand_over(&house, &admin, "lines.csv", b"nr,amount\n1,5\n2,6\n").await;
        let heads = format!("nr,day,place\n1,2026-02-03,x\n\n{}1,2026-02-04,x\n", "2,2026-02-03,a,b\n".repeat(30));
        let beside = hand_over(&house, &admin, "heads.csv", heads.as_bytes()).await;
        let mapping = "[fields]\ndate = 'heads.day'\namount = 'amount'\ndocumentNo = 'nr'\n[[join]]\nfile = 'heads.csv'\nkey = 'nr'\non = 'nr'\n";
        let wanted = json!({"kind": "sales", "file": rows, "beside": [beside], "mappingText": mapping});
        let seen = house.post("/imports/preview", &wanted).by(&admin).await.is(200);
        assert_eq!(seen.data()["problems"][1], "Line 4 of heads.csv, “2 | 2026-02-03 | a | b”: The row has 4 columns, the first line 3: look for an unclosed quote or a delimiter inside a cell.");
        let run = house.post("/imports", &wanted).by(&admin).await.is(202).id();
        let refused = ended(&house, &admin, &run).await;
        assert_eq!(refused.data()["state"], "refused");
        let said = refused.data()["refused"].as_array().unwrap().clone();
        assert_eq!((said.len(), said[0]["code"].as_str()), (22, Some("lines_beside")));
        assert_eq!(said[0]["message"], "31 lines of heads.csv cannot be used, so nothing is brought in: correct the file.");
        assert_eq!(said[21]["message"], "… and 11 more of heads.csv.");
        let rejects = String::from_utf8(house.get(&format!("/imports/runs/{run}/rejects")).bytes(&admin).await).unwrap();
        assert_eq!(rejects.lines().count(), 32);
        assert!(rejects.lines().last().unwrap().starts_with("34,rejected,\"heads.csv, nr\",1,\"An earlier line has the same key"), "{rejects}");
        assert!(house.get("/imports").by(&admin).await.is(200).each("id").is_empty());
    }

    async fn a_file_that_is_said_to_be_too_large_is_refused_before_it_comes(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let asked = house.ask("POST", "/imports/files?name=all.csv").header("content-length", "2147483648").body(b"date\n".to_vec());
        asked.by(&admin).await.rejects("file", "too_large");
    }

    async fn a_file_that_turns_out_too_large_while_it_comes_is_answered(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let mut socket = TcpStream::connect(house.listen().await).await.unwrap();
        let head = format!(
            "POST /api/v1/imports/files?name=all.csv HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ntransfer-encoding: chunked\r\n\r\n",
            admin.token
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        let chunk = [b"10000\r\n".to_vec(), vec![b'x'; 0x10000], b"\r\n".to_vec()].concat();
        for _ in 0..16 * FILE_MAX / 0x10000 {
            socket.write_all(&chunk).await.unwrap();
        }
        socket.write_all(b"0\r\n\r\n").await.unwrap();
        let mut answer = vec![0; 4_096];
        let read = socket.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("A file may have 1 MB"), "{answer}");
        let files = house.backend.config().folder.as_ref().unwrap().join("files");
        let left = || std::fs::read_dir(&files).unwrap().count();
        // whoever writes it hears a moment later that nobody wants it
        for _ in 0..200 {
            if left() == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(left(), 0, "nothing of it is kept");
    }

    async fn files_beside_the_rows_and_a_mapping_as_text_are_understood(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let rows = hand_over(&house, &admin, "details.csv", b"order,total\n7,12.5\n8,3\n").await;
        let orders = hand_over(&house, &admin, "orders.csv", b"no,day\n7,2026-02-03\n8,2026-02-04\n").await;
        let mapping = "kind = 'sales'\nreplaces = 'documents'\n[[join]]\nfile = 'orders.csv'\nkey = 'no'\non = 'order'\n\
            [fields]\ndate = 'orders.day'\namount = 'total'\ndocumentNo = 'order'\n";
        let wanted = json!({"kind": "sales", "file": rows, "beside": [orders], "mappingText": mapping});
        let run = house.post("/imports", &wanted).by(&admin).await.is(202).id();
        assert_eq!(ended(&house, &admin, &run).await.data()["report"]["money"]["broughtIn"], "15.50");
        let alone = house.post("/imports", &json!({"kind": "sales", "file": rows, "mappingText": mapping})).by(&admin).await.is(202).id();
        let refused = ended(&house, &admin, &alone).await;
        assert_eq!(refused.data()["state"], "refused");
        assert!(refused.data()["refused"][0]["message"].as_str().unwrap().contains("orders.csv"));
    }

    async fn what_worked_is_remembered_by_its_columns(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let file = hand_over(&house, &admin, "till.csv", b"when;what;wert\n03.02.2026;A1;1.234,50\n").await;
        let mapping = json!({"fields": {
            "date": {"column": "when", "format": "DD/MM/YYYY"}, "documentNo": "what",
            "amount": {"column": "wert", "number": {"decimal": ",", "group": "."}},
        }});
        let run = house.post("/imports", &json!({"kind": "sales", "file": file, "mapping": mapping})).by(&admin).await.is(202).id();
        assert_eq!(ended(&house, &admin, &run).await.data()["report"]["money"]["broughtIn"], "1234.50");
        let caller = backend::people::console();
        let kept = backend::import::remembered(&house.backend, &caller, backend::import::Kind::Sales, ["when", "what", "wert"]).await.unwrap();
        assert_eq!(kept.unwrap().fields.len(), 3);
        let other = backend::import::remembered(&house.backend, &caller, backend::import::Kind::Sales, ["when", "what"]).await.unwrap();
        assert!(other.is_none());
    }

    async fn only_who_may_import_hands_files_over_and_sees_runs(house) {
        let (admin, rep) = (house.person(Role::Admin, "Ada").await, house.rep("Achieng").await);
        house.ask("POST", "/imports/files?name=a.csv").body("a,b\n").by(&rep).await.fails(403, "forbidden");
        let file = hand_over(&house, &admin, "till.csv", FILE.as_bytes()).await;
        house.post("/imports", &json!({"kind": "sales", "file": file})).by(&rep).await.fails(403, "forbidden");
        house.post("/imports/preview", &json!({"kind": "sales", "file": file})).by(&rep).await.fails(403, "forbidden");
        let run = house.post("/imports", &json!({"kind": "sales", "file": file, "dryRun": true})).by(&admin).await.is(202).id();
        ended(&house, &admin, &run).await;
        let manager = house.person(Role::Manager, "Mary").await;
        house.get(&format!("/imports/runs/{run}")).by(&manager).await.fails(404, "not_found");
    }

    async fn what_cannot_be_brought_in_is_said_and_nothing_is_written(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        house.ask("POST", "/imports/files").body("a").by(&admin).await.rejects("name", "required");
        let ask = |file: Value| house.post("/imports", &json!({"kind": "sales", "file": file}));
        ask(json!({"sha256": "0".repeat(64), "name": "x.csv"})).by(&admin).await.fails(404, "not_found");
        ask(json!({"sha256": "../../etc/passwd", "name": "x.csv"})).by(&admin).await.rejects("file", "not_a_hash");
        ask(json!({"name": "x.csv"})).by(&admin).await.rejects("file", "invalid");
        house.post("/imports", &json!({"kind": "cars", "file": {"sha256": "0", "name": "x"}})).by(&admin).await.rejects("kind", "unknown");
        for (name, bytes, code) in [("empty.csv", &b"  \n"[..], "empty"), ("noise.bin", b"\x00\x01\x02\x03", "unreadable"), ("half.xlsx", b"PK\x03\x04half", "unreadable")] {
            let file = hand_over(&house, &admin, name, bytes).await;
            let run = house.post("/imports", &json!({"kind": "sales", "file": file})).by(&admin).await.is(202).id();
            let refused = ended(&house, &admin, &run).await;
            assert_eq!((&refused.data()["state"], &refused.data()["refused"][0]["code"]), (&json!("refused"), &json!(code)), "{name}");
        }
        let picture = hand_over(&house, &admin, "till.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").await;
        let looked = house.post("/imports/preview", &json!({"kind": "sales", "file": picture})).by(&admin).await;
        looked.rejects("file", "not_a_table");
        assert!(house.get("/imports").by(&admin).await.is(200).each("id").is_empty());
    }

    async fn a_file_is_asked_whose_documents_it_corrects(house) {
        let admin = house.person(Role::Admin, "Ada").await;
        let titled = format!("Till of Nakuru;;;;;\n{}", FILE.replace(',', ";"));
        let run = async |text: &str, mapping: &str| {
            let file = hand_over(&house, &admin, "till.csv", text.as_bytes()).await;
            let wanted = json!({"kind": "sales", "file": file, "mappingText": mapping});
            let run = house.post("/imports", &wanted).by(&admin).await.is(202).id();
            ended(&house, &admin, &run).await.data().clone()
        };
        let first = run(&titled, "source = 'till'").await;
        assert_eq!((&first["report"]["new"], &first["report"]["headerRow"], &first["report"]["rejects"][0]["line"]), (&json!(2), &json!(2), &json!(5)));
        let edited = titled.replace("1200.50", "1300.50");
        let refused = run(&edited, "").await;
        assert_eq!((&refused["state"], &refused["refused"][0]["code"]), (&json!("refused"), &json!("not_said")), "{refused}");
        let corrected = run(&edited, "source = 'till'").await;
        assert_eq!(corrected["report"]["money"]["replaced"], 1, "{corrected}");
    }
}
