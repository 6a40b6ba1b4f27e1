//! Where the Book's packed pages stand in storage: one generation that is read, and the next one while it is still arriving.

/// Numbers of pages in one generation.
const ROOM: f64 = 1_000_000.0;

/// The numbers of the stored pages, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    generation: u32,
    live: Vec<f64>,
    staged: Vec<f64>,
}

impl Shelf {
    /// Sorts what was found: pages of the read generation, of the next one, and what belongs to neither and can go.
    pub fn sort(generation: u32, found: impl IntoIterator<Item = f64>) -> (Self, Vec<f64>) {
        let mut shelf = Self { generation, ..Self::default() };
        let mut stray = Vec::new();
        for key in found {
            match (key / ROOM) as u32 {
                g if g == generation => shelf.live.push(key),
                g if g == generation + 1 => shelf.staged.push(key),
                _ => stray.push(key),
            }
        }
        (shelf, stray)
    }

    /// The generation that is read.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Pages that are read.
    pub fn live(&self) -> &[f64] {
        &self.live
    }

    /// Pages of the next generation.
    pub fn staged(&self) -> &[f64] {
        &self.staged
    }

    /// All of them.
    pub fn all(&self) -> Vec<f64> {
        [self.live(), self.staged()].concat()
    }

    /// The number of a page that changes the Book as it is.
    pub fn next_live(&self) -> f64 {
        self.live.last().map_or(f64::from(self.generation) * ROOM, |last| last + 1.0)
    }

    /// The number of a page of the next generation.
    pub fn next_staged(&self) -> f64 {
        self.staged.last().map_or(f64::from(self.generation + 1) * ROOM, |last| last + 1.0)
    }

    /// A page was stored.
    pub fn stored(&mut self, key: f64) {
        if (key / ROOM) as u32 == self.generation { self.live.push(key) } else { self.staged.push(key) }
    }

    /// The next generation begins anew; gives the pages that go.
    pub fn restage(&mut self) -> Vec<f64> {
        std::mem::take(&mut self.staged)
    }

    /// The next generation is whole and read from now on; gives the pages that go.
    pub fn promote(&mut self) -> Vec<f64> {
        self.generation += 1;
        std::mem::replace(&mut self.live, std::mem::take(&mut self.staged))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_generation_takes_the_old_ones_place_only_when_it_is_whole() {
        let (mut shelf, stray) = Shelf::sort(0, []);
        assert!(stray.is_empty());
        for _ in 0..3 {
            let key = shelf.next_staged();
            shelf.stored(key);
        }
        assert!(shelf.live().is_empty());
        assert!(shelf.promote().is_empty());
        assert_eq!(shelf.live(), [1_000_000.0, 1_000_001.0, 1_000_002.0]);
        let key = shelf.next_live();
        shelf.stored(key);
        let key = shelf.next_staged();
        shelf.stored(key);
        assert_eq!(shelf.promote().len(), 4);
        assert_eq!(shelf.live(), [2_000_000.0]);
    }

    #[test]
    fn pages_of_other_generations_are_strays() {
        let (shelf, stray) = Shelf::sort(2, [1_000_000.0, 2_000_000.0, 2_000_001.0, 3_000_000.0, 9_000_000.0]);
        assert_eq!(shelf.live(), [2_000_000.0, 2_000_001.0]);
        assert_eq!(shelf.staged(), [3_000_000.0]);
        assert_eq!(stray, [1_000_000.0, 9_000_000.0]);
    }
}
