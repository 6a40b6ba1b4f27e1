//! How the numbers of a file are written: one way for all of them.

use super::picker::{Panel, entry, fixed, picker};
use ::intake::Kind;
use ::intake::mapping::Mapping;
use domain::decimal::Notation;
use leptos::prelude::*;

/// How numbers may be written: a name, and what it means.
pub const NOTATIONS: [(&str, &str); 5] = [(".", "1234.56"), (",.", "1,234.56"), (".,", "1.234,56"), (",", "1234,56"), (" ,", "1 234,56")];

/// What a mapping says of it.
pub fn said(mapping: &Mapping, kind: Kind) -> Option<Notation> {
    fields(kind).into_iter().find_map(|field| mapping.fields.get(field).and_then(|spec| spec.0.number.clone()))
}

/// A notation by its name.
pub fn named(key: &str, other: Notation) -> Notation {
    let mut signs = key.chars().rev();
    Notation { decimal: signs.next().unwrap_or('.'), group: signs.next(), ..other }
}

/// The fields of a kind that are numbers.
pub fn fields(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Sales => vec!["quantity", "amount", "unitsSold", "grossRevenue", "unitsReturned", "returnsValue", "totalCost"],
        other => other.numbers().to_vec(),
    }
}

/// Writes another notation into every number of a mapping.
pub fn written(mapping: &mut Mapping, kind: Kind, how: impl Fn(Notation) -> Notation) {
    for field in fields(kind) {
        if let Some(spec) = mapping.fields.get_mut(field) {
            spec.0.number = Some(how(spec.0.number.clone().unwrap_or_default()));
        }
    }
}

/// The fields about it; nothing for a kind without numbers.
pub fn notation(panel: Panel) -> Option<AnyView> {
    let kind = panel.kind;
    if fields(kind).is_empty() {
        return None;
    }
    let now = panel.follow(move |mapping| said(mapping, kind).unwrap_or_else(|| panel.notation.get_value()));
    let write = move |how: &dyn Fn(Notation) -> Notation| {
        // what is said before any column is a number holds for those that are chosen later
        panel.notation.update_value(|notation| *notation = how(notation.clone()));
        panel.edit(|next| written(next, kind, how));
    };
    let code = Signal::derive(move || now.with(|now| now.group.iter().chain([&now.decimal]).collect::<String>()));
    let options = NOTATIONS.map(|(key, words)| (key.to_owned(), fixed(words))).into();
    let pick = Callback::new(move |key: String| write(&|number| named(&key, number)));
    let unit = Signal::derive(move || now.with(|now| now.unit.clone().unwrap_or_default()));
    let told =
        Callback::new(move |unit: String| write(&|number| Notation { unit: Some(unit.clone()).filter(|unit| !unit.is_empty()), ..number }));
    let brackets = move |event| write(&|number| Notation { parentheses: event_target_checked(&event), ..number });
    Some(
        view! {
            {picker("map-notation".to_owned(), "Numbers are written".to_owned(), options, code, pick)}
            {entry("map-unit", "Before or after a number stands", "KES", unit, told)}
            <label class="check">
                <input type="checkbox" prop:checked=move || now.with(|now| now.parentheses) on:change=brackets />
                <span>"(12.00) in brackets means minus"</span>
            </label>
        }
        .into_any(),
    )
}
