//! The room as a document: the figures, charts and tables of its boards, as whoever it is made for sees them.

use super::pressed::Pressed;
use super::table::plain;
use super::{Draw, ENDED, Picture};
use crate::kpis::cells_ssr::cell;
use crate::kpis::chart_ssr::chart;
use crate::kpis::document_ssr::Composed;
use crate::kpis::table::Cell;
use crate::opportunities::boards::BOARDS;
use backend::reports::paper::Tile;
use backend::{Backend, Error, opportunities};
use domain::Day;
use domain::money::Currency;
use domain::opportunities::Query;
use domain::opportunities::figures::{ACTIVITIES, AGES, CYCLE, FUNNEL, WIN_RATE};
use domain::people::Caller;

/// Every board the caller has on screen, narrowed by all that is pressed.
///
/// # Errors
/// When the database fails.
pub async fn compose(backend: &Backend, caller: &Caller, composed: &mut Composed, query: Query, pressed: &str) -> Result<(), Error> {
    let query = Pressed::read(pressed).narrow(&query, "");
    let found = opportunities::facts(backend, caller, query.clone()).await?;
    let currency = composed.paper.currency;
    let draw = Draw { found: &found, query: &query, pressed: None, currency, export: false };
    let paper = &mut composed.paper;
    let until = opportunities::held(backend, caller).await?.until;
    let until = until.map_or_else(|| "of unknown days".to_owned(), |day| ["to ", &day.long(Day(0))].concat());
    paper.fresh = match found.any {
        true => ["Opportunities ", &until, " · amounts in ", currency.code()].concat(),
        false => "No opportunities have been brought in yet".to_owned(),
    };
    paper.tiles = draw.tiles().into_iter().map(|one| tile(one, currency)).collect();
    paper.notes.extend(draw.undated());
    paper.notes.extend(draw.unsegmented());
    let said = [("Funnel", FUNNEL), ("Win rate", WIN_RATE), ("Cycle", CYCLE), ("Open, by age", AGES), ("Activities", ACTIVITIES)];
    paper.definitions = said.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec();
    for board in BOARDS.iter().filter(|board| board.own || !caller.has_book()) {
        let drawn = draw.board(board.id);
        let bare = drawn.as_ref().is_ok_and(Picture::is_bare);
        let says = if bare { [board.says, " ", ENDED, "."].concat() } else { board.says.to_owned() };
        let drawn = drawn.map(|picture| (chart(&picture.option).filter(|_| !bare), plain(picture.heads, &picture.rows)));
        composed.add_drawn(board.id, (board.title, &says), drawn.map_err(|words| [words.trim_end_matches('.'), "."].concat()));
    }
    Ok(())
}

fn tile((name, value, note): (&'static str, Cell, String), currency: Currency) -> Tile {
    Tile { name: name.to_owned(), value: cell(&value, currency), notes: Some(note).filter(|note| !note.is_empty()).into_iter().collect() }
}
