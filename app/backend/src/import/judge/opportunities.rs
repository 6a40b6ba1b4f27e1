//! Rows that are opportunities: their stage is one of the pipeline's, their rep is there; an account or a product nobody knows is kept as it is written.

use super::named::{Known, Meant};
use super::newcomers::Reps;
use super::{Chunk, Ids, Marked, Met, Scene, amounts, prints};
use crate::Error;
use crate::import::tally::{Counter, Notice, Untold};
use domain::decimal::Decimal;
use domain::ids::{OpportunityId, PipelineId};
use domain::opportunities::{Opportunity, Outcome, Pipeline};
use domain::{Day, Rejections};
use intake::Row;
use intake::mapping::cells::Cells;
use intake::mapping::owner::Wanted;
use intake::{Kind, reasons};
use std::collections::{BTreeMap, HashMap};

/// The pipeline a file is for: as it is to stand, and whether it has to be written.
pub struct Flow {
    /// The pipeline.
    pub pipeline: Pipeline,
    was_there: bool,
    stale: bool,
    given: bool,
}

impl Flow {
    /// Writes the pipeline with the first of its opportunities, as it is where it was there: it is as much of this import as of the one that made it,
    /// and goes when the last of them is taken back.
    fn give(&mut self, line: u64, chunk: &mut Chunk) {
        if !std::mem::replace(&mut self.given, true) {
            chunk.pipeline = Some(Marked { record: self.pipeline.clone(), line, print: 0, was_there: self.was_there });
        }
    }
}

/// The pipeline of a mapping: the one of its source, with the mapping's stages where it says any.
///
/// # Errors
/// What its stages lack.
pub fn flow(scene: &Scene, known: Vec<Pipeline>) -> Result<Flow, Error> {
    let bound = &scene.bound;
    let known = known.into_iter().find(|pipeline| pipeline.name == bound.source);
    let said =
        known.clone().unwrap_or_else(|| Pipeline { id: PipelineId(crate::new_id()), name: bound.source.clone(), stages: Vec::new() });
    let stages = if bound.stages.is_empty() { said.stages.clone() } else { bound.stages.clone() };
    let pipeline = Pipeline { stages, ..said }.judged()?;
    Ok(Flow { was_there: known.is_some(), stale: known.as_ref() != Some(&pipeline), given: false, pipeline })
}

/// Judges rows of opportunities.
pub struct OpportunityJudge {
    scene: Scene,
    flow: Flow,
    named: Known,
    /// By their id in the source, with what their row said the last time.
    known: HashMap<String, (Opportunity, Option<i64>)>,
    reps: Reps,
    met: Met,
    ids: Ids,
}

impl OpportunityJudge {
    /// `known` are the opportunities of the same pipeline.
    #[must_use]
    pub fn new(scene: Scene, flow: Flow, named: Known, known: Vec<(Opportunity, Option<i64>)>) -> Self {
        let (reps, ids) = (Reps::of(&scene.company), Ids::new(scene.at));
        let known = known.into_iter().map(|(opportunity, print)| (opportunity.external_id.clone(), (opportunity, print))).collect();
        let met = Met::new(&scene);
        Self { scene, flow, named, known, reps, met, ids }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let mut notes = Vec::new();
        let judged = self.said((line, cells), counter, &mut notes).and_then(|said| self.placed(said, cells, chunk, &mut notes));
        self.named.is_sound()?;
        let judged = match judged {
            Ok(judged) => judged,
            Err(bad) => return counter.reject(reasons(&bound, cells, line, bad)),
        };
        if let Some(repeat) = self.met.repeat(&judged.external_id, line, row)? {
            return counter.repeat(repeat);
        }
        notes.into_iter().for_each(|what| counter.note(line, Notice::Opportunity(what)));
        if self.flow.stale {
            self.flow.give(line, chunk);
        }
        let known = self.known.get(&judged.external_id);
        let print = prints::of_record(&Opportunity { id: OpportunityId(uuid::Uuid::nil()), version: 0, ..judged.clone() })?;
        if known.is_some_and(|(_, before)| *before == Some(print)) {
            counter.counts().unchanged += 1;
            return Ok(());
        }
        let (was_there, counts) = (known.is_some(), counter.counts());
        *(if was_there { &mut counts.changed } else { &mut counts.new }) += 1;
        self.flow.give(line, chunk);
        chunk.opportunities.push(Marked { record: judged, line, print, was_there });
        Ok(())
    }

    /// What the row says, its rep and branch aside. What the mapping has no column for stays what it was.
    fn said(&mut self, (line, cells): (u64, Cells<'_>), counter: &mut Counter, notes: &mut Vec<Untold>) -> Result<Opportunity, Rejections> {
        let (bound, mut bad) = (self.scene.bound.clone(), Rejections::default());
        let key = bound.key(cells, &["name", "client", "account", "product", "engagedOn", "rep"]).map(prints::key);
        let Some(key) = key.filter(|key| key.chars().any(char::is_alphanumeric)) else {
            return Err(Rejections::one(
                "id",
                "required",
                "The row has no id: fill it in, or choose another key (in a mapping file: key).",
            ));
        };
        let mut said = self.known.get(&key).map_or_else(|| nothing(self.flow.pipeline.id, &key), |(known, _)| known.clone());
        said.stage = bound.text("stage", cells);
        let texts = [
            ("name", &mut said.name),
            ("account", &mut said.account),
            ("product", &mut said.product_name),
            ("source", &mut said.source),
            ("sector", &mut said.sector),
            ("reached", &mut said.reached),
        ];
        for (field, text) in texts {
            if let Some(read) = bound.read(field, cells) {
                *text = Some(read).filter(|read| !read.is_empty());
            }
        }
        for (field, day) in [("engagedOn", &mut said.engaged_on), ("closedOn", &mut said.closed_on)] {
            if bound.field(field).is_some() {
                *day = self.day(field, cells, &mut bad);
            }
        }
        amounts::currency(&self.scene, cells, &mut bad);
        if bound.field("value").is_some() {
            said.value = amounts::minor(&self.scene, "value", (line, cells), counter, &mut bad);
        }
        if bound.field("activities").is_some() {
            said.activities = self.activities(cells, &mut bad);
        }
        for (name, field) in &bound.attributes {
            match field.read(cells).0 {
                text if text.is_empty() => said.attributes.remove(name),
                text => said.attributes.insert(name.clone(), text.into_owned()),
            };
        }
        bad.or(())?;
        self.meant(&mut said, cells, notes);
        let ended = said.closed_on;
        let outcome = said.clone().judged(&self.flow.pipeline).map(|judged| judged.outcome);
        if outcome == Ok(Outcome::Open) && ended.is_some() {
            said.closed_on = None;
            notes.push(Untold::EndOfOpen);
        }
        said.judged(&self.flow.pipeline)
    }

    /// The client and the product that are meant, where that is sure.
    fn meant(&self, said: &mut Opportunity, cells: Cells<'_>, notes: &mut Vec<Untold>) {
        let bound = &self.scene.bound;
        let id = bound.text("client", cells);
        if bound.field("client").is_some() || bound.field("account").is_some() {
            let client = match (id.as_str(), said.account.as_deref()) {
                ("", None) => Err(Untold::NoAccount),
                (id, name) => match self.named.client(id, name.unwrap_or_default()) {
                    Meant::One(client) => Ok(client),
                    Meant::Several => Err(Untold::SeveralClients),
                    Meant::None => Err(Untold::NoClient),
                },
            };
            notes.extend(client.err());
            said.client = client.ok();
        }
        if bound.field("product").is_some() {
            said.product = said.product_name.as_deref().and_then(|name| self.named.product(name));
            notes.extend((said.product.is_none() && said.product_name.is_some()).then_some(Untold::NoProduct));
        }
    }

    /// With its rep and branch, and what is to be told about it.
    fn placed(
        &mut self,
        said: Opportunity,
        cells: Cells<'_>,
        chunk: &mut Chunk,
        notes: &mut Vec<Untold>,
    ) -> Result<Opportunity, Rejections> {
        let (bound, mut placed) = (self.scene.bound.clone(), said);
        if let Some(name) = bound.read("rep", cells) {
            let wanted = Wanted { name, branch: None, create: bound.create };
            let found = if wanted.name.is_empty() { None } else { self.reps.find_or_add(&wanted, &mut self.ids, &mut chunk.newcomers) };
            if found.is_none() && !wanted.name.is_empty() {
                let words = "There is no rep of this name: import the reps first, or correct it (in a mapping file, create = true makes it a new one).";
                return Err(Rejections::one("rep", "unknown", words));
            }
            (placed.rep, placed.branch) = (found.map(|of| of.0), found.and_then(|of| of.1));
        }
        if let Some(name) = bound.read("branch", cells) {
            placed.branch = (!name.is_empty()).then(|| self.reps.branch(&name, &mut self.ids, &mut chunk.newcomers));
        }
        if !self.known.contains_key(&placed.external_id) {
            placed.id = OpportunityId(self.ids.next());
        }
        notes.extend(placed.rep.is_none().then_some(Untold::NoRep));
        notes.extend(placed.engaged_on.is_none().then_some(Untold::NoBeginning));
        notes.extend((placed.outcome != Outcome::Open && placed.closed_on.is_none()).then_some(Untold::NoEnd));
        let valued = bound.field("value").is_some();
        notes.extend((valued && placed.outcome == Outcome::Won && placed.value.is_none()).then_some(Untold::NoValue));
        Ok(placed)
    }

    fn day(&self, field: &str, cells: Cells<'_>, bad: &mut Rejections) -> Option<Day> {
        let of = self.scene.bound.field(field).filter(|of| !of.read(cells).0.is_empty())?;
        of.day(Kind::Opportunities, cells).map_err(|words| bad.add(field, "not_a_day", words)).ok()
    }

    fn activities(&self, cells: Cells<'_>, bad: &mut Rejections) -> Option<i64> {
        let read = self.scene.bound.field("activities")?.number(cells);
        let exact = read.map_err(|words| bad.add("activities", "not_a_number", words)).ok()??;
        let whole = exact.rounded(0).filter(|whole| Decimal::minor(*whole, 0) == exact);
        if whole.is_none() {
            bad.add("activities", "not_whole", "Write a whole number of activities, or leave it empty.");
        }
        whole
    }
}

fn nothing(pipeline: PipelineId, key: &str) -> Opportunity {
    Opportunity {
        id: OpportunityId(uuid::Uuid::nil()),
        pipeline,
        external_id: key.to_owned(),
        name: None,
        account: None,
        client: None,
        rep: None,
        branch: None,
        product_name: None,
        product: None,
        source: None,
        sector: None,
        stage: String::new(),
        reached: None,
        outcome: Outcome::Open,
        engaged_on: None,
        closed_on: None,
        value: None,
        activities: None,
        attributes: BTreeMap::new(),
        version: 0,
    }
}
