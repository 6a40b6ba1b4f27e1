//! The name of one request: taken over from the caller or made here; it stands in the answer's header, in its envelope and in the log.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// Where it travels.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longest one taken over from a caller, in characters.
const LENGTH_MAX: usize = 64;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// Letters, digits and `-_.` only, so that it is safe in a header, in JSON and in a log line.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The caller's own when it is a sound one, otherwise a new one.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers.get(HEADER).filter(|value| is_sound(value.as_bytes())).map_or_else(Self::new, |value| Self(value.clone()))
    }

    /// Unlike every other of this process, and very likely of every other process.
    fn new() -> Self {
        static PROCESS: LazyLock<u32> = LazyLock::new(|| RandomState::new().build_hasher().finish() as u32);
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let text = format!("{:08x}-{:x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed));
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("none")))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// As a header's value.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Runs `work` as part of this request.
    pub async fn during<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }

    /// The request this code works for; `none` outside of any.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or(Self(HeaderValue::from_static("none")))
    }
}

fn is_sound(value: &[u8]) -> bool {
    let letters = |b: &u8| b.is_ascii_alphanumeric() || b"-_.".contains(b);
    (1..=LENGTH_MAX).contains(&value.len()) && value.iter().all(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_id_is_taken_over_and_anything_else_replaced() {
        let with = |value: &'static str| RequestId::of(&HeaderMap::from_iter([(HEADER, HeaderValue::from_static(value))]));
        assert_eq!(with("abc-1.2_3").as_str(), "abc-1.2_3");
        assert_ne!(with("<script>").as_str(), "<script>");
        assert_ne!(with("").as_str(), "");
        assert_ne!(RequestId::of(&HeaderMap::new()).as_str(), RequestId::of(&HeaderMap::new()).as_str());
    }
}
