//! What every request passes: its id, where it comes from, what its answer's headers promise the browser.

pub mod compression;
pub mod edge;
pub mod insider;
pub mod same_origin;
