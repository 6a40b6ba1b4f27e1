//! The company of the largest Book: one rep with 5,000 clients and 60,000 visits, brought in as anybody's would be, from CSV files.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{
    ground::{Ground, PASSWORD, quiet},
    random::{Random, Words, day, today},
};

/// Clients of the one rep.
pub const CLIENTS: usize = 5_000;
/// The rep's account.
pub const REP: &str = "rep@bench.example";
/// Days the visits are spread over: two years.
const DAYS: usize = 730;

const CLIENTS_MAPPING: &str = r#"
source = "bench"
kind = "clients"
key = ["no"]
[fields]
name = "name"
phone = "phone"
email = "email"
address = "address"
town = "town"
postalCode = "postcode"
segment = "segment"
tier = "tier"
tags = { column = "tags", split = ";" }
latitude = "latitude"
longitude = "longitude"
[owner]
rep = "Bench Rep"
"#;
const VISITS_MAPPING: &str = r#"
source = "bench"
kind = "visits"
key = ["visit"]
[fields]
client = "client"
date = "date"
time = "time"
minutes = "minutes"
type = "type"
outcome = "outcome"
notes = "notes"
"#;

/// Makes the company in a new data folder: the rep and the clients.
pub fn with_clients(ground: &Ground, name: &str) -> Result<PathBuf> {
    let data = ground.data(name);
    let mut add = ground.fieldlight(&data);
    add.args(["user", "add", REP, "--role", "rep", "--rep", "Bench Rep", "--password-stdin"]);
    quiet(ground.fieldlight(&data).arg("migrate"), "")?;
    quiet(&mut add, &format!("{PASSWORD}\n"))?;
    let file = ground.file("clients.csv", &clients())?;
    import(ground, &data, "clients", &file, &ground.file("clients.toml", CLIENTS_MAPPING)?)?;
    Ok(data)
}

/// A file of `count` visits and its mapping.
pub fn visits_file(ground: &Ground, count: usize) -> Result<(PathBuf, PathBuf)> {
    Ok((ground.file(&format!("visits-{count}.csv"), &visits(count))?, ground.file("visits.toml", VISITS_MAPPING)?))
}

/// `fieldlight import`; what it said.
pub fn import(ground: &Ground, data: &Path, kind: &str, file: &Path, mapping: &Path) -> Result<String> {
    let mut import = ground.fieldlight(data);
    import.args(["import", kind]).arg(file).arg("--mapping").arg(mapping);
    quiet(&mut import, "")
}

fn clients() -> String {
    let (words, mut random) = (Words::new(), Random(5));
    let towns: Vec<String> = (0..60).map(|_| capital(words.one(&mut random))).collect();
    let segments: Vec<String> = (0..6).map(|_| capital(words.one(&mut random))).collect();
    let mut text = String::from("no,name,phone,email,address,town,postcode,segment,tier,tags,latitude,longitude\n");
    for number in 0..CLIENTS {
        let name = format!("{} {} {}", capital(words.one(&mut random)), capital(words.one(&mut random)), words.one(&mut random));
        let (phone, house, postcode) = (random.below(100_000_000), random.below(900), random.below(300));
        let (mail, street) = (words.one(&mut random), capital(words.one(&mut random)));
        let (town, segment) = (&towns[random.below(towns.len())], &segments[random.below(segments.len())]);
        let (tier, tag) = (random.pick(&["A", "B", "C"]), random.pick(&["irrigation", "key account", "dairy", "tea", "maize", "roads"]));
        let (south, east) = (random.below(200_000) as f64 / 1e5, random.below(200_000) as f64 / 1e5);
        let _ = writeln!(
            text,
            "{number},{name},+2547{phone:08},{mail}{number}@example.com,{house} {street} Road,{town},{postcode:05},{segment},{tier},{tag},-{south:.5},{:.5}",
            36.0 + east
        );
    }
    text
}

fn visits(count: usize) -> String {
    let (words, mut random, today) = (Words::new(), Random(60), today());
    let mut text = String::from("visit,client,date,time,minutes,type,outcome,notes\n");
    for number in 0..count {
        let client = random.below(CLIENTS);
        let date = day(today - DAYS as i64 + (number * DAYS / count) as i64);
        let (hour, minute, minutes) = (8 + random.below(9), random.below(60), 10 + random.below(80));
        let kind = random.pick(&["sales", "service", "demo"]);
        let outcome = random.pick(&["order", "quote", "follow_up", "done"]);
        let _ = writeln!(text, "{number},{client},{date},{hour:02}:{minute:02},{minutes},{kind},{outcome},{}", words.note(&mut random));
    }
    text
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
