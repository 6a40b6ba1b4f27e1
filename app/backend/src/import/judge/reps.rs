//! Rows that are reps, known by their name however it is spelled, and the branch each belongs to.

use super::newcomers::Reps;
use super::{Chunk, Ids, Marked, Met, Scene};
use crate::import::tally::Counter;
use domain::Rejections;
use domain::fold::known_by;
use domain::ids::RepId;
use domain::people::Rep;
use domain::text::{self, NAME_MAX};
use intake::Row;
use intake::mapping::cells::Cells;
use intake::reasons;

/// Judges rows of reps.
pub struct RepJudge {
    scene: Scene,
    reps: Reps,
    met: Met,
    ids: Ids,
}

impl RepJudge {
    /// Reps and branches are the company's.
    #[must_use]
    pub fn new(scene: Scene) -> Self {
        let (reps, ids) = (Reps::of(&scene.company), Ids::new(scene.at));
        let met = Met::new(&scene);
        Self { scene, reps, met, ids }
    }

    /// Judges one row. A branch that is not there is added; clients stay in the branch they are in, whoever owns them moves.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let mut bad = Rejections::default();
        let name = text::required("name", "Name", &bound.text("name", cells), NAME_MAX, &mut bad);
        let branch = bound.read("branch", cells).map(|branch| text::optional("branch", "Branch", &branch, NAME_MAX, &mut bad));
        if let Err(bad) = bad.or(()) {
            return counter.reject(reasons(&bound, cells, line, bad));
        }
        if let Some(repeat) = self.met.repeat(&known_by(&name), line, row)? {
            return counter.repeat(repeat);
        }
        // no column of branches says nothing about them, an empty cell says there is none
        let of = branch.map(|named| named.map(|name| self.reps.branch(&name, &mut self.ids, &mut chunk.newcomers)));
        let known = self.scene.company.reps.iter().find(|rep| known_by(&rep.name) == known_by(&name));
        let rep = match known {
            Some(known) if of.is_none_or(|branch| branch == known.branch) => {
                counter.counts().unchanged += 1;
                return Ok(());
            }
            Some(known) => Rep { branch: of.flatten(), ..known.clone() },
            None => Rep { id: RepId(self.ids.next()), name, branch: of.flatten() },
        };
        let (was_there, counts) = (known.is_some(), counter.counts());
        *(if was_there { &mut counts.changed } else { &mut counts.new }) += 1;
        chunk.reps.push(Marked { record: rep, line, print: 0, was_there });
        Ok(())
    }
}
