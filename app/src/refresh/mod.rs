//! The daily refresh on screen: from which folder, at which hour, what came of it the last time, and making it by hand.

mod api;
#[cfg(feature = "ssr")]
mod draw_ssr;
pub mod page;

/// Where it stands.
pub const PATH: &str = "/office/refresh";
