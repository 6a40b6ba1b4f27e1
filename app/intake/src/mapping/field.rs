//! One field of a mapping: which column or columns it is made of and how their text is cleaned.

use super::template::Template;
use crate::clean::{self, Blanks, DayFormat};
use domain::decimal::{Decimal, NotANumber, Notation};
use domain::fold::fold;
use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A field as written in a mapping: `"column"`, or a table saying more.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldTable {
    /// One column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The first of these that is not empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<String>,
    /// All of these that are not empty, with `with` between.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<String>,
    /// What stands between joined columns; a comma and a blank when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// A text with columns in it: `"{type}[, score {Score}]"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The same for every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Numbers multiplied: `["Quantity", "UnitPrice"]`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub product: Vec<String>,
    /// A column with the part of the number that is let off: `0.15` leaves 85 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<String>,
    /// How numbers are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Notation>,
    /// Other spellings → the one to keep; compared without case, accents and punctuation.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// What to take for values not listed; themselves when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// A template for rows where the field is empty; counted in the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Keep this many digits only, and nothing where there are fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<usize>,
    /// How days are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<DayFormat>,
    /// What separates several values in one cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
}

/// A [`FieldTable`], or its short form, the name of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSpec(pub FieldTable);

impl FieldSpec {
    /// A field that is one column.
    #[must_use]
    pub fn column(name: &str) -> Self {
        Self(FieldTable { column: Some(name.to_owned()), ..FieldTable::default() })
    }
}

impl Serialize for FieldSpec {
    /// The short form where it says everything.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match &self.0.column {
            Some(name) if *self == Self::column(name) => s.serialize_str(name),
            _ => self.0.serialize(s),
        }
    }
}

impl<'de> Deserialize<'de> for FieldSpec {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = FieldSpec;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the name of a column, or a table like { column = \"…\" }")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<FieldSpec, E> {
                Ok(FieldSpec::column(name))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FieldSpec, A::Error> {
                FieldTable::deserialize(MapAccessDeserializer::new(map)).map(FieldSpec)
            }
        }
        d.deserialize_any(Either)
    }
}

/// The columns of a file while a mapping is bound to them.
pub struct Columns<'a> {
    names: &'a csv::StringRecord,
    folded: Vec<String>,
    /// Names the mapping uses that the file does not have.
    pub missing: BTreeSet<String>,
    /// Names the mapping uses that the file has more than once.
    pub twice: BTreeSet<String>,
    /// Positions the mapping uses.
    pub used: BTreeSet<usize>,
}

impl<'a> Columns<'a> {
    /// The first row's names.
    #[must_use]
    pub fn new(names: &'a csv::StringRecord) -> Self {
        Self { folded: names.iter().map(fold).collect(), names, missing: BTreeSet::new(), twice: BTreeSet::new(), used: BTreeSet::new() }
    }

    /// All names, in the file's order.
    #[must_use]
    pub fn names(&self) -> &'a csv::StringRecord {
        self.names
    }

    /// Where a column stands: by its exact name, else by the same folded words.
    pub fn index(&mut self, name: &str) -> usize {
        let mut found: Vec<usize> = self.names.iter().enumerate().filter(|(_, n)| n.trim() == name.trim()).map(|(i, _)| i).collect();
        if found.is_empty() {
            let folded = fold(name);
            found = self.folded.iter().enumerate().filter(|(_, n)| **n == folded).map(|(i, _)| i).collect();
        }
        if found.len() > 1 {
            self.twice.insert(name.to_owned());
        }
        let Some(first) = found.first() else {
            self.missing.insert(name.to_owned());
            return 0;
        };
        self.used.insert(*first);
        *first
    }

    /// Names no field is made of, in the file's order.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        self.names.iter().enumerate().filter(|(i, _)| !self.used.contains(i)).map(|(_, n)| n.to_owned()).collect()
    }
}

/// A row's cells, cleaned on the way out.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    /// The row.
    pub row: &'a csv::StringRecord,
    /// What means nothing.
    pub blanks: &'a Blanks,
}

impl<'a> Cells<'a> {
    /// A cell without outer and doubled blanks, empty when it means nothing.
    #[must_use]
    pub fn get(self, index: usize) -> Cow<'a, str> {
        self.blanks.clean(self.row.get(index).unwrap_or_default())
    }
}

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
