//! What every request is answered with: the backend, the keys of tokens and cookies, and how browsers reach us.

use backend::Backend;

use crate::{
    config::{Config, Origin},
    cookie::SessionCookie,
    token::Keys,
};

/// Shared by all requests.
pub struct Office {
    backend: Backend,
    keys: Keys,
    public_url: Option<Origin>,
    origin: Origin,
}

impl Office {
    /// Opens with the keys the database keeps.
    ///
    /// # Errors
    /// When the keys cannot be read.
    pub async fn open(backend: Backend, config: &Config) -> Result<Self, backend::Error> {
        let keys = Keys::new(backend::people::signing_key(&backend).await?.as_bytes());
        Ok(Self { backend, keys, public_url: config.public_url.clone(), origin: config.origin() })
    }

    /// The use cases.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// Keys of bearer tokens.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The origin configured, if one is.
    #[must_use]
    pub fn public_url(&self) -> Option<&Origin> {
        self.public_url.as_ref()
    }

    /// What people type into the browser.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The session cookie as browsers get it.
    #[must_use]
    pub fn cookie(&self) -> SessionCookie {
        SessionCookie::new(self.origin.is_secure())
    }
}
