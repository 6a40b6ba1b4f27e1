//! “Why did it move?”: a room of the area where a change is split into its causes, to the minor unit and down to names.

mod draw;
mod parts;

use super::area::{Area, Split};
use super::filters::{Filters, View};
use super::panel::NONE;
use super::period::{before, year_before};
use crate::charts::{Chart, Said, chart};
use crate::live::{live, no_act};
use crate::session::here;
use domain::Day;
use domain::movement::{Measure, QuestionDraft};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The end of its address under the area's.
pub const ROOM: &str = "why";
/// Names each cause is broken down by.
const NAMES: i64 = 8;

/// What a period is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// As many days directly before.
    #[default]
    Before,
    /// The same days a year earlier.
    YearBefore,
}

impl Against {
    const ALL: [Self; 2] = [Self::Before, Self::YearBefore];

    const fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::YearBefore => "year",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Before => "The days before",
            Self::YearBefore => "A year earlier",
        }
    }

    fn days(self, days: (Day, Day)) -> (Day, Day) {
        match self {
            Self::Before => before(days),
            Self::YearBefore => year_before(days),
        }
    }
}

/// The two figures that are split.
const MEASURES: [Measure; 2] = [Measure::NetSales, Measure::GrossProfit];

/// The address where the change of a view's figure is split; `filters` are those of the area's address, with its days.
#[must_use]
pub fn address((filters, days): (&Filters, (Day, Day)), view: &View, measure: Measure, against: Against) -> String {
    let mut address = filters.narrowed(view, days).begun(ROOM);
    address.add("measure", measure.metric().code());
    address.add("against", against.code());
    address.finish()
}

/// What the address asks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    view: View,
    measure: Measure,
    against: Against,
}

impl Asked {
    fn before(&self) -> (Day, Day) {
        self.against.days(self.view.days)
    }

    /// The question; none where there is nothing to compare with, or no day at all.
    fn question(&self, data: Option<(Day, Day)>) -> Option<QuestionDraft> {
        let before = self.before();
        let known = data.is_some_and(|(first, _)| first <= before.0) && self.view.days.0 <= self.view.days.1;
        known.then(|| QuestionDraft {
            measure: self.measure.metric().code().to_owned(),
            from: self.view.days.0.to_string(),
            to: self.view.days.1.to_string(),
            before_from: before.0.to_string(),
            before_to: before.1.to_string(),
            filters: self.view.filters(),
            names: Some(NAMES),
        })
    }
}

/// The room.
pub fn why(area: Area) -> AnyView {
    let url = use_query_map();
    let asked = Memo::new(move |_| {
        let param = |name: &str| url.with(|url| url.get(name)).unwrap_or_default();
        let (measure, against) = (param("measure"), param("against"));
        Asked {
            view: area.view(ROOM),
            measure: MEASURES.into_iter().find(|one| one.metric().code() == measure).unwrap_or(Measure::NetSales),
            against: Against::ALL.into_iter().find(|one| one.code() == against).unwrap_or_default(),
        }
    });
    let split = area.split(move || asked.with(|asked| asked.question(area.data.get())));
    let choices = Signal::derive(move || {
        let (filters, days) = (area.filters.get(), area.days());
        asked.with(|asked| draw::choices(asked, (&filters, days)))
    });
    let says = Signal::derive(move || asked.with(|asked| draw::spans(asked, area.today)));
    let picked = RwSignal::new(None);
    let state = Memo::new(move |_| asked.with(|asked| state(asked, area.data.get(), split.get().as_ref())));
    let content = move || match state.get() {
        State::Working => {
            view! { <div class="chart chart--wide chart--waiting why__working" role="status">"Splitting the change into its causes…"</div> }
                .into_any()
        }
        State::Said(words, alert) => view! { <p class="panel__empty" role=alert.then_some("alert")>{words}</p> }.into_any(),
        State::There => there(area, asked, split, picked),
    };
    view! {
        {live(choices, "why__choices", Some(("navigation", "What is split")), no_act)}
        <section class="panel card why" aria-labelledby="why-title">
            <h2 class="panel__title" id="why-title">"Why did it move?"</h2>
            {live(says, "panel__says", None, no_act)}
            {content}
        </section>
    }
    .into_any()
}

#[derive(Clone, PartialEq, Eq)]
enum State {
    Working,
    Said(String, bool),
    There,
}

fn state(asked: &Asked, data: Option<(Day, Day)>, split: Option<&Split>) -> State {
    let Some((first, _)) = data else { return State::Said(NONE.to_owned(), false) };
    if asked.question(data).is_none() {
        let words = ["There is nothing to compare with: the first day with data is ", &first.to_string(), "."].concat();
        return State::Said(words, false);
    }
    match split {
        None => State::Working,
        Some(Err(problem)) => State::Said(problem.words(), true),
        Some(Ok(movement)) if movement.now.figure.is_none() && movement.before.figure.is_none() => State::Said(NONE.to_owned(), false),
        Some(Ok(_)) => State::There,
    }
}

fn there(area: Area, asked: Memo<Asked>, split: RwSignal<Option<Split>>, picked: RwSignal<Option<usize>>) -> AnyView {
    let company = here().company();
    let currency = company.currency;
    let movement = move || split.with(|split| split.clone()?.ok());
    let of = Signal::derive(move || movement().map(|movement| draw::fall(&movement, picked.get(), currency)).unwrap_or_default());
    let said = Callback::new(move |said| {
        let (Said::Pick(at) | Said::More(at) | Said::Brush(at, _)) = said;
        picked.update(|picked| *picked = (*picked != Some(at)).then_some(at));
    });
    let sum = Signal::derive(move || movement().map(|movement| draw::proof(&movement, currency)).unwrap_or_default());
    let table = Signal::derive(move || {
        let view = asked.with(|asked| (asked.view.clone(), asked.before()));
        movement().map(|movement| parts::table(&movement, (&view.0, view.1), picked.get(), currency)).unwrap_or_default()
    });
    let fresh = move || area.data.get().map(|(_, to)| ["Data to ", &to.long(area.today)].concat());
    let empty: Signal<Chart> = of;
    view! {
        {live(sum, "why__sum", None, no_act)}
        {chart("why", "Causes of the change", "chart--wide", false, empty, Signal::derive(String::new), said)}
        {live(table, "why__parts", None, no_act)}
        <p class="muted small">{fresh}</p>
    }
    .into_any()
}
