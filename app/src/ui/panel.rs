//! A part of a page that can fail alone: its own words, its own retry, while the rest works.

use leptos::prelude::*;

use super::{Button, Glyph, Icon, Look};

/// A section whose content may have failed.
#[component]
pub fn Panel(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What failed, in words; nothing while it works.
    #[prop(into)]
    failed: Signal<Option<String>>,
    /// Asked to try again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// A figure or a date at the end of the heading's line.
    #[prop(optional, into)]
    aside: Option<Signal<String>>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let content = move || match failed.get() {
        Some(words) => failure(words, on_retry),
        None => children().into_any(),
    };
    view! {
        <section class="section">
            <div class="section__head">
                <h2>{title}</h2>
                {aside.map(|aside| view! { <span class="section__aside">{aside}</span> })}
            </div>
            {content}
        </section>
    }
}

fn failure(words: String, on_retry: Callback<()>) -> AnyView {
    view! {
        <div class="failed card" role="alert">
            <Icon glyph=Glyph::Warn />
            <p>{words}</p>
            <Button look=Look::Quiet small=true on_press=on_retry>"Try again"</Button>
        </div>
    }
    .into_any()
}
