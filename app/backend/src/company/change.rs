//! Changing what the company decided: settings, policy, and what a policy would do before it holds.

use super::{Settings, configure_in, sql, zone};
use crate::db::Tx;
use crate::{Backend, Error, clients, import, journal};
use domain::company::SettingsDraft;
use domain::ids::ClientId;
use domain::lights::{PolicyDraft, PolicyPreview, Ruled, preview};
use domain::people::{Caller, Right};
use serde_json::{Value, json};

/// Whether the caller changes what the company decided: asked before what they send is judged.
///
/// # Errors
/// `Forbidden` for all but administrators.
pub fn may_change(caller: &Caller) -> Result<(), Error> {
    if caller.may(Right::SetCompany) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Whether the caller may see what a policy would do.
///
/// # Errors
/// `Forbidden` for those who look after nobody.
pub fn may_preview(caller: &Caller) -> Result<(), Error> {
    if caller.may(Right::SetTargets) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Changes name, clock, currency, fiscal year, radius.
///
/// # Errors
/// `Forbidden` for all but administrators; what is wrong, by field.
pub async fn change_settings(backend: &Backend, caller: &Caller, draft: SettingsDraft) -> Result<(), Error> {
    change(backend, caller, Some(draft), None).await
}

/// Changes the policy. Clients follow renamed tiers, and every light is worked out anew, in the same transaction.
///
/// # Errors
/// As [`change_settings`].
pub async fn change_policy(backend: &Backend, caller: &Caller, draft: PolicyDraft) -> Result<(), Error> {
    change(backend, caller, None, Some(draft)).await
}

/// Changes both or one of them, all or nothing.
///
/// # Errors
/// As [`change_settings`].
pub async fn change(backend: &Backend, caller: &Caller, settings: Option<SettingsDraft>, policy: Option<PolicyDraft>) -> Result<(), Error> {
    may_change(caller)?;
    let asked = (caller.clone(), settings, policy);
    backend
        .write(Vec::new(), asked, |tx, (caller, settings, policy)| Box::pin(change_in(tx, caller, settings.clone(), policy.clone())))
        .await
}

async fn change_in(tx: &mut Tx, caller: &Caller, settings: Option<SettingsDraft>, policy: Option<PolicyDraft>) -> Result<(), Error> {
    let before = sql::settings(tx.read()).await?.unwrap_or_default();
    let mut after = before.clone();
    if let Some(draft) = settings {
        settle(&mut after, draft)?;
    }
    if let Some(draft) = policy {
        let revised = draft.settle(&after.policy)?;
        after.policy = revised.policy;
        let version = tx.version();
        clients::sql::rename_tiers_unscoped(tx.write(), &revised.renamed, version).await?;
    }
    if after == before {
        return Ok(());
    }
    configure_in(tx, &after).await?;
    let event = journal::company_change(tx, "company.settings", caller.user, (&told(&before), &told(&after)))?;
    tx.journal(event);
    Ok(())
}

fn settle(settings: &mut Settings, draft: SettingsDraft) -> Result<(), Error> {
    let settled = draft.settle()?;
    if settled.time_zone != settings.zone.name {
        let unknown =
            || Error::rejected("timeZone", "unknown", "There is no such time zone: choose one from the list, for example Africa/Nairobi.");
        settings.zone = zone(&settled.time_zone).ok_or_else(unknown)?;
    }
    (settings.name, settings.currency) = (settled.name, settled.currency);
    (settings.fiscal_start_month, settings.policy.radius_m) = (settled.fiscal_start_month, settled.radius_m);
    Ok(())
}

/// As the journal tells it.
fn told(settings: &Settings) -> Value {
    json!({
        "name": settings.name,
        "timeZone": settings.zone.name,
        "currency": settings.currency.code(),
        "fiscalStartMonth": settings.fiscal_start_month,
        "policy": settings.policy,
    })
}

/// What a policy would do: the rule run over every client and prospect of the caller's scope that is not archived, under the policy as it is and under this
/// one; lights are counted as on Today. Nothing is written.
///
/// # Errors
/// `Forbidden` for those who look after nobody; what is wrong with the policy, by field.
pub async fn preview_policy(backend: &Backend, caller: &Caller, draft: PolicyDraft) -> Result<PolicyPreview, Error> {
    may_preview(caller)?;
    let company = backend.company().await?;
    let (before, revised) = (&company.policy, draft.settle(&company.policy)?);
    let mut conn = backend.read().await?;
    let found = clients::questions::ruled(&mut conn, caller).await?;
    let clears_alike = |kind: &domain::lights::VisitType| before.clears(&kind.code) == revised.policy.clears(&kind.code);
    let mut clients: Vec<Ruled> = Vec::with_capacity(found.len());
    if before.visit_types.iter().chain(&revised.policy.visit_types).all(clears_alike) {
        clients.extend(found.into_iter().map(|(_, client)| client));
    } else {
        let ids: Vec<ClientId> = found.iter().map(|(id, _)| *id).collect();
        let last = import::last_clearing_unscoped(&mut conn, &ids, &revised.policy).await?;
        clients.extend(found.into_iter().map(|(id, client)| Ruled { last_after: last.get(&id).copied(), ..client }));
    }
    let week = company.workdays.weights.iter().map(|weight| i64::from(*weight)).sum();
    Ok(preview(before, &revised, &clients, week, company.today(crate::machine_now())))
}
