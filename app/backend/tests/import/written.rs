//! Amounts and days as files write them: told by another value, let off as money, of eight digits; refused where nothing tells how they are meant.

use crate::common::{self, both_engines};
use crate::fixtures::{bring, csv};
use backend::Backend;
use backend::import::{self, Kind, Mapping, Options};

async fn refused(backend: &Backend, text: &str) -> String {
    import::run(backend, Kind::Sales, csv(text), None, Options::default()).await.unwrap_err().to_string()
}

both_engines!(another_value_tells_what_points_mean_and_where_none_does_the_file_is_refused, |backend| {
    let report = bring(&backend, Kind::Sales, "date;document_no;amount\n2015-01-05;1;1.234\n2015-01-05;2;1.234,56\n", "").await;
    assert_eq!((report.tally.new, report.money.map(|m| m.brought_in)), (2, Some("2468.56".to_owned())));
    assert_eq!(common::rows(&backend, "select cast(sum(gross) as bigint) from sales_lines").await, [246_856]);
    let words = refused(&backend, "date;document_no;amount\n2015-01-05;3;1.234\n2015-01-05;4;20\n").await;
    assert!(words.contains("no other value settles it"), "{words}");
    let mapping = "[fields]\ndate = 'date'\ndocumentNo = 'document_no'\namount = 'amount'\n";
    let both =
        bring(&backend, Kind::Sales, "date;document_no;amount\n2015-01-05;5;2.5\n2015-01-05;6;1.234,56\n2015-01-05;7;1.234\n", mapping)
            .await;
    assert_eq!((both.tally.new, both.tally.rejected), (2, 1), "values that contradict each other are refused");
});

both_engines!(a_discount_that_is_an_amount_is_let_off_where_a_mapping_says_so, |backend| {
    let text = "date,document_no,qty,price,discount_amount\n2015-01-05,1,2,100,15\n2015-01-05,2,1,10,\n2015-01-05,3,1,10,11\n";
    let asked = refused(&backend, text).await;
    assert!(asked.contains("qty × price, less discount_amount") && asked.contains("less = \"discount_amount\""), "{asked}");
    let mapping = "[fields]\ndate = 'date'\ndocumentNo = 'document_no'\nquantity = 'qty'\n\
        amount = { product = ['qty', 'price'], less = 'discount_amount' }\n";
    let report = bring(&backend, Kind::Sales, text, mapping).await;
    assert_eq!((report.tally.new, report.tally.rejected), (2, 1));
    let first = &report.tally.rejects[0];
    assert_eq!((first.line, first.column.as_str(), first.value.as_str()), (4, "discount_amount", "11"));
    assert_eq!(common::rows(&backend, "select cast(sum(gross) as bigint) from sales_lines").await, [19_500]);
});

both_engines!(days_of_eight_digits_come_in_as_somebody_says, |backend| {
    let text = "date,document_no,amount\n05012015,1,10\n25012015,2,10\n";
    let report = import::run(&backend, Kind::Sales, csv(text), None, Options::default()).await.unwrap();
    assert_eq!((report.tally.new, report.tally.rejected), (0, 2));
    assert!(report.tally.rejects[0].reason.contains("\"DDMMYYYY\" or \"MMDDYYYY\""), "{}", report.tally.rejects[0].reason);
    let mapping = "[fields]\ndate = { column = 'date', format = 'DDMMYYYY' }\ndocumentNo = 'document_no'\namount = 'amount'\n";
    let days = Mapping::parse(mapping).unwrap();
    let report = import::run(&backend, Kind::Sales, csv(text), Some(days), Options::default()).await.unwrap();
    assert_eq!(report.tally.new, 2);
    assert_eq!(common::rows(&backend, "select cast(min(day) as bigint) from sales_lines").await, [16_440]);
});
