//! Icons: one sprite per document, each icon a reference into it.

use leptos::prelude::*;

const SPRITE: &str = include_str!("sprite.svg");

/// Every drawing of the sprite.
#[expect(missing_docs, reason = "the names say what they show; the gallery shows them")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Today,
    Clients,
    Prospects,
    Visits,
    More,
    Chart,
    Log,
    Box,
    Search,
    Filter,
    Sort,
    Close,
    Check,
    Plus,
    Back,
    Forward,
    Down,
    Up,
    Menu,
    Call,
    Mail,
    Pin,
    Directions,
    Calendar,
    Clock,
    Edit,
    Archive,
    Restore,
    Trash,
    Note,
    Person,
    Promise,
    Tag,
    Settings,
    SignOut,
    Moon,
    Download,
    Upload,
    Sync,
    Cloud,
    CloudOff,
    Phone,
    Warn,
    Info,
    Camera,
    Locate,
    Star,
    History,
    Swap,
}

impl Glyph {
    /// All of them, in the order of the sprite.
    pub const ALL: [Self; 49] = [
        Self::Today,
        Self::Clients,
        Self::Prospects,
        Self::Visits,
        Self::More,
        Self::Chart,
        Self::Log,
        Self::Box,
        Self::Search,
        Self::Filter,
        Self::Sort,
        Self::Close,
        Self::Check,
        Self::Plus,
        Self::Back,
        Self::Forward,
        Self::Down,
        Self::Up,
        Self::Menu,
        Self::Call,
        Self::Mail,
        Self::Pin,
        Self::Directions,
        Self::Calendar,
        Self::Clock,
        Self::Edit,
        Self::Archive,
        Self::Restore,
        Self::Trash,
        Self::Note,
        Self::Person,
        Self::Promise,
        Self::Tag,
        Self::Settings,
        Self::SignOut,
        Self::Moon,
        Self::Download,
        Self::Upload,
        Self::Sync,
        Self::Cloud,
        Self::CloudOff,
        Self::Phone,
        Self::Warn,
        Self::Info,
        Self::Camera,
        Self::Locate,
        Self::Star,
        Self::History,
        Self::Swap,
    ];

    /// The reference into the sprite.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Today => "#i-today",
            Self::Clients => "#i-clients",
            Self::Prospects => "#i-prospects",
            Self::Visits => "#i-visits",
            Self::More => "#i-more",
            Self::Chart => "#i-chart",
            Self::Log => "#i-log",
            Self::Box => "#i-box",
            Self::Search => "#i-search",
            Self::Filter => "#i-filter",
            Self::Sort => "#i-sort",
            Self::Close => "#i-close",
            Self::Check => "#i-check",
            Self::Plus => "#i-plus",
            Self::Back => "#i-back",
            Self::Forward => "#i-forward",
            Self::Down => "#i-down",
            Self::Up => "#i-up",
            Self::Menu => "#i-menu",
            Self::Call => "#i-call",
            Self::Mail => "#i-mail",
            Self::Pin => "#i-pin",
            Self::Directions => "#i-directions",
            Self::Calendar => "#i-calendar",
            Self::Clock => "#i-clock",
            Self::Edit => "#i-edit",
            Self::Archive => "#i-archive",
            Self::Restore => "#i-restore",
            Self::Trash => "#i-trash",
            Self::Note => "#i-note",
            Self::Person => "#i-person",
            Self::Promise => "#i-promise",
            Self::Tag => "#i-tag",
            Self::Settings => "#i-settings",
            Self::SignOut => "#i-sign-out",
            Self::Moon => "#i-moon",
            Self::Download => "#i-download",
            Self::Upload => "#i-upload",
            Self::Sync => "#i-sync",
            Self::Cloud => "#i-cloud",
            Self::CloudOff => "#i-cloud-off",
            Self::Phone => "#i-phone",
            Self::Warn => "#i-warn",
            Self::Info => "#i-info",
            Self::Camera => "#i-camera",
            Self::Locate => "#i-locate",
            Self::Star => "#i-star",
            Self::History => "#i-history",
            Self::Swap => "#i-swap",
        }
    }
}

/// The drawings themselves: once per document, before the first icon.
#[component]
pub fn IconSprite() -> impl IntoView {
    view! { <svg class="sprite" aria-hidden="true" inner_html=SPRITE></svg> }
}

/// One icon; without a label it is decoration and stays silent.
#[component]
pub fn Icon(
    /// Which drawing.
    glyph: Glyph,
    /// What it means, when no words beside it say so.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    let role = label.map(|_| "img");
    view! {
        <svg class="icon" role=role aria-label=label aria-hidden=hidden>
            <use_ href=glyph.href()></use_>
        </svg>
    }
}

/// The product's mark: three lights over a field.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <svg class="brand-mark" aria-hidden="true">
            <use_ href="#brand"></use_>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_is_drawn_in_the_sprite() {
        for glyph in Glyph::ALL {
            let id = format!("id=\"{}\"", glyph.href().trim_start_matches('#'));
            assert!(SPRITE.contains(&id), "{glyph:?} has no drawing {id}");
        }
    }
}
