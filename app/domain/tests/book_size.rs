//! How many bytes the largest Book takes on the wire: 5,000 clients, 60,000 visits, notes of 80 characters on average over 5,000 words.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::book::Book;
use domain::bought::{Bought, BoughtBy, BoughtProduct, PRODUCTS};
use domain::calendar::{DAY_MS, Day, Instant};
use domain::clients::{Client, ClientQuery, Stage, Status};
use domain::ids::{ClientId, RepId, VisitId, v7};
use domain::pack::encode_page;
use domain::sync::PullPage;
use domain::visits::{Stamp, Visit, VisitStatus};
use fastrand::Rng;

fn id(random: &mut Rng, at: i64) -> uuid::Uuid {
    v7(Instant(at), std::array::from_fn(|_| random.u8(..)))
}

fn text(random: &mut Rng, words: &[String], letters: usize) -> String {
    let mut text = String::new();
    while text.len() < letters {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&words[random.usize(..words.len())]);
    }
    text
}

fn client(random: &mut Rng, words: &[String], n: i64) -> Client {
    let at = 1_600_000_000_000 + n * 60_000;
    Client {
        id: ClientId(id(random, at)),
        stage: Stage::Client,
        name: format!("{} {n}", text(random, words, 14)),
        status: Status::Active,
        archived_at: None,
        rep_id: Some(RepId(uuid::Uuid::from_u128(7))),
        branch_id: None,
        segment: Some(words[random.usize(..6)].clone()),
        tier: Some(["A", "B", "C"][random.usize(..3)].into()),
        tags: vec![words[random.usize(..9)].clone()],
        phone: Some(format!("+2547{:08}", random.u64(..100_000_000))),
        email: Some(format!("{}{n}@example.com", words[random.usize(..words.len())])),
        address: Some(format!("{} {}", random.u64(..900), text(random, words, 12))),
        town: Some(words[random.usize(..60)].clone()),
        postal_code: Some(format!("{:05}", random.u64(..300))),
        position: domain::geo::Position::from_degrees(
            -1.0 - f64::from(random.u32(..100_000)) / 1e5,
            36.0 + f64::from(random.u32(..100_000)) / 1e5,
        ),
        notes: None,
        cadence_days: None,
        radius_m: None,
        source: None,
        external_id: None,
        last_visit_on: Some(Day(20_000)),
        last_visit_by: None,
        amber_from: Some(Day(20_028)),
        due_on: Some(Day(20_035)),
        planned_at: None,
        created_at: Instant(at),
        changed_at: Instant(at),
        changed_by: None,
        version: n,
    }
}

fn visit(random: &mut Rng, words: &[String], clients: &[Client], n: i64) -> Visit {
    let day = 19_270 + n / 83;
    let at = day * DAY_MS + 5 * 3_600_000 + random.i64(0..36_000) * 1000;
    let letters = 60 + random.usize(..33);
    Visit {
        id: VisitId(id(random, at)),
        client_id: clients[random.usize(..clients.len())].id,
        rep_id: Some(RepId(uuid::Uuid::from_u128(7))),
        status: VisitStatus::Completed,
        kind: ["sales", "service", "demo"][random.usize(..3)].into(),
        day: Day(day as i32),
        planned_at: None,
        checked_in: Some(Stamp { at: Instant(at), fix: None }),
        address: None,
        distance_m: Some(random.u32(..150)),
        within_radius: Some(true),
        outside_reason: None,
        checked_out: Some(Stamp { at: Instant(at + random.i64(0..3_600) * 1000), fix: None }),
        outcome: Some(["order", "quote", "follow_up", "done"][random.usize(..4)].into()),
        notes: Some(text(random, words, letters + 1)),
        next_step: None,
        next_step_on: None,
        promise: None,
        cancel_reason: None,
        clock_offset_ms: None,
        source: None,
        external_id: None,
        changed_at: Instant(at),
        version: 5_000 + n,
    }
}

fn page(clients: Vec<Client>, visits: Vec<Visit>) -> PullPage {
    PullPage {
        cursor: "c".into(),
        more: false,
        head: 65_000,
        fresh: true,
        company: None,
        caller: None,
        clients,
        contacts: vec![],
        visits,
        bought: vec![],
        gone: vec![],
        facts: None,
    }
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).unwrap();
    out.len()
}

/// Thirty days of purchases since the last fiscal year and ten products in both years, of each client.
fn purchases(random: &mut Rng, words: &[String], clients: &[Client]) -> Vec<BoughtBy> {
    let mut of = |client: &Client| {
        let mut days: Vec<i32> = (0..30).map(|_| 19_900 + random.i32(0..650)).collect();
        days.sort_unstable();
        days.dedup();
        let days = days.into_iter().map(|day| (Day(day), 5_000 * random.i64(0..4_000))).collect();
        let mut product = |n: usize| {
            let name = words.get(random.usize(..900)).cloned();
            BoughtProduct { name, year: Day(if n.is_multiple_of(2) { 19_900 } else { 20_265 }), net: 5_000 * random.i64(0..9_000) }
        };
        (client.id, Bought { days, products: (0..2 * PRODUCTS).map(&mut product).collect() })
    };
    clients.iter().map(&mut of).collect()
}

#[test]
fn what_the_largest_book_knows_of_purchases_takes_less_than_eleven_hundred_kilobytes() {
    let mut random = Rng::with_seed(20_261_125);
    let words: Vec<String> = (0..900).map(|n| format!("Product {n}")).collect();
    let clients: Vec<Client> = (0..5_000).map(|n| client(&mut random, &words, n)).collect();
    let without = brotli(&encode_page(&page(clients.clone(), vec![])));
    let bought = purchases(&mut random, &words, &clients);
    let with = brotli(&encode_page(&PullPage { bought, ..page(clients, vec![]) }));
    println!("purchases: {} bytes on the wire", with - without);
    assert!(with - without <= 1_100_000, "{}", with - without);
}

#[test]
fn the_largest_book_takes_less_than_three_megabytes_and_a_day_of_it_less_than_a_hundredth() {
    let mut random = Rng::with_seed(20_261_120);
    let words: Vec<String> = (0..5_000).map(|_| (0..3 + random.u64(..6)).map(|_| char::from(b'a' + random.u8(..26))).collect()).collect();
    let clients: Vec<Client> = (0..5_000).map(|n| client(&mut random, &words, n)).collect();
    let visits: Vec<Visit> = (0..60_000).map(|n| visit(&mut random, &words, &clients, n)).collect();
    let letters: usize = visits.iter().filter_map(|v| v.notes.as_ref()).map(String::len).sum();
    assert!((78 * 60_000..84 * 60_000).contains(&letters), "{letters}");
    let day = page(clients[..20].to_vec(), visits[..83].to_vec());
    let whole = page(clients, visits);
    let bytes = encode_page(&whole);
    let (wire, delta) = (brotli(&bytes), brotli(&encode_page(&day)));
    println!("the Book: {} bytes packed, {wire} on the wire; a day's changes: {delta}", bytes.len());
    assert!(wire <= 3_000_000, "{wire}");
    assert!(delta * 100 <= wire, "{delta}");
    assert!(Book::open([bytes.as_slice()]).unwrap().is_none(), "a page without company opens no Book");
    assert_eq!(ClientQuery::default().limit, 50);
}
