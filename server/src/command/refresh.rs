//! `fieldlight refresh`: the daily refresh, by hand.

use backend::{people, refresh};

use super::{Failed, open};
use crate::{config::Config, say::say};

/// Brings in what lies in the folder, and says what came of each file; it fails when nothing could be taken in of one.
pub async fn run(config: &Config) -> Result<(), Failed> {
    let backend = open::company(config).await?;
    let outcome = refresh::run(&backend, &people::console()).await;
    backend.close().await;
    let outcome = outcome?;
    if outcome.files.is_empty() && outcome.wrong.is_none() {
        say!("There is nothing new in the folder.");
    }
    for file in &outcome.files {
        say!("{}: {}", file.name, file.words);
    }
    let failed = outcome.files.iter().filter(|file| file.failed).count();
    match outcome.wrong {
        Some(words) => Err(Failed::new(words)),
        None if failed > 0 => Err(Failed::new(format!("Nothing was taken in of {failed} of the files: see above."))),
        None => Ok(()),
    }
}
