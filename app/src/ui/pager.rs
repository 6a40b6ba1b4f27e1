//! From page to page of a list the server cuts.

use leptos::prelude::*;

use super::{ButtonLink, Glyph, Look};

/// Where one is, and the ways to the neighbours.
#[component]
pub fn Pager(
    /// "1–50 of 2,014".
    #[prop(into)]
    words: String,
    /// The page before.
    prev: Option<String>,
    /// The page after.
    next: Option<String>,
) -> impl IntoView {
    let prev = prev.map(|href| {
        view! { <ButtonLink href look=Look::Quiet small=true glyph=Glyph::Back>"Previous"</ButtonLink> }
    });
    let next = next.map(|href| view! { <ButtonLink href look=Look::Quiet small=true>"Next"</ButtonLink> });
    view! {
        <nav class="pager" aria-label="Pages">
            <span>{words}</span>
            <div>{prev}{next}</div>
        </nav>
    }
}
