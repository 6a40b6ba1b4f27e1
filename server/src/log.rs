//! The log: lines for people, or one JSON object per line; `RUST_LOG` chooses what is said.

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// What is said unless `RUST_LOG` says otherwise.
const LEVELS: &str = "info,sqlx=warn,hyper=warn";

/// Starts logging to the standard error stream; a second start is ignored.
pub fn start(format: LogFormat) {
    let levels = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LEVELS));
    let log = tracing_subscriber::fmt().with_env_filter(levels).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
    if let Err(error) = started {
        eprintln!("fieldlight: the log could not be started: {error}");
    }
}
