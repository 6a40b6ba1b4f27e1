//! Records a file may say something about, by their keys: they stand on the disk while it is read, so that they take no memory however many there are.

use super::aside::{Room, Shared, no_room};
use super::index::Index;
use domain::Rejections;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;

/// Bytes written together.
const BLOCK: usize = 64 << 10;

/// Records by their keys: first all are put there, then they are asked for.
pub(super) struct Shelf<T> {
    room: Room,
    /// Where each begins, and its length in the lower half.
    places: Index,
    file: Option<Shared>,
    written: u64,
    waiting: Vec<u8>,
    failed: Option<io::Error>,
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Shelf<T> {
    pub(super) fn new(room: &Room) -> Self {
        Self { room: room.clone(), places: Index::new(room), file: None, written: 0, waiting: Vec::new(), failed: None, of: PhantomData }
    }

    /// Puts a record there, in place of another of its key.
    pub(super) fn put(&mut self, key: &str, record: &T) -> Result<(), Rejections> {
        self.add(key, record).map_err(|e| no_room(&e))
    }

    /// The record of a key; nothing where it cannot be read, which [`Shelf::is_sound`] says afterwards.
    pub(super) fn get(&mut self, key: &str) -> Option<T> {
        let found = self.find(key);
        found.map_err(|error| self.failed = Some(error)).ok().flatten()
    }

    /// Whether all that was asked for could be read.
    pub(super) fn is_sound(&self) -> Result<(), Rejections> {
        self.failed.as_ref().map_or(Ok(()), |error| Err(no_room(error)))
    }

    fn add(&mut self, key: &str, record: &T) -> io::Result<()> {
        let before = self.waiting.len();
        serde_json::to_writer(&mut self.waiting, record)?;
        let (start, length) = (self.written + before as u64, self.waiting.len() - before);
        self.places.put(key, u128::from(start) << 64 | length as u128)?;
        if self.waiting.len() < BLOCK { Ok(()) } else { self.write_out() }
    }

    fn write_out(&mut self) -> io::Result<()> {
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(Shared::nameless(&self.room)?),
        };
        let mut file = file.lock();
        file.seek(SeekFrom::Start(self.written))?;
        file.write_all(&self.waiting)?;
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    fn find(&mut self, key: &str) -> io::Result<Option<T>> {
        let Some(place) = self.places.get(key)? else { return Ok(None) };
        if !self.waiting.is_empty() {
            self.write_out()?;
        }
        let Some(file) = &self.file else { return Ok(None) };
        let mut bytes = vec![0; usize::try_from(place & u128::from(u64::MAX)).unwrap_or_default()];
        let mut file = file.lock();
        file.seek(SeekFrom::Start(u64::try_from(place >> 64).unwrap_or_default()))?;
        file.read_exact(&mut bytes)?;
        Ok(Some(serde_json::from_slice(&bytes)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_there_last_is_found_and_nothing_else() {
        let mut shelf = Shelf::new(&Room { folder: std::env::temp_dir(), bytes: 0 });
        for (key, record) in [("a", "first"), ("b", "other"), ("a", "last")] {
            shelf.put(key, &record.repeat(BLOCK / 8)).expect("there is room");
        }
        assert_eq!(shelf.get("a"), Some("last".repeat(BLOCK / 8)));
        assert_eq!(shelf.get("b"), Some("other".repeat(BLOCK / 8)));
        assert_eq!(shelf.get("c"), None);
        shelf.is_sound().expect("all could be read");
    }
}
