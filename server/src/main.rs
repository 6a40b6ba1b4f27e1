//! The binary `fieldlight`: reads the command line, runs it, says on one line what went wrong.

use std::process::ExitCode;

use clap::Parser;
use server::command::Command;

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
