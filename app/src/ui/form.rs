//! What belongs to a form as a whole: its own error, and the way to the first field that is wrong.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Glyph, Icon};

/// What is wrong with the whole, spoken at once.
#[component]
pub fn FormErrors(
    /// The message, if any.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    let shown = move || {
        message.get().map(|words| {
            view! {
                <div class="form__errors">
                    <Icon glyph=Glyph::Warn />
                    <span>{words}</span>
                </div>
            }
        })
    };
    view! { <div role="alert">{shown}</div> }
}

/// Puts the cursor into the first field marked wrong, once the page shows it.
pub fn focus_first_error() {
    request_animation_frame(|| {
        let found = document().query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(field) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            // a field that cannot take the focus stays as it is
            let _ = field.focus();
        }
    });
}
