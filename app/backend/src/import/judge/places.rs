//! Reading a pair of coordinates: a place, or why there is none.

use crate::import::tally::Placeless;
use domain::geo::Position;
use intake::clean;

/// The place two cells name.
pub fn read(lat: &str, lon: &str) -> Result<Position, Placeless> {
    if lat.is_empty() && lon.is_empty() {
        return Err(Placeless::Empty);
    }
    let (Some(lat), Some(lon)) = (clean::decimal(lat), clean::decimal(lon)) else {
        return Err(if lat.is_empty() || lon.is_empty() { Placeless::Empty } else { Placeless::NotNumbers });
    };
    let zero = lat.abs() < 1e-6 && lon.abs() < 1e-6;
    Position::from_degrees(lat, lon).ok_or(if zero { Placeless::Zero } else { Placeless::OutOfRange })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_a_place_or_says_why_not() {
        for (lat, lon, want) in [
            ("-1.29", "36.82", None),
            ("-1,29", "36,82", None),
            ("0", "36.8", None),
            ("", "", Some(Placeless::Empty)),
            ("1.2", "", Some(Placeless::Empty)),
            ("0", "0.0", Some(Placeless::Zero)),
            ("91", "0", Some(Placeless::OutOfRange)),
            ("north", "36", Some(Placeless::NotNumbers)),
        ] {
            assert_eq!(read(lat, lon).err(), want, "{lat} {lon}");
        }
    }
}
