//! What can be done with the view on screen: kept by a name, taken along as a file, printed.

use super::PATH;
use super::sheet::Of;
use crate::clients::query::Address;
use crate::later::report_sheet;
use crate::live::steady;
use crate::markup::Markup;
use crate::notice::notices;
use crate::session::here;
use crate::sheets::sheets;
use crate::ui::{Button, ButtonLink, Glyph, Look};
use domain::people::Right;
use domain::reports::{Format, View};
use leptos::prelude::*;

/// What a file is asked of: a view, and the marks that narrow it further; nothing while the server cannot be reached.
pub type Asked = Option<(View, String)>;

/// Longest address of a file: servers refuse longer ones.
const ADDRESS_MAX: usize = 30_000;

/// The row of buttons: `seen` is kept by a name, `asked` is taken along; `print` prepares the page for paper.
pub fn files(seen: Signal<Option<View>>, asked: Signal<Asked>, print: Callback<()>) -> AnyView {
    let save = move || match seen.get_untracked() {
        Some(view) => sheets().show("Save this view", Box::pin(report_sheet(Of::New(view)))),
        None => notices().say("What is pressed stands for more names than a view can keep: press fewer of them."),
    };
    let files = if here().may(Right::Export) {
        [Format::Pdf, Format::Xlsx].map(|format| file(asked, format, "")).collect_view().into_any()
    } else {
        view! { <span class="muted small">"Your role may look and print, not export."</span> }.into_any()
    };
    view! {
        <div class="kpis__files" role="group" aria-label="This view">
            <Button look=Look::Quiet small=true glyph=Glyph::Star on_press=save>"Save view"</Button>
            {files}
            <Button look=Look::Plain small=true on_press=print>"Print"</Button>
            <ButtonLink href=PATH look=Look::Plain small=true>"Reports"</ButtonLink>
        </div>
    }
    .into_any()
}

/// The way to a file of all of a view, or of one chart by its panel; where there is none, words that say why.
pub fn file(asked: Signal<Asked>, format: Format, panel: &'static str) -> AnyView {
    let html = Signal::derive(move || {
        let mut m = Markup::default();
        let address = asked.get().map(|(view, marks)| address(&view, &marks, format, panel));
        match address.as_deref() {
            Some(address) if address.len() < ADDRESS_MAX => {
                m.put("<a class=\"button button--plain button--small\" href=\"{}\" rel=\"external\" download=\"\">", &[address]);
            }
            of => {
                let verb = if of.is_some() { "many" } else { "away" };
                m.put("<button type=\"button\" class=\"button button--plain button--small\" data-do=\"{}\">", &[verb]);
            }
        }
        if panel.is_empty() {
            m.icon(Glyph::Download);
        }
        m.put("{}", &[format.words()]);
        m.put(if address.is_some_and(|address| address.len() < ADDRESS_MAX) { "</a>" } else { "</button>" }, &[]);
        m.done()
    });
    steady(html, "kpis__file", None, |verb, _| {
        notices().say(match verb {
            "many" => "So many marks are too many for a file: press fewer of them.",
            _ => "The server makes this file, and cannot be reached. CSV and PNG of a chart are made here.",
        });
    })
}

fn address(view: &View, marks: &str, format: Format, panel: &str) -> String {
    let mut address = Address::new("/api/v1/reports/document");
    let all =
        [("format", format.code()), ("panel", panel), ("room", &view.room), ("filters", &view.filters), ("by", &view.by), ("marks", marks)];
    for (name, value) in all {
        if !value.is_empty() {
            address.add(name, value);
        }
    }
    address.finish()
}
