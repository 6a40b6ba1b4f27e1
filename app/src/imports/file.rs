//! What is said of a file as a whole: which sheet of a workbook it is, where its columns are named, what stands between them, where it comes from, and what it replaces.

use super::picker::{Panel, entry, fixed, picker};
use ::intake::mapping::{Mapping, Replaces};
use ::intake::{Delimiter, Kind, Preview};
use leptos::prelude::*;

/// The fields about it. `seen` is the file as it was last looked at.
pub fn whole(panel: Panel, seen: RwSignal<Option<Preview>>) -> AnyView {
    let of_file = move |read: fn(&Preview) -> String| Signal::derive(move || seen.with(|seen| seen.as_ref().map(read).unwrap_or_default()));
    let text = seen.with_untracked(|seen| seen.as_ref().is_some_and(|seen| seen.sheet.is_none()));
    let named = seen.with_untracked(|seen| seen.as_ref().is_some_and(|seen| seen.header_row.is_some()));
    let line = of_file(|seen| seen.header_row.map(|line| line.to_string()).unwrap_or_default());
    let header = Callback::new(move |line: String| {
        let row = line.parse().ok();
        panel.edit(|next| *next = Mapping { header_row: row, ..anew(next) });
    });
    let between = of_file(|seen| seen.delimiter.code().to_owned());
    let options = Delimiter::ALL.iter().map(|(_, code, words)| ((*code).to_owned(), fixed(words))).collect();
    let delimiter = Callback::new(move |code: String| {
        panel.edit(|next| *next = Mapping { delimiter: Delimiter::parse(&code), header_row: next.header_row, ..anew(next) });
    });
    let source = panel.follow(|mapping| mapping.source.clone().unwrap_or_default());
    let comes = Callback::new(move |name: String| panel.edit(|next| next.source = Some(name).filter(|name| !name.is_empty())));
    view! {
        {named.then(|| entry("map-header", "The columns are named in line", "1", line, header))}
        {text.then(|| picker("map-delimiter".to_owned(), "Between the columns stand".to_owned(), options, between, delimiter))}
        {entry("map-source", "It comes from", panel.kind.code(), source, comes)}
        {(panel.kind == Kind::Sales).then(|| replaces(panel))}
    }
    .into_any()
}

/// Which sheet of a workbook is read, where it has several.
pub fn sheet(panel: Panel, all: &[String], seen: RwSignal<Option<Preview>>) -> Option<AnyView> {
    if all.len() < 2 {
        return None;
    }
    let read = Signal::derive(move || {
        let read = seen.with(|seen| seen.as_ref()?.sheet.as_ref().map(|sheet| sheet.name.clone()));
        panel.mapping.with(|mapping| mapping.sheet.clone()).or(read).unwrap_or_default()
    });
    let options = all.iter().map(|name| (name.clone(), fixed(name))).collect();
    let pick = Callback::new(move |name: String| panel.edit(|next| *next = Mapping { sheet: Some(name), delimiter: None, ..anew(next) }));
    let sheet = picker("map-sheet".to_owned(), "Sheet of the workbook".to_owned(), options, read, pick);
    Some(view! { <div class="mapping">{sheet}</div> }.into_any())
}

/// A mapping of what is no matter of columns: those of another line or sheet have other names.
fn anew(mapping: &Mapping) -> Mapping {
    let Mapping { source, kind, encoding, sheet, blank, delimiter, .. } = mapping.clone();
    Mapping { source, kind, encoding, sheet, blank, delimiter, ..Mapping::default() }
}

/// What a file of sales replaces when it comes again.
fn replaces(panel: Panel) -> AnyView {
    let now = panel.follow(|mapping| {
        let now = mapping.replaces.unwrap_or(Replaces::Documents);
        Replaces::ALL.iter().find(|(_, way)| *way == now).map(|(code, _)| (*code).to_owned()).unwrap_or_default()
    });
    let options = [
        ("nothing", "nothing: what is known already is refused"),
        ("documents", "the documents it holds"),
        ("days", "the whole days it holds"),
        ("documents_and_days", "its documents, and lines without a number of whole days"),
    ];
    let options = options.map(|(code, words)| (code.to_owned(), fixed(words))).into();
    let pick = Callback::new(move |code: String| panel.edit(|next| next.replaces = Replaces::parse(&code)));
    picker("map-replaces".to_owned(), "A file that comes again replaces".to_owned(), options, now, pick)
}
