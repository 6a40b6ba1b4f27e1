//! Visits on screen: lists by day, one visit from check-in to report, planning.

pub mod api;
pub mod check_in;
pub mod check_in_sheet;
mod draw;
pub mod list;
pub mod log;
pub mod page;
pub mod plan;
pub mod report;
pub mod row;
