//! What figures are narrowed by, as it comes in.

use std::collections::BTreeMap;

use async_graphql::{Context, Error, InputObject};
use backend::kpis::named::Narrowed;
use domain::{Day, segments::SEGMENT};
use serde::Deserialize;
use serde_json::json;

use super::answer::refused;
use crate::rest::{
    asked::Asked,
    form::{Form, Kind, may},
};

/// What figures are narrowed by: all of it holds. Labels are written as figures answer them; null in a list keeps what has no such label, and a label
/// nobody carries, or nobody you may see, matches nothing.
#[derive(Clone, Default, InputObject)]
pub struct Filter {
    /// First day, `YYYY-MM-DD`; the first with sales when left out.
    from: Option<String>,
    /// Last day, `YYYY-MM-DD`; the last with sales when left out.
    to: Option<String>,
    /// Branches.
    branch: Option<Vec<Option<String>>>,
    /// Salespeople.
    rep: Option<Vec<Option<String>>>,
    /// Product lines.
    product_line: Option<Vec<Option<String>>>,
    /// Item groups.
    item_group: Option<Vec<Option<String>>>,
    /// Products, by code.
    product: Option<Vec<Option<String>>>,
    /// Customers.
    customer: Option<Vec<Option<String>>>,
    /// Segments of customers; one that no customer you see sales to is of is refused.
    segment: Option<Vec<String>>,
}

const DAYS: Form = Form::of(&[&[may("from", Kind::Day), may("to", Kind::Day)]]);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Days {
    from: Option<Day>,
    to: Option<Day>,
}

/// A filter as the use cases take it.
pub fn narrowed(filter: Option<Filter>, limit: Option<i32>) -> Result<Narrowed, Error> {
    let filter = filter.unwrap_or_default();
    let days = json!({"from": filter.from, "to": filter.to});
    let Days { from, to } = DAYS.read(days.as_object().cloned().unwrap_or_default()).map_err(refused)?;
    let all = [
        ("branch", filter.branch),
        ("rep", filter.rep),
        ("productLine", filter.product_line),
        ("itemGroup", filter.item_group),
        ("product", filter.product),
        ("customer", filter.customer),
        (SEGMENT, filter.segment.map(|segments| segments.into_iter().map(Some).collect())),
    ];
    let filters: BTreeMap<_, _> = all.into_iter().filter_map(|(name, labels)| Some((name.to_owned(), labels?))).collect();
    Ok(Narrowed { from, to, filters, limit: limit.map(i64::from) })
}

/// Who asks.
pub fn asked<'a>(ctx: &Context<'a>) -> &'a Asked {
    ctx.data_unchecked()
}
