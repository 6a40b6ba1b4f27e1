//! The navigation under the thumb, on a phone.

use leptos::prelude::*;

use super::{Icon, NavItem};

/// Up to five places.
#[component]
pub fn Tabs(
    /// The places.
    items: Vec<NavItem>,
    /// The path shown now.
    path: Signal<String>,
) -> impl IntoView {
    let links = items.into_iter().map(|item| item.link(path, view! { <Icon glyph=item.glyph /> }.into_any()));
    view! { <nav class="tabs" aria-label="Main">{links.collect_view()}</nav> }
}
