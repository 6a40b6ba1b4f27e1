//! A view as a document: the slices its panels ask on screen, answered for whoever it is made for, drawn by the same panels.

use super::cells_ssr::content;
pub use super::filters::pairs;
use super::filters::{By, Filters, NARROWED, View as Looked};
pub use super::kept_ssr::{address, judged, marked, words};
use super::kept_ssr::{filters_of, narrowed, room_of};
use super::overview::{Content, Room};
use super::panels_ssr;
use super::period::Period;
use super::pick::Pick;
use super::sheets_ssr;
use super::table::Table;
use super::why::paper_ssr;
use crate::opportunities;
use backend::reports::paper::{self, Chart, Paper, Section};
use backend::{Backend, Error, kpis};
use domain::company::Company;
use domain::money::{Currency, grouped};
use domain::people::Caller;
use domain::reports::{Format, View};
use domain::{Day, Instant};

/// Times a document is begun anew because data came in meanwhile.
const TURNS: usize = 3;

/// A document that can be written.
pub struct Composed {
    /// Everything but the tables as files.
    pub paper: Paper,
    tables: Vec<(String, Table)>,
    first_is_all: bool,
}

/// What every room of a document is composed with.
pub struct Around<'a> {
    /// What is looked at.
    pub view: &'a Looked,
    /// Settings.
    pub company: &'a Company,
    /// The business day.
    pub today: Day,
    /// The first and the last day with data.
    pub data: Option<(Day, Day)>,
    /// The filters of the view, and its days.
    pub filters: (&'a Filters, (Day, Day)),
}

/// Which document: the view and the name it has, where it has one, and the marks that narrow it further.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// A report's name.
    pub title: Option<&'a str>,
    /// What it shows.
    pub view: &'a View,
    /// Marks that were pressed.
    pub marks: &'a [Pick],
}

/// Asks everything a view shows, as `caller` sees it, all of it of one version of the data.
///
/// # Errors
/// `Rejected` for a room that is gone; when the database fails.
pub async fn compose(backend: &Backend, caller: &Caller, wanted: Wanted<'_>) -> Result<Composed, Error> {
    let view = wanted.view;
    let room = room_of(view).ok_or_else(|| Error::rejected("room", "unknown", "The room this report shows is no longer there."))?;
    let mut turn = 0;
    loop {
        let range = kpis::range(backend, caller).await?;
        let composed = once(backend, caller, wanted, room, range).await?;
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
    Wanted { title, view, marks }: Wanted<'_>,
    room: &'static Room,
    range: kpis::Range,
) -> Result<Composed, Error> {
    let (company, now) = (backend.company().await?, backend.now());
    let (today, filters) = (company.zone.day_of(now), filters_of(view));
    let days = filters.within(today, company.fiscal_start_month, range.days);
    let end = filters.end(today, company.fiscal_start_month, days.1);
    let looked = Looked::of("", days, &filters, marks, By::parse(&view.by));
    // what a mark narrows is over
    let looked = if looked.days == days { Looked { end, ..looked } } else { looked };
    let paper = Paper {
        company: company.name.clone(),
        title: title.unwrap_or(room.name).to_owned(),
        room: room.name.to_owned(),
        period: period(&filters, days),
        narrowed: narrowed(&filters).into_iter().chain(marks.iter().map(said)).collect(),
        fresh: fresh(range, company.currency),
        made: made(now, caller, &company),
        currency: company.currency,
        tiles: Vec::new(),
        notes: Vec::new(),
        sections: Vec::new(),
        definitions: Vec::new(),
    };
    let mut composed = Composed { paper, tables: Vec::new(), first_is_all: false };
    let around = Around { view: &looked, company: &company, today, data: range.days, filters: (&filters, days) };
    match room.content {
        Content::Panels(_) => panels_ssr::compose(backend, caller, &mut composed, room, &around).await?,
        Content::Split => paper_ssr::compose(backend, caller, &mut composed, &around).await?,
        Content::Pipeline => {
            let chosen = filters.chosen(today, company.fiscal_start_month);
            composed.paper.period = chosen.map_or_else(|| Period::All.words().to_owned(), |days| period(&filters, days));
            let query = opportunities::room::query(&looked, days, chosen);
            composed.paper.notes.extend(opportunities::room::not_held(&looked).map(str::to_owned));
            opportunities::ssr::paper::compose(backend, caller, &mut composed, query, &filters.pressed).await?;
        }
    }
    Ok(composed)
}

/// A mark in words: what it is of, and its names.
fn said(pick: &Pick) -> String {
    let name = NARROWED.iter().find(|(dimension, ..)| dimension.code() == pick.panel).map_or("Days", |(_, name, _)| *name);
    [name, ": ", &pick.words()].concat()
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

impl Composed {
    /// Adds a section with its table as a file, where it has one.
    pub fn add(&mut self, section: Section, table: Option<Table>) {
        self.tables.extend(table.map(|table| (section.id.clone(), table)));
        self.paper.sections.push(section);
    }

    /// Adds a chart with its table, or the words that stand in their place.
    pub fn add_drawn(&mut self, id: &str, (title, says): (&str, &str), drawn: Result<(Option<Chart>, Table), String>) {
        let currency = self.paper.currency;
        let (content, table) = match drawn {
            Ok((chart, table)) => (Ok(content(chart, &table, currency)), Some(table)),
            Err(words) => (Err(words), None),
        };
        self.add(Section { id: id.to_owned(), title: title.to_owned(), says: says.to_owned(), content }, table);
    }

    /// Writes it, or one chart of it by its panel.
    ///
    /// # Errors
    /// `Rejected` for a panel that is not in it.
    pub async fn write(&self, format: Format, panel: Option<&str>) -> Result<Vec<u8>, Error> {
        match (format, panel) {
            (Format::Csv, None) => Ok(["\u{feff}", &sheets_ssr::whole(self)].concat().into_bytes()),
            (Format::Csv, Some(panel)) => Ok(["\u{feff}", &sheets_ssr::alone(self, self.section(panel)?)].concat().into_bytes()),
            (_, None) => paper::write(self.paper.clone(), format == Format::Xlsx).await,
            (_, Some(panel)) => paper::write(self.alone(self.section(panel)?), format == Format::Xlsx).await,
        }
    }

    /// One chart with what is said of it and of the whole.
    fn alone(&self, section: &Section) -> Paper {
        let said = [(section.title.clone(), section.says.clone())];
        let definitions = said.into_iter().filter(|(_, says)| !says.is_empty()).collect();
        Paper { title: section.title.clone(), tiles: Vec::new(), sections: vec![section.clone()], definitions, ..self.paper.clone() }
    }

    /// The sections a CSV file of the whole has: where the first table has all there is, only that.
    pub fn in_csv(&self) -> &[Section] {
        let all = &self.paper.sections;
        if self.first_is_all { all.get(..1).unwrap_or_default() } else { all }
    }

    /// The table of a section as a file.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|(one, _)| one == id).map(|(_, table)| table)
    }

    /// The name of the whole, or of one chart of it.
    #[must_use]
    pub fn title(&self, panel: Option<&str>) -> &str {
        let alone = panel.and_then(|panel| self.section(panel).ok());
        alone.map_or(&self.paper.title, |section| &section.title)
    }

    /// Puts another table in the place of the first section's as a file: one that has all that the other sections say.
    pub fn keep(&mut self, id: &str, table: Table) {
        self.tables.retain(|(one, _)| one != id);
        self.tables.push((id.to_owned(), table));
        self.first_is_all = true;
    }

    fn section(&self, id: &str) -> Result<&Section, Error> {
        let ids = || self.paper.sections.iter().map(|section| section.id.as_str()).collect::<Vec<_>>().join(", ");
        let unknown = || Error::rejected("panel", "unknown", format!("Write one of {}.", ids()));
        self.paper.sections.iter().find(|section| section.id == id).ok_or_else(unknown)
    }

    /// Rows of figures a file of this format has.
    #[must_use]
    pub fn rows(&self, format: Format, panel: Option<&str>) -> usize {
        let table = |id: &str| self.table(id).map_or(0, |table| table.rows.len());
        match (format, panel) {
            (Format::Csv, None) => self.in_csv().iter().map(|section| table(&section.id)).sum(),
            (_, panel) => panel.map_or_else(|| self.paper.rows(), table),
        }
    }
}
