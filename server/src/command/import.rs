//! `fieldlight import`: brings a file in and says what became of every row.

use std::{
    fs,
    path::{Path, PathBuf},
};

use backend::{
    Error,
    import::{self, Input, Kind, Listed, Mapping, Options, Replaces},
};

use super::{Failed, open};
use crate::{config::Config, say::say};

/// What to bring in from where.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// clients, prospects, contacts, visits, products, reps, budgets, sales or opportunities.
    #[arg(value_parser = kind)]
    kind: Kind,
    /// CSV, also gzipped, or a workbook (.xlsx).
    file: PathBuf,
    /// How columns become fields; unset: recognised by their names.
    #[arg(long, value_name = "M.toml")]
    mapping: Option<PathBuf>,
    /// Judge every row, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where rows not taken in are listed; unset: `rejects` in the data folder.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// The system the file comes from: rows and documents of one are known again; unset: what the mapping says.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Of sales, what a file that comes again replaces: documents, days, documents_and_days or nothing; unset: what the mapping says.
    #[arg(long, value_name = "WHAT", value_parser = replaces)]
    replaces: Option<Replaces>,
}

impl Import {
    /// Brings it in.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        if self.replaces.is_some() && self.kind != Kind::Sales {
            return Err(Failed::new("--replaces is for sales: leave it out.".to_owned()));
        }
        let mapping = self.mapping.as_ref().map(read_mapping).transpose()?;
        let backend = open::company(config).await?;
        let rejects = match self.rejects {
            Some(file) => file,
            None => beside(&config.data_dir, &self.file, Listed::Rejects)?,
        };
        let replaced = beside(&config.data_dir, &self.file, Listed::Replaced)?;
        let options = Options {
            dry_run: self.dry_run,
            rejects: Some(rejects.clone()),
            replaced: Some(replaced.clone()),
            replaces: self.replaces,
            source: self.source,
            keep: Some(config.data_dir.join("files")),
            ..Options::default()
        };
        let report = import::run(&backend, self.kind, Input::path(self.file), mapping, options).await;
        backend.close().await;
        let report = report.inspect_err(|error| {
            if matches!(error, Error::Rejected(wrong) if wrong.0.iter().any(|r| r.code == import::SPOILT)) {
                say!("Lines that cannot be used are listed in {}.", rejects.display());
            }
        })?;
        crate::say::put(format_args!("{report}"));
        if report.lists().contains(&Listed::Rejects) {
            say!("Rows not taken in are listed in {}.", rejects.display());
        }
        if report.lists().contains(&Listed::Replaced) {
            say!("What is replaced is listed in {}.", replaced.display());
        }
        if report.tally.none_taken() {
            return Err(Failed::new("Every row was refused: nothing was taken in."));
        }
        Ok(())
    }
}

/// A file in the data folder, named after the one brought in: where that lies may be nobody's to write.
fn beside(data_dir: &Path, file: &Path, what: Listed) -> Result<PathBuf, Failed> {
    let folder = data_dir.join(what.code());
    fs::create_dir_all(&folder).map_err(|error| Failed::new(format!("the folder {} cannot be made: {error}.", folder.display())))?;
    Ok(folder.join(file.with_extension(format!("{}.csv", what.code())).file_name().unwrap_or_default()))
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| format!("write one of {}", Kind::ALL.map(Kind::code).join(", ")))
}

fn replaces(text: &str) -> Result<Replaces, String> {
    Replaces::parse(text).ok_or_else(|| format!("write one of {}", Replaces::ALL.map(|(code, _)| code).join(", ")))
}

fn read_mapping(path: &PathBuf) -> Result<Mapping, Failed> {
    let text = fs::read_to_string(path).map_err(|error| Failed::new(format!("the mapping {} cannot be read: {error}.", path.display())))?;
    Mapping::parse(&text).map_err(|wrong| Failed::new(format!("{}: {wrong}", path.display())))
}
