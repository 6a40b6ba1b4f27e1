//! Nothing here, or not the page that was asked for: what that means and what to do next.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{Brand, Glyph, Icon};

/// A list with nothing in it.
#[component]
pub fn Empty(
    /// A drawing of what is missing.
    glyph: Glyph,
    /// What is so.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(into)]
    words: String,
    /// A button that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <div class="empty__mark"><Icon glyph /></div>
            <h2>{title}</h2>
            <p>{words}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A page that could not be shown.
#[component]
pub fn Fault(
    /// "Error 404", or the reference a person can pass on.
    #[prop(into)]
    code: String,
    /// What happened.
    #[prop(into)]
    title: String,
    /// What to do next.
    #[prop(into)]
    words: String,
    /// Ways on.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <div class="fault">
            <Brand />
            <p class="fault__code">{code}</p>
            <h1>{title}</h1>
            <p class="fault__words">{words}</p>
            <div class="cluster">{children()}</div>
        </div>
    }
}
