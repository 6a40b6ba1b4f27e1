//! A list of things to go to or to do: the More page, a sheet of actions.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The list.
#[component]
pub fn Menu(
    /// `MenuLink`s and `MenuButton`s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="menu card" role="list">{children()}</ul> }
}

/// Goes somewhere.
#[component]
pub fn MenuLink(
    /// Where.
    #[prop(into)]
    href: String,
    /// Its icon.
    glyph: Glyph,
    /// Its words.
    #[prop(into)]
    label: String,
    /// A line under them.
    #[prop(optional, into)]
    sub: Option<Signal<String>>,
    /// A figure at the end.
    #[prop(optional, into)]
    end: Option<Signal<String>>,
    /// Leaves the application, or must be loaded anew.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <li>
            <a class="menu__item" href=href rel=external.then_some("external")>
                <Icon glyph />
                {words(label, sub)}
                <span class="menu__end">{end} <Icon glyph=Glyph::Forward /></span>
            </a>
        </li>
    }
}

/// Does something here.
#[component]
pub fn MenuButton(
    /// Its icon.
    glyph: Glyph,
    /// Its words.
    #[prop(into)]
    label: String,
    /// A line under them.
    #[prop(optional, into)]
    sub: Option<Signal<String>>,
    /// Cannot be undone.
    #[prop(optional)]
    danger: bool,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let class = if danger { "menu__item menu__item--danger" } else { "menu__item" };
    view! {
        <li>
            <button type="button" class=class on:click=move |_| on_press.run(())>
                <Icon glyph />
                {words(label, sub)}
            </button>
        </li>
    }
}

fn words(label: String, sub: Option<Signal<String>>) -> AnyView {
    let sub = sub.map(|sub| view! { <span class="menu__sub">{sub}</span> });
    view! { <span>{label}{sub}</span> }.into_any()
}
