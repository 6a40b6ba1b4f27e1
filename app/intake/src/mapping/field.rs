//! A field bound to the columns of a file: what it says in a row, cleaned as its mapping says.

use super::cells::{Cells, Columns};
use super::template::Template;
use super::written::FieldTable;
use crate::clean::{self, DayFormat};
use domain::decimal::{Decimal, NotANumber, Notation};
use domain::fold::fold;
use std::borrow::Cow;
use std::collections::HashMap;

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
    number: Notation,
    /// Whether the mapping says how numbers are written.
    pub notation_said: bool,
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
            number: spec.number.clone().unwrap_or_default(),
            notation_said: spec.number.is_some(),
        })
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
        let parse = |text: &str| {
            let wrong = |wrong: NotANumber| if clean::not_worked_out(text) { clean::NOT_WORKED_OUT.to_owned() } else { wrong.words() };
            Decimal::parse(text, &self.number).map_err(wrong)
        };
        let value = match &self.from {
            From::Product(all) if all.iter().all(|i| cells.get(*i).is_empty()) => None,
            From::Product(all) => {
                let mut product = Decimal::whole(1);
                for index in all {
                    product = product.times(parse(&cells.get(*index))?).ok_or_else(too_long)?;
                }
                Some(product)
            }
            _ => match self.read(cells).0 {
                text if text.is_empty() => None,
                text => Some(parse(&text)?),
            },
        };
        let let_off = self.discount.map(|index| cells.get(index)).filter(|text| !text.is_empty());
        match (value, let_off) {
            (Some(value), Some(text)) => {
                let left = parse(&text)?.complement().ok_or_else(too_long)?;
                value.times(left).map(Some).ok_or_else(too_long)
            }
            _ => Ok(value),
        }
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

fn too_long() -> String {
    NotANumber::TooLong.words()
}
