//! What refused rows do to documents and days that are known already: nothing is taken out for the part of them that could be read.

use crate::common::{self, both_engines};
use crate::{SIGNED, adds_up, bring, tried};
use backend::import::{Options, Report};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;

const HEAD: &str = "no,day,rep,customer,item,qty,price,off\n";
const BY_DAYS: &str = "source = \"s\"\nreplaces = \"days\"\n[fields]\ndate = \"date\"\namount = \"total\"\n";

fn sums(report: &Report) -> [&str; 5] {
    let money = report.money.as_ref().unwrap();
    [&money.file, &money.brought_in, &money.unchanged, &money.rejected, &money.rounding].map(String::as_str)
}

both_engines!(a_known_document_with_a_refused_row_stays_as_it_is, |backend, admin| {
    bring(
        &backend,
        &format!("{HEAD}A,01/02/2015,Grace,C1,X,1,100,\nA,01/02/2015,Grace,C1,X,1,50,\nB,02/02/2015,Grace,C1,X,1,5,\n"),
        SIGNED,
    )
    .await;
    let file = format!(
        "{HEAD}A,01/02/2015,Neema,C2,Y,1,100.0004,\nA,01/02/2015,Grace,C1,X,1,KES 50.00,\nB,02/02/2015,Grace,C1,X,1,6,\nN,03/02/2015,Grace,C1,X,1,7,\n\
         N,31/02/2015,Grace,C1,X,1,8,\n"
    );
    let before = crate::exported(&backend, &admin).await;
    let rejects = std::env::temp_dir().join(format!("rejects-{}.csv", common::build::id()));
    let options = Options { dry_run: true, rejects: Some(rejects.clone()), ..Options::default() };
    let tried = tried(&backend, &file, Some(SIGNED), options).await.unwrap();
    assert_eq!(crate::exported(&backend, &admin).await, before);
    let report = bring(&backend, &file, SIGNED).await;
    for report in [&tried, &report] {
        let t = &report.tally;
        assert_eq!((t.rows, t.new, t.unchanged, t.rejected), (5, 1, 0, 4));
        let said: Vec<_> = t.rejects.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
        assert_eq!(said, [(2, "no", "A"), (3, "price", "KES 50.00"), (5, "no", "N"), (6, "day", "31/02/2015")]);
        let why = "Document A has a refused line (line 3), and what is known of it stays: mend the file and bring it in again.";
        assert_eq!(t.rejects[0].reason, why);
        let why = "Document N has a refused line (line 6), and is held back whole: mend the file and bring it in again.";
        assert_eq!(t.rejects[2].reason, why, "one that is new is whole or wrong as well");
        assert_eq!(sums(report), ["121.0004", "6.00", "0.00", "115.0004", "0.00"]);
        assert_eq!((report.money.as_ref().unwrap().parts, report.reps_added.len(), report.clients_added), (1, 0, 0));
    }
    let listed = std::fs::read_to_string(&rejects).unwrap();
    std::fs::remove_file(rejects).unwrap();
    assert_eq!(listed.lines().map(|line| line.split(',').next().unwrap()).collect::<Vec<_>>(), ["line", "2", "3", "5", "6"]);
    adds_up(&backend, 3, 15_600).await;
    let mended = bring(&backend, &file.replace("KES 50.00", "50").replace("31/02/2015", "28/02/2015"), SIGNED).await;
    assert_eq!((mended.tally.new, mended.tally.unchanged, mended.tally.rejected), (4, 1, 0), "{:?}", mended.tally.rejects);
    adds_up(&backend, 5, 17_100).await;
});

both_engines!(a_known_day_with_a_refused_row_stays_as_it_is, |backend| {
    bring(&backend, "date,total\n2015-02-01,100\n2015-02-01,50\n2015-02-02,5\n", BY_DAYS).await;
    let report = bring(&backend, "date,total\n2015-02-01,100\n2015-02-01,KES 50.00\n2015-02-02,6\n2015-02-32,1\n", BY_DAYS).await;
    assert_eq!((report.tally.new, report.tally.rejected), (1, 3));
    assert!(report.tally.rejects[0].reason.starts_with("The day 2015-02-01 has a refused line (line 3),"), "{:?}", report.tally.rejects);
    assert_eq!(sums(&report), ["107.00", "6.00", "0.00", "101.00", "0.00"]);
    adds_up(&backend, 3, 15_600).await;
});

both_engines!(a_row_refused_for_its_form_holds_its_document_where_that_stands_in_its_place, |backend| {
    bring(&backend, &format!("{HEAD}A,01/02/2015,Grace,C1,X,1,9,\nB,01/02/2015,Grace,C1,X,1,9,\nC,01/02/2015,Grace,C1,X,1,9,\n"), SIGNED)
        .await;
    let file = format!(
        "{HEAD}A,01/02/2015,Grace,C1,X,1,1,\nA,01/02/2015,Grace\nB,01/02/2015,Grace,C1,X,1,2,\nB,01/02/2015,Gr\0ace,C1,X,1,2,\n\
         C,01/02/2015,Grace,C1,X,1,4,\n,01/02/2015,Grace\n"
    );
    let report = bring(&backend, &file, SIGNED).await;
    assert_eq!((report.tally.new, report.tally.rejected), (1, 5));
    adds_up(&backend, 3, 2_200).await;
});

both_engines!(what_could_be_read_of_a_document_with_a_refused_row_changes_nothing_where_it_is_known_just_so, |backend| {
    let first = format!("{HEAD}A,01/02/2015,Grace,C1,X,1,100,\n");
    bring(&backend, &first, SIGNED).await;
    let again = bring(&backend, &format!("{first}A,01/02/2015,Grace,C1,X,1,cheap,\n"), SIGNED).await;
    assert_eq!((again.tally.unchanged, again.tally.rejected, again.id), (1, 1, None));
    adds_up(&backend, 1, 10_000).await;
});

both_engines!(of_a_new_day_without_documents_every_line_stands_for_itself, |backend| {
    let file = "date,total\n2015-02-01,100\n2015-02-01,cheap\n2015-02-02,5\n";
    let report = bring(&backend, file, BY_DAYS).await;
    assert_eq!((report.tally.new, report.tally.rejected), (2, 1));
    let again = bring(&backend, file, BY_DAYS).await;
    assert_eq!((again.tally.unchanged, again.tally.rejected, again.id), (2, 1, None));
    adds_up(&backend, 2, 10_500).await;
});

both_engines!(however_little_stays_in_memory_a_report_and_what_is_brought_in_are_the_same, |backend, admin| {
    let rows = |from: u32, price: u32| {
        let row = |i: u32| {
            let cheap = if i % 97 == 5 { "cheap".to_owned() } else { (price + i % 5).to_string() };
            format!("D{},{:02}/03/2015,Rep {},C{},A,1,{cheap},\n", i / 3 * 7_919 % 501, 1 + i / 3 % 28, i % 2, i % 4)
        };
        (from..from + 900).map(row).collect::<String>() + &format!("D1,01/03/2015,Rep 1,C1,A,1,{price},\n").repeat(3)
    };
    let files = [rows(0, 10), rows(0, 10), rows(300, 10), rows(300, 20), rows(0, 20)].map(|rows| HEAD.to_owned() + &rows);
    let (other, mut made, mut counts) = (common::elsewhere().await, Vec::new(), Vec::new());
    for file in &files {
        let small = tried(&backend, file, Some(SIGNED), Options { memory: 1_000, ..Options::default() }).await.unwrap();
        let large = tried(&other, file, Some(SIGNED), Options::default()).await.unwrap();
        assert_eq!((&small.tally, &small.money), (&large.tally, &large.money));
        assert_eq!(crate::exported(&backend, &admin).await, crate::exported(&other, &admin).await);
        let money = small.money.as_ref().unwrap();
        counts.push((small.tally.new > 0, small.tally.unchanged > 0, money.replaced > 0, small.tally.rejected > 0, money.repeated > 1));
        made.extend(small.id);
    }
    common::leave(other).await;
    let seen = |of: fn(&(bool, bool, bool, bool, bool)) -> bool| counts.iter().any(of);
    assert!(seen(|c| c.0) && seen(|c| c.1) && seen(|c| c.2) && seen(|c| c.3) && seen(|c| c.4), "{counts:?}");
    assert_eq!(backend::sales::drift(&backend).await.unwrap(), 0);
    for id in made {
        backend::import::withdraw(&backend, &admin, id).await.unwrap();
    }
    adds_up(&backend, 0, 0).await;
});

/// Documents with lines, of which some have no readable amount.
fn files() -> impl Strategy<Value = BTreeMap<u8, Vec<(u8, Option<i16>)>>> {
    let lines = prop::collection::vec((0_u8..3, prop::option::weighted(0.8, -500_i16..500)), 1..4);
    prop::collection::btree_map(0_u8..5, lines, 1..5)
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

both_engines!(no_refused_row_ever_takes_out_what_is_known_and_every_row_and_cent_is_told, |backend| {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut known: BTreeMap<u8, Vec<(u8, i16)>> = BTreeMap::new();
    let mut stayed = 0;
    for _ in 0..40 {
        let file = files().new_tree(&mut runner).unwrap().current();
        let rows = file.iter().flat_map(|(document, lines)| {
            lines.iter().map(move |(rep, price)| {
                let price = price.map_or_else(|| "cheap".to_owned(), |price| price.to_string());
                format!("{document},{:02}/03/2015,Rep {rep},,A,1,{price},\n", document + 1)
            })
        });
        let text = format!("{HEAD}{}", rows.collect::<String>());
        let looked = tried(&backend, &text, Some(SIGNED), Options { dry_run: true, ..Options::default() }).await.unwrap();
        let report = bring(&backend, &text, SIGNED).await;
        assert_eq!((&looked.tally, &looked.money), (&report.tally, &report.money), "a dry run says what would be");
        let (mut refused, mut money) = (0, 0);
        for (document, lines) in file {
            let mut good: Vec<(u8, i16)> = lines.iter().filter_map(|(rep, price)| Some((*rep, (*price)?))).collect();
            good.sort_unstable();
            refused += lines.len() - good.len();
            let stays = good.len() < lines.len() && known.get(&document) != Some(&good);
            if stays {
                refused += good.len();
                money += good.iter().map(|(_, price)| i64::from(*price) * 100).sum::<i64>();
                stayed += usize::from(!good.is_empty());
            } else if !good.is_empty() {
                known.insert(document, good);
            }
        }
        assert_eq!((report.tally.rejected, cents(sums(&report)[3])), (refused as u64, money), "{text}");
        let [all, parts @ ..] = sums(&report).map(cents);
        assert_eq!(all, parts.iter().sum::<i64>());
        let (count, net) = known.values().flatten().fold((0, 0), |(count, net), (_, price)| (count + 1, net + i64::from(*price) * 100));
        adds_up(&backend, count, net).await;
    }
    assert!(stayed > 5, "{stayed}");
});
