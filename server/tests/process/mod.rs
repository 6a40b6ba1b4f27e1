//! The real binary as a process: started, loaded, traced, killed.

pub mod company;
pub mod http;
pub mod load;
pub mod trace;
