//! A light: a shape, a colour and words, so that none of the three is needed to read it.

use leptos::prelude::*;

/// What a light says; the words say when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LightKind {
    /// Overdue: a diamond.
    Red,
    /// Due soon: a triangle.
    Amber,
    /// In time: a ticked disc.
    Green,
    /// Never visited: a dashed ring.
    Grey,
    /// A visit is planned: a calendar leaf.
    Planned,
}

impl LightKind {
    /// The colour's name, as it is spoken.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "Red",
            Self::Amber => "Amber",
            Self::Green => "Green",
            Self::Grey => "Grey",
            Self::Planned => "Planned",
        }
    }

    /// The class that sets the colours on any element.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Red => "light light--red",
            Self::Amber => "light light--amber",
            Self::Green => "light light--green",
            Self::Grey => "light light--grey",
            Self::Planned => "light light--planned",
        }
    }

    const fn mark(self) -> (&'static str, &'static str) {
        match self {
            Self::Red => ("mark light light--red", "#l-red"),
            Self::Amber => ("mark light light--amber", "#l-amber"),
            Self::Green => ("mark light light--green", "#l-green"),
            Self::Grey => ("mark light light--grey", "#l-grey"),
            Self::Planned => ("mark light light--planned", "#l-planned"),
        }
    }
}

/// The shape alone, named by its colour for those who do not see it.
#[component]
pub fn LightMark(
    /// Which light.
    kind: LightKind,
) -> impl IntoView {
    let (class, href) = kind.mark();
    view! {
        <svg class=class role="img" aria-label=kind.name()>
            <use_ href=href></use_>
        </svg>
    }
}

/// Shape and words in the light's colour: "6 days over", "until 18 Dec".
#[component]
pub fn Light(
    /// Which light.
    kind: LightKind,
    /// When it changes, or since when it has not.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <span class=format!("badge {}", kind.class())>
            <LightMark kind />
            {words}
        </span>
    }
}
