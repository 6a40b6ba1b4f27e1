//! A row of a list: one link, the light's shape in its own column, words where the eye expects them.

use leptos::prelude::*;

use super::{LightKind, LightMark};

/// The words of a row; empty ones leave no gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowText {
    /// Where the row leads.
    pub href: String,
    /// First line: the name.
    pub title: String,
    /// The light and its words, which stand at the end of the second line.
    pub light: Option<(LightKind, String)>,
    /// Second line: place, segment, tier.
    pub sub: String,
    /// End of the first line: distance, hour.
    pub end: String,
    /// A third line: a promise, the next step.
    pub note: String,
}

/// The rows' list.
#[component]
pub fn Rows(
    /// What is listed, when no heading says so.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <ul class="rows card" role="list" aria-label=label>
            {children()}
        </ul>
    }
}

/// A row in a list.
#[component]
pub fn Row(
    /// Its words.
    row: RowText,
) -> impl IntoView {
    view! {
        <li>
            <RowBody row />
        </li>
    }
}

/// The row without its list item, for the virtual list.
#[component]
pub fn RowBody(
    /// Its words.
    row: RowText,
) -> impl IntoView {
    let RowText { href, title, light, sub, end, note } = row;
    let class = if light.is_some() { "row" } else { "row row--plain" };
    let mark = light.as_ref().map(|(kind, _)| view! { <span class="row__mark"><LightMark kind=*kind /></span> });
    let words = light.map(|(kind, words)| {
        view! { <span class=format!("row__words {}", kind.class())>{words}</span> }
    });
    let note = (!note.is_empty()).then(|| view! { <span class="row__note">{note}</span> });
    view! {
        <a class=class href=href>
            {mark}
            <span class="row__title">{title}</span>
            <span class="row__end">{end}</span>
            <span class="row__sub">{sub}</span>
            {words}
            {note}
        </a>
    }
    .into_any()
}
