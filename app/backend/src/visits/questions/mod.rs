//! What lists, cards and Today ask the tables.

mod sql;

pub(crate) use sql::*;
