//! Opening the company a command works on.

use backend::{Backend, Database};

use super::Failed;
use crate::config::Config;

/// What the backend is told: the configuration, and in debug builds the fault a test asks for.
pub fn settings(config: &Config) -> Result<backend::Config, Failed> {
    if let Database::Sqlite { path } = &config.database
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failed::new(format!(
                "cannot make the data folder {}: {error}. Set FIELDLIGHT_DATA_DIR to a folder you may write.",
                folder.display()
            ))
        })?;
    }
    let settings =
        backend::Config { as_of: config.as_of, folder: Some(config.data_dir.clone()), ..backend::Config::new(config.database.clone()) };
    #[cfg(debug_assertions)]
    let settings = backend::Config { fault: fault()?, ..settings };
    Ok(settings)
}

/// Opens for a command that may run beside a server; an empty database gets its tables first.
pub async fn company(config: &Config) -> Result<Backend, Failed> {
    Ok(Backend::open(backend::Config { migrate: true, ..settings(config)? }).await?)
}

#[cfg(debug_assertions)]
fn fault() -> Result<Option<backend::Fault>, Failed> {
    let Ok(name) = std::env::var("FIELDLIGHT_FAULT") else { return Ok(None) };
    let fault = backend::Fault::parse(&name);
    fault.map(Some).ok_or_else(|| Failed::new(format!("FIELDLIGHT_FAULT={name} is no fault this build knows.")))
}
