//! `sales`: lines that count, page after page; amounts with their currency.

use std::sync::Arc;

use axum::{Router, routing::get};
use backend::sales::{
    self,
    lines::{LineQuery, Place, SoldLine},
};
use domain::{
    Day, Rejections,
    ids::ImportId,
    money::{Currency, Money},
    sales::units,
};
use serde::{Deserialize, Serialize};

use super::{
    answer::Answer,
    asked::Asked,
    cursor::{Items, Page},
    failure::Failure,
    forms,
    kpis::whole,
    query::Query,
};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/sales", get(list))
}

/// What lines are narrowed by without an id: names, given again for each that is kept and taken whole.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Labelled {
    product_line: Vec<String>,
    item_group: Vec<String>,
    segment: Vec<String>,
}

/// Something a line is about.
#[derive(Serialize)]
struct Named<I> {
    id: I,
    name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    import_id: ImportId,
    line: i64,
    date: Day,
    branch: Option<Named<domain::ids::BranchId>>,
    rep: Option<Named<domain::ids::RepId>>,
    client: Option<Named<domain::ids::ClientId>>,
    product: Option<Named<domain::ids::ProductId>>,
    product_code: Option<String>,
    units_sold: String,
    gross_revenue: Money,
    units_returned: String,
    returns_value: Money,
    net_sales: Money,
    /// Null when it is unknown, which is not zero.
    total_cost: Option<Money>,
    document_no: Option<String>,
}

async fn list(asked: Asked, query: Query) -> Result<Answer<Items<Line>>, Failure> {
    let page: Page = query.read(&forms::SALES_LIST)?;
    let (limit, after) = (page.limit()?, page.opaque().map(place).transpose()?);
    let labelled = query.read::<Labelled>(&forms::SALES_LIST)?;
    let all = [("productLine", labelled.product_line), ("itemGroup", labelled.item_group), ("segment", labelled.segment)];
    let keys = whole(&asked, all).await?;
    let ask = LineQuery { after, keys, ..query.read(&forms::SALES_LIST)? };
    let currency = asked.backend().company().await?.currency;
    let found = sales::lines::lines(asked.backend(), &asked.caller, &ask, limit).await?;
    let next_cursor = found.last().filter(|_| found.len() == limit as usize).map(|last| cursor(last.place()));
    Ok(Answer::ok(Items { items: found.into_iter().map(|sold| line(sold, currency)).collect(), next_cursor }))
}

fn line(sold: SoldLine, currency: Currency) -> Line {
    let money = |minor| Money { minor, currency };
    let net = sold.sale.net();
    let sale = sold.sale;
    Line {
        import_id: sold.import_id,
        line: sold.line,
        date: sale.day,
        branch: sale.branch.map(|id| Named { id, name: sold.branch_name }),
        rep: sale.rep.map(|id| Named { id, name: sold.rep_name }),
        client: sale.client.map(|id| Named { id, name: sold.client_name }),
        product: sale.product.map(|id| Named { id, name: sold.product_name }),
        product_code: sold.product_code,
        units_sold: units(sale.units_sold),
        gross_revenue: money(sale.gross),
        units_returned: units(sale.units_returned),
        returns_value: money(sale.returns),
        net_sales: money(net),
        total_cost: sale.cost.map(money),
        document_no: sale.document,
    }
}

fn cursor(Place(day, import, line): Place) -> String {
    format!("s{}.{}.{line}", day.0, import.0.simple())
}

fn place(cursor: &str) -> Result<Place, Rejections> {
    let mut parts = cursor.strip_prefix('s').unwrap_or_default().splitn(3, '.');
    let mut read = || Some(Place(Day(parts.next()?.parse().ok()?), parts.next()?.parse().ok()?, parts.next()?.parse().ok()?));
    read().ok_or_else(super::cursor::stale)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_cursor_leads_behind_its_line_and_others_are_refused() {
        let at = Place(Day(-3), ImportId(uuid::Uuid::from_u128(9)), 77);
        assert_eq!(place(&cursor(at)).unwrap(), at);
        for bad in ["", "o5", "s1.2.3", "s1", "v1-2"] {
            assert!(place(bad).is_err(), "{bad}");
        }
    }
}
