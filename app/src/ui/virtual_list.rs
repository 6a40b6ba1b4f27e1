//! A list of thousands of rows of one height, of which only those near the screen exist. It scrolls with the page.
//!
//! The tallest element a browser lays out is some 16 million pixels (Firefox), about 240,000 rows of 66 pixels.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// Rows kept above and below the screen, so that a flick shows no gap.
const SPARE: usize = 8;

/// The list. The row closure gets the position and runs again when a signal it reads changes.
#[component]
pub fn VirtualList(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The height of one row.
    #[prop(default = 66)]
    row_px: u32,
    /// What is listed.
    #[prop(into)]
    label: Signal<String>,
    /// Makes the row at a position.
    #[prop(into)]
    row: Callback<(usize,), AnyView>,
    /// How many rows stand in the server's HTML.
    #[prop(default = 30)]
    first: usize,
) -> impl IntoView {
    let outer = NodeRef::<html::Div>::new();
    let inner = NodeRef::<html::Ul>::new();
    let seen = RwSignal::new((0, first));
    let range = Memo::new(move |_| {
        let (start, end, count) = (seen.get().0, seen.get().1, count.get());
        (start.min(count), end.min(count))
    });
    let measure = move || {
        if let Some(outer) = outer.get_untracked() {
            let near = rows_near(&outer, row_px);
            if seen.get_untracked() != near {
                seen.set(near);
            }
        }
    };
    follow_page(measure);
    Effect::new(move || {
        let (Some(outer), Some(inner)) = (outer.get(), inner.get()) else {
            return;
        };
        place(&outer, "block-size", &format!("{}px", count.get() as u64 * u64::from(row_px)));
        place(&inner, "transform", &format!("translateY({}px)", range.get().0 as u64 * u64::from(row_px)));
        measure();
    });
    let item = move |index: usize| {
        let content = move || (index < count.get()).then(|| row.run((index,)));
        view! { <li aria-posinset=(index + 1).to_string() aria-setsize=move || count.get().to_string()>{content}</li> }
    };
    view! {
        <div class="virtual card" node_ref=outer on:keydown=move |event| step(&event, outer, count.get_untracked(), row_px)>
            <ul role="list" aria-label=label node_ref=inner>
                <For each=move || { let (start, end) = range.get(); start..end } key=|index| *index children=item />
            </ul>
        </div>
    }
}

/// Measures again whenever the page moves or changes its size.
fn follow_page(measure: impl Fn() + Copy + 'static) {
    Effect::new(move || {
        let scroll = window_event_listener(ev::scroll, move |_| measure());
        let resize = window_event_listener(ev::resize, move |_| measure());
        on_cleanup(move || {
            scroll.remove();
            resize.remove();
        });
    });
}

/// The rows on or near the screen; the start is a multiple of the spare ones, so that it changes rarely.
fn rows_near(outer: &web_sys::HtmlElement, row_px: u32) -> (usize, usize) {
    let above = (-outer.get_bounding_client_rect().top()).max(0.0) as usize;
    let start = (above / row_px as usize).saturating_sub(SPARE) / SPARE * SPARE;
    (start, start + screen_px() as usize / row_px as usize + 3 * SPARE)
}

fn screen_px() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(900.0)
}

/// Through the style object, which a strict content-security policy allows; an attribute it would not.
fn place(element: &web_sys::HtmlElement, property: &str, value: &str) {
    // only a read-only style object refuses, and this one is the element's own
    let _ = web_sys::HtmlElement::style(element).set_property(property, value);
}

/// Arrow, page, home and end keys move from row to row, also to rows that do not exist yet.
fn step(event: &ev::KeyboardEvent, outer: NodeRef<html::Div>, count: usize, row_px: u32) {
    let Some(from) = focused_row(event).filter(|_| count > 0) else {
        return;
    };
    let last = count - 1;
    let to = match event.key().as_str() {
        "ArrowDown" => from + 1,
        "ArrowUp" => from.saturating_sub(1),
        "PageDown" => from + 8,
        "PageUp" => from.saturating_sub(8),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    focus_row(outer, to.min(last), row_px);
}

fn focused_row(event: &ev::KeyboardEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let item = target.closest("li[aria-posinset]").ok()??;
    item.get_attribute("aria-posinset")?.parse::<usize>().ok()?.checked_sub(1)
}

fn focus_row(outer: NodeRef<html::Div>, index: usize, row_px: u32) {
    let Some(outer) = outer.get_untracked() else {
        return;
    };
    let middle = outer.get_bounding_client_rect().top() + index as f64 * f64::from(row_px);
    if middle < 0.0 || middle > screen_px() {
        window().scroll_by_with_x_and_y(0.0, middle - screen_px() / 2.0);
    }
    // two frames: the scroll event makes the rows in the first, the second finds them
    request_animation_frame(move || {
        request_animation_frame(move || {
            let selector = format!("li[aria-posinset='{}'] :is(a, button)", index + 1);
            let found = outer.query_selector(&selector).ok().flatten();
            if let Some(row) = found.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
                // a row that cannot take the focus stays as it is
                let _ = row.focus();
            }
        });
    });
}
