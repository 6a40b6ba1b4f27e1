//! Which column becomes which field: recognised, remembered, or chosen here.

use crate::ui::{Glyph, Icon};
use ::intake::mapping::field::{FieldSpec, FieldTable};
use ::intake::mapping::{Mapping, Replaces};
use ::intake::{About, Kind, Preview, Question};
use domain::decimal::{Decimal, Notation};
use leptos::prelude::*;

/// How numbers may be written: a name, and what it means.
const NOTATIONS: [(&str, &str); 5] = [(".", "1234.56"), (",.", "1,234.56"), (".,", "1.234,56"), (",", "1234,56"), (" ,", "1 234,56")];

/// `documentNo` as `Document no`.
pub fn label(field: &str) -> String {
    let mut out = String::with_capacity(field.len() + 2);
    for (i, c) in field.chars().enumerate() {
        match c {
            c if i == 0 => out.extend(c.to_uppercase()),
            c if c.is_uppercase() => {
                out.push(' ');
                out.extend(c.to_lowercase());
            }
            c => out.push(c),
        }
    }
    out
}

/// The table of fields; `change` hears every other mapping.
pub fn columns(kind: Kind, seen: &Preview, change: Callback<Mapping>) -> AnyView {
    let mapping = StoredValue::new(seen.mapping.clone());
    let names = StoredValue::new(seen.columns.clone());
    let rows = kind.fields().iter().map(|field| row(field, mapping, names, change)).collect_view();
    let times = (kind == Kind::Sales).then(|| times(mapping, names, change));
    let extra = (kind == Kind::Sales).then(|| sales(mapping, change));
    view! {
        <div class="mapping">
            {rows}
            {times}
            {notation(mapping, kind, change)}
            {extra}
        </div>
    }
    .into_any()
}

fn row(field: &'static str, mapping: StoredValue<Mapping>, names: StoredValue<Vec<String>>, change: Callback<Mapping>) -> AnyView {
    let spec = mapping.with_value(|m| m.fields.get(field).map(|spec| spec.0.clone()));
    let made = spec.as_ref().filter(|table| table.column.is_none()).map(made_of);
    let chosen = spec.as_ref().and_then(|table| table.column.clone()).unwrap_or_default();
    let pick = move |event: leptos::ev::Event| {
        let name = event_target_value(&event);
        let mut next = mapping.get_value();
        if name.is_empty() {
            next.fields.remove(field);
            followed(&mut next, field);
        } else {
            let table = next.fields.get(field).map(|spec| spec.0.clone()).unwrap_or_default();
            let kept = FieldTable {
                column: Some(name),
                format: table.format,
                number: table.number,
                split: table.split,
                values: table.values,
                ..FieldTable::default()
            };
            next.fields.insert(field.to_owned(), FieldSpec(kept));
            followed(&mut next, field);
        }
        change.run(next);
    };
    let id = ["map-", field].concat();
    let first = made.clone().unwrap_or_else(|| "–".to_owned());
    let options = names.with_value(|names| {
        names.iter().map(|name| view! { <option value=name.clone() selected=*name == chosen>{name.clone()}</option> }).collect_view()
    });
    view! {
        <div class="mapping__row">
            <label class="field__label" for=id.clone()>{label(field)}</label>
            <div class="select">
                <select class="input" id=id on:change=pick>
                    <option value="" selected=chosen.is_empty()>{first}</option>
                    {options}
                </select>
                <Icon glyph=Glyph::Down />
            </div>
        </div>
    }
    .into_any()
}

/// With a number of their document, lines replace documents; without one, nothing until somebody says whole days.
fn followed(mapping: &mut Mapping, field: &str) {
    if field == "documentNo" {
        let documents = mapping.fields.contains_key(field);
        mapping.replaces = Some(if documents { Replaces::Documents } else { Replaces::Nothing });
    }
}

/// What the amount is multiplied by, where a file has unit prices: `Quantity × UnitPrice`.
fn times(mapping: StoredValue<Mapping>, names: StoredValue<Vec<String>>, change: Callback<Mapping>) -> AnyView {
    let amount = mapping.with_value(|m| m.fields.get("amount").map(|spec| spec.0.clone())).unwrap_or_default();
    let chosen = amount.product.get(1).cloned().unwrap_or_default();
    let first = amount.column.clone().or_else(|| amount.product.first().cloned());
    let pick = move |event: leptos::ev::Event| {
        let (name, mut next) = (event_target_value(&event), mapping.get_value());
        let Some(first) = first.clone() else { return };
        let kept = FieldTable { column: None, product: Vec::new(), ..amount.clone() };
        let table =
            if name.is_empty() { FieldTable { column: Some(first), ..kept } } else { FieldTable { product: vec![first, name], ..kept } };
        next.fields.insert("amount".to_owned(), FieldSpec(table));
        change.run(next);
    };
    let options = names.with_value(|names| {
        names.iter().map(|name| view! { <option value=name.clone() selected=*name == chosen>{name.clone()}</option> }).collect_view()
    });
    view! {
        <div class="mapping__row">
            <label class="field__label" for="map-times">"Amount, multiplied by"</label>
            <div class="select">
                <select class="input" id="map-times" on:change=pick>
                    <option value="" selected=chosen.is_empty()>"–"</option>
                    {options}
                </select>
                <Icon glyph=Glyph::Down />
            </div>
        </div>
    }
    .into_any()
}

/// A field that is more than one column, in words.
fn made_of(table: &FieldTable) -> String {
    let parts = [&table.first, &table.join, &table.product].into_iter().find(|list| !list.is_empty());
    match (parts, &table.template, &table.constant) {
        (Some(list), ..) if !table.product.is_empty() => list.join(" × "),
        (Some(list), ..) => list.join(", "),
        (None, Some(text), _) | (None, None, Some(text)) => text.clone(),
        _ => "–".to_owned(),
    }
}

/// How numbers are written: one way for all of them.
fn notation(mapping: StoredValue<Mapping>, kind: Kind, change: Callback<Mapping>) -> Option<AnyView> {
    let fields = numbers(kind);
    if fields.is_empty() {
        return None;
    }
    let now =
        mapping.with_value(|m| fields.iter().find_map(|f| m.fields.get(*f)).and_then(|spec| spec.0.number.clone()).unwrap_or_default());
    let code: String = now.group.iter().chain([&now.decimal]).collect();
    let pick = move |event: leptos::ev::Event| {
        let code = event_target_value(&event);
        let mut signs = code.chars().rev();
        let Some(decimal) = signs.next() else { return };
        let mut next = mapping.get_value();
        written(&mut next, kind, |number| Notation { decimal, group: signs.clone().next(), ..number });
        change.run(next);
    };
    let options = NOTATIONS.map(|(key, words)| view! { <option value=key selected=key == code>{words}</option> });
    let brackets = move |event: leptos::ev::Event| {
        let parentheses = event_target_checked(&event);
        let mut next = mapping.get_value();
        written(&mut next, kind, |number| Notation { parentheses, ..number });
        change.run(next);
    };
    let unit = move |event: leptos::ev::Event| {
        let unit = Some(event_target_value(&event).trim().to_owned()).filter(|unit| !unit.is_empty());
        let mut next = mapping.get_value();
        written(&mut next, kind, |number| Notation { unit: unit.clone(), ..number });
        change.run(next);
    };
    Some(
        view! {
            <div class="mapping__row">
                <label class="field__label" for="map-notation">"Numbers are written"</label>
                <div class="select">
                    <select class="input" id="map-notation" on:change=pick>{options.collect_view()}</select>
                    <Icon glyph=Glyph::Down />
                </div>
            </div>
            <div class="mapping__row">
                <label class="field__label" for="map-unit">"Before or after a number stands"</label>
                <input class="input" id="map-unit" placeholder="KES" value=now.unit.clone() on:change=unit />
            </div>
            <label class="check">
                <input type="checkbox" checked=now.parentheses on:change=brackets />
                <span>"(12.00) in brackets means minus"</span>
            </label>
        }
        .into_any(),
    )
}

fn numbers(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Sales => vec!["quantity", "amount", "unitsSold", "grossRevenue", "unitsReturned", "returnsValue", "totalCost"],
        other => other.numbers().to_vec(),
    }
}

/// Writes another notation into every number of a mapping.
fn written(mapping: &mut Mapping, kind: Kind, how: impl Fn(Notation) -> Notation) {
    for field in numbers(kind) {
        if let Some(spec) = mapping.fields.get_mut(field) {
            spec.0.number = Some(how(spec.0.number.clone().unwrap_or_default()));
        }
    }
}

/// What a file of sales replaces when it comes again.
fn sales(mapping: StoredValue<Mapping>, change: Callback<Mapping>) -> AnyView {
    let now = mapping.with_value(|m| m.replaces.unwrap_or(Replaces::Documents));
    let pick = move |event: leptos::ev::Event| {
        let mut next = mapping.get_value();
        next.replaces = Replaces::parse(&event_target_value(&event));
        change.run(next);
    };
    view! {
        <div class="mapping__row">
            <label class="field__label" for="map-replaces">"A file that comes again replaces"</label>
            <div class="select">
                <select class="input" id="map-replaces" on:change=pick>
                    <option value="nothing" selected=now == Replaces::Nothing>"nothing: what is known already is refused"</option>
                    <option value="documents" selected=now == Replaces::Documents>"the documents it holds"</option>
                    <option value="days" selected=now == Replaces::Days>"the whole days it holds"</option>
                </select>
                <Icon glyph=Glyph::Down />
            </div>
        </div>
    }
    .into_any()
}

/// What only a person can tell, with the answers as buttons.
pub fn question(question: &Question, seen: &Preview, kind: Kind, change: Callback<Mapping>) -> AnyView {
    use ::intake::clean::DayFormat;
    let (field, example) = (question.field.clone(), question.example.clone());
    let mapping = seen.mapping.clone();
    match question.about {
        About::DayOrMonth => {
            let answer = |format: DayFormat, words: &'static str| {
                let (mut next, field) = (mapping.clone(), field.clone());
                let press = move |_| {
                    if let Some(spec) = next.fields.get_mut(&field) {
                        spec.0.format = Some(format);
                    }
                    change.run(next.clone());
                };
                view! { <button type="button" class="button button--quiet button--small" on:click=press>{words}</button> }
            };
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>"“"{example}"” in "<b>{question.column.clone()}</b>": day or month first?"</p>
                    <div class="cluster">{answer(DayFormat::DayFirst, "Day first")}{answer(DayFormat::MonthFirst, "Month first")}</div>
                </div>
            }
            .into_any()
        }
        About::Number => {
            let answers = NOTATIONS.map(|(key, words)| {
                let mut next = mapping.clone();
                let mut signs = key.chars().rev();
                let decimal = signs.next().unwrap_or('.');
                let group = signs.next();
                written(&mut next, kind, |number| Notation { decimal, group, ..number });
                view! { <button type="button" class="button button--quiet button--small" on:click=move |_| change.run(next.clone())>{words}</button> }
            });
            let plain = Decimal::parse(&example, &Notation::default()).is_ok();
            let why = if plain { " may stand for thousands or decimals" } else { " is no plain number" };
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>"“"{example}"” in "<b>{question.column.clone()}</b>{why}". How are numbers written here? Nothing is guessed about money."</p>
                    <div class="cluster">{answers.collect_view()}</div>
                </div>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests;
