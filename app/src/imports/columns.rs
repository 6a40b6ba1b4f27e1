//! Which column becomes which field: recognised, remembered, or chosen here.

use super::numbers;
use super::picker::{Panel, fixed, picker};
use ::intake::Kind;
use ::intake::mapping::written::{FieldSpec, FieldTable};
use ::intake::mapping::{Mapping, Replaces};
use domain::fold::fold;
use leptos::prelude::*;

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

/// A picker for every field, over the columns of these names.
pub fn columns(panel: Panel, names: &[String]) -> AnyView {
    let rows = panel.kind.fields().iter().map(|field| row(panel, field, names)).collect_view();
    let times = (panel.kind == Kind::Sales).then(|| times(panel, names));
    view! { {rows} {times} }.into_any()
}

fn row(panel: Panel, field: &'static str, names: &[String]) -> AnyView {
    let own = names.to_vec();
    let chosen = panel.follow(move |mapping| {
        let column = mapping.fields.get(field).and_then(|spec| spec.0.column.as_deref()).unwrap_or_default();
        own.iter().find(|name| *name == column).or_else(|| own.iter().find(|name| fold(name) == fold(column))).cloned().unwrap_or_default()
    });
    let made = panel.follow(move |mapping| match mapping.fields.get(field) {
        Some(spec) if spec.0.column.is_none() => made_of(&spec.0),
        _ => "–".to_owned(),
    });
    let pick = Callback::new(move |name: String| panel.edit(|next| pick(panel, next, field, name)));
    picker(["map-", field].concat(), label(field), listed(made, names), chosen, pick)
}

fn pick(panel: Panel, next: &mut Mapping, field: &str, name: String) {
    if name.is_empty() {
        next.fields.remove(field);
    } else {
        let said = numbers::said(next, panel.kind).or_else(|| panel.notation.with_value(|n| (*n != Default::default()).then(|| n.clone())));
        let said = said.filter(|_| numbers::fields(panel.kind).contains(&field));
        let table = next.fields.get(field).map(|spec| spec.0.clone()).unwrap_or_default();
        let kept = FieldTable {
            column: Some(name),
            format: table.format,
            number: table.number.or(said),
            split: table.split,
            values: table.values,
            ..FieldTable::default()
        };
        next.fields.insert(field.to_owned(), FieldSpec(kept));
    }
    followed(next, field);
}

/// Nothing first, then every column.
fn listed(first: Signal<String>, names: &[String]) -> Vec<(String, Signal<String>)> {
    let names = names.iter().map(|name| (name.clone(), fixed(name)));
    std::iter::once((String::new(), first)).chain(names).collect()
}

/// With a number of their document, lines replace documents; without one, nothing until somebody says whole days.
fn followed(mapping: &mut Mapping, field: &str) {
    if field == "documentNo" {
        let documents = mapping.fields.contains_key(field);
        mapping.replaces = Some(if documents { Replaces::Documents } else { Replaces::Nothing });
    }
}

/// What the amount is multiplied by, where a file has unit prices: `Quantity × UnitPrice`.
fn times(panel: Panel, names: &[String]) -> AnyView {
    let amount = |mapping: &Mapping| mapping.fields.get("amount").map(|spec| spec.0.clone()).unwrap_or_default();
    let chosen = panel.follow(move |mapping| amount(mapping).product.get(1).cloned().unwrap_or_default());
    let pick = move |name: String| {
        panel.edit(|next| {
            let table = amount(next);
            let Some(first) = table.column.clone().or_else(|| table.product.first().cloned()) else { return };
            let kept = FieldTable { column: None, product: Vec::new(), ..table };
            let table = if name.is_empty() {
                FieldTable { column: Some(first), ..kept }
            } else {
                FieldTable { product: vec![first, name], ..kept }
            };
            next.fields.insert("amount".to_owned(), FieldSpec(table));
        });
    };
    picker("map-times".to_owned(), "Amount, multiplied by".to_owned(), listed(fixed("–"), names), chosen, Callback::new(pick))
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

#[cfg(test)]
mod tests;
