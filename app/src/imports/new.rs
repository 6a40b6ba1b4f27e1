//! Bringing a file in: choose it, see how it would be read, let the server check all of it, then bring it in. Nothing is written before the last step.

use super::api::{self, Kept, Run, Wanted};
use super::chooser::{Chosen, Order, Said, Sending, chooser, field};
use super::{PATH, on_page};
use crate::head::Head;
use crate::office;
use crate::session::here;
use crate::ui::{Choice, FormErrors};
use ::intake::{Kind, Mapping, Preview};
use domain::people::Right;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use uuid::Uuid;

mod beside;
mod known;
mod outcome;
mod reading;

/// How often a run is asked how far it is.
const ASK_AGAIN: Duration = Duration::from_millis(300);

/// The page's moving parts.
#[derive(Clone, Copy)]
struct Page {
    kind: RwSignal<String>,
    order: RwSignal<Option<Order>>,
    files: RwSignal<Vec<Chosen>>,
    seen: RwSignal<Option<Preview>>,
    /// How it is read, as it was last changed here: ahead of what is seen while that is looked at again.
    mapping: RwSignal<Mapping>,
    /// A mapping that waits for its file.
    waiting: RwSignal<Option<String>>,
    /// A look is under way.
    looking: RwSignal<bool>,
    /// What was asked for meanwhile: to check, or to bring in.
    then: RwSignal<Option<bool>>,
    /// The mapping shown is the one of an earlier file.
    known: RwSignal<bool>,
    /// Whether it was looked for already.
    asked: RwSignal<bool>,
    /// The sheet of a workbook that was chosen here.
    sheet: RwSignal<Option<String>>,
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
        mapping: RwSignal::new(Mapping::default()),
        waiting: RwSignal::new(None),
        looking: RwSignal::new(false),
        then: RwSignal::new(None),
        known: RwSignal::new(false),
        asked: RwSignal::new(false),
        sheet: RwSignal::new(None),
        wrong: RwSignal::new(None),
        sending: RwSignal::new(None),
        kept: RwSignal::new(Vec::new()),
        run: RwSignal::new(None),
        dry: RwSignal::new(true),
    };
    page.follow_kind();
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.title().to_owned())).collect();
    let there = Memo::new(move |_| page.seen.with(Option::is_some));
    let label = Signal::derive(move || match page.named() {
        None => "Choose a file".to_owned(),
        Some((name, 1)) => name,
        Some((name, n)) => [&name, " and ", &(n - 1).to_string(), " more"].concat(),
    });
    view! {
        {Head::new("Bring a file in").back(PATH, "Imports").view()}
        <div class="page page--wide intake">
            <div class="intake__start">
                <Choice name="kind" label="What it holds" value=page.kind options=Signal::stored(kinds) />
                {chooser(page.order, Callback::new(move |said| page.hear(said)), field(label))}
            </div>
            {move || page.before()}
            {move || there.get().then(|| page.looked())}
            <FormErrors message=page.wrong />
            {move || page.way_on(true)}
            {move || page.outcome()}
        </div>
    }
    .into_any()
}

impl Page {
    fn kind(self) -> Kind {
        self.kind.with_untracked(|code| Kind::parse(code)).unwrap_or(Kind::Sales)
    }

    /// The file with the rows, and how many were chosen.
    fn named(self) -> Option<(String, usize)> {
        self.files.with(|files| {
            let at = self.mapping.with(|mapping| mapping.rows_among(files.iter().map(|file| file.name.as_str())));
            files.get(at).map(|file| (file.name.clone(), files.len()))
        })
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
        self.sheet.set(None);
        self.look(String::new());
    }

    fn look(self, mapping: String) {
        self.run.set(None);
        self.wrong.set(None);
        self.looking.set(true);
        self.tell("look", mapping);
    }

    fn tell(self, verb: &'static str, mapping: String) {
        self.order(verb, mapping, Vec::new());
    }

    fn order(self, verb: &'static str, mapping: String, only: Vec<String>) {
        let kind = self.kind().code().to_owned();
        let zone = here().with_company(|company| serde_json::to_string(&company.zone)).unwrap_or_default();
        self.order.update(|order| {
            let turn = order.as_ref().map_or(1, |order| order.turn + 1);
            *order = Some(Order { verb, kind, mapping, zone, only, turn });
        });
    }

    fn hear(self, said: Said) {
        match said {
            Said::Waiting(name) => {
                self.wrong.set(None);
                self.waiting.set(Some(name));
            }
            Said::Chosen { files, mapping } => {
                self.waiting.set(None);
                self.files.set(files);
                self.kept.set(Vec::new());
                self.begin();
                self.asked.set(mapping);
            }
            Said::Preview(seen) => {
                self.looking.set(false);
                self.recall(&seen);
                self.mapping.set(seen.mapping.clone());
                self.seen.set(Some(*seen));
                if let Some(dry) = self.then.try_update(Option::take).flatten() {
                    self.go(dry);
                }
            }
            Said::Sending(sending) => self.sending.set(Some(sending)),
            Said::Sent(kept) => {
                self.sending.set(None);
                self.kept.set(kept);
                self.start();
            }
            Said::Wrong(words) => {
                self.sending.set(None);
                self.looking.set(false);
                self.then.set(None);
                self.wrong.set(Some(words));
                into_view();
            }
        }
    }

    /// Lets the server check the whole file, or bring it in: handed over first, once.
    fn go(self, dry: bool) {
        // what was entered last is looked at first, and then holds
        if self.looking.get_untracked() {
            return self.then.set(Some(dry));
        }
        if !self.usable() {
            return;
        }
        self.dry.set(dry);
        self.wrong.set(None);
        self.run.set(None);
        if self.kept.with_untracked(Vec::is_empty) { self.tell("send", self.mapping.with_untracked(written)) } else { self.start() }
    }

    fn start(self) {
        let (mapping, files) = (self.mapping.get_untracked(), self.kept.get_untracked());
        let wanted = Wanted { kind: self.kind(), files, mapping, dry_run: self.dry.get_untracked() };
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
                Ok(run) => {
                    let asks = matches!(run, Run::Unsaid(_));
                    if self.run.try_set(Some(run)).is_none() && asks {
                        into_view();
                    }
                }
                Err(problem) => self.failed(problem.words()),
            }
        });
    }

    fn failed(self, words: String) {
        if self.run.try_set(None).is_none() {
            self.wrong.set(Some(on_page(&words)));
            into_view();
        }
    }

    fn change(self) -> Callback<Mapping> {
        Callback::new(move |next: Mapping| {
            let before = self.mapping.get_untracked();
            // the columns of another line or sheet may be known
            if (next.header_row, next.delimiter, &next.sheet) != (before.header_row, before.delimiter, &before.sheet) {
                self.asked.set(false);
                self.known.set(false);
            }
            if next.sheet != before.sheet {
                self.sheet.set(next.sheet.clone());
            }
            self.mapping.set(next.clone());
            self.look(written(&next));
        })
    }

    /// Whether rows can be read as it stands.
    fn usable(self) -> bool {
        self.seen.with(|seen| seen.as_ref().is_some_and(|seen| seen.problems.is_empty()))
    }
}

/// Shows what is wrong, or asked: it stands below the panel, which is longer than a screen.
fn into_view() {
    request_animation_frame(|| {
        if let Ok(Some(wrong)) = document().query_selector(".intake > [role=alert]:not(:empty), .intake > .question") {
            wrong.scroll_into_view();
        }
    });
}

fn clip(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn written(mapping: &Mapping) -> String {
    serde_json::to_string(mapping).unwrap_or_default()
}
