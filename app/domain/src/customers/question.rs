//! Which customers are asked about, read from a draft that names what is wrong with it.

use crate::calendar::Day;
use crate::cube::{Filter, LIMIT_MAX, Slice, SliceDraft};
use crate::rejection::Rejections;
use std::collections::BTreeMap;

/// Most customers told of at once.
pub const CUSTOMERS_MAX: usize = LIMIT_MAX;

/// A question about customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// First day, included.
    pub from: Day,
    /// Last day, included: recency is as of it.
    pub to: Day,
    /// All of them hold.
    pub filters: Vec<Filter>,
    /// So many customers are told of.
    pub limit: usize,
}

/// A question as it comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionDraft {
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub to: String,
    /// As in [`SliceDraft::filters`].
    pub filters: BTreeMap<String, Vec<Option<String>>>,
    /// 1 to [`CUSTOMERS_MAX`].
    pub limit: i64,
}

impl QuestionDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// What is wrong with it, by field.
    pub fn parse(self) -> Result<Question, Rejections> {
        let (metrics, order_by) = (vec!["netSales".to_owned()], Some("netSales".to_owned()));
        let draft = SliceDraft {
            from: self.from,
            to: self.to,
            filters: self.filters,
            group_by: vec![],
            metrics,
            order_by,
            limit: Some(self.limit),
            beside: None,
        };
        let Slice { from, to, filters, limit, .. } = draft.parse()?;
        Ok(Question { from, to, filters, limit: limit.unwrap_or(CUSTOMERS_MAX) })
    }
}
