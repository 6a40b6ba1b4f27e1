//! Lines of sales on screen: what stands behind a figure.

mod api;
#[cfg(feature = "ssr")]
mod draw_ssr;
pub mod page;

use domain::Day;

/// Where they stand.
pub const PATH: &str = "/office/sales";

/// The lines of some days.
#[must_use]
pub fn between(from: Day, to: Day) -> String {
    [PATH, "?from=", &from.to_string(), "&to=", &to.to_string()].concat()
}

/// A value that lines are narrowed to, as a parameter `only` has it: `branch:Nairobi`; without a label those that have none.
#[must_use]
pub fn only(key: &str, label: Option<&str>) -> String {
    label.map_or_else(|| key.to_owned(), |label| [key, ":", label].concat())
}
