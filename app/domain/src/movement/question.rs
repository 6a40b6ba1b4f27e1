//! Which change is asked about: a figure, two spans of days, filters, read from a draft that names what is wrong with it.

use super::Measure;
use crate::calendar::Day;
use crate::cube::{Filter, Slice, SliceDraft};
use crate::rejection::Rejections;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most names a cause is broken down by.
pub const NAMES_MAX: usize = 100;
/// As many when not said.
const NAMES: usize = 10;

/// A question about a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of which figure.
    pub measure: Measure,
    /// First and last day of the span compared with.
    pub before: (Day, Day),
    /// First and last day of the span asked about.
    pub now: (Day, Day),
    /// All of them hold in both spans.
    pub filters: Vec<Filter>,
    /// So many customers and products are named for each cause.
    pub names: usize,
}

/// A question as it comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct QuestionDraft {
    /// `netSales` or `grossProfit`.
    pub measure: String,
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub to: String,
    /// `YYYY-MM-DD`, of the span compared with.
    pub before_from: String,
    /// `YYYY-MM-DD`, of the span compared with.
    pub before_to: String,
    /// As in [`SliceDraft::filters`].
    pub filters: BTreeMap<String, Vec<Option<String>>>,
    /// 1 to [`NAMES_MAX`]; ten when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<i64>,
}

impl QuestionDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// What is wrong with it, by field.
    pub fn parse(self) -> Result<Question, Rejections> {
        let mut bad = Rejections::default();
        let now = span(self.from, self.to, self.filters, &mut bad);
        let mut wrong = Rejections::default();
        let before = span(self.before_from, self.before_to, BTreeMap::new(), &mut wrong);
        for one in wrong.0 {
            bad.add(if one.field == "from" { "beforeFrom" } else { "beforeTo" }, &one.code, one.message);
        }
        let measure = match self.measure.as_str() {
            "grossProfit" => Measure::GrossProfit,
            "netSales" => Measure::NetSales,
            other => {
                let code = if other.is_empty() { "required" } else { "unknown" };
                bad.add("measure", code, "Name the measure: netSales or grossProfit.");
                Measure::NetSales
            }
        };
        let names = self.names.map_or(Some(NAMES), |names| usize::try_from(names).ok().filter(|names| (1..=NAMES_MAX).contains(names)));
        if names.is_none() {
            bad.add("names", "out_of_range", format!("Ask for 1 to {NAMES_MAX} names."));
        }
        let (before, filters) = ((before.from, before.to), now.filters);
        bad.or(Question { measure, before, now: (now.from, now.to), filters, names: names.unwrap_or(NAMES) })
    }
}

/// The days and filters of a span, read as those of a slice.
fn span(from: String, to: String, filters: BTreeMap<String, Vec<Option<String>>>, bad: &mut Rejections) -> Slice {
    let draft = SliceDraft { from, to, filters, metrics: vec!["lines".to_owned()], ..SliceDraft::default() };
    draft.parse().unwrap_or_else(|wrong| {
        bad.0.extend(wrong.0);
        Slice::of(Day(0), Day(0), &[])
    })
}
