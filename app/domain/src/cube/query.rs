//! What can be asked: a slice of days, filters, group keys and metrics, read from a draft that names what is wrong with it.

use crate::calendar::Day;
use crate::rejection::Rejections;
use crate::segments::SEGMENT;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most keys a slice is grouped by.
pub const KEYS_MAX: usize = 4;
/// Most rows a ranked slice asks for.
pub const LIMIT_MAX: usize = 10_000;

macro_rules! codes {
    ($name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        impl $name {
            /// Every one, for lists and messages.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As in JSON.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),*
                }
            }

            /// From its code.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

/// What facts are grouped and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Dimension {
    /// `YYYY-MM-DD`.
    Day,
    /// `YYYY-MM`.
    Month,
    /// `YYYY`.
    Year,
    /// Where it was sold.
    Branch,
    /// Who sold it.
    Rep,
    /// The product's line.
    ProductLine,
    /// The product's group of items.
    ItemGroup,
    /// What.
    Product,
    /// To whom.
    Customer,
}

codes!(Dimension {
    Day = "day",
    Month = "month",
    Year = "year",
    Branch = "branch",
    Rep = "rep",
    ProductLine = "productLine",
    ItemGroup = "itemGroup",
    Product = "product",
    Customer = "customer",
});

/// What is summed. Money is in minor units, units in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Metric {
    /// Gross revenue.
    GrossRevenue,
    /// Returns, zero or less.
    Returns,
    /// Gross revenue and returns.
    NetSales,
    /// Cost of the lines whose cost is known; null when none is.
    Cost,
    /// Net sales less cost over the lines whose cost is known; null when none is.
    GrossProfit,
    /// Units sold less units returned.
    Units,
    /// Lines.
    Lines,
    /// Different known customers.
    Customers,
    /// Net sales of the lines whose cost is known, which the gross profit is over; null when none is.
    KnownNet,
    /// Documents, each day of one by itself, and lines without a document; null by, or of some, products, which share documents.
    Transactions,
}

codes!(Metric {
    GrossRevenue = "grossRevenue",
    Returns = "returns",
    NetSales = "netSales",
    Cost = "cost",
    GrossProfit = "grossProfit",
    Units = "units",
    Lines = "lines",
    Customers = "customers",
    KnownNet = "knownNet",
    Transactions = "transactions",
});

/// A filter: the values of a dimension that are kept; none of a value keeps what has no such key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Of which dimension; days, months and years are narrowed by [`Slice::from`] and [`Slice::to`] instead.
    pub dimension: Dimension,
    /// Labels. One that nobody carries matches nothing.
    pub labels: Vec<Option<String>>,
}

/// A question. Every figure of it is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// First day, included.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// All of them hold.
    pub filters: Vec<Filter>,
    /// Keys of a group, the most significant first; one total when empty.
    pub group_by: Vec<Dimension>,
    /// What each group is to tell.
    pub metrics: Vec<Metric>,
    /// Largest first by this metric, unknown last and by net sales, equal ones by their keys; by keys alone when absent.
    pub order_by: Option<Metric>,
    /// Only the first of them.
    pub limit: Option<usize>,
    /// Other days: asked is then which customers bought in these, in those or in both, whatever the keys and metrics.
    pub beside: Option<(Day, Day)>,
}

impl Slice {
    /// The total of some days.
    #[must_use]
    pub fn of(from: Day, to: Day, metrics: &[Metric]) -> Self {
        Self { from, to, filters: vec![], group_by: vec![], metrics: metrics.to_vec(), order_by: None, limit: None, beside: None }
    }

    /// Grouped by these keys, at most [`KEYS_MAX`].
    #[must_use]
    pub fn by(mut self, keys: &[Dimension]) -> Self {
        self.group_by = keys.to_vec();
        self
    }

    /// Narrowed to these labels of a dimension.
    #[must_use]
    pub fn only(mut self, dimension: Dimension, labels: &[&str]) -> Self {
        self.filters.push(Filter { dimension, labels: labels.iter().map(|label| Some((*label).to_owned())).collect() });
        self
    }

    /// The `limit` groups with most of `metric`.
    #[must_use]
    pub fn top(mut self, limit: usize, metric: Metric) -> Self {
        (self.order_by, self.limit) = (Some(metric), Some(limit));
        self
    }
}

/// A slice as it comes in, of anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SliceDraft {
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub to: String,
    /// By dimension; an empty list is no filter, null in a list is what has no such key.
    pub filters: BTreeMap<String, Vec<Option<String>>>,
    /// Dimensions.
    pub group_by: Vec<String>,
    /// Metrics.
    pub metrics: Vec<String>,
    /// A metric.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_by: Option<String>,
    /// 1 to [`LIMIT_MAX`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// As in [`Slice::beside`], `YYYY-MM-DD` each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<[String; 2]>,
}

impl SliceDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// What is wrong with it, by field: impossible or reversed days, unknown or repeated keys and metrics, too many keys, a limit without an order.
    pub fn parse(self) -> Result<Slice, Rejections> {
        let mut bad = Rejections::default();
        let (from, to) = (day("from", &self.from, &mut bad), day("to", &self.to, &mut bad));
        if from > to && !self.from.is_empty() && bad.0.is_empty() {
            bad.add("to", "out_of_range", "The last day lies before the first: swap them.");
        }
        let filters = filters(self.filters, &mut bad);
        let group_by = listed("groupBy", &self.group_by, Dimension::ALL, Dimension::code, &mut bad);
        if group_by.len() > KEYS_MAX {
            bad.add("groupBy", "too_many", format!("Group by at most {KEYS_MAX} keys."));
        }
        let metrics = listed("metrics", &self.metrics, Metric::ALL, Metric::code, &mut bad);
        if self.metrics.is_empty() {
            bad.add("metrics", "required", format!("Name at least one metric: {}.", all_codes(Metric::ALL, Metric::code)));
        }
        let order_by = self.order_by.and_then(|code| one("orderBy", &code, Metric::ALL, Metric::code, &mut bad));
        let limit = self.limit.and_then(|limit| {
            let fits = usize::try_from(limit).ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
            if fits.is_none() {
                bad.add("limit", "out_of_range", format!("Ask for 1 to {LIMIT_MAX} rows."));
            } else if order_by.is_none() {
                bad.add("orderBy", "required", "A limit needs an order: name the metric in orderBy.");
            }
            fits
        });
        let beside = self.beside.map(|[from, to]| (day("beside", &from, &mut bad), day("beside", &to, &mut bad)));
        bad.or(Slice { from, to, filters, group_by, metrics, order_by, limit, beside })
    }
}

fn day(field: &str, text: &str, bad: &mut Rejections) -> Day {
    Day::parse(text).unwrap_or_else(|| {
        let code = if text.is_empty() { "required" } else { "not_a_day" };
        bad.add(field, code, "Write the day as YYYY-MM-DD, for example 2026-11-20.");
        Day(0)
    })
}

fn filters(drafts: BTreeMap<String, Vec<Option<String>>>, bad: &mut Rejections) -> Vec<Filter> {
    let known = &Dimension::ALL[3..];
    let filter = |(name, labels): (String, Vec<Option<String>>)| {
        let dimension = known.iter().copied().find(|dimension| dimension.code() == name);
        if dimension.is_none() {
            // segments are put into customers before a slice is read
            let words = format!("“{name}” is none of {}, {SEGMENT}.", all_codes(known, Dimension::code));
            bad.add(&format!("filters.{name}"), "unknown", words);
        }
        let dimension = dimension?;
        (!labels.is_empty()).then_some(Filter { dimension, labels })
    };
    drafts.into_iter().filter_map(filter).collect()
}

fn listed<T: Copy + PartialEq>(field: &str, codes: &[String], all: &[T], code: fn(T) -> &'static str, bad: &mut Rejections) -> Vec<T> {
    let mut found = Vec::new();
    for text in codes {
        let Some(next) = one(field, text, all, code, bad) else { continue };
        if found.contains(&next) {
            bad.add(field, "repeated", format!("“{text}” stands twice: name it once."));
        } else {
            found.push(next);
        }
    }
    found
}

fn one<T: Copy>(field: &str, text: &str, all: &[T], code: fn(T) -> &'static str, bad: &mut Rejections) -> Option<T> {
    let found = all.iter().copied().find(|one| code(*one) == text);
    if found.is_none() {
        bad.add(field, "unknown", format!("“{text}” is none of {}.", all_codes(all, code)));
    }
    found
}

fn all_codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    all.iter().map(|one| code(*one)).collect::<Vec<_>>().join(", ")
}
