//! Statements that read products.

use crate::Error;
use crate::db::{Args, Built, Conn, all, dialect};
use domain::ids::ProductId;
use domain::sales::Product;
use uuid::Uuid;

type ProductRow = (Uuid, String, String, Option<String>, Option<String>, Option<i64>);

/// A shelf has no code and is no product to anybody.
const COLUMNS: &str = "select p.id, p.code, p.name, p.item_group, p.product_line, p.list_price from products p where p.code <> ''";

fn product((id, code, name, item_group, product_line, list_price): ProductRow) -> Product {
    Product { id: ProductId(id), code, name, item_group, product_line, list_price }
}

/// A product.
pub(crate) async fn find(conn: &mut Conn, id: ProductId) -> Result<Option<Product>, Error> {
    let row: Option<ProductRow> = fetch_optional!(conn, sql!(COLUMNS, " and p.id = $1"), id.0)?;
    Ok(row.map(product))
}

/// All groups products are in.
pub(crate) async fn groups(conn: &mut Conn) -> Result<Vec<String>, Error> {
    let rows: Vec<(String,)> = fetch_all!(conn, "select distinct p.item_group from products p where p.item_group is not null")?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Those whose folded name or code holds `text`, or that are in one of the groups; all without a text.
fn narrow(conn: &Conn, query: &mut Built, text: Option<&str>, groups: &[String]) -> Result<(), Error> {
    let Some(text) = text else { return Ok(()) };
    let contains = dialect::contains(conn);
    query.push(" and (").push(contains).value("(p.sort_key, ", text)?;
    query.push(") > 0 or ").push(contains).value("(p.code_key, ", text)?.push(") > 0");
    for (place, group) in groups.iter().enumerate() {
        query.value(if place == 0 { " or p.item_group in (" } else { ", " }, group.as_str())?;
    }
    query.push(if groups.is_empty() { ")" } else { "))" });
    Ok(())
}

/// How many there are.
pub(crate) async fn count(conn: &mut Conn, text: Option<&str>, groups: &[String]) -> Result<i64, Error> {
    let mut query = Built::new("select count(*) from products p where p.code <> ''", Args::of(conn));
    narrow(conn, &mut query, text, groups)?;
    let rows: Vec<(i64,)> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.first().map_or(0, |row| row.0))
}

/// A page of them in the order of their names.
pub(crate) async fn page(
    conn: &mut Conn,
    text: Option<&str>,
    groups: &[String],
    (offset, limit): (u32, u32),
) -> Result<Vec<Product>, Error> {
    let mut query = Built::new(COLUMNS, Args::of(conn));
    narrow(conn, &mut query, text, groups)?;
    query.push(" order by p.sort_key, p.id").value(" limit ", i64::from(limit))?.value(" offset ", i64::from(offset))?;
    let rows: Vec<ProductRow> = all(conn, query.text.into(), query.args).await?;
    Ok(rows.into_iter().map(product).collect())
}
