//! Filter chips: toggles where the script filters, links where the server does.

use leptos::prelude::*;

use super::{Glyph, Icon, LightKind, LightMark};

/// A line of chips; on a phone it scrolls sideways.
#[component]
pub fn Chips(
    /// What the chips choose, for those who do not see them.
    label: &'static str,
    /// The chips.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="chips" role="group" aria-label=label>
            {children()}
        </div>
    }
}

/// A toggle.
#[component]
pub fn Chip(
    /// Whether it is on.
    #[prop(into)]
    pressed: Signal<bool>,
    /// Asked to change.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its words.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// How many it would show.
    #[prop(optional, into)]
    count: Option<Signal<String>>,
    /// The light it filters by.
    #[prop(optional)]
    light: Option<LightKind>,
    /// Its icon.
    #[prop(optional)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            on:click=move |_| on_press.run(())
        >
            {content(label, count, light, glyph)}
        </button>
    }
}

/// The same as a link.
#[component]
pub fn ChipLink(
    /// Where the filtered list is.
    #[prop(into)]
    href: String,
    /// Whether it is the list shown now.
    #[prop(optional)]
    current: bool,
    /// Its words.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// How many it shows.
    #[prop(optional, into)]
    count: Option<Signal<String>>,
    /// The light it filters by.
    #[prop(optional)]
    light: Option<LightKind>,
    /// Its icon.
    #[prop(optional)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=current.then_some("true")>
            {content(label, count, light, glyph)}
        </a>
    }
}

fn content(label: Option<Signal<String>>, count: Option<Signal<String>>, light: Option<LightKind>, glyph: Option<Glyph>) -> AnyView {
    view! {
        {light.map(|kind| view! { <LightMark kind /> })}
        {glyph.map(|glyph| view! { <Icon glyph /> })}
        {label.map(|label| view! { <span>{label}</span> })}
        {count.map(|count| view! { <span class="chip__count">{count}</span> })}
    }
    .into_any()
}
