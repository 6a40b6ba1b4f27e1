//! Rooms of panels as a document: the slices they ask on screen, answered for whoever it is made for, drawn by the same panels.

use super::cells_ssr::content;
use super::chart_ssr::chart;
use super::document_ssr::{Around, Composed};
use super::filters::pairs;
use super::overview::Room;
use super::panel::{NONE, Panel, Picture, Seen};
use super::table::{Row, Table};
use super::tiles::then::{self, Lack, Moved};
use super::why::Against;
use super::{plan, tiles, worth};
use backend::reports::paper::{Cell, Chart, Content, Section, Tile, Value};
use backend::{Backend, Error, kpis, targets};
use domain::Day;
use domain::cube::Dimension;
use domain::measures::{GROSS_PROFIT, MARGIN, NET_SALES, RETURNS_RATE, Totals, percent};
use domain::money::Currency;
use domain::people::Caller;
use domain::targets::RepPlan;

/// Figures on top and panels of a room.
///
/// # Errors
/// When the database fails.
pub async fn compose(
    backend: &Backend,
    caller: &Caller,
    composed: &mut Composed,
    room: &'static Room,
    around: &Around<'_>,
) -> Result<(), Error> {
    let (plans, currency) = (targets::plans(backend, caller).await?, around.company.currency);
    if room.has_tiles() {
        let answers = kpis::slices(backend, caller, tiles::ask(around.view, &plans)).await?;
        composed.paper.tiles = top(&answers, around, &plans);
        composed.paper.definitions = tiles::defined().map(|(name, says)| (name.to_owned(), says.to_owned())).collect();
    } else {
        let said = [("Net sales", NET_SALES), ("Gross profit", GROSS_PROFIT), ("Margin", MARGIN), ("Returns rate", RETURNS_RATE)];
        composed.paper.definitions = said.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec();
    }
    for panel in room.panels(caller.has_book()) {
        let drawn = draw(backend, caller, panel, (around, &plans)).await?;
        let says = if panel.says.is_empty() { around.view.by.of(panel.dimension).says() } else { panel.says };
        let content = drawn.as_ref().map(|picture| dated(panel, picture, currency)).map_err(Clone::clone);
        let note = drawn.as_ref().map_or("", |picture| picture.note.as_str());
        let says = [says, note].join(" ").trim_end().to_owned();
        let section = Section { id: panel.id.to_owned(), title: panel.title.to_owned(), says, content };
        composed.add(section, drawn.ok().map(|picture| picture.table));
    }
    if room.has_worth() {
        composed.add_drawn(worth::PANEL, (worth::TITLE, worth::SAYS), worths(backend, caller, around).await?);
    }
    Ok(())
}

/// What customers are worth, or the words that stand in its place.
async fn worths(backend: &Backend, caller: &Caller, around: &Around<'_>) -> Result<Result<(Option<Chart>, Table), String>, Error> {
    let view = around.view;
    match kpis::worth(backend, caller, worth::ask(view)).await.map_err(Error::from) {
        Ok(found) if found.customers.is_empty() => Ok(Err([NONE, "."].concat())),
        Ok(found) => {
            let table = worth::table(&found, view, None, around.company.currency);
            Ok(Ok((chart(&worth::drawn(&found, None).option), table)))
        }
        Err(Error::Rejected(wrong)) => Ok(Err(wrong.to_string())),
        Err(error) => Err(error),
    }
}

/// A panel as on screen; what cannot be answered leaves the others standing.
async fn draw(
    backend: &Backend,
    caller: &Caller,
    panel: &'static Panel,
    (&Around { view, company, today, data, filters }, plans): (&Around<'_>, &[RepPlan]),
) -> Result<Result<Picture, String>, Error> {
    let workdays = &company.workdays;
    let seen = || Seen { panel, view, picked: None, company, today, data, tabled: true, plans, workdays, filters };
    let slices = (panel.ask)(&seen());
    match kpis::slices(backend, caller, slices).await {
        Ok(answers) => Ok((panel.draw)(&seen(), &answers).map_err(|words| format!("{}.", words.trim_end_matches('.')))),
        Err(Error::Rejected(wrong)) => Ok(Err(wrong.to_string())),
        Err(error) => Err(error),
    }
}

fn top(answers: &[domain::cube::Answer], around: &Around<'_>, plans: &[RepPlan]) -> Vec<Tile> {
    let (view, currency) = (around.view, around.company.currency);
    let Some(now) = answers.first().and_then(Totals::of_all) else { return Vec::new() };
    let compared = then::compared(answers, view, around.data);
    let tile = |tile: &tiles::Tile| {
        let value = (tile.of)(&now);
        let kept = value.map_or(Value::Unknown, |n| match tile.kind {
            tiles::Kind::Money => Value::Money(n),
            tiles::Kind::Units => Value::Units(n),
            tiles::Kind::Share => Value::Share(n),
        });
        let moved = |now| compared.iter().zip(Against::ALL).map(move |(then, against)| said(tile.moved(now, then), against, around.today));
        let notes = value.into_iter().flat_map(moved).chain((tile.note)(&now, view)).collect();
        Tile { name: tile.name.to_owned(), value: Cell { words: tiles::written(tile.kind, value, currency), value: kept }, notes }
    };
    let (share, notes) =
        tiles::attained::attainment((now.net, answers.get(4)), view, (plans, &around.company.workdays), (currency, around.today));
    let value = Cell { words: share.map_or_else(|| "–".to_owned(), percent), value: share.map_or(Value::Unknown, Value::Share) };
    let notes = [of_before(answers, around, plans, share), notes].concat();
    let attained = Tile { name: tiles::ATTAINED.to_owned(), value, notes };
    tiles::TILES.iter().map(tile).chain([attained]).collect()
}

/// How much more or less, in words.
fn said(by: Result<Moved, Lack>, against: Against, today: Day) -> String {
    let on = against.on();
    match by {
        Ok((now, then, by)) => format!("{}{by} {on}", if now > then { "+" } else { "" }),
        Err(lack) => format!("– {on}{}", lack.words(today)),
    }
}

/// How attainment moved, in words.
fn of_before(answers: &[domain::cube::Answer], around: &Around<'_>, plans: &[RepPlan], share: Option<i64>) -> Vec<String> {
    let reps = plan::planned(around.view, plans).unwrap_or_default();
    let before = plan::attained_before(answers, around.view, (&reps, &around.company.workdays), around.data);
    let moved = |share, (then, against): (Result<i64, Lack>, Against)| {
        said(then.and_then(|then| then::moved(tiles::Kind::Share, share, then)), against, around.today)
    };
    share.map_or_else(Vec::new, |share| before.into_iter().zip(Against::ALL).map(|one| moved(share, one)).collect())
}

/// Chart and table; what stands over time has its days and months as such.
fn dated(panel: &Panel, picture: &Picture, currency: Currency) -> Content {
    let mut content = content(chart(&picture.option), &picture.table, currency);
    for (cells, row) in content.rows.iter_mut().zip(&picture.table.rows) {
        if let (Some(first), Some(value)) = (cells.first_mut(), on(panel, picture, row)) {
            first.value = value;
        }
    }
    content
}

/// The day or the month of a row over time: the last day of the lines behind it, or its mark.
fn on(panel: &Panel, picture: &Picture, row: &Row) -> Option<Value> {
    if !matches!(panel.dimension, Dimension::Day | Dimension::Month) {
        return None;
    }
    let marked = || row.mark.and_then(|(at, _)| picture.marks.get(at)?.days);
    let behind = || {
        let query = row.lines.as_ref()?.split_once('?')?.1;
        pairs(query).into_iter().find(|(name, _)| name == "to").and_then(|(_, to)| Day::parse(&to)).map(|to| (to, to))
    };
    let (from, to) = behind().or_else(marked)?;
    // a row of a day has its day in its name
    let daily = row.cells.first()?.words.split(' ').any(|word| word.parse::<u32>().is_ok_and(|n| n == to.civil().2));
    if from == to && daily { Some(Value::Day(to)) } else { Some(Value::Month(to.month_start())) }
}
