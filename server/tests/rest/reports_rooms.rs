//! Reports of the rooms that are not made of panels: the split of a change and the pipeline, with the figures REST has, within everybody's scope.

use app::reports::make_ssr;
use backend::import::{self, Input, Kind, Options};
use calamine::Data;
use domain::people::{Caller, Role};
use domain::reports::{Format, View};
use serde_json::{Value, json};

use crate::house::{House, Person};
use crate::reports::{make, sheet};
use crate::{kpis_named::in_segment, opportunities};

const ROWS: &str = "date,branch,salesperson,customer,product,product_line,units_sold,gross_revenue,returns_value,total_cost,document_no\n\
    2026-01-01,North,Ann,C1,P1,Water,2,200.00,,100,A1\n2026-02-28,North,Ann,C1,P1,Water,3,330.00,,150,A2\n\
    2026-02-11,South,Ben,=HYPERLINK(1),P2,Power,1,20.00,,,A3\n2026-02-12,South,Ben,C1,P2,Power,,,-5.00,,A4\n";
const FEBRUARY: &str = "from=2026-02-01&to=2026-02-28";

async fn company(house: &House) -> (Person, Person, Person) {
    let report = import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", ROWS.as_bytes()), None, Options::default()).await.unwrap();
    assert_eq!(report.tally.rejected, 0, "{report}");
    (house.person(Role::Manager, "Mary").await, house.rep("Ann").await, house.person(Role::Viewer, "Vera").await)
}

fn document(room: &str, filters: &str, format: &str) -> String {
    format!("/reports/document?format={format}&room={room}&filters={}", filters.replace('&', "%26"))
}

async fn book(house: &House, by: &Person, room: &str, filters: &str) -> Vec<u8> {
    house.get(&document(room, filters, "xlsx")).bytes(by).await
}

async fn movement(house: &House, by: &Person, measure: &str, filters: Value) -> Value {
    let question = json!({"measure": measure, "from": "2026-02-01", "to": "2026-02-28", "beforeFrom": "2026-01-01", "beforeTo": "2026-01-31", "filters": filters});
    house.post("/kpis/movement", &question).by(by).await.is(200).data().clone()
}

fn minor(cell: &Data) -> Option<i64> {
    if let Data::Float(number) = cell { Some((number * 100.0).round() as i64) } else { None }
}

/// Names with the amounts beside them, the head aside.
fn amounts(rows: &[Vec<Data>]) -> Vec<(String, Option<i64>)> {
    rows[1..].iter().map(|row| (row[0].to_string(), minor(&row[row.len() - 1]))).collect()
}

fn says(bytes: &[u8], words: &str) -> bool {
    sheet(bytes.to_vec(), "Report").iter().flatten().any(|cell| *cell == words)
}

/// A manager of the branch North.
async fn of_north(house: &House, person: &Person) -> Caller {
    let company = house.backend.company().await.unwrap();
    let branch = company.branches.iter().find(|branch| branch.name == "North").unwrap().id;
    let user = person.user.parse().unwrap();
    Caller { user, name: "Mary".into(), email: person.email.clone(), role: Role::Manager, rep: None, branch: Some(branch) }
}

async fn northern(house: &House, by: &Person, room: &str, filters: &str) -> Vec<u8> {
    let (caller, view) = (of_north(house, by).await, View { room: room.into(), filters: filters.into(), by: String::new() });
    make_ssr::of_view(&house.backend, &caller, (&view, ""), Format::Xlsx, None).await.unwrap().bytes
}

both_engines! {
    async fn a_split_is_kept_with_what_it_compares_and_leads_back_there(house) {
        let (mary, ..) = company(&house).await;
        let kept = |filters: String| house.post("/reports", &json!({"name": "Why", "room": "why", "filters": filters}));
        let usual = kept(FEBRUARY.into()).by(&mary).await.is(201);
        assert_eq!(usual.data()["filters"], format!("{FEBRUARY}&measure=netSales&against=before"));
        let chosen = format!("{FEBRUARY}&branch=North&measure=grossProfit&against=year");
        let id = kept(chosen.clone()).by(&mary).await.is(201).id();
        assert_eq!(house.get(&format!("/reports/{id}")).by(&mary).await.is(200).data()["filters"], chosen);
        let every = json!({"every": "day", "hour": 6, "formats": ["pdf", "xlsx", "csv"], "recipients": [mary.user]});
        house.put(&format!("/reports/{id}/schedule"), &every).by(&mary).await.is(200);
        assert_eq!(make(&house).await, 1);
        let letter = house.get("/inbox").by(&mary).await.is(200).data()["items"][0].clone();
        assert_eq!((&letter["address"], letter["documents"].as_array().unwrap().len()), (&json!(format!("/kpis/why?{chosen}&by=profit")), 3));
        assert!(letter["body"].as_str().unwrap().ends_with("against Feb 2025 · Branch: North"), "{letter}");
        let listed = house.get("/reports").by(&mary).await.is(200);
        assert_eq!(listed.data()["items"][0]["last"]["wrong"], json!(null), "nothing to compare with is said, and no failure");
    }

    async fn the_document_of_a_split_has_its_parts_and_names_and_says_that_they_add_up(house) {
        let (mary, ..) = company(&house).await;
        let bytes = book(&house, &mary, "why", FEBRUARY).await;
        let told = movement(&house, &mary, "netSales", json!({})).await;
        let causes = amounts(&sheet(bytes.clone(), "Causes of the change"));
        let parts: Vec<Option<i64>> = told["effects"].as_array().unwrap().iter().map(|effect| effect["amount"].as_i64()).collect();
        assert_eq!(causes[..6].iter().map(|cause| cause.1).collect::<Vec<_>>(), parts);
        assert_eq!((causes[6].clone(), parts.iter().flatten().sum::<i64>()), (("Change".to_owned(), Some(14_500)), 14_500));
        let won = amounts(&sheet(bytes.clone(), "Customers won"));
        let name = told["effects"][3]["customers"]["top"][0]["name"].as_str().unwrap();
        assert!(name.ends_with("=HYPERLINK(1)"));
        assert_eq!(won, [(name.to_owned(), Some(2_000)), ("P2".to_owned(), Some(2_000))], "a name is a text as it is");
        assert!(says(&bytes, "The parts add up to +KES 145, the change, to the cent."));
        let cover = sheet(bytes.clone(), "Report");
        let tiles = ["Net sales before", "Net sales now", "Change"].map(|name| cover.iter().find(|row| row[0] == name).and_then(|row| minor(&row[1])));
        assert_eq!(tiles, [20_000, 34_500, 14_500].map(Some));
        let profit = book(&house, &mary, "why", &format!("{FEBRUARY}&measure=grossProfit&branch=North")).await;
        let told = movement(&house, &mary, "grossProfit", json!({"branch": ["North"]})).await;
        let causes = amounts(&sheet(profit.clone(), "Causes of the change"));
        assert_eq!((causes.last().unwrap().1, causes.len()), (told["change"].as_i64(), 8));
        assert!(says(&profit, "The parts add up to +KES 80, the change, to the cent."));
        in_segment(&house, &mary, "C1", "Retail").await;
        let retail = amounts(&sheet(book(&house, &mary, "why", &format!("{FEBRUARY}&segment=Retail")).await, "Causes of the change"));
        assert_eq!(retail.last().unwrap().1, Some(12_500));
        let paper = house.get(&document("why", FEBRUARY, "pdf")).bytes(&mary).await;
        assert!(paper.starts_with(b"%PDF-") && paper.len() > 20_000);
    }

    async fn a_file_of_a_split_has_causes_with_their_names_and_is_noted(house) {
        let (mary, ann, vera) = company(&house).await;
        let text = String::from_utf8(house.get(&document("why", FEBRUARY, "csv")).bytes(&mary).await).unwrap();
        let causes = "\r\n\r\nCauses of the change\r\nCause,Kind,Name,Part\r\nPrice,,,30.00\r\nPrice,Customer,C1,30.00\r\nPrice,Product,P1,30.00\r\n";
        assert!(text.starts_with("\u{feff}Report,Why it moved\r\n") && text.contains(causes), "{text}");
        assert!(text.contains("Customers won,Customer,\"'=HYPERLINK(1)\",20.00\r\n") && text.ends_with("Change,,,145.00\r\n"), "{text}");
        let rows = text.split_once("Name,Part\r\n").unwrap().1.lines().count();
        let said = crate::people::journal(&house.backend, "report.export").await;
        let view = "Why it moved · 1 Feb 2026 – 28 Feb 2026 · Net sales against the days before";
        assert_eq!(said, [json!({"view": view, "format": "csv", "rows": rows})]);
        for person in [&ann, &vera] {
            for room in ["why", "pipeline"] {
                house.get(&document(room, FEBRUARY, "csv")).by(person).await.fails(403, "forbidden");
            }
        }
        house.get(&format!("{}&panel=heat", document("why", FEBRUARY, "csv"))).by(&mary).await.fails(400, "rejected");
    }

    async fn a_file_of_a_room_has_every_table_and_says_what_it_is_of(house) {
        let (mary, ..) = company(&house).await;
        let filters = format!("{FEBRUARY}&branch=North");
        let text = String::from_utf8(house.get(&document("", &filters, "csv")).bytes(&mary).await).unwrap();
        let (head, tables) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("\u{feff}Report,Overview\r\nCompany,"), "{head}");
        for line in ["Period,1 February 2026 – 28 February 2026", "Narrowed by,Branch: North", "Currency,KES"] {
            assert!(head.lines().any(|one| one == line), "{line} is missing of {head}");
        }
        let tables: Vec<&str> = tables.split("\r\n\r\n").collect();
        let starts = ["Figures\r\nFigure,Value,", "Trend\r\nDay,Net sales,", "Cumulative net sales\r\nTo,", "Branches\r\nBranch,", "Product lines\r\nProduct line,"];
        assert_eq!(tables.len(), starts.len(), "{text}");
        assert!(tables.iter().zip(starts).all(|(table, start)| table.starts_with(start)), "{text}");
        let rows: usize = tables[1..].iter().map(|table| table.lines().count() - 2).sum();
        let said = crate::people::journal(&house.backend, "report.export").await;
        assert_eq!(said[0]["rows"], json!(rows));
        let alone = String::from_utf8(house.get(&format!("{}&panel=trend", document("", &filters, "csv"))).bytes(&mary).await).unwrap();
        let (head, table) = alone.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("\u{feff}Report,Trend\r\nCompany,") && head.contains("Narrowed by,Branch: North\r\nCurrency,KES"), "{head}");
        assert!(table.starts_with("Day,Net sales,Gross profit,Margin,Cost known for,") && !table.contains("\r\n\r\n"), "{table}");
    }

    async fn more_customers_than_an_answer_may_have_groups_are_in_the_documents_of_their_room(house) {
        let many = 10_003;
        let mut rows = "date,customer,gross_revenue,document_no\n2025-01-01,L,5.00,A\n2025-02-03,C7,3.00,B\n".to_owned();
        (1..=many).for_each(|n| rows += &format!("2026-02-03,C{n},{n}.00,D{n}\n"));
        let report = import::run(&house.backend, Kind::Sales, Input::bytes("s.csv", rows.into_bytes()), None, Options::default()).await.unwrap();
        assert_eq!(report.tally.rejected, 0, "{report}");
        let mary = house.person(Role::Manager, "Mary").await;
        let year = "from=2026-01-01&to=2026-12-31";
        let text = String::from_utf8(house.get(&document("customers", year, "csv")).bytes(&mary).await).unwrap();
        let table = |title: &str| -> Vec<&str> { text.split("\r\n\r\n").find_map(|part| part.strip_prefix(&format!("{title}\r\n"))).unwrap().lines().skip(1).collect() };
        let (top, moved) = (table("Top customers"), table("\"New, kept and lost customers\""));
        assert_eq!((top.len(), moved.len()), (10_000, 10_000));
        assert!(top[0].starts_with("C10003,10003.00,,"), "nobody's cost is known: the largest by net sales is first, not {}", top[0]);
        assert_eq!((moved[0], &moved[9_998..]), ("C10003,New,10003.00,", &["C7,Kept,7.00,3.00", "L,Lost,,5.00"][..]));
        assert!(house.get(&document("customers", year, "pdf")).bytes(&mary).await.starts_with(b"%PDF-"));
    }

    async fn a_split_with_nothing_to_compare_with_says_so(house) {
        let (mary, ..) = company(&house).await;
        let words = "There is nothing to compare with: the first day with data is 2026-01-01.";
        for filters in ["from=2026-01-01&to=2026-01-31", "period=all", "from=2026-02-01&to=2026-02-28&against=year"] {
            let bytes = book(&house, &mary, "why", filters).await;
            assert_eq!(sheet(bytes, "Causes of the change"), [[Data::String(words.into())]], "{filters}");
            assert!(house.get(&document("why", filters, "pdf")).bytes(&mary).await.starts_with(b"%PDF-"));
            let text = String::from_utf8(house.get(&document("why", filters, "csv")).bytes(&mary).await).unwrap();
            assert!(text.ends_with(&format!("\r\n\r\nCauses of the change\r\n{words}\r\n")), "{text}");
        }
        let nobody = book(&house, &mary, "why", &format!("{FEBRUARY}&customer=Nobody")).await;
        assert_eq!(sheet(nobody, "Causes of the change"), [[Data::String("No sales in this selection.".into())]]);
    }

    async fn the_document_of_the_pipeline_has_the_funnel_the_rates_and_the_cycle(house) {
        let (mary, ..) = company(&house).await;
        opportunities::company(&house).await;
        let id = house.post("/reports", &json!({"name": "Pipe", "room": "pipeline", "filters": "period=all"})).by(&mary).await.is(201).id();
        let bytes = house.get(&format!("/reports/{id}/document?format=xlsx")).bytes(&mary).await;
        let funnel = house.get("/kpis/funnel").by(&mary).await.is(200);
        let (rows, stages) = (sheet(bytes.clone(), "Funnel"), funnel.data()["pipelines"][0]["stages"].as_array().unwrap().clone());
        assert_eq!(rows.len(), 1 + stages.len() + 1, "{rows:?}");
        for (row, stage) in rows[1..].iter().zip(&stages) {
            assert_eq!((row[0].to_string(), minor(&row[1]), minor(&row[5])), (stage["stage"].as_str().unwrap().to_owned(), stage["reached"].as_i64().map(|n| n * 100), stage["value"].as_i64()));
            assert_eq!(minor(&row[2]).map(|share| share * 100), stage["ofPreviousBasisPoints"].as_i64());
        }
        assert_eq!((rows[4][0].to_string(), minor(&rows[4][1]), minor(&rows[4][4])), ("Lost".to_owned(), None, Some(100)));
        let reps = sheet(bytes.clone(), "Win rate by salesperson");
        let ann = reps.iter().find(|row| row[0] == "Ann").unwrap();
        assert_eq!(ann[1..7].iter().map(minor).collect::<Vec<_>>(), [300, 100, 0, 200, 100, 33].map(Some), "a share of few is a number");
        let cycle = sheet(bytes.clone(), "Days from beginning to end");
        assert_eq!(cycle[1][1..].iter().map(minor).collect::<Vec<_>>(), [200, 2_250, 2_500, 2_750].map(Some));
        assert!(says(&bytes, "Conversion") && says(&bytes, "All data"));
        let dated = book(&house, &mary, "pipeline", "from=2026-01-01&to=2026-01-31&rep=Ann").await;
        assert_eq!(minor(&sheet(dated.clone(), "Funnel")[1][1]), Some(100));
        assert!(says(&dated, "1 opportunities have no day of beginning: no days hold them. Choose the period “All data” to see them."));
        let farms = book(&house, &mary, "pipeline", "period=all&segment=Farms").await;
        assert_eq!(sheet(farms.clone(), "Funnel"), [[Data::String("No opportunities in this selection.".into())]]);
        assert!(says(&farms, "4 opportunities have no client here, or one without a segment: no segment holds them."));
        let none = book(&house, &mary, "pipeline", "period=all&rep=Nobody").await;
        assert_eq!(sheet(none, "Funnel"), [[Data::String("No opportunities in this selection.".into())]]);
        let text = String::from_utf8(house.get(&document("pipeline", "period=all", "csv")).bytes(&mary).await).unwrap();
        assert!(text.contains("\r\n\r\nFunnel\r\nStage,Came to it,") && text.contains("\r\n\r\nWin rate by source\r\n") && text.contains("\r\nOffered,2,50.0,50.0,1,100.50\r\n"), "{text}");
        assert!(house.get(&document("pipeline", "period=all", "pdf")).bytes(&mary).await.starts_with(b"%PDF-"));
    }

    async fn documents_of_both_rooms_stay_within_the_scope_of_whoever_they_are_made_for(house) {
        let (mary, ..) = company(&house).await;
        opportunities::company(&house).await;
        let north = northern(&house, &mary, "why", FEBRUARY).await;
        assert_eq!(amounts(&sheet(north, "Causes of the change")).last().unwrap().1, Some(13_000));
        let north = northern(&house, &mary, "pipeline", "period=all").await;
        let reps: Vec<String> = sheet(north, "Win rate by salesperson")[1..].iter().map(|row| row[0].to_string()).collect();
        assert_eq!(reps, ["Ann"], "of Ben’s there is no row");
    }
}
