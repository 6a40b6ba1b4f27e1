//! The people at a client on screen: tap to call or mail, add, edit, archive, bring back.

mod api;
pub mod draw;
pub mod form;
