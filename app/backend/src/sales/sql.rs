//! Statements of sales lines and products. A line counts while its import is published and no published import has replaced it.

use crate::Error;
use crate::db::{Args, Bind, Built, Conn, all, insert_rows, list_text, run};
use crate::import::sales::{Known, OfSource, Part, Sum};
use domain::Day;
use domain::ids::{ImportId, ProductId};
use domain::sales::SaleLine;
use std::collections::HashMap;
use uuid::Uuid;

/// Parts of a statement that marks lines at a time.
const PARTS: usize = 200;

/// Lines that count.
pub(crate) const VISIBLE: &str = " from sales_lines l join imports i on i.id = l.import_id and i.state = 'published' \
    left join imports r on r.id = l.replaced_by and r.state = 'published' where r.id is null";

type PartRow = (Option<String>, Option<i32>, i64, i64, i64, i64, i32, Uuid, String);

/// Whether there are lines that count.
pub(crate) async fn any_published(conn: &mut Conn) -> Result<bool, Error> {
    const TEXT: &str = "select count(*) from (select 1 as one from imports where kind = 'sales' and state = 'published' limit 1) i";
    let (found,): (i64,) = fetch_one!(conn, TEXT)?;
    Ok(found > 0)
}

/// What counts of these parts, by source; one that several sources know is there for each.
pub(crate) async fn known(conn: &mut Conn, parts: &[Part]) -> Result<Vec<OfSource>, Error> {
    const SUMS: &str = "count(*), cast(sum(l.print & 2147483647) as bigint), cast(sum(l.print >> 31) as bigint), \
         cast(sum(l.gross + l.returns) as bigint), min(l.day), l.import_id, i.source";
    const DOCUMENTS: &str = sql!("select l.document, cast(null as integer), ", SUMS, VISIBLE, " and l.document in ");
    const DAYS: &str = sql!("select l.document, l.day, ", SUMS, VISIBLE, " and l.document is null and l.day in ");
    let (documents, days): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|p| matches!(p, Part::Document(_)));
    let questions = documents.chunks(PARTS).map(|chunk| (chunk, DOCUMENTS, " group by i.source, l.document, l.import_id"));
    let questions = questions.chain(days.chunks(PARTS).map(|chunk| (chunk, DAYS, " group by i.source, l.document, l.day, l.import_id")));
    let mut found = HashMap::new();
    for (chunk, head, tail) in questions {
        let mut args = Args::of(conn);
        for part in chunk {
            match part {
                Part::Document(number) => args.add(number.as_str())?,
                Part::Day(day) => args.add(day.0)?,
            }
        }
        let rows: Vec<PartRow> = all(conn, list_text(head, chunk.len(), tail), args).await?;
        for (document, day, lines, low, high, net, first, owner, source) in rows {
            let part = document.map_or_else(|| Part::Day(Day(day.unwrap_or_default())), Part::Document);
            let of = Known { sum: Sum { lines, low, high, net }, owner: Some(ImportId(owner)), day: Day(first) };
            found.entry((part, source)).and_modify(|known: &mut Known| known.join(of)).or_insert(of);
        }
    }
    Ok(found.into_iter().map(|((part, source), known)| OfSource { part, known, source }).collect())
}

/// Marks the lines that count of these parts of a source as replaced, once `import` is published.
pub(crate) async fn replace(conn: &mut Conn, import: ImportId, source: &str, parts: &[Part]) -> Result<u64, Error> {
    let mut marked = 0;
    let (documents, days): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|p| matches!(p, Part::Document(_)));
    for (chunk, by_day) in documents.chunks(PARTS).map(|c| (c, false)).chain(days.chunks(PARTS).map(|c| (c, true))) {
        let mut query = Built::new("update sales_lines set replaced_by = ", Args::of(conn));
        query.value("", import.0)?;
        query.value(" where import_id in (select id from imports where state = 'published' and source = ", source)?;
        query.push(") and (replaced_by is null or replaced_by in (select id from imports where state <> 'published')) and ");
        query.push(if by_day { "document is null and day in " } else { "document in " });
        for (i, part) in chunk.iter().enumerate() {
            let before = if i == 0 { "(" } else { ", " };
            match part {
                Part::Document(number) => query.value(before, number.as_str())?,
                Part::Day(day) => query.value(before, day.0)?,
            };
        }
        query.push(")");
        marked += run(conn, query.text.into(), query.args).await?;
    }
    Ok(marked)
}

/// A line with where its row begins and its fingerprint.
pub(crate) struct Line {
    pub(crate) import: ImportId,
    pub(crate) line: i64,
    pub(crate) print: i64,
    pub(crate) sale: SaleLine,
}

impl Bind for Line {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        let sale = &self.sale;
        args.add(sale.day.0)?;
        args.add(self.import.0)?;
        args.add(self.line)?;
        args.add(sale.branch.map(|b| b.0))?;
        args.add(sale.rep.map(|r| r.0))?;
        args.add(sale.client.map(|c| c.0))?;
        args.add(sale.product.map(|p| p.0))?;
        args.add(sale.units_sold)?;
        args.add(sale.gross)?;
        args.add(sale.units_returned)?;
        args.add(sale.returns)?;
        args.add(sale.cost)?;
        args.add(sale.document.clone())?;
        args.add(self.print)
    }
}

/// Writes lines; they count once their import is published.
pub(crate) async fn insert(conn: &mut Conn, lines: &[Line]) -> Result<(), Error> {
    const HEAD: &str = "insert into sales_lines (day, import_id, line, branch_id, rep_id, client_id, product_id, units_sold, gross, \
         units_returned, returns, cost, document, print) values ";
    insert_rows(conn, HEAD, 14, "", lines).await.map(drop)
}

/// Lines of an import, what they come to net.
pub(crate) async fn recount(conn: &mut Conn, import: ImportId) -> Result<(i64, i64), Error> {
    const TEXT: &str = "select count(*), cast(coalesce(sum(l.gross + l.returns), 0) as bigint) from sales_lines l where l.import_id = $1";
    fetch_one!(conn, TEXT, import.0)
}

/// Takes out at most so many lines of an import that will not be published; how many went.
pub(crate) async fn discard(conn: &mut Conn, import: ImportId, most: i64) -> Result<u64, Error> {
    const LINES: &str = "delete from sales_lines where (day, import_id, line) in \
         (select day, import_id, line from sales_lines where import_id = $1 limit $2)";
    const MARKS: &str = "update sales_lines set replaced_by = null where (day, import_id, line) in \
         (select day, import_id, line from sales_lines where replaced_by = $1 limit $2)";
    let gone = execute!(conn, LINES, import.0, most)?;
    Ok(gone + execute!(conn, MARKS, import.0, most)?)
}

/// A product as lines may name it.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) id: ProductId,
    pub(crate) code: String,
    pub(crate) product_line: Option<String>,
    pub(crate) item_group: Option<String>,
}

/// At most so many products behind this one in the order of ids.
pub(crate) async fn products_after(conn: &mut Conn, last: Uuid, most: i64) -> Result<Vec<Placed>, Error> {
    const TEXT: &str = "select p.id, p.code, p.product_line, p.item_group from products p where p.id > $1 order by p.id limit $2";
    let rows: Vec<(Uuid, String, Option<String>, Option<String>)> = fetch_all!(conn, TEXT, last, most)?;
    let placed = |(id, code, product_line, item_group)| Placed { id: ProductId(id), code, product_line, item_group };
    Ok(rows.into_iter().map(placed).collect())
}

/// How many lines count, and what they come to net.
pub(crate) async fn count_visible(conn: &mut Conn) -> Result<(i64, i64), Error> {
    const TEXT: &str = sql!("select count(*), cast(coalesce(sum(l.gross + l.returns), 0) as bigint)", VISIBLE);
    fetch_one!(conn, TEXT)
}

/// Whether there are amounts in the company's currency.
pub(crate) async fn any_amounts(conn: &mut Conn) -> Result<bool, Error> {
    const TEXT: &str = "select (select count(*) from (select 1 as one from sales_lines limit 1) a) + \
         (select count(*) from (select 1 as one from budgets limit 1) b) + \
         (select count(*) from (select 1 as one from products where list_price is not null limit 1) c)";
    let (found,): (i64,) = fetch_one!(conn, TEXT)?;
    Ok(found > 0)
}
