//! A field bound to the columns of a file: what it says in a row, cleaned as its mapping says.

mod number;

pub use number::{Why, Wrong};

use super::cells::{Cells, Columns};
use super::template::Template;
use super::written::FieldTable;
use crate::clean::{self, DayFormat};
use crate::{Holds, Kind};
use domain::Day;
use domain::calendar::Zone;
use domain::decimal::Notation;
use domain::fold::fold;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// A field bound to the columns of a file.
#[derive(Clone, Debug)]
pub struct Field {
    /// The columns it is made of, for reports.
    pub label: String,
    /// How days are written.
    pub format: Option<DayFormat>,
    from: From,
    exact: HashMap<String, String>,
    folded: HashMap<String, String>,
    otherwise: Option<String>,
    default: Option<Template>,
    digits: Option<usize>,
    split: Option<String>,
    discount: Option<usize>,
    less: Option<usize>,
    /// Whether its discount is in percent.
    pub percent: bool,
    number: Notation,
    /// Whether the mapping says how numbers are written.
    pub notation_said: bool,
    /// The company's time zone, where it is known.
    pub(crate) zone: Option<Arc<Zone>>,
}

#[derive(Clone, Debug)]
enum From {
    Column(usize),
    Product(Vec<usize>),
    First(Vec<usize>),
    Join(Vec<usize>, String),
    Template(Template),
    Constant(String),
}

impl Field {
    /// Finds the columns of a field; missing ones are noted in `columns`.
    ///
    /// # Errors
    /// When it names no column at all, or several ways at once.
    pub fn bind(spec: &FieldTable, columns: &mut Columns<'_>) -> Result<Self, &'static str> {
        let mut all = |names: &[String]| names.iter().map(|n| columns.index(n)).collect::<Vec<_>>();
        let (from, label) = match (&spec.column, &spec.first[..], &spec.join[..], &spec.template, &spec.constant, &spec.product[..]) {
            (Some(name), [], [], None, None, []) => (From::Column(columns.index(name)), name.clone()),
            (None, [_, ..], [], None, None, []) => (From::First(all(&spec.first)), spec.first.join(" / ")),
            (None, [], [_, ..], None, None, []) => {
                let with = spec.with.clone().unwrap_or_else(|| ", ".into());
                (From::Join(all(&spec.join), with), spec.join.join(" + "))
            }
            (None, [], [], Some(text), None, []) => (From::Template(Template::bind(text, columns)), text.clone()),
            (None, [], [], None, Some(text), []) => (From::Constant(text.clone()), String::new()),
            (None, [], [], None, None, [_, ..]) => (From::Product(all(&spec.product)), spec.product.join(" × ")),
            _ => return Err("needs exactly one of column, first, join, template, constant, product"),
        };
        let discount = spec.discount.as_deref().map(|name| columns.index(name));
        let less = spec.less.as_deref().map(|name| columns.index(name));
        Ok(Self {
            label,
            format: spec.format,
            from,
            exact: spec.values.clone().into_iter().collect(),
            folded: spec.values.iter().map(|(k, v)| (fold(k), v.clone())).collect(),
            otherwise: spec.otherwise.clone(),
            default: spec.default.as_deref().map(|t| Template::bind(t, columns)),
            digits: spec.digits,
            split: spec.split.clone(),
            discount,
            less,
            percent: spec.percent,
            number: spec.number.clone().unwrap_or_default(),
            notation_said: spec.number.is_some(),
            zone: None,
        })
    }

    /// Whether it is worked out of several columns.
    pub(crate) fn is_product(&self) -> bool {
        matches!(self.from, From::Product(_)) || self.discount.is_some() || self.less.is_some()
    }

    /// The columns of which it is one, or the product of several.
    #[must_use]
    pub fn columns(&self) -> &[usize] {
        match &self.from {
            From::Column(index) => std::slice::from_ref(index),
            From::Product(all) | From::First(all) => all,
            From::Join(..) | From::Template(_) | From::Constant(_) => &[],
        }
    }

    /// The same, and the one with the amount that is let off.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns().iter().chain(&self.less).copied()
    }

    /// The field's cells as they stand in the file, cleaned of blanks only: what a report shows.
    #[must_use]
    pub fn raw<'a>(&'a self, cells: Cells<'a>) -> Cow<'a, str> {
        match &self.from {
            From::Column(index) => cells.get(*index),
            From::First(all) => all.iter().map(|i| cells.get(*i)).find(|c| !c.is_empty()).unwrap_or_default(),
            From::Join(all, with) => {
                let filled: Vec<_> = all.iter().map(|i| cells.get(*i)).filter(|c| !c.is_empty()).collect();
                Cow::Owned(filled.join(with))
            }
            From::Template(template) => Cow::Owned(template.fill(cells)),
            From::Constant(text) => Cow::Borrowed(text),
            From::Product(all) => {
                let factors: Vec<_> = all.iter().map(|i| cells.get(*i)).collect();
                if factors.iter().all(|f| f.is_empty()) { Cow::Borrowed("") } else { Cow::Owned(factors.join(" × ")) }
            }
        }
    }

    /// The one cell it is taken from.
    fn filled(&self, cells: Cells<'_>) -> Option<usize> {
        match &self.from {
            From::Column(index) => Some(*index),
            From::First(all) => all.iter().copied().find(|index| !cells.get(*index).is_empty()),
            _ => None,
        }
    }

    /// The day it is in a row, of one of its kind's [`Kind::days`].
    ///
    /// # Errors
    /// What to write instead.
    pub fn day(&self, kind: Kind, cells: Cells<'_>) -> Result<Day, String> {
        kind.day(&self.read(cells).0, self.format_of(cells), self.zone.as_deref())
    }

    /// How its days are written: a day of a workbook is as ISO 8601 writes it, whatever is said of texts.
    #[must_use]
    pub fn format_of(&self, cells: Cells<'_>) -> Option<DayFormat> {
        self.format.filter(|_| !self.is_moment(cells))
    }

    /// Whether it is a day or instant of a workbook.
    #[must_use]
    pub fn is_moment(&self, cells: Cells<'_>) -> bool {
        self.filled(cells).is_some_and(|index| cells.holds(index) == Holds::Moment)
    }

    /// The field's value, and whether it is the default because nothing stood there.
    #[must_use]
    pub fn read<'a>(&'a self, cells: Cells<'a>) -> (Cow<'a, str>, bool) {
        let mut value = self.raw(cells);
        if let Some(count) = self.digits {
            value = Cow::Owned(clean::digits(&value, count).to_owned());
        }
        if !value.is_empty() && !self.exact.is_empty() {
            let listed = self.exact.get(value.as_ref()).or_else(|| self.folded.get(&fold(&value)));
            if let Some(kept) = listed.or(self.otherwise.as_ref()) {
                value = Cow::Borrowed(kept.as_str());
            }
        }
        match &self.default {
            Some(default) if value.is_empty() => (Cow::Owned(default.fill(cells)), true),
            _ => (value, false),
        }
    }

    /// Whether something stands there of which nothing could be kept.
    #[must_use]
    pub fn unusable(&self, cells: Cells<'_>) -> bool {
        let Some(count) = self.digits else { return false };
        let raw = self.raw(cells);
        !raw.is_empty() && clean::digits(&raw, count).is_empty()
    }

    /// The field's values, where a cell may hold several.
    #[must_use]
    pub fn values(&self, cells: Cells<'_>) -> Vec<String> {
        let (value, _) = self.read(cells);
        let separator = self.split.as_deref().filter(|s| !s.is_empty());
        let parts: Vec<&str> = separator.map_or_else(|| vec![value.as_ref()], |s| value.split(s).collect());
        parts.into_iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
    }
}
