//! The outbox on screen: what waits, what needs attention and why, and putting it right.

mod mend;
pub mod page;
