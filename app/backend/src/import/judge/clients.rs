//! Rows that are clients or prospects.

use super::elsewhere::{self, Elsewhere};
use super::newcomers::Reps;
use super::{Chunk, Ids, Marked, Met, Scene, places, prints};
use crate::import::shelf::Shelf;
use crate::import::tally::{Counter, Notice};
use crate::import::whom::Meant;
use domain::Rejections;
use domain::clients::{self, Client, ClientDraft, ClientPatch, Stage, Status};
use domain::fold::fold;
use domain::ids::{BranchId, ClientId, RepId};
use intake::Row;
use intake::mapping::cells::Cells;
use intake::{Opened, Reject, reasons};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What is said of a row that may be about any of several, or of several that may be about one.
const SEVERAL: &str = "Several clients, or several rows of this file, have this name and fit together in more than one way: give the town, or the id the \
     sales name the client by, or rename or archive the client that is there.";

/// A client that was brought in before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// As it stands.
    pub client: Client,
    /// What its row said the last time.
    pub print: Option<i64>,
}

/// Judges rows of clients or prospects.
pub struct ClientJudge {
    scene: Scene,
    stage: Stage,
    known: Shelf<Known>,
    elsewhere: Elsewhere,
    met: Met,
    reps: Reps,
    ids: Ids,
}

/// What a row comes to, before it is known whether an earlier one said it.
struct Verdict {
    key: String,
    print: i64,
    /// `None` when nothing changes.
    record: Option<Client>,
    was_there: bool,
    /// It was not known by this id.
    joins: bool,
}

impl ClientJudge {
    /// `known` are the clients of the same source by their id there, `elsewhere` all others.
    #[must_use]
    pub(in crate::import) fn new(scene: Scene, stage: Stage, known: Shelf<Known>, elsewhere: Elsewhere) -> Self {
        let (reps, ids) = (Reps::of(&scene.company), Ids::new(scene.at));
        let met = Met::new(&scene);
        Self { scene, stage, known, elsewhere, met, reps, ids }
    }

    /// Reads the file to its end beforehand, where its rows may be about clients of other sources.
    pub(super) fn look_ahead(&mut self, opened: &Opened) -> Result<(), Rejections> {
        self.elsewhere.look_ahead(opened, &mut self.known)
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        self.notices(line, cells, counter);
        let verdict = self.verdict(line, cells);
        self.known.is_sound()?;
        self.elsewhere.is_sound()?;
        let verdict = match verdict {
            Ok(verdict) => verdict,
            Err(reasons) => return counter.reject(reasons),
        };
        if let Some(repeat) = self.met.repeat(&verdict.key, line, row)? {
            return counter.repeat(repeat);
        }
        let Some(mut record) = verdict.record else {
            counter.counts().unchanged += 1;
            return Ok(());
        };
        if !verdict.was_there || (verdict.joins && record.rep_id.is_none()) {
            let owner = match self.owner(line, cells, chunk) {
                Ok(owner) => owner,
                Err(reject) => return counter.reject(vec![reject]),
            };
            if owner.is_none() {
                counter.note(line, Notice::NoOwner);
            }
            record.rep_id = owner.map(|o| o.0);
            record.branch_id = owner.and_then(|o| o.1).or(record.branch_id);
        }
        let counts = counter.counts();
        *(if verdict.was_there { &mut counts.changed } else { &mut counts.new }) += 1;
        if verdict.joins {
            counter.note(line, Notice::FilledIn);
            chunk.keys.push((record.id, verdict.key));
        }
        chunk.clients.push(Marked { record, line, print: verdict.print, was_there: verdict.was_there });
        Ok(())
    }

    fn verdict(&mut self, line: u64, cells: Cells<'_>) -> Result<Verdict, Vec<Reject>> {
        let bound = &self.scene.bound;
        let wrong = |bad| reasons(bound, cells, line, bad);
        let Some(key) = elsewhere::key(bound, cells) else {
            return Err(wrong(Rejections::one(
                "id",
                "required",
                "The row has no id: fill it in, or choose another key (in a mapping file: key).",
            )));
        };
        let patch = self.patch(cells).map_err(wrong)?;
        let print = prints::of_record(&patch).map_err(wrong)?;
        let (known, joins) = match self.known.get(&key) {
            Some(known) => (Some(known), false),
            None => match self.elsewhere.find(bound, cells, &key) {
                Meant::One(known) => (Some(*known), true),
                Meant::None => (None, false),
                Meant::Several => return Err(wrong(Rejections::one("name", "ambiguous", SEVERAL))),
            },
        };
        let Some(known) = known else {
            let draft = ClientDraft {
                id: ClientId(self.ids.next()),
                stage: self.stage,
                source: Some(bound.source.clone()),
                external_id: Some(key.clone()),
                fields: patch,
            };
            let record = clients::create(draft, self.scene.context()).map_err(wrong)?;
            return Ok(Verdict { key, print, record: Some(record), was_there: false, joins });
        };
        let edited = clients::edit(&known.client, patch, self.scene.context()).map_err(wrong)?;
        let before = Client { changed_at: edited.changed_at, changed_by: edited.changed_by.clone(), ..known.client.clone() };
        let changes = known.print != Some(print) && edited != before;
        Ok(Verdict { key, print, record: (changes || joins).then_some(edited), was_there: true, joins })
    }

    /// The fields the mapping has; the others stay what they are.
    fn patch(&self, cells: Cells<'_>) -> Result<ClientPatch, Rejections> {
        let bound = &self.scene.bound;
        let mut bad = Rejections::default();
        let tiers = &self.scene.company.policy.tiers;
        let tier = bound.read("tier", cells).map(|text| {
            let known = tiers.iter().find(|t| fold(&t.code) == fold(&text));
            known.map_or(text, |t| t.code.clone())
        });
        let patch = ClientPatch {
            name: bound.read("name", cells),
            status: status(bound.read("status", cells), &mut bad),
            segment: bound.read("segment", cells),
            tier,
            tags: bound.field("tags").map(|f| f.values(cells)),
            phone: bound.read("phone", cells),
            email: bound.read("email", cells),
            address: bound.read("address", cells),
            town: bound.read("town", cells),
            postal_code: bound.read("postalCode", cells),
            position: self.position(cells),
            notes: bound.read("notes", cells),
            cadence_days: number("cadenceDays", bound.read("cadenceDays", cells), &mut bad),
            radius_m: number("radiusM", bound.read("radiusM", cells), &mut bad),
        };
        bad.or(patch)
    }

    fn place(&self, cells: Cells<'_>) -> Option<Result<domain::geo::Position, crate::import::tally::Placeless>> {
        let bound = &self.scene.bound;
        let (lat, lon) = (bound.read("latitude", cells)?, bound.read("longitude", cells)?);
        Some(places::read(&lat, &lon))
    }

    fn position(&self, cells: Cells<'_>) -> Option<Option<domain::geo::Position>> {
        self.place(cells).map(Result::ok)
    }

    fn notices(&self, line: u64, cells: Cells<'_>, counter: &mut Counter) {
        if let Some(Err(why)) = self.place(cells) {
            counter.placeless(line, why);
        }
        for (name, field) in self.scene.bound.fields() {
            if field.read(cells).1 {
                counter.note(line, Notice::Default(name.to_owned()));
            }
            if field.unusable(cells) {
                counter.note(line, Notice::Unusable(name.to_owned()));
            }
        }
    }

    fn owner(&mut self, line: u64, cells: Cells<'_>, chunk: &mut Chunk) -> Result<Option<(RepId, Option<BranchId>)>, Reject> {
        let Some(owner) = &self.scene.bound.owner else { return Ok(None) };
        let Some(wanted) = owner.of(cells) else { return Ok(None) };
        let found = self.reps.find_or_add(&wanted, &mut self.ids, &mut chunk.newcomers);
        found.map(Some).ok_or_else(|| Reject {
            line,
            column: owner.label().to_owned(),
            reason: format!(
                "There is no rep named {}: correct the name (in a mapping file, create = true under [owner] makes it a new one).",
                wanted.name
            ),
            value: wanted.name,
        })
    }
}

fn status(text: Option<String>, bad: &mut Rejections) -> Option<Status> {
    let text = text.filter(|t| !t.is_empty())?;
    let found = Status::parse(&text.to_lowercase());
    if found.is_none() {
        bad.add("status", "unknown", "Write active or inactive, or say what the values mean (in a mapping file: values).");
    }
    found
}

fn number<N: FromStr>(field: &str, text: Option<String>, bad: &mut Rejections) -> Option<Option<N>> {
    let text = text?;
    if text.is_empty() {
        return Some(None);
    }
    let number = text.parse().ok();
    if number.is_none() {
        bad.add(field, "not_a_number", "Write a whole number, or leave it empty.");
    }
    Some(number)
}
