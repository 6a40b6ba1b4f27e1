//! What comes of a check or of bringing a file in: how far it is, and its report.

use super::super::api::Run;
use super::super::chooser::Sending;
use super::super::{PATH, look};
use super::{Page, clip};
use crate::ui::{Button, ButtonLink, Glyph, Look, Section};
use crate::words::thousands;
use ::intake::Mapping;
use ::intake::mapping::Replaces;
use leptos::prelude::*;

/// The answer where only one thing can be meant.
const ALL: &str = "Yes, it holds all of them";

impl Page {
    /// How it stands; nothing before anything was asked.
    pub(super) fn outcome(self) -> Option<AnyView> {
        if let Some(Sending { sent, total }) = self.sending.get() {
            let words = ["Handing the file over: ", &megabytes(sent), " of ", &megabytes(total)].concat();
            return Some(progress(words, sent, total));
        }
        Some(match self.run.get()? {
            Run::Running(read, 0, 0) => progress([&thousands(clip(read)), " rows read"].concat(), 0, 1),
            Run::Running(_, written, of) => {
                progress([&thousands(clip(written)), " of ", &thousands(clip(of)), " rows written"].concat(), written, of)
            }
            Run::Unsaid(words) => self.unsaid(words),
            Run::Refused(words) => view! { <p class="field__error">{words}</p> }.into_any(),
            Run::Done(html, taken, refused, id) => self.done(html, taken, refused, id.map(|id| [PATH, "/", &id.to_string()].concat())),
        })
    }

    /// Whether the file replaces what it would replace, each answer a press away.
    fn unsaid(self, words: String) -> AnyView {
        let mapping = self.mapping.get_untracked();
        let ways: &[(Replaces, &str)] = match (mapping.fields.contains_key("documentNo"), mapping.replaces) {
            (false, _) => &[(Replaces::Days, ALL)],
            (true, Some(Replaces::Nothing)) => &[
                (Replaces::Documents, "It replaces the documents it holds"),
                (Replaces::DocumentsAndDays, "It replaces its documents, and lines without a number of whole days"),
            ],
            (true, _) => &[(Replaces::DocumentsAndDays, ALL)],
        };
        let answers = ways.iter().map(|(way, words)| {
            let press = move || {
                self.change().run(Mapping { replaces: Some(*way), ..self.mapping.get_untracked() });
                // first to see what goes then
                self.go(true);
            };
            view! { <Button look=Look::Quiet small=true on_press=press>{*words}</Button> }
        });
        view! {
            <div class="question card" role="group" aria-label="A question">
                <p>{words}</p>
                <div class="cluster">{answers.collect_view()}</div>
            </div>
        }
        .into_any()
    }

    fn done(self, html: String, taken: u64, refused: u64, import: Option<String>) -> AnyView {
        let title = match (self.dry.get_untracked(), &import) {
            (true, _) => "Checked: nothing is written yet",
            (false, Some(_)) => "Brought in",
            (false, None) => "There was nothing to write",
        };
        let rows = look::rows_of(taken);
        let next = if !self.dry.get_untracked() {
            let (left, more) = (self.left(), self.next(Look::Primary));
            let open = import.map(|href| {
                let look = if more.is_some() { Look::Quiet } else { Look::Primary };
                view! { <ButtonLink href=href look=look>"Open the import"</ButtonLink> }
            });
            view! { {left} {more} {open} <ButtonLink href=PATH look=Look::Quiet>"All imports"</ButtonLink> }.into_any()
        } else if taken == 0 {
            let more = self.next(Look::Primary);
            view! { <p class="muted">"There is nothing to bring in: every row is known already, or refused."</p> {more} }.into_any()
        } else {
            let words = match refused {
                0 => ["Bring ", &rows, " in"].concat(),
                n => ["Bring ", &rows, " in, leave ", &thousands(clip(n)), " out"].concat(),
            };
            view! { <Button glyph=Glyph::Download on_press=move || self.go(false)>{words}</Button> }.into_any()
        };
        view! {
            <Section title=title>
                <div class="stack" inner_html=html></div>
                <div class="form__foot">{next}</div>
            </Section>
        }
        .into_any()
    }
}

fn progress(words: String, done: u64, of: u64) -> AnyView {
    view! {
        <div class="intake__progress card" role="status">
            <p>{words}</p>
            <progress value=done.to_string() max=of.max(1).to_string()></progress>
        </div>
    }
    .into_any()
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes * 10 / 1_000_000;
    [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), " MB"].concat()
}
