//! The process shell: one binary `fieldlight` that reads its configuration, serves pages and API, and runs the command line.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use axum::serve::ListenerExt;
use clap::{Parser, Subcommand};

mod assets;
mod pages;

#[derive(Parser)]
#[command(
    name = "fieldlight",
    version,
    about = "The working day of a sales team."
)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Serve pages and API until the process is asked to stop.
    Serve {
        /// Address to listen on.
        #[arg(long, env = "FIELDLIGHT_ADDR", default_value = "127.0.0.1:3000")]
        addr: SocketAddr,
        /// Folder of the built site; unset: `site` beside the binary, or `target/site`.
        #[arg(long, env = "FIELDLIGHT_SITE_DIR")]
        site: Option<PathBuf>,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let Verb::Serve { addr, site } = Command::parse().verb;
    match serve(addr, site).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fieldlight: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(addr: SocketAddr, site: Option<PathBuf>) -> std::io::Result<()> {
    let site = Arc::new(assets::Site::load(&assets::folder(site))?);
    let router = pages::router(&site.links()).merge(site.router());
    // A page is streamed in small pieces: Nagle's algorithm would hold each back for 40 ms.
    let listener = tokio::net::TcpListener::bind(addr).await?.tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    println!("http://{addr} (build {})", site.version());
    axum::serve(listener, router).await
}
