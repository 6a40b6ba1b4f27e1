//! What came of the last refresh, drawn where it is read.

use super::api::Shown;
use crate::imports;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::words::moment;
use backend::refresh::{FileOutcome, Outcome, Refresh};
use domain::people::{Caller, Right};

/// As the page shows it.
pub fn shown(set: &Refresh, caller: &Caller) -> Result<Shown, Problem> {
    let drawn = crate::session_ssr::drawn(|seen| crate::ask::Drawn { html: last(set.last.as_ref(), seen), ..Default::default() })?;
    Ok(Shown { folder: set.folder.clone(), hour: set.hour, may_change: caller.may(Right::SetCompany), last: drawn.html })
}

fn last(outcome: Option<&Outcome>, seen: Seen<'_>) -> String {
    let mut m = Markup::default();
    let Some(outcome) = outcome else {
        m.put("<p class=\"muted\">It has not been made yet.</p>", &[]);
        return m.done();
    };
    m.section("The last time", &moment(outcome.at, seen.today, seen.company));
    if let Some(wrong) = &outcome.wrong {
        m.put("<p class=\"failed card\">", &[]);
        m.icon(Glyph::Warn);
        m.put("<span>{}</span></p>", &[wrong]);
    }
    if outcome.files.is_empty() && outcome.wrong.is_none() {
        m.put("<p class=\"muted\">There was nothing new in the folder.</p>", &[]);
    }
    if !outcome.files.is_empty() {
        m.put("<ul class=\"rows card\" role=\"list\">", &[]);
        for file in &outcome.files {
            m.put("<li class=\"refresh__file\">", &[]);
            m.icon(mark(file));
            match file.import {
                Some(id) => m.put("<a class=\"strong\" href=\"{}/{}\">{}</a>", &[imports::PATH, &id.to_string(), &file.name]),
                None => m.put("<span class=\"strong\">{}</span>", &[&file.name]),
            }
            m.put("<span class=\"muted small\">{}</span></li>", &[&file.words]);
        }
        m.put("</ul>", &[]);
    }
    m.put("</section>", &[]);
    m.done()
}

fn mark(file: &FileOutcome) -> Glyph {
    match (file.needs_attention, file.waiting) {
        (true, _) => Glyph::Warn,
        (false, true) => Glyph::Clock,
        (false, false) => Glyph::Check,
    }
}
