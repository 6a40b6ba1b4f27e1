//! The figures of the business on screen: a cube of what the person sees is fetched once, and every chart is a slice of it.

mod answers;
mod api;
mod area;
mod bar;
mod by;
mod csv;
mod filters;
mod marks;
mod overview;
mod page;
mod panel;
mod panels;
mod period;
mod pick;
mod plan;
mod table;
mod tiles;
mod why;
mod worth;

pub use page::kpis_page;

/// Where they stand.
pub const PATH: &str = "/kpis";
