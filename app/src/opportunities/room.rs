//! The room: asked anew when the area's filters change; a mark leads to the opportunities behind it.

use super::boards::{BOARDS, Board, Boards, Shown};
use super::{api, href};
use crate::ask::failure;
use crate::charts::{Chart, Said, chart};
use crate::kpis::csv::save;
use crate::kpis::{Area, Filters, picture, span};
use crate::live::{live, no_act};
use crate::problem::Problem;
use crate::session::here;
use crate::ui::{Button, ButtonLink, Empty, Glyph, Look};
use domain::Day;
use domain::cube::Dimension;
use domain::opportunities::Query;
use domain::people::Right;
use domain::reports::Format;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

type Answer = Option<Result<Boards, Problem>>;
type Go = StoredValue<Box<dyn Fn(&str) + Send + Sync>>;
/// Where a mark leads, and the area the room is of.
type Acts = (Go, Area);

/// The room's content.
pub fn room(area: Area) -> AnyView {
    let query = Memo::new(move |_| asked(area));
    let (answer, turn) = (RwSignal::new(Answer::None), StoredValue::new(0_u32));
    let fetch = move |query: Query| {
        let now = turn.get_value() + 1;
        turn.set_value(now);
        spawn_local(async move {
            let boards = api::opportunities_boards(query).await;
            // the page may be gone by then, or something else asked
            if turn.try_get_value() == Some(now) {
                answer.set(Some(boards));
            }
        });
    };
    Effect::new(move |_| fetch(query.get()));
    let navigate = use_navigate();
    let go: Go = StoredValue::new(Box::new(move |address| navigate(address, Default::default())));
    let state = Memo::new(move |_| {
        answer.with(|answer| answer.as_ref().map(|answer| answer.as_ref().map(|boards| boards.any).map_err(Clone::clone)))
    });
    let content = move || match state.get() {
        Some(Err(problem)) => failure(&problem, Callback::new(move |()| fetch(query.get_untracked()))),
        Some(Ok(false)) => nothing(),
        _ => boards(answer, query, (go, area)),
    };
    view! { {content} }.into_any()
}

/// What the area's filters come to here.
fn asked(area: Area) -> Query {
    let chosen = area.chosen();
    area.filters.with(|filters| query(chosen, filters))
}

/// What days and filters come to here; all days leave nothing out.
pub fn query(chosen: Option<(Day, Day)>, filters: &Filters) -> Query {
    let (from, to) = chosen.unzip();
    let label = |dimension| filters.label(dimension).map(str::to_owned);
    Query {
        from,
        to,
        branch: label(Dimension::Branch),
        rep: label(Dimension::Rep),
        product_line: label(Dimension::ProductLine),
        item_group: label(Dimension::ItemGroup),
        product: label(Dimension::Product),
        customer: label(Dimension::Customer),
        segment: filters.segment.clone(),
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

fn boards(answer: RwSignal<Answer>, query: Memo<Query>, acts: Acts) -> AnyView {
    let figures = Signal::derive(move || {
        answer.with(|answer| answer.as_ref().and_then(|answer| Some(answer.as_ref().ok()?.figures.clone())).unwrap_or_default())
    });
    let own = here().has_book();
    let shown = BOARDS.iter().enumerate().filter(|(_, board)| board.own || !own).map(|(at, board)| {
        let of = Memo::new(move |_| answer.with(|answer| answer.as_ref()?.as_ref().ok()?.boards.get(at).cloned()));
        show(board, of, acts)
    });
    let all = move || query.with(href);
    view! {
        {live(figures, "kpis__tiles", Some(("group", "Figures")), no_act)}
        <p><a class="button button--quiet" href=all>"List the opportunities"</a></p>
        <div class="kpis__panels">{shown.collect_view()}</div>
    }
    .into_any()
}

fn show(board: &'static Board, of: Memo<Option<Shown>>, acts: Acts) -> AnyView {
    let instead = Memo::new(move |_| of.with(|shown| shown.as_ref().map(|shown| shown.instead.clone())));
    let body = move || match instead.get() {
        None => view! { <div class=["chart chart--waiting ", board.class].concat() role="status" aria-label="Loading"></div> }.into_any(),
        Some(words) if !words.is_empty() => view! { <p class="panel__empty">{words}</p> }.into_any(),
        Some(_) => content(board, of, acts),
    };
    let id = [board.id, "-title"].concat();
    let named = id.clone();
    view! {
        <section class=["panel card ", board.class, "-panel"].concat() aria-labelledby=named>
            <h2 class="panel__title" id=id>{board.title}</h2>
            <p class="panel__says">{board.says}</p>
            {body}
        </section>
    }
    .into_any()
}

/// Chart, table and files.
fn content(board: &'static Board, of: Memo<Option<Shown>>, (go, area): Acts) -> AnyView {
    let printing = area.printing;
    let shown = move || of.get().unwrap_or_default();
    let drawn = Signal::derive(move || {
        let shown = shown();
        Chart { option: shown.option, marks: shown.marks.into_iter().map(|(words, _)| (words, false)).collect() }
    });
    let said = Callback::new(move |said| {
        if let Said::Pick(at) = said
            && let Some((_, address)) = untrack(shown).marks.get(at)
        {
            go.with_value(|go| go(address));
        }
    });
    let save_as = RwSignal::new(String::new());
    let png = move || {
        let (days, filters) = untrack(|| (area.chosen(), area.filters.get().words()));
        let days = days.map_or_else(|| "All data".to_owned(), |days| span(days, Day(0)));
        let of = [vec![days], filters].concat().join(" · ");
        picture::give(save_as, &[&[board.id, ".png"].concat(), &of, &["Opportunities as of ", &area.today.long(Day(0))].concat()]);
    };
    let asked = Signal::derive(move || area.asked("").map(|(view, _)| (view, String::new())));
    let may = here().may(Right::Export);
    let export = move || save(&[board.id, ".csv"].concat(), &untrack(shown).csv);
    let csv = may.then(|| {
        view! {
            <Button look=Look::Plain small=true on_press=export>"CSV"</Button>
            {crate::reports::file(asked, Format::Xlsx, board.id)}
        }
    });
    let table = move || shown().table;
    view! {
        {chart(board.id, board.title, board.class, false, drawn, save_as.into(), said)}
        <div class="panel__foot">
            <details class="panel__table" prop:open=printing>
                <summary>"Table"</summary>
                <div inner_html=table></div>
            </details>
            <div class="panel__files">
                {csv}
                <Button look=Look::Plain small=true on_press=png>"PNG"</Button>
            </div>
        </div>
    }
    .into_any()
}
