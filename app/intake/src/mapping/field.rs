//! A field bound to the columns of a file: what it says in a row, cleaned as its mapping says.

use super::cells::{Cells, Columns};
use super::template::Template;
use super::written::FieldTable;
use crate::clean::{self, DayFormat};
use crate::{Holds, Kind};
use domain::Day;
use domain::calendar::Zone;
use domain::decimal::{Decimal, NotANumber, Notation};
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

    /// The field as a number, exactly: factors multiplied, the discount let off. `None` when nothing stands there.
    ///
    /// # Errors
    /// What is no number, and what to do.
    pub fn number(&self, cells: Cells<'_>) -> Result<Option<Decimal>, String> {
        self.worked_out(cells).map_err(|wrong| wrong.words())
    }

    /// What keeps it from being a number.
    #[must_use]
    pub fn wrong(&self, cells: Cells<'_>) -> Option<Wrong> {
        self.worked_out(cells).err()
    }

    fn worked_out(&self, cells: Cells<'_>) -> Result<Option<Decimal>, Wrong> {
        let value = match &self.from {
            From::Product(all) if all.iter().all(|i| cells.get(*i).is_empty()) => None,
            From::Product(all) => {
                let mut product = Decimal::whole(1);
                for index in all {
                    product = self.times(cells, product, self.factor(cells, *index, &self.number)?)?;
                }
                Some(product)
            }
            _ => self.single(cells)?,
        };
        let discount = self.discount.filter(|index| !cells.get(*index).is_empty());
        let value = match (value, discount) {
            (Some(value), Some(index)) => Some(self.times(cells, value, self.left(cells, index)?)?),
            (value, _) => value,
        };
        match (value, self.less.filter(|index| !cells.get(*index).is_empty())) {
            (Some(value), Some(index)) => self.lessened(cells, value, index).map(Some),
            _ => Ok(value),
        }
    }

    /// What is left of an amount: of something that came back, below zero, what was let off comes back as well.
    fn lessened(&self, cells: Cells<'_>, value: Decimal, index: usize) -> Result<Decimal, Wrong> {
        let off = self.factor(cells, index, &self.number)?;
        let wrong = |why| Wrong { why, column: Some(index) };
        let left = value.plus(off.negated()).ok_or_else(|| wrong(Why::Number(NotANumber::TooLong)))?;
        let beyond = !left.is_zero() && left.is_negative() != value.is_negative();
        let other_way = !off.is_zero() && off.is_negative() != value.is_negative();
        if beyond || other_way { Err(wrong(Why::Less)) } else { Ok(left) }
    }

    /// The number of a field that is no product. A cell that stands for itself may be a number of a workbook.
    fn single(&self, cells: Cells<'_>) -> Result<Option<Decimal>, Wrong> {
        let text = self.read(cells).0;
        if text.is_empty() {
            return Ok(None);
        }
        let column = self.filled(cells);
        let number = column.filter(|index| cells.holds(*index) == Holds::Number && cells.get(*index) == text);
        let holds = if number.is_some() { Holds::Number } else { Holds::Text };
        parse(&text, holds, &self.number).map(Some).map_err(|why| Wrong { why, column })
    }

    fn factor(&self, cells: Cells<'_>, index: usize, notation: &Notation) -> Result<Decimal, Wrong> {
        parse(&cells.get(index), cells.holds(index), notation).map_err(|why| Wrong { why, column: Some(index) })
    }

    /// What a discount leaves of the whole.
    fn left(&self, cells: Cells<'_>, index: usize) -> Result<Decimal, Wrong> {
        let wrong = |why| Wrong { why, column: Some(index) };
        let part = if self.percent {
            let notation = Notation { unit: Some("%".to_owned()), ..self.number.clone() };
            self.factor(cells, index, &notation)?.times(Decimal::minor(1, 2)).ok_or_else(|| wrong(Why::Number(NotANumber::TooLong)))?
        } else {
            self.factor(cells, index, &self.number).map_err(|one| match one.why {
                Why::Number(NotANumber::Sign('%')) => wrong(Why::Discount),
                _ => one,
            })?
        };
        let left = part.complement().ok_or_else(|| wrong(Why::Number(NotANumber::TooLong)))?;
        if part.is_negative() || left.is_negative() { Err(wrong(Why::Discount)) } else { Ok(left) }
    }

    /// A product of cells: exact, unless one of them is a number of a workbook, which is not.
    fn times(&self, cells: Cells<'_>, one: Decimal, other: Decimal) -> Result<Decimal, Wrong> {
        let number = |index: &usize| cells.holds(*index) == Holds::Number;
        let product = if self.columns().iter().chain(&self.discount).any(number) { one.times_nearest(other) } else { one.times(other) };
        product.ok_or(Wrong { why: Why::Number(NotANumber::TooLong), column: None })
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

/// Why a field is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A spreadsheet could not work the cell out.
    Unworked,
    /// It is none as numbers are written.
    Number(NotANumber),
    /// It is a discount, and no part of the whole.
    Discount,
    /// It is let off, and more than there is, or to the other side of zero.
    Less,
}

/// What keeps a field from being a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Why.
    pub why: Why,
    /// The column, where it is one.
    pub column: Option<usize>,
}

impl Wrong {
    /// For people: what to do.
    fn words(self) -> String {
        match self.why {
            Why::Unworked => clean::NOT_WORKED_OUT.to_owned(),
            Why::Number(wrong) => wrong.words(),
            Why::Less => "What is let off is an amount from nought to the whole, below zero only where the whole is: correct it.".to_owned(),
            Why::Discount => {
                "A discount is a part of the whole, from 0 to 1, where 0.1 is 10 %: correct it, or say that discounts are in percent (in a mapping file: \
                 percent = true)."
                    .to_owned()
            }
        }
    }
}

fn parse(text: &str, holds: Holds, notation: &Notation) -> Result<Decimal, Why> {
    let read = if holds == Holds::Number { Decimal::nearest(text) } else { Decimal::parse(text, notation) };
    read.map_err(|wrong| if clean::not_worked_out(text) { Why::Unworked } else { Why::Number(wrong) })
}
