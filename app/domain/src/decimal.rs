//! Exact decimals for amounts as typed in files: read without a guess, multiplied without a float, rounded once.

use serde::{Deserialize, Serialize};

/// Most digits after the point that are kept exactly.
pub const SCALE_MAX: u32 = 12;

/// `unscaled ÷ 10^scale`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    unscaled: i128,
    scale: u32,
}

/// How numbers are written in a file. Only what it names is understood: money is never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notation {
    /// Between whole and part: `.` or `,`.
    pub decimal: char,
    /// Between thousands, when there is one.
    pub group: Option<char>,
    /// `(12.00)` means −12.00.
    pub parentheses: bool,
    /// What may stand before or after the number: `KES`.
    pub unit: Option<String>,
}

impl Default for Notation {
    fn default() -> Self {
        Self { decimal: '.', group: None, parentheses: false, unit: None }
    }
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// Nothing stands there.
    Empty,
    /// A sign the notation does not name.
    Sign(char),
    /// Thousands that are not groups of three.
    Groups,
    /// More digits than can be kept.
    TooLong,
}

impl NotANumber {
    /// Whether it may be one where numbers are written otherwise.
    #[must_use]
    pub fn is_of_notation(self) -> bool {
        matches!(self, Self::Groups | Self::Sign(',' | '.')) || matches!(self, Self::Sign(c) if c.is_whitespace())
    }

    /// For people: what to do.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Empty => "Fill the number in.".into(),
            Self::Sign(',') => {
                "A comma stands in the number: say how numbers are written, with it between thousands or before decimals (in a mapping file: group = \",\" or decimal = \",\").".into()
            }
            Self::Sign(c) if c.is_whitespace() => {
                "A blank stands in the number: say how numbers are written if it separates thousands (in a mapping file: group = \" \").".into()
            }
            Self::Sign('(') => {
                "Brackets stand around the number: say if numbers in brackets mean minus (in a mapping file: parentheses = true).".into()
            }
            Self::Sign('.') => {
                "A point stands where none is looked for: correct it, or say how numbers are written (in a mapping file: decimal = \".\" or group = \".\").".into()
            }
            Self::Sign(c @ ('-' | '−' | '+')) => format!("“{c}” stands where no sign is looked for: correct the number."),
            Self::Sign(c) => {
                format!("“{c}” is no part of a number: correct it, or say what stands before or after a number (in a mapping file: unit).")
            }
            Self::Groups => {
                "The thousands are not groups of three digits: correct it, or say how numbers are written (in a mapping file: decimal and group)."
                    .into()
            }
            Self::TooLong => "The number has more digits than can be kept exactly.".into(),
        }
    }
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self { unscaled: value.into(), scale: 0 }
    }

    /// An amount in minor units of a currency with `digits` decimals.
    #[must_use]
    pub fn minor(value: i64, digits: u32) -> Self {
        Self { unscaled: value.into(), scale: digits }
    }

    /// Reads a number as `notation` writes them.
    ///
    /// # Errors
    /// What cannot be read, and why.
    pub fn parse(text: &str, notation: &Notation) -> Result<Self, NotANumber> {
        let mut text = text.trim();
        let mut sign = None;
        let mut bracketed = false;
        // a unit, brackets and a sign stand around the number in any order: KES (12), (KES 12)
        for _ in 0..3 {
            if let Some(unit) = notation.unit.as_deref().filter(|unit| !unit.is_empty()) {
                text = text.strip_prefix(unit).or_else(|| text.strip_suffix(unit)).unwrap_or(text).trim();
            }
            let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
            if let (true, false, Some(inner)) = (notation.parentheses, bracketed, inner) {
                if let Some(other) = sign.replace('-') {
                    return Err(NotANumber::Sign(other));
                }
                (bracketed, text) = (true, inner.trim());
            }
            if let Some(found) = text.chars().next().filter(|c| ['-', '−', '+'].contains(c)) {
                if sign.replace(found).is_some() {
                    return Err(NotANumber::Sign(found));
                }
                text = text.get(found.len_utf8()..).unwrap_or_default().trim_start();
            }
        }
        let value = digits(text, notation)?;
        Ok(if sign.is_some_and(|sign| sign != '+') { value.negated() } else { value })
    }

    /// Reads the value of a number cell, written plainly: kept to as many decimals as are kept exactly, since such a value is binary and no longer one.
    ///
    /// # Errors
    /// What is no number, or has more digits than can be kept.
    pub fn nearest(text: &str) -> Result<Self, NotANumber> {
        let plain = Notation::default();
        match text.split_once('.') {
            Some((whole, part)) if part.len() > SCALE_MAX as usize && part.bytes().all(|b| b.is_ascii_digit()) => {
                let long = i128::from(part.as_bytes()[SCALE_MAX as usize] >= b'5');
                let cut = Self::parse(&[whole, ".", &part[..SCALE_MAX as usize]].concat(), &plain)?;
                let last = Self { unscaled: if whole.starts_with('-') { -long } else { long }, scale: SCALE_MAX };
                cut.plus(last).map(Self::short).ok_or(NotANumber::TooLong)
            }
            _ => Self::parse(text, &plain),
        }
    }

    /// x × y to as many decimals as are kept, half away from zero; `None` when it does not fit.
    #[must_use]
    pub fn times_nearest(self, other: Self) -> Option<Self> {
        let product = Self { unscaled: self.unscaled.checked_mul(other.unscaled)?, scale: self.scale + other.scale }.short();
        let over = product.scale.saturating_sub(SCALE_MAX);
        let by = 10_i128.checked_pow(over)?;
        let (whole, rest) = (product.unscaled / by, (product.unscaled % by).abs());
        let away = if over > 0 && rest * 2 >= by { product.unscaled.signum() } else { 0 };
        Some(Self { unscaled: whole + away, scale: product.scale - over }.short())
    }

    /// −x.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { unscaled: -self.unscaled, scale: self.scale }
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.unscaled < 0
    }

    /// Whether it is nought.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.unscaled == 0
    }

    /// x + y; `None` when it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Some(Self { unscaled: self.at(scale)?.checked_add(other.at(scale)?)?, scale })
    }

    /// x × y; `None` when it does not fit or has more decimals than are kept.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = Self { unscaled: self.unscaled.checked_mul(other.unscaled)?, scale: self.scale + other.scale }.short();
        (product.scale <= SCALE_MAX).then_some(product)
    }

    /// 1 − x: what a discount leaves.
    #[must_use]
    pub fn complement(self) -> Option<Self> {
        Self::whole(1).plus(self.negated())
    }

    /// In units of 10^−`digits`, half away from zero; `None` when it does not fit.
    #[must_use]
    pub fn rounded(self, digits: u32) -> Option<i64> {
        if self.scale <= digits {
            return self.at(digits)?.try_into().ok();
        }
        let by = 10_i128.checked_pow(self.scale - digits)?;
        let (whole, rest) = (self.unscaled / by, (self.unscaled % by).abs());
        let away = if rest * 2 >= by { self.unscaled.signum() } else { 0 };
        (whole + away).try_into().ok()
    }

    /// With at least so many decimals and no needless noughts after them: `22.67`, `9747747.934`.
    #[must_use]
    pub fn written(self, digits: u32) -> String {
        let short = self.short();
        let unscaled = short.at(digits.max(short.scale));
        unscaled.map_or(short, |unscaled| Self { unscaled, scale: digits.max(short.scale) }).to_string()
    }

    fn at(self, scale: u32) -> Option<i128> {
        self.unscaled.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    /// The same without needless noughts at its end.
    fn short(mut self) -> Self {
        while self.scale > 0 && self.unscaled % 10 == 0 {
            self.unscaled /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.short(), other.short());
        (a.unscaled, a.scale) == (b.unscaled, b.scale)
    }
}

impl Eq for Decimal {}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let by = 10_u128.pow(self.scale);
        let (whole, part) = (self.unscaled.unsigned_abs() / by, self.unscaled.unsigned_abs() % by);
        let sign = if self.unscaled < 0 { "-" } else { "" };
        if self.scale == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{part:0width$}", width = self.scale as usize) }
    }
}

/// Digits, with groups and a decimal sign where the notation has them.
fn digits(text: &str, notation: &Notation) -> Result<Decimal, NotANumber> {
    let (mut unscaled, mut scale, mut seen) = (0_i128, None::<u32>, 0_u32);
    let mut group: Option<u32> = None;
    for (at, c) in text.char_indices() {
        if let Some(digit) = c.to_digit(10) {
            unscaled = unscaled.checked_mul(10).and_then(|u| u.checked_add(digit.into())).ok_or(NotANumber::TooLong)?;
            seen += 1;
            match &mut scale {
                Some(scale) => *scale += 1,
                None => group = group.map(|n| n + 1),
            }
        } else if c == notation.decimal && scale.is_none() {
            scale = Some(0);
        } else if Some(c) == notation.group && scale.is_none() {
            if group.map_or(!(1..=3).contains(&seen), |n| n != 3) {
                return Err(NotANumber::Groups);
            }
            group = Some(0);
        } else {
            // what stands behind a blank says more than the blank
            let next = text.get(at..).and_then(|rest| rest.chars().find(|c| !c.is_whitespace()));
            return Err(NotANumber::Sign(next.filter(|next| c.is_whitespace() && !next.is_ascii_digit()).unwrap_or(c)));
        }
    }
    match (seen, group) {
        (0, _) => Err(NotANumber::Empty),
        (_, Some(n)) if n != 3 => Err(NotANumber::Groups),
        _ => {
            let exact = Decimal { unscaled, scale: scale.unwrap_or(0) }.short();
            if exact.scale > SCALE_MAX || seen > 30 { Err(NotANumber::TooLong) } else { Ok(exact) }
        }
    }
}

#[cfg(test)]
mod tests;
