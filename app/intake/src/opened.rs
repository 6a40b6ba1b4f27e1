//! A file that can be read: its encoding and columns first, then its mapping, settled before any row is judged.

use crate::layout::Layout;
use crate::mapping::cells::Cells;
use crate::mapping::written::FieldSpec;
use crate::mapping::{Bound, JoinTable, Mapping, Replaces};
use crate::rows::{Rows, Shape};
use crate::source::{Input, Survey};
use crate::{Delimiter, Doubts, Kind, Recognised, Reject, Row, SheetRead, amounts, shape, told, worth};
use domain::Rejections;
use domain::calendar::Zone;
use std::io::Read;
use std::sync::Arc;

/// A file whose columns are known.
#[derive(Clone)]
pub struct Found {
    input: Input,
    survey: Survey,
    shape: Shape,
    limit: u64,
}

/// What is said of a file beside its mapping, and comes before the mapping's word.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The system it comes from.
    pub source: Option<String>,
    /// Of sales, what it replaces.
    pub replaces: Option<Replaces>,
}

/// A file that can be read, and what its columns mean.
#[derive(Clone)]
pub struct Opened {
    /// The mapping, bound to the file's columns.
    pub bound: Arc<Bound>,
    /// The mapping as it was given, or recognised.
    pub mapping: Mapping,
    /// The file.
    pub found: Found,
}

impl Found {
    /// Reads the file once, as `mapping` says where there is one: its hash, encoding, columns.
    ///
    /// # Errors
    /// A file that cannot be read, or is none with rows and columns; one the mapping puts beside it that is not there.
    pub fn find(input: Input, mapping: Option<&Mapping>, limit: u64) -> Result<Self, Rejections> {
        let input = input.unfolded(mapping, limit)?;
        let survey = input.survey(mapping, limit)?;
        let joins: &[JoinTable] = mapping.map_or(&[], |m| &m.join);
        let shape = Shape::find(&input, &survey, joins, limit)?;
        Ok(Self { input, survey, shape, limit })
    }

    /// The mapping as it was given, with what it leaves open read from the file: where columns are named, what stands between cells, and, where it has no
    /// fields, those the columns' names suggest with how the rows write days.
    ///
    /// # Errors
    /// A file that cannot be read on.
    pub fn completed(&self, kind: Kind, mapping: Option<Mapping>) -> Result<Mapping, Rejections> {
        let mut mapping = mapping.unwrap_or_default();
        if mapping.fields.is_empty() {
            mapping = self.held_against(kind, mapping.or_fields_of(Mapping::guess(kind, &self.shape.names)))?;
            mapping = told::days(mapping, kind, self)?.0;
        } else if !mapping.says_amount(kind) {
            mapping.amounts_differ = self.differ(kind)?.is_some_and(|(_, differ)| differ);
        }
        mapping = shape::amounts(mapping, kind, self)?;
        let Layout { delimiter, above, names } = &self.survey.layout;
        if *delimiter == Delimiter::Spaces {
            mapping.delimiter = Some(*delimiter);
        }
        if *above > 0 && names.is_none() {
            mapping.header_row = Some(above + 1);
        }
        Ok(mapping)
    }

    /// A mapping that was recognised, with the amount its quantities and prices prove, and without one they contradict.
    fn held_against(&self, kind: Kind, mut mapping: Mapping) -> Result<Mapping, Rejections> {
        match self.differ(kind)? {
            Some((_, true)) => {
                mapping.fields.remove("amount");
                mapping.amounts_differ = true;
            }
            Some((column, false)) if !mapping.says_amount(kind) => drop(mapping.fields.insert("amount".to_owned(), column)),
            _ => {}
        }
        Ok(mapping)
    }

    /// The only column that may be the amount, and whether it differs from what quantities and prices come to.
    fn differ(&self, kind: Kind) -> Result<Option<(FieldSpec, bool)>, Rejections> {
        let Some(rivals) = amounts::rivals(kind, self.names()) else { return Ok(None) };
        Ok(worth::agrees(&rivals, self)?.map(|agrees| (rivals.column, !agrees)))
    }

    /// Finds a mapping's columns.
    ///
    /// # Errors
    /// Everything that keeps the mapping from being used, with what to write; lines of a file beside the rows that cannot be used.
    pub fn bind(self, kind: Kind, mapping: &Mapping) -> Result<Opened, Rejections> {
        let bound = mapping.bind(kind, &self.shape.names, kind.code()).map_err(|wrong| self.of_sheet(wrong))?;
        let bound = Arc::new(bound.in_zone(self.input.zone()));
        self.shape.sound()?;
        Ok(Opened { bound, mapping: mapping.clone(), found: self })
    }

    /// With the sheet in which columns are missing, where a workbook has others.
    fn of_sheet(&self, mut wrong: Rejections) -> Rejections {
        if let Some(words) = self.sheet().filter(|_| missing(&wrong)).and_then(SheetRead::instead) {
            wrong.add("mapping", "other_sheet", words);
        }
        wrong
    }

    /// The first other sheet of a workbook whose columns are recognised, and a mapping that names it; where those of this one are, none.
    pub(crate) fn rather(&self, kind: Kind) -> Option<(Self, Mapping)> {
        let recognised = |found: &Self, mapping: &Mapping| {
            let bound = mapping.clone().or_fields_of(Mapping::guess(kind, found.names())).bind(kind, found.names(), kind.code());
            bound.err().is_none_or(|wrong| !missing(&wrong))
        };
        if recognised(self, &Mapping::default()) {
            return None;
        }
        self.sheet()?.others.iter().find_map(|name| {
            let mapping = Mapping { sheet: Some(name.clone()), ..Mapping::default() };
            // one that cannot be read is none to choose unasked
            let found = Self::find(self.input.clone(), Some(&mapping), self.limit).ok()?;
            recognised(&found, &mapping).then_some((found, mapping))
        })
    }

    /// Every line of the files beside it that cannot be used.
    pub fn spoilt(&self) -> impl Iterator<Item = &Reject> {
        self.shape.spoilt()
    }

    /// The rows below the names of the columns.
    ///
    /// # Errors
    /// A file that cannot be opened any more.
    pub fn rows(&self) -> Result<Rows, Rejections> {
        self.shape.open(&self.input, &self.survey, self.limit)
    }

    /// The names of its columns, those of joined files last.
    #[must_use]
    pub fn names(&self) -> &csv::StringRecord {
        &self.shape.names
    }

    /// How its bytes are read.
    #[must_use]
    pub fn encoding(&self) -> Recognised {
        self.survey.recognised
    }

    /// The company's time zone, where it is known.
    pub(crate) fn zone(&self) -> Option<&Arc<Zone>> {
        self.input.zone()
    }

    /// Of a workbook, which sheet is read.
    #[must_use]
    pub fn sheet(&self) -> Option<&SheetRead> {
        self.input.sheet()
    }

    /// What stands between two cells.
    #[must_use]
    pub fn delimiter(&self) -> Delimiter {
        self.survey.layout.delimiter
    }

    /// The line that names the columns; none where the mapping names them.
    #[must_use]
    pub fn header_row(&self) -> Option<u64> {
        let Layout { above, names, .. } = &self.survey.layout;
        names.is_none().then_some(above + 1)
    }

    /// The file as it came.
    ///
    /// # Errors
    /// When it cannot be opened any more.
    pub fn raw(&self) -> Result<Box<dyn Read + Send>, Rejections> {
        self.input.raw()
    }

    /// The file's name.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.input.file_name()
    }

    /// SHA-256 of the file as it came, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        self.survey.sha256.iter().map(|b| format!("{b:02x}")).collect()
    }
}

impl Opened {
    /// Reads the file once, finds its columns. Without a mapping they are recognised by their names.
    ///
    /// # Errors
    /// When file or mapping cannot be used, with what to do.
    pub fn open(kind: Kind, input: Input, mapping: Option<Mapping>, limit: u64) -> Result<Self, Rejections> {
        Self::settle(Told::default(), kind, Found::find(input, mapping.as_ref(), limit)?, mapping)
    }

    /// Settles what the columns of a file that was found mean.
    ///
    /// # Errors
    /// As [`Opened::open`].
    pub fn settle(told: Told, kind: Kind, found: Found, mapping: Option<Mapping>) -> Result<Self, Rejections> {
        let mut mapping = found.completed(kind, mapping)?;
        mapping.replaces = told.replaces.or(mapping.replaces);
        mapping.source = told.source.or(mapping.source);
        found.bind(kind, &mapping)
    }

    /// The rows below the names of the columns.
    ///
    /// # Errors
    /// A file that cannot be opened any more.
    pub fn rows(&self) -> Result<Rows, Rejections> {
        self.found.rows()
    }

    /// Reads all amounts once, to tell what a point in them means.
    ///
    /// # Errors
    /// Columns of which it cannot be told; a file that cannot be read on.
    pub fn settled(&self, kind: Kind) -> Result<(), Rejections> {
        if kind.money().is_empty() {
            return Ok(());
        }
        let (mut doubts, mut rows, mut row) = (Doubts::of(kind, &self.bound), self.rows()?, Row::new());
        while rows.next(&mut row)? {
            if rows.unfit(&row).is_none() {
                doubts.see(Cells { row: &row, blanks: &self.bound.blanks });
            }
        }
        doubts.settled(self.found.names())
    }
}

/// Whether columns are missing, and not only something said of them.
pub(crate) fn missing(wrong: &Rejections) -> bool {
    wrong.0.iter().any(|wrong| wrong.field == "mapping" && ["missing_field", "missing_column"].contains(&wrong.code.as_str()))
}
