//! What the pages of settings and policy ask the server.

use super::policy_form::PolicyForm;
use crate::office::Outcome;
use crate::problem::Problem;
use domain::company::{Company, SettingsDraft};
use domain::lights::{PolicyDraft, PolicyPreview};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// The settings, and what can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsAsked {
    /// As they stand.
    pub settings: SettingsDraft,
    /// Names of time zones.
    pub zones: Vec<String>,
}

/// The settings as every screen has them.
#[server(input = Json, output = Json)]
pub async fn company_now() -> Result<Company, Problem> {
    let (backend, _) = crate::session_ssr::asked()?;
    Ok(backend.company().await?.as_ref().clone())
}

/// The settings.
#[server(input = Json, output = Json)]
pub async fn company_settings() -> Result<SettingsAsked, Problem> {
    let (backend, _) = crate::session_ssr::asked()?;
    Ok(SettingsAsked { settings: SettingsDraft::of(&*backend.company().await?), zones: backend::company::zones() })
}

/// Changes the settings.
#[server]
pub async fn company_change_settings(
    name: String,
    time_zone: String,
    currency: String,
    fiscal_start_month: String,
    radius_m: String,
) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match super::entered_ssr::entered(name, time_zone, currency, &fiscal_start_month, &radius_m) {
        Ok(draft) => backend::company::change_settings(&backend, &caller, draft).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle("/office/settings", "settings", done)
}

/// The policy.
#[server(input = Json, output = Json)]
pub async fn company_policy() -> Result<PolicyDraft, Problem> {
    let (backend, _) = crate::session_ssr::asked()?;
    Ok(PolicyDraft::of(&backend.company().await?.policy))
}

/// What a policy would do.
#[server(input = Json, output = Json)]
pub async fn company_preview_policy(policy: PolicyForm) -> Result<Outcome<PolicyPreview>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match policy.draft() {
        Ok(draft) => backend::company::preview_policy(&backend, &caller, draft).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle("/office/policy", "policy", done)
}

/// Changes the policy.
#[server]
pub async fn company_change_policy(policy: PolicyForm) -> Result<Outcome<()>, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    let done = match policy.draft() {
        Ok(draft) => backend::company::change_policy(&backend, &caller, draft).await,
        Err(wrong) => Err(wrong.into()),
    };
    crate::office_ssr::settle("/office/policy", "policy", done)
}
