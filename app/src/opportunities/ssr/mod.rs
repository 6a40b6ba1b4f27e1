//! The room's boards, drawn where the opportunities are: options of charts, words of marks and what they stand for, tables, and the way to the list.

mod funnel;
pub mod list;
pub mod paper;
pub mod pressed;
mod rates;
mod spread;
mod table;
#[cfg(test)]
mod tests;

use super::boards::{BOARDS, Board, Boards, CHOICE, Held, Shown};
use crate::charts::{Column, Ranking, Scale, Series, columns, ranking};
use crate::clients::query::Address;
use crate::kpis::csv;
use crate::kpis::table::Cell;
use crate::markup::Markup;
use crate::ui::Glyph;
use crate::words::capital;
use backend::opportunities::Facts;
use domain::cube::Dimension;
use domain::money::Currency;
use domain::opportunities::{By, Outcome, Pipeline, Query, Tally};
use domain::people::{Caller, Right};
use pressed::Found;
use std::collections::BTreeSet;
use table::Row;

/// Where the list stands.
const PATH: &str = "/office/opportunities";
/// What is said of an empty selection.
const NONE: &str = "No opportunities in this selection";
/// What is said where there is nothing to take a share of.
const ENDED: &str = "None of these opportunities has ended";

/// The list of a query.
fn href(query: &Query) -> String {
    let mut address = Address::new(PATH);
    for (name, value) in query.pairs() {
        address.add(name, &value);
    }
    address.finish()
}

/// What boards are drawn with.
struct Draw<'a> {
    found: &'a Facts,
    /// What is left to it.
    query: &'a Query,
    /// What is pressed in it.
    pressed: Option<&'a Query>,
    currency: Currency,
    /// Whether whoever looks may take figures out.
    export: bool,
}

/// A bar: its name and value, its words, and what it stands for.
struct Mark {
    name: String,
    value: Option<f64>,
    words: String,
    of: Query,
}

/// A board as it is drawn.
struct Picture {
    option: String,
    marks: Vec<Mark>,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
}

impl Picture {
    /// Rates without anything that ended: there is nothing to draw.
    fn is_bare(&self) -> bool {
        self.marks.iter().all(|mark| mark.value.is_none())
    }
}

/// A board, or the words that stand in its place.
type Drawn = Result<Picture, String>;

/// Every board of [`BOARDS`].
pub fn boards(found: &Found, caller: &Caller, currency: Currency) -> Boards {
    let draw = |board: &str| {
        let (query, facts) = found.of(board);
        Draw { found: facts, query, pressed: found.pressed.of(board), currency, export: caller.may(Right::Export) }
    };
    let name = |board: &Board, of: &Query| named(draw(board.id).board(board.id).ok(), of);
    let pressed: Vec<Pressed<'_>> = found
        .pressed
        .iter()
        .filter_map(|(id, of)| {
            let board = BOARDS.iter().find(|board| board.id == id)?;
            let words = capital(&[board.title.trim_start_matches("Win rate by "), ": ", &name(board, of)].concat());
            Some(Pressed { id: board.id, of, words })
        })
        .collect();
    let shown = |board: &Board| {
        let narrowed = pressed.iter().filter(|mark| mark.id != board.id).map(|mark| mark.words.clone()).collect();
        Shown { narrowed, ..draw(board.id).shown(board.title, draw(board.id).board(board.id)) }
    };
    let boards = BOARDS.iter().map(shown).collect();
    Boards { any: found.all.1.any, figures: draw("").figures(), narrowed: narrowed(found, &pressed), held: Held::default(), boards }
}

/// What there is to narrow by, as the bar has it.
pub fn held(held: backend::opportunities::Held) -> Held {
    let names = |dimension: Dimension, names: BTreeSet<String>| (dimension.code().to_owned(), names.into_iter().collect());
    let labels = vec![
        names(Dimension::Branch, held.branches),
        names(Dimension::Rep, held.reps),
        names(Dimension::ProductLine, held.lines),
        names(Dimension::ItemGroup, held.groups),
    ];
    Held { labels, days: held.days, until: held.until, pipelines: held.pipelines.into_iter().collect() }
}

/// A mark's name: as its board has it, while it does.
fn named(picture: Option<Picture>, of: &Query) -> String {
    let row = picture.and_then(|picture| picture.rows.into_iter().find(|(one, _)| one == of));
    let name = row.and_then(|(_, cells)| Some(cells.into_iter().next()?.words));
    name.unwrap_or_else(|| of.pairs().into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" · "))
}

/// What is pressed in a board.
struct Pressed<'a> {
    id: &'static str,
    of: &'a Query,
    words: String,
}

/// What is pressed with its way out, and the way to the opportunities that are left.
fn narrowed(found: &Found, pressed: &[Pressed<'_>]) -> String {
    let mut m = Markup::default();
    for Pressed { id, of, words } in pressed {
        let mark = pressed::written(of);
        m.put(
            "<button type=\"button\" class=\"chip\" data-do=\"{}\" data-of=\"{}\" aria-label=\"Remove {}\">{}",
            &[&mark, id, words, words],
        );
        m.icon(Glyph::Close);
        m.put("</button>", &[]);
    }
    let any = found.pressed.iter().any(|(id, _)| id != CHOICE);
    if any {
        m.put(
            "<button type=\"button\" class=\"button button--plain button--small\" data-do=\"clear\">Clear marks <kbd>Esc</kbd></button>",
            &[],
        );
    }
    let count = found.all.1.facts.len();
    if count > 0 {
        let (noun, all) = (if count == 1 { " opportunity" } else { " opportunities" }, !any);
        let count = Cell::count(i64::try_from(count).unwrap_or(i64::MAX)).words;
        let words = [if all { "List the " } else { "" }, &count, noun, if all { "" } else { " behind it" }].concat();
        m.put("<a class=\"button button--quiet button--small\" href=\"{}\">{}</a>", &[&href(&found.all.0), &words]);
    }
    m.done()
}

fn instead(words: &str) -> Drawn {
    Err(words.to_owned())
}

impl Draw<'_> {
    /// One of [`BOARDS`].
    fn board(&self, id: &str) -> Drawn {
        match id {
            "opp-funnel" => self.funnel(),
            "opp-cycle" => self.cycle(),
            "opp-ages" => self.ages(),
            "opp-activities" => self.activities(),
            id => By::parse(id.trim_start_matches("opp-")).map_or_else(|| instead(NONE), |by| self.by(by)),
        }
    }

    fn shown(&self, title: &str, drawn: Drawn) -> Shown {
        let picture = match drawn {
            Ok(picture) => picture,
            Err(words) => return Shown { instead: words, ..Shown::default() },
        };
        let bare = picture.is_bare();
        let table = table::html(title, &picture.heads, &picture.rows, (self.query, self.pressed));
        let csv = if self.export { csv::text(&table::plain(picture.heads, &picture.rows)) } else { String::new() };
        let mark = |mark: Mark| ([&mark.name, "\n", &mark.words].concat(), pressed::written(&mark.of), self.pressed == Some(&mark.of));
        if bare {
            return Shown { instead: ENDED.to_owned(), table, csv, ..Shown::default() };
        }
        let marks = picture.marks.into_iter().map(mark).collect();
        Shown { instead: String::new(), option: picture.option, marks, table, csv, narrowed: vec![] }
    }

    fn ranking(&self, says: &str, marks: Vec<Mark>, scale: Scale) -> Picture {
        let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
        let values: Vec<Option<f64>> = marks.iter().map(|mark| mark.value).collect();
        let faded = self.faded(&marks);
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
        Picture { option: columns(says, &names, &[series], &self.faded(&marks), scale), marks, heads: vec![], rows: vec![] }
    }

    fn faded(&self, marks: &[Mark]) -> Vec<bool> {
        marks.iter().map(|mark| self.pressed.is_some_and(|of| *of != mark.of)).collect()
    }

    /// Figures on top: name, value, and what is said of it; none where nothing is left.
    fn tiles(&self) -> Vec<(&'static str, Cell, String)> {
        let all = Tally::of(&self.found.pipelines, self.found.facts.iter());
        if all.all == 0 {
            return Vec::new();
        }
        let worth = |minor: Option<i64>| minor.map_or_else(|| "value unknown".to_owned(), |minor| self.currency.whole(minor));
        let ended = if all.decided > 0 {
            ["of ", &Cell::count(all.decided).words, " that ended", &self.of_those()].concat()
        } else if self.pipelines().iter().any(|one| one.records_lost()) {
            "none has ended".to_owned()
        } else {
            "nothing is said to be lost".to_owned()
        };
        vec![
            ("Opportunities", Cell::count(all.all), String::new()),
            ("Won", Cell::count(all.won), if all.won > 0 { [worth(all.worth()), self.each(Outcome::Won)].concat() } else { String::new() }),
            ("Lost", Cell::count(all.lost), self.of_those().trim_start_matches([',', ' ']).to_owned()),
            ("Open", Cell::count(all.open), worth(all.open_worth())),
            ("Win rate", Cell::share(all.win_rate()), ended),
            ("Conversion", Cell::share(all.conversion()), "won of all".to_owned()),
        ]
    }

    /// The pipelines that what is left is of.
    fn pipelines(&self) -> Vec<&Pipeline> {
        self.found.pipelines.iter().filter(|one| self.found.facts.iter().any(|fact| fact.pipeline == one.id)).collect()
    }

    /// Which pipelines say what was lost, where others do not: these have no part in what is counted of those that ended.
    fn of_those(&self) -> String {
        let all = self.pipelines();
        let (said, unsaid): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.records_lost());
        let names = |all: &[&Pipeline]| all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        match (&said[..], &unsaid[..]) {
            ([], _) | (_, []) => String::new(),
            _ => [", of ", &names(&said), " alone: ", &names(&unsaid), " says of none that it was lost"].concat(),
        }
    }

    /// How many of each pipeline, where there are several.
    fn each(&self, outcome: Outcome) -> String {
        let all = self.pipelines();
        let count = |one: &&Pipeline| self.found.facts.iter().filter(|fact| fact.pipeline == one.id && fact.outcome == outcome).count();
        let said = all.iter().map(|one| [&one.name, ": ", &Cell::count(count(one) as i64).words].concat());
        if all.len() < 2 { String::new() } else { [" · ", &said.collect::<Vec<_>>().join(", ")].concat() }
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
