//! Buttons and the links that look like them.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// How much a button asks for attention; one primary per screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The thing to do here.
    #[default]
    Primary,
    /// Another thing one can do.
    Quiet,
    /// Words only.
    Plain,
    /// What cannot be undone.
    Danger,
}

fn class(look: Look, wide: bool, small: bool) -> String {
    let look = match look {
        Look::Primary => "button",
        Look::Quiet => "button button--quiet",
        Look::Plain => "button button--plain",
        Look::Danger => "button button--danger",
    };
    let wide = if wide { " button--wide" } else { "" };
    let small = if small { " button--small" } else { "" };
    [look, wide, small].concat()
}

/// A button. While busy it keeps its words, shows that it works, and ignores presses.
#[component]
pub fn Button(
    /// Its words.
    children: Children,
    /// Its weight.
    #[prop(optional)]
    look: Look,
    /// An icon before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Full width.
    #[prop(optional)]
    wide: bool,
    /// Denser words, same target.
    #[prop(optional)]
    small: bool,
    /// Submits its form.
    #[prop(optional)]
    submit: bool,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Is at work.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=class(look, wide, small)
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// Its words.
    children: Children,
    /// Its weight.
    #[prop(optional)]
    look: Look,
    /// An icon before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Full width.
    #[prop(optional)]
    wide: bool,
    /// Denser words, same target.
    #[prop(optional)]
    small: bool,
    /// Leaves the application: a telephone, a mail, a map.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    let rel = external.then_some("external noopener");
    let target = (external && href.starts_with("http")).then_some("_blank");
    view! {
        <a class=class(look, wide, small) href=href rel=rel target=target>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </a>
    }
}

/// An icon that is a button; the label is spoken.
#[component]
pub fn IconButton(
    /// Which icon.
    glyph: Glyph,
    /// What it does.
    #[prop(into)]
    label: String,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" aria-label=label on:click=move |_| on_press.run(())>
            <Icon glyph />
        </button>
    }
}
