//! A choice between a few words that are all in sight.

use leptos::prelude::*;

/// A group of radio buttons drawn as one control; works in a form before the script runs.
#[component]
pub fn Segmented(
    /// The form field's name.
    name: &'static str,
    /// What is chosen.
    legend: &'static str,
    /// Value and words of each.
    options: Vec<(&'static str, &'static str)>,
    /// The value chosen.
    value: RwSignal<String>,
    /// Leaves the legend to those who listen.
    #[prop(optional)]
    hide_legend: bool,
) -> impl IntoView {
    let options = options.into_iter().map(|(key, words)| {
        let chosen = move || value.with(|value| value == key);
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    value=key
                    checked=chosen
                    prop:checked=chosen
                    on:change=move |_| value.set(key.to_owned())
                />
                {words}
            </label>
        }
    });
    view! {
        <fieldset class="segmented">
            <legend class=if hide_legend { "sr" } else { "field__label" }>{legend}</legend>
            <div>{options.collect_view()}</div>
        </fieldset>
    }
}
