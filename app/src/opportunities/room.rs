//! The room: asked anew when the area's filters or its own marks change; a mark narrows the other boards, and the list behind them is one step away.

use super::api;
use super::board::show;
use super::boards::{BOARDS, Boards, CHOICE};
use crate::ask::failure;
use crate::clients::query::Address;
use crate::kpis::{Area, Narrowed, field, on_escape, select};
use crate::live::{live, no_act, pressed};
use crate::problem::Problem;
use crate::session::here;
use crate::ui::{ButtonLink, Empty, Glyph};
use domain::Day;
use domain::cube::Dimension;
use domain::opportunities::Query;
use domain::people::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

type Answer = Option<Result<Boards, Problem>>;
/// Marks pressed in the charts of sales that opportunities cannot be narrowed to.
const NOT_HELD: &str = "Marks of sales that stand for several names or for none do not narrow opportunities.";

/// The room's content.
pub fn room(area: Area) -> AnyView {
    let asked = Memo::new(move |_| (asked(area), area.filters.with(|filters| filters.pressed.clone())));
    let (answer, turn) = (RwSignal::new(Answer::None), StoredValue::new(0_u32));
    let fetch = move |(query, pressed): (Query, String)| {
        let now = turn.get_value() + 1;
        turn.set_value(now);
        spawn_local(async move {
            let boards = api::opportunities_boards(query, pressed).await;
            // the page may be gone by then, or something else asked
            if turn.try_get_value() == Some(now) {
                if let Ok(boards) = &boards {
                    area.held.set(Arc::new(boards.held.clone()));
                }
                answer.set(Some(boards));
            }
        });
    };
    Effect::new(move |_| fetch(asked.get()));
    on_escape(move || clear(area));
    let state = Memo::new(move |_| {
        answer.with(|answer| answer.as_ref().map(|answer| answer.as_ref().map(|boards| boards.any).map_err(Clone::clone)))
    });
    let content = move || match state.get() {
        Some(Err(problem)) => failure(&problem, Callback::new(move |()| fetch(asked.get_untracked()))),
        Some(Ok(false)) => nothing(),
        _ => boards(area, answer),
    };
    view! { {content} }.into_any()
}

/// What the area's filters and the marks pressed in its other rooms come to here.
fn asked(area: Area) -> Query {
    query(&area.view(""), area.days(), area.chosen())
}

/// What narrows the area and cannot narrow opportunities, in words.
pub fn not_held(view: &Narrowed) -> Option<&'static str> {
    view.keys.iter().any(|(_, labels)| !matches!(labels[..], [Some(_)])).then_some(NOT_HELD)
}

/// Presses other marks.
fn narrow(area: Area, pressed: String) {
    let mut filters = area.filters.get_untracked();
    if filters.pressed != pressed {
        filters.pressed = pressed;
        area.show(&filters);
    }
}

/// Lets all marks go; the pipeline that was chosen stays.
fn clear(area: Area) {
    let now = area.filters.with_untracked(|filters| filters.pressed.clone());
    narrow(area, now.split(';').filter(|entry| entry.starts_with(CHOICE)).collect::<Vec<_>>().join(";"));
}

/// Presses a mark alone in its board, or lets it go when it is.
pub(super) fn press(area: Area, board: &str, mark: &str) {
    let (of, one) = ([board, "."].concat(), [board, ".", mark].concat());
    let now = area.filters.with_untracked(|filters| filters.pressed.clone());
    let mut kept: Vec<&str> = now.split(';').filter(|entry| !entry.is_empty() && !entry.starts_with(&of)).collect();
    if !now.split(';').any(|entry| entry == one) {
        kept.push(&one);
    }
    narrow(area, kept.join(";"));
}

/// What a view of the area, whose filters alone leave `days`, comes to here; no days `chosen` and none marked leave nothing out.
pub fn query(view: &Narrowed, days: (Day, Day), chosen: Option<(Day, Day)>) -> Query {
    let (from, to) = if view.days == days { chosen } else { Some(view.days) }.unzip();
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Query::nothing();
    }
    let label = |dimension| {
        let kept = view.keys.iter().find(|(one, _)| *one == dimension);
        kept.and_then(|(_, labels)| if let [label] = &labels[..] { label.clone() } else { None })
    };
    Query {
        from,
        to,
        branch: label(Dimension::Branch),
        rep: label(Dimension::Rep),
        product_line: label(Dimension::ProductLine),
        item_group: label(Dimension::ItemGroup),
        product: label(Dimension::Product),
        customer: label(Dimension::Customer),
        segment: view.segment.clone(),
        ..Query::default()
    }
}

/// Nothing was brought in yet: how it is done, for whoever may.
fn nothing() -> AnyView {
    let may = here().may(Right::Import);
    let text = if may {
        "Bring an export of your CRM in: choose Opportunities, and with the file a mapping that says its stages in order."
    } else {
        "They come with an export of a CRM, which a manager brings in; then the pipeline shows here."
    };
    let next = may.then(|| view! { <ButtonLink href="/office/imports/new" glyph=Glyph::Download>"Bring a file in"</ButtonLink> });
    view! { <Empty glyph=Glyph::Chart title="No opportunities yet" words=text>{next}</Empty> }.into_any()
}

/// Where there are several pipelines: one of them, or all.
fn choice(area: Area) -> AnyView {
    let several = Memo::new(move |_| area.held.with(|held| held.pipelines.len() > 1));
    let mark = |name: &str| {
        let mut address = Address::new("");
        address.add("pipeline", name);
        address.finish().trim_start_matches('?').to_owned()
    };
    let options = move || {
        let pressed = area.filters.with(|filters| filters.pressed.clone());
        let is_chosen = |mark: &str| pressed.split(';').any(|entry| entry == [CHOICE, ".", mark].concat());
        let option = |name: &String| (mark(name), name.clone(), is_chosen(&mark(name)));
        let all: Vec<_> = area.held.with(|held| held.pipelines.iter().map(option).collect());
        let none = !all.iter().any(|(_, _, chosen)| *chosen);
        std::iter::once((String::new(), "All pipelines".to_owned(), none)).chain(all).collect()
    };
    let choose = move |mark: String| {
        let now = area.filters.with_untracked(|filters| filters.pressed.clone());
        // marks of the funnel are of a pipeline
        let kept = now.split(';').filter(|entry| !entry.is_empty() && !entry.starts_with(CHOICE) && !entry.contains("pipeline="));
        let chosen = (!mark.is_empty()).then(|| [CHOICE, ".", &mark].concat());
        narrow(area, kept.map(str::to_owned).chain(chosen).collect::<Vec<_>>().join(";"));
    };
    let list = move || {
        view! { <div class="kpis__bar">{field("k-pipeline".into(), "Pipeline", select("k-pipeline".into(), options, choose))}</div> }
    };
    view! { {move || several.get().then(list)} }.into_any()
}

fn boards(area: Area, answer: RwSignal<Answer>) -> AnyView {
    let of = move |part: fn(&Boards) -> &String| {
        Signal::derive(move || {
            answer.with(|answer| answer.as_ref().and_then(|answer| Some(part(answer.as_ref().ok()?).clone())).unwrap_or_default())
        })
    };
    let own = here().has_book();
    let shown = BOARDS.iter().enumerate().filter(|(_, board)| board.own || !own).map(|(at, board)| {
        let of = Memo::new(move |_| answer.with(|answer| answer.as_ref()?.as_ref().ok()?.boards.get(at).cloned()));
        show(area, board, of)
    });
    let press = move |event: leptos::ev::MouseEvent| {
        pressed(&event, |mark, element| match element.get_attribute("data-of") {
            Some(board) => press(area, &board, mark),
            None => clear(area),
        });
    };
    let not_held = move || not_held(&area.view("")).map(|words| view! { <p class="muted small">{words}</p> });
    view! {
        {choice(area)}
        {live(of(|boards| &boards.figures), "kpis__tiles", Some(("group", "Figures")), no_act)}
        <div class="kpis__behind" on:click=press>{live(of(|boards| &boards.narrowed), "chips", Some(("group", "Pressed marks")), no_act)}</div>
        {not_held}
        <div class="kpis__panels">{shown.collect_view()}</div>
    }
    .into_any()
}
