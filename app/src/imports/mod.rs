//! Bringing data in, on screen: a file is looked at in the browser, checked and brought in by the server, and can be taken back.

mod api;
mod chooser;
mod columns;
#[cfg(feature = "ssr")]
mod draw_ssr;
mod file;
pub mod list;
mod look;
pub mod new;
mod numbers;
mod picker;
mod question;
pub mod report;
#[cfg(feature = "ssr")]
mod withdrawn_ssr;

/// Where they stand.
pub const PATH: &str = "/office/imports";
