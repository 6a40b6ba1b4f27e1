//! Reports on screen: views of the figures kept by name, when they are made by themselves, and the inbox they come into.

mod api;
#[cfg(feature = "ssr")]
mod draw_ssr;
mod files;
mod inbox;
#[cfg(feature = "ssr")]
pub mod make_ssr;
mod page;
mod schedule;
mod sheet;

pub use api::inbox_unread;
pub use files::{file, files};
pub use page::reports_page;
pub use sheet::{Of, sheet};

/// Where they stand.
pub const PATH: &str = "/reports";
/// Where the inbox stands.
pub const INBOX: &str = "/reports/inbox";
