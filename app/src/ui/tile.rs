//! The row of large targets on a card: Call, Directions, Plan, Log. Four of them stand in `<div class="actions">`.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A tile that goes somewhere; without an address it is shown as not available.
#[component]
pub fn ActionTile(
    /// Where it goes, if anywhere.
    #[prop(into)]
    href: Option<String>,
    /// Its icon.
    glyph: Glyph,
    /// Its word.
    label: &'static str,
    /// Leaves the application.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    let rel = external.then_some("external noopener");
    let target = href.as_ref().filter(|href| external && href.starts_with("http")).map(|_| "_blank");
    let (role, disabled) = if href.is_some() { (None, None) } else { (Some("link"), Some("true")) };
    view! {
        <a class="tile" href=href rel=rel target=target role=role aria-disabled=disabled>
            <Icon glyph />
            {label}
        </a>
    }
}

/// A tile that does something here.
#[component]
pub fn ActionTileButton(
    /// Its icon.
    glyph: Glyph,
    /// Its word.
    label: &'static str,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class="tile" disabled=disabled on:click=move |_| on_press.run(())>
            <Icon glyph />
            {label}
        </button>
    }
}
