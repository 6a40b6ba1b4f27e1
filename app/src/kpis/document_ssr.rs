//! A view as a document: the slices its panels ask on screen, answered for whoever it is made for, drawn by the same panels.

use super::chart_ssr::chart;
use super::csv;
use super::filters::{By, Filters, View as Looked};
pub use super::kept_ssr::{address, judged, words};
use super::kept_ssr::{filters_of, narrowed, pairs, room_of};
use super::overview::Room;
use super::panel::{NONE, Panel, Picture, Seen};
use super::period::Period;
use super::table::{Row, Table};
use super::tiles;
use backend::reports::paper::{self, Cell, Content, Paper, Section, Tile, Value};
use backend::{Backend, Error, kpis, targets};
use domain::company::Company;
use domain::cube::Dimension;
use domain::measures::{GROSS_PROFIT, MARGIN, NET_SALES, RETURNS_RATE, Totals, percent};
use domain::money::{Currency, grouped};
use domain::people::Caller;
use domain::reports::{Format, View};
use domain::targets::RepPlan;
use domain::{Day, Instant};

/// Times a document is begun anew because data came in meanwhile.
const TURNS: usize = 3;

/// A document that can be written.
pub struct Composed {
    /// Everything but the tables as files.
    pub paper: Paper,
    tables: Vec<(&'static str, Table)>,
}

/// Asks everything a view shows, as `caller` sees it, all of it of one version of the data.
///
/// # Errors
/// `Rejected` for a room that is gone; when the database fails.
pub async fn compose(backend: &Backend, caller: &Caller, title: Option<&str>, view: &View) -> Result<Composed, Error> {
    let room = room_of(view).ok_or_else(|| Error::rejected("room", "unknown", "The room this report shows is no longer there."))?;
    let mut turn = 0;
    loop {
        let range = kpis::range(backend, caller).await?;
        let composed = once(backend, caller, (title, view), room, range).await?;
        turn += 1;
        // what came in meanwhile is in some of the tables and not in others
        if turn == TURNS || kpis::range(backend, caller).await?.version == range.version {
            return Ok(composed);
        }
    }
}

async fn once(
    backend: &Backend,
    caller: &Caller,
    (title, view): (Option<&str>, &View),
    room: &'static Room,
    range: kpis::Range,
) -> Result<Composed, Error> {
    let (company, now) = (backend.company().await?, backend.now());
    let (today, filters) = (company.zone.day_of(now), filters_of(view));
    let days = filters.within(today, company.fiscal_start_month, range.days);
    let end = filters.end(today, company.fiscal_start_month, days.1);
    let looked = Looked { end, ..Looked::of("", days, &filters, &[], By::parse(&view.by)) };
    let plans = targets::plans(backend, caller).await?;
    let mut paper = Paper {
        company: company.name.clone(),
        title: title.unwrap_or(room.name).to_owned(),
        room: room.name.to_owned(),
        period: period(&filters, days),
        narrowed: narrowed(&filters),
        fresh: fresh(range, company.currency),
        made: made(now, caller, &company),
        currency: company.currency,
        tiles: Vec::new(),
        sections: Vec::new(),
        definitions: Vec::new(),
    };
    if room.has_tiles() {
        let answers = kpis::slices(backend, caller, tiles::ask(&looked)).await?;
        paper.tiles = top(&answers, &looked, range.days, company.currency);
        paper.definitions = tiles::TILES.iter().map(|tile| (tile.name.to_owned(), tile.says.to_owned())).collect();
    } else {
        let said = [("Net sales", NET_SALES), ("Gross profit", GROSS_PROFIT), ("Margin", MARGIN), ("Returns rate", RETURNS_RATE)];
        paper.definitions = said.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec();
    }
    let mut tables = Vec::new();
    let around = Around { view: &looked, company: &company, today, data: range.days, plans: &plans, filters: (&filters, days) };
    for panel in room.panels(caller.has_book()) {
        let drawn = draw(backend, caller, panel, &around).await?;
        let says = if panel.says.is_empty() { looked.by.of(panel.dimension).says() } else { panel.says };
        let content = match drawn {
            Ok(picture) => {
                let content = content(panel, &picture, company.currency);
                tables.push((panel.id, picture.table));
                Ok(content)
            }
            Err(words) => Err(words),
        };
        paper.sections.push(Section { id: panel.id.to_owned(), title: panel.title.to_owned(), says: says.to_owned(), content });
    }
    Ok(Composed { paper, tables })
}

/// What every panel of a document is drawn with.
struct Around<'a> {
    view: &'a Looked,
    company: &'a Company,
    today: Day,
    data: Option<(Day, Day)>,
    plans: &'a [RepPlan],
    filters: (&'a Filters, (Day, Day)),
}

/// A panel as on screen; what cannot be answered leaves the others standing.
async fn draw(
    backend: &Backend,
    caller: &Caller,
    panel: &'static Panel,
    &Around { view, company, today, data, plans, filters }: &Around<'_>,
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

fn period(filters: &Filters, (from, to): (Day, Day)) -> String {
    let days = [&from.long(Day(0)), " – ", &to.long(Day(0))].concat();
    match (filters.period, filters.days) {
        (None, Some(_)) => days,
        (period, _) => [period.unwrap_or(Period::FiscalYear).words(), " (", &days, ")"].concat(),
    }
}

fn fresh(range: kpis::Range, currency: Currency) -> String {
    match range.days {
        Some((_, to)) => {
            format!("Data to {}, version {} · amounts in {}", to.long(Day(0)), grouped(range.version.unsigned_abs()), currency.code())
        }
        None => "No sales have been brought in yet".to_owned(),
    }
}

fn made(now: Instant, caller: &Caller, company: &Company) -> String {
    format!("Made on {} at {} for {}, of what they see", company.zone.day_of(now).long(Day(0)), company.zone.clock(now), caller.name)
}

fn top(answers: &[domain::cube::Answer], view: &Looked, data: Option<(Day, Day)>, currency: Currency) -> Vec<Tile> {
    let Some(now) = answers.first().and_then(Totals::of_all) else { return Vec::new() };
    let compared = tiles::compared(answers, view, data);
    let tile = |tile: &tiles::Tile| {
        let value = (tile.of)(&now);
        let kept = value.map_or(Value::Unknown, |n| match tile.kind {
            tiles::Kind::Money => Value::Money(n),
            tiles::Kind::Units => Value::Units(n),
            tiles::Kind::Share => Value::Share(n),
        });
        let mut notes = Vec::new();
        for (then, _, words) in &compared {
            let then = then.as_ref().and_then(|totals| (tile.of)(totals));
            let moved = value.zip(then).and_then(|(now, then)| Some((now > then, tiles::moved(tile.kind, now, then)?)));
            notes.push(moved.map_or_else(|| format!("– {words}"), |(more, by)| format!("{}{by} {words}", if more { "+" } else { "" })));
        }
        let covered = now.coverage().filter(|_| tile.says == GROSS_PROFIT);
        notes.extend(covered.map(|tenths| format!("cost known for {} of net sales", percent(tenths))));
        Tile { name: tile.name.to_owned(), value: Cell { words: tiles::written(tile.kind, value, currency), value: kept }, notes }
    };
    tiles::TILES.iter().map(tile).collect()
}

fn content(panel: &Panel, picture: &Picture, currency: Currency) -> Content {
    let row = |row: &Row| {
        let mut cells: Vec<Cell> = row.cells.iter().map(|one| cell(one, currency)).collect();
        if let (Some(first), Some(value)) = (cells.first_mut(), on(panel, picture, row)) {
            first.value = value;
        }
        cells
    };
    Content {
        chart: chart(&picture.option),
        heads: picture.table.heads.iter().map(|head| (*head).to_owned()).collect(),
        rows: picture.table.rows.iter().map(row).collect(),
    }
}

/// The day or the month of a row over time: of its mark, or the last day of the lines behind it.
fn on(panel: &Panel, picture: &Picture, row: &Row) -> Option<Value> {
    if !matches!(panel.dimension, Dimension::Day | Dimension::Month) {
        return None;
    }
    let marked = row.mark.and_then(|(at, _)| picture.marks.get(at)?.days);
    let behind = || {
        let query = row.lines.as_ref()?.split_once('?')?.1;
        pairs(query).into_iter().find(|(name, _)| name == "to").and_then(|(_, to)| Day::parse(&to)).map(|to| (to, to))
    };
    let (from, to) = marked.or_else(behind)?;
    // a row of a day has its day in its name
    let daily = row.cells.first()?.words.split(' ').any(|word| word.parse::<u32>().is_ok_and(|n| n == to.civil().2));
    if from == to && daily { Some(Value::Day(to)) } else { Some(Value::Month(to.month_start())) }
}

/// A cell of the screen as what it is.
fn cell(cell: &super::table::Cell, currency: Currency) -> Cell {
    if !cell.number {
        return Cell { words: cell.plain.clone(), value: Value::Text };
    }
    let Ok(parts) = cell.plain.replace('.', "").parse::<i64>() else { return Cell { words: cell.words.clone(), value: Value::Unknown } };
    if cell.words.starts_with(currency.code()) {
        return Cell { words: amount(parts, currency.digits()), value: Value::Money(parts) };
    }
    let value = match (cell.words.ends_with('%'), cell.plain.contains('.')) {
        (true, _) => Value::Share(parts),
        (false, true) => Value::Units(parts),
        (false, false) => Value::Count(parts),
    };
    Cell { words: cell.words.clone(), value }
}

/// `1,234.50`: in a column all have their decimals, so that they stand under each other.
fn amount(minor: i64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let part = if digits == 0 { String::new() } else { format!(".{part:0width$}", width = digits as usize) };
    [if minor < 0 { "−" } else { "" }, &grouped(whole), &part].concat()
}

impl Composed {
    /// Writes it; `panel` chooses the table of a CSV file, which is the first where none is named.
    ///
    /// # Errors
    /// `Rejected` for a table that is not in it.
    pub async fn write(&self, format: Format, panel: Option<&str>) -> Result<Vec<u8>, Error> {
        match format {
            Format::Csv => self.csv(panel),
            _ => paper::write(self.paper.clone(), format == Format::Xlsx).await,
        }
    }

    fn csv(&self, panel: Option<&str>) -> Result<Vec<u8>, Error> {
        let ids: Vec<&str> = self.paper.sections.iter().map(|section| section.id.as_str()).collect();
        let wanted = panel.or(ids.first().copied()).unwrap_or_default();
        if !ids.contains(&wanted) {
            return Err(Error::rejected("panel", "unknown", format!("Write one of {}.", ids.join(", "))));
        }
        let text = match self.tables.iter().find(|(id, _)| *id == wanted) {
            Some((_, table)) => csv::text(table),
            None => format!("{NONE}\r\n"),
        };
        Ok(["\u{feff}", &text].concat().into_bytes())
    }

    /// Rows of figures a file of this format has.
    #[must_use]
    pub fn rows(&self, format: Format, panel: Option<&str>) -> usize {
        let table = |id: &str| self.tables.iter().find(|(one, _)| *one == id).map_or(0, |(_, table)| table.rows.len());
        match format {
            Format::Csv => panel.or(self.paper.sections.first().map(|section| section.id.as_str())).map_or(0, table),
            _ => self.paper.rows(),
        }
    }
}
