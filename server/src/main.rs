//! The binary `fieldlight`: reads the command line, runs it, says on one line what went wrong.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command::Command;

/// Pages and answers are made of many small pieces: this allocator takes a third off the time of a page, and gives memory back after a peak.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match Command::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fieldlight: {error}");
            ExitCode::FAILURE
        }
    }
}
