//! The process shell of Fieldlight: configuration, router, sessions, REST, GraphQL and the command line. The only place that names status codes or reads
//! the environment.

pub mod assets;
mod clock;
pub mod command;
pub mod config;
mod cookie;
mod graphql;
mod health;
mod log;
pub mod office;
mod pages;
mod request_id;
mod rest;
pub mod router;
mod say;
mod session;
mod streams;
pub mod token;
mod vitals;
mod web;
