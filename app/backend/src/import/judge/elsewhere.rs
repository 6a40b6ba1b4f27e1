//! Clients that are known, but not by an id in the file's source: whom of them a row is about, which fills it in and makes it known by that id as well.

use super::clients::Known;
use super::{Scene, prints};
use crate::import::shelf::Shelf;
use crate::import::whom::{Meant, Named, Said, Whom};
use domain::Rejections;
use intake::mapping::Bound;
use intake::mapping::cells::Cells;
use intake::{Opened, Row};
use uuid::Uuid;

/// Fields that tell a client apart where a mapping names no key.
pub(super) const KEY: [&str; 3] = ["name", "town", "address"];

/// Clients of other sources.
pub(in crate::import) struct Elsewhere {
    whom: Whom,
    records: Shelf<Known>,
    any: bool,
}

impl Elsewhere {
    /// Nobody yet.
    pub(in crate::import) fn new(scene: &Scene) -> Self {
        Self { whom: Whom::new(&scene.bound.source, &scene.room), records: Shelf::new(&scene.room), any: false }
    }

    /// Takes in a client that is there.
    pub(in crate::import) fn know(&mut self, named: &Named, record: &Known) -> Result<(), Rejections> {
        self.any = true;
        self.whom.know(named);
        self.records.put(&named.id.0.to_string(), record)
    }

    /// Reads the file to its end beforehand: where several of its rows have the name of one client, it is nobody's.
    pub(super) fn look_ahead(&mut self, opened: &Opened, own: &mut Shelf<Known>) -> Result<(), Rejections> {
        if !self.any {
            return Ok(());
        }
        let (bound, mut rows, mut row) = (&opened.bound, opened.rows()?, Row::new());
        while rows.next(&mut row)? {
            let cells = Cells { row: &row, blanks: &bound.blanks };
            let Some(key) = key(bound, cells).filter(|_| rows.unfit(&row).is_none()) else { continue };
            if own.get(&key).is_none()
                && let Meant::One(found) = self.about(bound, cells, &key)
            {
                self.whom.claim(&key, found);
            }
        }
        self.is_sound()
    }

    /// The client a row with this id is about.
    pub(super) fn find(&mut self, bound: &Bound, cells: Cells<'_>, key: &str) -> Meant<Box<Known>> {
        if !self.any {
            return Meant::None;
        }
        let taken = match self.about(bound, cells, key) {
            Meant::One(found) => self.whom.taken(key, found),
            Meant::None => Meant::None,
            Meant::Several => Meant::Several,
        };
        match taken {
            Meant::One(id) => self.records.get(&Uuid::from_u128(id).to_string()).map_or(Meant::None, |known| Meant::One(Box::new(known))),
            Meant::None => Meant::None,
            Meant::Several => Meant::Several,
        }
    }

    /// Whether all that was asked for could be read.
    pub(super) fn is_sound(&self) -> Result<(), Rejections> {
        self.whom.is_sound()?;
        self.records.is_sound()
    }

    fn about(&self, bound: &Bound, cells: Cells<'_>, key: &str) -> Meant<(u128, crate::import::whom::By)> {
        let (name, town) = (bound.text("name", cells), bound.text("town", cells));
        self.whom.about(Said { key, name: &name, town: &town })
    }
}

/// A row's id in the source.
pub(super) fn key(bound: &Bound, cells: Cells<'_>) -> Option<String> {
    bound.key(cells, &KEY).map(prints::key)
}
