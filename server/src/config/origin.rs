//! The address people type into the browser: scheme and authority, nothing behind.

use std::{fmt, net::SocketAddr};

/// `https://crm.example.com`, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Reads `http(s)://host[:port]`, a slash at the end allowed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
        plain.then(|| Self(text.clone()))
    }

    /// `http://127.0.0.1:3000`.
    #[must_use]
    pub fn of_address(addr: SocketAddr) -> Self {
        Self(format!("http://{addr}"))
    }

    /// Whether browsers reach us over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// `scheme://authority`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_a_scheme_a_host_and_no_path() {
        for (text, good) in [
            ("https://crm.example.com", true),
            ("https://crm.example.com/", true),
            ("http://10.0.0.5:8080", true),
            ("https://crm.example.com/app", false),
            ("crm.example.com", false),
            ("https://", false),
            ("ftp://x", false),
        ] {
            assert_eq!(Origin::parse(text).is_some(), good, "{text}");
        }
    }
}
