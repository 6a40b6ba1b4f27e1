//! Opportunities on screen: the room of the figures with funnel, rates and cycle, and the list behind a mark.

mod api;
mod board;
pub mod boards;
pub mod list;
pub mod room;
#[cfg(feature = "ssr")]
pub mod ssr;

/// The end of the room's address among the figures.
pub const ROOM: &str = "pipeline";

/// The parameter of the room's address that holds its pressed marks.
pub const PRESSED: &str = "pressed";
