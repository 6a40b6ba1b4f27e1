//! The binary `fieldlight`: reads the command line, runs it, says on one line what went wrong.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command::Command;

/// Pages and answers are made of many small pieces: this allocator takes a third off the time of a page, and gives memory back after a peak.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
/// The allocator's number for how long memory that is free is held, in milliseconds.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// What is free goes back at once: on its own the allocator waits for more work, which an idle server has not, and holds a sixth more for nothing.
#[expect(unsafe_code, reason = "the allocator is set from C: two numbers, and nothing is handed over")]
fn hold_nothing_back() {
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) }
}

#[tokio::main]
async fn main() -> ExitCode {
    hold_nothing_back();
    match Command::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fieldlight: {error}");
            ExitCode::FAILURE
        }
    }
}
