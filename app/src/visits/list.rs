//! Visits by day: what is planned, what runs, what is done; for a team with rep, branch and dates.

use super::api;
use super::draw::{self, PAGE};
use crate::ask::ask_drawn;
use crate::head::Head;
use crate::session::here;
use crate::ui::{Button, Choice, Look, TextField};
use domain::Day;
use domain::visits::{VisitQuery, VisitStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The list's page.
#[must_use]
pub fn visits_page() -> AnyView {
    let url = use_query_map();
    let query = Memo::new(move |_| url.with(|url| read(|name| url.get(name))));
    let drawing = ask_drawn(
        query.into(),
        |book, query, seen| Some(draw::list(&book.visits(query), query, seen)),
        |query| Box::pin(api::visits_list(query)),
    );
    let drawing = drawing.view("list", |_| ().into_any(), |_, _| {});
    let filters = (!here().has_book()).then(|| filters(&query.get_untracked()));
    view! {
        {Head::new("Visits").view()}
        <div class="page">
            {filters}
            {drawing}
        </div>
    }
    .into_any()
}

fn read(param: impl Fn(&str) -> Option<String>) -> VisitQuery {
    let word = |name: &str| param(name).filter(|value| !value.is_empty());
    let status = match word("status").as_deref() {
        None => Some(VisitStatus::Planned),
        Some("all") => None,
        Some(code) => VisitStatus::parse(code),
    };
    let page: u32 = word("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let client = word("client").and_then(|id| id.parse().ok());
    VisitQuery {
        from: word("from").and_then(|day| Day::parse(&day)),
        to: word("to").and_then(|day| Day::parse(&day)),
        rep: word("rep").and_then(|id| id.parse().ok()),
        branch: word("branch").and_then(|id| id.parse().ok()),
        client,
        status: if client.is_some() && param("status").is_none() { None } else { status },
        ascending: status == Some(VisitStatus::Planned) && client.is_none(),
        offset: page.saturating_sub(1).saturating_mul(PAGE),
        limit: PAGE,
    }
}

/// A form that asks by its address, so that it also works before the script runs.
fn filters(query: &VisitQuery) -> AnyView {
    let company = here().company();
    let reps: Vec<_> = company.reps.iter().map(|rep| (rep.id.to_string(), rep.name.clone())).collect();
    let branches: Vec<_> = company.branches.iter().map(|branch| (branch.id.to_string(), branch.name.clone())).collect();
    let id = |id: Option<String>| RwSignal::new(id.unwrap_or_default());
    let status = query.status.map_or("all", VisitStatus::code);
    view! {
        <form class="filters" method="get" action="/visits">
            <input type="hidden" name="status" value=status />
            <div class="filters__field"><Choice name="rep" label="Rep" value=id(query.rep.map(|id| id.to_string())) options=Signal::stored(reps) empty="All reps" /></div>
            <div class="filters__field"><Choice name="branch" label="Branch" value=id(query.branch.map(|id| id.to_string())) options=Signal::stored(branches) empty="All branches" /></div>
            <div class="filters__field"><TextField name="from" label="From" value=id(query.from.map(|day| day.to_string())) kind="date" /></div>
            <div class="filters__field"><TextField name="to" label="To" value=id(query.to.map(|day| day.to_string())) kind="date" /></div>
            <Button look=Look::Quiet submit=true>"Show"</Button>
        </form>
    }
    .into_any()
}
