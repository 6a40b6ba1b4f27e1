//! The reader of files, for a worker of the browser: the parser of the server in a wasm of its own, so that no screen waits for a file and no phone
//! loads it.

use domain::Rejections;
use domain::calendar::Zone;
use intake::{Beside, Input, Kind, Look, Mapping, Preview, Reject, UNPACKED_MAX};
use js_sys::Uint8Array;
use serde::Serialize;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

thread_local! {
    /// Rows the last look would leave out.
    static LEFT_OUT: RefCell<Vec<Reject>> = const { RefCell::new(Vec::new()) };
}

/// What a look at a file says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Said {
    /// What stands in it.
    Preview(Box<Preview>),
    /// Why it cannot be read.
    Wrong(String),
}

/// Says where it went wrong when it does.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Looks at a file's beginning, or all of it: `{"preview": …}` or `{"wrong": "words"}` as JSON. `mapping` is a mapping as JSON or TOML, empty
/// where columns are to be recognised; `zone` is the company's time zone as JSON; `names` are the file's and those of the files it may put beside the rows,
/// which are `beside`.
#[wasm_bindgen]
#[must_use]
pub fn preview(kind: &str, names: Vec<String>, bytes: Vec<u8>, whole: bool, mapping: &str, zone: &str, beside: Vec<Uint8Array>) -> String {
    let mut names = names.into_iter();
    let name = names.next().unwrap_or_default();
    let beside = names.zip(beside).map(|(name, bytes)| Input::bytes(name, bytes.to_vec())).collect();
    let said = match look(kind, (&name, bytes, whole), mapping, zone, beside) {
        Ok(Look { preview, rejects }) => {
            LEFT_OUT.set(rejects);
            Said::Preview(Box::new(preview))
        }
        Err(wrong) => Said::Wrong(wrong.to_string()),
    };
    serde_json::to_string(&said).unwrap_or_default()
}

/// Every row the last look would leave out, and why, as CSV.
#[wasm_bindgen]
#[must_use]
pub fn left_out() -> String {
    LEFT_OUT.with_borrow(|rejects| intake::listed(rejects))
}

/// Which of the files chosen together are read, by their places: first the one with the rows, then those that `mapping` puts beside them.
#[wasm_bindgen]
#[must_use]
pub fn read_together(mapping: &str, names: Vec<String>) -> Vec<usize> {
    let mapping = if mapping.trim().is_empty() { Mapping::default() } else { Mapping::read(mapping).unwrap_or_default() };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    mapping.together(&names)
}

fn look(
    kind: &str,
    (name, bytes, whole): (&str, Vec<u8>, bool),
    mapping: &str,
    zone: &str,
    beside: Vec<Input>,
) -> Result<Look, Rejections> {
    let kind = Kind::parse(kind).ok_or_else(|| Rejections::one("kind", "unknown", "Choose what the file holds."))?;
    let mapping = if mapping.trim().is_empty() { None } else { Some(Mapping::read(mapping)?) };
    let (zone, beside) = (serde_json::from_str::<Zone>(zone).ok(), Beside::Files(Arc::new(beside)));
    let seen = |bytes: Vec<u8>, whole| {
        let input = Input::bytes(name, bytes).with(beside.clone());
        let input = zone.clone().map_or_else(|| input.clone(), |zone| input.clone().in_zone(zone));
        intake::look(kind, input, mapping.clone(), whole, UNPACKED_MAX)
    };
    // a workbook is at hand whole: its table of contents stands at its end
    if bytes.starts_with(b"PK") {
        let start = intake::beginning_of_workbook(&bytes, BEGINNING).map(|start| seen(start, false));
        return start.and_then(Result::ok).map_or_else(|| seen(bytes, true), Ok);
    }
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    if whole && !packed { seen(bytes, true) } else { seen(intake::beginning(&bytes, BEGINNING), false) }
}

/// Unpacked bytes looked at of a file whose end is not at hand: 4 MiB.
const BEGINNING: usize = 4 << 20;
