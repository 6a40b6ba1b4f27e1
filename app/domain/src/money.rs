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

    /// Decimals of the minor unit (ISO 4217, list one).
    #[must_use]
    pub fn digits(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV"
            | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// An amount in words: `KES 1,234.50`, with the minor unit only where there is one and `−` in front of what is owed.
    #[must_use]
    pub fn words(&self, minor: i64) -> String {
        let unit = 10_u64.pow(self.digits());
        let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        let sign = if minor < 0 { "−" } else { "" };
        let whole = grouped(whole);
        if part == 0 {
            return [self.code(), " ", sign, &whole].concat();
        }
        let part = part.to_string();
        let noughts = "000".get(..(self.digits() as usize).saturating_sub(part.len())).unwrap_or_default();
        [self.code(), " ", sign, &whole, ".", noughts, &part].concat()
    }

    /// An amount rounded to the whole unit: `KES 1,235`.
    #[must_use]
    pub fn whole(&self, minor: i64) -> String {
        let unit = 10_i64.pow(self.digits());
        let rest = (minor % unit).abs();
        let away = if rest * 2 >= unit { minor.signum() } else { 0 };
        self.words((minor / unit + away) * unit)
    }

    /// `KES`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

/// `1,234,567`
#[must_use]
pub fn grouped(number: u64) -> String {
    // twenty digits and six commas, from the end
    let (mut text, mut at, mut left, mut digits) = ([b','; 26], 26, number, 0);
    while left > 0 || digits == 0 {
        at -= if digits > 0 && digits % 3 == 0 { 2 } else { 1 };
        text[at] = b'0' + (left % 10) as u8;
        (left, digits) = (left / 10, digits + 1);
    }
    std::str::from_utf8(&text[at..]).unwrap_or_default().to_owned()
}

/// A part of a whole in hundredths of a percent, half away from zero. The whole is not nought.
#[must_use]
pub fn basis_points(part: i64, whole: i64) -> i64 {
    let (scaled, by) = (i128::from(part) * 10_000, i128::from(whole));
    let (whole, rest) = (scaled / by, scaled % by);
    let away = if rest.abs() * 2 >= by.abs() { rest.signum() * by.signum() } else { 0 };
    i64::try_from(whole + away).unwrap_or(i64::MAX)
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
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn amounts_of_two_currencies_do_not_add_and_nothing_overflows() {
        let kes = |minor| Money { minor, currency: Currency(*b"KES") };
        assert_eq!(kes(100).plus(kes(-30)), Some(kes(70)));
        assert_eq!(kes(1).plus(Money { minor: 1, currency: Currency(*b"GBP") }), None);
        assert_eq!(kes(i64::MAX).plus(kes(1)), None);
        assert_eq!(Currency::parse("kes"), None);
    }

    #[test]
    fn amounts_are_written_in_the_currencys_own_decimals() {
        let of = |code: &str| Currency::parse(code).unwrap();
        assert_eq!(of("KES").words(-123_456_705), "KES −1,234,567.05");
        assert_eq!(of("KES").words(100), "KES 1");
        assert_eq!((of("UGX").words(1_500), of("KWD").words(1_005)), ("UGX 1,500".into(), "KWD 1.005".into()));
        assert_eq!((of("KES").whole(149), of("KES").whole(-150)), ("KES 1".into(), "KES −2".into()));
    }
}
