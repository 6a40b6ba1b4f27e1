//! How the application is: its parts, its imports, its requests, and the proof that the figures equal the lines.

mod api;
#[cfg(feature = "ssr")]
mod draw_ssr;
mod indicator;
mod page;

pub use indicator::indicator;
pub use page::diagnostics_page;

/// Where the page stands.
pub const PATH: &str = "/office/diagnostics";
