//! The figures of the business on screen: a cube of what the person sees is fetched once, and every chart is a slice of it.

mod answers;
mod api;
mod area;
mod bar;
mod by;
#[cfg(feature = "ssr")]
pub mod cells_ssr;
#[cfg(feature = "ssr")]
pub mod chart_ssr;
pub mod csv;
#[cfg(feature = "ssr")]
pub mod document_ssr;
mod doubts;
mod filters;
mod follow;
mod foot;
mod keeping;
#[cfg(feature = "ssr")]
mod kept_ssr;
mod marks;
mod opening;
mod overview;
mod page;
mod panel;
mod panels;
#[cfg(feature = "ssr")]
mod panels_ssr;
mod period;
mod pick;
pub mod picture;
mod plan;
#[cfg(feature = "ssr")]
mod sheets_ssr;
pub mod table;
mod tiles;
mod why;
mod worth;

pub use area::Area;
pub use bar::{field, select};
pub use doubts::doubts;
pub use filters::View as Narrowed;
pub use foot::{foot, table as foot_table};
pub use keeping::forget;
pub use page::{kpis_page, on_escape};
pub use tiles::span;
pub use why::why;
pub use worth::worth;

/// Where they stand.
pub const PATH: &str = "/kpis";
