//! The room's boards, drawn where the opportunities are: options of charts, words of marks, tables, and the list behind each.

mod funnel;
pub mod list;
mod rates;
mod spread;
mod table;
#[cfg(test)]
mod tests;

use super::boards::{BOARDS, Boards, Shown};
use crate::charts::{Column, Ranking, Scale, Series, columns, ranking};
use crate::kpis::table::Cell;
use crate::markup::Markup;
use backend::opportunities::Facts;
use domain::measures::percent;
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

/// Every board of [`BOARDS`].
pub fn boards(found: &Facts, query: &Query, caller: &Caller, currency: Currency) -> Boards {
    let draw = Draw { found, query, currency, export: caller.may(Right::Export) };
    let by = |by: By| draw.by(by);
    let boards = vec![
        draw.funnel(),
        by(By::Rep),
        by(By::Branch),
        by(By::Product),
        by(By::Source),
        by(By::Sector),
        draw.cycle(),
        draw.ages(),
        draw.activities(),
    ];
    Boards { any: found.any, figures: draw.figures(), boards }
}

fn instead(words: &str) -> Shown {
    Shown { instead: words.to_owned(), ..Shown::default() }
}

impl Draw<'_> {
    fn shown(&self, at: usize, (option, marks): (String, Vec<Mark>), heads: Vec<&'static str>, rows: &[Row]) -> Shown {
        let title = BOARDS.get(at).map_or("", |board| board.title);
        let table = table::html(title, &heads, rows);
        let csv = if self.export { table::csv(heads, rows) } else { String::new() };
        let marks = marks.into_iter().map(|mark| ([&mark.name, "\n", &mark.words].concat(), mark.href)).collect();
        Shown { instead: String::new(), option, marks, table, csv }
    }

    fn ranking(&self, says: &str, marks: Vec<Mark>, scale: Scale) -> (String, Vec<Mark>) {
        let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
        let values: Vec<Option<f64>> = marks.iter().map(|mark| mark.value).collect();
        let faded = vec![false; marks.len()];
        (ranking(&Ranking { says, names: &names, values: &values, faded: &faded, scale }), marks)
    }

    fn standing(&self, says: &str, marks: Vec<Mark>, scale: Scale) -> (String, Vec<Mark>) {
        let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
        let series = Series { name: says, values: marks.iter().map(|mark| mark.value).collect(), color: "--chart-1", drawn: Column::Bars };
        (columns(says, &names, &[series], &vec![false; marks.len()], scale), marks)
    }

    /// Figures on top; what the chosen days leave out, where they do.
    fn figures(&self) -> String {
        let (mut m, all) = (Markup::default(), Tally::of(&self.found.pipelines, self.found.facts.iter()));
        if all.all > 0 {
            let worth = |minor: Option<i64>| minor.map_or_else(|| "value unknown".to_owned(), |minor| self.currency.whole(minor));
            let rate = |tenths: Option<i64>| tenths.map_or_else(|| "–".to_owned(), percent);
            let ended = if all.decided > 0 {
                ["of ", &Cell::count(all.decided).words, " that ended"].concat()
            } else {
                "nothing is said to be lost".to_owned()
            };
            for (name, value, note) in [
                ("Opportunities", Cell::count(all.all).words, String::new()),
                ("Won", Cell::count(all.won).words, worth(all.worth())),
                ("Lost", Cell::count(all.lost).words, String::new()),
                ("Open", Cell::count(all.open).words, worth(all.open_worth())),
                ("Win rate", rate(all.win_rate()), ended),
                ("Conversion", rate(all.conversion()), "won of all".to_owned()),
            ] {
                m.put("<div class=\"kpi card\"><h2 class=\"kpi__name\">{}</h2><p class=\"kpi__value\">{}</p>", &[name, &value]);
                m.maybe("<p class=\"kpi__note\">{}</p>", Some(&note));
                m.put("</div>", &[]);
            }
        }
        if self.found.undated > 0 {
            let count = Cell::count(self.found.undated).words;
            m.put("<p class=\"kpis__spans\">{} opportunities have no day of beginning: no days hold them. Choose the period “All data” to see them.</p>", &[&count]);
        }
        m.done()
    }
}
