//! What the device tells: its clock, its place, fresh identities.

use super::browser;
use domain::Instant;
use domain::geo::{Fix, Position};
use js_sys::Float64Array;
use uuid::Uuid;

const POSITION_TIMEOUT_MS: u32 = 10_000;

/// Why the device gave no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionError {
    /// The person or the browser refused it.
    Denied,
    /// The device cannot tell where it is.
    Unavailable,
    /// No answer within ten seconds.
    Timeout,
}

/// The clock of the machine this runs on, phone or server.
pub fn now() -> Instant {
    if cfg!(target_arch = "wasm32") {
        return Instant(js_sys::Date::now() as i64);
    }
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Instant(since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
}

/// A new UUIDv7.
pub fn new_id() -> Uuid {
    let mut random = [0; 10];
    browser::random(&mut random);
    domain::ids::v7(now(), random)
}

/// Where the device is.
pub async fn position() -> Result<Fix, PositionError> {
    let found = browser::position(POSITION_TIMEOUT_MS).await.map_err(|code| match code.as_f64() {
        Some(1.0) => PositionError::Denied,
        Some(3.0) => PositionError::Timeout,
        _ => PositionError::Unavailable,
    })?;
    let [lat, lon, accuracy] = Float64Array::from(found).to_vec()[..] else { return Err(PositionError::Unavailable) };
    let position = Position::from_degrees(lat, lon).ok_or(PositionError::Unavailable)?;
    Ok(Fix { position, accuracy_m: accuracy.ceil() as u32 })
}
