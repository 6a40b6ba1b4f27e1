//! A field as a mapping writes it: the name of a column, or a table that says more.

use crate::clean::DayFormat;
use domain::decimal::Notation;
use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

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
    /// That part is in percent: `15` leaves 85 %.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub percent: bool,
    /// A column with the amount that is let off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub less: Option<String>,
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
