//! Reports and the inbox over REST: who finds, exports and schedules what, and that a document's figures are those of whoever asks.

use std::io::Cursor;

use app::reports::make_ssr;
use backend::import::{self, Input, Kind, Options};
use calamine::{Data, Reader, Xlsx};
use domain::people::Role;
use serde_json::{Value, json};

use crate::house::{House, Person};

const ROWS: &str = "date,branch,salesperson,customer,product,product_line,units_sold,gross_revenue,returns_value,total_cost,document_no\n\
    2026-02-03,North,Ann,C1,P1,Water,2.5,1000.50,,700,A1\n2026-03-04,South,Ben,=HYPERLINK(1),P2,Power,1,20.00,,,A2\n2026-03-05,South,Ben,C1,P2,Power,,,-5.00,,A3\n";
const YEAR: &str = "from=2026-01-01&to=2026-12-31";

async fn company(house: &House) -> (Person, Person, Person) {
    let report = import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", ROWS.as_bytes()), None, Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
    (house.person(Role::Manager, "Mary").await, house.rep("Ann").await, house.person(Role::Viewer, "Vera").await)
}

async fn kept(house: &House, by: &Person, shared: bool) -> String {
    let body = json!({"name": "Board", "room": "people", "filters": YEAR, "by": "sales", "shared": shared});
    house.post("/reports", &body).by(by).await.is(201).id()
}

/// Makes what is due, as if its hour had come.
pub async fn make(house: &House) -> usize {
    crate::people::due_now(&house.backend).await;
    make_ssr::tick(&house.backend).await.unwrap()
}

/// A sheet of a workbook.
pub fn sheet(bytes: Vec<u8>, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn slice(by: &str) -> Value {
    json!({"from": "2026-01-01", "to": "2026-12-31", "groupBy": [by], "metrics": ["netSales", "grossProfit", "lines"]})
}

both_engines! {
    async fn a_report_is_kept_found_changed_and_removed(house) {
        let (mary, ann, _) = company(&house).await;
        let id = kept(&house, &mary, false).await;
        let shown = house.get(&format!("/reports/{id}")).by(&mary).await.is(200);
        assert_eq!((&shown.data()["name"], &shown.data()["filters"], &shown.data()["ownerName"]), (&json!("Board"), &json!(YEAR), &json!("mary")));
        for path in [format!("/reports/{id}"), format!("/reports/{id}/document")] {
            let answer = house.get(&path).by(&ann).await;
            assert!([403, 404].contains(&answer.status.as_u16()), "{path}");
        }
        house.get(&format!("/reports/{id}")).by(&ann).await.fails(404, "not_found");
        assert_eq!(house.get("/reports").by(&ann).await.is(200).each("id"), [""; 0]);
        let tag = shown.header("etag").unwrap().to_owned();
        let changed = house.ask("PATCH", &format!("/reports/{id}")).header("if-match", &tag).json(&json!({"shared": true})).by(&mary).await.is(200);
        house.ask("PATCH", &format!("/reports/{id}")).header("if-match", &tag).json(&json!({"name": "Late"})).by(&mary).await.fails(412, "version_conflict");
        assert_eq!(changed.data()["shared"], true);
        assert_eq!(house.get("/reports").by(&ann).await.is(200).each("id"), [id.as_str()]);
        house.patch(&format!("/reports/{id}"), &json!({"name": "Mine"})).by(&ann).await.fails(403, "forbidden");
        house.delete(&format!("/reports/{id}")).by(&ann).await.fails(403, "forbidden");
        house.delete(&format!("/reports/{id}")).by(&mary).await.is(200);
        house.get(&format!("/reports/{id}")).by(&mary).await.fails(404, "not_found");
    }

    async fn what_is_no_view_is_refused_with_field_and_reason(house) {
        let (mary, ann, _) = company(&house).await;
        for (body, field, code) in [
            (json!({"name": " ", "filters": YEAR}), "name", "required"),
            (json!({"name": "B", "room": "cellar"}), "room", "unknown"),
            (json!({"name": "B", "by": "luck"}), "by", "unknown"),
            (json!({"name": "B", "filters": "period=someday"}), "filters", "unknown"),
            (json!({"name": "B", "filters": "colour=red"}), "filters", "unknown"),
            (json!({"name": "B", "room": "why", "filters": "measure=luck"}), "filters", "unknown"),
            (json!({"name": "B", "room": "why", "filters": "against=ever"}), "filters", "unknown"),
            (json!({"name": "B", "room": "people", "filters": "measure=netSales"}), "filters", "unknown"),
            (json!({"name": "B", "filters": "from=2026-03-01&to=2026-02-01"}), "filters", "reversed"),
        ] {
            house.post("/reports", &body).by(&mary).await.rejects(field, code);
        }
        house.post("/reports", &json!({"name": "B", "shared": true})).by(&ann).await.rejects("shared", "not_yours");
        house.get("/reports").send().await.fails(401, "session_expired");
        house.get("/reports/document?format=doc").by(&mary).await.fails(400, "rejected");
        house.get("/reports/document?format=csv&panel=nothing").by(&mary).await.fails(400, "rejected");
        house.get("/reports/document?format=pdf&room=cellar").by(&mary).await.fails(400, "rejected");
    }

    async fn a_workbook_holds_the_figures_of_the_slices_and_names_stay_names(house) {
        let (mary, ..) = company(&house).await;
        let bytes = house.get(&format!("/reports/document?format=xlsx&room=customers&by=sales&filters={}", YEAR.replace('&', "%26"))).bytes(&mary).await;
        let rows = sheet(bytes, "Top customers");
        assert_eq!(rows[0][..3], [Data::String("Customer".into()), Data::String("Net sales".into()), Data::String("Gross profit".into())]);
        let sliced = house.post("/kpis/slice", &slice("customer")).by(&mary).await.is(200);
        let groups = sliced.data()["rows"].as_array().unwrap();
        assert_eq!(rows.len() - 1, groups.len());
        for group in groups {
            let name = group["customer"].as_str().unwrap();
            let row = rows.iter().find(|row| row[0] == Data::String(name.into())).unwrap_or_else(|| panic!("{name} is a text as it is: {rows:?}"));
            let minor = |at: usize| match &row[at] {
                Data::Float(number) => Some((number * 100.0).round() as i64),
                _ => None,
            };
            assert_eq!((minor(1), minor(2)), (group["netSales"].as_i64(), group["grossProfit"].as_i64()), "{name}");
        }
        let csv = house.get(&format!("/reports/document?format=csv&panel=customers&room=customers&filters={}", YEAR.replace('&', "%26"))).bytes(&mary).await;
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.contains("\r\n\"'=HYPERLINK(1)\",20.00,,"), "{csv}");
        assert!(csv.starts_with("\u{feff}Report,Top customers\r\nCompany,") && csv.contains("\r\nCurrency,KES\r\n"), "{csv}");
    }

    async fn one_chart_is_a_workbook_of_its_own_narrowed_by_the_marks_that_are_pressed(house) {
        let (mary, ..) = company(&house).await;
        let path = |panel: &str, marks: &str| {
            let marks = marks.replace('=', "%3D").replace('&', "%26");
            format!("/reports/document?format=xlsx&room=branches&panel={panel}&marks={marks}&filters={}", YEAR.replace('&', "%26"))
        };
        let bytes = house.get(&path("branches", "")).bytes(&mary).await;
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        assert_eq!(book.sheet_names(), ["Report", "Branches"]);
        assert_eq!(sheet(bytes, "Branches").len(), 3);
        let marked = house.get(&path("branches", "rep=Ann&rep=Cy&from=2026-02-01&to=2026-02-28")).bytes(&mary).await;
        let rows = sheet(marked.clone(), "Branches");
        assert_eq!((rows.len(), &rows[1][0], &rows[1][1]), (2, &Data::String("North".into()), &Data::Float(1000.5)));
        let said = sheet(marked, "Report");
        assert!(said.iter().any(|row| row[1] == "Salesperson: Ann, Cy, Days: 1 February 2026 to 28 February 2026"), "{said:?}");
        let nothing = house.get(&path("branches", "customer=&productLine=Water")).bytes(&mary).await;
        assert_eq!(sheet(nothing, "Branches")[0][0], Data::String("No sales in this selection.".into()));
        for (panel, marks, field) in [("tiles", "", "panel"), ("branches", "colour=red", "marks"), ("branches", "from=2026-02-01", "marks")] {
            let refused = house.get(&path(panel, marks)).by(&mary).await.fails(400, "rejected");
            assert_eq!(refused.json["error"]["details"][0]["field"], field, "{panel} {marks}");
        }
        let worth = house.get(&path("worth", "").replace("room=branches", "room=customers")).bytes(&mary).await;
        let rows = sheet(worth, "Most valuable customers");
        assert!(rows.len() == 3 && rows.iter().any(|row| row[0].to_string().ends_with("=HYPERLINK(1)")), "a text as it is: {rows:?}");
    }

    async fn days_and_months_are_days_in_a_workbook(house) {
        let (mary, ..) = company(&house).await;
        let bytes = house.get(&format!("/reports/document?format=xlsx&filters={}", YEAR.replace('&', "%26"))).bytes(&mary).await;
        let rows = sheet(bytes.clone(), "Trend");
        assert!(matches!(rows[1][0], Data::DateTime(_)), "{rows:?}");
        let cover = sheet(bytes, "Report");
        let attained = cover.iter().find(|row| row[0] == Data::String("Target attainment".into())).unwrap();
        assert_eq!((&attained[1], &attained[2]), (&Data::Empty, &Data::String("No budget is set for these days".into())));
        assert!(cover.iter().any(|row| row[0] == Data::String("Net sales".into()) && row[1] == Data::Float(1015.5)), "{cover:?}");
    }

    async fn a_document_for_paper_is_one_and_says_what_it_shows(house) {
        let (mary, ..) = company(&house).await;
        let answer = house.get(&format!("/reports/document?filters={}", YEAR.replace('&', "%26"))).bytes(&mary).await;
        assert!(answer.starts_with(b"%PDF-"), "a PDF");
        let text = String::from_utf8_lossy(&answer);
        assert!(text.contains("/StructTreeRoot") && text.contains("/Lang") && text.trim_end().ends_with("%%EOF"), "tagged and whole");
    }

    async fn exporting_is_a_right_of_its_own_and_is_noted_with_its_rows(house) {
        let (mary, ann, vera) = company(&house).await;
        let id = kept(&house, &mary, true).await;
        for person in [&ann, &vera] {
            for path in ["/reports/document".to_owned(), format!("/reports/{id}/document?format=xlsx"), "/reports/people".into()] {
                house.get(&path).by(person).await.fails(403, "forbidden");
            }
            house.put(&format!("/reports/{id}/schedule"), &json!({"every": "day", "hour": 6, "formats": ["pdf"]})).by(person).await.fails(403, "forbidden");
            house.get(&format!("/reports/{id}")).by(person).await.is(200);
        }
        house.get(&format!("/reports/{id}/document?format=csv&panel=reps")).bytes(&mary).await;
        let said = crate::people::journal(&house.backend, "report.export").await;
        assert_eq!(said, [json!({"view": "Board", "format": "csv", "rows": 2})]);
    }

    async fn a_report_made_by_itself_comes_to_each_with_own_figures(house) {
        let (mary, ann, vera) = company(&house).await;
        let id = kept(&house, &mary, true).await;
        let nobody = json!({"every": "day", "hour": 6, "formats": ["pdf"], "recipients": ["00000000-0000-7000-8000-000000000001"]});
        house.put(&format!("/reports/{id}/schedule"), &nobody).by(&mary).await.rejects("recipients", "unknown");
        house.put(&format!("/reports/{id}/schedule"), &json!({"every": "week", "hour": 6, "formats": ["pdf"]})).by(&mary).await.rejects("on", "out_of_range");
        let every = json!({"every": "day", "hour": 6, "formats": ["pdf", "xlsx"], "recipients": [mary.user, ann.user], "keep": 2});
        let set = house.put(&format!("/reports/{id}/schedule"), &every).by(&mary).await.is(200);
        assert!(set.data()["dueAt"].is_string(), "{set:?}");
        house.post(&format!("/reports/{id}/making"), &json!({})).by(&ann).await.fails(403, "forbidden");
        assert_eq!(make(&house).await, 1);
        let mine = house.get("/inbox").by(&mary).await.is(200);
        assert_eq!((&mine.data()["unread"], &mine.data()["items"][0]["title"], mine.data()["items"][0]["documents"].as_array().unwrap().len()), (&json!(1), &json!("Board"), 2));
        let message = mine.data()["items"][0]["id"].as_str().unwrap().to_owned();
        let all = sheet(house.get(&format!("/inbox/{message}/document?format=xlsx")).bytes(&mary).await, "Top customers");
        assert_eq!(all.len(), 3);
        let own = house.get("/inbox").by(&ann).await.is(200);
        let theirs = own.data()["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(own.data()["items"][0]["documents"].as_array().unwrap().len(), 1, "a workbook is for who may export");
        house.get(&format!("/inbox/{theirs}/document?format=xlsx")).by(&ann).await.fails(404, "not_found");
        house.get(&format!("/inbox/{theirs}/document?format=pdf")).by(&mary).await.fails(404, "not_found");
        let (hers, his) = (house.get(&format!("/inbox/{message}/document?format=pdf")).bytes(&mary).await, house.get(&format!("/inbox/{theirs}/document?format=pdf")).bytes(&ann).await);
        assert!(his.starts_with(b"%PDF-") && hers != his);
        assert_eq!(house.get("/inbox").by(&vera).await.is(200).data(), &json!({"unread": 0, "items": []}));
        house.ask("POST", &format!("/inbox/{theirs}/reading")).by(&mary).await.fails(404, "not_found");
        house.ask("POST", "/inbox/reading").by(&mary).await.is(200);
        assert_eq!(house.get("/inbox").by(&mary).await.is(200).data()["unread"], 0);
        house.delete(&format!("/inbox/{message}")).by(&mary).await.is(200);
        house.get(&format!("/inbox/{message}/document?format=pdf")).by(&mary).await.fails(404, "not_found");
        house.post(&format!("/reports/{id}/making"), &json!({})).by(&mary).await.is(200);
        assert_eq!(house.get("/inbox").by(&mary).await.is(200).data()["unread"], 1, "made at once");
        house.delete(&format!("/reports/{id}/schedule")).by(&mary).await.is(200);
        house.post(&format!("/reports/{id}/making"), &json!({})).by(&mary).await.rejects("schedule", "not_set");
        assert_eq!(make_ssr::tick(&house.backend).await.unwrap(), 0);
    }
}
