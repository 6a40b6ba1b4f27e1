#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::testing::*;
use super::*;
use crate::changes::{EditClient, OfClient};
use crate::clients::{ClientDraft, ClientPatch, ClientQuery, Sort, Stage};
use crate::ids::{ClientId, VisitId};
use crate::lights::Light;
use crate::pack::encode_page;
use crate::visits::requests::Report;
use crate::visits::{CheckIn, CheckOut, PlanVisit, VisitQuery, VisitStatus};
use uuid::Uuid;

const TODAY: Day = Day(20_000);

fn noon(day: Day) -> Instant {
    Instant(i64::from(day.0) * crate::calendar::DAY_MS + 9 * 3_600_000)
}

fn client_id(n: u128) -> ClientId {
    ClientId(Uuid::from_u128(n))
}

/// Three clients: red since 5 days, green, never visited; a planned visit today to the third.
fn book() -> Book {
    let company = a_company();
    let mut red = a_client(1, "Mutua Hardware");
    red.last_visit_on = Some(TODAY.plus(-40));
    red.stamp(&company);
    let mut green = a_client(2, "Café Kimani");
    green.last_visit_on = Some(TODAY.plus(-2));
    green.stamp(&company);
    let mut new = a_client(3, "Baraka Spares");
    new.planned_at = Some(noon(TODAY));
    let mut planned = a_visit(100, 3, TODAY);
    planned.planned_at = Some(noon(TODAY));
    let bytes = encode_page(&a_page(vec![red, green, new], vec![planned, a_visit(101, 2, TODAY.plus(9))]));
    Book::open([bytes.as_slice()]).unwrap().unwrap()
}

fn names(book: &Book, query: &ClientQuery) -> Vec<String> {
    book.clients(query, TODAY).items.into_iter().map(|c| c.name).collect()
}

#[test]
fn lists_filter_search_and_order() {
    let book = book();
    let all = ClientQuery::default();
    assert_eq!(names(&book, &all), ["Mutua Hardware", "Café Kimani", "Baraka Spares"]);
    assert_eq!(names(&book, &ClientQuery { sort: Sort::Name, ..all.clone() }), ["Baraka Spares", "Café Kimani", "Mutua Hardware"]);
    assert_eq!(names(&book, &ClientQuery { text: "cafe kim".into(), ..all.clone() }), ["Café Kimani"]);
    let red = ClientQuery { light: Some(Light::Red), ..all.clone() };
    let page = book.clients(&red, TODAY);
    assert_eq!((page.total, page.counts.all, page.counts.red, page.counts.grey), (1, 3, 1, 1));
    assert_eq!(names(&book, &ClientQuery { offset: 1, limit: 1, ..all.clone() }), ["Café Kimani"]);
    assert!(names(&book, &ClientQuery { stage: Some(Stage::Prospect), ..all }).is_empty());
}

#[test]
fn today_puts_what_is_overdue_and_agreed_first() {
    let today = book().today(TODAY);
    assert_eq!(today.next.iter().map(|n| n.client.name.as_str()).collect::<Vec<_>>(), ["Baraka Spares", "Mutua Hardware"]);
    assert_eq!((today.counts.overdue, today.counts.planned_today), (1, 1));
}

#[test]
fn a_visit_made_offline_turns_the_light_green_at_once_and_comes_off_without_a_trace() {
    let mut book = book();
    let before = (book.clients(&ClientQuery::default(), TODAY), book.visits(&VisitQuery::default()), book.counts());
    let id = VisitId(Uuid::from_u128(900));
    let check_in = CheckIn { id, client_id: client_id(1), kind: "sales".into(), at: noon(TODAY), fix: None, reason: String::new() };
    book.apply(&Change::CheckIn(check_in.clone()), noon(TODAY)).unwrap();
    assert_eq!(book.today(TODAY).running.len(), 1);
    assert_eq!(book.client(client_id(1)).unwrap().light(TODAY), Light::Red);
    let check_out =
        CheckOut { id, at: Instant(noon(TODAY).0 + 60_000), fix: None, report: Report { outcome: "order".into(), ..Report::default() } };
    book.apply(&Change::CheckOut(check_out), Instant(noon(TODAY).0 + 60_000)).unwrap();
    assert_eq!(book.client(client_id(1)).unwrap().light(TODAY), Light::Green);
    assert_eq!(book.card(client_id(1)).unwrap().history.len(), 1);
    assert!(book.apply(&Change::CheckIn(check_in), noon(TODAY)).is_err(), "a visit begins once");
    book.bare();
    assert_eq!((book.clients(&ClientQuery::default(), TODAY), book.visits(&VisitQuery::default()), book.counts()), before);
}

#[test]
fn a_new_prospect_can_be_planned_converted_and_edited_before_anything_is_sent() {
    let mut book = book();
    let fields = ClientPatch { name: Some("Tumaini Estate".into()), tier: Some("A".into()), ..ClientPatch::default() };
    let draft = ClientDraft { id: client_id(50), stage: Stage::Prospect, source: None, external_id: None, fields };
    book.apply(&Change::CreateClient(Box::new(draft)), noon(TODAY)).unwrap();
    let plan = PlanVisit {
        id: VisitId(Uuid::from_u128(51)),
        client_id: client_id(50),
        kind: String::new(),
        planned_at: noon(TODAY.plus(3)),
        notes: String::new(),
    };
    book.apply(&Change::PlanVisit(plan), noon(TODAY)).unwrap();
    book.apply(&Change::ConvertClient(OfClient { id: client_id(50) }), noon(TODAY)).unwrap();
    let edit = EditClient { id: client_id(50), fields: ClientPatch { name: Some(String::new()), ..ClientPatch::default() } };
    let refused = book.apply(&Change::EditClient(Box::new(edit)), noon(TODAY)).unwrap_err();
    assert_eq!(refused.for_field("name"), Some("Enter a name."));
    let client = book.client(client_id(50)).unwrap();
    assert_eq!((client.stage, client.planned_at, client.name.as_str()), (Stage::Client, Some(noon(TODAY.plus(3))), "Tumaini Estate"));
}

#[test]
fn later_pages_replace_remove_and_survive_being_packed_again() {
    let mut book = book();
    let mut moved = a_client(2, "Café Kimani & Sons");
    moved.version = 5;
    let mut done = a_visit(100, 3, TODAY);
    done.status = VisitStatus::Completed;
    let mut page = a_page(vec![moved], vec![done, a_visit(102, 2, TODAY)]);
    (page.fresh, page.head, page.cursor) = (false, 5, "c5".into());
    page.gone = vec![Gone::Client(client_id(1)), Gone::Visit(VisitId(Uuid::from_u128(101)))];
    book.absorb(&encode_page(&page)).unwrap();
    assert_eq!(names(&book, &ClientQuery { sort: Sort::Name, ..ClientQuery::default() }), ["Baraka Spares", "Café Kimani & Sons"]);
    assert_eq!(book.counts().visits, 2);
    assert_eq!(book.visit(VisitId(Uuid::from_u128(100))).unwrap().status, VisitStatus::Completed);
    let packed = book.repack();
    let again = Book::open([packed.as_slice()]).unwrap().unwrap();
    assert_eq!(again.clients(&ClientQuery::default(), TODAY), book.clients(&ClientQuery::default(), TODAY));
    assert_eq!(again.visits(&VisitQuery::default()), book.visits(&VisitQuery::default()));
    assert_eq!((again.head(), again.cursor(), again.counts()), (5, "c5", book.counts()));
}

#[test]
fn an_unreadable_page_leaves_the_book_as_it_was() {
    let mut book = book();
    assert!(book.absorb(b"nothing").is_err());
    assert_eq!(book.counts().clients, 3);
}
