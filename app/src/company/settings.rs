//! The page of settings: name, clock, currency, fiscal year, check-in radius.

use super::api::{self, CompanyChangeSettings, SettingsAsked};
use crate::ask::ask;
use crate::office::{self, Sending};
use crate::ui::{Button, Choice, FormErrors, TextField};
use domain::Day;
use domain::people::Right;
use domain::text::NAME_MAX;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
#[must_use]
pub fn settings_page() -> AnyView {
    let asked = ask(Signal::stored(()), |_, ()| None, |()| Box::pin(api::company_settings()));
    let retry = Callback::new(move |()| asked.retry());
    let body = asked.view_of(office::waits, SettingsAsked::clone, move |asked| form(&asked, retry));
    office::room("Settings", "The company’s name, clock and currency", Right::SetCompany, "page page--narrow", body)
}

fn form(asked: &SettingsAsked, retry: Callback<()>) -> AnyView {
    let sending = Sending::new("settings");
    let text = |value: &str| RwSignal::new(value.to_owned());
    let settings = &asked.settings;
    let (name, zone, currency) = (text(&settings.name), text(&settings.time_zone), text(&settings.currency));
    let (month, radius) = (text(&settings.fiscal_start_month.to_string()), text(&settings.radius_m.to_string()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let [name, zone, currency, month, radius] = [name, zone, currency, month, radius].map(|field| field.get_untracked());
        sending.save(api::company_change_settings(name, zone, currency, month, radius), "Saved", move |()| {
            office::settings_changed();
            retry.run(());
        });
    };
    let zones: Vec<_> = asked.zones.iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    view! {
        {office::saved()}
        <form class="form" method="post" action=CompanyChangeSettings::url() novalidate on:submit=submit>
            <FormErrors message=sending.message() />
            <TextField name="name" label="Name" value=name error=sending.error("name") required=true maxlength=NAME_MAX autocomplete="off" />
            <Choice name="time_zone" label="Time zone" value=zone options=Signal::stored(zones) error=sending.error("timeZone") hint="Business days begin at midnight here. Days already recorded stay what they are." />
            <div class="form__pair">
                <TextField name="currency" label="Currency" value=currency error=sending.error("currency") maxlength=3 autocomplete="off" hint="Three letters; fixed once there are amounts" />
                <Choice name="fiscal_start_month" label="Fiscal year starts in" value=month options=Signal::stored(months()) error=sending.error("fiscalStartMonth") />
            </div>
            <TextField name="radius_m" label="Check-in radius in metres" value=radius error=sending.error("radiusM") inputmode="numeric" hint="How near a client a check-in passes, where the client does not say otherwise" />
            <div class="form__foot"><Button submit=true busy=sending.busy>"Save"</Button></div>
        </form>
    }
    .into_any()
}

fn months() -> Vec<(String, String)> {
    let name =
        |month: u32| Day::from_civil(2000, month, 1).map(|day| day.long(day).trim_start_matches("1 ").to_owned()).unwrap_or_default();
    (1..=12).map(|month| (month.to_string(), name(month))).collect()
}
