//! One client in a list: its light, when it changes, where it is and what is planned.

use crate::ui::{LightKind, LightMark};
use domain::clients::{Client, ClientItem, Stage};
use domain::company::Company;
use domain::geo::{Position, distance_words};
use domain::lights::{self, Light};
use domain::{Day, Instant};
use leptos::prelude::*;

/// The light as the design system draws it.
#[must_use]
pub fn kind(light: Light) -> LightKind {
    match light {
        Light::Red => LightKind::Red,
        Light::Amber => LightKind::Amber,
        Light::Green => LightKind::Green,
        Light::Grey => LightKind::Grey,
    }
}

/// `today 10:30`, `Mon 09:00`, `12 Dec 14:00`.
#[must_use]
pub fn planned_words(at: Instant, today: Day, company: &Company) -> String {
    [company.zone.day_of(at).near(today), company.zone.clock(at)].join(" ")
}

/// Words with middots between them, leaving out what is empty.
#[must_use]
pub fn dotted<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let mut line = String::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(part);
    }
    line
}

/// `tier A`, when there is one.
#[must_use]
pub fn tier_words(client: &Client) -> Option<String> {
    client.tier.as_ref().map(|tier| ["tier ", tier].concat())
}

/// What a row says about the time and place it is seen from.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The business day.
    pub today: Day,
    /// Settings.
    pub company: &'a Company,
    /// Where the device is, when the person asked for distances.
    pub near: Option<Position>,
}

/// The row: a link with the light's shape, the name, the words, and the planned visit or the distance at its end.
#[must_use]
pub fn client_row(item: &ClientItem, seen: Seen<'_>) -> AnyView {
    let light = kind(item.light(seen.today));
    let words = lights::words(seen.today, item.window());
    let stage = (item.stage == Stage::Prospect).then_some(item.segment.as_deref()).flatten();
    let place = dotted([item.town.as_deref(), stage, item.tier.as_deref()]);
    let words_class = ["row__words ", light.class()].concat();
    view! {
        <a class="row" href=item.path()>
            <span class="row__mark"><LightMark kind=light /></span>
            <span class="row__title">{item.name.clone()}</span>
            {end(item, seen)}
            <span class="row__sub">{place}</span>
            <span class=words_class>{words}</span>
        </a>
    }
    .into_any()
}

fn end(item: &ClientItem, seen: Seen<'_>) -> AnyView {
    if let Some(near) = seen.near {
        let away = item.position.map(|at| distance_words(at.distance_m(near)));
        return view! { <span class="row__end">{away}</span> }.into_any();
    }
    match item.planned_at {
        Some(at) => {
            let words = planned_words(at, seen.today, seen.company);
            view! { <span class="row__end row__planned light light--planned"><LightMark kind=LightKind::Planned />{words}</span> }.into_any()
        }
        None => view! { <span class="row__end"></span> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_leave_no_dot() {
        assert_eq!(dotted([Some("Athi River"), None, Some(""), Some("A")]), "Athi River · A");
        assert_eq!(dotted([None, None]), "");
    }
}
