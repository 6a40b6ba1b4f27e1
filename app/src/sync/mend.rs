//! Putting a refused entry right: exactly the fields the server refused, with its words under them.

use crate::form::Form;
use crate::offline::{QueuedState, QueuedView, offline};
use crate::session::here;
use crate::ui::{Button, FormErrors, TextArea, TextField};
use domain::Instant;
use domain::changes::Change;
use leptos::prelude::*;
use serde_json::Value;

/// Fields a person can put right: name in the body, words, and the kind of input.
const FIELDS: [(&str, &str, &str); 23] = [
    ("name", "Name", "text"),
    ("position", "Position", "text"),
    ("phone", "Phone", "tel"),
    ("email", "Email", "email"),
    ("address", "Street address", "text"),
    ("town", "Town", "text"),
    ("postalCode", "Postal code", "text"),
    ("segment", "Segment", "text"),
    ("tier", "Tier", "text"),
    ("tags", "Tags", "list"),
    ("cadenceDays", "Days between visits", "number"),
    ("radiusM", "Check-in radius in metres", "number"),
    ("notes", "Notes", "long"),
    ("type", "Visit type", "text"),
    ("outcome", "Outcome", "text"),
    ("nextStep", "Next step", "text"),
    ("nextStepOn", "By when", "date"),
    ("reason", "Reason", "text"),
    ("plannedAt", "When", "datetime-local"),
    ("startedAt", "Began", "datetime-local"),
    ("endedAt", "Ended", "datetime-local"),
    ("at", "When", "datetime-local"),
    ("status", "Status", "text"),
];

/// The form for one entry.
pub fn mend(entry: &QueuedView, open: RwSignal<bool>) -> AnyView {
    let Some(change) = entry.change.clone() else { return ().into_any() };
    let form = Form::new(["mend:", &entry.id.to_string()].concat());
    let mut value = serde_json::to_value(&change).unwrap_or_default();
    let refused = match &entry.state {
        QueuedState::Refused(rejections) => rejections.clone(),
        _ => domain::Rejections::default(),
    };
    let wrong = |name: &str| refused.0.iter().any(|rejection| rejection.field == name);
    let fields: Vec<_> = FIELDS
        .into_iter()
        .filter(|(name, ..)| wrong(name))
        .map(|(name, label, kind)| (name, label, kind, form.field(name, shown(place(&mut value).get(name), kind))))
        .collect();
    let views: Vec<_> = fields.iter().map(|(name, label, kind, value)| input(form, name, label, kind, *value)).collect();
    let id = entry.id;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut value = serde_json::to_value(&change).unwrap_or_default();
        let body = place(&mut value);
        for (name, _, kind, entered) in &fields {
            if let Value::Object(body) = body {
                body.insert((*name).to_owned(), read(&entered.get_untracked(), kind));
            }
        }
        match Change::read(value.to_string().as_bytes()) {
            Ok(change) => {
                let offline = offline();
                form.sent(
                    Box::pin(async move { offline.resend(id, change).await.map(drop) }),
                    "Sent again",
                    Box::new(move || open.set(false)),
                );
            }
            Err(_) => form.refuse(domain::Rejections::one("", "unreadable", "One of the fields cannot be read: check figures and dates.")),
        }
    };
    let none = views.is_empty().then(|| view! { <p>"Nothing in it can be changed here. Send it again as it is, or discard it."</p> });
    if !views.is_empty() {
        form.refuse(refused);
    }
    view! {
        <form class="form" novalidate on:submit=submit>
            <FormErrors message=form.message() />
            {none}
            {views}
            <Button submit=true wide=true busy=form.busy>"Send again"</Button>
        </form>
    }
    .into_any()
}

/// Where a change's fields stand: in `body.fields` of an edit, in `body` otherwise.
fn place(change: &mut Value) -> &mut Value {
    let body = &mut change["body"];
    if body.get("fields").is_some_and(Value::is_object) { &mut body["fields"] } else { body }
}

fn input(form: Form, name: &'static str, label: &'static str, kind: &'static str, value: RwSignal<String>) -> AnyView {
    match kind {
        "long" => view! { <TextArea name label value error=form.error(name) /> }.into_any(),
        "list" | "number" => view! { <TextField name label value error=form.error(name) /> }.into_any(),
        _ => view! { <TextField name label value error=form.error(name) kind /> }.into_any(),
    }
}

/// A stored value as it stands in a field.
fn shown(value: Option<&Value>, kind: &str) -> String {
    match value {
        Some(Value::String(text)) if kind == "datetime-local" => {
            let at = Instant::parse(text);
            at.map(|at| here().with_company(|company| company.zone.local_input(at))).unwrap_or_default()
        }
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// What was entered, as it is stored.
fn read(text: &str, kind: &str) -> Value {
    let text = text.trim();
    match kind {
        "datetime-local" => {
            let at = here().with_company(|company| company.zone.parse_local(text));
            at.map_or(Value::Null, |at| Value::String(at.to_string()))
        }
        "number" => text.parse::<u32>().map_or(Value::Null, Value::from),
        "date" if text.is_empty() => Value::Null,
        "list" => text.split(',').map(|word| Value::String(word.trim().to_owned())).collect(),
        _ => Value::String(text.to_owned()),
    }
}
