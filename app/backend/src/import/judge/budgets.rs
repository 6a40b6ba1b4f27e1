//! Rows that are budgets, known by rep and month. Rows that say two amounts of one month are all refused: which of them is meant nobody here can tell.

use super::newcomers::{Newcomers, Reps};
use super::{Chunk, Ids, Marked, Met, MonthBudget, Scene, amounts};
use crate::import::tally::Counter;
use domain::ids::RepId;
use domain::sales::AMOUNT_MAX;
use domain::{Day, Rejections};
use intake::Row;
use intake::mapping::cells::Cells;
use intake::mapping::owner::Wanted;
use intake::{Kind, Reject, reasons};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Judges rows of budgets.
pub struct BudgetJudge {
    scene: Scene,
    /// Minor units by rep and month.
    known: HashMap<(RepId, Day), i64>,
    reps: Reps,
    newcomers: Newcomers,
    met: Met,
    ids: Ids,
    /// What the file says, by the line that says it first.
    said: BTreeMap<u64, First>,
    /// Where each rep's month is said first.
    lines: HashMap<(RepId, Day), u64>,
}

/// The first row of a rep's month.
struct First {
    budget: MonthBudget,
    /// Why it would be refused, less the line that contradicts it; none once it is.
    refusal: Option<Vec<Reject>>,
}

impl BudgetJudge {
    /// `known` are all budgets there are.
    #[must_use]
    pub fn new(scene: Scene, known: HashMap<(RepId, Day), i64>) -> Self {
        let (reps, ids) = (Reps::of(&scene.company), Ids::new(scene.at));
        let (newcomers, met) = (Newcomers::default(), Met::new(&scene));
        Self { scene, known, reps, newcomers, met, ids, said: BTreeMap::new(), lines: HashMap::new() }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let (name, month, minor) = match self.said((line, cells), counter) {
            Ok(said) => said,
            Err(bad) => return counter.reject(reasons(&bound, cells, line, bad)),
        };
        let wanted = Wanted { name, branch: None, create: bound.create };
        let Some((rep, _)) = self.reps.find_or_add(&wanted, &mut self.ids, &mut self.newcomers) else {
            let words =
                "There is no rep of this name: import the reps first, or correct it (in a mapping file, create = true makes it a new one).";
            return counter.reject(reasons(&bound, cells, line, Rejections::one("rep", "unknown", words)));
        };
        let refusal = |other: u64| reasons(&bound, cells, line, Rejections::one("amount", "two_amounts", two_amounts(other)));
        let repeat = self.met.repeat(&format!("{rep}|{month}"), line, row)?;
        let first_line = *self.lines.entry((rep, month)).or_insert(line);
        let budget = MonthBudget { rep, month, minor };
        let first = self.said.entry(first_line).or_insert_with(|| First { budget, refusal: Some(refusal(line)) });
        if first_line == line {
            return Ok(());
        }
        if first.budget.minor == minor && first.refusal.is_some() {
            let key = format!("{}, {month}", wanted.name);
            return repeat.map_or(Ok(()), |repeat| counter.repeat(super::Repeat { key, ..repeat }));
        }
        if let Some(mut reasons) = first.refusal.take() {
            reasons.iter_mut().for_each(|reject| reject.reason = two_amounts(line));
            counter.reject(reasons)?;
        }
        counter.reject(refusal(first_line))
    }

    /// Hands over, once all rows are read, what is new or changed of those that nothing contradicts, and the reps that come with them.
    pub fn finish(self, counter: &mut Counter, chunk: &mut Chunk) {
        let mut with: HashSet<RepId> = HashSet::new();
        for (line, First { budget, refusal }) in self.said {
            if refusal.is_none() {
                continue;
            }
            with.insert(budget.rep);
            let known = self.known.get(&(budget.rep, budget.month));
            let (was_there, counts) = (known.is_some(), counter.counts());
            if known == Some(&budget.minor) {
                counts.unchanged += 1;
                continue;
            }
            *(if was_there { &mut counts.changed } else { &mut counts.new }) += 1;
            chunk.budgets.push(Marked { record: budget, line, print: 0, was_there });
        }
        chunk.newcomers.reps.extend(self.newcomers.reps.into_iter().filter(|rep| with.contains(&rep.id)));
        chunk.newcomers.branches.extend(self.newcomers.branches);
    }

    fn said(&self, (line, cells): (u64, Cells<'_>), counter: &mut Counter) -> Result<(String, Day, i64), Rejections> {
        let (bound, mut bad) = (&self.scene.bound, Rejections::default());
        let name = bound.text("rep", cells);
        if name.is_empty() {
            bad.add("rep", "required", "The row has no rep: fill it in.");
        }
        let month = bound.field("month").map_or_else(|| Kind::Budgets.day("", None, None), |field| field.day(Kind::Budgets, cells));
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

fn two_amounts(line: u64) -> String {
    format!("Line {line} says another amount for this rep and month: keep the one that is right.")
}
