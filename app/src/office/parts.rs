//! What the rooms of the office are made of beside the design system: rows of a list that is edited, steps from year to year.

use crate::ui::{Glyph, Icon, IconButton};
use leptos::prelude::*;

/// What stands where a part of a room will be.
#[must_use]
pub fn waits() -> AnyView {
    view! { <crate::ui::Skeleton rows=4 /> }.into_any()
}

/// A small field in a row, named for those who listen: label, name, value, error.
#[must_use]
pub fn cell(label: String, name: String, value: RwSignal<String>, error: Signal<Option<String>>, kind: CellKind) -> AnyView {
    let id = ["f-", &name].concat();
    let error_id = [&id, "-error"].concat();
    let described = error_id.clone();
    let (class, inputmode) = match kind {
        CellKind::Words => ("input", None),
        CellKind::Number => ("input end", Some("numeric")),
    };
    view! {
        <div class="cell">
            <input
                class=class
                id=id
                name=name
                type="text"
                autocomplete="off"
                inputmode=inputmode
                aria-label=label
                value=value.get_untracked()
                prop:value=value
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || error.get().map(|words| view! { <p class="field__error" id=error_id.clone()><Icon glyph=Glyph::Warn /><span>{words}</span></p> })}
        </div>
    }
    .into_any()
}

/// What a [`cell`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Words,
    /// A whole number.
    Number,
}

/// Takes a row of a list away: its name goes, and so does the row when the list is saved.
#[must_use]
pub fn remove(what: String, name: RwSignal<String>, gone: RwSignal<bool>) -> AnyView {
    let press = move || {
        name.set(String::new());
        gone.set(true);
    };
    view! { <IconButton glyph=Glyph::Trash label=["Remove ", &what].concat() on_press=press /> }.into_any()
}

/// Links to the year before and the year after.
#[must_use]
pub fn years(before: String, now: String, after: String, href: impl Fn(bool) -> String) -> AnyView {
    view! {
        <nav class="years" aria-label="Years">
            <a class="button button--quiet button--small" href=href(false)><Icon glyph=Glyph::Back />{before}</a>
            <strong>{now}</strong>
            <a class="button button--quiet button--small" href=href(true)>{after}<Icon glyph=Glyph::Forward /></a>
        </nav>
    }
    .into_any()
}
