//! Unfinished forms, kept in the browser under their person's id: written at once, so that a reload or a killed tab loses nothing typed.

use super::browser;
use domain::ids::UserId;

fn place(user: UserId, key: &str) -> String {
    format!("fieldlight-draft/{user}/{key}")
}

/// The one kept.
pub fn read(user: UserId, key: &str) -> Option<String> {
    browser::recall(&place(user, key)).ok()?
}

/// Keeps one; a full storage keeps none, the form itself still has it.
pub fn keep(user: UserId, key: &str, json: Option<&str>) {
    let _ = browser::keep(&place(user, key), json);
}
