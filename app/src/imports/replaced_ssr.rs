//! What an import of sales replaces, drawn where it is done: the first documents and days of it, with what was known of them before.

use super::draw_ssr::{count, grouped, table};
use crate::markup::Markup;

/// The first documents and days that are replaced, with what was known of them before and what the file says.
pub fn replaced(m: &mut Markup, money: &serde_json::Value) {
    let text = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let net = |row: &serde_json::Value, field: &str| grouped(&text(row, field));
    let rows = money["replacedParts"].as_array().into_iter().flatten().map(|row| {
        let name = row["document"].as_str().map_or_else(|| "lines without a document".to_owned(), str::to_owned);
        let far = if row["movedFar"].as_bool().unwrap_or_default() { ", far away" } else { "" };
        serde_json::json!({
            "name": name, "before": text(row, "dayBefore"), "now": text(row, "dayNow") + far,
            "linesBefore": row["linesBefore"], "netBefore": net(row, "netBefore"), "linesNow": row["linesNow"], "netNow": net(row, "netNow"),
        })
    });
    let rows: Vec<_> = rows.collect();
    let aside = shown(rows.len(), money["replaced"].as_u64().unwrap_or_default());
    let heads = [
        ("name", "Document"),
        ("before", "Day before"),
        ("now", "Day now"),
        ("linesBefore", "Lines before"),
        ("netBefore", "Net before"),
        ("linesNow", "Lines now"),
        ("netNow", "Net now"),
    ];
    table(m, ("What is replaced", &aside), &rows.into(), &heads);
}

/// `12`, or how many of all are shown.
pub fn shown(shown: usize, all: u64) -> String {
    if shown as u64 >= all { count(all) } else { format!("the first {} of {}", count(shown as u64), count(all)) }
}
