//! The questions about clients: lists with their counts, filters in use, a card, likely duplicates, what changed.

use super::{questions, sql};
use crate::sync::Since;
use crate::{Backend, Error, contacts, visits};
use domain::clients::duplicates::{Duplicate, SHOWN, alike, similarity};
use domain::clients::list::ClientFacets;
use domain::clients::{Client, ClientCard, ClientPage, ClientQuery, Stage};
use domain::fold::fold;
use domain::ids::ClientId;
use domain::people::Caller;

/// Rows of one page at most.
const LIMIT_MAX: u32 = 500;

/// One page of the clients in the caller's scope, with the lights' counts under every filter but the light's.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, caller: &Caller, query: &ClientQuery) -> Result<ClientPage, Error> {
    let today = backend.company().await?.today(crate::machine_now());
    let mut conn = backend.read().await?;
    let limit = query.limit.min(LIMIT_MAX);
    let counts = questions::counts(&mut conn, caller, query, today).await?;
    let total = query.light.map_or(counts.all, |light| counts.of(light));
    let items =
        if limit == 0 || query.offset >= total { Vec::new() } else { questions::page(&mut conn, caller, query, today, limit).await? };
    Ok(ClientPage { items, total, counts })
}

/// Segments, tags and towns in use among the unarchived clients of the caller's scope.
///
/// # Errors
/// When the database fails.
pub async fn facets(backend: &Backend, caller: &Caller, stage: Option<Stage>) -> Result<ClientFacets, Error> {
    let mut conn = backend.read().await?;
    let (mut segments, mut towns) = (Vec::new(), Vec::new());
    for (segment, town) in questions::segments_and_towns(&mut conn, caller, stage).await? {
        segments.extend(segment);
        towns.extend(town);
    }
    let mut tags = questions::tags(&mut conn, caller, stage).await?;
    for list in [&mut segments, &mut towns, &mut tags] {
        list.sort();
        list.dedup();
    }
    Ok(ClientFacets { segments, tags, towns })
}

/// Everything one client's screen shows.
///
/// # Errors
/// `NotFound`.
pub async fn card(backend: &Backend, caller: &Caller, id: ClientId) -> Result<ClientCard, Error> {
    let company = backend.company().await?;
    let mut conn = backend.read().await?;
    let client = sql::find(&mut conn, caller, id).await?.ok_or(Error::NotFound)?;
    let contacts = contacts::sql::of_client(&mut conn, caller, id).await?;
    let visits = visits::questions::of_client(&mut conn, caller, id).await?;
    let bought = crate::sales::bought::of_clients(&mut conn, caller, &company, &[id]).await?.pop().map(|(_, bought)| bought);
    Ok(ClientCard::compose(client, contacts, visits, bought.unwrap_or_default(), &company))
}

/// Clients that may be the one being entered, most alike first; among equals those of the same town. Of those outside the caller's scope no more is told
/// than [`Duplicate`] holds.
///
/// # Errors
/// When the database fails.
pub async fn duplicates(backend: &Backend, caller: &Caller, name: &str, town: Option<&str>) -> Result<Vec<Duplicate>, Error> {
    let company = backend.company().await?;
    let mut conn = backend.read().await?;
    let near = fold(town.unwrap_or_default());
    let elsewhere = |c: &questions::Candidate| near.is_empty() || fold(c.town.as_deref().unwrap_or_default()) != near;
    let candidates = questions::candidates(&mut conn, caller, name).await?.into_iter();
    let mut found: Vec<(f32, bool, questions::Candidate)> =
        candidates.filter(|c| alike(name, &c.name)).map(|c| (similarity(name, &c.name), elsewhere(&c), c)).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then_with(|| a.2.id.cmp(&b.2.id)));
    found.truncate(SHOWN);
    let told = |c: questions::Candidate| Duplicate {
        rep_name: c.rep_id.and_then(|rep| company.rep_name(rep)).map(Into::into),
        id: c.id,
        name: c.name,
        town: c.town,
        in_scope: c.in_scope,
    };
    Ok(found.into_iter().map(|(_, _, c)| told(c)).collect())
}

/// Clients of one stage, or both, in the order of their changes.
///
/// # Errors
/// When the database fails.
pub async fn list_since(backend: &Backend, caller: &Caller, stage: Option<Stage>, page: Since) -> Result<Vec<Client>, Error> {
    questions::since(&mut backend.read().await?, caller, stage, page).await
}
