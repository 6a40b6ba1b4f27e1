//! How a chosen file is read: its beginning, what is asked about it, and the panel in which that is changed.

use super::super::api::Run;
use super::super::picker::Panel;
use super::super::{columns, days, file, look, numbers, question};
use super::Page;
use crate::ui::{Button, Glyph, Section};
use ::intake::Preview;
use domain::decimal::Notation;
use leptos::html;
use leptos::prelude::*;

impl Page {
    /// How the file is read, and what can be done about it. The panel stays while the file is looked at again.
    pub(super) fn looked(self) -> AnyView {
        let panel =
            Panel { kind: self.kind(), mapping: self.mapping, change: self.change(), notation: StoredValue::new(Notation::default()) };
        let usable = Memo::new(move |_| self.usable());
        let details = NodeRef::<html::Details>::new();
        Effect::new(move |_| {
            // what cannot be used, or was refused, is mended in it; nobody but who reads it closes it
            if let (false, _, Some(details)) | (_, true, Some(details)) = (usable.get(), self.wrong.with(Option::is_some), details.get()) {
                let _ = details.set_attribute("open", "");
            }
        });
        let names = Memo::new(move |_| self.seen.with(|seen| seen.as_ref().map(|seen| seen.columns.clone()).unwrap_or_default()));
        let sheets = Memo::new(move |_| self.seen.with(|seen| seen.as_ref()?.sheet.as_ref().map(|sheet| sheet.all())).unwrap_or_default());
        let busy = Signal::derive(move || {
            self.sending.with(Option::is_some)
                || self.then.with(Option::is_some)
                || self.run.with(|run| matches!(run, Some(Run::Running(..))))
        });
        let aside = Signal::derive(move || self.seen.with(|seen| seen.as_ref().map(look::found).unwrap_or_default()));
        view! {
            <Section title="How it is read" aside=aside>
                {move || self.like_before()}
                {move || self.left()}
                {move || sheets.with(|sheets| file::sheet(panel, sheets, self.seen))}
                {move || self.seen.with(|seen| seen.as_ref().map(|seen| self.beginning(panel, seen)))}
            </Section>
            <details node_ref=details class="intake__mapping">
                <summary>"Which column is what"</summary>
                <div class="mapping">
                    {move || names.with(|names| columns::columns(panel, names))}
                    {days::picked(panel)}
                    {numbers::notation(panel)}
                    {file::whole(panel, self.seen)}
                </div>
            </details>
            <div class="form__foot">
                <Button disabled=Signal::derive(move || !usable.get()) busy=busy glyph=Glyph::Check on_press=move || self.go(true)>"Check the whole file"</Button>
                {move || self.way_on(false)}
            </div>
        }
        .into_any()
    }

    /// The first rows, what is asked about them, and what is wrong.
    fn beginning(self, panel: Panel, seen: &Preview) -> AnyView {
        let asked = seen.questions.iter().map(|one| question::question(one, seen, panel.kind, panel.change)).collect_view();
        let save = Callback::new(move |()| self.tell("save", String::new()));
        view! { {self.rather(&seen.looks_like)} {asked} {look::readings(seen)} {look::wrong(seen, save)} {look::rows(panel.kind, seen)} }
            .into_any()
    }
}
