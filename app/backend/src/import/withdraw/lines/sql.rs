//! Statements that move the lines of an import, and what they replaced, before it is taken back, and that add up what it changes.

use crate::Error;
use crate::db::{Args, Bind, Conn, insert_rows};
use crate::sales::sums::sql::{DayRow, SumRow};
use domain::ids::ImportId;
use uuid::Uuid;

/// A line that was replaced by one import and is to be by another.
pub(super) struct Heir {
    day: i32,
    import: Uuid,
    line: i64,
    was: Uuid,
    is: Uuid,
}

type HeirRow = (i32, Uuid, i64, Uuid, Uuid);

impl From<HeirRow> for Heir {
    fn from((day, import, line, was, is): HeirRow) -> Self {
        Self { day, import, line, was, is }
    }
}

impl Bind for &Heir {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        args.add(self.day)?;
        args.add(self.import)?;
        args.add(self.line)?;
        args.add(self.was)?;
        args.add(self.is)
    }
}

/// Lines an import replaced that are another's to replace: of parts the other owns by now, or has replaced after it.
pub(super) async fn heirs(conn: &mut Conn, id: ImportId, most: i64) -> Result<Vec<Heir>, Error> {
    const TEXT: &str = include_str!("heirs.sql");
    let rows: Vec<HeirRow> = fetch_all!(conn, TEXT, id.0, most)?;
    Ok(rows.into_iter().map(Heir::from).collect())
}

/// Lines that were given to others by [`heirs`] when an import began to be taken back, and are again its own to replace.
pub(super) async fn returning(conn: &mut Conn, id: ImportId, most: i64) -> Result<Vec<Heir>, Error> {
    const TEXT: &str = include_str!("returning.sql");
    let rows: Vec<HeirRow> = fetch_all!(conn, TEXT, id.0, most)?;
    Ok(rows.into_iter().map(Heir::from).collect())
}

/// Says of lines who has replaced them.
pub(super) async fn hand_on(conn: &mut Conn, heirs: &[Heir]) -> Result<u64, Error> {
    // columns of `values` are named alike by both engines
    const HEAD: &str = "update sales_lines set replaced_by = f.column5 from (values ";
    const TAIL: &str = ") as f where sales_lines.day = f.column1 and sales_lines.import_id = f.column2 and sales_lines.line = f.column3 \
         and sales_lines.replaced_by = f.column4";
    let rows: Vec<&Heir> = heirs.iter().collect();
    insert_rows(conn, HEAD, 5, TAIL, &rows).await
}

const SUMS: &str = "select l.rep_id, l.day, l.branch_id, cast(sum(l.gross) as bigint), cast(sum(l.returns) as bigint), count(*) \
     from sales_lines l";
const BY: &str = " group by l.rep_id, l.day, l.branch_id";

/// The lines of the import that count, by day.
pub(super) async fn counted(conn: &mut Conn, id: ImportId) -> Result<Vec<DayRow>, Error> {
    const TEXT: &str =
        sql!(SUMS, " left join imports r on r.id = l.replaced_by and r.state = 'published' where l.import_id = $1 and r.id is null", BY);
    let rows: Vec<SumRow> = fetch_all!(conn, TEXT, id.0)?;
    Ok(rows.into_iter().map(DayRow::from).collect())
}

/// The lines of published imports that the import replaces, by day.
pub(super) async fn replaced(conn: &mut Conn, id: ImportId) -> Result<Vec<DayRow>, Error> {
    const TEXT: &str = sql!(SUMS, " join imports i on i.id = l.import_id and i.state = 'published' where l.replaced_by = $1", BY);
    let rows: Vec<SumRow> = fetch_all!(conn, TEXT, id.0)?;
    Ok(rows.into_iter().map(DayRow::from).collect())
}
