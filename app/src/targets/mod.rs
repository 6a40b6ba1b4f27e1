//! Where the day stands: the figures on Today, and their own page with what each is made of; and, for the office, what they are set by.

mod api;
mod api_office;
mod budgets;
mod calendar;
mod copies;
pub mod draw;
mod draw_page;
#[cfg(feature = "ssr")]
mod entered_ssr;
mod grid;
mod holidays;
mod kept;
mod leave;
pub mod page;
#[cfg(feature = "ssr")]
mod reps_ssr;

pub use budgets::budgets_page;
pub use calendar::calendar_page;
