//! What was agreed and what was done at a client: planned visits, promises, and the visits made.

use super::row::dotted;
use crate::markup::Markup;
use crate::session::Seen;
use crate::ui::Glyph;
use crate::visits::row;
use crate::words::{due, thousands};
use domain::clients::ClientCard;
use domain::people::Right;
use domain::visits::{VisitItem, VisitStatus};

/// Planned and running visits; nothing when there are none.
pub fn open_visits(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    if card.open.is_empty() {
        return;
    }
    m.section("Open visits", "");
    m.put("<ul class=\"rows card\" role=\"list\">", &[]);
    for visit in &card.open {
        row::put(m, visit, false, seen);
    }
    m.put("</ul></section>", &[]);
}

/// Next steps still promised, each with its two ends: kept, or dropped.
pub fn promises(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    if card.promises.is_empty() {
        return;
    }
    m.section("Promises", "");
    m.put("<ul class=\"promises card\" role=\"list\">", &[]);
    for visit in &card.promises {
        let late = visit.next_step_on.is_some_and(|on| on < seen.today);
        let due = visit.next_step_on.map(|on| due(on, seen.today)).unwrap_or_default();
        m.put("<li class=\"{}\">", &[if late { "promise promise--late" } else { "promise" }]);
        m.icon(Glyph::Promise);
        let what = visit.next_step.as_deref().unwrap_or_default();
        m.put("<span class=\"promise__what\">{}<span class=\"promise__due\">{}</span></span>", &[what, &due]);
        if seen.may(Right::RecordVisits) {
            m.put("<span class=\"cluster\">", &[]);
            for (verb, glyph, label) in [("kept", Glyph::Check, "Kept"), ("dropped", Glyph::Close, "Dropped")] {
                let id = visit.id.to_string();
                m.put(
                    "<button type=\"button\" class=\"icon-button\" data-do=\"{}\" data-visit=\"{}\" aria-label=\"{}: {}\">",
                    &[verb, &id, label, what],
                );
                m.icon(glyph);
                m.put("</button>", &[]);
            }
            m.put("</span>", &[]);
        }
        m.put("</li>", &[]);
    }
    m.put("</ul></section>", &[]);
}

/// The visits made, latest first.
pub fn visits(m: &mut Markup, card: &ClientCard, seen: Seen<'_>) {
    let shown = card.history.len() as u32;
    let cut = shown < card.history_total;
    let all = thousands(card.history_total);
    let aside = if cut { ["latest ", &shown.to_string(), " of ", &all].concat() } else { all };
    m.section("Visits", if shown == 0 { "" } else { &aside });
    if shown == 0 {
        return m.put("<p class=\"muted small\">No visit yet. The first one turns the light green.</p></section>", &[]);
    }
    m.put("<ol class=\"timeline card\" role=\"list\">", &[]);
    for visit in &card.history {
        item(m, visit, seen);
    }
    m.put("</ol>", &[]);
    if cut {
        m.put("<a class=\"link\" href=\"/visits?client={}\">All visits</a>", &[&card.client.id.to_string()]);
    }
    m.put("</section>", &[]);
}

fn item(m: &mut Markup, visit: &VisitItem, seen: Seen<'_>) {
    let cancelled = visit.status == VisitStatus::Cancelled;
    let class = if cancelled { "timeline__item timeline__item--cancelled" } else { "timeline__item" };
    let policy = &seen.company.policy;
    let outcome = visit.outcome.as_deref().map(|code| policy.outcome_name(code));
    let what = dotted([Some(policy.kind_name(&visit.kind)), outcome]);
    let by = visit.rep_name.as_deref().filter(|_| !seen.caller.has_book());
    let day = dotted([by, Some(&visit.day.short(seen.today))]);
    m.put(
        "<li class=\"{}\"><a class=\"timeline__what\" href=\"/visits/{}\">{}</a><span class=\"timeline__day\">{}</span>",
        &[class, &visit.id.to_string(), &what, &day],
    );
    let note = if cancelled { &visit.cancel_reason } else { &visit.notes };
    m.maybe("<span class=\"timeline__note\">{}</span>", note.as_deref());
    m.put("</li>", &[]);
}
