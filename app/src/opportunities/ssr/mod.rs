//! The room's boards, drawn where the opportunities are: options of charts, words of marks, tables, and the list behind each.

mod funnel;
pub mod list;
pub mod paper;
mod rates;
mod spread;
mod table;
#[cfg(test)]
mod tests;

use super::boards::{BOARDS, Boards, Shown};
use crate::charts::{Column, Ranking, Scale, Series, columns, ranking};
use crate::kpis::csv;
use crate::kpis::table::Cell;
use crate::markup::Markup;
use backend::opportunities::Facts;
use domain::money::Currency;
use domain::opportunities::{By, Query, Tally};
use domain::people::{Caller, Right};
use table::Row;

/// What is said of an empty selection.
const NONE: &str = "No opportunities in this selection";

/// What boards are drawn with.
struct Draw<'a> {
    found: &'a Facts,
    query: &'a Query,
    currency: Currency,
    /// Whether whoever looks may take figures out.
    export: bool,
}

/// A bar: its name and value, its words, and the list behind it.
struct Mark {
    name: String,
    value: Option<f64>,
    words: String,
    href: String,
}

/// A board as it is drawn.
struct Picture {
    option: String,
    marks: Vec<Mark>,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
}

/// A board, or the words that stand in its place.
type Drawn = Result<Picture, String>;

/// Every board of [`BOARDS`].
pub fn boards(found: &Facts, query: &Query, caller: &Caller, currency: Currency) -> Boards {
    let draw = Draw { found, query, currency, export: caller.may(Right::Export) };
    let boards = draw.all().into_iter().zip(&BOARDS).map(|(drawn, board)| draw.shown(board.title, drawn)).collect();
    Boards { any: found.any, figures: draw.figures(), boards }
}

fn instead(words: &str) -> Drawn {
    Err(words.to_owned())
}

impl Draw<'_> {
    /// In the order of [`BOARDS`].
    fn all(&self) -> [Drawn; BOARDS.len()] {
        let [rep, branch, product, source, sector] = By::ALL.map(|by| self.by(by));
        [self.funnel(), rep, branch, product, source, sector, self.cycle(), self.ages(), self.activities()]
    }

    fn shown(&self, title: &str, drawn: Drawn) -> Shown {
        let picture = match drawn {
            Ok(picture) => picture,
            Err(words) => return Shown { instead: words, ..Shown::default() },
        };
        let table = table::html(title, &picture.heads, &picture.rows);
        let csv = if self.export { csv::text(&table::plain(picture.heads, &picture.rows)) } else { String::new() };
        let marks = picture.marks.into_iter().map(|mark| ([&mark.name, "\n", &mark.words].concat(), mark.href)).collect();
        Shown { instead: String::new(), option: picture.option, marks, table, csv }
    }

    fn ranking(&self, says: &str, marks: Vec<Mark>, scale: Scale) -> Picture {
        let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
        let values: Vec<Option<f64>> = marks.iter().map(|mark| mark.value).collect();
        let faded = vec![false; marks.len()];
        Picture {
            option: ranking(&Ranking { says, names: &names, values: &values, faded: &faded, scale }),
            marks,
            heads: vec![],
            rows: vec![],
        }
    }

    fn standing(&self, says: &str, marks: Vec<Mark>, scale: Scale) -> Picture {
        let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
        let series = Series { name: says, values: marks.iter().map(|mark| mark.value).collect(), color: "--chart-1", drawn: Column::Bars };
        Picture { option: columns(says, &names, &[series], &vec![false; marks.len()], scale), marks, heads: vec![], rows: vec![] }
    }

    /// Figures on top: name, value, and what is said of it; none where nothing is left.
    fn tiles(&self) -> Vec<(&'static str, Cell, String)> {
        let all = Tally::of(&self.found.pipelines, self.found.facts.iter());
        if all.all == 0 {
            return Vec::new();
        }
        let worth = |minor: Option<i64>| minor.map_or_else(|| "value unknown".to_owned(), |minor| self.currency.whole(minor));
        let ended = if all.decided > 0 {
            ["of ", &Cell::count(all.decided).words, " that ended"].concat()
        } else {
            "nothing is said to be lost".to_owned()
        };
        vec![
            ("Opportunities", Cell::count(all.all), String::new()),
            ("Won", Cell::count(all.won), worth(all.worth())),
            ("Lost", Cell::count(all.lost), String::new()),
            ("Open", Cell::count(all.open), worth(all.open_worth())),
            ("Win rate", Cell::share(all.win_rate()), ended),
            ("Conversion", Cell::share(all.conversion()), "won of all".to_owned()),
        ]
    }

    /// What the chosen days leave out, where they do.
    fn undated(&self) -> Option<String> {
        let count = Cell::count(self.found.undated).words;
        let says = " opportunities have no day of beginning: no days hold them. Choose the period “All data” to see them.";
        (self.found.undated > 0).then(|| [&count, says].concat())
    }

    /// What the chosen segment leaves out, where it does.
    fn unsegmented(&self) -> Option<String> {
        let count = Cell::count(self.found.unsegmented).words;
        let says = " opportunities have no client here, or one without a segment: no segment holds them.";
        (self.found.unsegmented > 0).then(|| [&count, says].concat())
    }

    fn figures(&self) -> String {
        let mut m = Markup::default();
        for (name, value, note) in self.tiles() {
            m.put("<div class=\"kpi card\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">{}</p>", &[name, &value.words]);
            m.maybe("<p class=\"kpi__note\">{}</p>", Some(&note));
            m.put("</div>", &[]);
        }
        m.maybe("<p class=\"kpis__spans\">{}</p>", self.undated().as_deref());
        m.maybe("<p class=\"kpis__spans\">{}</p>", self.unsegmented().as_deref());
        m.done()
    }
}
