//! Public holidays of a year: added one a line, pasted, copied from the year before, taken away.

use super::api_office::{self, CalendarAsked, TargetsAddHolidays, TargetsCopyHolidays, TargetsRemoveHoliday};
use crate::office::Sending;
use crate::session::here;
use crate::ui::{Button, Empty, FormErrors, Glyph, Look, Section, TextArea};
use domain::people::Right;
use domain::targets::Holiday;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section.
pub fn section(asked: &CalendarAsked, retry: Callback<()>) -> AnyView {
    let year = asked.year;
    let of_year: Vec<Holiday> = asked.workdays.holidays.iter().filter(|holiday| holiday.day.civil().0 == year).cloned().collect();
    let may = here().may(Right::SetCompany);
    let count = if may { of_year.len().to_string() } else { "set by an administrator".to_owned() };
    let sending = Sending::new("holidays");
    let list = if of_year.is_empty() {
        let title = ["No public holidays in ", &year.to_string()].concat();
        let words =
            if may { "Write them below, paste a list, or copy those of the year before." } else { "An administrator writes them down." };
        view! { <div class="card"><Empty glyph=Glyph::Calendar title words /></div> }.into_any()
    } else {
        let rows = of_year.into_iter().map(|holiday| row(holiday, year, may, sending, retry)).collect_view();
        view! { <ul class="lines card" role="list">{rows}</ul> }.into_any()
    };
    let copied = asked.workdays.copied_holidays(year).len();
    let change = may.then(|| view! { {copy(year, copied, sending, retry)} {add(year, sending, retry)} });
    view! { <Section title="Public holidays" aside=Signal::stored(count)>{list}{change}</Section> }.into_any()
}

fn row(holiday: Holiday, year: i32, may: bool, sending: Sending, retry: Callback<()>) -> AnyView {
    let day = holiday.day;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.save(api_office::targets_remove_holiday(year, day), "Taken away", move |()| retry.run(()));
    };
    let remove = may.then(|| {
        let label = ["Remove ", &holiday.name].concat();
        view! {
            <form method="post" action=TargetsRemoveHoliday::url() on:submit=submit>
                <input type="hidden" name="year" value=year.to_string() />
                <input type="hidden" name="day" value=day.to_string() />
                <button type="submit" class="icon-button" aria-label=label><crate::ui::Icon glyph=Glyph::Trash /></button>
            </form>
        }
    });
    let when = [day.weekday_name().get(..3).unwrap_or_default(), " ", &day.short(day)].concat();
    view! { <li class="lines__row lines__row--holiday"><span class="num muted">{when}</span><span>{holiday.name}</span>{remove}</li> }
        .into_any()
}

/// Where there are some to copy.
fn copy(year: i32, copied: usize, sending: Sending, retry: Callback<()>) -> Option<AnyView> {
    if copied == 0 {
        return None;
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.save(api_office::targets_copy_holidays(year), "Copied. Check the feasts that move", move |()| retry.run(()));
    };
    let words = ["Copy ", &copied.to_string(), " from ", &(year - 1).to_string()].concat();
    Some(
        view! {
            <form class="cluster" method="post" action=TargetsCopyHolidays::url() on:submit=submit>
                <input type="hidden" name="year" value=year.to_string() />
                <Button look=Look::Quiet small=true submit=true busy=sending.busy glyph=Glyph::History>{words}</Button>
                <span class="muted small">"On the same dates; feasts that move are put right by hand."</span>
            </form>
        }
        .into_any(),
    )
}

fn add(year: i32, sending: Sending, retry: Callback<()>) -> AnyView {
    let lines = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.save(api_office::targets_add_holidays(year, lines.get_untracked()), "Added", move |()| {
            lines.set(String::new());
            retry.run(());
        });
    };
    view! {
        <form class="stack" method="post" action=TargetsAddHolidays::url() novalidate on:submit=submit>
            <FormErrors message=sending.message() />
            <input type="hidden" name="year" value=year.to_string() />
            <TextArea name="lines" label="Add holidays" value=lines error=sending.error("lines") rows=2 placeholder="2026-12-12 Jamhuri Day" hint="One a line, the day first: 2026-12-12 or 12 December 2026. A list can be pasted." />
            <div class="cluster"><Button look=Look::Quiet submit=true busy=sending.busy>"Add"</Button></div>
        </form>
    }
    .into_any()
}
