//! Whose request this is: the session behind its bearer token or its cookie, asked of the database every time.

use axum::http::{HeaderMap, header};
use backend::{
    Error,
    people::{self, SessionCheck},
};

use crate::{clock, office::Office};

/// What a request's token or cookie is worth; `Unknown` when it brings neither.
///
/// # Errors
/// When the database does not answer.
pub async fn of(office: &Office, headers: &HeaderMap) -> Result<SessionCheck, Error> {
    // A request with a bearer token was not asked where it comes from, so its cookie must not count.
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let token = authorization.to_str().ok().and_then(|value| value.split_once(' '));
        let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
        return match token.and_then(|token| office.keys().session(token, clock::now())) {
            Some(id) => people::session_by_id(office.backend(), id).await,
            None => Ok(SessionCheck::Unknown),
        };
    }
    match office.cookie().token(headers) {
        Some(token) => people::session(office.backend(), token).await,
        None => Ok(SessionCheck::Unknown),
    }
}
