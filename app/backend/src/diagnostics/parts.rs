//! The parts, each with its state and a sentence that says what to do where it is not well.

use super::disk;
use crate::{Backend, Error, kpis, refresh};
use serde::Serialize;

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Well.
    Up,
    /// At work, but somebody should look at it.
    Attention,
    /// Not at work though it should be.
    Down,
    /// Switched off.
    Off,
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Its name in metrics: `database`, `figures`, `refresh`, `disk`.
    pub code: &'static str,
    /// For people.
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// In a sentence.
    pub words: String,
}

pub(super) async fn all(backend: &Backend) -> Vec<Part> {
    let part = |code, name, (state, words): (State, String)| Part { code, name, state, words };
    vec![
        part("database", "Database", database(backend).await),
        part("figures", "Figures", figures(backend).await),
        part("refresh", "Daily refresh", daily_refresh(backend).await),
        part("disk", "Disk", space(backend).await),
    ]
}

async fn database(backend: &Backend) -> (State, String) {
    let begun = std::time::Instant::now();
    match backend.ready().await {
        Ok(()) => (State::Up, format!("Answers in {:.1} ms", begun.elapsed().as_secs_f64() * 1_000.0)),
        Err(Error::Configuration(_)) => (State::Down, "Its tables do not fit this program: run `fieldlight migrate`".into()),
        Err(Error::Timeout) => (State::Down, "It does not answer in time".into()),
        Err(_) => (State::Down, "It cannot be reached or written: see the server’s log".into()),
    }
}

async fn figures(backend: &Backend) -> (State, String) {
    match kpis::standing(backend) {
        None => (State::Attention, "They are being counted".into()),
        Some(_) => match kpis::warm(backend).await {
            Ok(()) => (State::Up, "As new as the last commit".into()),
            Err(_) => (State::Down, "They cannot be brought up to date: see the server’s log".into()),
        },
    }
}

async fn daily_refresh(backend: &Backend) -> (State, String) {
    let Ok(set) = refresh::unscoped(backend).await else { return (State::Down, "Its settings cannot be read".into()) };
    match (&set.folder, &set.last) {
        (None, _) => (State::Off, "No folder is set".into()),
        (Some(_), None) => (State::Up, format!("Set for {:02}:00, not made yet", set.hour)),
        (Some(_), Some(last)) if last.wrong.is_some() => (State::Down, "The last one could not look at its folder".into()),
        (Some(_), Some(last)) if last.files.iter().any(|file| file.needs_attention) => {
            (State::Attention, "A file of the last one needs attention".into())
        }
        (Some(_), Some(last)) => (State::Up, format!("The last one looked at {} files", last.files.len())),
    }
}

async fn space(backend: &Backend) -> (State, String) {
    let Some(disk) = disk(backend).await else { return (State::Off, "There is no data folder".into()) };
    let words = format!("{} of {} free", size(disk.free), size(disk.total));
    if disk.is_low() { (State::Attention, words + ": make room") } else { (State::Up, words) }
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    let giga = bytes as f64 / 1e9;
    if giga < 1.0 { format!("{:.0} MB", bytes as f64 / 1e6) } else { format!("{giga:.1} GB") }
}
