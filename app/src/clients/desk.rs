//! The list on a desk, for those who look after a team: a dense table with filters, and giving ticked rows to another rep.

use super::api::{self, ClientsReassign};
use super::draw;
use super::list::{self, List};
use super::list_path;
use super::query::pairs;
use super::row::{kind, planned_words};
use crate::ask::{Asked, ask, waiting};
use crate::markup::Markup;
use crate::session::{Seen, here};
use crate::ui::{Button, Choice, Light, LightKind, Look};
use domain::clients::{ClientItem, ClientPage, ClientQuery, Sort, Stage};
use domain::company::Company;
use domain::lights;
use domain::people::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::sync::Arc;

/// The page: the table with its filters.
#[must_use]
pub fn desk_page(stage: Stage) -> AnyView {
    let list = List::new(stage);
    let asked = ask(list.query.into(), |_, _| None, |query| Box::pin(api::clients_page(query)));
    list.page(desk(list, asked))
}

fn desk(list: List, asked: Asked<ClientPage>) -> AnyView {
    view! {
        <div class="page page--wide">
            {filters(list)}
            {asked.view(waiting, move |page| table_page(list, &page))}
        </div>
    }
    .into_any()
}

/// A form that asks by its address, so that it also works before the script runs.
fn filters(list: List) -> AnyView {
    let here = here();
    let company = here.company();
    let query = list.query.get_untracked();
    let reps: Vec<_> = company.reps.iter().map(|rep| (rep.id.to_string(), rep.name.clone())).collect();
    let branches: Vec<_> = company.branches.iter().map(|branch| (branch.id.to_string(), branch.name.clone())).collect();
    let rep = RwSignal::new(query.rep.map(|id| id.to_string()).unwrap_or_default());
    let branch = RwSignal::new(query.branch.map(|id| id.to_string()).unwrap_or_default());
    let kept = pairs(&query).into_iter().filter(|(name, _)| !["q", "rep", "branch"].contains(name));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form class="filters" role="search" method="get" action=list_path(list.stage)>
            <div class="filters__field filters__field--grow">
                <crate::ui::SearchField name="q" label=["Search ", &super::list_name(list.stage).to_lowercase()].concat() value=list.text />
            </div>
            <div class="filters__field"><Choice name="rep" label="Rep" value=rep options=Signal::stored(reps) empty="All reps" /></div>
            <div class="filters__field"><Choice name="branch" label="Branch" value=branch options=Signal::stored(branches) empty="All branches" /></div>
            {kept}
            <Button look=Look::Quiet submit=true>"Show"</Button>
        </form>
    }
    .into_any()
}

fn table_page(list: List, page: &Arc<ClientPage>) -> AnyView {
    let query = list.query.get_untracked();
    let (mut head, mut pager) = (Markup::default(), Markup::default());
    draw::head(&mut head, page.counts, page.total, &query);
    draw::pager(&mut pager, page, &query);
    let body = if page.items.is_empty() { None } else { Some(reassignable(&query, page)) };
    let none = page.items.is_empty().then(|| {
        let mut m = Markup::default();
        let (company, caller) = (here().company(), here().caller.get_untracked());
        draw::nothing(&mut m, &query, Seen::by(&caller, &company, here().now.get_untracked()));
        view! { <div inner_html=m.done()></div> }
    });
    view! {
        <div class="list" inner_html=head.done() on:click=list::pressed></div>
        {body}
        {none}
        <div inner_html=pager.done()></div>
    }
    .into_any()
}

/// The table, inside the form that gives ticked rows away where the person may do that.
fn reassignable(query: &ClientQuery, page: &Arc<ClientPage>) -> AnyView {
    let company = here().company();
    if !here().may(Right::ReassignClients) {
        return table(query, page, None, &company);
    }
    let ticked = RwSignal::new(0_usize);
    let to = RwSignal::new(String::new());
    let reps: Vec<_> = company.reps.iter().map(|rep| (rep.id.to_string(), rep.name.clone())).collect();
    let words = move || match ticked.get() {
        0 => "Tick rows to give them to another rep".to_owned(),
        1 => "1 ticked".to_owned(),
        n => [&n.to_string(), " ticked"].concat(),
    };
    view! {
        <form class="stack" method="post" action=ClientsReassign::url()>
            {table(query, page, Some(ticked), &company)}
            <div class="bulk">
                <span>{words}</span>
                <Choice name="to" label="New owner" value=to options=Signal::stored(reps) empty="Choose a rep" required=true />
                <Button submit=true>"Reassign"</Button>
            </div>
        </form>
    }
    .into_any()
}

fn table(query: &ClientQuery, page: &Arc<ClientPage>, ticked: Option<RwSignal<usize>>, company: &Company) -> AnyView {
    let sorted = |sort: Sort| (query.sort == sort).then_some("ascending");
    let link = |sort: Sort| {
        let query = ClientQuery { sort, offset: 0, ..query.clone() };
        super::query::href(&query)
    };
    let all = ticked.map(|_| view! { <th class="table__check" scope="col"><span class="sr">"Tick"</span></th> });
    let rows: Vec<_> = page.items.iter().map(|item| row(item, ticked, company)).collect();
    view! {
        <div class="table-wrap card">
            <table class="table">
                <thead>
                    <tr>
                        {all}
                        <th scope="col" aria-sort=sorted(Sort::Name)><a href=link(Sort::Name)>"Name"</a></th>
                        <th scope="col" aria-sort=sorted(Sort::Due)><a href=link(Sort::Due)>"Light"</a></th>
                        <th scope="col">"Town"</th>
                        <th scope="col">"Segment"</th>
                        <th scope="col">"Tier"</th>
                        <th scope="col">"Rep"</th>
                        <th scope="col" class="table__num">"Last visit"</th>
                        <th scope="col" class="table__num">"Planned"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(item: &ClientItem, ticked: Option<RwSignal<usize>>, company: &Company) -> AnyView {
    let today = here().day();
    let name = item.name.clone();
    let selected = RwSignal::new(false);
    let check = ticked.map(|ticked| {
        let seen = move |on: bool| {
            selected.set(on);
            ticked.update(|n| *n = if on { *n + 1 } else { n.saturating_sub(1) });
        };
        let tick = move |event: leptos::ev::Event| seen(event_target_checked(&event));
        // a tick made before the script ran counts
        let field = NodeRef::<leptos::html::Input>::new();
        field.on_load(move |field| {
            if field.checked() {
                seen(true);
            }
        });
        let label = ["Tick ", &name].concat();
        view! {
            <td class="table__check">
                <label><input node_ref=field type="checkbox" name="ids[]" value=item.id.to_string() aria-label=label on:change=tick /></label>
            </td>
        }
    });
    let rep = item.rep_id.and_then(|id| company.rep_name(id)).unwrap_or("nobody").to_owned();
    let last = item.last_visit_on.map(|day| day.short(today));
    let planned = item.planned_at.map(|at| view! { <Light kind=LightKind::Planned words=planned_words(at, today, company) /> });
    view! {
        <tr aria-selected=move || selected.get().then_some("true")>
            {check}
            <td><a href=item.path()>{item.name.clone()}</a></td>
            <td><Light kind=kind(item.light(today)) words=lights::words(today, item.window()) /></td>
            <td>{item.town.clone()}</td>
            <td class="table__dim">{item.segment.clone()}</td>
            <td>{item.tier.clone()}</td>
            <td class="table__dim">{rep}</td>
            <td class="table__num">{last}</td>
            <td class="table__num">{planned}</td>
        </tr>
    }
    .into_any()
}
