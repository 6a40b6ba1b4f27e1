//! Rows that are visits: finished ones, each of a client that is there.

use super::named::Clients;
use super::newcomers::Reps;
use super::{Chunk, Ids, Marked, Met, OwnedVisit, Scene, prints};
use crate::import::aside::no_room;
use crate::import::index::Index;
use crate::import::tally::Counter;
use domain::calendar::MINUTE_MS;
use domain::fold::fold;
use domain::ids::{RepId, VisitId};
use domain::visits::requests::Report;
use domain::visits::{RecordVisit, Visit, rules};
use domain::{Day, Instant, Rejections};
use intake::mapping::Bound;
use intake::mapping::cells::Cells;
use intake::{Kind, Row, clean, reasons};
use std::collections::HashMap;

/// A visit that was brought in before.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Which.
    pub id: VisitId,
    /// What its row said the last time.
    pub print: Option<i64>,
}

/// Judges rows of visits.
pub struct VisitJudge {
    scene: Scene,
    clients: Clients,
    known: HashMap<String, Known>,
    met: Met,
    /// Rows that say the same in every column.
    rows: Met,
    /// How often a key was met, where its rows are to be told apart.
    counts: Index,
    reps: Reps,
    ids: Ids,
}

/// What a row says.
struct Said {
    client: usize,
    key: String,
    ask: RecordVisit,
    rep: Option<RepId>,
}

impl VisitJudge {
    /// `known` are the visits of the same source by their id there.
    #[must_use]
    pub fn new(scene: Scene, clients: Clients, known: HashMap<String, Known>) -> Self {
        let (reps, ids) = (Reps::of(&scene.company), Ids::new(scene.at));
        let (met, rows, counts) = (Met::new(&scene), Met::new(&scene), Index::new(&scene.room));
        Self { scene, clients, known, met, rows, counts, reps, ids }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let judged = self.said(cells).and_then(|said| {
            let print = prints::of_record(&(said.ask.client_id, said.ask.started_at, said.ask.ended_at, &said.ask.report, said.rep))?;
            let client = self.clients.at(said.client);
            let visit = rules::record(said.ask, client, self.scene.context())?;
            Ok((said.key, print, Visit { rep_id: said.rep.or(client.rep_id), ..visit }, said.client))
        });
        self.clients.is_sound()?;
        let (key, print, visit, client) = match judged {
            Ok(judged) => judged,
            Err(bad) => return counter.reject(reasons(&bound, cells, line, bad)),
        };
        let Some(key) = self.number(key, line, row, counter)? else { return Ok(()) };
        let known = self.known.get(&key).copied();
        if known.is_some_and(|k| k.print == Some(print)) {
            counter.counts().unchanged += 1;
            return Ok(());
        }
        let counts = counter.counts();
        *(if known.is_some() { &mut counts.changed } else { &mut counts.new }) += 1;
        let id = known.map_or(visit.id, |k| k.id);
        let visit = Visit { id, source: Some(bound.source.clone()), external_id: Some(key), ..visit };
        let client = self.clients.at(client);
        let record = OwnedVisit { visit, owner: client.rep_id, branch: client.branch_id };
        chunk.visits.push(Marked { record, line, print, was_there: known.is_some() });
        Ok(())
    }

    /// The row's id: numbered where rows of one key may be several visits. `None` when an earlier row said it.
    fn number(&mut self, key: String, line: u64, row: &Row, counter: &mut Counter) -> Result<Option<String>, Rejections> {
        let bound = &self.scene.bound;
        let numbered = bound.number_repeats || bound.key.is_empty();
        let repeat = if numbered {
            let whole = row.iter().collect::<Vec<_>>().join("\u{1f}");
            self.rows.repeat(&whole, line, row)?.map(|r| super::Repeat { key: key.clone(), ..r })
        } else {
            self.met.repeat(&key, line, row)?
        };
        if let Some(repeat) = repeat {
            counter.repeat(repeat)?;
            return Ok(None);
        }
        if !numbered {
            return Ok(Some(key));
        }
        let count = 1 + self.counts.get(&key).map_err(|e| no_room(&e))?.unwrap_or_default();
        self.counts.put(&key, count).map_err(|e| no_room(&e))?;
        Ok(Some(if count == 1 { key } else { format!("{key}|{count}") }))
    }

    fn said(&mut self, cells: Cells<'_>) -> Result<Said, Rejections> {
        let bound = &self.scene.bound;
        let mut bad = Rejections::default();
        let client = self.clients.of_row(bound, cells, &mut bad);
        let day = day_of(bound, "date", cells, &mut bad);
        if day.is_none() && bad.0.iter().all(|wrong| wrong.field != "date") {
            bad.add("date", "required", "The row has no day.");
        }
        let minute = self.minute(cells, &mut bad);
        let next_step_on = day_of(bound, "nextStepOn", cells, &mut bad);
        let rep = self.rep(cells, &mut bad);
        let minutes = self.minutes(cells, &mut bad);
        let key = bound.key(cells, &["client", "clientName", "clientTown", "date", "time", "type"]).map(prints::key);
        if key.is_none() && bad.0.is_empty() {
            bad.add("id", "required", "The row has no id: fill it in, or choose another key (in a mapping file: key).");
        }
        let (Some(client), Some(day), Some(key)) = (client, day, key) else { return Err(bad) };
        let policy = &self.scene.company.policy;
        let report = Report {
            kind: code(policy.visit_types.iter().map(|t| (&t.code, &t.name)), bound.text("type", cells)),
            outcome: code(policy.outcomes.iter().map(|o| (&o.code, &o.name)), bound.text("outcome", cells)),
            notes: bound.text("notes", cells),
            next_step: bound.text("nextStep", cells),
            next_step_on,
        };
        let started_at = self.scene.company.zone.at(day, minute);
        let ended_at = minutes.map(|m| Instant(started_at.0 + m * MINUTE_MS));
        let client_id = self.clients.at(client).id;
        bad.or(Said { client, key, ask: RecordVisit { id: VisitId(self.ids.next()), client_id, started_at, ended_at, report }, rep })
    }

    fn minute(&self, cells: Cells<'_>, bad: &mut Rejections) -> i32 {
        let text = self.scene.bound.text("time", cells);
        if text.is_empty() {
            return self.scene.bound.time_of_day;
        }
        clean::minute_of_day(&text).unwrap_or_else(|| {
            bad.add("time", "not_a_time", "Write the time as 14:30.");
            0
        })
    }

    fn minutes(&self, cells: Cells<'_>, bad: &mut Rejections) -> Option<i64> {
        let text = self.scene.bound.text("minutes", cells);
        let minutes = text.parse::<i64>().ok().filter(|m| (0..=1440).contains(m));
        if minutes.is_none() && !text.is_empty() {
            bad.add("minutes", "out_of_range", "Write the length in minutes, 0 to 1440, or leave it empty.");
        }
        minutes
    }

    fn rep(&self, cells: Cells<'_>, bad: &mut Rejections) -> Option<RepId> {
        let name = self.scene.bound.text("rep", cells);
        let found = self.reps.find(&name).map(|r| r.0);
        if found.is_none() && !name.is_empty() {
            bad.add("rep", "unknown", "There is no rep of this name: correct it, or say who the values mean (in a mapping file: values).");
        }
        found
    }
}

/// The code of what a row names by code or by name; itself when the policy knows neither.
fn code<'p>(mut policy: impl Iterator<Item = (&'p String, &'p String)>, text: String) -> String {
    let folded = fold(&text);
    let found = policy.find(|(code, name)| **code == text || fold(name) == folded);
    found.map_or(text, |(code, _)| code.clone())
}

/// The day a field says; nothing where nothing stands there.
fn day_of(bound: &Bound, field: &str, cells: Cells<'_>, bad: &mut Rejections) -> Option<Day> {
    let of = bound.field(field).filter(|of| !of.read(cells).0.is_empty())?;
    of.day(Kind::Visits, cells).map_err(|words| bad.add(field, "not_a_day", words)).ok()
}
