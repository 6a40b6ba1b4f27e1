//! `settings`: what the company decided, the policy among it, and what another policy would do.

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use backend::company;
use domain::{Rejections, clients::LightCounts, company::SettingsDraft, lights::PolicyDraft};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{answer::Answer, asked::Asked, body::Body, failure::Failure, forms, query::Query};
use crate::office::Office;

/// The routes.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/settings", get(show).put(set)).route("/settings/policy-preview", post(preview))
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    settings: SettingsDraft,
    policy: PolicyDraft,
}

#[derive(Deserialize)]
struct Set {
    #[serde(flatten)]
    settings: SettingsDraft,
    policy: Option<Value>,
}

/// Lights and load under one policy.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Side {
    /// Of active clients.
    lights: LightCounts,
    /// Of active prospects.
    prospects: LightCounts,
    /// Visits the policy asks for, of both.
    visits_per_rep_and_day: Option<f64>,
}

#[derive(Serialize)]
struct Preview {
    summary: String,
    changes: Vec<String>,
    reps: u32,
    before: Side,
    after: Side,
}

async fn show(asked: Asked, query: Query) -> Result<Answer<Shown>, Failure> {
    query.nothing()?;
    shown(asked).await
}

async fn shown(asked: Asked) -> Result<Answer<Shown>, Failure> {
    let company = asked.backend().company().await?;
    Ok(Answer::ok(Shown { settings: SettingsDraft::of(&company), policy: PolicyDraft::of(&company.policy) }))
}

/// Sets all settings, and the policy where one is given.
async fn set(asked: Asked, body: Body) -> Result<Answer<Shown>, Failure> {
    company::may_change(&asked.caller)?;
    let Set { settings, policy } = body.read(&forms::SETTINGS)?;
    let policy = policy.map(policy_of).transpose()?;
    company::change(asked.backend(), &asked.caller, Some(settings), policy).await?;
    shown(asked).await
}

fn policy_of(value: Value) -> Result<PolicyDraft, Rejections> {
    let words = |error: serde_json::Error| {
        let why = super::form::plain(&error.to_string());
        format!("Write cadenceDays, tiers, visitTypes and outcomes as they come from GET settings: {why}.")
    };
    serde_json::from_value(value).map_err(|error| Rejections::one("policy", "invalid", words(error)))
}

async fn preview(asked: Asked, body: Body) -> Result<Answer<Preview>, Failure> {
    company::may_preview(&asked.caller)?;
    let draft: PolicyDraft = body.read(&forms::POLICY)?;
    let told = company::preview_policy(asked.backend(), &asked.caller, draft).await?;
    let summary = told.words();
    let side = |lights, prospects, visits: Option<u32>| Side {
        lights,
        prospects,
        visits_per_rep_and_day: visits.map(|hundredths| f64::from(hundredths) / 100.0),
    };
    let before = side(told.before, told.prospects_before, told.visits_before);
    let after = side(told.after, told.prospects_after, told.visits_after);
    Ok(Answer::ok(Preview { summary, changes: told.changes, reps: told.reps, before, after }))
}
