//! The daily refresh on both engines: at its hour, once, each file once, and what is wrong with one does not keep the others out.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use backend::refresh::{self, FileOutcome};
use backend::{Backend, Error, sales};
use common::both_engines;
use domain::people::{Caller, Role};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("fieldlight-refresh-{}", common::build::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file that came a while ago.
fn lay(folder: &std::path::Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    let past = SystemTime::now() - Duration::from_secs(300);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(past).unwrap();
}

async fn lines(backend: &Backend, caller: &Caller) -> usize {
    sales::lines::lines(backend, caller, &sales::lines::LineQuery::default(), 100).await.unwrap().len()
}

fn said<'a>(files: &'a [FileOutcome], name: &str) -> &'a FileOutcome {
    files.iter().find(|file| file.name == name).unwrap()
}

const SALES: &str = "date,gross_revenue,document_no\n2026-02-03,10,A1\n2026-02-04,20,A2\n";

both_engines!(each_file_is_brought_in_once_and_one_that_is_wrong_keeps_no_other_out, |backend, admin| {
    let folder = folder();
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 5).await.unwrap();
    lay(&folder, "sales_1.csv", SALES);
    lay(&folder, "sales_2.csv", "date,gross_revenue,document_no\nsoon,10,A3\n2026-02-05,7,A4\n");
    lay(&folder, "clients.csv", "colour\nred\n");
    lay(&folder, "holiday.csv", "a\n1\n");
    lay(&folder, "notes.pdf", "%PDF");
    std::fs::write(folder.join("sales_3.csv"), SALES.replace('A', "B")).unwrap();
    let outcome = refresh::run(&backend, &admin).await.unwrap();
    let names: Vec<&str> = outcome.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["clients.csv", "sales_1.csv", "sales_2.csv", "sales_3.csv", "holiday.csv"]);
    assert!(said(&outcome.files, "sales_1.csv").words.contains("Of 2 rows: 2 new; KES 30.00 brought in."));
    assert!(said(&outcome.files, "sales_2.csv").needs_attention && said(&outcome.files, "sales_2.csv").words.contains("1 refused"));
    assert!(said(&outcome.files, "clients.csv").needs_attention);
    assert!(said(&outcome.files, "holiday.csv").words.contains("begin its name with"));
    let arriving = said(&outcome.files, "sales_3.csv");
    assert!(arriving.waiting && arriving.words.contains("Refresh again in "), "{arriving:?}");
    assert!(arriving.words.contains(" seconds, or leave it to the refresh at 05:00."), "{arriving:?}");
    let failed: Vec<&str> = outcome.files.iter().filter(|file| file.failed).map(|file| file.name.as_str()).collect();
    assert_eq!(failed, ["clients.csv", "holiday.csv"], "of sales_2.csv a row came in");
    assert!(outcome.files.iter().all(|file| !file.waiting || file.name == "sales_3.csv"));
    assert_eq!(lines(&backend, &admin).await, 3);
    let again = refresh::run(&backend, &admin).await.unwrap();
    assert!(again.files.iter().all(|file| file.import.is_none()), "{again:?}");
    assert_eq!(lines(&backend, &admin).await, 3);
    assert_eq!(refresh::settings(&backend, &admin).await.unwrap().last, Some(again));
    std::fs::remove_dir_all(folder).unwrap();
});

both_engines!(who_is_new_is_known_before_their_budget_and_what_is_refused_says_why, |backend, admin| {
    let folder = folder();
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 5).await.unwrap();
    lay(&folder, "budgets_mar.csv", "rep,month,amount\nZawadi,2026-03,100\n");
    lay(&folder, "reps.csv", "name,branch\nZawadi,Kisumu\n");
    let outcome = refresh::run(&backend, &admin).await.unwrap();
    let names: Vec<&str> = outcome.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["reps.csv", "budgets_mar.csv"]);
    assert!(outcome.files.iter().all(|file| file.import.is_some() && !file.needs_attention && !file.failed), "{outcome:?}");
    lay(
        &folder,
        "budgets_apr.csv",
        "rep,month,amount\nNobody,2026-04,1\nZawadi,soon,1\nZawadi,2026-04,x\nZawadi,2026-04,-1\nZawadi,2026-04,-2\n",
    );
    let outcome = refresh::run(&backend, &admin).await.unwrap();
    let refused = said(&outcome.files, "budgets_apr.csv");
    assert!(refused.failed && refused.needs_attention && refused.import.is_none(), "{refused:?}");
    assert!(refused.words.contains("5 refused") && refused.words.contains("Line 2: There is no rep of this name"), "{refused:?}");
    assert!(refused.words.ends_with(" … and 2 more."), "{refused:?}");
    std::fs::remove_dir_all(folder).unwrap();
});

both_engines!(what_was_taken_back_comes_in_again_the_next_time, |backend, admin| {
    let folder = folder();
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 0).await.unwrap();
    lay(&folder, "sales.csv", SALES);
    let import = refresh::run(&backend, &admin).await.unwrap().files[0].import.unwrap();
    assert!(refresh::run(&backend, &admin).await.unwrap().files.is_empty(), "it stands");
    backend::import::withdraw(&backend, &admin, import).await.unwrap();
    assert_eq!(lines(&backend, &admin).await, 0);
    let again = refresh::run(&backend, &admin).await.unwrap();
    assert!(again.files[0].import.is_some_and(|id| id != import), "{again:?}");
    assert_eq!(lines(&backend, &admin).await, 2);
    assert!(refresh::run(&backend, &admin).await.unwrap().files.is_empty(), "it stands again");
    std::fs::remove_dir_all(folder).unwrap();
});

#[cfg(unix)]
both_engines!(only_files_of_the_folder_itself_are_opened, |backend, admin| {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (folder(), folder());
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 0).await.unwrap();
    lay(&elsewhere, "secret", "date,gross_revenue,document_no,secret\n2026-02-03,10,A1,x\n");
    symlink(elsewhere.join("secret"), folder.join("sales_1.csv")).unwrap();
    symlink(elsewhere.join("secret"), folder.join("beside.csv")).unwrap();
    symlink(elsewhere.join("secret"), folder.join("clients.toml")).unwrap();
    std::fs::create_dir(folder.join("sales_2.csv")).unwrap();
    lay(&folder, "sales_3.csv", SALES);
    lay(&folder, "clients.csv", "name\nMutua\n");
    lay(
        &folder,
        "sales.toml",
        "[fields]\ndate = 'date'\ngrossRevenue = 'gross_revenue'\ndocumentNo = 'document_no'\n[[join]]\nfile = 'beside.csv'\nkey = 'nr'\non = 'document_no'\n",
    );
    let outcome = refresh::run(&backend, &admin).await.unwrap();
    assert!(said(&outcome.files, "sales_1.csv").words.contains("it is a link"), "{outcome:?}");
    assert!(said(&outcome.files, "sales_2.csv").words.contains("it is no file"));
    assert!(said(&outcome.files, "sales_3.csv").words.contains("beside.csv"));
    assert!(said(&outcome.files, "clients.csv").words.contains("it is a link"));
    assert!(
        outcome.files.iter().all(|file| file.needs_attention && file.import.is_none() && !file.words.contains("secret")),
        "{outcome:?}"
    );
    std::fs::remove_dir_all(folder).unwrap();
    std::fs::remove_dir_all(elsewhere).unwrap();
});

both_engines!(the_hour_makes_it_once_a_day, |backend, admin| {
    let folder = folder();
    lay(&folder, "sales.csv", SALES);
    assert!(!refresh::tick(&backend).await.unwrap());
    // its hour has always come
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 0).await.unwrap();
    let both = tokio::join!(refresh::tick(&backend), refresh::tick(&backend));
    assert!(both.0.unwrap() ^ both.1.unwrap());
    assert_eq!(lines(&backend, &admin).await, 2);
    assert!(!refresh::tick(&backend).await.unwrap());
    std::fs::remove_dir_all(folder).unwrap();
});

both_engines!(a_mapping_beside_the_files_says_how_they_are_read, |backend, admin| {
    let folder = folder();
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 0).await.unwrap();
    lay(&folder, "sales.csv", "tag;nr;wert\n03.02.2026;A1;1.000,50\n");
    std::fs::write(
        folder.join("sales.toml"),
        "[fields]\ndate = { column = 'tag', format = 'DD/MM/YYYY' }\ndocumentNo = 'nr'\namount = { column = 'wert', number = { decimal = ',', group = '.' } }\n",
    )
    .unwrap();
    let outcome = refresh::run(&backend, &admin).await.unwrap();
    assert!(outcome.files[0].words.contains("KES 1000.50"), "{outcome:?}");
    std::fs::remove_dir_all(folder).unwrap();
});

both_engines!(of_several_mappings_the_one_named_most_like_the_file_reads_it_and_one_nobody_takes_is_told, |backend, admin| {
    let folder = folder();
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 0).await.unwrap();
    let mapping = |number: &str| format!("[fields]\ndate = 'd'\ndocumentNo = 'n'\namount = {{ column = 'w', number = {{ {number} }} }}\n");
    for (name, text) in [
        ("sales.toml", mapping("decimal = '.'")),
        ("sales_4.toml", mapping("decimal = ',', group = '.'")),
        ("sales_9.toml", mapping("decimal = '.'")),
        ("stray.toml", mapping("decimal = '.'")),
        ("clients.toml", "[fields]\nname = 'n'\n".to_owned()),
    ] {
        lay(&folder, name, &text);
    }
    lay(&folder, "sales_4.csv", "d;n;w\n2026-02-03;A1;1.234\n");
    lay(&folder, "sales_40.csv", "d,n,w\n2026-02-03,B1,1.234\n");
    lay(&folder, "Sales_4_late.csv", "d;n;w\n2026-02-03;C1;2.000,50\n");
    lay(&folder, "sale.csv", "d,n,w\n2026-02-03,D1,3.25\n");
    for _ in 0..2 {
        let outcome = refresh::run(&backend, &admin).await.unwrap();
        for (name, money) in [("sales_4.csv", "1234.00"), ("sales_40.csv", "1.23"), ("Sales_4_late.csv", "2000.50"), ("sale.csv", "3.25")] {
            let told = outcome.files.iter().find(|file| file.name == name);
            assert!(told.is_none_or(|told| told.words.contains(&format!("KES {money} brought in"))), "{name}: {outcome:?}");
        }
        let unused: Vec<&str> =
            outcome.files.iter().filter(|file| file.words.contains("read by this mapping")).map(|file| file.name.as_str()).collect();
        assert_eq!(unused, ["sales_9.toml", "stray.toml"]);
        assert!(outcome.files.iter().all(|file| !file.failed), "{outcome:?}");
    }
    assert_eq!(lines(&backend, &admin).await, 4);
    std::fs::remove_dir_all(folder).unwrap();
});

both_engines!(money_that_may_be_two_things_and_times_of_other_zones_are_not_guessed, |backend, admin| {
    let folder = folder();
    refresh::configure(&backend, &admin, Some(folder.to_string_lossy().into_owned()), 0).await.unwrap();
    lay(&folder, "sales_1.csv", "date,document_no,quantity,price,total_amount\n2026-02-03,A1,2,100,180\n");
    lay(&folder, "sales_2.csv", "date,document_no,amount\n2026-01-31T23:30:00Z,B1,10\n2026-01-31T23:30:00 EST,B2,5\n");
    let outcome = refresh::run(&backend, &admin).await.unwrap();
    let refused = said(&outcome.files, "sales_1.csv");
    assert!(
        refused.failed && refused.words.contains("amount = \"total_amount\" or amount = { product = [\"quantity\", \"price\"] }"),
        "{refused:?}"
    );
    assert!(
        said(&outcome.files, "sales_2.csv").words.contains("1 refused")
            && said(&outcome.files, "sales_2.csv").words.contains("14:30+03:00"),
        "{outcome:?}"
    );
    let known = sales::lines::lines(&backend, &admin, &sales::lines::LineQuery::default(), 100).await.unwrap();
    assert_eq!(known.iter().map(|line| line.sale.day.to_string()).collect::<Vec<_>>(), ["2026-02-01"], "it is February in Nairobi by then");
    std::fs::remove_dir_all(folder).unwrap();
});

both_engines!(only_an_administrator_chooses_a_folder_and_only_one_that_is_there, |backend, admin| {
    let manager = common::a_user(&backend, Role::Manager, "Mary Manager").await;
    let folder = std::env::temp_dir().to_string_lossy().into_owned();
    assert!(matches!(refresh::configure(&backend, &manager, Some(folder), 5).await, Err(Error::Forbidden)));
    for (folder, hour, field) in [("/no/such/folder", 5, "folder"), ("relative", 5, "folder"), ("/tmp", 24, "hour")] {
        let refused = refresh::configure(&backend, &admin, Some(folder.into()), hour).await;
        assert!(matches!(refused, Err(Error::Rejected(wrong)) if wrong.0[0].field == field));
    }
    assert!(matches!(refresh::run(&backend, &manager).await, Err(Error::Rejected(wrong)) if wrong.0[0].code == "not_set"));
    refresh::configure(&backend, &admin, Some(" ".into()), 5).await.unwrap();
    assert_eq!(refresh::settings(&backend, &manager).await.unwrap().folder, None);
});
