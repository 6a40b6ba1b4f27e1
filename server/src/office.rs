//! What every request is answered with: the backend, the keys of tokens and cookies, and how browsers reach us.

use std::sync::Arc;

use app::diagnostics_ssr::Requests;
use backend::Backend;

use crate::{
    config::{Config, Origin},
    cookie::SessionCookie,
    streams::Streams,
    token::Keys,
    vitals::Vitals,
};

/// Shared by all requests.
pub struct Office {
    backend: Backend,
    keys: Keys,
    public_url: Option<Origin>,
    origin: Origin,
    metrics_token: Option<String>,
    vitals: Vitals,
    streams: Arc<Streams>,
}

impl Office {
    /// Opens with the keys the database keeps.
    ///
    /// # Errors
    /// When the keys cannot be read.
    pub async fn open(backend: Backend, config: &Config) -> Result<Self, backend::Error> {
        let keys = Keys::new(backend::people::signing_key(&backend).await?.as_bytes());
        Ok(Self {
            backend,
            keys,
            public_url: config.public_url.clone(),
            origin: config.origin(),
            metrics_token: config.metrics_token.clone(),
            vitals: Vitals::default(),
            streams: Arc::default(),
        })
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

    /// What lets somebody from outside read the metrics, if anything does.
    #[must_use]
    pub fn metrics_token(&self) -> Option<&str> {
        self.metrics_token.as_deref()
    }

    /// What requests came.
    #[must_use]
    pub fn vitals(&self) -> &Vitals {
        &self.vitals
    }

    /// The open streams.
    #[must_use]
    pub fn streams(&self) -> &Arc<Streams> {
        &self.streams
    }

    /// The process and its requests, for people.
    #[must_use]
    pub fn requests(&self) -> Requests {
        Requests { live_streams: self.streams.count(), ..self.vitals.requests() }
    }

    /// The session cookie as browsers get it.
    #[must_use]
    pub fn cookie(&self) -> SessionCookie {
        SessionCookie::new(self.origin.is_secure())
    }
}
