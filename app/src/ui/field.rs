//! Fields a person writes in: label above, hint and error below, told to those who listen as well.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// Label, control, and what stands under it.
#[derive(Clone)]
pub(super) struct Frame {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
    pub error: Signal<Option<String>>,
}

impl Frame {
    /// The ids of hint and error, for `aria-describedby`.
    pub fn described_by(&self) -> Signal<Option<String>> {
        let (error, id, hint) = (self.error, self.id.clone(), self.hint.is_some());
        Signal::derive(move || match (hint, error.with(Option::is_some)) {
            (false, false) => None,
            (true, false) => Some(format!("{id}-hint")),
            (false, true) => Some(format!("{id}-error")),
            (true, true) => Some(format!("{id}-error {id}-hint")),
        })
    }

    /// "true" while there is an error.
    pub fn invalid(&self) -> Signal<Option<&'static str>> {
        let error = self.error;
        Signal::derive(move || error.with(Option::is_some).then_some("true"))
    }

    /// Around the control; `count` stands at the end of the line below it.
    pub fn around(self, control: AnyView, count: Option<AnyView>) -> AnyView {
        let Self { id, label, hint, required, error } = self;
        let error_id = format!("{id}-error");
        let hint_id = format!("{id}-hint");
        let mark = required.then(|| view! { <span class="field__mark" aria-hidden="true">" *"</span> });
        let under = (hint.is_some() || count.is_some()).then(|| {
            let hint = hint.map(|hint| view! { <span class="field__hint" id=hint_id>{hint}</span> });
            view! { <div class="field__under">{hint}{count}</div> }
        });
        view! {
            <div class="field">
                <label class="field__label" for=id>{label}{mark}</label>
                {control}
                {move || error.get().map(|words| error_line(error_id.clone(), words))}
                {under}
            </div>
        }
        .into_any()
    }
}

fn error_line(id: String, words: String) -> AnyView {
    view! {
        <p class="field__error" id=id>
            <Icon glyph=Glyph::Warn />
            <span>{words}</span>
        </p>
    }
    .into_any()
}

/// One line of text, a number, a date. It has a name and a value, so it also works in a form before the script runs.
#[component]
pub fn TextField(
    /// The form field's name; also makes the id.
    name: &'static str,
    /// Its words.
    #[prop(into)]
    label: String,
    /// What is written.
    value: RwSignal<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps before anything is wrong.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The input's type: text, email, tel, date, time, number, password, url.
    #[prop(default = "text")]
    kind: &'static str,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// The rule's limit.
    #[prop(optional)]
    maxlength: Option<usize>,
    /// Which keyboard.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// An example.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    /// The id of a `<datalist>`.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let frame = Frame { id: format!("f-{name}"), label, hint, required, error };
    let control = view! {
        <input
            class="input"
            id=frame.id.clone()
            name=name
            type=kind
            value=value.get_untracked()
            prop:value=value
            required=required
            maxlength=maxlength.map(|limit| limit.to_string())
            inputmode=inputmode
            autocomplete=autocomplete
            placeholder=placeholder
            list=list
            disabled=disabled
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
            on:input=move |event| value.set(event_target_value(&event))
            on:blur=move |_| on_blur.into_iter().for_each(|left| left.run(()))
        />
    };
    frame.around(control.into_any(), None)
}

/// Several lines of text, with a count when there is a limit.
#[component]
pub fn TextArea(
    /// The form field's name; also makes the id.
    name: &'static str,
    /// Its words.
    #[prop(into)]
    label: String,
    /// What is written.
    value: RwSignal<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps before anything is wrong.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// The rule's limit.
    #[prop(optional)]
    maxlength: Option<usize>,
    /// An example.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let frame = Frame { id: format!("f-{name}"), label, hint, required, error };
    let count = maxlength.map(|limit| {
        let words = move || format!("{} / {limit}", value.with(|text| text.chars().count()));
        view! { <span class="field__count">{words}</span> }.into_any()
    });
    let control = view! {
        <textarea
            class="input"
            id=frame.id.clone()
            name=name
            rows=rows.to_string()
            required=required
            maxlength=maxlength.map(|limit| limit.to_string())
            placeholder=placeholder
            prop:value=value
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
            on:input=move |event| value.set(event_target_value(&event))
        >
            {value.get_untracked()}
        </textarea>
    };
    frame.around(control.into_any(), count)
}
