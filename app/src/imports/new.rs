//! Bringing a file in: choose it, see how it would be read, let the server check all of it, then bring it in. Nothing is written before the last step.

use super::api::{self, Kept, Run, Wanted};
use super::chooser::{Chosen, Order, Said, Sending, chooser, field};
use super::{PATH, columns, look};
use crate::head::Head;
use crate::office;
use crate::ui::{Button, ButtonLink, Choice, FormErrors, Glyph, Look, Section};
use crate::words::thousands;
use ::intake::{Kind, Mapping, Preview};
use domain::people::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use uuid::Uuid;

/// How often a run is asked how far it is.
const ASK_AGAIN: Duration = Duration::from_millis(300);

/// The page's moving parts.
#[derive(Clone, Copy)]
struct Page {
    kind: RwSignal<String>,
    order: RwSignal<Option<Order>>,
    files: RwSignal<Vec<Chosen>>,
    seen: RwSignal<Option<Preview>>,
    /// The mapping shown is the one of an earlier file.
    known: RwSignal<bool>,
    /// Whether it was looked for already.
    asked: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
    sending: RwSignal<Option<Sending>>,
    kept: RwSignal<Vec<Kept>>,
    run: RwSignal<Option<Run>>,
    /// The run under way, or done, writes nothing.
    dry: RwSignal<bool>,
}

/// The page.
#[must_use]
pub fn new_page() -> AnyView {
    if let Some(words) = office::barred(Right::Import) {
        return words;
    }
    let page = Page {
        kind: RwSignal::new("sales".to_owned()),
        order: RwSignal::new(None),
        files: RwSignal::new(Vec::new()),
        seen: RwSignal::new(None),
        known: RwSignal::new(false),
        asked: RwSignal::new(false),
        wrong: RwSignal::new(None),
        sending: RwSignal::new(None),
        kept: RwSignal::new(Vec::new()),
        run: RwSignal::new(None),
        dry: RwSignal::new(true),
    };
    page.follow_kind();
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.title().to_owned())).collect();
    let label = Signal::derive(move || match page.files.with(|files| files.first().map(|file| (file.name.clone(), files.len()))) {
        None => "Choose a file".to_owned(),
        Some((name, 1)) => name,
        Some((name, n)) => format!("{name} and {} more", n - 1),
    });
    view! {
        {Head::new("Bring a file in").back(PATH, "Imports").view()}
        <div class="page page--wide intake">
            <div class="intake__start">
                <Choice name="kind" label="What it holds" value=page.kind options=Signal::stored(kinds) />
                {chooser(page.order, Callback::new(move |said| page.hear(said)), field(label))}
            </div>
            <FormErrors message=page.wrong />
            {move || page.seen.get().map(|seen| page.looked(&seen))}
            {move || page.outcome()}
        </div>
    }
    .into_any()
}

impl Page {
    fn kind(self) -> Kind {
        self.kind.with_untracked(|code| Kind::parse(code)).unwrap_or(Kind::Sales)
    }

    /// Another kind is another way to read the same file.
    fn follow_kind(self) {
        Effect::watch(
            move || self.kind.get(),
            move |_, before, _| {
                if before.is_some() && self.files.with_untracked(|files| !files.is_empty()) {
                    self.begin();
                }
            },
            false,
        );
    }

    fn begin(self) {
        self.seen.set(None);
        self.asked.set(false);
        self.known.set(false);
        self.look(String::new());
    }

    fn look(self, mapping: String) {
        self.run.set(None);
        self.wrong.set(None);
        self.tell("look", mapping);
    }

    fn tell(self, verb: &'static str, mapping: String) {
        let kind = self.kind().code().to_owned();
        self.order.update(|order| {
            let turn = order.as_ref().map_or(1, |order| order.turn + 1);
            *order = Some(Order { verb, kind, mapping, turn });
        });
    }

    fn hear(self, said: Said) {
        match said {
            Said::Chosen { files, mapping } => {
                self.files.set(files);
                self.kept.set(Vec::new());
                self.begin();
                self.asked.set(mapping);
            }
            Said::Preview(seen) => {
                self.recall(&seen);
                self.seen.set(Some(*seen));
            }
            Said::Sending(sending) => self.sending.set(Some(sending)),
            Said::Sent(kept) => {
                self.sending.set(None);
                self.kept.set(kept);
                self.start();
            }
            Said::Wrong(words) => {
                self.sending.set(None);
                self.wrong.set(Some(words));
            }
        }
    }

    /// Looks once whether a file with these columns was brought in before, and reads this one like that.
    fn recall(self, seen: &Preview) {
        if self.asked.get_untracked() {
            return;
        }
        self.asked.set(true);
        let (kind, columns, guessed) = (self.kind(), seen.columns.clone(), seen.mapping.clone());
        spawn_local(async move {
            if let Ok(Some(mapping)) = api::imports_remembered(kind, columns).await
                && mapping != guessed
            {
                self.known.set(true);
                self.look(written(&mapping));
            }
        });
    }

    /// Lets the server check the whole file, or bring it in: handed over first, once.
    fn go(self, dry: bool) {
        self.dry.set(dry);
        self.wrong.set(None);
        self.run.set(None);
        if self.kept.with_untracked(Vec::is_empty) { self.tell("send", String::new()) } else { self.start() }
    }

    fn start(self) {
        let Some(mapping) = self.seen.with_untracked(|seen| seen.as_ref().map(|seen| seen.mapping.clone())) else { return };
        let wanted = Wanted { kind: self.kind(), files: self.kept.get_untracked(), mapping, dry_run: self.dry.get_untracked() };
        self.run.set(Some(Run::Running(0, 0, 0)));
        spawn_local(async move {
            match api::imports_start(wanted).await {
                Ok(id) => self.watch(id),
                Err(problem) => self.failed(problem.words()),
            }
        });
    }

    fn watch(self, id: Uuid) {
        spawn_local(async move {
            match api::imports_run(id).await {
                Ok(run @ Run::Running(..)) => {
                    // the page may be gone by then, and the run goes on without it
                    if self.run.try_set(Some(run)).is_none() {
                        set_timeout(move || self.watch(id), ASK_AGAIN);
                    }
                }
                Ok(Run::Refused(words)) => self.failed(words),
                Ok(run) => drop(self.run.try_set(Some(run))),
                Err(problem) => self.failed(problem.words()),
            }
        });
    }

    fn failed(self, words: String) {
        if self.run.try_set(None).is_none() {
            self.wrong.set(Some(words));
        }
    }

    fn change(self) -> Callback<Mapping> {
        Callback::new(move |mapping: Mapping| self.look(written(&mapping)))
    }

    /// How the file would be read, and what can be done about it.
    fn looked(self, seen: &Preview) -> AnyView {
        let (kind, change) = (self.kind(), self.change());
        let questions = seen.questions.iter().map(|question| columns::question(question, seen, kind, change)).collect_view();
        let note = self.known.get().then(|| view! { <p class="muted small">"Read like your last file with these columns."</p> });
        let usable = seen.problems.is_empty();
        let busy = Signal::derive(move || self.sending.with(Option::is_some) || self.run.with(|run| matches!(run, Some(Run::Running(..)))));
        let (found, wrong, rows) = (look::found(seen), look::wrong(seen), look::rows(seen));
        let columns = columns::columns(kind, seen, change);
        view! {
            <Section title="How it is read" aside=found>
                {note}
                {questions}
                {wrong}
                {rows}
            </Section>
            <details class="intake__mapping" open=!usable>
                <summary>"Which column is what"</summary>
                {columns}
            </details>
            <div class="form__foot">
                <Button disabled=!usable busy=busy glyph=Glyph::Check on_press=move || self.go(true)>"Check the whole file"</Button>
            </div>
        }
        .into_any()
    }

    fn outcome(self) -> Option<AnyView> {
        if let Some(Sending { sent, total }) = self.sending.get() {
            let words = ["Handing the file over: ", &megabytes(sent), " of ", &megabytes(total)].concat();
            return Some(progress(words, sent, total));
        }
        Some(match self.run.get()? {
            Run::Running(read, 0, 0) => progress([&thousands(clip(read)), " rows read"].concat(), 0, 1),
            Run::Running(_, written, of) => {
                progress([&thousands(clip(written)), " of ", &thousands(clip(of)), " rows written"].concat(), written, of)
            }
            Run::Refused(words) => view! { <p class="field__error">{words}</p> }.into_any(),
            Run::Done(html, taken, refused, id) => self.done(html, taken, refused, id.map(|id| [PATH, "/", &id.to_string()].concat())),
        })
    }

    fn done(self, html: String, taken: u64, refused: u64, import: Option<String>) -> AnyView {
        let title = match (self.dry.get_untracked(), &import) {
            (true, _) => "Checked: nothing is written yet",
            (false, Some(_)) => "Brought in",
            (false, None) => "There was nothing to write",
        };
        let rows = look::rows_of(taken);
        let next = if !self.dry.get_untracked() {
            let open = import.map(|href| view! { <ButtonLink href=href>"Open the import"</ButtonLink> });
            view! { {open} <ButtonLink href=PATH look=Look::Quiet>"All imports"</ButtonLink> }.into_any()
        } else if taken == 0 {
            view! { <p class="muted">"There is nothing to bring in: every row is known already, or refused."</p> }.into_any()
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

fn clip(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn written(mapping: &Mapping) -> String {
    serde_json::to_string(mapping).unwrap_or_default()
}
