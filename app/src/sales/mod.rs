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
