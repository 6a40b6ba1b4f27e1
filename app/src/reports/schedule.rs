//! The form of a report that is made by itself: on which days, at which hour, as what, and for whom.

use super::api::{self, Sheet};
use super::sheet::{Saving, settled};
use crate::form::Form;
use crate::sheets::sheets;
use crate::ui::{Button, CheckField, Choice, FormErrors, Look, TextField};
use domain::Day;
use domain::ids::{ReportId, UserId};
use domain::reports::{Format, ScheduleDraft};
use leptos::prelude::*;
use std::sync::Arc;

/// The usual one: Mondays at six.
fn usual() -> ScheduleDraft {
    ScheduleDraft { every: "week".into(), on: Some(0), hour: 6, formats: vec!["pdf".into()], recipients: Vec::new(), keep: 12 }
}

/// The form.
pub fn form(id: ReportId, sheet: Arc<Sheet>, then: Callback<()>) -> AnyView {
    let (version, set) = (sheet.version, sheet.schedule.is_some());
    let before = sheet.schedule.clone().unwrap_or_else(usual);
    let form = Form::new("schedule");
    let every = form.field("every", before.every.clone());
    let on = |kind: &str, other: u16| if before.every == kind { before.on.unwrap_or(other) } else { other }.to_string();
    let (weekday, monthday) = (form.field("on", on("week", 0)), RwSignal::new(on("month", 1)));
    let (hour, keep) = (form.field("hour", before.hour.to_string()), form.field("keep", before.keep.to_string()));
    let formats: Vec<(Format, RwSignal<bool>)> =
        Format::ALL.into_iter().map(|format| (format, RwSignal::new(before.formats.iter().any(|code| code == format.code())))).collect();
    let people: Vec<(UserId, String, RwSignal<bool>)> =
        sheet.people.iter().map(|(user, name)| (*user, name.clone(), RwSignal::new(before.recipients.contains(user)))).collect();
    let (ticked, chosen) = (formats.clone(), people.clone());
    let draft = move || ScheduleDraft {
        every: every.get_untracked(),
        on: if every.get_untracked() == "month" { monthday } else { weekday }.get_untracked().parse().ok(),
        hour: hour.get_untracked().parse().unwrap_or(u16::MAX),
        formats: ticked.iter().filter(|(_, on)| on.get_untracked()).map(|(format, _)| format.code().to_owned()).collect(),
        recipients: chosen.iter().filter(|(_, _, on)| on.get_untracked()).map(|(user, ..)| *user).collect(),
        keep: keep.get_untracked().trim().parse().unwrap_or(0),
    };
    let send = move |draft: Option<ScheduleDraft>, said: &'static str| {
        let sheets = sheets();
        let saving: Saving = Box::pin(async move { settled(api::reports_schedule(id, draft, version).await) });
        let done = move || {
            sheets.close();
            then.run(());
        };
        form.sent(saving, said, Box::new(done));
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send(Some(draft()), "The report is made by itself");
    };
    let stop = set.then(
        || view! { <Button look=Look::Quiet busy=form.busy on_press=move || send(None, "It is no longer made by itself")>"Stop"</Button> },
    );
    view! {
        <form class="form" novalidate on:submit=save>
            <FormErrors message=form.message() />
            {days(every, weekday, monthday)}
            <Choice name="hour" label="At" value=hour options=hours() hint="Of the company’s day; where no server ran then, it is made once as soon as one does" />
            {boxes("As", formats.iter().map(|(format, on)| (format.words().to_owned(), *on)).collect())}
            {boxes("Into the inbox of", people.iter().map(|(_, name, on)| (name.clone(), *on)).collect())}
            <p class="muted small">"Each person gets own figures. Excel and CSV go to who may export."</p>
            <TextField name="keep" label="Keep" value=keep error=form.error("keep") inputmode="numeric" hint="The latest so many stay in the data folder and in inboxes" />
            <div class="form__foot">{stop}<Button submit=true busy=form.busy>"Save"</Button></div>
        </form>
    }
    .into_any()
}

fn hours() -> Signal<Vec<(String, String)>> {
    Signal::stored((0..24).map(|hour: u8| (hour.to_string(), format!("{hour:02}:00"))).collect())
}

fn days(every: RwSignal<String>, weekday: RwSignal<String>, monthday: RwSignal<String>) -> AnyView {
    let each = |list: [(&str, &str); 3]| Signal::stored(list.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec());
    let kinds = each([("day", "Every day"), ("week", "Every week"), ("month", "Every month")]);
    // 1970-01-05 was a Monday
    let weekdays = Signal::stored((0..7).map(|n: i32| (n.to_string(), Day(4 + n).weekday_name().to_owned())).collect::<Vec<_>>());
    let monthdays = Signal::stored(
        (1..=31).map(|n: u8| (n.to_string(), if n > 28 { format!("{n}, or the last") } else { n.to_string() })).collect::<Vec<_>>(),
    );
    let which = move || match every.get().as_str() {
        "week" => Some(view! { <Choice name="weekday" label="On" value=weekday options=weekdays /> }.into_any()),
        "month" => Some(view! { <Choice name="monthday" label="On day" value=monthday options=monthdays /> }.into_any()),
        _ => None,
    };
    view! { <Choice name="every" label="Made" value=every options=kinds /> {which} }.into_any()
}

fn boxes(legend: &'static str, all: Vec<(String, RwSignal<bool>)>) -> AnyView {
    let list = all.into_iter().map(|(label, checked)| view! { <CheckField name="chosen" label checked /> }).collect_view();
    view! { <fieldset class="report__boxes"><legend class="field__label">{legend}</legend>{list}</fieldset> }.into_any()
}
