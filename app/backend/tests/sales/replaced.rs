//! What a file takes out of what was known: told in its report, and never done by a file that nobody says it of.

use crate::common::{self, both_engines};
use crate::{SIGNED, adds_up, bring, tried};
use backend::Error;
use backend::import::{Options, Replaces};

const HEAD: &str = "no,day,rep,customer,item,qty,price,off\n";

both_engines!(a_report_says_how_much_of_what_was_known_goes, |backend| {
    let first = format!(
        "{HEAD}A,01/02/2015,Grace,C1,X,1,100,\nA,01/02/2015,Grace,C1,X,1,50,\nB,02/02/2015,Grace,C1,X,-1,5.25,\nC,02/02/2015,,,X,1,8,\n"
    );
    let none = bring(&backend, &first, SIGNED).await;
    assert_eq!(none.money.as_ref().map(|m| (m.replaced_lines, m.replaced_net.as_str())), Some((0, "0.00")));
    assert!(!none.to_string().contains("are replaced"), "{none}");
    let second = format!("{HEAD}A,01/02/2015,Grace,C1,X,1,1,\nB,02/02/2015,Grace,C1,X,1,2,\nC,02/02/2015,,,X,1,8,\n");
    let looked = tried(&backend, &second, Some(SIGNED), Options { dry_run: true, ..Options::default() }).await.unwrap();
    for report in [looked, bring(&backend, &second, SIGNED).await] {
        let text = report.to_string();
        assert!(text.contains("3 lines that came to KES 144.75 are replaced"), "{text}");
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!((json["money"]["replacedLines"].as_u64(), json["money"]["replacedNet"].as_str()), (Some(3), Some("144.75")));
    }
});

both_engines!(a_file_without_documents_replaces_days_only_where_somebody_says_so, |backend| {
    let first = tried(&backend, "date,amount\n2015-02-01,100\n2015-02-01,50.5\n2015-02-02,5\n", None, Options::default()).await.unwrap();
    assert_eq!(first.tally.new, 3, "nothing is known yet, so nothing has to be said");
    let other = "date,amount\n2015-02-01,7\n2015-02-02,5\n2015-02-03,1\n";
    for dry_run in [true, false] {
        let refused = tried(&backend, other, None, Options { dry_run, ..Options::default() }).await.unwrap_err();
        let Error::Rejected(wrong) = &refused else { panic!("{refused}") };
        assert_eq!((wrong.0[0].field.as_str(), wrong.0[0].code.as_str()), ("replaces", "not_said"));
        let words = refused.to_string();
        assert!(words.contains("1 of the days") && words.contains("2 lines that came to KES 150.50 would go"), "{words}");
        assert!(words.contains("replaces = \"days\"") && words.contains("--replaces days"), "{words}");
    }
    adds_up(&backend, 3, 15_550).await;
    let next = tried(&backend, "date,amount\n2015-02-02,5\n2015-02-04,1\n", None, Options::default()).await.unwrap();
    assert_eq!((next.tally.new, next.tally.unchanged), (1, 1), "what is known as the file says it is no reason to ask");
    let said = tried(&backend, other, None, Options { replaces: Some(Replaces::Days), ..Options::default() }).await.unwrap();
    assert_eq!((said.tally.new, said.tally.unchanged), (2, 1));
    assert_eq!(said.money.map(|m| (m.replaced, m.replaced_lines, m.replaced_net)), Some((1, 2, "150.50".to_owned())));
    adds_up(&backend, 4, 1_400).await;
});

both_engines!(a_mapping_may_say_that_nothing_is_replaced_and_never_days_of_documents, |backend| {
    let file = |amount: u8| format!("{HEAD}A,01/02/2015,Grace,C1,X,1,{amount},\n");
    bring(&backend, &file(9), SIGNED).await;
    let saying = |way: &str| SIGNED.replace("kind =", &format!("replaces = \"{way}\"\nkind ="));
    let refused = tried(&backend, &file(8), Some(&saying("nothing")), Options::default()).await.unwrap_err().to_string();
    assert!(refused.contains("1 of the documents") && refused.contains("--replaces documents"), "{refused}");
    let refused = tried(&backend, &file(8), Some(&saying("days")), Options::default()).await.unwrap_err().to_string();
    assert!(refused.contains("The file has document numbers"), "{refused}");
    adds_up(&backend, 1, 900).await;
    bring(&backend, &file(8), &saying("documents")).await;
    adds_up(&backend, 1, 800).await;
});

both_engines!(lines_without_a_number_replace_whole_days_only_where_somebody_says_so, |backend| {
    let first = format!("{HEAD}A,01/02/2015,Grace,C1,X,1,10,\n,01/02/2015,Grace,C1,X,1,5,\n,02/02/2015,Grace,C1,X,1,7,\n");
    bring(&backend, &first, SIGNED).await;
    let second = format!("{HEAD},01/02/2015,Grace,C1,X,1,6,\nA,01/02/2015,Grace,C1,X,1,1,\n");
    let saying = |way: &str| SIGNED.replace("kind =", &format!("replaces = \"{way}\"\nkind ="));
    for (mapping, dry_run) in [(SIGNED.to_owned(), true), (SIGNED.to_owned(), false), (saying("documents"), false)] {
        let refused = tried(&backend, &second, Some(&mapping), Options { dry_run, ..Options::default() }).await.unwrap_err();
        let Error::Rejected(wrong) = &refused else { panic!("{refused}") };
        assert_eq!((wrong.0[0].field.as_str(), wrong.0[0].code.as_str()), ("replaces", "not_said"));
        let words = refused.to_string();
        let what = "1 of the days with lines that have no document number in this file is known with other lines, and 1 line that came to KES 5.00 would go";
        assert!(words.contains(what) && words.contains("--replaces documents_and_days"), "{words}");
    }
    adds_up(&backend, 3, 2_200).await;
    let more = bring(&backend, &format!("{first}B,01/02/2015,Grace,C1,X,1,1,\n,03/02/2015,Grace,C1,X,1,1,\n"), SIGNED).await;
    assert_eq!((more.tally.new, more.tally.unchanged), (2, 3), "days that are new or known just so are no reason to ask");
    let options = Options { replaces: Some(Replaces::DocumentsAndDays), ..Options::default() };
    let said = tried(&backend, &second, Some(SIGNED), options).await.unwrap();
    assert_eq!(said.money.map(|m| (m.replaced, m.replaced_lines, m.replaced_net)), Some((2, 2, "15.00".to_owned())));
    adds_up(&backend, 5, 1_600).await;
    let third = second.replace(",6,", ",8,");
    let refused = tried(&backend, &third, Some(&saying("nothing")), Options::default()).await.unwrap_err().to_string();
    assert!(refused.contains("1 of the documents and days in this file is known") && refused.contains("documents_and_days"), "{refused}");
    bring(&backend, &third, &saying("documents_and_days")).await;
    adds_up(&backend, 5, 1_800).await;
});

both_engines!(a_report_lists_what_is_replaced_and_warns_of_what_moved_far, |backend| {
    let numbered = |year: u32, amount: u32| {
        let rows = (1..=25).map(|no| format!("{no},{:02}/05/{year},Grace,C1,X,1,{amount},\n", no));
        format!("{HEAD}{}", rows.collect::<String>())
    };
    bring(&backend, &numbered(2014, 10), SIGNED).await;
    let next = numbered(2014, 11).replace("07/05/2014", "07/05/2015").replace("08/05/2014", "31/05/2014");
    let place = std::env::temp_dir().join(format!("replaced-{}.csv", common::build::id()));
    let options = |dry_run| Options { dry_run, replaced: Some(place.clone()), ..Options::default() };
    for dry_run in [true, false] {
        let report = tried(&backend, &next, Some(SIGNED), options(dry_run)).await.unwrap();
        let money = report.money.as_ref().unwrap();
        assert_eq!((money.replaced, money.moved_far, money.replaced_parts.len()), (25, 1, 20));
        let first = serde_json::to_value(&money.replaced_parts[0]).unwrap();
        let want = serde_json::json!({"document": "7", "dayBefore": "2014-05-07", "dayNow": "2015-05-07", "linesBefore": 1, "netBefore": "10.00",
            "linesNow": 1, "netNow": "11.00", "movedFar": true});
        assert_eq!(first, want, "what moved far comes first");
        let warned: Vec<_> = report.tally.warnings.iter().map(|w| (w.code.as_str(), w.rows)).collect();
        assert_eq!(warned, [("moved_far", 1)]);
        let text = report.to_string();
        assert!(
            text.contains(
                "Note: 1 row in 1 document whose number was known of a day more than 31 days away (7 of 2014-05-07, now 2015-05-07)"
            ),
            "{text}"
        );
        assert!(text.contains("Replaced: document 7 of 2014-05-07, 1 line, KES 10.00: now of 2015-05-07, 1 line, KES 11.00\n"), "{text}");
        assert!(text.contains("… and 5 more replaced: see the file of what is replaced"), "{text}");
        let listed = std::fs::read_to_string(&place).unwrap();
        assert_eq!(listed.lines().count(), 26);
        assert!(listed.starts_with("document_no,day_before,day_now,lines_before,net_before,lines_now,net_now\n"), "{listed}");
        assert!(listed.contains("\n8,2014-05-08,2014-05-31,1,10.00,1,11.00\n"), "{listed}");
    }
    let again = tried(&backend, &next, Some(SIGNED), options(true)).await.unwrap();
    assert_eq!((again.tally.unchanged, again.tally.warnings.len()), (25, 0));
    assert!(!place.exists(), "a list of an earlier try would be taken for this one's");
});

both_engines!(one_is_said_as_one, |backend| {
    bring(&backend, &format!("{HEAD}A,01/02/2015,Grace,C1,X,1,5,\n"), SIGNED).await;
    let report = bring(&backend, &format!("{HEAD}A,01/02/2015,Grace,C1,X,1,6,\n"), SIGNED).await.to_string();
    for words in ["1 row in the file\n", "1 document or day, 1 of them replaces what was known", "1 line that came to KES 5.00 is replaced"]
    {
        assert!(report.contains(words), "{words}: {report}");
    }
    let other = SIGNED.replace("till", "shop");
    let report = bring(&backend, &format!("{HEAD}A,01/02/2015,Grace,C1,X,1,7,\n"), &other).await.to_string();
    assert!(
        report.contains("Note: 1 row belongs to 1 document whose number is known from another source with other lines: both count"),
        "{report}"
    );
    let report = bring(&backend, &format!("{HEAD}B,01/02/2015,Grace,C1,X,1,7,\nB,01/02/2015,Grace,C1,X,1,7,\n"), &other).await.to_string();
    assert!(report.contains("2 rows in the file\n") && report.contains("1 row says the same as an earlier one"), "{report}");
});
