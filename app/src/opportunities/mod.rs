//! Opportunities on screen: the room of the figures with funnel, rates and cycle, and the list behind a mark.

mod api;
pub mod boards;
pub mod list;
pub mod room;
#[cfg(feature = "ssr")]
pub mod ssr;

use crate::clients::query::Address;
use domain::opportunities::Query;

/// Where the list stands.
pub const PATH: &str = "/office/opportunities";
/// The end of the room's address among the figures.
pub const ROOM: &str = "pipeline";

/// The list of a query.
#[must_use]
pub fn href(query: &Query) -> String {
    let mut address = Address::new(PATH);
    for (name, value) in query.pairs() {
        address.add(name, &value);
    }
    address.finish()
}
