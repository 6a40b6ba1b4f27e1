//! Small files with the dirt real ones have, mappings for them, and what tests do with both.

use crate::common;
use backend::import::{self, Input, Kind, Mapping, Options, Report};
use backend::{Backend, Database, clients};
use domain::Day;
use domain::clients::{ClientItem, ClientQuery};
use domain::people::Caller;

pub const CLIENTS: &str = r#"
source = "elsewhere"
kind = "clients"
key = ["id"]
[fields]
name = { column = "name", default = "No name ({id})" }
town = { column = "city", values = { "SF" = "San Francisco", "S.F." = "San Francisco" } }
postalCode = { column = "zip", digits = 5 }
latitude = "lat"
longitude = "lon"
phone = "phone"
tier = "tier"
tags = { column = "tags", split = ";" }
[owner]
column = "zip"
otherwise = "Rosa Delgado"
branch = "Centre"
[[owner.groups]]
rep = "Henry Okafor"
values = ["94103"]
"#;

pub const VISITS: &str = r#"
source = "elsewhere"
kind = "visits"
key = ["id", "date", "type"]
number_repeats = true
[fields]
client = "id"
date = { column = "date", format = "YYYYMMDD" }
notes = { template = "{type}[, score {score}]" }
type = { column = "type", values = { "Routine" = "sales", "Paper work" = "delivery" }, otherwise = "service" }
"#;

/// An excerpt with the dirt real files have: accents in Windows-1252, blanks, spellings, places that are none, ids twice, a wrong phone, a short row.
pub fn dirty_clients() -> Vec<u8> {
    let text = "\"id\",\"name\",\"city\",\"zip\",\"lat\",\"lon\",\"phone\",\"tier\",\"tags\"\r\n\
        \"10\",\"Laguna Café\",\"S.F.\",\"94103\",\"37.79\",\"-122.40\",\"+14155531470\",\"a\",\"vip; new\"\r\n\
        \"17\",\"GEORGE'S  SHOP \",\"sf\",\"94124\",\"0\",\"0\",\"\",\"\",\"\"\r\n\
        \"19\",\"\",\"Daly City\",\"CA  94015\",\"\",\"\",\"N/A\",\"\",\"\"\r\n\
        \"10\",\"Laguna Café\",\"S.F.\",\"94103\",\"37.79\",\"-122.40\",\"+14155531470\",\"a\",\"vip; new\"\r\n\
        \"17\",\"George's Shop\",\"SF\",\"94124\",\"\",\"\",\"\",\"\",\"\"\r\n\
        \"31\",\"Bad Phone\",\"SF\",\"94124\",\"\",\"\",\"call me\",\"Z\",\"\"\r\n\
        \"32\",\"Short\"\r\n\
        \"\",\"No id\",\"SF\",\"94103\",\"\",\"\",\"\",\"\",\"\"\r\n\
        \"41\",\"Kiên Thanh\",\"SF\",\"94103\",\"91\",\"10\",\"\",\"C\",\"\"\r\n";
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

pub const DIRTY_VISITS: &str = "id,score,date,type\n\
    10,94,20150601,Routine\n\
    10,94,20150601,Routine\n\
    10,100,20150601,Routine\n\
    10,,20150710,Paper work\n\
    17,88,20150302,Routine\n\
    17,,20150401,Complaint\n\
    99,,20150401,Complaint\n\
    17,,20150230,Routine\n\
    41,,20151230,Routine\n\
    41,,,Routine\n";

pub fn csv(text: impl AsRef<[u8]>) -> Input {
    Input::bytes("file.csv", text.as_ref())
}

pub async fn bring(backend: &Backend, kind: Kind, bytes: impl AsRef<[u8]>, mapping: &str) -> Report {
    let mapping = (!mapping.is_empty()).then(|| Mapping::parse(mapping).unwrap());
    import::run(backend, kind, csv(bytes), mapping, Options::default()).await.unwrap()
}

pub fn counts(report: &Report) -> (u64, u64, u64, u64, u64, u64) {
    let t = &report.tally;
    assert!(t.adds_up(), "{report}");
    (t.rows, t.new, t.changed, t.unchanged, t.rejected, t.duplicates)
}

pub async fn all(backend: &Backend, caller: &Caller) -> Vec<ClientItem> {
    let query = ClientQuery { limit: 500, ..ClientQuery::default() };
    let mut items = clients::list(backend, caller, &query).await.unwrap().items;
    items.sort_by(|a, b| a.name.cmp(&b.name));
    items
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Makes the database lose one client without a word, as a failing disk or a wrong trigger might.
pub async fn lose_a_row(backend: &Backend) {
    let statements: &[&'static str] = match &backend.config().database {
        Database::Sqlite { .. } => {
            &["create trigger lose before insert on clients when new.external_id = '17' begin select raise(ignore); end"]
        }
        Database::Postgres { .. } => &[
            "create function lose() returns trigger language plpgsql as $$ begin if new.external_id = '17' then return null; end if; return new; end $$",
            "create trigger lose before insert on clients for each row execute function lose()",
        ],
    };
    for statement in statements {
        common::execute(backend, statement).await;
    }
}
