//! Last year's budgets and so much more: the totals first, then the copies.

use super::api_office;
use crate::office::Sending;
use crate::ui::{Button, FormErrors, Look, Section, TextField};
use domain::money::Currency;
use domain::targets::budgets::Copies;
use leptos::prelude::*;

/// The section: copies the year before into the one that begins in `year`.
pub fn section(year: i32, before: &str, now: &str, currency: Currency, retry: Callback<()>) -> AnyView {
    let sending = Sending::new("copies");
    // what a change comes to, of which percent it was asked
    let (percent, told) = (RwSignal::new("0".to_owned()), RwSignal::new(None::<(String, Copies)>));
    let copy = move || {
        let Some((asked, _)) = told.get_untracked() else { return };
        sending.save(api_office::targets_copy_budgets(year - 1, asked), "Budgets copied", move |_| {
            told.set(None);
            retry.run(());
        });
    };
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let asked = percent.get_untracked();
        sending.send(api_office::targets_preview_copies(year - 1, asked.clone()), move |copies| {
            // typed meanwhile: it would be a preview of something else
            told.set((percent.get_untracked() == asked).then_some((asked, copies)));
        });
    };
    let (title, hint) = (["Copy ", before, " into ", now].concat(), ["Percent more than in ", before, "; less with a minus"].concat());
    let preview = move || told.get().map(|(_, told)| words(told, currency));
    // nothing is written before it was seen
    let confirm = move || {
        told.get().map(|(_, told)| {
            let label =
                if told.budgets == 1 { "Copy 1 budget".to_owned() } else { ["Copy ", &told.budgets.to_string(), " budgets"].concat() };
            view! { <div class="cluster"><Button busy=sending.busy on_press=copy>{label}</Button></div> }
        })
    };
    view! {
        <Section title=title>
            <form class="copies card card--pad" novalidate on:submit=look on:input=move |_| told.set(None)>
                <FormErrors message=sending.message() />
                <TextField name="percent" label="Change in percent" value=percent error=sending.error("percent") inputmode="text" hint />
                <div class="cluster"><Button look=Look::Quiet submit=true busy=sending.busy>"Preview"</Button></div>
                <div role="status">{preview}</div>
                {confirm}
            </form>
        </Section>
    }
    .into_any()
}

fn words(told: Copies, currency: Currency) -> AnyView {
    let replaced = match told.replaced {
        0 => "None is set to something else.".to_owned(),
        1 => "1 that is set already is replaced.".to_owned(),
        n => [&n.to_string(), " that are set already are replaced."].concat(),
    };
    let amount = |minor: i64| view! { <span class="copies__amount">{currency.words(minor)}</span> };
    view! {
        <p class="strong num">
            {[&told.budgets.to_string(), " budgets, "].concat()}{amount(told.from_total)}" → "{amount(told.to_total)}{[". ", &replaced].concat()}
        </p>
    }
    .into_any()
}
