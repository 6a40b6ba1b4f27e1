//! A line that stays until what it says is over: no network, demo data, an older business day.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// What a banner is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerKind {
    /// Good to know.
    Info,
    /// It worked.
    Good,
    /// Something to do soon.
    Warn,
    /// Something is wrong.
    Bad,
    /// No network.
    Offline,
    /// The data is made up.
    Demo,
    /// The application runs as of another day.
    Day,
}

impl BannerKind {
    const fn parts(self) -> (&'static str, Glyph) {
        match self {
            Self::Info => ("banner", Glyph::Info),
            Self::Good => ("banner banner--good", Glyph::Check),
            Self::Warn => ("banner banner--warn", Glyph::Warn),
            Self::Bad => ("banner banner--bad", Glyph::Warn),
            Self::Offline => ("banner banner--offline", Glyph::CloudOff),
            Self::Demo => ("banner banner--demo", Glyph::Info),
            Self::Day => ("banner banner--day", Glyph::History),
        }
    }
}

/// The line.
#[component]
pub fn Banner(
    /// What it is about.
    kind: BannerKind,
    /// Its words.
    children: Children,
    /// A button at its end.
    #[prop(optional, into)]
    action: Option<ViewFn>,
) -> impl IntoView {
    let (class, glyph) = kind.parts();
    view! {
        <div class=class role="status">
            <Icon glyph />
            <span>{children()}</span>
            {action.map(|action| action.run())}
        </div>
    }
}
