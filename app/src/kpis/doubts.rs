//! What of the area's address is not understood, in words, and what is shown instead: an address may have been typed, or passed on by hand.

use super::area::Area;
use super::by::By;
use super::filters::{Filters, NARROWED, pairs};
use super::period::Period;
use super::tiles::span;
use super::why::{Compared, ROOM as WHY};
use crate::live::{live, no_act};
use crate::markup::Markup;
use crate::opportunities::{PRESSED, ROOM as PIPELINE};
use crate::ui::Glyph;
use domain::Day;
use domain::cube::Dimension;
use domain::segments::SEGMENT;
use leptos::prelude::*;

/// Labels of a dimension; none where they are not known.
type Labels<'a> = &'a dyn Fn(Dimension) -> Option<Vec<String>>;

/// Whether an address says more than its filters do: then [`doubts`] finds out what.
#[must_use]
pub fn any(query: &str, address: &str) -> bool {
    let says = |name: &str| ["?", "&"].iter().any(|mark| address.contains(&[mark, name, "="].concat()));
    pairs(query).iter().any(|(name, value)| !value.is_empty() && !says(name) && (name != "by" || By::parse(value).code() != value))
}

/// The line that says it.
#[must_use]
pub fn doubts(area: Area, query: Memo<String>) -> AnyView {
    let html = Signal::derive(move || {
        let labels = |dimension| Some(area.labels(dimension)).filter(|labels| !labels.is_empty());
        let segments = area.beside.with(|beside| beside.segments.names());
        let said = area.filters.with(|filters| {
            let days = of_days(&pairs(&query.get()), filters);
            let instead = (!days.is_empty()).then(|| {
                let period = filters.period.unwrap_or(Period::FiscalYear).words();
                ["Shown instead: ", period, ", ", &span(area.days(), area.today), "."].concat()
            });
            let names = of_names(&pairs(&query.get()), &area.room.get());
            let values = of_values(filters, &labels, &segments);
            [days, instead.into_iter().collect(), names, values].concat().join(" ")
        });
        let mut m = Markup::default();
        if !said.is_empty() {
            m.put("<div class=\"banner banner--warn\" role=\"alert\">", &[]);
            m.icon(Glyph::Warn);
            m.put("<span>{}</span></div>", &[&said]);
        }
        m.done()
    });
    live(html, "kpis__doubts", None, no_act)
}

/// Periods and days that are none.
fn of_days(pairs: &[(String, String)], filters: &Filters) -> Vec<String> {
    let of = |name: &str| pairs.iter().find(|(one, value)| one == name && !value.is_empty()).map(|(_, value)| value.as_str());
    let mut said = Vec::new();
    if let Some(code) = of("period").filter(|_| filters.period.is_none()) {
        said.push(["“", code, "” is no period."].concat());
    }
    for (name, value) in ["from", "to"].into_iter().filter_map(|name| Some((name, of(name)?))) {
        if Day::parse(value).is_none() {
            said.push([name, "=", value, " is no day of the calendar: write it as 2026-02-28."].concat());
        }
    }
    if said.is_empty() && filters.days.is_none() {
        match (of("from").and_then(Day::parse), of("to").and_then(Day::parse)) {
            (Some(from), Some(to)) => {
                said.push(["The first day, ", &from.long(Day(0)), ", lies after the last, ", &to.long(Day(0)), ": swap them."].concat());
            }
            (Some(_), None) => said.push("There is a first day and no last one.".to_owned()),
            (None, Some(_)) => said.push("There is a last day and no first one.".to_owned()),
            (None, None) => {}
        }
    }
    said
}

/// Parameters that narrow nothing.
fn of_names(pairs: &[(String, String)], room: &str) -> Vec<String> {
    let compared = |name: &str, value: &str| Compared::read(|one| (one == name).then(|| value.to_owned())).pairs().contains(&(name, value));
    let known = |name: &str, value: &str| match name {
        "period" | "from" | "to" | SEGMENT => true,
        "by" => By::parse(value).code() == value,
        _ if NARROWED.iter().any(|(dimension, ..)| dimension.code() == name) => true,
        PRESSED => room == PIPELINE,
        _ => room == WHY && compared(name, value),
    };
    let unknown = pairs.iter().filter(|(name, value)| !value.is_empty() && !known(name, value));
    unknown.map(|(name, value)| [name, "=", value, " narrows nothing and was passed over."].concat()).collect()
}

/// Values nobody and nothing is called by.
fn of_values(filters: &Filters, labels: Labels<'_>, segments: &[String]) -> Vec<String> {
    let said =
        |name: &str, label: &str| ["No sales you see are of ", &name.to_lowercase(), " “", label, "”: take the filter away."].concat();
    let mut all = Vec::new();
    for (dimension, name, _) in &NARROWED {
        let unknown = |label: &&String| labels(*dimension).is_some_and(|labels| !labels.contains(label));
        all.extend(filters.labels(*dimension).iter().flatten().filter(unknown).map(|label| said(name, label)));
    }
    let unknown = filters.segment.as_ref().filter(|segment| !segments.is_empty() && !segments.contains(segment));
    all.extend(unknown.map(|segment| said("Segment", segment)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::kept_ssr::of_pairs;

    fn read(query: &str) -> (Vec<(String, String)>, Filters) {
        let pairs = pairs(query);
        let filters = of_pairs(&pairs);
        (pairs, filters)
    }

    #[test]
    fn what_an_address_says_of_days_is_understood_or_named() {
        let said = |query: &str| {
            let (pairs, filters) = read(query);
            assert_eq!(any(query, &filters.address("")), !of_days(&pairs, &filters).is_empty(), "{query}");
            of_days(&pairs, &filters).join(" ")
        };
        for query in ["", "?from=2026-02-01&to=2026-02-28", "?period=month", "?from=&to="] {
            assert_eq!(said(query), "", "{query}");
        }
        assert_eq!(said("?from=2026-02-30&to=2026-03-01"), "from=2026-02-30 is no day of the calendar: write it as 2026-02-28.");
        assert_eq!(said("?from=2026-03-01&to=2026-02-01"), "The first day, 1 March 2026, lies after the last, 1 February 2026: swap them.");
        assert_eq!(said("?to=2026-02-01"), "There is a last day and no first one.");
        assert_eq!(said("?period=soon"), "“soon” is no period.");
    }

    #[test]
    fn what_narrows_nothing_and_whom_nobody_knows_are_named() {
        let of = |query: &str, room: &str| of_names(&read(query).0, room).join(" ");
        assert_eq!(of("?brnach=Nakuru&branch=Nakuru&by=margin", ""), "brnach=Nakuru narrows nothing and was passed over.");
        assert_eq!(of("?by=luck", ""), "by=luck narrows nothing and was passed over.");
        assert_eq!((of("?against=year", WHY).as_str(), of("?against=luck", WHY).is_empty()), ("", false));
        let filters = read("?branch=Nakuru&rep=Nobody&segment=Farms").1;
        let labels = |dimension| (dimension != Dimension::Branch).then(|| vec!["Ann".to_owned()]);
        let said = of_values(&filters, &labels, &["Hotels".to_owned()]);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("salesperson “Nobody”") && said[1].contains("segment “Farms”"), "{said:?}");
        assert_eq!(of_values(&filters, &|_| None, &[]), Vec::<String>::new(), "what is not known yet is nobody's fault");
    }
}
