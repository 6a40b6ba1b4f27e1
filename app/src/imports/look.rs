//! The beginning of a file as it would be read.

use super::columns::label;
use super::on_page;
use crate::ui::{Button, Glyph, Look};
use ::intake::clean::SHORT_YEARS;
use ::intake::{Kind, Preview};
use leptos::prelude::*;

/// Rows drawn; more are in the preview.
const ROWS: usize = 12;
/// Reasons drawn; all of them are in the file.
const REASONS: usize = 8;

/// What was found, in a line.
pub fn found(seen: &Preview) -> String {
    let more = if seen.more { "the first " } else { "" };
    let rows = rows_of(seen.looked_at);
    let refused = match seen.refused {
        0 if !seen.problems.is_empty() => "not read yet".to_owned(),
        0 => "none refused".to_owned(),
        n => [&crate::words::thousands(u32::try_from(n).unwrap_or(u32::MAX)), " refused"].concat(),
    };
    let form = match &seen.sheet {
        Some(sheet) => sheet.to_string(),
        None => [&seen.encoding, ", ", seen.delimiter.words(), " between cells"].concat(),
    };
    let names = match seen.header_row {
        Some(line) if line > 1 => [", columns named in line ", &line.to_string()].concat(),
        _ => String::new(),
    };
    [&form, &names, "; ", more, &rows, " looked at, ", &refused].concat()
}

/// `1 row`, `2,014 rows`.
pub fn rows_of(n: u64) -> String {
    let count = crate::words::thousands(u32::try_from(n).unwrap_or(u32::MAX));
    [count.as_str(), if n == 1 { " row" } else { " rows" }].concat()
}

/// The first rows under what their columns become.
pub fn rows(kind: Kind, seen: &Preview) -> AnyView {
    let heads = seen.columns.iter().zip(&seen.uses).map(|(column, uses)| {
        let (class, words) = match uses.as_slice() {
            [] => ("look__field look__field--none", "not used".to_owned()),
            uses => ("look__field", uses.iter().map(|what| used_for(kind, what)).collect::<Vec<_>>().join(", ")),
        };
        view! { <th scope="col"><span class=class>{words}</span>{column.clone()}</th> }
    });
    let body = seen.rows.iter().take(ROWS).map(|row| {
        let cells = row.cells.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
        let class = row.refused.then_some("look__refused");
        view! { <tr class=class><td class="table__dim table__num">{row.line.to_string()}</td>{cells}</tr> }
    });
    view! {
        <div class="table-wrap card" tabindex="0" role="region" aria-label="First rows">
            <table class="table look">
                <thead><tr><th scope="col" class="table__num">"Line"</th>{heads.collect_view()}</tr></thead>
                <tbody>{body.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What is made of a column: a field, what rows are known by, or another file's rows.
fn used_for(kind: Kind, what: &str) -> String {
    match what {
        "key" => "Known by".to_owned(),
        file if file.contains('.') && !kind.fields().contains(&file) => ["finds rows of ", file].concat(),
        field => label(field),
    }
}

/// A kind inside a sentence: `sales lines`.
pub fn plain(kind: Kind) -> String {
    kind.title().to_lowercase()
}

/// How columns are read that might be read otherwise, and which line told.
pub fn readings(seen: &Preview) -> Option<AnyView> {
    let each = seen.readings.iter().map(|reading| {
        let how = match reading.format {
            Some(format) => ["Days in ", &reading.column, " are read with the ", format.first(), " first"].concat(),
            None => ["The point in numbers of ", &reading.column, " stands before decimals"].concat(),
        };
        let why = match &reading.because {
            Some((line, text)) => [", because line ", &line.to_string(), " has ", text, "."].concat(),
            None => ", because that was said.".to_owned(),
        };
        let century = reading.format.filter(|format| format.is_short()).map(|_| [" ", SHORT_YEARS].concat());
        view! { <li>{how}{why}{century}</li> }
    });
    let each = each.collect_view();
    (!seen.readings.is_empty()).then(|| view! { <ul class="notes" aria-label="How it is told">{each}</ul> }.into_any())
}

/// Why rows would be refused, and what keeps the mapping from being used.
pub fn wrong(seen: &Preview, save: Callback<()>) -> AnyView {
    let problems = seen.problems.iter().map(|words| view! { <li>{on_page(words)}</li> }).collect_view();
    let rejects = seen
        .rejects
        .iter()
        .take(REASONS)
        .map(|reject| {
            let comma = if reject.column.is_empty() { "" } else { ", " };
            let place = ["Line ", &reject.line.to_string(), comma, &reject.column].concat();
            view! { <li><b>{place}</b>" “"{reject.value.clone()}"”: "{on_page(&reject.reason)}</li> }
        })
        .collect_view();
    let all = (seen.reasons > REASONS as u64).then(|| {
        let which = if seen.more { "The first " } else { "All " };
        let words = [which, &crate::words::thousands(u32::try_from(seen.reasons).unwrap_or(u32::MAX)), " as a file"].concat();
        view! { <Button look=Look::Quiet small=true glyph=Glyph::Download on_press=move || save.run(())>{words}</Button> }
    });
    view! { <div class="stack" role="status"><ul class="notes notes--wrong">{problems}{rejects}</ul>{all}</div> }.into_any()
}
