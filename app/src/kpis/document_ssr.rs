//! A view as a document: the slices its panels ask on screen, answered for whoever it is made for, drawn by the same panels.

use super::cells_ssr::content;
use super::csv;
use super::filters::{By, Filters, View as Looked};
pub use super::kept_ssr::{address, judged, pairs, words};
use super::kept_ssr::{filters_of, narrowed, room_of};
use super::overview::{Content, Room};
use super::panels_ssr;
use super::period::Period;
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
    let paper = Paper {
        company: company.name.clone(),
        title: title.unwrap_or(room.name).to_owned(),
        room: room.name.to_owned(),
        period: period(&filters, days),
        narrowed: narrowed(&filters),
        fresh: fresh(range, company.currency),
        made: made(now, caller, &company),
        currency: company.currency,
        tiles: Vec::new(),
        notes: Vec::new(),
        sections: Vec::new(),
        definitions: Vec::new(),
    };
    let mut composed = Composed { paper, tables: Vec::new() };
    let around = Around { view: &looked, company: &company, today, data: range.days, filters: (&filters, days) };
    match room.content {
        Content::Panels(_) => panels_ssr::compose(backend, caller, &mut composed, room, &around).await?,
        Content::Split => paper_ssr::compose(backend, caller, &mut composed, &around).await?,
        Content::Pipeline => {
            let chosen = filters.chosen(today, company.fiscal_start_month);
            composed.paper.period = chosen.map_or_else(|| Period::All.words().to_owned(), |days| period(&filters, days));
            let query = opportunities::room::query(chosen, |dimension| filters.label(dimension).map(str::to_owned));
            opportunities::ssr::paper::compose(backend, caller, &mut composed, query, &filters.pressed).await?;
            let segment =
                filters.segment.is_some().then(|| "The segment does not narrow opportunities: they are of every segment here.".to_owned());
            composed.paper.notes.extend(segment);
        }
    }
    Ok(composed)
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
        let text = match (self.tables.iter().find(|(id, _)| id == wanted), self.section(wanted)) {
            (Some((_, table)), _) => csv::text(table),
            (None, section) => {
                section.and_then(|section| section.content.as_ref().err()).map_or_else(String::new, |words| format!("{words}\r\n"))
            }
        };
        Ok(["\u{feff}", &text].concat().into_bytes())
    }

    /// Puts another table in the place of a section's as a file.
    pub fn keep(&mut self, id: &str, table: Table) {
        self.tables.retain(|(one, _)| one != id);
        self.tables.push((id.to_owned(), table));
    }

    fn section(&self, id: &str) -> Option<&Section> {
        self.paper.sections.iter().find(|section| section.id == id)
    }

    /// Rows of figures a file of this format has.
    #[must_use]
    pub fn rows(&self, format: Format, panel: Option<&str>) -> usize {
        let table = |id: &str| self.tables.iter().find(|(one, _)| one == id).map_or(0, |(_, table)| table.rows.len());
        match format {
            Format::Csv => panel.or(self.paper.sections.first().map(|section| section.id.as_str())).map_or(0, table),
            _ => self.paper.rows(),
        }
    }
}
