//! Tokens for programs: a session, and refresh tokens of which each is good once. The short-lived bearer token itself is made by the server.

use super::password::{hash_of, hex, new_token};
use super::session::{SignedIn, authenticate, begin};
use super::sql;
use crate::db::{Beside, Tx};
use crate::{Backend, Error, company};
use domain::Instant;
use domain::calendar::DAY_MS;
use domain::ids::UserId;
use domain::people::Caller;
use uuid::Uuid;

/// How long a refresh token is good, in days.
pub const REFRESH_DAYS: i64 = 7;

/// What a program gets for a password or a refresh token.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Who, and the session to put into the bearer token.
    pub signed_in: SignedIn,
    /// For the next time, once.
    pub refresh_token: String,
    /// Until when that is good.
    pub refresh_expires_at: Instant,
}

/// Signs a program in.
///
/// # Errors
/// As [`super::sign_in`].
pub async fn issue_tokens(backend: &Backend, email: &str, password: &str) -> Result<Tokens, Error> {
    let caller = authenticate(backend, email, password).await?;
    let (token, hash) = new_token();
    let id = crate::new_id();
    let asked = (hash, caller.user);
    let refresh_expires_at = backend.write(Vec::new(), asked, move |tx, (hash, user)| Box::pin(issue_in(tx, id, *user, hash))).await?;
    Ok(Tokens { signed_in: SignedIn { caller, session: id }, refresh_token: token, refresh_expires_at })
}

async fn issue_in(tx: &mut Tx, id: Uuid, user: UserId, hash: &str) -> Result<Instant, Error> {
    let expires = begin(tx, (id, user), None, Some("api"), REFRESH_DAYS).await?;
    let now = tx.machine();
    sql::insert_refresh(tx.write(), hash, id, (now, expires)).await?;
    Ok(expires)
}

/// Gives a new refresh token for one that was not used yet. One that was used is taken for stolen: its session ends.
///
/// # Errors
/// `Rejected` when it is not good (any more).
pub async fn refresh(backend: &Backend, refresh_token: &str) -> Result<Tokens, Error> {
    let (token, hash) = new_token();
    let asked = (hash_of(refresh_token), hash);
    match backend.write(Vec::new(), asked, |tx, (used, next)| Box::pin(rotate(tx, used, next))).await? {
        Some((caller, session, refresh_expires_at)) => {
            Ok(Tokens { signed_in: SignedIn { caller, session }, refresh_token: token, refresh_expires_at })
        }
        None => Err(Error::rejected("refreshToken", "expired", "This refresh token was used already or is too old: sign in again.")),
    }
}

async fn rotate(tx: &mut Tx, used: &str, next: &str) -> Result<Option<(Caller, Uuid, Instant)>, Error> {
    let now = tx.machine();
    let Some((session, expires, used_at)) = sql::refresh_token(tx.read(), used).await? else { return Ok(None) };
    if used_at.is_some() {
        sql::end_session(tx.write(), session, now).await?;
        return Ok(None);
    }
    let found = sql::session_by_id(tx.read(), session).await?;
    let Some(Beside(Beside(row, user), _)) = found else { return Ok(None) };
    if expires <= now.0 || row.ended_at.is_some() || user.disabled_at.is_some() {
        return Ok(None);
    }
    let until = Instant(now.0 + REFRESH_DAYS * DAY_MS);
    sql::use_refresh(tx.write(), used, now).await?;
    sql::insert_refresh(tx.write(), next, session, (now, until)).await?;
    sql::prolong_session(tx.write(), session, until).await?;
    Ok(Some((user.caller()?, session, until)))
}

/// The key bearer tokens are signed with: made once per installation, kept in its database.
///
/// # Errors
/// When the database fails.
pub async fn signing_key(backend: &Backend) -> Result<String, Error> {
    let fresh = hex(&crate::random::<32>());
    backend.write(Vec::new(), fresh, |tx, fresh| Box::pin(key_in(tx, fresh))).await
}

async fn key_in(tx: &mut Tx, fresh: &str) -> Result<String, Error> {
    if let Some(kept) = company::sql::secret(tx.read(), SIGNING_KEY).await? {
        return Ok(kept);
    }
    company::sql::insert_secret(tx.write(), SIGNING_KEY, fresh).await?;
    Ok(fresh.to_owned())
}

const SIGNING_KEY: &str = "signing_key";
