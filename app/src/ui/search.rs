//! The search field of a list: says how much it searches, clears with one tap.

use leptos::prelude::*;

use super::{Glyph, Icon, IconButton};

/// A search field; the label is its placeholder and its spoken name.
#[component]
pub fn SearchField(
    /// The form field's name; also makes the id.
    name: &'static str,
    /// "Search 214 clients".
    #[prop(into)]
    label: Signal<String>,
    /// What is searched for.
    value: RwSignal<String>,
) -> impl IntoView {
    let clear = move || {
        view! { <IconButton glyph=Glyph::Close label="Clear the search" on_press=move || value.set(String::new()) /> }
    };
    view! {
        <div class="search">
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                name=name
                id=format!("f-{name}")
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                placeholder=label
                aria-label=label
                value=value.get_untracked()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <Show when=move || value.with(|text| !text.is_empty())>{clear()}</Show>
        </div>
    }
}
