//! Money: whole minor units and a currency, never a float.

use serde::{Deserialize, Serialize};

/// An amount, `{"minor": 12345, "currency": "KES"}` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents, pence.
    pub minor: i64,
    /// ISO 4217.
    pub currency: Currency,
}

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// `None` unless it is three capital ASCII letters.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// `KES`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a currency is three capital letters, for example KES"))
    }
}

impl Money {
    /// The sum, when currencies agree and it fits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, currency: self.currency })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_two_currencies_do_not_add_and_nothing_overflows() {
        let kes = |minor| Money { minor, currency: Currency(*b"KES") };
        assert_eq!(kes(100).plus(kes(-30)), Some(kes(70)));
        assert_eq!(kes(1).plus(Money { minor: 1, currency: Currency(*b"GBP") }), None);
        assert_eq!(kes(i64::MAX).plus(kes(1)), None);
        assert_eq!(Currency::parse("kes"), None);
    }
}
