//! Whose request this is: the session behind its bearer token or its cookie, asked of the database every time.

use axum::http::{HeaderMap, header};
use backend::{Error, people, people::Session};

use crate::{clock, office::Office};

/// The session of a request; `None` when it brings neither token nor cookie, or a bearer token that is over.
///
/// # Errors
/// When the session has ended, its user was deactivated, or the database does not answer.
pub async fn of(office: &Office, headers: &HeaderMap) -> Result<Option<Session>, Error> {
    // A request with a bearer token was not asked where it comes from, so its cookie must not count.
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let token = authorization.to_str().ok().and_then(|value| value.split_once(' '));
        let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
        let Some(id) = token.and_then(|token| office.keys().session(token, clock::now())) else { return Ok(None) };
        return people::session_by_id(office.backend(), id).await.map(Some);
    }
    let Some(token) = office.cookie().token(headers) else { return Ok(None) };
    people::session(office.backend(), token).await.map(Some)
}
