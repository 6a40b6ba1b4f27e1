//! The page of budgets: a grid of reps and months, filled in cell by cell or pasted from a spreadsheet, and last year's copied.

use super::api_office::{self, BudgetsAsked};
use super::copies;
use super::grid::Grid;
use super::kept::Kept;
use crate::ask::ask;
use crate::notice::notices;
use crate::office::{self, Sending, years};
use crate::session::here;
use crate::ui::{Button, Empty, FormErrors, Glyph, Icon, Look};
use domain::Day;
use domain::people::Right;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement};

/// The page.
#[must_use]
pub fn budgets_page() -> AnyView {
    let query = use_query_map();
    let year = Memo::new(move |_| query.with(|query| query.get("year")).and_then(|year| year.parse().ok()));
    let asked = ask(year.into(), |_, _| None, |year| Box::pin(api_office::targets_budgets(year)));
    let retry = Callback::new(move |()| asked.retry());
    let body = asked.view_of(office::waits, BudgetsAsked::clone, move |asked| year_of(&asked, retry));
    office::room("Budgets", "What each rep is to sell, month by month", Right::SetTargets, "page page--wide", body)
}

fn year_of(asked: &BudgetsAsked, retry: Callback<()>) -> AnyView {
    let first = asked.months.first().copied().unwrap_or(Day(0));
    let (begins, ..) = first.civil();
    let name = move |begins: i32| fiscal_name(Day::from_civil(begins, first.civil().1, 1).unwrap_or(first));
    let href = move |later| ["/office/budgets?year=", &(if later { begins + 1 } else { begins - 1 }).to_string()].concat();
    let steps = years(name(begins - 1), name(begins), name(begins + 1), href);
    if asked.reps.is_empty() {
        let empty = view! { <Empty glyph=Glyph::Person title="No reps yet" words="Budgets are set rep by rep: add users who sell, or import sales that name them." /> };
        return view! { {steps} <div class="card">{empty}</div> }.into_any();
    }
    let grid = Grid::new(asked);
    view! {
        {office::saved()}
        {steps}
        <noscript inner_html="<p class='failed card'>The grid of budgets needs JavaScript, and so does copying them: allow it for this address, or import budgets from a file.</p>"></noscript>
        {editor(grid, begins, retry)}
        {copies::section(begins, &name(begins - 1), &name(begins), asked.currency, retry)}
    }
    .into_any()
}

/// `2026`, or `2026/27`.
fn fiscal_name(first: Day) -> String {
    let (year, month, _) = first.civil();
    if month == 1 { year.to_string() } else { [&year.to_string(), "/", &((year + 1) % 100).to_string()].concat() }
}

/// The grid with what is wrong above it and what is to be saved below.
fn editor(grid: Grid, year: i32, retry: Callback<()>) -> AnyView {
    let (sending, kept) = (Sending::new("budgets"), Kept::of(grid, year));
    let (changed, wrong) = (Memo::new(move |_| grid.changed()), grid.wrong());
    let save = move || {
        // they are listed above the grid
        if wrong.with_untracked(|wrong| !wrong.is_empty()) {
            return crate::ui::focus_first_error();
        }
        sending.save(api_office::targets_set_budgets(grid.changes()), "Budgets saved", move |()| {
            kept.saved();
            retry.run(());
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let words = move || match changed.get() {
        1 => "1 budget changed".to_owned(),
        n => [&n.to_string(), " budgets changed"].concat(),
    };
    let bar = view! {
        <div class="budgets__bar" hidden=move || changed.get() == 0><div class="bulk">
            <span>{words}</span>
            <Button look=Look::Quiet on_press=move || grid.reset()>"Discard"</Button>
            <Button submit=true busy=sending.busy>"Save budgets"</Button>
        </div></div>
    };
    let code = grid.currency.code().to_owned();
    view! {
        <form class="budgets__form" novalidate on:submit=submit>
            <p class="office__lead small" id="budgets-how">
                {["Whole ", &code, ", written 1200 or 1,200, decimals with a point. Paste a block from a spreadsheet into the cell where it begins; an empty cell is no budget."].concat()}
            </p>
            {kept.view(changed)}
            <FormErrors message=sending.message() />
            {list("What was pasted was not taken: nothing has changed.", grid.refused.into())}
            {list("These cells hold no amount:", wrong.into())}
            {table(grid)}
            {bar}
        </form>
    }
    .into_any()
}

/// What is wrong with cells, each named.
fn list(title: &'static str, lines: Signal<Vec<String>>) -> AnyView {
    let shown = move || {
        lines.with(|lines| {
            (!lines.is_empty()).then(|| {
                let more = lines.len().saturating_sub(5);
                let some = lines.iter().take(5).map(|line| view! { <li>{line.clone()}</li> }).collect_view();
                let more = (more > 0).then(|| view! { <li>{["and ", &more.to_string(), " more"].concat()}</li> });
                view! { <div class="form__errors"><Icon glyph=Glyph::Warn /><div><p>{title}</p><ul class="wrong">{some}{more}</ul></div></div> }
            })
        })
    };
    view! { <div role="alert">{shown}</div> }.into_any()
}

fn table(grid: Grid) -> AnyView {
    let (rows, columns) = grid.size();
    let whole = move |minor: i64| {
        let words = grid.currency.whole(minor);
        words.split_once(' ').map(|(_, amount)| amount.to_owned()).unwrap_or_default()
    };
    let now = grid.column(here().day());
    let head = (0..columns).map(|column| {
        let current = (now == Some(column)).then_some("date");
        view! { <th scope="col" class="table__num" aria-current=current>{grid.month(column)}</th> }
    });
    let head = head.collect_view();
    if now.is_some() {
        Effect::new(|_| request_animation_frame(show_now));
    }
    let body = (0..rows).map(|row| {
        let cells = (0..columns).map(|column| cell(grid, row, column)).collect_view();
        let sum = grid.of_row(row);
        view! { <tr><th scope="row">{grid.rep(row)}</th>{cells}<td class="table__num strong">{move || whole(sum.get())}</td></tr> }
    });
    let body = body.collect_view();
    let sums: Vec<Memo<i64>> = (0..columns).map(|column| grid.of_column(column)).collect();
    let of_columns = sums
        .iter()
        .map(|sum| {
            let sum = *sum;
            view! { <td class="table__num strong">{move || whole(sum.get())}</td> }
        })
        .collect_view();
    let all = move || whole(sums.iter().map(|sum| sum.get()).sum());
    view! {
        <div class="table-wrap card budgets" role="region" aria-label="Budgets" tabindex="0">
            <table class="table" aria-describedby="budgets-how" on:paste=move |event| paste(grid, &event) on:keydown=move |event| move_on(&event)>
                <thead><tr><th scope="col">"Rep"</th>{head}<th scope="col" class="table__num">"Year"</th></tr></thead>
                <tbody>{body}</tbody>
                <tfoot><tr><th scope="row">"All"</th>{of_columns}<td class="table__num strong">{all}</td></tr></tfoot>
            </table>
        </div>
    }
    .into_any()
}

fn cell(grid: Grid, row: usize, column: usize) -> AnyView {
    let text = grid.cell(row, column).text;
    let wrong = Memo::new(move |_| grid.read(row, column).is_err());
    let changed = Memo::new(move |_| grid.is_changed(row, column));
    view! {
        <td class="budgets__cell" class:budgets__cell--changed=changed>
            <input
                class="budgets__input"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                data-place=[&row.to_string(), " ", &column.to_string()].concat()
                aria-label=grid.place(row, column)
                aria-invalid=move || wrong.get().then_some("true")
                value=text.get_untracked()
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
                on:focus=move |event| { if let Some(field) = field_of(&event) { field.set_value(&grid.open(row, column)); field.select() } }
                on:blur=move |_| grid.close(row, column)
            />
        </td>
    }
    .into_any()
}

/// Where not all months fit, the grid opens at the one that is now, behind the names that stay.
fn show_now() {
    let found = |selector| document().query_selector(selector).ok().flatten()?.dyn_into::<HtmlElement>().ok();
    let (Some(grid), Some(names), Some(month)) = (found(".budgets"), found(".budgets th"), found(".budgets [aria-current]")) else {
        return;
    };
    grid.set_scroll_left(month.offset_left() - names.offset_width());
}

fn field_of(event: &web_sys::Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// The place of the cell an event comes from.
fn place_of(event: &web_sys::Event) -> Option<(usize, usize)> {
    let place = field_of(event)?.get_attribute("data-place")?;
    let (row, column) = place.split_once(' ')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// A block of more than one cell is laid over the grid; a single amount goes into its field as anywhere.
fn paste(grid: Grid, event: &web_sys::Event) {
    let (Some(at), Some(block)) = (place_of(event), pasted_text(event)) else { return };
    if !block.trim_end_matches(['\r', '\n']).contains(['\t', '\n']) {
        return;
    }
    event.prevent_default();
    if let Some(filled) = grid.paste(&block, at) {
        notices().say([&filled.to_string(), " cells filled. Save to keep them"].concat());
    }
}

/// The text an event of pasting carries.
fn pasted_text(event: &JsValue) -> Option<String> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let board = get(event, "clipboardData")?;
    let read: js_sys::Function = get(&board, "getData")?.dyn_into().ok()?;
    read.call1(&board, &"text/plain".into()).ok()?.as_string()
}

/// Up, down and Enter go from rep to rep.
fn move_on(event: &web_sys::KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" | "Enter" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let Some((row, column)) = place_of(event) else { return };
    event.prevent_default();
    let Some(row) = (if down { row.checked_add(1) } else { row.checked_sub(1) }) else { return };
    let selector = ["[data-place='", &row.to_string(), " ", &column.to_string(), "']"].concat();
    let next = document().query_selector(&selector).ok().flatten().and_then(|next| next.dyn_into::<HtmlInputElement>().ok());
    if let Some(next) = next {
        // a field that cannot take the focus stays as it is
        let _ = next.focus();
    }
}
