//! Where a pull stands, as the opaque text the phone keeps.

use domain::ids::RepId;
use uuid::Uuid;

/// The form of cursors. One of an earlier form is of a Book that holds less: it is pulled anew.
const FORM: &str = "2";

/// Which table comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    /// Tombstones first: a row that left and came back must not be removed after it arrived.
    Gone,
    Clients,
    Contacts,
    Visits,
    /// What clients bought.
    Bought,
}

impl Table {
    const ALL: [Self; 5] = [Self::Gone, Self::Clients, Self::Contacts, Self::Visits, Self::Bought];

    pub(super) fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

/// A pull under way from `since` to `head`, or finished when there is no `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Whose Book, and how often their scope had changed.
    pub(super) rep: RepId,
    pub(super) epoch: i64,
    /// Everything up to here had arrived before.
    pub(super) since: i64,
    /// Everything up to here arrives with this pull.
    pub(super) head: i64,
    /// The table being read, and version and id of the last row sent.
    pub(super) at: Option<(Table, i64, Uuid)>,
}

impl Cursor {
    /// `None` for what this server did not write; the pull then starts anew.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut next = || parts.next();
        if next()? != FORM {
            return None;
        }
        let rep = RepId(Uuid::parse_str(next()?).ok()?);
        let mut number = || next().and_then(|n| n.parse::<i64>().ok());
        let (epoch, since, head) = (number()?, number()?, number()?);
        let at = match next() {
            None => None,
            Some(table) => {
                let table = *Table::ALL.get(table.parse::<usize>().ok()?)?;
                Some((table, next()?.parse().ok()?, Uuid::parse_str(next()?).ok()?))
            }
        };
        Some(Self { rep, epoch, since, head, at })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{FORM}.{}.{}.{}.{}", self.rep.0.simple(), self.epoch, self.since, self.head)?;
        match self.at {
            Some((table, version, id)) => write!(f, ".{}.{version}.{}", table as usize, id.simple()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_what_it_wrote_and_nothing_else() {
        let rep = RepId(Uuid::from_u128(7));
        for at in [None, Some((Table::Visits, 12, Uuid::from_u128(9)))] {
            let cursor = Cursor { rep, epoch: 3, since: 0, head: 44, at };
            assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        }
        for text in [
            "",
            "1",
            "1.00000000000000000000000000000007.0.0.0",
            "2.x.0.0.0",
            "2.nonsense.0.0.0",
            "2.00000000000000000000000000000007.0.0.0.9.1.2",
        ] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
