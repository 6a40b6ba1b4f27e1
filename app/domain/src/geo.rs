//! Places: positions in micro-degrees, fixes with an accuracy, distances in metres.

use serde::{Deserialize, Serialize};

/// A place in WGS 84, stored as whole micro-degrees so that every engine and the phone hold the same value. `{"lat": -1.29, "lon": 36.82}` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Position {
    /// Latitude × 1,000,000, south negative.
    pub lat_e6: i32,
    /// Longitude × 1,000,000, west negative.
    pub lon_e6: i32,
}

#[derive(Serialize, Deserialize)]
struct Degrees {
    lat: f64,
    lon: f64,
}

impl Position {
    /// `None` outside −90…90 / −180…180, for a non-number, and for 0/0, which is what devices and spreadsheets write when they know nothing.
    #[must_use]
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        let valid = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        let nowhere = lat.abs() < 1e-6 && lon.abs() < 1e-6;
        (valid && !nowhere).then(|| Self { lat_e6: (lat * 1e6).round() as i32, lon_e6: (lon * 1e6).round() as i32 })
    }

    /// Latitude in degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e6) / 1e6
    }

    /// Longitude in degrees.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e6) / 1e6
    }

    /// Great-circle distance in whole metres (haversine, mean Earth radius 6,371,008.8 m, IUGG).
    #[must_use]
    pub fn distance_m(self, other: Self) -> u32 {
        let (p1, p2) = (self.lat().to_radians(), other.lat().to_radians());
        let half = |d: f64| (d / 2.0).sin().powi(2);
        let a = half(p2 - p1) + p1.cos() * p2.cos() * half((other.lon() - self.lon()).to_radians());
        (2.0 * 6_371_008.8 * a.sqrt().min(1.0).asin()).round() as u32
    }

    /// A link that opens turn-by-turn navigation in Google Maps (Maps URLs, `api=1`, `dir`).
    #[must_use]
    pub fn directions_url(self) -> String {
        format!("https://www.google.com/maps/dir/?api=1&destination={},{}", self.lat(), self.lon())
    }
}

impl TryFrom<Degrees> for Position {
    type Error = &'static str;
    fn try_from(d: Degrees) -> Result<Self, Self::Error> {
        Self::from_degrees(d.lat, d.lon).ok_or("latitude is -90 to 90, longitude -180 to 180, and not 0/0")
    }
}

impl From<Position> for Degrees {
    fn from(p: Position) -> Self {
        Self { lat: p.lat(), lon: p.lon() }
    }
}

/// Where a device says it is, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// The place.
    pub position: Position,
    /// Radius of 68 % confidence in metres (Geolocation API).
    pub accuracy_m: u32,
}

impl Fix {
    /// The check-in rule: passes when distance − accuracy ≤ radius. All metres.
    #[must_use]
    pub fn within(self, target: Position, radius_m: u32) -> bool {
        self.position.distance_m(target).saturating_sub(self.accuracy_m) <= radius_m
    }
}

/// `850 m`, `2.1 km`, `31 km`.
#[must_use]
pub fn distance_words(metres: u32) -> String {
    match metres {
        0..=994 => format!("{} m", (metres + 5) / 10 * 10),
        995..=9_949 => format!("{}.{} km", (metres + 50) / 1000, (metres + 50) / 100 % 10),
        _ => format!("{} km", (metres + 500) / 1000),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn nairobi_to_mombasa_is_about_440_kilometres() {
        let nairobi = Position::from_degrees(-1.286389, 36.817223).unwrap();
        let mombasa = Position::from_degrees(-4.043477, 39.668206).unwrap();
        assert!((439_000..442_000).contains(&nairobi.distance_m(mombasa)));
        assert_eq!(nairobi.distance_m(nairobi), 0);
    }

    #[test]
    fn a_check_in_passes_when_the_accuracy_reaches_the_radius() {
        let shop = Position::from_degrees(-1.0, 36.0).unwrap();
        let at = |metres: f64, accuracy_m| Fix { position: Position::from_degrees(-1.0 + metres / 111_195.0, 36.0).unwrap(), accuracy_m };
        assert!(at(149.0, 0).within(shop, 150));
        assert!(!at(152.0, 0).within(shop, 150));
        assert!(at(200.0, 50).within(shop, 150));
        assert!(!at(210.0, 50).within(shop, 150));
    }

    #[test]
    fn zero_zero_and_the_impossible_are_no_place() {
        assert_eq!(Position::from_degrees(0.0, 0.0), None);
        assert_eq!(Position::from_degrees(91.0, 0.0), None);
        assert_eq!(Position::from_degrees(f64::NAN, 1.0), None);
        assert!(Position::from_degrees(0.0, 36.0).is_some());
    }

    #[test]
    fn distances_read_well() {
        for (m, want) in [
            (4, "0 m"),
            (847, "850 m"),
            (994, "990 m"),
            (995, "1.0 km"),
            (2_149, "2.1 km"),
            (9_949, "9.9 km"),
            (9_950, "10 km"),
            (31_400, "31 km"),
        ] {
            assert_eq!(distance_words(m), want);
        }
    }
}
