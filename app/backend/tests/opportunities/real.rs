//! The two public sets whole, where they lie beside the workspace: every count held against one made from the file's own cells, without any of our reading.

use crate::common::{self, both_engines};
use crate::{counts, snapshot::snapshot};
use backend::import::{self, Input, Kind, Mapping, Options, Report};
use backend::{Backend, company, opportunities};
use domain::money::Currency;
use domain::opportunities::{By, Query, Tally, activities, breakdown, cycle, funnels};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

fn root() -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the public sets, unpacked; none where they are not beside the workspace.
fn raw(name: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(root().join("../shared/data").join(name)).ok();
    if bytes.is_none() {
        eprintln!("left out: {name} is not beside the workspace");
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes?.as_slice()).read_to_end(&mut plain).unwrap();
    Some(plain)
}

/// Its rows, by the names of its columns.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(bytes).deserialize().map(|row| row.unwrap()).collect()
}

async fn shipped(backend: &Backend, kind: Kind, mapping: &str, name: &str, bytes: Vec<u8>) -> Report {
    let mapping = Mapping::parse(&std::fs::read_to_string(root().join("server/mappings").join(mapping)).unwrap()).unwrap();
    import::run(backend, kind, Input::bytes(name, bytes), Some(mapping), Options::default()).await.unwrap()
}

fn warned(report: &Report) -> BTreeMap<&str, u64> {
    report.tally.warnings.iter().map(|w| (w.code.as_str(), w.rows)).collect()
}

both_engines!(the_pipeline_comes_in_whole_and_its_figures_are_those_of_the_file, as_of "2017-12-31", |backend, admin| {
    let Some(bytes) = raw("crm_pipeline/sales_pipeline.csv.gz") else { return };
    let settings = company::settings(&backend).await.unwrap();
    company::configure(&backend, company::Settings { currency: Currency::parse("USD").unwrap(), ..settings }).await.unwrap();
    for (kind, mapping, name) in [(Kind::Clients, "crm_accounts.toml", "accounts.csv"), (Kind::Reps, "crm_sales_teams.toml", "sales_teams.csv"), (Kind::Products, "crm_products.toml", "products.csv")] {
        let plain = std::fs::read(root().join("../shared/data/crm_pipeline").join(name)).unwrap();
        shipped(&backend, kind, mapping, name, plain).await;
    }
    let before = snapshot(&backend).await;
    let file = rows(&bytes);
    let report = shipped(&backend, Kind::Opportunities, "crm_opportunities.toml", "sales_pipeline.csv", bytes.clone()).await;
    let count = |keep: &dyn Fn(&BTreeMap<String, String>) -> bool| file.iter().filter(|row| keep(row)).count() as u64;
    assert_eq!(counts(&report), (14_277, 14_277, 0, 0, 0, 0));
    assert_eq!(file.len(), 14_277);
    let (nobody, worthless) = (count(&|row| row["account"].is_empty()), count(&|row| row["deal_stage"] == "Won" && row["close_value"].is_empty()));
    assert_eq!(warned(&report), BTreeMap::from([("no_account", nobody), ("no_value", worthless)]));
    assert_eq!((nobody, worthless), (5_393, 19));

    let found = opportunities::facts(&backend, &admin, Query::default()).await.unwrap();
    let whole = Tally::of(&found.pipelines, found.facts.iter());
    let of = |stage: &str| count(&|row| row["deal_stage"] == stage) as i64;
    assert_eq!((whole.won, whole.lost, whole.open), (of("Won"), of("Lost"), of("In_Progress")));
    let cents = |row: &BTreeMap<String, String>| (row["close_value"].parse::<f64>().unwrap_or(0.0) * 100.0).round() as i64;
    let won: i64 = file.iter().filter(|row| row["deal_stage"] == "Won").map(cents).sum();
    assert_eq!((whole.won_value, won), (won, 1_793_692_800));
    assert_eq!(whole.win_rate(), Some((6_438.0 * 1_000.0 / 9_931.0_f64).round() as i64));
    let funnel = &funnels(&found.pipelines, &found.facts)[0];
    assert_eq!(funnel.steps.iter().map(|step| step.reached).collect::<Vec<_>>(), [14_277, 6_438]);

    for (by, column) in [(By::Rep, "sales_agent"), (By::Product, "product")] {
        for (label, tally) in breakdown(&found.pipelines, &found.facts, by) {
            let label = label.unwrap();
            let here = |stage: &str| count(&|row| row[column] == label && row["deal_stage"] == stage) as i64;
            assert_eq!((tally.won, tally.lost, tally.open), (here("Won"), here("Lost"), here("In_Progress")), "{label}");
        }
    }
    let teams = rows(&std::fs::read(root().join("../shared/data/crm_pipeline/sales_teams.csv")).unwrap());
    let office: BTreeMap<&str, &str> = teams.iter().map(|row| (row["sales_agent"].as_str(), row["regional_office"].as_str())).collect();
    let offices = breakdown(&found.pipelines, &found.facts, By::Branch);
    assert_eq!(offices.len(), 3);
    for (label, tally) in offices {
        let won = count(&|row| row["deal_stage"] == "Won" && Some(office[row["sales_agent"].as_str()]) == label.as_deref()) as i64;
        assert_eq!(tally.won, won, "{label:?}");
    }
    let mut days: Vec<i64> = file.iter().filter(|row| !row["close_date"].is_empty()).map(|row| {
        let day = |name: &str| i64::from(domain::Day::parse(&row[name]).unwrap().0);
        day("close_date") - day("created_on")
    }).collect();
    days.sort_unstable();
    let ended = cycle(&found.facts).ended.unwrap();
    assert_eq!((ended.count as usize, ended.median), (days.len(), days[days.len() / 2] * 10), "an odd number of them");
    let spring = Query { from: domain::Day::parse("2017-03-01"), to: domain::Day::parse("2017-05-31"), branch: Some("West".into()), ..Query::default() };
    let west = count(&|row| ("2017-03-01".."2017-06-01").contains(&row["created_on"].as_str()) && office[row["sales_agent"].as_str()] == "West");
    assert_eq!(opportunities::facts(&backend, &admin, spring).await.unwrap().facts.len() as u64, west);

    let again = shipped(&backend, Kind::Opportunities, "crm_opportunities.toml", "sales_pipeline.csv", bytes).await;
    assert_eq!((counts(&again), again.id), ((14_277, 0, 0, 14_277, 0, 0), None));
    import::withdraw(&backend, &admin, report.id.unwrap()).await.unwrap();
    assert!(snapshot(&backend).await == before, "not as it was before");
});

both_engines!(the_leads_come_in_whole_and_an_untouched_drop_down_is_no_sector, as_of "2026-01-01", |backend, admin| {
    let Some(bytes) = raw("leads_xeducation/Leads.csv.gz") else { return };
    let before = snapshot(&backend).await;
    let file = rows(&bytes);
    let report = shipped(&backend, Kind::Opportunities, "leads_xeducation.toml", "Leads.csv", bytes.clone()).await;
    assert_eq!(counts(&report), (9_240, 9_240, 0, 0, 0, 0));
    let count = |keep: &dyn Fn(&BTreeMap<String, String>) -> bool| file.iter().filter(|row| keep(row)).count() as i64;
    let converted = count(&|row| row["Converted"] == "1");
    assert_eq!(warned(&report), BTreeMap::from([("no_rep", 9_240), ("no_beginning", 9_240), ("no_end", converted as u64)]));
    let found = opportunities::facts(&backend, &admin, Query::default()).await.unwrap();
    let whole = Tally::of(&found.pipelines, found.facts.iter());
    assert_eq!((whole.won, whole.open, whole.lost, converted), (converted, 9_240 - converted, 0, 3_561));
    assert_eq!((whole.win_rate(), whole.conversion(), whole.worth()), (None, Some(385), None), "nobody is said to be lost");
    let google = breakdown(&found.pipelines, &found.facts, By::Source).into_iter().find(|row| row.0.as_deref() == Some("Google")).unwrap().1;
    assert_eq!(google.all, count(&|row| row["Lead Source"].eq_ignore_ascii_case("google")));
    let sectors = breakdown(&found.pipelines, &found.facts, By::Sector);
    let nothing = sectors.iter().find(|row| row.0.is_none()).unwrap().1;
    assert_eq!(nothing.all, count(&|row| ["", "Select"].contains(&row["Specialization"].as_str())));
    assert!(!sectors.iter().any(|row| row.0.as_deref() == Some("Select")));
    for band in activities(&found.pipelines, &found.facts) {
        let inside = |row: &BTreeMap<String, String>| match (band.span, row["TotalVisits"].parse::<f64>().ok()) {
            (None, None) => true,
            (Some((least, most)), Some(n)) => n >= least as f64 && most.is_none_or(|most| n <= most as f64),
            _ => false,
        };
        assert_eq!((band.tally.all, band.tally.won), (count(&inside), count(&|row| inside(row) && row["Converted"] == "1")), "{:?}", band.span);
    }
    let dated = Query { from: domain::Day::parse("2025-01-01"), ..Query::default() };
    let found = opportunities::facts(&backend, &admin, dated).await.unwrap();
    assert_eq!((found.facts.len(), found.undated), (0, 9_240));
    let again = shipped(&backend, Kind::Opportunities, "leads_xeducation.toml", "Leads.csv", bytes).await;
    assert_eq!((counts(&again), again.id), ((9_240, 0, 0, 9_240, 0, 0), None));
    import::withdraw(&backend, &admin, report.id.unwrap()).await.unwrap();
    assert!(snapshot(&backend).await == before, "not as it was before");
    let _ = common::today(&backend).await;
});
