//! Choosing a file, by hand or by dropping it. The element and its worker lie in files of their own beside the package; they are told what to do
//! by an attribute, and tell what came of it by another.

use super::api::Kept;
use ::intake::Preview;
use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub size: u64,
}

/// How much of the files has been handed over, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Sending {
    /// So much.
    pub sent: u64,
    /// Of so much.
    pub total: u64,
}

/// What the element tells.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Said {
    /// Files were chosen, and whether a mapping was chosen with them.
    #[serde(rename_all = "camelCase")]
    Chosen {
        /// The one with the rows first.
        files: Vec<Chosen>,
        /// There is a mapping among them.
        mapping: bool,
    },
    /// A mapping was chosen alone, by this name: it waits for the file it is for.
    Waiting(String),
    /// What stands in the first of them.
    Preview(Box<Preview>),
    /// They are on their way to the server.
    Sending(Sending),
    /// The server has them.
    Sent(Vec<Kept>),
    /// Something went wrong, in words.
    Wrong(String),
}

/// What the element is told. The number makes the same order twice two orders.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// `look`, `send`, `save`: the list of what the last look would leave out, or `go on`: with some of the files that were chosen, and no mapping.
    pub verb: &'static str,
    /// Which kind of rows.
    pub kind: String,
    /// How to read them: JSON or TOML; empty where columns are to be recognised.
    pub mapping: String,
    /// The company's time zone, as JSON.
    pub zone: String,
    /// With which files to go on.
    pub only: Vec<String>,
    /// Counts up.
    pub turn: u32,
}

/// The field; `order` is followed, `said` hears what came of it.
pub fn chooser(order: RwSignal<Option<Order>>, said: Callback<Said>, children: AnyView) -> AnyView {
    let ask = move || order.with(|order| order.as_ref().and_then(|order| serde_json::to_string(order).ok()).unwrap_or_default());
    let hear = move |event: leptos::ev::Event| {
        // letters typed into fields below are none of its words
        let Some(words) = event_target::<web_sys::Element>(&event).get_attribute("said") else { return };
        if let Ok(words) = serde_json::from_str(&words) {
            said.run(words);
        }
    };
    crate::beside::scripted("intake.js");
    view! { <file-intake class="chooser" ask=ask on:input=hear>{children}</file-intake> }.into_any()
}

/// The field for files inside the element.
pub fn field(label: Signal<String>) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    view! {
        <label class="chooser__field">
            <crate::ui::Icon glyph=crate::ui::Glyph::Upload />
            <span class="strong">{label}</span>
            <span class="muted small">"CSV, gzipped CSV or Excel (.xlsx). Drop it here, or choose it: with its mapping (.toml) and the files that mapping joins, if there are any."</span>
            <input node_ref=input class="sr" type="file" multiple accept=".csv,.tsv,.txt,.gz,.xlsx,.toml" />
        </label>
    }
    .into_any()
}
