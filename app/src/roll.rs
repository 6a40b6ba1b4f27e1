//! A list of thousands of rows of one height, drawn as text, of which only those near the screen exist. It scrolls with the page.
//!
//! The tallest element a browser lays out is some 16 million pixels (Firefox), about 240,000 rows of 66 pixels.

use crate::live::{focus, swap};
use leptos::html::{Div, Ul};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Rows kept above and below the screen, so that a flick shows no gap.
const SPARE: usize = 6;
/// The height of a row in pixels, as the style sheet has it.
const ROW_PX: usize = 66;

/// The list: `rows` draws those from the first number on, so many as the second says, each an `<li>`; it is followed as signals it reads change.
#[component]
pub fn Roll(
    /// How many rows there are.
    count: Signal<usize>,
    /// What is listed.
    label: &'static str,
    /// Draws a window of rows.
    rows: Callback<(usize, usize), String>,
) -> impl IntoView {
    let (outer, inner) = (NodeRef::<Div>::new(), NodeRef::<Ul>::new());
    let seen = RwSignal::new((0, 3 * SPARE));
    let measure = move || {
        if let Some(outer) = outer.get_untracked() {
            let near = rows_near(&outer);
            if seen.get_untracked() != near {
                seen.set(near);
            }
        }
    };
    Effect::new(move || {
        let (scroll, resize) =
            (window_event_listener(ev::scroll, move |_| measure()), window_event_listener(ev::resize, move |_| measure()));
        on_cleanup(move || {
            scroll.remove();
            resize.remove();
        });
    });
    Effect::new(move |before: Option<String>| {
        let ((from, many), count) = (seen.get(), count.get());
        let html = rows.run((from, many));
        let (Some(outer), Some(inner)) = (outer.get(), inner.get()) else { return before.unwrap_or_default() };
        place(&outer, "block-size", count * ROW_PX);
        place(&inner, "padding-block-start", from.min(count) * ROW_PX);
        if before.as_ref() != Some(&html) {
            swap(&inner, &html);
        }
        measure();
        html
    });
    view! {
        <div class="virtual card" node_ref=outer on:keydown=move |event| step(&event, outer, count.get_untracked())>
            <ul role="list" aria-label=label node_ref=inner></ul>
        </div>
    }
    .into_any()
}

/// The rows on or near the screen; the start is a multiple of the spare ones, so that it changes rarely.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a page, made non-negative first")]
fn rows_near(outer: &web_sys::HtmlElement) -> (usize, usize) {
    let above = (-outer.get_bounding_client_rect().top()).max(0.0) as usize;
    let start = (above / ROW_PX).saturating_sub(SPARE) / SPARE * SPARE;
    (start, screen_px() as usize / ROW_PX + 3 * SPARE)
}

fn screen_px() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(900.0)
}

/// Through the style object, which a strict content-security policy allows; an attribute it would not.
fn place(element: &web_sys::HtmlElement, property: &str, px: usize) {
    // only a read-only style object refuses, and this one is the element's own
    let _ = web_sys::HtmlElement::style(element).set_property(property, &[&px.to_string(), "px"].concat());
}

/// Arrow, page, home and end keys move from row to row, also to rows that do not exist yet.
fn step(event: &ev::KeyboardEvent, outer: NodeRef<Div>, count: usize) {
    let Some(from) = focused_row(event).filter(|_| count > 0) else { return };
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
    focus_row(outer, to.min(last));
}

fn focused_row(event: &ev::KeyboardEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let item = target.closest("li[aria-posinset]").ok()??;
    item.get_attribute("aria-posinset")?.parse::<usize>().ok()?.checked_sub(1)
}

fn focus_row(outer: NodeRef<Div>, index: usize) {
    let Some(outer) = outer.get_untracked() else { return };
    let middle = outer.get_bounding_client_rect().top() + (index * ROW_PX) as f64;
    if middle < 0.0 || middle > screen_px() {
        window().scroll_by_with_x_and_y(0.0, middle - screen_px() / 2.0);
    }
    // two frames: the scroll event makes the rows in the first, the second finds them
    request_animation_frame(move || {
        request_animation_frame(move || {
            let selector = ["li[aria-posinset='", &(index + 1).to_string(), "'] a"].concat();
            focus(&outer, &selector);
        });
    });
}
