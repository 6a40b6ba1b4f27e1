//! What was agreed and what was done at a client: planned visits, promises, and the visits made.

use super::row::dotted;
use crate::act::act_with_undo;
use crate::session::here;
use crate::ui::{Glyph, Icon, IconButton, Section};
use crate::visits::row::visit_row;
use crate::words::thousands;
use domain::changes::Change;
use domain::clients::ClientCard;
use domain::people::Right;
use domain::visits::{ClosePromise, VisitItem, VisitStatus};
use leptos::prelude::*;

/// Planned and running visits; nothing when there are none.
pub fn open_visits(card: &ClientCard) -> Option<AnyView> {
    if card.open.is_empty() {
        return None;
    }
    let rows: Vec<_> = card.open.iter().map(|visit| visit_row(visit, false)).collect();
    Some(view! { <Section title="Planned"><ul class="rows card" role="list">{rows}</ul></Section> }.into_any())
}

/// Next steps still promised; nothing when there are none.
pub fn promises(card: &ClientCard) -> Option<AnyView> {
    if card.promises.is_empty() {
        return None;
    }
    let rows: Vec<_> = card.promises.iter().map(|visit| promise(visit, None)).collect();
    Some(view! { <Section title="Promises"><ul class="promises card" role="list">{rows}</ul></Section> }.into_any())
}

/// A promise with its two ends: kept, or dropped.
pub fn promise(visit: &VisitItem, client: Option<String>) -> AnyView {
    let here = here();
    let today = here.today.get();
    let id = visit.id;
    let late = visit.next_step_on.is_some_and(|on| on < today);
    let due = visit.next_step_on.map(|on| match on.since(today) {
        0 => "due today".to_owned(),
        n if n < 0 => [&(-n).to_string(), if n == -1 { " day late" } else { " days late" }].concat(),
        _ => ["by ", &on.near(today)].concat(),
    });
    let due = dotted([due.as_deref(), client.as_deref()]);
    let close = move |kept: bool| {
        let said = if kept { "Promise kept" } else { "Promise dropped" };
        act_with_undo(Change::ClosePromise(ClosePromise { id, kept }), said, Change::ClosePromise(ClosePromise { id, kept: !kept }));
    };
    let ends = here.may(Right::RecordVisits).then(|| {
        view! {
            <span class="cluster">
                <IconButton glyph=Glyph::Check label="Kept" on_press=move || close(true) />
                <IconButton glyph=Glyph::Close label="Dropped" on_press=move || close(false) />
            </span>
        }
    });
    let class = if late { "promise promise--late" } else { "promise" };
    view! {
        <li class=class>
            <Icon glyph=Glyph::Promise />
            <span class="promise__what">
                {visit.next_step.clone()}
                <span class="promise__due">{due}</span>
            </span>
            {ends}
        </li>
    }
    .into_any()
}

/// The visits made, latest first.
pub fn history(card: &ClientCard) -> AnyView {
    if card.history.is_empty() {
        let words = "No visit yet. The first one turns the light green.";
        return view! { <Section title="Visits"><p class="muted small">{words}</p></Section> }.into_any();
    }
    let shown = card.history.len() as u32;
    let aside = if shown < card.history_total {
        ["latest ", &shown.to_string(), " of ", &thousands(card.history_total)].concat()
    } else {
        thousands(card.history_total)
    };
    let all = (shown < card.history_total).then(|| {
        let href = ["/visits?client=", &card.client.id.to_string()].concat();
        view! { <a class="link" href=href>"All visits"</a> }
    });
    let items: Vec<_> = card.history.iter().map(item).collect();
    view! {
        <Section title="Visits" aside=aside>
            <ol class="timeline card" role="list">{items}</ol>
            {all}
        </Section>
    }
    .into_any()
}

fn item(visit: &VisitItem) -> AnyView {
    let here = here();
    let today = here.today.get();
    let cancelled = visit.status == VisitStatus::Cancelled;
    let class = if cancelled { "timeline__item timeline__item--cancelled" } else { "timeline__item" };
    let what = here.company.with(|company| {
        let outcome = visit.outcome.as_deref().map(|code| company.policy.outcome_name(code));
        dotted([Some(company.policy.kind_name(&visit.kind)), outcome])
    });
    let note = if cancelled { visit.cancel_reason.clone() } else { visit.notes.clone() };
    let by = visit.rep_name.clone().filter(|_| !here.has_book());
    let day = dotted([by.as_deref(), Some(&visit.day.short(today))]);
    view! {
        <li class=class>
            <a class="timeline__what" href=["/visits/", &visit.id.to_string()].concat()>{what}</a>
            <span class="timeline__day">{day}</span>
            {note.map(|note| view! { <span class="timeline__note">{note}</span> })}
        </li>
    }
    .into_any()
}
