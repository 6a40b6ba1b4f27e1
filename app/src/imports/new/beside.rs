//! Around a chosen file: that it is being read, what kind it looks like, and which files chosen with it are not read.

use super::super::api::Run;
use super::super::look;
use super::Page;
use crate::ui::{Button, Look};
use ::intake::Kind;
use leptos::prelude::*;

impl Page {
    /// What is said before anything of a file is seen.
    pub(super) fn before(self) -> Option<AnyView> {
        if let Some(name) = self.waiting.get() {
            let words = [&name, " says how a file is read. Now choose the file it is for: CSV, gzipped CSV or Excel (.xlsx)."].concat();
            return Some(view! { <p class="question card" role="status">{words}</p> }.into_any());
        }
        let reading = self.looking.get() && self.seen.with(Option::is_none);
        let (name, _) = self.named().filter(|_| reading)?;
        let words = ["Reading ", &name, "…"].concat();
        Some(view! { <p class="intake__progress card" role="status">{words}</p> }.into_any())
    }

    /// The files chosen with the one that is read that no mapping joins with it.
    pub(super) fn unread(self) -> Vec<String> {
        self.files.with(|files| {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            let read = self.mapping.with(|mapping| mapping.together(&names));
            (0..names.len()).filter(|at| !read.contains(at)).map(|at| names[at].to_owned()).collect()
        })
    }

    /// That they are not read, each by its name.
    pub(super) fn left(self) -> Option<AnyView> {
        let names = self.unread();
        let (read, _) = self.named().filter(|_| !names.is_empty())?;
        let each = names.into_iter().map(|name| {
            let why = [" is not read: no mapping joins it with ", &read, ". It is brought in on its own, afterwards."].concat();
            view! { <li><b>{name}</b>{why}</li> }
        });
        Some(
            view! { <div role="status"><ul class="notes notes--wrong" aria-label="Files that are not read">{each.collect_view()}</ul></div> }
                .into_any(),
        )
    }

    /// Goes on with the first of them.
    pub(super) fn next(self, look: Look) -> Option<AnyView> {
        let names = self.unread();
        let words = ["Go on with ", names.first()?].concat();
        Some(view! { <Button look=look on_press=move || self.order("go on", String::new(), names.clone())>{words}</Button> }.into_any())
    }

    /// The same as a way on, where the file that is read cannot come in, or not yet: below what was seen of it, or `unseen`.
    pub(super) fn way_on(self, unseen: bool) -> Option<AnyView> {
        let run = self.run.with(|run| run.as_ref().map(|run| matches!(run, Run::Unsaid(_))));
        let stuck = self.seen.with(|seen| match seen {
            Some(seen) => {
                let none = !seen.problems.is_empty() || !seen.questions.is_empty() || seen.refused == seen.looked_at;
                !unseen && run.unwrap_or_else(|| none || self.wrong.with(Option::is_some))
            }
            None => unseen && run.is_none() && self.wrong.with(Option::is_some),
        });
        let next = self.next(Look::Quiet).filter(|_| stuck)?;
        if !unseen {
            return Some(next);
        }
        Some(view! { {self.left()} <div class="form__foot">{next}</div> }.into_any())
    }

    /// What kind a file looks like whose columns are none of the kind it is looked at as, each a press away.
    pub(super) fn rather(self, kinds: &[Kind]) -> Option<AnyView> {
        let words = ["These look like ", &kinds.iter().map(|kind| look::plain(*kind)).collect::<Vec<_>>().join(" or "), "."].concat();
        let answers = kinds.iter().map(|kind| {
            let (code, words) = (kind.code(), ["Read them as ", &look::plain(*kind)].concat());
            view! { <Button look=Look::Quiet small=true on_press=move || self.kind.set(code.to_owned())>{words}</Button> }
        });
        let answers = answers.collect_view();
        (!kinds.is_empty()).then(|| {
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>{words}</p>
                    <div class="cluster">{answers}</div>
                </div>
            }
            .into_any()
        })
    }
}
