//! Rows put aside on the disk and read back in order: what a file of any size needs sorted takes a bounded part of the memory.

use domain::Rejections;
use intake::problem;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes written, or read of a run, at a time.
const BLOCK: usize = 64 << 10;

/// What can be put aside.
pub(super) trait Record: Ord + Clone {
    /// Bytes it takes in memory.
    fn bytes(&self) -> usize;
    /// Writes it.
    fn write(&self, out: &mut impl Write) -> io::Result<()>;
    /// Reads it back.
    fn read(from: &mut impl Read) -> io::Result<Self>;
}

/// Where rows are put aside, and how many bytes of them stay in memory.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub(super) folder: PathBuf,
    pub(super) bytes: usize,
}

/// Takes records in any order.
pub(super) struct Sorter<T> {
    room: Room,
    kept: Vec<T>,
    bytes: usize,
    file: Option<Shared>,
    runs: Vec<Range<u64>>,
}

/// Records in order, to be read as often as needed.
pub(super) struct Sorted<T> {
    kept: Arc<Vec<T>>,
    file: Option<Shared>,
    runs: Vec<Range<u64>>,
}

/// One reading of records, in order.
pub(super) struct Merged<T> {
    kept: Arc<Vec<T>>,
    next: usize,
    runs: Vec<BufReader<Run>>,
    first: BinaryHeap<Reverse<(T, usize)>>,
    failed: Option<io::Error>,
}

impl<T: Record> Sorter<T> {
    pub(super) fn new(room: &Room) -> Self {
        Self { room: room.clone(), kept: Vec::new(), bytes: 0, file: None, runs: Vec::new() }
    }

    /// Takes a record in.
    pub(super) fn put(&mut self, record: T) -> Result<(), Rejections> {
        self.bytes += record.bytes();
        self.kept.push(record);
        if self.bytes < self.room.bytes { Ok(()) } else { self.write_out().map_err(|e| no_room(&e)) }
    }

    /// All of them in order.
    pub(super) fn sorted(mut self) -> Result<Sorted<T>, Rejections> {
        if self.file.is_some() {
            self.write_out().map_err(|e| no_room(&e))?;
            self.kept = Vec::new();
        }
        self.kept.sort_unstable();
        Ok(Sorted { kept: Arc::new(self.kept), file: self.file, runs: self.runs })
    }

    fn write_out(&mut self) -> io::Result<()> {
        self.kept.sort_unstable();
        let file = match &self.file {
            Some(file) => file.clone(),
            None => self.file.insert(Shared::nameless(&self.room)?).clone(),
        };
        let mut file = file.lock();
        let begin = file.seek(SeekFrom::End(0))?;
        let mut out = BufWriter::with_capacity(BLOCK, &mut *file);
        for record in self.kept.drain(..) {
            record.write(&mut out)?;
        }
        out.flush()?;
        drop(out);
        self.runs.push(begin..file.stream_position()?);
        self.bytes = 0;
        Ok(())
    }
}

impl<T: Record> Sorted<T> {
    /// No records.
    pub(super) fn none() -> Self {
        Self { kept: Arc::default(), file: None, runs: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.runs.is_empty()
    }

    /// Reads them from the first on.
    pub(super) fn read(&self) -> Merged<T> {
        let run = |range: &Range<u64>| Some(BufReader::with_capacity(BLOCK, Run { file: self.file.clone()?, rest: range.clone() }));
        let runs: Vec<_> = self.runs.iter().filter_map(run).collect();
        let (kept, places) = (Arc::clone(&self.kept), runs.len());
        let mut merged = Merged { kept, next: 0, runs, first: BinaryHeap::new(), failed: None };
        (0..places).for_each(|place| merged.refill(place));
        merged
    }
}

impl<T: Record> Merged<T> {
    fn refill(&mut self, place: usize) {
        let run = &mut self.runs[place];
        match run.fill_buf().map(<[u8]>::is_empty).and_then(|end| if end { Ok(None) } else { T::read(run).map(Some) }) {
            Ok(record) => self.first.extend(record.map(|record| Reverse((record, place)))),
            Err(error) => self.failed = Some(error),
        }
    }
}

impl<T: Record> Iterator for Merged<T> {
    type Item = Result<T, Rejections>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.failed.take() {
            self.first.clear();
            return Some(Err(no_room(&error)));
        }
        if self.runs.is_empty() {
            self.next += 1;
            return self.kept.get(self.next - 1).cloned().map(Ok);
        }
        let Reverse((record, place)) = self.first.pop()?;
        self.refill(place);
        Some(Ok(record))
    }
}

/// A file without a name, which is gone with its last reader.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<File>>);

impl Shared {
    /// A new one.
    pub(super) fn nameless(room: &Room) -> io::Result<Self> {
        std::fs::create_dir_all(&room.folder)?;
        let path = room.folder.join(format!("{}.part", crate::new_id().simple()));
        let file = File::options().read(true).write(true).create_new(true).open(&path)?;
        std::fs::remove_file(path)?;
        Ok(Self(Arc::new(Mutex::new(file))))
    }

    /// The file, for as long as nobody else moves about in it.
    pub(super) fn lock(&self) -> MutexGuard<'_, File> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is left to read of a run.
struct Run {
    file: Shared,
    rest: Range<u64>,
}

impl Read for Run {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.rest.end - self.rest.start).unwrap_or(usize::MAX).min(out.len());
        let mut file = self.file.lock();
        file.seek(SeekFrom::Start(self.rest.start))?;
        let read = file.read(&mut out[..most])?;
        self.rest.start += read as u64;
        Ok(read)
    }
}

/// That the disk is full, or cannot be written.
pub(super) fn no_room(error: &io::Error) -> Rejections {
    problem("no_room", format!("The file's rows cannot be put aside while it is checked ({error}): make room on the disk and try again."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Record for u64 {
        fn bytes(&self) -> usize {
            8
        }

        fn write(&self, out: &mut impl Write) -> io::Result<()> {
            out.write_all(&self.to_le_bytes())
        }

        fn read(from: &mut impl Read) -> io::Result<Self> {
            let mut bytes = [0; 8];
            from.read_exact(&mut bytes).map(|()| Self::from_le_bytes(bytes))
        }
    }

    #[test]
    fn where_nothing_can_be_put_aside_a_person_is_told_to_make_room() {
        let mut sorter = Sorter::new(&Room { folder: std::env::current_exe().expect("a test has a file").join("inside"), bytes: 16 });
        sorter.put(2).expect("it stays in memory");
        let refused = sorter.put(1).expect_err("a file is no folder");
        assert!(refused.0[0].code == "no_room" && refused.0[0].message.contains("make room on the disk"), "{refused:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_put_aside_comes_back_in_order_as_often_as_it_is_read(records in prop::collection::vec(0_u64..50, 0..300), bytes in 1_usize..4_000) {
            let mut sorter = Sorter::new(&Room { folder: std::env::temp_dir(), bytes });
            for record in &records {
                sorter.put(*record).expect("there is room");
            }
            let sorted = sorter.sorted().expect("there is room");
            let mut want = records;
            want.sort_unstable();
            prop_assert_eq!(sorted.is_empty(), want.is_empty());
            for _ in 0..2 {
                let read: Vec<u64> = sorted.read().collect::<Result<_, _>>().expect("it is there");
                prop_assert_eq!(&read, &want);
            }
        }
    }
}
