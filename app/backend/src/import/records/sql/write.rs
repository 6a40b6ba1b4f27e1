//! Statements that write records of an import, new or as they now stand. Only imports write records many at a time with where they come from.

use super::super::super::changes::Marks;
use super::super::super::judge::{MonthBudget, OwnedContact, OwnedVisit};
use crate::Error;
use crate::clients::row::{self as client_row, ClientRow};
use crate::contacts::sql::ContactRow;
use crate::db::{Args, Bind, Conn, insert_rows};
use crate::visits::row::{self as visit_row, VisitRow};
use domain::clients::Client;
use domain::fold::fold;
use domain::ids::ImportId;
use domain::people::{Branch, Rep};
use domain::sales::Product;
use uuid::Uuid;

/// A record with the fingerprint of its row.
struct Printed<W>(W, Option<i64>);

impl<W: Bind> Bind for Printed<W> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        self.0.bind(args)?;
        args.add(self.1)
    }
}

/// Writes clients with their tags; `stale` are those that may have some.
pub(crate) async fn write_clients(conn: &mut Conn, rows: &[(&Client, Marks)], stale: &[Uuid]) -> Result<(), Error> {
    const HEAD: &str = sql!("insert into clients (", ClientRow::INSERT, client_row::DERIVED, ", import_print) values ");
    const TAIL: &str = sql!(
        " on conflict (id) do update set ",
        ClientRow::EXCLUDED,
        ", due_key = excluded.due_key, sort_key = excluded.sort_key, search_key = excluded.search_key, import_id = excluded.import_id, \
         import_line = excluded.import_line, import_print = excluded.import_print"
    );
    let printed = |(client, marks): &(&Client, Marks)| {
        let tags: Vec<(Uuid, String)> = client.tags.iter().map(|tag| (client.id.0, tag.clone())).collect();
        (tags, marks.import.zip(marks.line), marks.print)
    };
    let parts: Vec<_> = rows.iter().map(printed).collect();
    let written: Vec<_> = rows
        .iter()
        .zip(&parts)
        .map(|((client, _), (_, import, print))| Printed(client_row::Written { client, import: *import }, *print))
        .collect();
    insert_rows(conn, HEAD, ClientRow::WIDTH + client_row::DERIVED_WIDTH + 1, TAIL, &written).await?;
    super::delete_in(conn, "delete from client_tags where client_id in ", stale).await?;
    let tags: Vec<Tag> = parts.into_iter().flat_map(|part| part.0).map(|(client, tag)| Tag(client, tag)).collect();
    insert_rows(conn, "insert into client_tags (client_id, tag) values ", 2, "", &tags).await.map(drop)
}

struct Tag(Uuid, String);

impl Bind for Tag {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.0)?;
        args.add(self.1.clone())
    }
}

/// Writes visits.
pub(crate) async fn write_visits(conn: &mut Conn, rows: &[(OwnedVisit, Marks)]) -> Result<(), Error> {
    const HEAD: &str = sql!("insert into visits (", VisitRow::INSERT, visit_row::DERIVED, ", import_print) values ");
    const TAIL: &str = sql!(
        " on conflict (id) do update set ",
        VisitRow::EXCLUDED,
        ", owner_id = excluded.owner_id, branch_id = excluded.branch_id, starts_at = excluded.starts_at, import_id = excluded.import_id, \
         import_line = excluded.import_line, import_print = excluded.import_print"
    );
    let one = |(v, marks): &(OwnedVisit, Marks)| (v.visit.clone(), v.owner, v.branch, marks.import.zip(marks.line), marks.print);
    let rows: Vec<_> = rows.iter().map(one).collect();
    let written: Vec<_> = rows
        .iter()
        .map(|(visit, owner, branch, import, print)| {
            Printed(visit_row::Written { visit, owner: *owner, branch: *branch, import: *import }, *print)
        })
        .collect();
    insert_rows(conn, HEAD, VisitRow::WIDTH + visit_row::DERIVED_WIDTH + 1, TAIL, &written).await.map(drop)
}

impl Bind for (OwnedContact, Marks) {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        ContactRow::from(&self.0.contact).bind(args)?;
        args.add(self.0.owner.map(|r| r.0))?;
        args.add(self.0.branch.map(|b| b.0))?;
        args.add(self.1.import.map(|i| i.0))?;
        args.add(self.1.line)?;
        args.add(self.1.print)
    }
}

/// Writes contacts.
pub(crate) async fn write_contacts(conn: &mut Conn, rows: &[(OwnedContact, Marks)]) -> Result<(), Error> {
    const HEAD: &str =
        sql!("insert into contacts (", ContactRow::INSERT, ", owner_id, branch_id, import_id, import_line, import_print) values ");
    const TAIL: &str = sql!(
        " on conflict (id) do update set ",
        ContactRow::EXCLUDED,
        ", owner_id = excluded.owner_id, branch_id = excluded.branch_id, import_id = excluded.import_id, \
         import_line = excluded.import_line, import_print = excluded.import_print"
    );
    insert_rows(conn, HEAD, ContactRow::WIDTH + 5, TAIL, rows).await.map(drop)
}

/// Writes products.
pub(crate) async fn write_products(conn: &mut Conn, rows: &[(Product, Marks)], version: i64) -> Result<(), Error> {
    struct Row<'a>(&'a Product, Option<ImportId>, i64);
    impl Bind for Row<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            let p = self.0;
            args.add(p.id.0)?;
            args.add(p.code.clone())?;
            args.add(p.key())?;
            args.add(p.name.clone())?;
            args.add(p.item_group.clone())?;
            args.add(p.product_line.clone())?;
            args.add(p.list_price)?;
            args.add(fold(&p.name))?;
            args.add(self.2)?;
            args.add(self.1.map(|i| i.0))
        }
    }
    const HEAD: &str =
        "insert into products (id, code, code_key, name, item_group, product_line, list_price, sort_key, version, import_id) values ";
    const TAIL: &str = " on conflict (id) do update set name = excluded.name, item_group = excluded.item_group, \
         product_line = excluded.product_line, list_price = excluded.list_price, sort_key = excluded.sort_key, \
         version = excluded.version, import_id = excluded.import_id";
    let rows: Vec<Row<'_>> = rows.iter().map(|(product, marks)| Row(product, marks.import, version)).collect();
    insert_rows(conn, HEAD, 10, TAIL, &rows).await.map(drop)
}

/// Writes reps.
pub(crate) async fn write_reps(conn: &mut Conn, reps: &[Rep], version: i64) -> Result<(), Error> {
    struct Row<'a>(&'a Rep, i64);
    impl Bind for Row<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0.id.0)?;
            args.add(self.0.name.clone())?;
            args.add(self.0.branch.map(|b| b.0))?;
            args.add(self.1)
        }
    }
    const TAIL: &str = " on conflict (id) do update set name = excluded.name, branch_id = excluded.branch_id, version = excluded.version";
    let rows: Vec<Row<'_>> = reps.iter().map(|rep| Row(rep, version)).collect();
    insert_rows(conn, "insert into reps (id, name, branch_id, version) values ", 4, TAIL, &rows).await.map(drop)
}

/// Writes branches.
pub(crate) async fn write_branches(conn: &mut Conn, branches: &[Branch], version: i64) -> Result<(), Error> {
    struct Row<'a>(&'a Branch, i64);
    impl Bind for Row<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0.id.0)?;
            args.add(self.0.name.clone())?;
            args.add(self.1)
        }
    }
    const TAIL: &str = " on conflict (id) do update set name = excluded.name, version = excluded.version";
    let rows: Vec<Row<'_>> = branches.iter().map(|branch| Row(branch, version)).collect();
    insert_rows(conn, "insert into branches (id, name, version) values ", 3, TAIL, &rows).await.map(drop)
}

/// Writes budgets.
pub(crate) async fn write_budgets(conn: &mut Conn, budgets: &[MonthBudget], version: i64) -> Result<(), Error> {
    struct Row(MonthBudget, i64);
    impl Bind for Row {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0.rep.0)?;
            args.add(self.0.month.0)?;
            args.add(self.0.minor)?;
            args.add(self.1)
        }
    }
    const TAIL: &str = " on conflict (rep_id, month) do update set minor = excluded.minor, version = excluded.version";
    let rows: Vec<Row> = budgets.iter().map(|budget| Row(*budget, version)).collect();
    insert_rows(conn, "insert into budgets (rep_id, month, minor, version) values ", 4, TAIL, &rows).await.map(drop)
}
