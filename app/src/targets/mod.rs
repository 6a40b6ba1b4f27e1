//! Targets on screen: where the day stands, and what each figure is made of.

mod api;
pub mod draw;
pub mod page;
