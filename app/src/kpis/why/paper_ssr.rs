//! A split as a document: the figure then and now, the waterfall and its causes, who and what makes each of them, and that all of it adds up.

use super::draw::{adds_up, fall, signed, spans};
use super::{Asked, is_something};
use crate::kpis::chart_ssr::chart;
use crate::kpis::document_ssr::{Around, Composed};
use crate::kpis::marks::nameless;
use crate::kpis::panel::NONE;
use crate::kpis::table::{Cell, Row, Table};
use crate::kpis::tiles;
use backend::reports::paper::{Cell as Shown, Tile, Value};
use backend::{Backend, Error, kpis};
use domain::Day;
use domain::cube::Dimension;
use domain::measures::{GROSS_PROFIT, NET_SALES, change, percent, tenths};
use domain::money::Currency;
use domain::movement::{Effect, Measure, Movement, Names, Span};
use domain::people::Caller;
use domain::reports::file_name;

/// The waterfall, its own among the sections.
const CAUSES: &str = "why";
const TITLE: &str = "Causes of the change";

/// Everything the room shows, or the words that stand in its place.
///
/// # Errors
/// When the database fails.
pub async fn compose(backend: &Backend, caller: &Caller, composed: &mut Composed, around: &Around<'_>) -> Result<(), Error> {
    let asked = Asked { view: around.view.clone(), compared: around.filters.0.compared };
    composed.paper.period += &[", against ", &tiles::span(asked.before(), Day(0))].concat();
    composed.paper.definitions = defined(asked.compared.measure);
    let says = spans(&asked, Day(0));
    match split(backend, caller, &asked, around.data).await? {
        Ok(movement) => show(composed, &movement, &says),
        Err(words) => composed.add_drawn(CAUSES, (TITLE, &says), Err(words)),
    }
    Ok(())
}

async fn split(backend: &Backend, caller: &Caller, asked: &Asked, data: Option<(Day, Day)>) -> Result<Result<Movement, String>, Error> {
    let question = match asked.question(data) {
        Ok(question) => question,
        Err(words) => return Ok(Err(words)),
    };
    match kpis::movement(backend, caller, question).await.map_err(Error::from) {
        Ok(movement) if is_something(&movement) => Ok(Ok(movement)),
        Ok(_) => Ok(Err([NONE, "."].concat())),
        Err(Error::Rejected(wrong)) => Ok(Err(wrong.to_string())),
        Err(error) => Err(error),
    }
}

fn defined(measure: Measure) -> Vec<(String, String)> {
    let says = if measure == Measure::GrossProfit { GROSS_PROFIT } else { NET_SALES };
    vec![(measure.name().to_owned(), says.to_owned())]
}

fn show(composed: &mut Composed, movement: &Movement, says: &str) {
    let currency = composed.paper.currency;
    composed.paper.tiles = top(movement, currency);
    composed.paper.notes.push(adds_up(movement, currency));
    let causes = movement.effects.iter().map(|effect| (effect.cause.name().to_owned(), effect.cause.says().to_owned()));
    composed.paper.definitions.extend(causes);
    composed.add_drawn(CAUSES, (TITLE, says), Ok((chart(&fall(movement, None, currency).option), causes_of(movement, currency))));
    composed.keep(CAUSES, all(movement, currency));
    for effect in &movement.effects {
        let id = [CAUSES, "-", &file_name(effect.cause.name())].concat();
        let part = [&signed(effect.amount, currency), " of the change of ", &signed(movement.change, currency), "."].concat();
        composed.add_drawn(&id, (effect.cause.name(), &part), names_of(effect, currency).map(|table| (None, table)));
    }
}

/// The figure before and now, and what lies between them.
fn top(movement: &Movement, currency: Currency) -> Vec<Tile> {
    let cell = |minor: Option<i64>| {
        let value = minor.map_or(Value::Unknown, Value::Money);
        Shown { words: minor.map_or_else(|| "–".to_owned(), |minor| currency.words(minor)), value }
    };
    let of = |word: &str, span: &Span| {
        let covered = tenths(span.known_net, span.net_sales).filter(|_| movement.measure == Measure::GrossProfit);
        let covered = covered.map(|tenths| ["cost known for ", &percent(tenths), " of net sales"].concat());
        let notes = [tiles::span((span.from, span.to), Day(0))].into_iter().chain(covered).collect();
        Tile { name: [movement.measure.name(), " ", word].concat(), value: cell(span.figure), notes }
    };
    let share = change(movement.now.figure.unwrap_or(0), movement.before.figure.unwrap_or(0));
    let notes = share.map(|share| [if share > 0 { "+" } else { "" }, &percent(share)].concat()).into_iter().collect();
    let moved = Shown { words: signed(movement.change, currency), value: Value::Money(movement.change) };
    vec![of("before", &movement.before), of("now", &movement.now), Tile { name: "Change".to_owned(), value: moved, notes }]
}

/// An amount with its sign.
fn part(minor: i64, currency: Currency) -> Cell {
    Cell { words: signed(minor, currency), ..Cell::money(Some(minor), currency) }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { mark: None, lines: None, why: None, cells }
}

/// Each cause, and the change that they are together.
fn causes_of(movement: &Movement, currency: Currency) -> Table {
    let causes = movement.effects.iter().map(|effect| (effect.cause.name(), effect.amount)).chain([("Change", movement.change)]);
    let rows = causes.map(|(name, amount)| row(vec![Cell::name(name), part(amount, currency)])).collect();
    Table { heads: vec!["Cause", "Part"], rows }
}

/// Who and what makes a cause: what it is, its name, its part.
fn makers(effect: &Effect) -> Vec<(&'static str, String, i64)> {
    let of = |(kind, dimension, names): (&'static str, Dimension, &Names)| {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| nameless(dimension).to_owned());
        let mut all: Vec<_> = names.top.iter().map(|named| (kind, name(&named.name), named.amount)).collect();
        if names.others_count > 0 {
            let count = Cell::count(names.others_count as i64).words;
            all.push((kind, ["and ", &count, if names.others_count == 1 { " other" } else { " others" }].concat(), names.others));
        }
        all
    };
    let kinds = [("Customer", Dimension::Customer, &effect.customers), ("Product", Dimension::Product, &effect.products)];
    kinds.into_iter().flat_map(of).collect()
}

fn names_of(effect: &Effect, currency: Currency) -> Result<Table, String> {
    let makers = makers(effect).into_iter();
    let rows: Vec<Row> =
        makers.map(|(kind, name, amount)| row(vec![Cell::name(&name), Cell::name(kind), part(amount, currency)])).collect();
    if rows.is_empty() { Err("Nobody has part in it.".to_owned()) } else { Ok(Table { heads: vec!["Name", "Kind", "Part"], rows }) }
}

/// All of it in one table, for a file that has no more: causes, names, and the change.
fn all(movement: &Movement, currency: Currency) -> Table {
    let line = |cause: &str, kind: &str, name: &str, amount| {
        row(vec![Cell::name(cause), Cell::name(kind), Cell::name(name), part(amount, currency)])
    };
    let mut rows = Vec::new();
    for effect in &movement.effects {
        let cause = effect.cause.name();
        rows.push(line(cause, "", "", effect.amount));
        rows.extend(makers(effect).iter().map(|(kind, name, amount)| line(cause, kind, name, *amount)));
    }
    rows.push(line("Change", "", "", movement.change));
    Table { heads: vec!["Cause", "Kind", "Name", "Part"], rows }
}
