//! Last year's budgets and so much more: the totals first, then the copies.

use super::api_office::{self, TargetsCopyBudgets};
use crate::office::Sending;
use crate::ui::{Button, FormErrors, Look, Section, TextField};
use domain::money::Currency;
use domain::targets::budgets::Copies;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section: copies the year before into the one that begins in `year`.
pub fn section(year: i32, before: &str, now: &str, currency: Currency, retry: Callback<()>) -> AnyView {
    let sending = Sending::new("copies");
    let (percent, told) = (RwSignal::new("0".to_owned()), RwSignal::new(None::<Copies>));
    let copy = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.save(api_office::targets_copy_budgets(year - 1, percent.get_untracked()), "Budgets copied", move |_| {
            told.set(None);
            retry.run(());
        });
    };
    let look =
        move || sending.send(api_office::targets_preview_copies(year - 1, percent.get_untracked()), move |copies| told.set(Some(copies)));
    let (title, hint) = (["Copy ", before, " into ", now].concat(), ["Percent more than in ", before, "; less with a minus"].concat());
    let preview = move || told.get().map(|told| words(told, currency));
    view! {
        <Section title=title>
            <form class="copies card card--pad" method="post" action=TargetsCopyBudgets::url() novalidate on:submit=copy on:input=move |_| told.set(None)>
                <FormErrors message=sending.message() />
                <input type="hidden" name="year" value=(year - 1).to_string() />
                <TextField name="percent" label="Change in percent" value=percent error=sending.error("percent") inputmode="text" hint />
                <div class="cluster">
                    <Button look=Look::Quiet on_press=look>"Preview"</Button>
                    <Button look=Look::Quiet submit=true busy=sending.busy>"Copy"</Button>
                </div>
                <div role="status">{preview}</div>
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
    let sum =
        [&told.budgets.to_string(), " budgets, ", &currency.words(told.from_total), " → ", &currency.words(told.to_total), ". ", &replaced];
    view! { <p class="strong num">{sum.concat()}</p> }.into_any()
}
