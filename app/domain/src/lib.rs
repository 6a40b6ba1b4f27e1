//! What is true in Fieldlight: the rules and records shared, unchanged, by the browser and the server. No I/O, no clock, no randomness.

pub mod book;
pub mod bought;
pub mod calendar;
pub mod changes;
pub mod clients;
pub mod company;
pub mod contacts;
pub mod cube;
pub mod customers;
pub mod decimal;
pub mod fold;
pub mod geo;
pub mod growth;
pub mod ids;
pub mod lights;
pub mod measures;
pub mod money;
pub mod movement;
pub mod opportunities;
pub mod order;
pub mod outbox;
pub mod pack;
pub mod people;
pub mod rejection;
pub mod reports;
pub mod sales;
pub mod segments;
pub mod sync;
pub mod targets;
pub mod text;
pub mod today;
pub mod visits;

pub use calendar::{Day, Instant};
pub use rejection::{Rejection, Rejections};
