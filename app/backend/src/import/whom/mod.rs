//! Which client a row means, by one rule for files of every kind: its id in the file's source, else the same id elsewhere, else its name, where exactly one fits.

pub(super) mod sql;

use super::aside::{Room, no_room};
use super::index::Index;
use domain::Rejections;
use domain::fold::known_by;
use domain::ids::ClientId;
use std::io;
use std::sync::OnceLock;
use uuid::Uuid;

/// What a text stands for that several clients have.
const SEVERAL: u128 = 0;
/// Between the parts of a text; no name and no id holds it.
const THEN: char = '\0';

/// A client as a file may name it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) id: ClientId,
    pub(crate) name: String,
    pub(crate) town: Option<String>,
    /// Its ids, each with the source it is of.
    pub(crate) keys: Vec<(String, String)>,
    /// Whether nothing but sales has named it so far.
    pub(crate) bare: bool,
    /// Whether it is at work; one that is archived is known by its id in the file's own source alone.
    pub(crate) live: bool,
}

/// What a row says of whom it means; empty where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) key: &'a str,
    pub(super) name: &'a str,
    pub(super) town: &'a str,
}

/// Who is meant by what a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant<I> {
    /// Nobody.
    None,
    /// This one.
    One(I),
    /// Any of several: none of them is guessed.
    Several,
}

/// What a client was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Its id in the file's source, or what it is called by where a row says no more.
    Own,
    /// The same id elsewhere.
    Id,
    /// Its name, beside an id nobody has.
    Name,
}

/// Clients by what rows may call them.
pub(super) struct Whom {
    source: String,
    texts: Index,
    /// Which of its ids a row has found a client by, where it is not known by that id yet.
    claims: Index,
    failed: OnceLock<io::Error>,
}

impl<I: Copy + PartialEq> Meant<I> {
    /// One more that may be meant.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, other) | (other, Self::None) => other,
            (Self::One(a), Self::One(b)) if a == b => self,
            _ => Self::Several,
        }
    }

    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::None { other() } else { self }
    }
}

impl Whom {
    /// Nobody yet, for a file whose rows name clients by their ids in `source`.
    pub(super) fn new(source: &str, room: &Room) -> Self {
        Self { source: source.to_owned(), texts: Index::new(room), claims: Index::new(room), failed: OnceLock::new() }
    }

    /// Takes in a client that is there.
    pub(super) fn know(&mut self, client: &Named) {
        let (id, name) = (client.id.0.as_u128(), known_by(&client.name));
        let own = client.keys.iter().any(|(source, _)| *source == self.source);
        for (source, key) in &client.keys {
            if *source == self.source {
                self.put(&text(["own", key, ""]), id);
            } else if client.live {
                self.note(&text(["any", key, ""]), id);
                if !own {
                    self.note(&text(["both", key, &name]), id);
                    if client.bare {
                        self.note(&text(["bare", key, ""]), id);
                    }
                }
            }
        }
        if client.live {
            let tag = if own { "named" } else { "free" };
            self.note(&text([tag, &name, ""]), id);
            let town = known_by(client.town.as_deref().unwrap_or_default());
            self.note(&format!("{}{THEN}{town}", text([tag, &name, "in"])), id);
        }
    }

    /// From now on this is the client of an id in the file's source; `name` is what else it is called by, if rows may call it so.
    pub(super) fn learn(&mut self, id: u128, key: &str, name: &str) {
        if !key.is_empty() {
            self.put(&text(["own", key, ""]), id);
        }
        if !name.is_empty() {
            self.put(&text(["named", &known_by(name), ""]), id);
        }
    }

    /// Whom a row names that says nothing about a client but who it is.
    pub(super) fn named(&self, said: Said<'_>) -> Meant<(u128, By)> {
        let Said { key, name, .. } = said;
        if key.is_empty() {
            return by(By::Own, self.called(said, ["named", "free"]));
        }
        let of_key = by(By::Own, self.get(&text(["own", key, ""])))
            .or_else(|| by(By::Id, self.both(key, name)))
            .or_else(|| by(By::Id, self.get(&text(["any", key, ""]))))
            .or_else(|| by(By::Own, self.called(Said { name: key, ..said }, ["named", "free"])));
        of_key.or_else(|| by(By::Name, self.called(said, ["free", "free"])))
    }

    /// Whom a row is about that tells more of its client: somebody who is known, but not by an id in the file's source. The id of another source tells
    /// it where the name is the same, or nothing but sales has named that client.
    pub(super) fn about(&self, said: Said<'_>) -> Meant<(u128, By)> {
        let of_key = by(By::Id, self.both(said.key, said.name)).or_else(|| by(By::Id, self.get(&text(["bare", said.key, ""]))));
        of_key.or_else(|| by(By::Name, self.called(said, ["free", "free"])))
    }

    /// Notes that rows with this id have found a client; [`Whom::taken`] then tells what comes of it.
    pub(super) fn claim(&mut self, key: &str, (id, how): (u128, By)) {
        let (tag, value) = match how {
            By::Own => return,
            By::Id => ("id", 1),
            By::Name => ("name", print(key)),
        };
        let place = text([tag, &Uuid::from_u128(id).to_string(), ""]);
        let before = self.claims.get(&place).unwrap_or_else(|error| self.fail(error));
        if before.is_none_or(|before| before != value) {
            let value = if before.is_some() { SEVERAL } else { value };
            let put = self.claims.put(&place, value);
            put.unwrap_or_else(|error| self.fail(error));
        }
    }

    /// Whom rows with this id mean among those who claimed the same client: nobody else's by its name, and not by an id what another has by name.
    pub(super) fn taken(&self, key: &str, (id, how): (u128, By)) -> Meant<u128> {
        let claimed = |tag| {
            let found = self.claims.get(&text([tag, &Uuid::from_u128(id).to_string(), ""]));
            found.unwrap_or_else(|error| self.fail(error))
        };
        match (how, claimed("id"), claimed("name")) {
            (By::Name, Some(_), _) => Meant::None,
            (By::Name | By::Id, None, Some(one)) if one != print(key) => Meant::Several,
            _ => Meant::One(id),
        }
    }

    /// Whether all that was asked for could be read.
    pub(super) fn is_sound(&self) -> Result<(), Rejections> {
        self.failed.get().map_or(Ok(()), |error| Err(no_room(error)))
    }

    fn both(&self, key: &str, name: &str) -> Meant<u128> {
        if name.is_empty() { Meant::None } else { self.get(&text(["both", key, &known_by(name)])) }
    }

    /// Those of a name, and of the town where one is said; of no town is whoever has none.
    fn called(&self, said: Said<'_>, tags: [&str; 2]) -> Meant<u128> {
        let (name, town) = (known_by(said.name), known_by(said.town));
        if said.name.is_empty() {
            return Meant::None;
        }
        let of = |tag: &str| match town.is_empty() {
            true => self.get(&text([tag, &name, ""])),
            false => {
                let place = text([tag, &name, "in"]);
                self.get(&format!("{place}{THEN}{town}")).and(self.get(&format!("{place}{THEN}")))
            }
        };
        of(tags[0]).and(of(tags[1]))
    }

    fn get(&self, text: &str) -> Meant<u128> {
        match self.texts.get(text).unwrap_or_else(|error| self.fail(error)) {
            None => Meant::None,
            Some(SEVERAL) => Meant::Several,
            Some(id) => Meant::One(id),
        }
    }

    fn note(&mut self, text: &str, id: u128) {
        match self.get(text).and(Meant::One(id)) {
            Meant::Several => self.put(text, SEVERAL),
            _ => self.put(text, id),
        }
    }

    fn put(&mut self, text: &str, id: u128) {
        let put = self.texts.put(text, id);
        put.unwrap_or_else(|error| self.fail(error));
    }

    fn fail<T: Default>(&self, error: io::Error) -> T {
        // the first one is the one to report
        let _ = self.failed.set(error);
        T::default()
    }
}

fn by(how: By, found: Meant<u128>) -> Meant<(u128, By)> {
    match found {
        Meant::None => Meant::None,
        Meant::One(id) => Meant::One((id, how)),
        Meant::Several => Meant::Several,
    }
}

fn text(parts: [&str; 3]) -> String {
    let [tag, first, second] = parts;
    format!("{tag}{THEN}{first}{THEN}{second}")
}

/// An id told apart from others, and from nobody's.
fn print(key: &str) -> u128 {
    super::judge::prints::of_text(key).max(1)
}
