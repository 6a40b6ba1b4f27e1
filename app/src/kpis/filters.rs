//! What is looked at: days and values in the address, narrowed further by the marks pressed on this page.

pub use super::by::By;

use super::PATH;
use super::marks::named;
use super::period::Period;
use super::pick::Pick;
use super::why::{Compared, ROOM as WHY};
use crate::clients::query::Address;
use crate::opportunities::{PRESSED, ROOM as PIPELINE};
use domain::Day;
use domain::cube::{Dimension, Metric, SliceDraft};
use domain::segments::SEGMENT;
use std::collections::BTreeMap;

/// What the address may narrow by, in the order of the bar.
pub const NARROWED: [(Dimension, &str, &str); 6] = [
    (Dimension::Branch, "Branch", "All branches"),
    (Dimension::Rep, "Salesperson", "All salespeople"),
    (Dimension::ProductLine, "Product line", "All lines"),
    (Dimension::ItemGroup, "Item group", "All groups"),
    (Dimension::Product, "Product", "All products"),
    (Dimension::Customer, "Customer", "All customers"),
];

/// A key of a mark: a dimension and its label, none for what has no such key.
pub type Key = (Dimension, Option<String>);
/// Values of a dimension that are kept, any of them.
pub type Kept = (Dimension, Vec<Option<String>>);

/// Filters of the whole area, as its address has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// A period with a name.
    pub period: Option<Period>,
    /// Days of one's own, where no period is named.
    pub days: Option<(Day, Day)>,
    /// Values kept, of each dimension once.
    pub only: Vec<Kept>,
    /// The segment customers are kept of.
    pub segment: Option<String>,
    /// What the room of splits compares; no other one's address has it.
    pub compared: Compared,
    /// The marks pressed among opportunities, as that room writes them; no other one's address has it.
    pub pressed: String,
}

impl Filters {
    /// From the parameters of an address: every value of a name. One without letters keeps what has no such key.
    pub fn read(params: impl Fn(&str) -> Vec<String>) -> Self {
        let param = |name: &str| params(name).pop();
        let day = |name: &str| Day::parse(&param(name)?);
        let only = NARROWED.iter().filter_map(|(dimension, ..)| {
            let labels: Vec<_> = params(dimension.code()).into_iter().map(|label| Some(label).filter(|label| !label.is_empty())).collect();
            (!labels.is_empty()).then_some((*dimension, labels))
        });
        Self {
            period: param("period").and_then(|code| Period::parse(&code)),
            days: day("from").zip(day("to")).filter(|(from, to)| from <= to),
            only: only.collect(),
            segment: param(SEGMENT).filter(|label| !label.is_empty()),
            pressed: param(PRESSED).unwrap_or_default(),
            compared: Compared::read(param),
        }
    }

    /// The address of a page of the area with these filters.
    #[must_use]
    pub fn address(&self, room: &str) -> String {
        let mut address = if room.is_empty() { Address::new(PATH) } else { Address::new(&[PATH, "/", room].concat()) };
        match (self.period, self.days) {
            (Some(period), _) => address.add("period", period.code()),
            (None, Some((from, to))) => {
                address.add("from", &from.to_string());
                address.add("to", &to.to_string());
            }
            (None, None) => {}
        }
        for (dimension, labels) in &self.only {
            labels.iter().for_each(|label| address.add(dimension.code(), label.as_deref().unwrap_or_default()));
        }
        if let Some(segment) = &self.segment {
            address.add(SEGMENT, segment);
        }
        if room == WHY {
            self.compared.pairs().iter().for_each(|(name, value)| address.add(name, value));
        }
        if room == PIPELINE && !self.pressed.is_empty() {
            address.add(PRESSED, &self.pressed);
        }
        address.finish()
    }

    /// The values kept of a dimension; none where all are.
    #[must_use]
    pub fn labels(&self, dimension: Dimension) -> &[Option<String>] {
        self.only.iter().find(|(one, _)| *one == dimension).map_or(&[], |(_, labels)| labels)
    }

    /// What is kept, in words.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.only.iter().map(named).chain(self.segment.iter().map(|segment| ["Segment: ", segment].concat())).collect()
    }

    /// With other values of a dimension; all of them when there are none.
    #[must_use]
    pub fn with(&self, dimension: Dimension, labels: Vec<Option<String>>) -> Self {
        let mut filters = self.clone();
        filters.only.retain(|(one, _)| *one != dimension);
        if !labels.is_empty() {
            filters.only.push((dimension, labels));
        }
        filters
    }

    /// The days chosen, of the fiscal year when none are; none for all there is.
    #[must_use]
    pub fn chosen(&self, today: Day, start: u8) -> Option<(Day, Day)> {
        self.days.filter(|_| self.period.is_none()).or_else(|| self.period.unwrap_or(Period::FiscalYear).days(today, start))
    }

    /// The end of the period that the days up to `to` are of: later than `to` while a period with a name is not over.
    #[must_use]
    pub fn end(&self, today: Day, start: u8, to: Day) -> Day {
        let named = self.period.or(self.days.is_none().then_some(Period::FiscalYear));
        // of a year that has not begun by then nothing is looked at
        let begun = named.filter(|period| period.days(today, start).is_some_and(|(from, _)| from <= to));
        begun.and_then(|period| period.end(today, start)).map_or(to, |end| end.max(to))
    }

    /// The days looked at: those chosen; when none are, those of the fiscal year, or all there are when they end before it. Never beyond those with data.
    #[must_use]
    pub fn within(&self, today: Day, start: u8, data: Option<(Day, Day)>) -> (Day, Day) {
        let (first, last) = data.unwrap_or((today, today));
        let all = self.named(today, start, Some(last)) == Some(Period::All);
        let (from, to) = self.chosen(today, start).filter(|_| !all).unwrap_or((first, last));
        (from, if last >= from { to.min(last) } else { to })
    }

    /// The period looked at, none for days without a name: when nothing is chosen the fiscal year, or all there is when its `last` day lies before that.
    #[must_use]
    pub fn named(&self, today: Day, start: u8, last: Option<Day>) -> Option<Period> {
        let usual = || {
            let begins = Period::FiscalYear.days(today, start).map(|(from, _)| from);
            if last.zip(begins).is_some_and(|(last, begins)| last < begins) { Period::All } else { Period::FiscalYear }
        };
        self.period.or_else(|| self.days.is_none().then(usual))
    }

    /// With what a view narrows further: days, and what is kept.
    #[must_use]
    pub fn narrowed(&self, view: &View, days: (Day, Day)) -> Self {
        let mut filters = self.clone();
        for (dimension, labels) in &view.keys {
            if filters.labels(*dimension) != labels {
                filters = filters.with(*dimension, labels.clone());
            }
        }
        if view.days != days {
            (filters.period, filters.days) = (None, Some(view.days));
        }
        filters
    }
}

/// What one chart looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Days.
    pub days: (Day, Day),
    /// The end of the period they are of: later, while it is not over.
    pub end: Day,
    /// Values kept, of each dimension once; all of them hold.
    pub keys: Vec<Kept>,
    /// The segment customers are kept of.
    pub segment: Option<String>,
    /// What rankings go by.
    pub by: By,
}

impl View {
    /// Of the panel: the filters of the area and the marks pressed elsewhere.
    #[must_use]
    pub fn of(panel: &str, days: (Day, Day), filters: &Filters, picks: &[Pick], by: By) -> Self {
        let mut view = Self { days, end: days.1, keys: filters.only.clone(), segment: filters.segment.clone(), by };
        let others = || picks.iter().filter(|pick| pick.panel != panel);
        if let Some(days) = others().find_map(|pick| pick.days.filter(|_| !pick.marks.is_empty())) {
            view = view.over(days);
        }
        for pick in others() {
            pick.keys().iter().for_each(|(dimension, labels)| view.narrow(*dimension, labels));
            view.between(pick.days.filter(|_| pick.marks.is_empty()));
        }
        view
    }

    fn between(&mut self, days: Option<(Day, Day)>) {
        if let Some((from, to)) = days {
            self.days = (self.days.0.max(from), self.days.1.min(to));
            self.end = self.days.1;
        }
    }

    /// Keeps only these of what is kept of a dimension: a mark within what the area keeps narrows it further, another one leaves nothing.
    fn narrow(&mut self, dimension: Dimension, labels: &[Option<String>]) {
        match self.keys.iter_mut().find(|(one, _)| *one == dimension) {
            None => self.keys.push((dimension, labels.to_vec())),
            Some((_, kept)) => {
                kept.retain(|label| labels.contains(label));
                if kept.is_empty() {
                    *kept = nothing();
                }
            }
        }
    }

    /// The same within a mark.
    #[must_use]
    pub fn within(&self, keys: &[Key], days: Option<(Day, Day)>) -> Self {
        let mut view = self.clone();
        keys.iter().for_each(|(dimension, label)| view.narrow(*dimension, std::slice::from_ref(label)));
        view.between(days);
        view
    }

    /// What it keeps beyond the filters of the area and its days, as an address has it.
    #[must_use]
    pub fn marks(&self, filters: &Filters, days: (Day, Day)) -> String {
        let mut address = Address::new("");
        let kept = |(dimension, labels): &&Kept| filters.labels(*dimension) != labels;
        for (dimension, labels) in self.keys.iter().filter(kept) {
            labels.iter().for_each(|label| address.add(dimension.code(), label.as_deref().unwrap_or_default()));
        }
        if self.days != days {
            address.add("from", &self.days.0.to_string());
            address.add("to", &self.days.1.to_string());
        }
        address.finish().trim_start_matches('?').to_owned()
    }

    /// The same over other days.
    #[must_use]
    pub fn over(&self, days: (Day, Day)) -> Self {
        Self { days, end: days.1, ..self.clone() }
    }

    /// What is kept, as slices are filtered.
    #[must_use]
    pub fn filters(&self) -> BTreeMap<String, Vec<Option<String>>> {
        let segment = self.segment.iter().map(|segment| (SEGMENT.to_owned(), vec![Some(segment.clone())]));
        let mut filters = BTreeMap::new();
        filters.extend(self.keys.iter().map(|(dimension, labels)| (dimension.code().to_owned(), labels.clone())).chain(segment));
        filters
    }

    /// A slice of it.
    #[must_use]
    pub fn slice(&self, by: &[Dimension], metrics: &[Metric]) -> SliceDraft {
        let mut draft = SliceDraft { from: self.days.0.to_string(), to: self.days.1.to_string(), ..SliceDraft::default() };
        draft.filters = self.filters();
        // days of a mark that lie outside those chosen leave nothing too
        if self.days.0 > self.days.1 {
            draft.to.clone_from(&draft.from);
            draft.filters.insert(Dimension::Branch.code().to_owned(), nothing());
        }
        draft.group_by = by.iter().map(|dimension| dimension.code().to_owned()).collect();
        draft.metrics = metrics.iter().map(|metric| metric.code().to_owned()).collect();
        draft
    }
}

/// What of an address's query a room understands: only the split knows what is compared, and only the pipeline the marks of opportunities.
#[must_use]
pub fn understood(query: &str, room: &str) -> String {
    let owned = [("measure=", WHY), ("against=", WHY), (PRESSED, PIPELINE)];
    let is_foreign = |pair: &&str| owned.iter().any(|(own, of)| pair.starts_with(own) && room != *of);
    query.split('&').filter(|pair| !is_foreign(pair)).collect::<Vec<_>>().join("&")
}

/// Names and values of an address.
#[must_use]
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let plain = |text: &str| leptos_router::location::Url::unescape(&text.replace('+', " "));
    let pair = |pair: &str| pair.split_once('=').map_or((plain(pair), String::new()), |(name, value)| (plain(name), plain(value)));
    query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// A label that nobody carries.
fn nothing() -> Vec<Option<String>> {
    vec![Some("\u{0}".to_owned())]
}

#[cfg(test)]
mod tests;
