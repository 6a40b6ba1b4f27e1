//! A dialog: rises from the bottom on a phone, stands in the middle on a desk. The browser keeps the focus inside.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Glyph, IconButton};

/// A modal sheet, built when it opens.
#[component]
pub fn Sheet(
    /// Whether it is open; closing it by key, tap outside or button sets this too.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Its content.
    children: ChildrenFn,
    /// Buttons that stay in sight.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // a dialog that left the document cannot open: there is nobody to show it to
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let body = move || {
        open.get().then(|| {
            let foot = foot.as_ref().map(|foot| view! { <div class="sheet__foot">{foot.run()}</div> });
            view! {
                <div class="sheet__body">{children()}</div>
                {foot}
            }
            .into_any()
        })
    };
    view! {
        <dialog
            class="sheet"
            node_ref=node
            aria-label=title
            on:close=move |_| open.set(false)
            on:click=move |event| { if is_backdrop(&event) { open.set(false) } }
        >
            <div class="sheet__head">
                <h2>{title}</h2>
                <IconButton glyph=Glyph::Close label="Close" on_press=move || open.set(false) />
            </div>
            {body}
        </dialog>
    }
}

/// The dialog has no padding, so a press on itself is a press beside its content.
fn is_backdrop(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.tag_name() == "DIALOG")
}
