//! Today on screen: the next thing to do comes first.

mod api;
mod day_card;
mod draw;
pub mod page;
