//! Views as they are kept: whether one is a view at all, where it leads, and what it shows in words.

use super::filters::{By, Filters, NARROWED, pairs};
use super::marks::nameless;
use super::overview::{ROOMS, Room};
use super::period::Period;
use super::pick::Pick;
use super::why::{Compared, ROOM as WHY};
use crate::opportunities::ssr::pressed::Pressed;
use crate::opportunities::{PRESSED, ROOM as PIPELINE};
use domain::reports::View;
use domain::segments::SEGMENT;
use domain::{Day, Rejections};

/// A view that is one: its room exists, and each of its filters says something.
///
/// # Errors
/// What is wrong, by field.
pub fn judged(view: &View) -> Result<View, Rejections> {
    let mut bad = Rejections::default();
    if room_of(view).is_none() {
        let rooms: Vec<&str> = ROOMS.iter().map(|room| room.path).filter(|path| !path.is_empty()).collect();
        bad.add("room", "unknown", format!("Write one of {}, or nothing for the overview.", rooms.join(", ")));
    }
    if !view.by.is_empty() && !By::ALL.iter().any(|by| by.code() == view.by) {
        bad.add("by", "unknown", format!("Write one of {}.", By::ALL.map(By::code).join(", ")));
    }
    for (name, value) in pairs(&view.filters) {
        let good = match name.as_str() {
            "period" => Period::parse(&value).is_some(),
            "from" | "to" => Day::parse(&value).is_some(),
            SEGMENT => !value.is_empty(),
            PRESSED => view.room == PIPELINE && Pressed::read(&value).is_any(),
            _ if is_compared(&name, &value) => view.room == WHY,
            name => NARROWED.iter().any(|(dimension, ..)| dimension.code() == name),
        };
        if !good {
            bad.add(
                "filters",
                "unknown",
                format!("{name}={value} narrows nothing: write the filters as the address of the figures has them."),
            );
        }
    }
    let filters = filters_of(view);
    if view.filters.contains("from=") && filters.days.is_none() && filters.period.is_none() {
        bad.add("filters", "reversed", "The days need a first and a last one, the first not after the last.");
    }
    let address = filters.address(&view.room);
    let query = address.split_once('?').map_or("", |(_, query)| query).to_owned();
    bad.or(View { room: view.room.clone(), filters: query, by: By::parse(&view.by).code().to_owned() })
}

/// Whether the room of splits knows such a parameter: then it is read as it was written.
fn is_compared(name: &str, value: &str) -> bool {
    Compared::read(|one| (one == name).then(|| value.to_owned())).pairs().contains(&(name, value))
}

/// Where a view stands in the application.
#[must_use]
pub fn address(view: &View) -> String {
    let address = filters_of(view).address(&view.room);
    let mark = if address.contains('?') { "&" } else { "?" };
    [&address, mark, "by=", By::parse(&view.by).code()].concat()
}

/// What a view shows, in words: its room, its period, what is split, what it is narrowed by.
#[must_use]
pub fn words(view: &View) -> String {
    let filters = filters_of(view);
    let period = match (filters.period, filters.days) {
        (None, Some((from, to))) => [&from.short(Day(0)), " – ", &to.short(Day(0))].concat(),
        (period, _) => period.unwrap_or(Period::FiscalYear).words().to_owned(),
    };
    let mut parts = vec![room_of(view).map_or("A room that is gone", |room| room.name).to_owned(), period];
    if view.room == WHY {
        let Compared { measure, against } = filters.compared;
        parts.push([measure.name(), " against ", &against.words().to_lowercase()].concat());
    }
    parts.extend(narrowed(&filters));
    parts.join(" · ")
}

/// What narrows a view, in words.
pub fn narrowed(filters: &Filters) -> Vec<String> {
    let pressed = Pressed::read(&filters.pressed);
    let marks = pressed.iter().map(|(_, of)| of.pairs().into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" · "));
    filters.words().into_iter().chain(marks).collect()
}

/// Marks that were pressed, as [`super::filters::View::marks`] writes them: of each dimension together, and days.
///
/// # Errors
/// What of them is none.
pub fn marked(text: &str) -> Result<Vec<Pick>, Rejections> {
    let (mut picks, mut days, mut bad) = (Vec::<Pick>::new(), (None, None), Rejections::default());
    for (name, value) in pairs(text) {
        let dimension = NARROWED.iter().map(|(dimension, ..)| *dimension).find(|dimension| dimension.code() == name);
        match (dimension, name.as_str(), Day::parse(&value)) {
            (Some(dimension), ..) => {
                let label = Some(value).filter(|label| !label.is_empty());
                let shown = label.clone().unwrap_or_else(|| nameless(dimension).to_owned());
                let pick = Pick::of(dimension.code(), &shown, vec![(dimension, label)], None);
                match picks.iter_mut().find(|one| one.panel == pick.panel) {
                    Some(one) => {
                        one.names.extend(pick.names);
                        one.marks.extend(pick.marks);
                    }
                    None => picks.push(pick),
                }
            }
            (None, "from", Some(day)) => days.0 = Some(day),
            (None, "to", Some(day)) => days.1 = Some(day),
            _ => bad.add(
                "marks",
                "unknown",
                format!("{name}={value} is no mark: write them as branch=Nakuru&from=2026-02-01&to=2026-02-28."),
            ),
        }
    }
    match days {
        (Some(from), Some(to)) => {
            let names = vec![from.long(Day(0)), to.long(Day(0))];
            picks.push(Pick { panel: "days", names, marks: vec![], days: Some((from, to)) });
        }
        (None, None) => {}
        _ => bad.add("marks", "incomplete", "Marked days have a first and a last one: write from and to."),
    }
    bad.or(picks)
}

/// The room of a view, unless it is gone.
pub fn room_of(view: &View) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.path == view.room)
}

/// The filters of a view.
pub fn filters_of(view: &View) -> Filters {
    of_pairs(&pairs(&view.filters))
}

/// The filters of names and values.
pub fn of_pairs(pairs: &[(String, String)]) -> Filters {
    Filters::read(|name| pairs.iter().filter(|(one, _)| one == name).map(|(_, value)| value.clone()).collect())
}
