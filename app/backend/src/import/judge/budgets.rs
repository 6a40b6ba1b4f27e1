//! Rows that are budgets, known by rep and month.

use super::newcomers::Reps;
use super::{Chunk, Ids, Marked, Met, MonthBudget, Scene, amounts};
use crate::import::tally::Counter;
use domain::ids::RepId;
use domain::sales::AMOUNT_MAX;
use domain::{Day, Rejections};
use intake::mapping::cells::Cells;
use intake::mapping::owner::Wanted;
use intake::{Kind, reasons};
use std::collections::HashMap;

/// Judges rows of budgets.
pub struct BudgetJudge {
    scene: Scene,
    /// Minor units by rep and month.
    known: HashMap<(RepId, Day), i64>,
    reps: Reps,
    met: Met,
    /// Minor units of the rows so far.
    said: HashMap<(RepId, Day), i64>,
    ids: Ids,
}

impl BudgetJudge {
    /// `known` are all budgets there are.
    #[must_use]
    pub fn new(scene: Scene, known: HashMap<(RepId, Day), i64>) -> Self {
        let (reps, ids) = (Reps::of(&scene.company), Ids::new(scene.at));
        Self { scene, known, reps, met: Met::default(), said: HashMap::new(), ids }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &csv::StringRecord, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let (name, month, minor) = match self.said((line, cells), counter) {
            Ok(said) => said,
            Err(bad) => return counter.reject(reasons(&bound, cells, line, bad)),
        };
        let wanted = Wanted { name, branch: None, create: bound.create };
        let Some((rep, _)) = self.reps.find_or_add(&wanted, &mut self.ids, &mut chunk.newcomers) else {
            let words = "There is no rep of this name: import the reps first, correct it, or write create = true in the mapping.";
            return counter.reject(reasons(&bound, cells, line, Rejections::one("rep", "unknown", words)));
        };
        if let Some(repeat) = self.met.repeat(&format!("{rep}|{month}"), line, row) {
            if self.said.get(&(rep, month)) != Some(&minor) {
                let words = format!("Line {} says another budget of this rep and month: correct one of the two.", repeat.first_line);
                return counter.reject(reasons(&bound, cells, line, Rejections::one("amount", "contradicts", words)));
            }
            let key = format!("{}, {month}", wanted.name);
            return counter.repeat(super::Repeat { key, ..repeat });
        }
        self.said.insert((rep, month), minor);
        let known = self.known.get(&(rep, month));
        if known == Some(&minor) {
            counter.counts().unchanged += 1;
            return Ok(());
        }
        let (was_there, counts) = (known.is_some(), counter.counts());
        *(if was_there { &mut counts.changed } else { &mut counts.new }) += 1;
        chunk.budgets.push(Marked { record: MonthBudget { rep, month, minor }, line, print: 0, was_there });
        Ok(())
    }

    fn said(&self, (line, cells): (u64, Cells<'_>), counter: &mut Counter) -> Result<(String, Day, i64), Rejections> {
        let (bound, mut bad) = (&self.scene.bound, Rejections::default());
        let name = bound.text("rep", cells);
        if name.is_empty() {
            bad.add("rep", "required", "The row has no rep: fill it in.");
        }
        let format = bound.field("month").and_then(|f| f.format);
        let month = Kind::Budgets.day(&bound.text("month", cells), format);
        let month = month.map_err(|words| bad.add("month", "not_a_month", words)).ok();
        amounts::currency(&self.scene, cells, &mut bad);
        let minor = amounts::minor(&self.scene, "amount", (line, cells), counter, &mut bad);
        match minor {
            Some(minor) if !(0..=AMOUNT_MAX).contains(&minor) => {
                bad.add("amount", "out_of_range", "A budget is not below zero and at most ten trillion.");
            }
            None if !bad.0.iter().any(|r| r.field == "amount") => {
                bad.add("amount", "required", "The row has no amount: fill it in; nought is written 0.");
            }
            _ => {}
        }
        match (month, minor) {
            (Some(month), Some(minor)) => bad.or((name, month, minor)),
            _ => Err(bad),
        }
    }
}
