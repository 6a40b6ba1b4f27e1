//! What only a person can tell about a file, asked with its answers as buttons.

use super::numbers::{NOTATIONS, named, written};
use ::intake::clean::{DayFormat, SHORT_YEARS};
use ::intake::mapping::Mapping;
use ::intake::{About, Kind, Preview, Question};
use domain::decimal::{Decimal, Notation};
use leptos::prelude::*;

/// What only a person can tell, with the answers as buttons.
pub fn question(question: &Question, seen: &Preview, kind: Kind, change: Callback<Mapping>) -> AnyView {
    let (field, example) = (question.field.clone(), question.example.clone());
    let mapping = seen.mapping.clone();
    match question.about {
        About::DayOrMonth => {
            let answer = |format: DayFormat| {
                let words = match format.first() {
                    "day" => "Day first",
                    "month" => "Month first",
                    _ => "Year first",
                };
                let (mut next, field) = (mapping.clone(), field.clone());
                let press = move |_| {
                    if let Some(spec) = next.fields.get_mut(&field) {
                        spec.0.format = Some(format);
                    }
                    change.run(next.clone());
                };
                view! { <button type="button" class="button button--quiet button--small" on:click=press>{words}</button> }
            };
            let (other, words) = match &question.other {
                Some(other) => {
                    let words = ": one has the day first, one the month. Which is right? Rows written otherwise are refused.";
                    ([" and “", other, "”"].concat(), words)
                }
                None if question.ways.len() == 1 => (String::new(), " can be a day in one way only. Is that right?"),
                None if question.ways.iter().any(|way| way.first() == "year") => {
                    (String::new(), ": what stands first, the day, the month or the year?")
                }
                None => (String::new(), ": day or month first?"),
            };
            let century = question.ways.iter().any(|way| way.is_short()).then_some([" ", SHORT_YEARS].concat());
            let answers = question.ways.iter().map(|way| answer(*way)).collect_view();
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>"“"{example}"”"{other}" in "<b>{question.column.clone()}</b>{words}{century}</p>
                    <div class="cluster">{answers}</div>
                </div>
            }
            .into_any()
        }
        About::Amount => {
            let answers = question.amounts.iter().map(|way| {
                let mut next = mapping.clone();
                next.fields.extend(way.fields.clone());
                let words = way.words.clone();
                view! { <button type="button" class="button button--quiet button--small" on:click=move |_| change.run(next.clone())>{words}</button> }
            });
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>"What is the "<b>"amount"</b>"? Nothing is guessed about money."</p>
                    <div class="cluster">{answers.collect_view()}</div>
                </div>
            }
            .into_any()
        }
        About::Percent => {
            let mut next = mapping.clone();
            if let Some(spec) = next.fields.get_mut(&field) {
                spec.0.percent = true;
            }
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>"“"{example}"” in "<b>{question.column.clone()}</b>" is no part of the whole. Are discounts in percent here?"</p>
                    <div class="cluster">
                        <button type="button" class="button button--quiet button--small" on:click=move |_| change.run(next.clone())>"Yes, in percent"</button>
                    </div>
                </div>
            }
            .into_any()
        }
        About::Number => {
            let answers = NOTATIONS.map(|(key, words)| {
                let mut next = mapping.clone();
                written(&mut next, kind, |number| named(key, number));
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
