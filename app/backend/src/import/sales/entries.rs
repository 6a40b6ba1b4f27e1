//! What the checking of a sales file remembers of each row, in the order of documents and days, and which rows something is true of.

use super::judge::Part;
use crate::import::aside::Record;
use domain::Day;
use domain::ids::ImportId;
use std::io::{self, Error, ErrorKind, Read, Write};
use uuid::Uuid;

/// A row of the file: its number among the rows, and the line it begins on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) row: u64,
    pub(super) line: u64,
}

/// A row of a part. Of one part the refused rows come first, then those that say the same beside each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) part: Part,
    /// The line's fingerprint; none where the row is refused.
    pub(super) print: Option<i64>,
    /// A fingerprint of all its cells.
    pub(super) cells: u64,
    pub(super) place: Place,
    /// Net sales.
    pub(super) net: i64,
    /// Its day; of no meaning where the row is refused.
    pub(super) day: Day,
}

/// A row that is refused with its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HeldRow {
    pub(super) row: u64,
    /// Where the first row of the part begins that is refused for what stands in it.
    pub(super) first: u64,
    /// Whether something is known of the part.
    pub(super) known: bool,
}

/// The import that has the lines of a part which is unchanged, in the order of the parts; none where several have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    pub(super) nth: u64,
    pub(super) import: Option<ImportId>,
}

/// Rows something is true of, a bit each.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<u64>);

impl Rows {
    pub(super) fn add(&mut self, row: u64) {
        let word = usize::try_from(row / 64).unwrap_or(usize::MAX);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (row % 64);
    }

    pub(super) fn has(&self, row: u64) -> bool {
        usize::try_from(row / 64).ok().and_then(|word| self.0.get(word)).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Written in place of a document's length where there is a day.
const DAY: u32 = u32::MAX;
/// Written in place of a fingerprint, of which none is below zero.
const REFUSED: i64 = -1;

impl Record for Entry {
    fn bytes(&self) -> usize {
        let text = if let Part::Document(number) = &self.part { number.len() } else { 0 };
        size_of::<Self>() + text
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match &self.part {
            Part::Document(number) => {
                out.write_all(&u32::try_from(number.len()).map_err(Error::other)?.to_le_bytes())?;
                out.write_all(number.as_bytes())?;
            }
            Part::Day(day) => {
                out.write_all(&DAY.to_le_bytes())?;
                out.write_all(&day.0.to_le_bytes())?;
            }
        }
        out.write_all(&self.print.unwrap_or(REFUSED).to_le_bytes())?;
        for number in [self.cells, self.place.row, self.place.line] {
            out.write_all(&number.to_le_bytes())?;
        }
        out.write_all(&self.net.to_le_bytes())?;
        out.write_all(&self.day.0.to_le_bytes())
    }

    fn read(from: &mut impl Read) -> io::Result<Self> {
        let part = match u32::from_le_bytes(take(from)?) {
            DAY => Part::Day(Day(i32::from_le_bytes(take(from)?))),
            length => {
                let mut number = vec![0; length as usize];
                from.read_exact(&mut number)?;
                Part::Document(String::from_utf8(number).map_err(|e| Error::new(ErrorKind::InvalidData, e))?)
            }
        };
        let print = Some(i64::from_le_bytes(take(from)?)).filter(|print| *print != REFUSED);
        let mut number = || take(from).map(u64::from_le_bytes);
        let (cells, place) = (number()?, Place { row: number()?, line: number()? });
        let net = i64::from_le_bytes(take(from)?);
        Ok(Self { part, print, cells, place, net, day: Day(i32::from_le_bytes(take(from)?)) })
    }
}

impl Record for HeldRow {
    fn bytes(&self) -> usize {
        size_of::<Self>()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.row.to_le_bytes())?;
        out.write_all(&self.first.to_le_bytes())?;
        out.write_all(&[u8::from(self.known)])
    }

    fn read(from: &mut impl Read) -> io::Result<Self> {
        let (row, first, [known]) = (u64::from_le_bytes(take(from)?), u64::from_le_bytes(take(from)?), take(from)?);
        Ok(Self { row, first, known: known != 0 })
    }
}

impl Record for Owner {
    fn bytes(&self) -> usize {
        size_of::<Self>()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.nth.to_le_bytes())?;
        out.write_all(self.import.map_or(Uuid::nil(), |import| import.0).as_bytes())
    }

    fn read(from: &mut impl Read) -> io::Result<Self> {
        let (nth, import) = (u64::from_le_bytes(take(from)?), Uuid::from_bytes(take(from)?));
        Ok(Self { nth, import: (!import.is_nil()).then_some(ImportId(import)) })
    }
}

/// Reads so many bytes.
pub(super) fn take<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).map(|()| bytes)
}
