//! Named questions: figures everybody asks for by name, each a slice with its own keys, order and usual days.

use super::{Unanswered, answer, answer_within, held, range, segments};
use crate::{Backend, Error, machine_now};
use domain::cube::{Answer, Dimension, GROUPS_MAX, LIMIT_MAX, Metric, Slice, SliceDraft, TooManyGroups};
use domain::customers::{self, Worth};
use domain::growth::{self, Grown};
use domain::money::Currency;
use domain::people::{Caller, Scope};
use domain::{Day, Rejections, measures};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of a ranking where nobody says.
pub const RANKED: i64 = 100;
const MARGIN: [Metric; 4] = [Metric::NetSales, Metric::Cost, Metric::GrossProfit, Metric::KnownNet];
const RETURNS: [Metric; 4] = [Metric::GrossRevenue, Metric::Returns, Metric::NetSales, Metric::Lines];

/// A named question.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What it groups by.
    pub by: &'a [Dimension],
    /// Which figures it tells.
    pub metrics: &'a [Metric],
    /// What it is ranked by, the most first; by its keys when absent.
    pub ranked: Option<Metric>,
}

macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident: [$($by:ident),*], $metrics:expr, $ranked:expr;)*) => {$(
        $(#[$doc])*
        pub const $name: Question<'static> = Question { by: &[$(Dimension::$by),*], metrics: &$metrics, ranked: $ranked };
    )*};
}

questions! {
    /// All together.
    SUMMARY: [], measures::SUMS, None;
    /// By month.
    TREND: [Month], measures::SUMS, None;
    /// Reps by profit.
    SALESPEOPLE: [Rep], measures::SUMS, Some(Metric::GrossProfit);
    /// Products by profit.
    PRODUCTS: [Product], measures::SUMS, Some(Metric::GrossProfit);
    /// Product lines by profit.
    PRODUCT_LINES: [ProductLine], measures::SUMS, Some(Metric::GrossProfit);
    /// Branches over time.
    BRANCHES: [Branch, Month], measures::SUMS, None;
    /// Branches and product lines.
    BRANCH_PRODUCT_HEATMAP: [Branch, ProductLine], MARGIN, None;
    /// Customers by net sales; sales to nobody known come last, since no customer is ranked by them.
    TOP_CUSTOMERS: [Customer], measures::SUMS, Some(Metric::NetSales);
    /// Margins of product lines over time.
    MARGINS: [Month, ProductLine], MARGIN, None;
    /// Returns by product line and branch.
    RETURNED: [ProductLine, Branch], RETURNS, None;
    /// What each rep sells.
    PRODUCT_MIX: [Rep, ProductLine], measures::SUMS, None;
}

/// What a named question is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// First day; the first with sales when absent.
    pub from: Option<Day>,
    /// Last day; the last with sales when absent.
    pub to: Option<Day>,
    /// As in [`SliceDraft::filters`], and by `segment` of the customers.
    pub filters: BTreeMap<String, Vec<Option<String>>>,
    /// Rows of a ranking; of any other question, more rows than this are refused.
    pub limit: Option<i64>,
}

/// An answer with the days and the currency it is of.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// First day, included.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// Of all amounts.
    pub currency: Currency,
    /// What was asked for.
    pub answer: T,
}

/// Answers a named question.
///
/// # Errors
/// See [`Unanswered`].
pub async fn named(backend: &Backend, caller: &Caller, question: Question<'_>, narrowed: Narrowed) -> Result<Named<Answer>, Unanswered> {
    let narrowed = of_segments(backend, caller, narrowed).await?;
    let (from, to) = days(backend, caller, &narrowed).await?;
    let most = if question.ranked.is_some() { GROUPS_MAX } else { most(&narrowed)? };
    let mut slice = draft(question, (from, to), &narrowed).parse().map_err(Unanswered::Asked)?;
    let limit = slice.limit;
    let of_customers = question.by == [Dimension::Customer];
    if of_customers {
        slice.limit = limit.map(|limit| limit + 1);
    }
    let mut answer = answer_within(held::current(backend).await?, slice, caller.scope(), most).await?;
    if of_customers {
        answer.groups.sort_by_key(|group| group.keys == [None]);
        answer.groups.truncate(limit.unwrap_or(usize::MAX));
    }
    finished(backend, (from, to), answer).await
}

/// With customers in the place of the segments it is narrowed to.
async fn of_segments(backend: &Backend, caller: &Caller, narrowed: Narrowed) -> Result<Narrowed, Unanswered> {
    let mut narrowed = narrowed;
    segments::resolve_known(backend, caller, &mut narrowed.filters).await?;
    Ok(narrowed)
}

fn draft(question: Question<'_>, (from, to): (Day, Day), narrowed: &Narrowed) -> SliceDraft {
    let ranked = question.ranked.map(|metric| (metric, narrowed.limit.unwrap_or(RANKED)));
    SliceDraft {
        from: from.to_string(),
        to: to.to_string(),
        filters: narrowed.filters.clone(),
        group_by: question.by.iter().map(|key| key.code().to_owned()).collect(),
        metrics: question.metrics.iter().map(|metric| metric.code().to_owned()).collect(),
        order_by: ranked.map(|(metric, _)| metric.code().to_owned()),
        limit: ranked.map(|(_, limit)| limit),
        beside: None,
    }
}

/// Rows of an answer that is not ranked: more are refused.
fn most(narrowed: &Narrowed) -> Result<usize, Unanswered> {
    let Some(limit) = narrowed.limit else { return Ok(GROUPS_MAX) };
    let fits = usize::try_from(limit).ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
    let words = || Unanswered::Asked(Rejections::one("limit", "out_of_range", format!("Ask for 1 to {LIMIT_MAX} rows.")));
    fits.ok_or_else(words)
}

/// Refuses more rows than are asked for.
pub(crate) fn fits(count: usize, narrowed: &Narrowed) -> Result<(), Unanswered> {
    let most = most(narrowed)?;
    if count > most { Err(Unanswered::Groups(TooManyGroups { count: Some(count), most })) } else { Ok(()) }
}

/// Months beside the month before and the same month a year earlier, for each of some keys.
///
/// # Errors
/// See [`Unanswered`].
pub async fn growth(backend: &Backend, caller: &Caller, by: &[Dimension], narrowed: Narrowed) -> Result<Named<Vec<Grown>>, Unanswered> {
    let narrowed = of_segments(backend, caller, narrowed).await?;
    let (from, to) = days(backend, caller, &narrowed).await?;
    let today = backend.company().await?.today(machine_now());
    let by: Vec<Dimension> = by.iter().copied().chain([Dimension::Month]).collect();
    let now =
        draft(Question { by: &by, metrics: &measures::SUMS, ranked: None }, (from, to), &narrowed).parse().map_err(Unanswered::Asked)?;
    let past = Slice { from: growth::first_day(from), metrics: vec![Metric::NetSales], ..now.clone() };
    let cube = held::current(backend).await?;
    let now = answer_within(Arc::clone(&cube), now, caller.scope(), most(&narrowed)?).await?;
    let past = answer_within(cube, past, caller.scope(), usize::MAX).await?;
    finished(backend, (from, to), growth::months(&now, &past, (from, to), today)).await
}

/// What customers are worth.
///
/// # Errors
/// See [`Unanswered`].
pub async fn worth(backend: &Backend, caller: &Caller, narrowed: Narrowed) -> Result<Named<Worth>, Unanswered> {
    let narrowed = of_segments(backend, caller, narrowed).await?;
    let (from, to) = days(backend, caller, &narrowed).await?;
    let today = backend.company().await?.today(machine_now());
    // nobody has been away since a day that has not come
    let to = if from <= today { to.min(today) } else { to };
    let limit = narrowed.limit.unwrap_or(RANKED);
    let draft = customers::QuestionDraft { from: from.to_string(), to: to.to_string(), filters: narrowed.filters, limit };
    let question = draft.parse().map_err(Unanswered::Asked)?;
    let (cube, scope) = (held::current(backend).await?, caller.scope());
    let worth = tokio::task::spawn_blocking(move || customers::worth(&cube, &question, scope)).await.map_err(Error::internal)?;
    finished(backend, (from, to), worth.map_err(Unanswered::Groups)?).await
}

/// Whether a label of a key is one: there are sales of it that the caller sees, or whoever sees all could be told of it. Of other keys each is.
///
/// # Errors
/// See [`Unanswered`].
pub async fn is_called(backend: &Backend, caller: &Caller, key: &str, label: &str) -> Result<bool, Unanswered> {
    let (Some(dimension), scope, company) = (Dimension::parse(key), caller.scope(), backend.company().await?) else { return Ok(true) };
    let named = match dimension {
        Dimension::Branch => company.branches.iter().any(|branch| branch.name == label),
        Dimension::Rep => company.reps.iter().any(|rep| rep.name == label),
        _ => false,
    };
    if named && scope == Scope::All {
        return Ok(true);
    }
    let Some((from, to)) = range(backend, caller).await?.days else { return Ok(false) };
    let slice = Slice::of(from, to, &[Metric::Lines]).only(dimension, &[label]);
    Ok(!answer(held::current(backend).await?, slice, scope).await?.groups.is_empty())
}

/// The days a question is about: those it names, otherwise all there are sales of.
pub(crate) async fn days(backend: &Backend, caller: &Caller, narrowed: &Narrowed) -> Result<(Day, Day), Error> {
    let today = backend.company().await?.today(machine_now());
    let (first, last) = range(backend, caller).await?.days.unwrap_or((today, today));
    Ok(match (narrowed.from, narrowed.to) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, last.max(from)),
        (None, Some(to)) => (first.min(to), to),
        (None, None) => (first, last),
    })
}

async fn finished<T>(backend: &Backend, (from, to): (Day, Day), answer: T) -> Result<Named<T>, Unanswered> {
    Ok(Named { from, to, currency: backend.company().await?.currency, answer })
}
