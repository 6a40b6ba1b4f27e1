//! Surfaces: a card, a section with its heading, a list of facts, the box that explains a light.

use leptos::prelude::*;

use super::{LightKind, LightMark};

/// A surface.
#[component]
pub fn Card(
    /// With space around its content.
    #[prop(optional)]
    pad: bool,
    /// Its content.
    children: Children,
) -> impl IntoView {
    view! { <div class=if pad { "card card--pad" } else { "card" }>{children()}</div> }
}

/// A heading, words at its end, and what belongs under it.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A figure or a date at the end of the heading's line.
    #[prop(optional, into)]
    aside: Option<Signal<String>>,
    /// Its content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <div class="section__head">
                <h2>{title}</h2>
                {aside.map(|aside| view! { <span class="section__aside">{aside}</span> })}
            </div>
            {children()}
        </section>
    }
}

/// The list of details of a thing.
#[component]
pub fn Facts(
    /// One `Fact` each.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts card">{children()}</dl> }
}

/// One detail: what it is, and what is known.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    label: String,
    /// What is known.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// Why a light is what it is, and what clears it.
#[component]
pub fn Why(
    /// Which light.
    #[prop(into)]
    kind: Signal<LightKind>,
    /// "Red: 6 days over".
    #[prop(into)]
    title: Signal<String>,
    /// The reason, as a paragraph.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=move || format!("why {}", kind.get().class())>
            <h2 class="why__title">{move || view! { <LightMark kind=kind.get() /> }} <span>{title}</span></h2>
            {children()}
        </section>
    }
}
