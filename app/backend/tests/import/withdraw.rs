//! Taking imports back on both engines: what nobody touched is as before to the byte, what somebody edited or used stays and is listed.

use crate::common::{self, both_engines};
use crate::fixtures::{CLIENTS, all, bring, counts, day};
use crate::snapshot::{difference, snapshot};
use backend::import::{self, Kind, Subject, Withdrawn};
use backend::{Backend, clients, contacts, visits};
use domain::clients::{ClientPatch, ClientQuery};
use domain::ids::ImportId;
use domain::people::Caller;
use domain::visits::requests::{EditVisit, Report};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const VISITS: &str = "source = 'elsewhere'\nkey = ['no']\n[fields]\nclient = 'id'\ndate = 'date'\nnotes = 'notes'\n";
const CONTACTS: &str = "source = 'elsewhere'\nkey = ['no']\n[fields]\nclient = 'id'\nname = 'name'\nphone = 'phone'\n";
const SALES: &str = "source = 'till'\n[fields]\ndate = 'date'\ndocumentNo = 'no'\nsalesperson = 'rep'\nbranch = 'branch'\ncustomer = 'id'\nproduct = 'item'\namount = 'amount'\n";
const BUDGETS: &str = "create = true\n[fields]\nrep = 'rep'\nmonth = 'month'\namount = 'amount'\n";

const OPPORTUNITIES: &str = "source = 'crm'\ncreate = true\nkey = ['no']\n[fields]\naccount = 'account'\nrep = 'rep'\nproduct = 'product'\nengagedOn = 'began'\nvalue = 'value'\nstage = 'stage'\n[[stages]]\nname = 'New'\n[[stages]]\nname = 'Won'\noutcome = 'won'\n[[stages]]\nname = 'Lost'\noutcome = 'lost'\n";

/// Cells of one row, small so that rows meet again.
type Cells = (u8, u8, u8, u8);

/// A file of a kind, and its mapping.
pub fn file(kind: Kind, rows: &[Cells]) -> (String, &'static str) {
    let phone = |n: u8| if n == 0 { String::new() } else { format!("+254 722 000 00{n}") };
    let branch = |n: u8| if n == 0 { String::new() } else { format!("Branch {n}") };
    let tier = |n: u8| ["", "A", "B", "C"][usize::from(n % 4)];
    let line = |(a, b, c, d): &Cells| match kind {
        Kind::Clients | Kind::Prospects => format!("{a},Shop {b},Town {c},94103,,,{},{},t{d};t{b}\n", phone(*d), tier(*c)),
        Kind::Visits => format!("{a}{b},{c},2015-0{}-1{d},said {b}\n", c + 1),
        Kind::Contacts => format!("{a}{b},{c},Person {d},{}\n", phone(*b)),
        Kind::Products => format!("P{a},Thing {b},Group {c},{d}.50\n"),
        Kind::Reps => format!("Rep {a},{}\n", branch(*b)),
        Kind::Budgets => format!("Rep {a},2015-0{},{c}{d}\n", b + 1),
        Kind::Opportunities => {
            format!("O{a},Shop {b},Rep {b},P{d},2015-0{}-01,{c}.50,{}\n", c + 1, ["New", "Won", "Lost", "gone"][usize::from(*d)])
        }
        Kind::Sales => format!("2015-06-1{a},D{a},Rep {b},{},{c},P{d},{b}{c}.25\n", branch(*c)),
    };
    let (head, mapping) = match kind {
        Kind::Clients | Kind::Prospects => ("id,name,city,zip,lat,lon,phone,tier,tags\n", CLIENTS),
        Kind::Visits => ("no,id,date,notes\n", VISITS),
        Kind::Contacts => ("no,id,name,phone\n", CONTACTS),
        Kind::Products => ("code,name,group,price\n", ""),
        Kind::Reps => ("name,branch\n", ""),
        Kind::Budgets => ("rep,month,amount\n", BUDGETS),
        Kind::Opportunities => ("no,account,rep,product,began,value,stage\n", OPPORTUNITIES),
        Kind::Sales => ("date,no,rep,branch,id,item,amount\n", SALES),
    };
    (head.to_owned() + &rows.iter().map(line).collect::<String>(), mapping)
}

struct Dice(TestRunner);

impl Dice {
    fn new() -> Self {
        Self(TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha)))
    }

    fn rows(&mut self) -> Vec<Cells> {
        prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..3, 0_u8..4), 1..7).new_tree(&mut self.0).unwrap().current()
    }

    fn below(&mut self, end: usize) -> usize {
        (0..end).new_tree(&mut self.0).unwrap().current()
    }
}

pub async fn take_back(backend: &Backend, by: &Caller, id: ImportId) -> Withdrawn {
    import::withdraw(backend, by, id).await.unwrap()
}

/// What lights and sums of days are kept as must be what they are worked out to.
async fn sound(backend: &Backend) {
    assert_eq!(backend::sales::drift(backend).await.unwrap(), 0);
}

/// Somebody at work: a client's phone is edited, or one is visited.
async fn work(backend: &Backend, by: &Caller, dice: &mut Dice) {
    let query = ClientQuery { limit: 500, ..ClientQuery::default() };
    let found = clients::list(backend, by, &query).await.unwrap().items;
    if found.is_empty() {
        return;
    }
    let client = clients::find(backend, by, found[dice.below(found.len())].id).await.unwrap();
    if dice.below(2) == 0 {
        let patch = ClientPatch { phone: Some(format!("+254 733 000 0{:02}", dice.below(99))), ..ClientPatch::default() };
        clients::edit(backend, by, client.id, patch, common::build::meta(backend)).await.unwrap();
    } else {
        common::build::a_visit().to(&client).add(backend, by).await;
    }
}

both_engines!(an_import_nobody_touched_leaves_no_trace_whatever_was_there_before, as_of "2015-09-17", |backend, admin| {
    let mut dice = Dice::new();
    for round in 0..60 {
        let kind = Kind::ALL[dice.below(Kind::ALL.len())];
        let (text, mapping) = file(kind, &dice.rows());
        let mapping = if kind == Kind::Prospects { mapping.replace("kind = \"clients\"", "kind = \"prospects\"") } else { mapping.to_owned() };
        let before = snapshot(&backend).await;
        let report = bring(&backend, kind, &text, &mapping).await;
        let Some(id) = report.id else { continue };
        let done = take_back(&backend, &admin, id).await;
        let after = snapshot(&backend).await;
        assert_eq!(after, before, "round {round}, {kind:?}\n{text}{}", difference(&before, &after));
        assert_eq!(done.kept, [], "{text}");
        let again = bring(&backend, kind, &text, &mapping).await;
        assert_eq!(counts(&again), counts(&report), "the same file comes in again");
        sound(&backend).await;
        if round % 4 == 3 {
            work(&backend, &admin, &mut dice).await;
        }
    }
});

both_engines!(in_whatever_order_imports_are_taken_back_nothing_of_them_is_left, as_of "2015-09-17", |backend, admin| {
    let mut dice = Dice::new();
    // whom records hang on is there before: what something hangs on stays, and is taken back last
    bring(&backend, Kind::Reps, "name,branch\nHenry Okafor,Centre\nRep 0,Branch 1\nRep 1,Branch 2\n", "").await;
    for round in 0..30 {
        let kind = [Kind::Reps, Kind::Clients, Kind::Products, Kind::Budgets, Kind::Opportunities][round / 6];
        if round == 18 {
            bring(&backend, Kind::Reps, "name\nRep 2\nRep 3\n", "").await;
        }
        let before = snapshot(&backend).await;
        let mut made = Vec::new();
        for _ in 0..2 + dice.below(4) {
            let (text, mapping) = file(kind, &dice.rows());
            made.extend(bring(&backend, kind, &text, mapping).await.id.map(|id| (id, text)));
        }
        let told: Vec<_> = made.iter().map(|m| m.1.clone()).collect();
        while !made.is_empty() {
            let (id, _) = made.remove(dice.below(made.len()));
            take_back(&backend, &admin, id).await;
            sound(&backend).await;
        }
        let after = snapshot(&backend).await;
        assert_eq!(after, before, "round {round}, {kind:?}\n{told:#?}\n{}", difference(&before, &after));
    }
});

both_engines!(what_people_entered_survives_whatever_is_taken_back, as_of "2015-09-17", |backend, admin| {
    let mut dice = Dice::new();
    let (mut made, mut entered): (Vec<import::Report>, std::collections::BTreeMap<_, String>) = (Vec::new(), std::collections::BTreeMap::new());
    for round in 0..40 {
        let (text, _) = file(Kind::Clients, &dice.rows());
        // no phones in the file: what people enter there is theirs alone
        let mapping = CLIENTS.replace("phone = \"phone\"\n", "");
        made.extend(Some(bring(&backend, Kind::Clients, &text, &mapping).await).filter(|r| r.id.is_some()));
        let there = all(&backend, &admin).await;
        let client = there[dice.below(there.len())].id;
        let phone = format!("+254 733 000 0{round:02}");
        let patch = ClientPatch { phone: Some(phone.clone()), ..ClientPatch::default() };
        clients::edit(&backend, &admin, client, patch, common::build::meta(&backend)).await.unwrap();
        entered.insert(client, phone);
        if round % 3 == 2 {
            let report = made.remove(dice.below(made.len()));
            take_back(&backend, &admin, report.id.unwrap()).await;
        }
        for (client, phone) in &entered {
            assert_eq!(clients::find(&backend, &admin, *client).await.unwrap().phone.as_ref(), Some(phone));
        }
    }
});

both_engines!(what_was_edited_or_used_since_stays_and_is_listed_with_the_reason, as_of "2015-07-17", |backend, admin| {
    let (text, mapping) = file(Kind::Clients, &[(0, 0, 0, 1), (1, 1, 0, 1), (2, 2, 0, 1), (3, 0, 1, 1)]);
    let report = bring(&backend, Kind::Clients, &text, mapping).await;
    let of = async |name: &str| {
        let there = all(&backend, &admin).await;
        there.into_iter().find(|c| c.name == name).unwrap().id
    };
    let edited = of("Shop 1").await;
    let patch = ClientPatch { notes: Some("Ask for Nina".into()), ..ClientPatch::default() };
    clients::edit(&backend, &admin, edited, patch, common::build::meta(&backend)).await.unwrap();
    let visited = clients::find(&backend, &admin, of("Shop 2").await).await.unwrap();
    common::build::a_visit().to(&visited).add(&backend, &admin).await;
    let done = take_back(&backend, &admin, report.id.unwrap()).await;
    assert_eq!((done.removed, done.reverted, done.kept_count, done.clients_removed, done.clients_kept), (2, 0, 4, 2, 2));
    let listed = import::list(&backend, &admin, 10).await.unwrap();
    let told: Vec<_> = listed.iter().filter_map(|import| import.withdrawn.as_ref()).collect();
    assert_eq!(told, [&done], "what stayed is told as long as the import is known");
    assert!(listed.iter().all(|import| import.report.get("withdrawn").is_none() && import.report["rows"].is_u64()));
    let mut kept: Vec<_> = done.kept.iter().map(|k| (k.kind, k.name.as_str(), k.why.as_str())).collect();
    kept.sort_unstable();
    // their rep came with the clients, and the rep's branch
    let want = [
        (Subject::Client, "Shop 1", "it was edited since"),
        (Subject::Client, "Shop 2", "it has visits"),
        (Subject::Rep, "Henry Okafor", "they own clients"),
        (Subject::Branch, "Centre", "clients belong to it"),
    ];
    assert_eq!(kept, want);
    assert!(done.to_string().contains("Shop 2"), "{done}");
    assert_eq!(all(&backend, &admin).await.len(), 2);
});

both_engines!(a_rep_s_phone_drops_what_is_taken_back, as_of "2015-07-17", |backend, admin| {
    let henry = common::a_rep(&backend, "Henry Okafor").await;
    let (text, mapping) = file(Kind::Clients, &[(0, 0, 0, 1), (1, 1, 0, 1)]);
    let clients_in = bring(&backend, Kind::Clients, &text, mapping).await;
    let visits_in = bring(&backend, Kind::Visits, "no,id,date,notes\n1,0,2015-06-01,x\n", VISITS).await;
    let contacts_in = bring(&backend, Kind::Contacts, "no,id,name,phone\n1,0,Nina,\n", CONTACTS).await;
    let device = domain::ids::DeviceId(common::build::id());
    let page = backend::sync::pull(&backend, &henry, device, None, 1_000).await.unwrap();
    assert_eq!((page.clients.len(), page.contacts.len(), page.visits.len()), (2, 1, 1));
    let lit = page.clients.iter().filter(|c| c.last_visit_on == Some(day("2015-06-01"))).count();
    assert_eq!(lit, 1);
    for report in [&visits_in, &contacts_in] {
        assert_eq!(take_back(&backend, &admin, report.id.unwrap()).await.removed, 1);
    }
    let next = backend::sync::pull(&backend, &henry, device, Some(&page.cursor), 1_000).await.unwrap();
    assert_eq!((next.gone.len(), next.clients.len()), (2, 1), "the light went out");
    assert_eq!(next.clients[0].last_visit_on, None);
    take_back(&backend, &admin, clients_in.id.unwrap()).await;
    let last = backend::sync::pull(&backend, &henry, device, Some(&next.cursor), 1_000).await.unwrap();
    assert_eq!(last.gone.len(), 2);
    assert_eq!(all(&backend, &admin).await, []);
});

both_engines!(of_two_imports_of_one_field_the_later_stays_and_then_leads_back_to_the_start, |backend, admin| {
    let name = async |text: &str| bring(&backend, Kind::Products, format!("code,name\n{text}\n"), "").await.id.unwrap();
    name("A,Hammer").await;
    let (second, third) = (name("A,Mallet").await, name("A,Sledge").await);
    let now = async || {
        common::rows(&backend, "select cast(case name when 'Hammer' then 1 when 'Mallet' then 2 else 3 end as bigint) from products").await
    };
    let done = take_back(&backend, &admin, second).await;
    assert_eq!((now().await, done.reverted, done.kept_count), (vec![3], 0, 1));
    assert_eq!(done.kept[0].why, "name was changed by a later import");
    assert_eq!(take_back(&backend, &admin, third).await.reverted, 1);
    assert_eq!(now().await, [1]);
    let gone = import::withdraw(&backend, &admin, third).await.unwrap_err();
    assert!(gone.to_string().contains("taken back before"), "{gone}");
});

both_engines!(a_product_that_was_sold_and_a_rep_with_a_budget_stay, |backend, admin| {
    let products = bring(&backend, Kind::Products, "code,name\nA,Hammer\nB,Saw\n", "").await.id.unwrap();
    let reps = bring(&backend, Kind::Reps, "name,branch\nGrace,West\nOtieno,East\n", "").await.id.unwrap();
    bring(&backend, Kind::Budgets, "rep,month,amount\nGrace,2015-07,5\n", "").await;
    bring(&backend, Kind::Sales, "date,item,amount,document no\n2015-01-05,a,10,1\n", "").await;
    let of = |done: Withdrawn| done.kept.into_iter().map(|k| (k.name, k.why)).collect::<Vec<_>>();
    assert_eq!(of(take_back(&backend, &admin, products).await), [("Hammer".to_owned(), "there are sales of it".to_owned())]);
    let said = of(take_back(&backend, &admin, reps).await);
    assert_eq!(said, [("Grace".to_owned(), "they have budgets".to_owned()), ("West".to_owned(), "reps belong to it".to_owned())]);
    assert_eq!(common::rows(&backend, "select count(*) from reps").await, [1]);
});

both_engines!(a_visit_that_was_edited_since_keeps_what_was_written, as_of "2015-07-17", |backend, admin| {
    let (text, mapping) = file(Kind::Clients, &[(0, 0, 0, 1)]);
    bring(&backend, Kind::Clients, &text, mapping).await;
    bring(&backend, Kind::Visits, "no,id,date,notes\n1,0,2015-06-01,first\n", VISITS).await;
    let second = bring(&backend, Kind::Visits, "no,id,date,notes\n1,0,2015-06-02,second\n", VISITS).await;
    let client = all(&backend, &admin).await[0].id;
    let card = clients::card(&backend, &admin, client).await.unwrap();
    let visit = card.history[0].id;
    let report = Report { kind: card.history[0].kind.clone(), notes: "mine".into(), ..Report::default() };
    let edit = EditVisit { id: visit, report };
    visits::edit(&backend, &admin, edit, common::build::meta(&backend)).await.unwrap();
    let done = take_back(&backend, &admin, second.id.unwrap()).await;
    assert_eq!((done.reverted, done.kept[0].why.as_str()), (1, "notes was edited since"));
    assert_eq!(done.kept[0].name, "Shop 0, 2015-06-02");
    let visit = visits::find(&backend, &admin, visit).await.unwrap();
    assert_eq!((visit.day, visit.notes.as_deref()), (day("2015-06-01"), Some("mine")));
    assert_eq!(clients::find(&backend, &admin, client).await.unwrap().last_visit_on, Some(day("2015-06-01")));
    assert!(contacts::of_client(&backend, &admin, client).await.unwrap().is_empty());
});

both_engines!(an_import_of_which_nothing_was_kept_is_refused_rather_than_taken_back_in_part, |backend, admin| {
    let old = bring(&backend, Kind::Products, "code,name\nA,Hammer\n", "").await.id.unwrap();
    common::execute(&backend, "delete from import_changes").await;
    let refused = import::withdraw(&backend, &admin, old).await.unwrap_err();
    assert!(refused.to_string().contains("from before"), "{refused}");
    assert_eq!(common::rows(&backend, "select count(*) from products").await, [1]);
});
