//! What an import holds just as it is known already: whose lines these are is kept beside, so that they stay while any import stands that says them.
//!
//! **The law of taking back.** Of a source, a document (or a day without documents) is as the last standing import says that holds it, with the lines
//! of that import's file, and it is gone when no standing import holds it: in whatever order imports were brought in and taken back, exactly the lines
//! count that would if those taken back had never been. An import stands from its publishing until it is taken back; a file that says nothing new makes
//! none. An import that holds a document as it is known writes no lines of it but a note whose lines it relies on (their *owner*). When the owner is
//! taken back, the first standing import that relies on it becomes the owner in its place: lines and note change sides, which changes nothing that
//! counts, so it is done in small transactions beforehand and may be broken off anywhere.

pub(super) mod sql;

use super::sales::Part;
use crate::Error;
use crate::db::Tx;
use domain::ids::ImportId;
use std::collections::HashMap;

/// Most lines of one note, and of one transaction that hands lines on: an import's pauses between transactions stay short.
pub(super) const LINES: usize = 1_000;
/// Most notes of one transaction.
const NOTES: i64 = 400;

/// A document or day, or a piece of one with many lines, that an import says as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Again {
    /// Which.
    pub(crate) part: Part,
    /// The import with whose lines it is.
    pub(crate) owner: ImportId,
    /// Which piece, from 0.
    pub(crate) piece: i32,
    /// Where its lines stand in the file that says it again, in the order of their fingerprints.
    pub(crate) lines: Vec<i64>,
}

/// Notes of a part whose lines, each a fingerprint and where it stands, have all been read.
pub(super) fn notes(part: &Part, owner: ImportId, mut lines: Vec<(i64, i64)>) -> Vec<Again> {
    lines.sort_unstable();
    let piece = |(piece, lines): (i32, &[(i64, i64)])| Again {
        part: part.clone(),
        owner,
        piece,
        lines: lines.iter().map(|(_, line)| *line).collect(),
    };
    (0..).zip(lines.chunks(LINES)).map(piece).collect()
}

/// Hands lines of an import that others say again to the first of those, which becomes their owner; how many notes changed sides.
pub(super) async fn hand_over(tx: &mut Tx, owner: ImportId) -> Result<usize, Error> {
    match sql::next(tx.read(), owner).await? {
        Some(next) => pass_on(tx, owner, next).await,
        None => Ok(0),
    }
}

/// Gives an import its lines back that were handed to a later one, in the same small steps; how many notes changed sides.
pub(super) async fn give_back(tx: &mut Tx, import: ImportId) -> Result<usize, Error> {
    match sql::later_owner(tx.read(), import).await? {
        Some(later) => pass_on(tx, later, import).await,
        None => Ok(0),
    }
}

async fn pass_on(tx: &mut Tx, owner: ImportId, next: ImportId) -> Result<usize, Error> {
    let mut lines = 0;
    let fits = |note: &Again| {
        let first = lines == 0;
        lines += note.lines.len();
        first || lines <= LINES
    };
    let notes: Vec<Again> = sql::of(tx.read(), next, owner, NOTES).await?.into_iter().take_while(fits).collect();
    let parts: Vec<Part> = notes.iter().map(|note| note.part.clone()).collect();
    let mut standing: HashMap<Part, Vec<(i64, i32, i64)>> = HashMap::new();
    for (part, line) in sql::lines(tx.read(), owner, &parts).await? {
        standing.entry(part).or_default().push(line);
    }
    let (mut moved, mut back) = (Vec::new(), Vec::new());
    for note in &notes {
        let own = standing.entry(note.part.clone()).or_default();
        own.sort_unstable_by_key(|(print, _, line)| (*print, *line));
        let lines: Vec<_> = own.drain(..note.lines.len().min(own.len())).collect();
        moved.extend(lines.iter().zip(&note.lines).map(|((_, day, from), to)| sql::Move { day: *day, from: *from, to: *to }));
        let lines = lines.iter().map(|(.., line)| *line).collect();
        back.push(Again { part: note.part.clone(), owner: next, piece: note.piece, lines });
    }
    sql::hand_over(tx.write(), owner, next, &moved).await?;
    sql::forget(tx.write(), next, &notes).await?;
    sql::keep(tx.write(), owner, &back).await?;
    sql::rely_on(tx.write(), (owner, next), &notes).await?;
    Ok(notes.len())
}
