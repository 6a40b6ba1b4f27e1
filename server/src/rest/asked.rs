//! What every request of a signed-in caller brings: who asks, in which session, under which idempotency key, for which version.

use std::{str::FromStr, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use backend::{Backend, Meta};
use domain::{
    ids::EntryId,
    people::Caller,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::failure::Failure;
use crate::{office::Office, session};

/// Longest `Idempotency-Key`, in bytes.
const KEY_MAX: usize = 200;

/// A signed-in caller's request, its body aside.
#[derive(Debug)]
pub struct Asked {
    office: Arc<Office>,
    /// Who asks.
    pub caller: Caller,
    /// In which session.
    pub session: Uuid,
    key: Option<EntryId>,
    if_match: Option<i64>,
}

impl Asked {
    /// The use cases.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        self.office.backend()
    }

    /// What a writing use case wants to know beside the request.
    #[must_use]
    pub fn meta(&self) -> Meta {
        Meta { key: self.key, if_match: self.if_match, ..Meta::live(self.backend().now()) }
    }

    /// An id for something new: the same one for the same idempotency key.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let now = self.backend().now();
        self.key.map_or_else(|| backend::new_id(now), |key| key.0)
    }
}

impl FromRequestParts<Arc<Office>> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, office: &Arc<Office>) -> Result<Self, Failure> {
        let Some(session) = session::of(office, &parts.headers).await? else { return Err(Failure::session_expired()) };
        let key = idempotency_key(&parts.headers, &session.caller)?;
        let if_match = if_match(&parts.headers)?;
        Ok(Self { office: Arc::clone(office), caller: session.caller, session: session.id, key, if_match })
    }
}

/// Keys of two users never meet: the user's id is part of what is hashed.
fn idempotency_key(headers: &HeaderMap, caller: &Caller) -> Result<Option<EntryId>, Failure> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    if key.is_empty() || key.len() > KEY_MAX {
        let words = format!("Idempotency-Key: write 1 to {KEY_MAX} characters, another for every new request.");
        return Err(Failure::new(StatusCode::BAD_REQUEST, "invalid_idempotency_key", words));
    }
    let digest = Sha256::new().chain_update(caller.user.0).chain_update(key.as_bytes()).finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    Ok(Some(EntryId(uuid::Builder::from_custom_bytes(bytes).into_uuid())))
}

/// The version of `If-Match: "7"`; `*` and no header ask for none.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Failure> {
    let Some(tag) = headers.get(header::IF_MATCH).filter(|tag| *tag != "*") else { return Ok(None) };
    let version = tag.to_str().ok().and_then(|tag| tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    version.map(Some).ok_or_else(|| {
        let words = "If-Match: send back the ETag as it came, for example If-Match: \"7\".";
        Failure::new(StatusCode::BAD_REQUEST, "invalid_if_match", words)
    })
}

/// The id in the address; what is no id is not found.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Failure::not_found())?;
        text.parse().map(Self).map_err(|_| Failure::not_found())
    }
}

/// The other system and the record's id there, from the address.
#[derive(Clone, Debug)]
pub struct External(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for External {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        path.map(|Path((source, id))| Self(source, id)).map_err(|_| Failure::not_found())
    }
}
