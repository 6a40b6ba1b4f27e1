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

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn id(&mut self, at: i64) -> uuid::Uuid {
        let (a, b) = (self.next().to_le_bytes(), self.next().to_le_bytes());
        v7(Instant(at), [a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], b[0], b[1]])
    }

    fn words(&mut self, words: &[String], letters: usize) -> String {
        let mut text = String::new();
        while text.len() < letters {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&words[self.below(words.len() as u64) as usize]);
        }
        text
    }
}

fn client(random: &mut Random, words: &[String], n: i64) -> Client {
    let at = 1_600_000_000_000 + n * 60_000;
    Client {
        id: ClientId(random.id(at)),
        stage: Stage::Client,
        name: format!("{} {n}", random.words(words, 14)),
        status: Status::Active,
        archived_at: None,
        rep_id: Some(RepId(uuid::Uuid::from_u128(7))),
        branch_id: None,
        segment: Some(words[random.below(6) as usize].clone()),
        tier: Some(["A", "B", "C"][random.below(3) as usize].into()),
        tags: vec![words[random.below(9) as usize].clone()],
        phone: Some(format!("+2547{:08}", random.below(100_000_000))),
        email: Some(format!("{}{n}@example.com", words[random.below(5_000) as usize])),
        address: Some(format!("{} {}", random.below(900), random.words(words, 12))),
        town: Some(words[random.below(60) as usize].clone()),
        postal_code: Some(format!("{:05}", random.below(300))),
        position: domain::geo::Position::from_degrees(-1.0 - random.below(100_000) as f64 / 1e5, 36.0 + random.below(100_000) as f64 / 1e5),
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

fn visit(random: &mut Random, words: &[String], clients: &[Client], n: i64) -> Visit {
    let day = 19_270 + n / 83;
    let at = day * DAY_MS + 5 * 3_600_000 + random.below(36_000) as i64 * 1000;
    let letters = 60 + random.below(33) as usize;
    Visit {
        id: VisitId(random.id(at)),
        client_id: clients[random.below(clients.len() as u64) as usize].id,
        rep_id: Some(RepId(uuid::Uuid::from_u128(7))),
        status: VisitStatus::Completed,
        kind: ["sales", "service", "demo"][random.below(3) as usize].into(),
        day: Day(day as i32),
        planned_at: None,
        checked_in: Some(Stamp { at: Instant(at), fix: None }),
        address: None,
        distance_m: Some(random.below(150) as u32),
        within_radius: Some(true),
        outside_reason: None,
        checked_out: Some(Stamp { at: Instant(at + random.below(3_600) as i64 * 1000), fix: None }),
        outcome: Some(["order", "quote", "follow_up", "done"][random.below(4) as usize].into()),
        notes: Some(random.words(words, letters + 1)),
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
fn purchases(random: &mut Random, words: &[String], clients: &[Client]) -> Vec<BoughtBy> {
    let mut of = |client: &Client| {
        let mut days: Vec<i32> = (0..30).map(|_| 19_900 + random.below(650) as i32).collect();
        days.sort_unstable();
        days.dedup();
        let days = days.into_iter().map(|day| (Day(day), 5_000 * random.below(4_000) as i64)).collect();
        let mut product = |n: usize| {
            let name = words.get(random.below(900) as usize).cloned();
            BoughtProduct { name, year: Day(if n.is_multiple_of(2) { 19_900 } else { 20_265 }), net: 5_000 * random.below(9_000) as i64 }
        };
        (client.id, Bought { days, products: (0..2 * PRODUCTS).map(&mut product).collect() })
    };
    clients.iter().map(&mut of).collect()
}

#[test]
fn what_the_largest_book_knows_of_purchases_takes_less_than_a_megabyte() {
    let mut random = Random(20_261_125);
    let words: Vec<String> = (0..900).map(|n| format!("Product {n}")).collect();
    let clients: Vec<Client> = (0..5_000).map(|n| client(&mut random, &words, n)).collect();
    let without = brotli(&encode_page(&page(clients.clone(), vec![])));
    let bought = purchases(&mut random, &words, &clients);
    let with = brotli(&encode_page(&PullPage { bought, ..page(clients, vec![]) }));
    println!("purchases: {} bytes on the wire", with - without);
    assert!(with - without <= 1_000_000, "{}", with - without);
}

#[test]
fn the_largest_book_takes_less_than_three_megabytes_and_a_day_of_it_less_than_a_hundredth() {
    let mut random = Random(20_261_120);
    let words: Vec<String> =
        (0..5_000).map(|_| (0..3 + random.below(6)).map(|_| char::from(b'a' + random.below(26) as u8)).collect()).collect();
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
