//! Won and lost by a label, drawn: the share as bars, everything in the table; a share of few says of how many.

use super::NONE;
use super::table::Row;
use super::{Draw, Drawn, Mark, Picture, instead};
use crate::charts::Scale;
use crate::kpis::table::Cell;
use domain::opportunities::{By, Pipeline, Query, SMALL, Tally, breakdown};

/// Bars of a ranking.
const BARS: usize = 12;
/// What a table of rates holds, its first column aside.
pub(super) const HEADS: [&str; 9] = ["", "All", "Won", "Lost", "Open", "Win rate", "Conversion", "Value won", "Average won"];

/// A share; where it is of few, of how many.
fn share(tenths: Option<i64>, of: i64) -> Cell {
    let cell = Cell::share(tenths);
    if tenths.is_some() && of < SMALL { Cell { words: format!("{} of {of}", cell.words), ..cell } } else { cell }
}

/// A share of opportunities in tenths of a percent, and of how many.
pub(super) type Rate = fn(&Tally) -> (Option<i64>, i64);

impl Draw<'_> {
    pub(super) fn by(&self, by: By) -> Drawn {
        let all = breakdown(&self.found.pipelines, &self.found.facts, by);
        if all.is_empty() {
            return instead(NONE);
        }
        if all.iter().all(|(label, _)| label.is_none()) {
            return instead(&["None of these opportunities says its ", by.code(), "."].concat());
        }
        let of = |label: &Option<String>| Query::default().only(by, label.as_deref());
        let name = |label: &Option<String>| label.clone().unwrap_or_else(|| by.nameless().to_owned());
        let (rate, scale) = self.rate();
        let mark = |(label, tally): &(Option<String>, Tally)| {
            let share = rate(tally);
            let few = if share.1 < SMALL { [", few: ", &share.1.to_string()].concat() } else { String::new() };
            let words = [
                &Cell::share(share.0).words,
                &few,
                " · ",
                &tally.won.to_string(),
                " won, ",
                &tally.lost.to_string(),
                " lost, ",
                &tally.open.to_string(),
                " open",
            ];
            Mark { name: name(label), value: share.0.map(|tenths| tenths as f64 / 10.0), words: words.concat(), of: of(label) }
        };
        let marks = all.iter().filter(|row| rate(&row.1).1 > 0).take(BARS).map(mark).collect();
        let rows: Vec<Row> = all.iter().map(|(label, tally)| (of(label), self.cells(&name(label), tally))).collect();
        Ok(Picture { heads: HEADS.to_vec(), rows, ..self.ranking(scale, marks, Scale::Percent) })
    }

    /// The share that is shown: won of those that ended; where no pipeline here says that any was lost, won of all.
    pub(super) fn rate(&self) -> (Rate, &'static str) {
        let decided = Tally::of(&self.found.pipelines, self.found.facts.iter()).decided;
        if decided > 0 || self.found.pipelines.iter().any(Pipeline::records_lost) {
            (|tally| (tally.win_rate(), tally.decided), "Win rate: won of those that ended")
        } else {
            (|tally| (tally.conversion(), tally.all), "Conversion: won of all")
        }
    }

    pub(super) fn cells(&self, name: &str, tally: &Tally) -> Vec<Cell> {
        vec![
            Cell::name(name),
            Cell::count(tally.all),
            Cell::count(tally.won),
            Cell::count(tally.lost),
            Cell::count(tally.open),
            share(tally.win_rate(), tally.decided),
            share(tally.conversion(), tally.all),
            Cell::money(tally.worth(), self.currency),
            Cell::money(tally.average(), self.currency),
        ]
    }
}
