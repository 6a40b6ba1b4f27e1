//! One client in a list: its light, when it changes, where it is and what is planned.

use crate::markup::{Markup, Row};
use crate::session::Seen;
use crate::ui::LightKind;
use domain::clients::{ClientItem, Stage};
use domain::company::Company;
use domain::geo::distance_words;
use domain::lights::{self, Light};
use domain::{Day, Instant};

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
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Draws the row; `place` is its number and the number of all, where not all are drawn.
pub fn put(m: &mut Markup, item: &ClientItem, place: Option<(usize, usize)>, seen: Seen<'_>) {
    let words = lights::words(seen.today, item.window());
    let segment = item.segment.as_deref().filter(|_| item.stage == Stage::Prospect);
    let planned = item.planned_at.map(|at| planned_words(at, seen.today, seen.company));
    let away = seen.near.map(|near| item.position.map(|at| distance_words(at.distance_m(near))).unwrap_or_default());
    m.row(&Row {
        href: &item.path(),
        title: &item.name,
        light: Some((kind(item.light(seen.today)), &words)),
        sub: &dotted([item.town.as_deref(), segment, item.tier.as_deref()]),
        planned: away.is_none() && planned.is_some(),
        end: away.as_deref().or(planned.as_deref()).unwrap_or_default(),
        place,
        ..Row::default()
    });
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
