//! A document of figures: what it says is given by whoever asks the figures; here it is written as PDF or as a workbook, each number as it was given.

mod pdf;
mod xlsx;

pub use pdf::pdf;
pub use xlsx::xlsx;

use crate::Error;
use domain::Day;
use domain::money::Currency;

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Whose figures.
    pub company: String,
    /// The report's name.
    pub title: String,
    /// The room it shows.
    pub room: String,
    /// The days, in words.
    pub period: String,
    /// What it is narrowed by, in words; nothing for all.
    pub narrowed: Vec<String>,
    /// How fresh the figures are, and of which version of the data.
    pub fresh: String,
    /// When it was made and for whom.
    pub made: String,
    /// Amounts are in it.
    pub currency: Currency,
    /// Figures on top.
    pub tiles: Vec<Tile>,
    /// What must be said of all of it: that parts add up, what is left out.
    pub notes: Vec<String>,
    /// Charts with their tables.
    pub sections: Vec<Section>,
    /// What each figure is.
    pub definitions: Vec<(String, String)>,
}

/// A figure on top.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Cell,
    /// What it is compared with, in words.
    pub notes: Vec<String>,
}

/// A chart and its table.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its own among the sections.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Definition.
    pub says: String,
    /// What is in it, or the words that stand in its place.
    pub content: Result<Content, String>,
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The chart, where there is one to draw.
    pub chart: Option<Chart>,
    /// What each column holds, the first names the row.
    pub heads: Vec<String>,
    /// Rows, a cell for each head.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: for people, and as what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// For people; a dash for what is not known.
    pub words: String,
    /// As what it is.
    pub value: Value,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A name, whatever it begins with.
    Text,
    /// Not known.
    Unknown,
    /// An amount in minor units.
    Money(i64),
    /// A share in tenths of a percent.
    Share(i64),
    /// Units in thousandths.
    Units(i64),
    /// A number of things.
    Count(i64),
    /// A day.
    Day(Day),
    /// A month, by its first day.
    Month(Day),
}

impl Value {
    const fn is_number(&self) -> bool {
        matches!(self, Self::Unknown | Self::Money(_) | Self::Share(_) | Self::Units(_) | Self::Count(_))
    }
}

/// What is drawn: the same values as in the chart on screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Bars that lie, the first on top.
    Ranking {
        /// A name for each.
        names: Vec<String>,
        /// A value for each.
        values: Vec<Option<f64>>,
        /// Whether they count percent.
        percent: bool,
    },
    /// Series over the same columns.
    Columns {
        /// A name for each column.
        names: Vec<String>,
        /// The series.
        series: Vec<Series>,
        /// Whether the first axis counts percent.
        percent: bool,
    },
    /// Cells of two keys.
    Heat {
        /// Columns.
        across: Vec<String>,
        /// Rows, the first on top.
        down: Vec<String>,
        /// Column, row and value.
        cells: Vec<(usize, usize, f64)>,
    },
    /// Parts that stand beside each other, each from where the one before ended, and what they come to.
    Fall {
        /// A name for each part.
        names: Vec<String>,
        /// The parts.
        parts: Vec<Part>,
    },
}

/// Where a part of a fall stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Which way it goes.
    pub goes: Goes,
}

/// Which way a part goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// Up from where the one before ended.
    Up,
    /// Down from there.
    Down,
    /// From nought to where the last one ended: all of them together.
    All,
}

/// A series over the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A value for each column.
    pub values: Vec<Option<f64>>,
    /// Its place in the row of colours.
    pub color: usize,
    /// How it is drawn.
    pub drawn: Drawn,
    /// Whether it has the axis of percent on the right.
    pub share: bool,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Bars that stand.
    Bars,
    /// A line.
    Line,
    /// A line over the space below it.
    Area,
    /// A dashed line.
    Dashes,
}

/// Writes a document off the threads that answer requests: as a workbook, or for paper.
///
/// # Errors
/// See [`pdf`] and [`xlsx`].
pub async fn write(paper: Paper, workbook: bool) -> Result<Vec<u8>, Error> {
    let write = move || if workbook { xlsx(&paper) } else { pdf(&paper) };
    tokio::task::spawn_blocking(write).await.map_err(Error::internal)?
}

impl Paper {
    /// All its words that come from data.
    fn words(&self) -> impl Iterator<Item = &str> {
        let contents = self.sections.iter().filter_map(|section| section.content.as_ref().ok());
        let rows = contents.flat_map(|content| content.rows.iter().flatten()).map(|cell| cell.words.as_str());
        let heads = [&self.company, &self.title, &self.made].into_iter().chain(&self.narrowed).map(String::as_str);
        heads.chain(rows)
    }

    /// Rows of figures in it.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.sections.iter().filter_map(|section| section.content.as_ref().ok()).map(|content| content.rows.len()).sum()
    }
}
