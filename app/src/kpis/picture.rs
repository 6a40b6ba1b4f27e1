//! A chart as a picture: what stands above it, so that it says of what it is wherever it is passed on.

use super::area::Area;
use super::tiles::span;
use domain::Day;
use leptos::prelude::*;

/// Has the picture of a chart saved under a name: period, filters and marks of other charts stand above it, and how fresh its figures are.
pub fn save(area: Area, panel: &str, name: &str, order: RwSignal<String>) {
    let view = area.view(panel);
    let mut of = span(view.days, Day(0));
    narrowed(area, panel).iter().flat_map(|words| [" · ", words]).for_each(|part| of.push_str(part));
    let as_of = area.as_of.get().map(|clock| [", as of ", &clock].concat()).unwrap_or_default();
    let fresh = area.fresh(Day(0)).map(|fresh| [&fresh, &as_of[..]].concat()).unwrap_or_default();
    give(order, &[name, &of, &fresh]);
}

/// What a chart is narrowed by, in words: filters, and marks of other charts.
pub fn narrowed(area: Area, panel: &str) -> Vec<String> {
    let mut words = area.filters.with(|filters| filters.words());
    area.picks.with(|picks| words.extend(picks.iter().filter(|pick| pick.panel != panel).map(|pick| pick.words())));
    words
}

/// Has it saved under the first of these words, with the others above it; the same order twice differs by its number.
pub fn give(order: RwSignal<String>, words: &[&str]) {
    let turn = order.with_untracked(|last| if last.starts_with('1') { "2 " } else { "1 " });
    order.set([turn, &words.join("\n")].concat());
}
