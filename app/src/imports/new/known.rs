//! What was answered for an earlier file with the same columns: taken for this one too, said, and left aside where it does not fit.

use super::super::api;
use super::{Page, clip, written};
use crate::ui::{Button, Look};
use crate::words::thousands;
use ::intake::{Mapping, Preview};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Page {
    /// Looks once whether a file with these columns was brought in before, and reads this one like that.
    pub(super) fn recall(self, seen: &Preview) {
        if self.asked.get_untracked() {
            return;
        }
        self.asked.set(true);
        let (kind, columns, guessed) = (self.kind(), seen.columns.clone(), seen.mapping.clone());
        let sheets = seen.sheet.as_ref().map(|sheet| sheet.all()).unwrap_or_default();
        spawn_local(async move {
            if let Ok(Some(mapping)) = api::imports_remembered(kind, columns).await {
                // the sheet chosen now, or that one where this workbook has it, or the one these columns are of
                let there = mapping.sheet.clone().filter(|name| sheets.contains(name));
                // the page may be gone by then
                let Some(chosen) = self.sheet.try_get_untracked() else { return };
                let mapping = Mapping { sheet: chosen.or(there).or_else(|| guessed.sheet.clone()), ..mapping };
                if mapping != guessed {
                    self.known.set(true);
                    self.look(written(&mapping));
                }
            }
        });
    }

    /// That the file is read like an earlier one, and as whose; where that does not fit, with a way to read it without.
    pub(super) fn like_before(self) -> Option<AnyView> {
        if !self.known.get() {
            return None;
        }
        let words = "Read like your last file with these columns";
        let words = self.mapping.with(|mapping| match &mapping.source {
            Some(source) => [words, ", as one of ", source, "."].concat(),
            None => [words, "."].concat(),
        });
        // of what is refused as a whole the words stand below
        let unfit = self.seen.with(unfit).or_else(|| self.wrong.with(Option::is_some).then(String::new));
        let Some(unfit) = unfit else { return Some(view! { <p class="muted small">{words}</p> }.into_any()) };
        let why = [&words, &unfit, " If it is written otherwise than that one, leave aside what was answered for it."].concat();
        Some(
            view! {
                <div class="question card" role="group" aria-label="A question">
                    <p>{why}</p>
                    <div class="cluster"><Button look=Look::Quiet small=true on_press=move || self.afresh()>"Read it afresh"</Button></div>
                </div>
            }
            .into_any(),
        )
    }

    /// Reads the file as if none with its columns had come before; a sheet that was chosen stays chosen.
    fn afresh(self) {
        self.known.set(false);
        let sheet = self.sheet.get_untracked();
        self.look(if sheet.is_some() { written(&Mapping { sheet, ..Mapping::default() }) } else { String::new() });
    }
}

/// What of a file cannot be read as it is, in words.
fn unfit(seen: &Option<Preview>) -> Option<String> {
    let seen = seen.as_ref()?;
    match (seen.problems.is_empty(), seen.refused) {
        (false, _) => Some(" That does not fit this one.".to_owned()),
        (true, 0) => None,
        (true, n) if n == seen.looked_at => Some(" Every row is refused so.".to_owned()),
        (true, n) => {
            let verb = if n == 1 { " is refused so." } else { " are refused so." };
            Some([" ", &thousands(clip(n)), " of ", &thousands(clip(seen.looked_at)), " rows", verb].concat())
        }
    }
}
