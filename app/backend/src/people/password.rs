//! Passwords: Argon2id, hashed two at a time off the async threads; one-time links to set one.

use super::sql;
use crate::db::Tx;
use crate::{Backend, Error};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::Instant;
use domain::calendar::MINUTE_MS;
use domain::ids::UserId;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Fewest characters of a password.
pub const PASSWORD_MIN: usize = 10;
/// Most characters of a password.
const PASSWORD_MAX: usize = 200;
/// How long a link to set a password is good, in hours.
pub const LINK_HOURS: i64 = 72;

/// A secret for a person or a device, 32 random bytes in hex, and what is stored of it.
pub(super) fn new_token() -> (String, String) {
    let token = hex(&crate::random::<32>());
    let hash = hash_of(&token);
    (token, hash)
}

/// What is stored of a token.
pub(super) fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

/// Hashes a new password.
pub(super) async fn hash(backend: &Backend, password: &str) -> Result<String, Error> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(Error::rejected("password", "too_short", format!("Choose a password of at least {PASSWORD_MIN} characters.")));
    }
    if length > PASSWORD_MAX {
        return Err(Error::rejected("password", "too_long", format!("Choose a password of at most {PASSWORD_MAX} characters.")));
    }
    let password = password.to_owned();
    let make = move || Argon2::default().hash_password(password.as_bytes()).map(|hash: PasswordHash| hash.to_string());
    off_thread(backend, make).await?.map_err(Error::internal)
}

/// Whether a password is right; as slow when there is no such user.
pub(super) async fn verify(backend: &Backend, password: &str, stored: Option<&str>) -> Result<bool, Error> {
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    let check = move || match stored.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        _ => {
            let nobody: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
            drop(nobody);
            false
        }
    };
    off_thread(backend, check).await
}

async fn off_thread<T: Send + 'static>(backend: &Backend, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = backend.hashing().acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// A one-time token with which this person sets a password; good for [`LINK_HOURS`].
///
/// # Errors
/// `NotFound` when nobody has this address.
pub async fn reset_link(backend: &Backend, email: &str) -> Result<String, Error> {
    let user = sql::user_by_email(&mut backend.read().await?, &super::users::key(email)).await?.ok_or(Error::NotFound)?;
    if user.disabled_at.is_some() {
        let words = "This user is disabled and could not sign in with a new password either.";
        return Err(Error::rejected("email", "disabled", words));
    }
    let caller = user.caller()?;
    let (token, hash) = new_token();
    let asked = (hash, caller.user);
    backend.write(Vec::new(), asked, |tx, (hash, user)| Box::pin(link_in(tx, hash, *user))).await?;
    Ok(token)
}

async fn link_in(tx: &mut Tx, hash: &str, user: UserId) -> Result<(), Error> {
    let now = tx.machine();
    sql::insert_link(tx.write(), hash, user, (now, Instant(now.0 + LINK_HOURS * 60 * MINUTE_MS))).await
}

/// Sets the password of whoever holds the link, once, and ends that person's sessions.
///
/// # Errors
/// `Rejected` when the link is used up or too old, or the password too short.
pub async fn set_password(backend: &Backend, token: &str, password: &str) -> Result<(), Error> {
    let hash = hash(backend, password).await?;
    backend.write(Vec::new(), (hash_of(token), hash), |tx, (link, hash)| Box::pin(set_in(tx, link, hash))).await
}

async fn set_in(tx: &mut Tx, link: &str, hash: &str) -> Result<(), Error> {
    let now = tx.machine();
    let Some(user) = sql::use_link(tx.read(), link, now).await? else {
        return Err(Error::rejected("token", "expired", "This link was used already or is too old: ask for a new one."));
    };
    sql::set_password(tx.write(), user, hash, now).await?;
    sql::end_sessions_of(tx.write(), user, now).await
}
