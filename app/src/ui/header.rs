//! The head of a page: its title, which is the document's too, a line under it, the way back, and what stands at its end.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{Glyph, Icon};

/// The way back: where, and the word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// Where it leads.
    pub href: String,
    /// The name of that place.
    pub label: &'static str,
}

/// The head.
#[component]
pub fn PageHeader(
    /// The page's only `<h1>`.
    #[prop(into)]
    title: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    sub: Option<Signal<String>>,
    /// The way back.
    #[prop(optional)]
    back: Option<Back>,
    /// What stands at the end: usually the sync chip.
    #[prop(optional, into)]
    trailing: Option<ViewFn>,
) -> impl IntoView {
    let class = if back.is_some() { "header header--back" } else { "header" };
    let back = back.map(|Back { href, label }| {
        view! {
            <a class="header__back" href=href>
                <Icon glyph=Glyph::Back />
                {label}
            </a>
        }
    });
    view! {
        <Title text=title />
        <header class=class>
            {back}
            <div class="header__titles">
                <h1>{title}</h1>
                {sub.map(|sub| view! { <p class="header__sub">{sub}</p> })}
            </div>
            {trailing.map(|trailing| view! { <div class="header__trailing">{trailing.run()}</div> })}
        </header>
    }
}
