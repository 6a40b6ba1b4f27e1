//! Figures and places as typed into a form: read, or refused under their field.

use crate::words::parse_coordinates;
use domain::Rejections;
use domain::geo::Position;
use leptos::prelude::*;

/// A whole number; none when nothing is entered. `words` are put together when it is no number.
pub(super) fn number(value: RwSignal<String>, field: &str, words: [&str; 5], wrong: &mut Rejections) -> Option<u32> {
    let text = value.get_untracked();
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let number = text.parse().ok();
    if number.is_none() {
        wrong.add(field, "not_a_number", words.concat());
    }
    number
}

/// Latitude and longitude; none when nothing is entered.
pub(super) fn place(text: &str, wrong: &mut Rejections) -> Option<Position> {
    if text.trim().is_empty() {
        return None;
    }
    let position = parse_coordinates(text);
    if position.is_none() {
        wrong.add("position", "not_a_place", "Location: enter latitude and longitude like -1.29206, 36.82195, or leave it empty.");
    }
    position
}
