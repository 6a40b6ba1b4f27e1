//! Writing sales as CSV under the canonical header, which `fieldlight import sales` recognises: the same lines come back.

use super::labels::Shared;
use super::lines::{LIMIT_MAX, LineQuery, lines};
use crate::import::harmless;
use crate::{Backend, Error};
use domain::decimal::Decimal;
use domain::people::{Caller, Right};
use domain::sales::units;
use std::io::Write;

/// The canonical header.
pub const HEADER: [&str; 14] = [
    "date",
    "branch",
    "salesperson",
    "customer",
    "product",
    "item_group",
    "product_line",
    "units_sold",
    "gross_revenue",
    "units_returned",
    "returns_value",
    "total_cost",
    "document_no",
    "currency",
];

/// Writes every line of the query to `out`; how many. The server's log says who exported how many rows.
///
/// # Errors
/// `Forbidden` without the right to export; when `out` cannot be written.
pub async fn export(backend: &Backend, caller: &Caller, query: &LineQuery, out: impl Write) -> Result<u64, Error> {
    if !caller.may(Right::Export) {
        return Err(Error::Forbidden);
    }
    let currency = backend.company().await?.currency;
    let shared = Shared::read(&mut backend.read().await?).await?;
    let mut csv = csv::Writer::from_writer(out);
    let unwritable = |e: &dyn std::fmt::Display| Error::rejected("file", "unwritable", format!("The file cannot be written: {e}."));
    csv.write_record(HEADER).map_err(|e| unwritable(&e))?;
    let (mut query, mut rows) = (query.clone(), 0);
    loop {
        let page = lines(backend, caller, &query, LIMIT_MAX).await?;
        for line in &page {
            let minor = |minor: i64| Decimal::minor(minor, currency.digits()).to_string();
            let text = |cell: Option<&str>| cell.unwrap_or_default().to_owned();
            let cells = [
                line.sale.day.to_string(),
                text(line.branch_name.as_deref()),
                text(line.rep_name.as_deref()),
                line.client_name.as_deref().map(|name| shared.customer(name, line.client_external_id.as_deref())).unwrap_or_default(),
                text(line.product_code.as_deref()),
                text(line.item_group.as_deref()),
                text(line.product_line.as_deref()),
                units(line.sale.units_sold),
                minor(line.sale.gross),
                units(line.sale.units_returned),
                minor(line.sale.returns),
                line.sale.cost.map(minor).unwrap_or_default(),
                text(line.sale.document.as_deref()),
                currency.code().to_owned(),
            ];
            // a file is opened by spreadsheets, which run what begins as a formula
            csv.write_record(cells.iter().map(|cell| harmless(cell).into_owned())).map_err(|e| unwritable(&e))?;
        }
        rows += page.len() as u64;
        match page.last() {
            Some(last) if page.len() == LIMIT_MAX as usize => query.after = Some(last.place()),
            _ => break,
        }
    }
    csv.flush().map_err(|e| unwritable(&e))?;
    tracing::info!(user = %caller.user, rows, "sales exported");
    Ok(rows)
}
