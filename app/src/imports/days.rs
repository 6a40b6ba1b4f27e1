//! How the days of a file are written: one way for all of them, or as each column tells.

use super::picker::{Panel, fixed, picker};
use ::intake::clean::DayFormat;
use leptos::prelude::*;

/// The ways offered, by the example of one day; a mapping file knows more.
const WAYS: [(DayFormat, &str); 10] = [
    (DayFormat::DayFirst, "31/01/2026, day first"),
    (DayFormat::MonthFirst, "01/31/2026, month first"),
    (DayFormat::DayFirstShort, "31/01/26, day first"),
    (DayFormat::MonthFirstShort, "01/31/26, month first"),
    (DayFormat::YearFirstShort, "26-01-31, year first"),
    (DayFormat::Iso, "2026-01-31"),
    (DayFormat::DayNamed, "31 January 2026"),
    (DayFormat::DayNamedShort, "31-Jan-26"),
    (DayFormat::DayFirstCompact, "31012026, day first"),
    (DayFormat::MonthFirstCompact, "01312026, month first"),
];

/// The field about it; nothing for a kind without days.
pub fn picked(panel: Panel) -> Option<AnyView> {
    let days = panel.kind.days();
    if days.is_empty() {
        return None;
    }
    let now = panel.follow(move |mapping| {
        let said = days.iter().find_map(|field| mapping.fields.get(*field).and_then(|spec| spec.0.format));
        said.map(|format| format.pattern().to_owned()).unwrap_or_default()
    });
    let told = (String::new(), fixed("as the file tells"));
    let options = WAYS.map(|(format, words)| (format.pattern().to_owned(), fixed(words)));
    let pick = Callback::new(move |pattern: String| {
        panel.edit(|next| {
            for field in days {
                if let Some(spec) = next.fields.get_mut(*field) {
                    spec.0.format = DayFormat::parse(&pattern);
                }
            }
        });
    });
    Some(picker("map-days".to_owned(), "Days are written".to_owned(), std::iter::once(told).chain(options).collect(), now, pick))
}
