//! Fields a person picks in: one of many, yes or no.

use leptos::prelude::*;

use super::{Glyph, Icon, field::Frame};

/// One of many, as the platform's own list.
#[component]
pub fn Choice(
    /// The form field's name; also makes the id.
    name: &'static str,
    /// Its words.
    #[prop(into)]
    label: String,
    /// The value picked.
    value: RwSignal<String>,
    /// Value and words of each.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The words of the first option when nothing is picked yet.
    #[prop(optional)]
    empty: Option<&'static str>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps before anything is wrong.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Must be picked.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let frame = Frame { id: format!("f-{name}"), label, hint, required, error };
    let select = NodeRef::<leptos::html::Select>::new();
    Effect::new(move |before: Option<()>| {
        let wanted = value.get();
        let Some(select) = select.get() else { return };
        // what was picked before the script ran stays picked
        let picked = select.value();
        if before.is_none() && !picked.is_empty() && picked != wanted {
            value.set(picked);
        } else {
            select.set_value(&wanted);
        }
    });
    let list = move || options.get().into_iter().map(|option| entry(option, value)).collect_view();
    let control = view! {
        <div class="select">
            <select
                node_ref=select
                class="input"
                id=frame.id.clone()
                name=name
                required=required
                aria-invalid=frame.invalid()
                aria-describedby=frame.described_by()
                on:change=move |event| value.set(event_target_value(&event))
            >
                {empty.map(|words| entry((String::new(), words.to_owned()), value))}
                {list}
            </select>
            <Icon glyph=Glyph::Down />
        </div>
    };
    frame.around(control.into_any(), None)
}

fn entry((key, words): (String, String), value: RwSignal<String>) -> AnyView {
    let own = key.clone();
    let selected = move || value.with(|value| *value == own);
    view! { <option value=key selected=selected>{words}</option> }.into_any()
}

/// Yes or no.
#[component]
pub fn CheckField(
    /// The form field's name.
    name: &'static str,
    /// Its words.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// What ticking it means.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                value="true"
                checked=checked.get_untracked()
                prop:checked=checked
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span>{label}</span>
            {hint.map(|hint| view! { <span class="field__hint">{hint}</span> })}
        </label>
    }
}
