//! The page of the working calendar: leave, public holidays, and what each weekday weighs.

use super::api_office::{self, CalendarAsked, TargetsSetWeek};
use super::{holidays, leave};
use crate::ask::ask;
use crate::office::{self, CellKind, Sending, cell, years};
use crate::session::here;
use crate::ui::{Button, FormErrors, Section};
use domain::people::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The page.
#[must_use]
pub fn calendar_page() -> AnyView {
    let query = use_query_map();
    let (this_year, ..) = here().day().civil();
    let year = Memo::new(move |_| {
        let asked = query.with(|query| query.get("year")).and_then(|year| year.parse().ok());
        asked.filter(|year| (1970..=2100).contains(year)).unwrap_or(this_year)
    });
    let edited = Memo::new(move |_| query.with(|query| query.get("leave")).unwrap_or_default());
    let asked = ask(year.into(), |_, _| None, |year| Box::pin(api_office::targets_calendar(year)));
    let retry = Callback::new(move |()| asked.retry());
    let of_leave = |asked: &CalendarAsked| (asked.year, asked.leave.clone());
    let of_holidays = |asked: &CalendarAsked| (asked.year, asked.workdays.holidays.clone());
    let of_week = |asked: &CalendarAsked| (asked.year, asked.workdays.weights);
    let steps = move || {
        let year = year.get();
        let href = move |later| address(if later { year + 1 } else { year - 1 });
        years((year - 1).to_string(), year.to_string(), (year + 1).to_string(), href)
    };
    let body = view! {
        {office::saved()}
        {steps}
        <div class="rooms">
            {asked.view_of(office::waits, of_leave, move |asked| leave::section(&asked, edited, retry))}
            {asked.view_of(office::waits, of_holidays, move |asked| holidays::section(&asked, retry))}
            {asked.view_of(office::waits, of_week, move |asked| week(&asked, retry))}
        </div>
    };
    office::room("Calendar", "When the company works, and who is away", Right::SetTargets, "page page--wide", body.into_any())
}

/// The address of a year's calendar.
pub fn address(year: i32) -> String {
    ["/office/calendar?year=", &year.to_string()].concat()
}

/// What each weekday weighs; an administrator's to set.
fn week(asked: &CalendarAsked, retry: Callback<()>) -> AnyView {
    let (year, weights) = (asked.year, asked.workdays.weights);
    if !here().may(Right::SetCompany) {
        let row = |n: usize| view! { <div><dt>{WEEKDAYS[n]}</dt><dd>{[&weights[n].to_string(), " %"].concat()}</dd></div> };
        let rows = (0..7).map(row).collect_view();
        return view! { <Section title="Working week" aside="set by an administrator"><dl class="facts card">{rows}</dl></Section> }
            .into_any();
    }
    let sending = Sending::new("week");
    let values = weights.map(|weight| RwSignal::new(weight.to_string()));
    let rows = (0..7).map(|n| {
        let name = ["weights[", &n.to_string(), "]"].concat();
        let field = cell([WEEKDAYS[n], ", percent of a full day"].concat(), name.clone(), values[n], sending.error(name), CellKind::Number);
        view! { <li class="lines__row lines__row--day"><span>{WEEKDAYS[n]}</span>{field}</li> }
    });
    let rows = rows.collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let weights = values.iter().map(|value| value.get_untracked()).collect();
        sending.save(api_office::targets_set_week(year, weights), "Saved", move |()| retry.run(()));
    };
    view! {
        <Section title="Working week" aside="percent of a full day">
            <form class="stack" method="post" action=TargetsSetWeek::url() novalidate on:submit=submit>
                <FormErrors message=sending.message() />
                <input type="hidden" name="year" value=year.to_string() />
                <ul class="lines card" role="list">{rows}</ul>
                <p class="muted small">"A day’s target is its share of the weights left in the month: 0 is a day off, 50 half a day."</p>
                <div class="cluster"><Button submit=true busy=sending.busy>"Save the week"</Button></div>
            </form>
        </Section>
    }
    .into_any()
}
