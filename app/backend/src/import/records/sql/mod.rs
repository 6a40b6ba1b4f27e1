//! Statements that read and remove the records an import makes or changes.

mod write;

pub(crate) use write::{write_branches, write_budgets, write_clients, write_contacts, write_products, write_reps, write_visits};

use super::super::changes::{Key, Marks, Subject};
use super::super::judge::MonthBudget;
use crate::Error;
use crate::contacts::sql::ContactRow;
use crate::db::{Args, Bind, Conn, find_in, insert_rows, list_text, run};
use domain::Day;
use domain::contacts::Contact;
use domain::ids::{BranchId, ImportId, ProductId, RepId};
use domain::people::{Branch, Rep};
use domain::sales::Product;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows asked for by id at a time.
const IDS: usize = 500;

type MarksRow = (Uuid, Option<Uuid>, Option<i64>, Option<i64>);

/// Where records that keep it were brought in from.
pub(crate) async fn marks(conn: &mut Conn, subject: Subject, ids: &[Uuid]) -> Result<HashMap<Uuid, Marks>, Error> {
    let head = match subject {
        Subject::Client => "select t.id, t.import_id, t.import_line, t.import_print from clients t where t.id in ",
        Subject::Contact => "select t.id, t.import_id, t.import_line, t.import_print from contacts t where t.id in ",
        Subject::Visit => "select t.id, t.import_id, t.import_line, t.import_print from visits t where t.id in ",
        Subject::Product => "select t.id, t.import_id, cast(null as bigint), cast(null as bigint) from products t where t.id in ",
        Subject::Opportunity => "select t.id, t.import_id, t.import_line, t.import_print from opportunities t where t.id in ",
        Subject::Rep | Subject::Branch | Subject::Budget | Subject::Pipeline => return Ok(HashMap::new()),
    };
    let rows: Vec<MarksRow> = find_in(conn, head, ids).await?;
    Ok(rows.into_iter().map(|(id, import, line, print)| (id, Marks { import: import.map(ImportId), line, print })).collect())
}

/// Contacts by id, in no order.
pub(crate) async fn contacts_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Contact>, Error> {
    const HEAD: &str = sql!("select ", ContactRow::COLUMNS, " from contacts p where p.id in ");
    let rows: Vec<ContactRow> = find_in(conn, HEAD, ids).await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

type ProductRow = (Uuid, String, String, Option<String>, Option<String>, Option<i64>);

/// Products by id, in no order.
pub(crate) async fn products_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Product>, Error> {
    const HEAD: &str = "select p.id, p.code, p.name, p.item_group, p.product_line, p.list_price from products p where p.id in ";
    let rows: Vec<ProductRow> = find_in(conn, HEAD, ids).await?;
    let one = |(id, code, name, item_group, product_line, list_price)| Product {
        id: ProductId(id),
        code,
        name,
        item_group,
        product_line,
        list_price,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Reps by id, in no order.
pub(crate) async fn reps_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Rep>, Error> {
    let rows: Vec<(Uuid, String, Option<Uuid>)> = find_in(conn, "select r.id, r.name, r.branch_id from reps r where r.id in ", ids).await?;
    Ok(rows.into_iter().map(|(id, name, branch)| Rep { id: RepId(id), name, branch: branch.map(BranchId) }).collect())
}

/// Branches by id, in no order.
pub(crate) async fn branches_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Branch>, Error> {
    let rows: Vec<(Uuid, String)> = find_in(conn, "select b.id, b.name from branches b where b.id in ", ids).await?;
    Ok(rows.into_iter().map(|(id, name)| Branch { id: BranchId(id), name }).collect())
}

/// All budgets of these reps.
pub(crate) async fn budgets_of(conn: &mut Conn, reps: &[Uuid]) -> Result<Vec<MonthBudget>, Error> {
    let rows: Vec<(Uuid, i32, i64)> = find_in(conn, "select b.rep_id, b.month, b.minor from budgets b where b.rep_id in ", reps).await?;
    Ok(rows.into_iter().map(|(rep, month, minor)| MonthBudget { rep: RepId(rep), month: Day(month), minor }).collect())
}

/// Whose phones hold these records: the record, the rep.
pub(crate) async fn owners(conn: &mut Conn, subject: Subject, ids: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>, Error> {
    let head = match subject {
        Subject::Client => "select t.id, t.rep_id from clients t where t.rep_id is not null and t.id in ",
        Subject::Contact => "select t.id, t.owner_id from contacts t where t.owner_id is not null and t.id in ",
        Subject::Visit => "select t.id, t.owner_id from visits t where t.owner_id is not null and t.id in ",
        _ => return Ok(Vec::new()),
    };
    find_in(conn, head, ids).await
}

/// Tells these reps' phones that a record is theirs no more.
pub(crate) async fn bury(conn: &mut Conn, subject: Subject, held: &[(Uuid, Uuid)], version: i64) -> Result<(), Error> {
    struct Row(Uuid, &'static str, Uuid, i64);
    impl Bind for Row {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0)?;
            args.add(self.1)?;
            args.add(self.2)?;
            args.add(self.3)
        }
    }
    const HEAD: &str = "insert into tombstones (rep_id, kind, id, version) values ";
    const TAIL: &str = " on conflict (rep_id, kind, id) do update set version = excluded.version";
    let rows: Vec<Row> = held.iter().map(|(id, rep)| Row(*rep, subject.code(), *id, version)).collect();
    insert_rows(conn, HEAD, 4, TAIL, &rows).await.map(drop)
}

async fn delete_in(conn: &mut Conn, head: &'static str, ids: &[Uuid]) -> Result<(), Error> {
    for chunk in ids.chunks(IDS) {
        let mut args = Args::of(conn);
        for id in chunk {
            args.add(*id)?;
        }
        run(conn, list_text(head, chunk.len(), ""), args).await?;
    }
    Ok(())
}

/// Removes records.
pub(crate) async fn delete(conn: &mut Conn, subject: Subject, keys: &[Key]) -> Result<(), Error> {
    let head = match subject {
        Subject::Client => "delete from clients where id in ",
        Subject::Contact => "delete from contacts where id in ",
        Subject::Visit => "delete from visits where id in ",
        Subject::Product => "delete from products where id in ",
        Subject::Rep => "delete from reps where id in ",
        Subject::Branch => "delete from branches where id in ",
        Subject::Opportunity => "delete from opportunities where id in ",
        Subject::Pipeline => "delete from pipelines where id in ",
        Subject::Budget => {
            for (rep, month) in keys {
                execute!(conn, "delete from budgets where rep_id = $1 and month = $2", *rep, *month)?;
            }
            return Ok(());
        }
    };
    let ids = super::ids(keys);
    if subject == Subject::Client {
        delete_in(conn, "delete from client_tags where client_id in ", &ids).await?;
        delete_in(conn, "delete from client_keys where client_id in ", &ids).await?;
    }
    delete_in(conn, head, &ids).await
}
