//! “Why did it move?”: a room of the area where a change is split into its causes, to the minor unit and down to names.

mod compared;
mod draw;
#[cfg(feature = "ssr")]
pub mod paper_ssr;
mod parts;

pub use compared::{Against, Compared};

use super::area::{Area, Split};
use super::filters::{Filters, View};
use super::foot::foot;
use super::page::on_escape;
use super::panel::NONE;
use super::picture;
use crate::charts::{Said, chart};
use crate::live::{focus, live, no_act, pressed};
use crate::reports::file;
use crate::session::here;
use crate::ui::{Button, Look};
use domain::Day;
use domain::movement::{Movement, QuestionDraft};
use domain::people::Right;
use domain::reports::Format;
use leptos::prelude::*;
use std::sync::Arc;

/// The end of its address under the area's.
pub const ROOM: &str = "why";
/// Names each cause is broken down by.
const NAMES: i64 = 8;

/// The address where the change of a view's figure is split; `filters` are those of the area's address, with its days.
#[must_use]
pub fn address((filters, days): (&Filters, (Day, Day)), view: &View, compared: Compared) -> String {
    Filters { compared, ..filters.narrowed(view, days) }.address(ROOM)
}

/// What the address asks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    view: View,
    compared: Compared,
}

impl Asked {
    fn before(&self) -> (Day, Day) {
        self.compared.against.days(self.view.days)
    }

    /// The question; in its place the words where there is nothing to compare, or no day at all.
    fn question(&self, data: Option<(Day, Day)>) -> Result<QuestionDraft, String> {
        let before = self.before();
        let Some((first, _)) = data else { return Err(NONE.to_owned()) };
        if first > before.0 || self.view.days.0 > self.view.days.1 {
            return Err(["There is nothing to compare with: the first day with data is ", &first.to_string(), "."].concat());
        }
        Ok(QuestionDraft {
            measure: self.compared.measure.metric().code().to_owned(),
            from: self.view.days.0.to_string(),
            to: self.view.days.1.to_string(),
            before_from: before.0.to_string(),
            before_to: before.1.to_string(),
            filters: self.view.filters(),
            names: Some(NAMES),
        })
    }
}

/// Whether anything was sold, then or now.
fn is_something(movement: &Movement) -> bool {
    movement.now.figure.or(movement.before.figure).is_some()
}

/// The room.
pub fn why(area: Area) -> AnyView {
    let asked = Memo::new(move |_| Asked { view: area.view(ROOM), compared: area.filters.with(|filters| filters.compared) });
    let split = area.split(move || asked.with(|asked| asked.question(area.data.get()).ok()));
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
    if let Err(words) = asked.question(data) {
        return State::Said(words, false);
    }
    match split {
        None => State::Working,
        Some(Err(problem)) => State::Said(problem.words(), true),
        Some(Ok(movement)) if !is_something(movement) => State::Said(NONE.to_owned(), false),
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
    on_escape(move || picked.set(None));
    let press = move |event: leptos::ev::MouseEvent| {
        let more = event.ctrl_key() || event.shift_key() || event.meta_key();
        pressed(&event, |verb, _| match parts::pick(verb) {
            Some(pick) => {
                let chip = ["[data-of=\"", pick.panel, "\"]"].concat();
                area.press(Some(pick), more);
                // the split is made again, and what was pressed goes with it: its chip is the way back
                request_animation_frame(move || document().body().iter().for_each(|body| focus(body, &chip)));
            }
            None => picked.set(None),
        });
    };
    let sum = Signal::derive(move || movement().map(|movement| draw::proof(&movement, currency)).unwrap_or_default());
    let table = Signal::derive(move || {
        let view = asked.with(|asked| (asked.view.clone(), asked.before()));
        let shown = (picked.get(), area.printing.get());
        let draw = |movement: Arc<Movement>| area.picks.with(|picks| parts::table(&movement, (&view.0, view.1), (shown, picks), currency));
        movement().map(draw).unwrap_or_default()
    });
    let save = RwSignal::new(String::new());
    let png = move || untrack(|| picture::save(area, ROOM, "why-it-moved.png", save));
    let export = Signal::derive(move || area.asked(""));
    let files = here().may(Right::Export).then(|| [Format::Csv, Format::Xlsx].map(|format| file(export, format, "")).collect_view());
    let files = view! {
        {files}
        <Button look=Look::Plain small=true on_press=png>"PNG"</Button>
    };
    view! {
        {live(sum, "why__sum", None, no_act)}
        {chart("why", "Causes of the change", "chart--wide", false, of, save.into(), said)}
        <div on:click=press>{live(table, "why__parts", None, no_act)}</div>
        {foot(area, "why__foot", ().into_any(), files.into_any())}
    }
    .into_any()
}
