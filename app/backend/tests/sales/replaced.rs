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
