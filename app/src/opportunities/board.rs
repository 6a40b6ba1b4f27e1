//! A board on the page: its chart, or what is said in its place, the table behind it, and the files of both.

use super::boards::{Board, Shown};
use super::room::press;
use crate::charts::{Chart, Said, chart};
use crate::kpis::csv::{self, save};
use crate::kpis::{Area, foot, foot_table, picture, span};
use crate::live::pressed;
use crate::session::here;
use crate::ui::{Button, Look};
use domain::Day;
use domain::people::Right;
use domain::reports::Format;
use leptos::prelude::*;

/// What the board has.
#[derive(Clone, PartialEq, Eq)]
enum State {
    Waiting,
    /// Words in the place of the chart.
    Empty(String),
    /// The same, and a table all the same.
    Bare(String),
    Drawn,
}

fn state(shown: Option<&Shown>) -> State {
    match shown {
        None => State::Waiting,
        Some(shown) if shown.instead.is_empty() => State::Drawn,
        Some(shown) if shown.table.is_empty() => State::Empty(shown.instead.clone()),
        Some(shown) => State::Bare(shown.instead.clone()),
    }
}

/// The board.
pub fn show(area: Area, board: &'static Board, of: Memo<Option<Shown>>) -> AnyView {
    let state = Memo::new(move |_| of.with(|shown| state(shown.as_ref())));
    let body = move || match state.get() {
        State::Waiting => {
            view! { <div class=["chart chart--waiting ", board.class].concat() role="status" aria-label="Loading"></div> }.into_any()
        }
        State::Empty(words) => view! { <p class="panel__empty">{words}</p> }.into_any(),
        State::Bare(words) => {
            let table = below(area, board, of, ().into_any());
            view! {
                <p class="panel__empty">{words}</p>
                {table}
            }
            .into_any()
        }
        State::Drawn => content(area, board, of),
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

/// What a board is of: its days, then filters and marks of other boards.
fn about(area: Area, shown: &Shown) -> Vec<String> {
    let days = area.chosen().map_or_else(|| "All data".to_owned(), |days| span(days, Day(0)));
    [vec![days], area.filters.get().words(), shown.narrowed.clone()].concat()
}

/// Chart, table and files.
fn content(area: Area, board: &'static Board, of: Memo<Option<Shown>>) -> AnyView {
    let shown = move || of.get().unwrap_or_default();
    let drawn = Signal::derive(move || {
        let shown = shown();
        Chart { option: shown.option, marks: shown.marks.into_iter().map(|(words, _, pressed)| (words, Some(pressed))).collect() }
    });
    let said = Callback::new(move |said| {
        let (Said::Pick(at) | Said::More(at) | Said::Brush(at, _)) = said;
        if let Some((_, mark, _)) = untrack(shown).marks.get(at) {
            press(area, board.id, mark);
        }
    });
    let save_as = RwSignal::new(String::new());
    let png = move || {
        let (of, fresh) = untrack(|| (about(area, &shown()).join(" · "), area.fresh(Day(0)).unwrap_or_default()));
        picture::give(save_as, &[&[board.id, ".png"].concat(), &of, &fresh]);
    };
    let png = view! { <Button look=Look::Plain small=true on_press=png>"PNG"</Button> }.into_any();
    view! {
        {chart(board.id, board.title, board.class, false, drawn, save_as.into(), said)}
        {below(area, board, of, png)}
    }
    .into_any()
}

/// The table and its files, with that of the chart where there is one.
fn below(area: Area, board: &'static Board, of: Memo<Option<Shown>>, png: AnyView) -> AnyView {
    let shown = move || of.get().unwrap_or_default();
    let picking = move |event: leptos::ev::MouseEvent| pressed(&event, |mark, _| press(area, board.id, mark));
    let asked = Signal::derive(move || area.asked("").map(|(view, _)| (view, String::new())));
    let may = here().may(Right::Export);
    let currency = here().with_company(|company| company.currency);
    let export = move || {
        let shown = untrack(shown);
        let of = untrack(|| about(area, &shown));
        save(&[board.id, ".csv"].concat(), &[csv::head(board.title, &of, currency), shown.csv].concat());
    };
    let csv = may.then(|| {
        view! {
            <Button look=Look::Plain small=true on_press=export>"CSV"</Button>
            {crate::reports::file(asked, Format::Xlsx, board.id)}
        }
    });
    let rows = Signal::derive(move || shown().table);
    let table = foot_table(area.printing.into(), |_| (), rows, picking);
    let files = view! {
        {csv}
        {png}
    };
    foot(area, "", table, files.into_any())
}
