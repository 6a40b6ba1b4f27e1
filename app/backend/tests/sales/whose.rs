//! Documents other sources know with other lines: the same ones corrected, or others numbered alike. Somebody has to say which.

use crate::common::{self, both_engines};
use crate::{SIGNED, adds_up, bring, exported, tried};
use backend::import::{self, Options};
use backend::{Backend, Error};

const FILE: &str =
    "no,day,rep,customer,item,qty,price,off\n1,01/02/2015,Grace,C1,A,1,10,\n1,01/02/2015,Grace,C1,B,1,5,\n2,02/02/2015,Grace,C2,A,1,7,\n";

async fn said(backend: &Backend, text: &str, source: Option<&str>) -> Result<import::Report, Error> {
    tried(backend, text, None, Options { source: source.map(str::to_owned), ..Options::default() }).await
}

both_engines!(an_edited_export_is_asked_whose_documents_it_holds_before_anything_is_written, |backend, admin| {
    bring(&backend, FILE, SIGNED).await;
    let edited = exported(&backend, &admin).await.replace("10.00", "11.00");
    for dry_run in [true, false] {
        let refused = tried(&backend, &edited, None, Options { dry_run, ..Options::default() }).await.unwrap_err();
        let Error::Rejected(wrong) = &refused else { panic!("{refused}") };
        assert_eq!((wrong.0[0].field.as_str(), wrong.0[0].code.as_str()), ("source", "not_said"));
        let words = refused.to_string();
        assert!(words.contains("1 document of this file is known from till with other lines"), "{words}");
        assert!(words.contains("source = \"till\"") && words.contains("--source \"till\""), "{words}");
    }
    adds_up(&backend, 3, 2_200).await;
    let corrected = said(&backend, &edited, Some("till")).await.unwrap();
    assert_eq!((corrected.tally.new, corrected.tally.unchanged), (2, 1), "its document replaces the one it holds");
    assert_eq!(corrected.money.as_ref().map(|m| (m.replaced, m.replaced_lines)), Some((1, 2)));
    adds_up(&backend, 3, 2_300).await;
    import::withdraw(&backend, &admin, corrected.id.unwrap()).await.unwrap();
    adds_up(&backend, 3, 2_200).await;
});

both_engines!(a_source_of_its_own_counts_besides_and_the_report_says_so, |backend, admin| {
    bring(&backend, FILE, SIGNED).await;
    let edited = exported(&backend, &admin).await.replace("10.00", "11.00");
    let other = said(&backend, &edited, Some("shop")).await.unwrap();
    assert_eq!((other.tally.new, other.tally.unchanged, other.source.as_str()), (3, 0, "shop"));
    let warned: Vec<_> = other.tally.warnings.iter().map(|w| (w.code.as_str(), w.rows)).collect();
    assert_eq!(warned, [("known_elsewhere", 2), ("same_elsewhere", 1)]);
    adds_up(&backend, 6, 4_500).await;
    let as_mapped = tried(&backend, &FILE.replace("1,10,", "1,12,"), Some(&SIGNED.replace("till", "kiosk")), Options::default()).await;
    assert_eq!(as_mapped.unwrap().tally.new, 3, "a mapping says it too");
});

both_engines!(two_tills_that_sell_alike_both_count_and_either_can_be_taken_back, |backend, admin| {
    for (first, second, lines, net) in [
        ("date,amount\n2026-04-01,100\n2026-04-02,50\n", "date,amount\n2026-04-01,100\n2026-04-02,51\n", 4, 30_100),
        ("date,no,amount\n2026-05-01,1,100\n2026-05-02,2,50\n", "date,no,amount\n2026-05-01,1,100\n2026-05-02,2,51\n", 4, 30_100),
    ] {
        let replaces = (!first.contains("no")).then_some(import::Replaces::Days);
        let till = |source: &str| Options { source: Some(source.to_owned()), replaces, ..Options::default() };
        let one = tried(&backend, first, None, till("till1")).await.unwrap();
        let two = tried(&backend, second, None, till("till2")).await.unwrap();
        assert_eq!((two.tally.new, two.tally.unchanged), (2, 0));
        assert!(two.to_string().contains("1 row in documents or days another source knows line for line: both count"), "{two}");
        adds_up(&backend, lines, net).await;
        let again = tried(&backend, second, None, till("till2")).await.unwrap();
        assert_eq!((again.tally.unchanged, again.id), (2, None), "its own file again changes nothing");
        import::withdraw(&backend, &admin, one.id.unwrap()).await.unwrap();
        adds_up(&backend, 2, 15_100).await;
        import::withdraw(&backend, &admin, two.id.unwrap()).await.unwrap();
        adds_up(&backend, 0, 0).await;
    }
});

both_engines!(days_without_documents_are_asked_about_as_well, |backend| {
    let days = "source = 's'\nreplaces = 'days'\n[fields]\ndate = 'date'\namount = 'amount'\n";
    let file = "date,amount\n2015-02-01,10\n2015-02-01,5\n2015-02-02,7\n";
    bring(&backend, file, days).await;
    assert_eq!(said(&backend, file, None).await.unwrap().tally.unchanged, 3);
    let refused = said(&backend, &file.replace("10", "11"), None).await.unwrap_err().to_string();
    assert!(refused.contains("1 day of this file is known from s with other lines"), "{refused}");
    adds_up(&backend, 3, 2_200).await;
});

both_engines!(what_another_source_knows_just_so_stays_when_that_one_is_taken_back, |backend, admin| {
    let first = bring(&backend, FILE, SIGNED).await;
    let more = exported(&backend, &admin).await + "2015-02-03,,Grace,C3,A,,,1,9.00,0,0.00,,3,KES\n";
    let second = said(&backend, &more, None).await.unwrap();
    assert_eq!((second.tally.new, second.tally.unchanged), (1, 3));
    let done = import::withdraw(&backend, &admin, first.id.unwrap()).await.unwrap();
    assert_eq!((done.lines, done.parts_kept, done.lines_kept), (0, 2, 3));
    adds_up(&backend, 4, 3_100).await;
    let next = said(&backend, &more.replace("10.00", "11.00"), None).await.unwrap();
    assert_eq!((next.tally.new, next.tally.unchanged), (2, 2), "they are of that source now");
    adds_up(&backend, 4, 3_200).await;
    for import in [second.id, next.id] {
        import::withdraw(&backend, &admin, import.unwrap()).await.unwrap();
    }
    adds_up(&backend, 0, 0).await;
    assert_eq!(common::rows(&backend, "select count(*) from clients").await, [0]);
});
