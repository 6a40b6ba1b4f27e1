//! The reader of files, for a worker of the browser: the parser of the server in a wasm of its own, so that no screen waits for a file and no phone
//! loads it.

use domain::Rejections;
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
/// where columns are to be recognised; `names` and `beside` are the files it may put beside the rows.
#[wasm_bindgen]
#[must_use]
pub fn preview(kind: &str, name: &str, bytes: Vec<u8>, whole: bool, mapping: &str, names: Vec<String>, beside: Vec<Uint8Array>) -> String {
    let beside = names.into_iter().zip(beside).map(|(name, bytes)| Input::bytes(name, bytes.to_vec())).collect();
    let said = match look(kind, name, bytes, whole, mapping, beside) {
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

/// Which of the files chosen together has the rows, by its place: the one that `mapping` does not put beside them.
#[wasm_bindgen]
#[must_use]
pub fn with_rows(mapping: &str, names: Vec<String>) -> usize {
    let mapping = if mapping.trim().is_empty() { Mapping::default() } else { Mapping::read(mapping).unwrap_or_default() };
    mapping.rows_among(names.iter().map(String::as_str))
}

fn look(kind: &str, name: &str, bytes: Vec<u8>, whole: bool, mapping: &str, beside: Vec<Input>) -> Result<Look, Rejections> {
    let kind = Kind::parse(kind).ok_or_else(|| Rejections::one("kind", "unknown", "Choose what the file holds."))?;
    let mapping = if mapping.trim().is_empty() { None } else { Some(Mapping::read(mapping)?) };
    // of a workbook all is needed: its table of contents stands at its end
    let workbook = bytes.starts_with(b"PK");
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    let input =
        if workbook || (whole && !packed) { Input::bytes(name, bytes) } else { Input::bytes(name, intake::beginning(&bytes, BEGINNING)) };
    let input = input.with(Beside::Files(Arc::new(beside)));
    intake::look(kind, input, mapping, whole && !packed, UNPACKED_MAX)
}

/// Unpacked bytes looked at of a file whose end is not at hand: 4 MiB.
const BEGINNING: usize = 4 << 20;
