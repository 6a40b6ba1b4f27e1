//! What taking an import back did, drawn where it is done: what is gone, what is back, and what stayed and why.

use super::draw_ssr::{count, grouped_of, table};
use super::replaced_ssr::shown;
use crate::markup::Markup;
use backend::import::Withdrawn;

/// What taking it back did, and what stayed and why.
pub fn taken_back(m: &mut Markup, done: &Withdrawn) {
    m.put("<p>{}</p>", &[&withdrawn(done)]);
    let parts: Vec<_> =
        done.parts.iter().map(|part| serde_json::json!({"name": part.name, "lines": part.lines, "why": part.why})).collect();
    let aside = shown(done.parts.len(), done.parts_kept.unsigned_abs());
    let heads = [("name", "Document or day"), ("lines", "Lines"), ("why", "Why it stays")];
    table(m, ("Documents that stayed", &aside), &parts.into(), &heads);
    let rows = serde_json::to_value(&done.kept).unwrap_or_default();
    let heads = [("kind", "What"), ("name", "Name"), ("why", "Why it stays, wholly or in part")];
    table(m, ("What stayed", &shown(done.kept.len(), done.kept_count)), &rows, &heads);
}

/// What taking an import back did.
pub fn withdrawn(done: &Withdrawn) -> String {
    let mut words = Vec::new();
    if done.lines > 0 {
        let verb = if done.lines == 1 { "counts" } else { "count" };
        words.push(format!("{} {verb} no more", grouped_of(done.lines.unsigned_abs(), "line")));
    }
    if done.restored > 0 {
        let verb = if done.restored == 1 { "counts" } else { "count" };
        words.push(format!("{} of earlier imports {verb} again", count(done.restored.unsigned_abs())));
    }
    if done.parts_kept > 0 {
        words.push(done.staying().trim_end_matches('.').to_owned());
    }
    if done.removed + done.reverted > 0 {
        let verb = |n: u64, one: &'static str, many: &'static str| if n == 1 { one } else { many };
        let (gone, back) = (verb(done.removed, "is", "are"), verb(done.reverted, "has", "have"));
        words.push(format!("{} {gone} gone, {} {back} earlier values back", grouped_of(done.removed, "record"), count(done.reverted)));
    }
    if done.kept_count > 0 {
        let first: Vec<String> = done.kept.iter().take(3).map(|kept| format!("{} ({})", kept.name, kept.why)).collect();
        let verb = if done.kept_count == 1 { "stays as it is" } else { "stay as they are" };
        words.push(format!("{} {verb}: {}", count(done.kept_count), first.join("; ")));
    }
    if words.is_empty() { "Taken back".to_owned() } else { words.join(", ") }
}
