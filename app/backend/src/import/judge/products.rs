//! Rows that are products, known by their code however it is spelled.

use super::{Chunk, Ids, Marked, Met, Scene, amounts};
use crate::import::shelf::Shelf;
use crate::import::tally::Counter;
use domain::Rejections;
use domain::fold::fold;
use domain::ids::ProductId;
use domain::sales::{Product, ProductPatch};
use intake::Row;
use intake::mapping::cells::Cells;
use intake::reasons;

/// Judges rows of products.
pub struct ProductJudge {
    scene: Scene,
    /// By folded code.
    known: Shelf<Product>,
    met: Met,
    ids: Ids,
}

impl ProductJudge {
    /// `known` are all products there are.
    #[must_use]
    pub(in crate::import) fn new(scene: Scene, known: Shelf<Product>) -> Self {
        let ids = Ids::new(scene.at);
        let met = Met::new(&scene);
        Self { scene, known, met, ids }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let verdict = self.verdict(line, cells, counter);
        self.known.is_sound()?;
        let (product, known) = match verdict {
            Ok(judged) => judged,
            Err(bad) => return counter.reject(reasons(&bound, cells, line, bad)),
        };
        let key = fold(&product.code);
        if let Some(repeat) = self.met.repeat(&key, line, row)? {
            return counter.repeat(repeat);
        }
        if known.as_ref() == Some(&product) {
            counter.counts().unchanged += 1;
            return Ok(());
        }
        let (counts, was_there) = (counter.counts(), known.is_some());
        *(if was_there { &mut counts.changed } else { &mut counts.new }) += 1;
        chunk.products.push(Marked { record: product, line, print: 0, was_there });
        Ok(())
    }

    fn verdict(&mut self, line: u64, cells: Cells<'_>, counter: &mut Counter) -> Result<(Product, Option<Product>), Rejections> {
        let (bound, mut bad) = (&self.scene.bound, Rejections::default());
        let (code, name) = (bound.text("code", cells), bound.read("name", cells));
        let code = if code.is_empty() { name.clone().unwrap_or_default() } else { code };
        if fold(&code).is_empty() {
            bad.add(if bound.field("code").is_some() { "code" } else { "name" }, "required", "The row has no code: fill it in.");
        }
        amounts::currency(&self.scene, cells, &mut bad);
        let list_price = bound.field("listPrice").map(|_| amounts::minor(&self.scene, "listPrice", (line, cells), counter, &mut bad));
        bad.or(())?;
        let known = self.known.get(&fold(&code));
        let before = known.clone().unwrap_or_else(|| Product::coded(ProductId(self.ids.next()), &code));
        let patch =
            ProductPatch { name, item_group: bound.read("itemGroup", cells), product_line: bound.read("productLine", cells), list_price };
        Ok((before.edited(patch)?, known))
    }
}
