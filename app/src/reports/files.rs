//! What can be done with the view on screen: kept by a name, taken along as a file, printed.

use super::PATH;
use super::sheet::Of;
use crate::later::report_sheet;
use crate::session::here;
use crate::sheets::sheets;
use crate::ui::{Button, ButtonLink, Glyph, Look};
use domain::people::Right;
use domain::reports::{Format, View};
use leptos::prelude::*;

/// The row of buttons; `print` prepares the page for paper.
pub fn files(seen: Signal<View>, print: Callback<()>) -> AnyView {
    let save = move || sheets().show("Save this view", Box::pin(report_sheet(Of::New(seen.get_untracked()))));
    let files = if here().may(Right::Export) {
        [Format::Pdf, Format::Xlsx].map(|format| file(seen, format)).collect_view().into_any()
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

fn file(seen: Signal<View>, format: Format) -> AnyView {
    let href = move || {
        let view = seen.get();
        let mut address = crate::clients::query::Address::new("/api/v1/reports/document");
        for (name, value) in [("format", format.code()), ("room", &view.room), ("filters", &view.filters), ("by", &view.by)] {
            if !value.is_empty() {
                address.add(name, value);
            }
        }
        address.finish()
    };
    view! {
        <a class="button button--plain button--small" href=href rel="external" download="">
            <crate::ui::Icon glyph=Glyph::Download />
            {format.words()}
        </a>
    }
    .into_any()
}
