//! The largest Book on the wire: its first download, and what a day's changes add, as a phone asks for them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    company,
    ground::Ground,
    load::visit,
    office::{Office, data},
    random::{Random, Words},
    server::Server,
    table::{Goal, Row, Table},
    wire::Answer,
};

/// Visits in the Book.
pub const VISITS: usize = 60_000;
/// What changes in a day.
const CHANGED_CLIENTS: usize = 20;
const CHANGED_VISITS: usize = 83;
const DEVICE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const BOOK: &str = "application/vnd.fieldlight.book";

/// Measures with both encodings phones speak.
pub fn measure(ground: &Ground, table: &mut Table) -> Result<()> {
    let folder = company(ground)?;
    let server = Server::start(ground, &folder)?;
    let office = Office::enter(server.addr, company::REP)?;
    let first: Vec<Pulled> = ENCODINGS.iter().map(|encoding| pull(&office, "", encoding)).collect::<Result<_>>()?;
    let (clients, visits) = (first[0].clients, first[0].visits);
    ensure!((clients, visits) == (company::CLIENTS, VISITS), "the Book holds {clients} clients and {visits} visits");
    a_day(&office)?;
    for (encoding, first) in ENCODINGS.iter().zip(first) {
        let day = pull(&office, &first.cursor, encoding)?;
        ensure!((day.clients, day.visits) == day_rows(&day), "a day's pull holds {} clients and {} visits", day.clients, day.visits);
        let goal = |limit| if *encoding == "br" { Goal::AtMost(limit) } else { Goal::Shown };
        table.add(Row::new(
            format!("first Book, 5,000 clients, 60,000 visits ({encoding})"),
            "bytes",
            goal(3_000_000.0),
            vec![first.bytes as f64],
        ));
        table.add(Row::new(format!("a day's pull, 20 clients, 83 visits ({encoding})"), "bytes", Goal::Shown, vec![day.bytes as f64]));
        let share = day.bytes as f64 * 100.0 / first.bytes as f64;
        table.add(Row::new(format!("a day's pull as a share of the Book ({encoding})"), "%", goal(1.0), vec![share]));
    }
    Ok(())
}

const ENCODINGS: [&str; 2] = ["br", "gzip"];

/// The data folder of the company with the largest Book.
pub fn company(ground: &Ground) -> Result<std::path::PathBuf> {
    let folder = ground.data("book");
    if !folder.exists() {
        let (file, mapping) = company::visits_file(ground, VISITS)?;
        company::with_clients(ground, "book")?;
        company::import(ground, &folder, "visits", &file, &mapping)?;
    }
    Ok(folder)
}

/// All pages of one pull.
#[derive(Default)]
struct Pulled {
    bytes: usize,
    clients: usize,
    visits: usize,
    cursor: String,
}

/// Visits touch their clients, so a day brings more clients than were edited, one for each visit at most.
fn day_rows(day: &Pulled) -> (usize, usize) {
    (day.clients.clamp(CHANGED_CLIENTS, CHANGED_CLIENTS + CHANGED_VISITS), CHANGED_VISITS)
}

/// Pulls everything after `cursor` in the packed form, and again as JSON, which says how to go on and what it held.
fn pull(office: &Office, cursor: &str, encoding: &str) -> Result<Pulled> {
    let mut pulled = Pulled { cursor: cursor.to_owned(), ..Pulled::default() };
    loop {
        let path = match pulled.cursor.as_str() {
            "" => format!("sync/pull?device={DEVICE}"),
            cursor => format!("sync/pull?device={DEVICE}&cursor={}", escaped(cursor)),
        };
        let packed = office.ask("GET", &path, &format!("accept: {BOOK}\r\naccept-encoding: {encoding}\r\n"), &Value::Null)?;
        pulled.bytes += wire_bytes(&packed, encoding)?;
        let page = office.get(&path)?;
        let count = |rows: &str| page[rows].as_array().map_or(0, Vec::len);
        pulled.clients += count("clients");
        pulled.visits += count("visits");
        pulled.cursor = page["cursor"].as_str().context("a page without a cursor")?.to_owned();
        if page["more"] != true {
            return Ok(pulled);
        }
    }
}

fn wire_bytes(answer: &Answer, encoding: &str) -> Result<usize> {
    ensure!(answer.status == 200, "a pull answered {}", answer.status);
    ensure!(answer.header("content-type") == Some(BOOK), "a pull came as {:?}", answer.header("content-type"));
    // pages too small to be worth it come plain
    let plain = answer.header("content-encoding").is_none() && answer.wire_bytes < 2_000;
    ensure!(plain || answer.header("content-encoding") == Some(encoding), "a pull came as {:?}", answer.header("content-encoding"));
    Ok(answer.wire_bytes)
}

/// Twenty clients edited and 83 visits logged.
fn a_day(office: &Office) -> Result<()> {
    let (words, mut random) = (Words::new(), Random(83));
    let clients = office.clients(CHANGED_CLIENTS)?;
    for (number, id) in clients.iter().enumerate() {
        let change = json!({ "phone": format!("+25471{number:07}"), "notes": words.note(&mut random) });
        data(&office.ask("PATCH", &format!("clients/{id}"), "", &change)?)?;
    }
    for _ in 0..CHANGED_VISITS {
        let id = random.id();
        let body: Value = serde_json::from_str(&visit(&id, &clients[random.below(clients.len())], &mut random, &words))?;
        data(&office.ask("POST", "visits", &format!("idempotency-key: {id}\r\n"), &body)?)?;
    }
    Ok(())
}

fn escaped(cursor: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    cursor.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
