//! What an administrator enters about the company, and the rule it passes.

use super::Company;
use crate::clients::fields::RADIUS_M;
use crate::money::Currency;
use crate::rejection::Rejections;
use crate::text::{self, NAME_MAX};
use serde::{Deserialize, Serialize};

/// Settings as entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsDraft {
    /// For people.
    pub name: String,
    /// The IANA name of the time zone: `Africa/Nairobi`.
    pub time_zone: String,
    /// Three capital letters.
    pub currency: String,
    /// Month in which the fiscal year starts, 1–12.
    pub fiscal_start_month: u8,
    /// Metres around a client within which a check-in passes, where the client does not say otherwise.
    pub radius_m: u32,
}

/// Settings that passed the rule; whether there is such a time zone is for the server to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// For people.
    pub name: String,
    /// A name still to be looked up.
    pub time_zone: String,
    /// Of all amounts.
    pub currency: Currency,
    /// 1–12.
    pub fiscal_start_month: u8,
    /// Metres.
    pub radius_m: u32,
}

impl SettingsDraft {
    /// As the settings stand.
    #[must_use]
    pub fn of(company: &Company) -> Self {
        Self {
            name: company.name.clone(),
            time_zone: company.zone.name.clone(),
            currency: company.currency.code().to_owned(),
            fiscal_start_month: company.fiscal_start_month,
            radius_m: company.policy.radius_m,
        }
    }

    /// The rule.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn settle(self) -> Result<Settled, Rejections> {
        let mut bad = Rejections::default();
        let name = text::required("name", "Name", &self.name, NAME_MAX, &mut bad);
        let time_zone = text::required("timeZone", "Time zone", &self.time_zone, NAME_MAX, &mut bad);
        let currency = Currency::parse(self.currency.trim());
        if currency.is_none() {
            bad.add("currency", "not_a_currency", "Currency: write three capital letters, for example KES.");
        }
        if !(1..=12).contains(&self.fiscal_start_month) {
            bad.add("fiscalStartMonth", "out_of_range", "The fiscal year starts in a month from 1 to 12.");
        }
        if !RADIUS_M.contains(&self.radius_m) {
            bad.add("radiusM", "out_of_range", format!("Check-in radius: enter {} to {} metres.", RADIUS_M.start(), RADIUS_M.end()));
        }
        let Some(currency) = currency else { return Err(bad) };
        bad.or(Settled { name, time_zone, currency, fiscal_start_month: self.fiscal_start_month, radius_m: self.radius_m })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn draft() -> SettingsDraft {
        SettingsDraft {
            name: " Savanna ".into(),
            time_zone: "Africa/Nairobi".into(),
            currency: "KES".into(),
            fiscal_start_month: 7,
            radius_m: 150,
        }
    }

    #[test]
    fn settings_are_refused_field_by_field() {
        assert_eq!(draft().settle().unwrap().name, "Savanna");
        let bad = SettingsDraft { name: String::new(), time_zone: " ".into(), currency: "kes".into(), fiscal_start_month: 13, radius_m: 9 };
        let fields: Vec<String> = bad.settle().unwrap_err().0.into_iter().map(|r| r.field).collect();
        assert_eq!(fields, ["name", "timeZone", "currency", "fiscalStartMonth", "radiusM"]);
    }
}
