//! Marks that are pressed: each narrows all boards but its own, where the others stay beside it.

use crate::clients::query::Address;
use crate::kpis::document_ssr::pairs;
use crate::opportunities::boards::{BOARDS, CHOICE};
use backend::opportunities::{Facts, facts};
use backend::{Backend, Error};
use domain::opportunities::Query;
use domain::people::Caller;

/// The marks that are pressed: of a board one, with what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pressed(Vec<(&'static str, Query)>);

impl Pressed {
    /// From the parameter of an address; what is none is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let one = |entry: &str| {
            let (id, mark) = entry.split_once('.')?;
            let known = BOARDS.iter().map(|board| board.id).chain([CHOICE]).find(|known| *known == id);
            let (board, pairs) = (known?, pairs(mark));
            let of = Query::read(|name| pairs.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone()));
            (of != Query::default()).then_some((board, of))
        };
        Self(text.split(';').filter_map(one).collect())
    }

    /// Whether any is.
    #[must_use]
    pub fn is_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Each with its board.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Query)> {
        self.0.iter().map(|(board, of)| (*board, of))
    }

    /// What is pressed in a board.
    #[must_use]
    pub fn of(&self, board: &str) -> Option<&Query> {
        self.iter().find(|(one, _)| *one == board).map(|(_, of)| of)
    }

    /// A query narrowed by what is pressed, in all boards but one.
    #[must_use]
    pub fn narrow(&self, query: &Query, but: &str) -> Query {
        self.iter().filter(|(board, _)| *board != but).fold(query.clone(), |query, (_, of)| query.and(of))
    }
}

/// What a mark stands for, as the address has it.
#[must_use]
pub fn written(of: &Query) -> String {
    let mut address = Address::new("");
    of.pairs().iter().for_each(|(name, value)| address.add(name, value));
    address.finish().trim_start_matches('?').to_owned()
}

/// What the room's boards are made of.
pub struct Found {
    /// What is pressed.
    pub pressed: Pressed,
    /// What is left by all of it.
    pub all: (Query, Facts),
    /// What is left to a board in which something is pressed.
    pub own: Vec<(&'static str, (Query, Facts))>,
}

impl Found {
    /// Asks for it.
    ///
    /// # Errors
    /// `Rejected` when the query cannot be answered.
    pub async fn ask(backend: &Backend, caller: &Caller, query: Query, pressed: &str) -> Result<Self, Error> {
        let pressed = Pressed::read(pressed);
        let all = pressed.narrow(&query, "");
        let mut own = Vec::new();
        for (board, _) in pressed.iter().filter(|(board, _)| *board != CHOICE) {
            let query = pressed.narrow(&query, board);
            own.push((board, (query.clone(), facts(backend, caller, query).await?)));
        }
        Ok(Self { all: (all.clone(), facts(backend, caller, all).await?), own, pressed })
    }

    /// What is left to a board.
    #[must_use]
    pub fn of(&self, board: &str) -> &(Query, Facts) {
        self.own.iter().find(|(one, _)| *one == board).map_or(&self.all, |(_, found)| found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Day;
    use domain::opportunities::{By, Outcome};

    #[test]
    fn what_is_pressed_survives_the_way_through_the_address_and_narrows_all_boards_but_its_own() {
        let source = Query::default().only(By::Source, Some("Fairs; & more."));
        let lost = Query { outcome: Some(Outcome::Lost), pipeline: Some("crm".into()), ..Query::default() };
        let text = ["opp-source.", &written(&source), ";opp-funnel.", &written(&lost), ";opp-gone.rep=A;opp-rep.", ""].concat();
        let pressed = Pressed::read(&text);
        assert_eq!(pressed, Pressed(vec![("opp-source", source.clone()), ("opp-funnel", lost)]));
        let query = Query { from: Some(Day(3)), ..Query::default() };
        assert_eq!(pressed.narrow(&query, "opp-funnel"), Query { from: Some(Day(3)), ..source });
        assert_eq!(pressed.narrow(&query, "").outcome, Some(Outcome::Lost));
        let open = Query { outcome: Some(Outcome::Open), ..Query::default() };
        assert_eq!(pressed.narrow(&open, ""), Query::nothing(), "what is open was not lost");
    }
}
