//! The navigation at the side, on a desk.

use leptos::prelude::*;

use super::{Brand, Icon, NavItem};

/// The brand, the places, and words at the foot.
#[component]
pub fn Rail(
    /// The places.
    items: Vec<NavItem>,
    /// The path shown now.
    path: Signal<String>,
    /// What stands at the foot: what the data is as of, who is signed in.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
) -> impl IntoView {
    let links = items.into_iter().map(|item| item.link(path, view! { <Icon glyph=item.glyph /> }.into_any()));
    view! {
        <div class="rail">
            <a class="rail__brand" href="/">
                <Brand />
                "Fieldlight"
            </a>
            <nav aria-label="Main">{links.collect_view()}</nav>
            {foot.map(|foot| view! { <div class="rail__foot">{foot.run()}</div> })}
        </div>
    }
}
