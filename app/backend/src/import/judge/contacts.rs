//! Rows that are people at clients, each at a client that is there.

use super::named::Clients;
use super::{Chunk, Ids, Marked, Met, OwnedContact, Scene, prints};
use crate::import::tally::Counter;
use domain::Rejections;
use domain::contacts::{self, Contact, ContactDraft, ContactPatch};
use domain::ids::ContactId;
use intake::Row;
use intake::mapping::cells::Cells;
use intake::reasons;
use std::collections::HashMap;

/// A contact that was brought in before.
#[derive(Clone, Debug)]
pub struct Known {
    /// As it stands.
    pub contact: Contact,
    /// What its row said the last time.
    pub print: Option<i64>,
}

/// Judges rows of contacts.
pub struct ContactJudge {
    scene: Scene,
    clients: Clients,
    known: HashMap<String, Known>,
    met: Met,
    ids: Ids,
}

/// What a row comes to.
struct Verdict {
    key: String,
    client: usize,
    print: i64,
    /// `None` when nothing changes.
    record: Option<Contact>,
    was_there: bool,
}

impl ContactJudge {
    /// `known` are the contacts of the same source by their id there.
    #[must_use]
    pub fn new(scene: Scene, clients: Clients, known: HashMap<String, Known>) -> Self {
        let ids = Ids::new(scene.at);
        let met = Met::new(&scene);
        Self { scene, clients, known, met, ids }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the file of rejects cannot be written.
    pub fn judge(&mut self, line: u64, row: &Row, counter: &mut Counter, chunk: &mut Chunk) -> Result<(), Rejections> {
        let bound = self.scene.bound.clone();
        let cells = Cells { row, blanks: &bound.blanks };
        let verdict = self.verdict(cells);
        self.clients.is_sound()?;
        let Verdict { key, client, print, record, was_there } = match verdict {
            Ok(verdict) => verdict,
            Err(bad) => return counter.reject(reasons(&bound, cells, line, bad)),
        };
        if let Some(repeat) = self.met.repeat(&key, line, row)? {
            return counter.repeat(repeat);
        }
        let Some(contact) = record else {
            counter.counts().unchanged += 1;
            return Ok(());
        };
        let counts = counter.counts();
        *(if was_there { &mut counts.changed } else { &mut counts.new }) += 1;
        let client = self.clients.at(client);
        let record = OwnedContact { contact, owner: client.rep_id, branch: client.branch_id };
        chunk.contacts.push(Marked { record, line, print, was_there });
        Ok(())
    }

    fn verdict(&mut self, cells: Cells<'_>) -> Result<Verdict, Rejections> {
        let (bound, mut bad) = (&self.scene.bound, Rejections::default());
        let client = self.clients.of_row(bound, cells, &mut bad);
        let key = bound.key(cells, &["client", "clientName", "clientTown", "name"]).map(prints::key);
        if key.is_none() {
            bad.add("id", "required", "The row has no id: fill it in, or choose another key (in a mapping file: key).");
        }
        let (Some(client), Some(key)) = (client, key) else { return Err(bad) };
        let client_id = self.clients.at(client).id;
        let read = |field| bound.read(field, cells);
        let fields = ContactPatch {
            name: read("name"),
            position: read("position"),
            phone: read("phone"),
            email: read("email"),
            notes: read("notes"),
        };
        let print = prints::of_record(&(client_id, &fields))?;
        let Some(known) = self.known.get(&key) else {
            let (id, source) = (ContactId(self.ids.next()), Some(bound.source.clone()));
            let draft = ContactDraft { id, client_id, source, external_id: Some(key.clone()), fields };
            let record = contacts::create(draft, self.scene.context())?;
            return Ok(Verdict { key, client, print, record: Some(record), was_there: false });
        };
        let edited = Contact { client_id, ..contacts::edit(&known.contact, fields, self.scene.context())? };
        let before = Contact { changed_at: edited.changed_at, ..known.contact.clone() };
        let changes = known.print != Some(print) && edited != before;
        Ok(Verdict { key, client, print, record: changes.then_some(edited), was_there: true })
    }
}
