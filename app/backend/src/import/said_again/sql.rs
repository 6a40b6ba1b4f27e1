//! Statements of what imports say again. A note names its part by document, empty for a day, and day, 0 for a document.

use super::Again;
use crate::Error;
use crate::db::{Args, Bind, Built, Conn, all, insert_rows, list_text, run};
use crate::import::sales::Part;
use domain::Day;
use domain::ids::ImportId;
use sqlx::types::Json;
use uuid::Uuid;

/// Parts asked for in one statement.
const PARTS: usize = 200;

/// A part as a note names it.
fn named(part: &Part) -> (&str, i32) {
    match part {
        Part::Document(number) => (number, 0),
        Part::Day(day) => ("", day.0),
    }
}

fn part_of(document: String, day: i32) -> Part {
    if document.is_empty() { Part::Day(Day(day)) } else { Part::Document(document) }
}

struct Row<'a>(ImportId, &'a Again);

impl Bind for Row<'_> {
    fn bind(&self, args: &mut Args) -> Result<(), Error> {
        let Self(import, note) = self;
        let (document, day) = named(&note.part);
        args.add(import.0)?;
        args.add(note.owner.0)?;
        args.add(document)?;
        args.add(day)?;
        args.add(note.piece)?;
        args.add(Json(&note.lines))
    }
}

/// Notes what an import says again.
pub(crate) async fn keep(conn: &mut Conn, import: ImportId, notes: &[Again]) -> Result<(), Error> {
    const HEAD: &str = "insert into sales_said_again (import_id, owner_id, document, day, piece, lines) values ";
    let rows: Vec<Row<'_>> = notes.iter().map(|note| Row(import, note)).collect();
    insert_rows(conn, HEAD, 6, "", &rows).await.map(drop)
}

/// The first standing import that says lines of `owner` again.
pub(in super::super) async fn next(conn: &mut Conn, owner: ImportId) -> Result<Option<ImportId>, Error> {
    const TEXT: &str = "select i.id from imports i where i.kind = 'sales' and i.state = 'published' and exists \
         (select 1 from sales_said_again a where a.owner_id = $1 and a.import_id = i.id) order by i.version, i.id limit 1";
    let row: Option<(Uuid,)> = fetch_optional!(conn, TEXT, owner.0)?;
    Ok(row.map(|row| ImportId(row.0)))
}

/// An import that came later and has lines which this one says again: of what both say, the earlier one has the lines, unless it is being taken back.
pub(super) async fn later_owner(conn: &mut Conn, import: ImportId) -> Result<Option<ImportId>, Error> {
    const TEXT: &str = "select o.id from imports o join imports i on i.id = $1 and o.version > i.version where o.kind = 'sales' \
         and o.state = 'published' and exists (select 1 from sales_said_again a where a.owner_id = o.id and a.import_id = $1) limit 1";
    let row: Option<(Uuid,)> = fetch_optional!(conn, TEXT, import.0)?;
    Ok(row.map(|row| ImportId(row.0)))
}

/// At most so many notes of an import about lines of `owner`.
pub(super) async fn of(conn: &mut Conn, import: ImportId, owner: ImportId, most: i64) -> Result<Vec<Again>, Error> {
    const TEXT: &str = "select a.document, a.day, a.piece, a.lines from sales_said_again a where a.owner_id = $1 and a.import_id = $2 \
         order by a.document, a.day, a.piece limit $3";
    let rows: Vec<(String, i32, i32, Json<Vec<i64>>)> = fetch_all!(conn, TEXT, owner.0, import.0, most)?;
    Ok(rows.into_iter().map(|(document, day, piece, lines)| Again { part: part_of(document, day), owner, piece, lines: lines.0 }).collect())
}

type LineRow = (Option<String>, i32, i64, i64);

/// The lines of these parts an import has: fingerprint, day and line of each.
pub(super) async fn lines(conn: &mut Conn, import: ImportId, parts: &[Part]) -> Result<Vec<(Part, (i64, i32, i64))>, Error> {
    const DOCUMENTS: &str = "select l.document, l.day, l.print, l.line, l.import_id from sales_lines l where l.document in ";
    const DAYS: &str = "select l.document, l.day, l.print, l.line, l.import_id from sales_lines l where l.document is null and l.day in ";
    let (documents, days): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|p| matches!(p, Part::Document(_)));
    let asked = documents.chunks(PARTS).map(|c| (c, DOCUMENTS)).chain(days.chunks(PARTS).map(|c| (c, DAYS)));
    let mut found = Vec::new();
    for (chunk, head) in asked {
        let mut args = Args::of(conn);
        for part in chunk {
            match part {
                Part::Document(number) => args.add(number.as_str())?,
                Part::Day(day) => args.add(day.0)?,
            }
        }
        let rows: Vec<(Option<String>, i32, i64, i64, Uuid)> = all(conn, list_text(head, chunk.len(), ""), args).await?;
        let own = rows.into_iter().filter(|row| row.4 == import.0).map(|(document, day, print, line, _)| (document, day, print, line));
        found.extend(
            own.map(|(document, day, print, line): LineRow| (document.map_or(Part::Day(Day(day)), Part::Document), (print, day, line))),
        );
    }
    Ok(found)
}

/// A line of a day that gets another number.
pub(super) struct Move {
    pub(super) day: i32,
    pub(super) from: i64,
    pub(super) to: i64,
}

/// Makes lines of `owner` lines of `next`, where they stand in its own file.
pub(super) async fn hand_over(conn: &mut Conn, owner: ImportId, next: ImportId, lines: &[Move]) -> Result<(), Error> {
    struct Row<'a>(&'a Move, ImportId, ImportId);
    impl Bind for Row<'_> {
        fn bind(&self, args: &mut Args) -> Result<(), Error> {
            args.add(self.0.day)?;
            args.add(self.1.0)?;
            args.add(self.0.from)?;
            args.add(self.2.0)?;
            args.add(self.0.to)
        }
    }
    // columns of `values` are named alike by both engines
    const HEAD: &str = "update sales_lines set import_id = f.column4, line = f.column5 from (values ";
    const TAIL: &str = ") as f where sales_lines.day = f.column1 and sales_lines.import_id = f.column2 and sales_lines.line = f.column3";
    let rows: Vec<Row<'_>> = lines.iter().map(|line| Row(line, owner, next)).collect();
    insert_rows(conn, HEAD, 5, TAIL, &rows).await.map(drop)
}

/// Drops notes of an import.
pub(super) async fn forget(conn: &mut Conn, import: ImportId, notes: &[Again]) -> Result<(), Error> {
    let mut query = Built::new("delete from sales_said_again where import_id = ", Args::of(conn));
    query.value("", import.0)?;
    places(&mut query, notes)?;
    run(conn, query.text.into(), query.args).await.map(drop)
}

/// Notes of all imports about these parts of the first import are about the second one's lines.
pub(super) async fn rely_on(conn: &mut Conn, (before, after): (ImportId, ImportId), notes: &[Again]) -> Result<(), Error> {
    let mut query = Built::new("update sales_said_again set owner_id = ", Args::of(conn));
    query.value("", after.0)?.value(" where owner_id = ", before.0)?;
    places(&mut query, notes)?;
    run(conn, query.text.into(), query.args).await.map(drop)
}

fn places(query: &mut Built, notes: &[Again]) -> Result<(), Error> {
    query.push(" and (document, day, piece) in (values ");
    for (i, note) in notes.iter().enumerate() {
        let (document, day) = named(&note.part);
        query.value(if i == 0 { "(" } else { ", (" }, document)?.value(", ", day)?.value(", ", note.piece)?.push(")");
    }
    query.push(")");
    Ok(())
}

/// Drops at most so many notes of an import that counts no more; how many.
pub(in super::super) async fn discard(conn: &mut Conn, import: ImportId, most: i64) -> Result<u64, Error> {
    const TEXT: &str = "delete from sales_said_again where (import_id, document, day, piece) in \
         (select import_id, document, day, piece from sales_said_again where import_id = $1 limit $2)";
    execute!(conn, TEXT, import.0, most)
}

/// A document or day that stays, its lines, and the import whose they are.
pub(in super::super) type Staying = (String, i32, i64, Uuid, String);

const STAYING: &str = "select a.document, a.day, count(*) as lines, i.id as owner_id, i.file_name \
     from sales_said_again a join imports i on i.id = a.owner_id and i.state = 'published' ";
const OF_DOCUMENTS: &str = "join sales_lines l on l.document = a.document and l.import_id = a.owner_id ";
const OF_DAYS: &str = "join sales_lines l on l.day = a.day and l.import_id = a.owner_id and l.document is null ";
const COUNTING: &str = "left join imports r on r.id = l.replaced_by and r.state = 'published' \
     where a.import_id = $1 and a.piece = 0 and r.id is null";
const BY: &str = " group by a.document, a.day, i.id, i.file_name";

/// What an import says that counts with lines of others, and stays when it goes: how many documents or days, their lines, and the first of them.
pub(in super::super) async fn staying(conn: &mut Conn, import: ImportId, most: i64) -> Result<(i64, i64, Vec<Staying>), Error> {
    const ALL: &str = sql!(
        STAYING,
        OF_DOCUMENTS,
        COUNTING,
        " and a.document <> ''",
        BY,
        " union all ",
        STAYING,
        OF_DAYS,
        COUNTING,
        " and a.document = ''",
        BY
    );
    const COUNT: &str = sql!("select count(*), cast(coalesce(sum(s.lines), 0) as bigint) from (", ALL, ") s");
    const FIRST: &str =
        sql!("select s.document, s.day, s.lines, s.owner_id, s.file_name from (", ALL, ") s order by s.document, s.day limit $2");
    let (parts, lines): (i64, i64) = fetch_one!(conn, COUNT, import.0)?;
    Ok((parts, lines, fetch_all!(conn, FIRST, import.0, most)?))
}
