//! Text as a live part of the page: drawn anew when what it says changes, and what can be pressed in it says so in `data-do`.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlElement};

/// Text in an element of `class`; `role` and its label say what it is, where the text does not.
pub fn live(html: Signal<String>, class: &'static str, role: Role, act: fn(&str, &Element)) -> AnyView {
    text(html, class, role, act, swap)
}

/// The same for text without fields that changes often, mostly in a few words: what says the same stays.
pub fn steady(html: Signal<String>, class: &'static str, role: Role, act: fn(&str, &Element)) -> AnyView {
    text(html, class, role, act, renew)
}

#[wasm_bindgen(module = "/src/live/renew.js")]
extern "C" {
    /// New text over the old, node by node; in the browser only.
    fn renew(node: &Element, html: &str);
}

/// A role and its label.
type Role = Option<(&'static str, &'static str)>;

fn text(html: Signal<String>, class: &'static str, role: Role, act: fn(&str, &Element), put: fn(&Element, &str)) -> AnyView {
    let node = NodeRef::<Div>::new();
    let first = html.get_untracked();
    let drawn = first.clone();
    Effect::new(move |before: Option<String>| {
        let now = html.get();
        // it may have changed before this ran for the first time
        if before.as_ref().unwrap_or(&drawn) != &now
            && let Some(node) = node.get_untracked()
        {
            put(&node, &now);
        }
        now
    });
    let (role, label) = role.unzip();
    let press = move |event: leptos::ev::MouseEvent| pressed(&event, act);
    view! { <div class=class role=role aria-label=label node_ref=node inner_html=first on:click=press></div> }.into_any()
}

/// Nothing in it can be pressed but links.
pub fn no_act(_: &str, _: &Element) {}

/// Runs `act` with the word and the element when something that can be pressed was.
pub fn pressed(event: &leptos::ev::MouseEvent, act: impl FnOnce(&str, &Element)) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let pressed = target.and_then(|target| target.closest("[data-do]").ok().flatten());
    if let Some((pressed, verb)) = pressed.and_then(|pressed| pressed.get_attribute("data-do").map(|verb| (pressed, verb))) {
        act(&verb, &pressed);
    }
}

/// New text in place of the old; what had the focus has it again, known by where it leads.
pub fn swap(node: &Element, html: &str) {
    let held = document().active_element().filter(|held| node.contains(Some(held)));
    let place = held.and_then(|held| ["href", "id", "data-do"].into_iter().find_map(|name| Some((name, held.get_attribute(name)?))));
    node.set_inner_html(html);
    if let Some((name, value)) = place {
        focus(node, &["[", name, "=\"", &value, "\"]"].concat());
    }
}

/// Puts the focus on the first element a selector finds.
pub fn focus(within: &Element, selector: &str) {
    let found = within.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // what cannot take the focus stays as it is
        let _ = found.focus();
    }
}
