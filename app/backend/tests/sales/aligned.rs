//! A file whose columns are set apart by blanks, brought in by its mapping alone and added up to the cent.

use crate::common::{self, both_engines};
use crate::{adds_up, tried};
use backend::import::Options;
use backend::{Backend, company};
use domain::money::Currency;

const MAPPING: &str = include_str!("../../../../server/mappings/cdnow.toml");
const ROWS: &str = " 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n 00002 19970112  5   77.00\r\n 00003 19970132  2   20.76\r\n 00004 19970101  2   0.00\r\n";

async fn in_dollars(backend: &Backend) {
    let settings = company::settings(backend).await.unwrap();
    company::configure(backend, company::Settings { currency: Currency::parse("USD").unwrap(), ..settings }).await.unwrap();
}

both_engines!(columns_set_apart_by_blanks_come_in_and_add_up, |backend| {
    in_dollars(&backend).await;
    let headed = format!(" customer_id  date number_of_cds  dollar_value\r\n{ROWS}");
    let report = tried(&backend, &headed, Some(MAPPING), Options::default()).await.unwrap();
    assert_eq!((report.tally.rows, report.tally.new, report.tally.rejected), (5, 4, 1));
    assert_eq!((report.tally.rejects[0].line, report.tally.rejects[0].value.as_str()), (5, "19970132"));
    let money = report.money.unwrap();
    assert_eq!((money.file.as_str(), money.brought_in.as_str(), money.rejected.as_str()), ("121.53", "100.77", "20.76"));
    assert_eq!(report.clients_added, 3);
    adds_up(&backend, 4, 10_077).await;
    let nameless = MAPPING.replace("delimiter", "columns = ['customer_id', 'date', 'number_of_cds', 'dollar_value']\ndelimiter");
    let again = tried(&backend, ROWS, Some(&nameless), Options::default()).await.unwrap();
    assert_eq!((again.tally.unchanged, again.tally.rejected, again.tally.rejects[0].line), (4, 1, 4), "without names it says the same");
});
