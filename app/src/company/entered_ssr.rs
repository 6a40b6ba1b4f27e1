//! Settings and policy as typed into their forms: read where they arrive, or refused under their field.

use super::policy_form::PolicyForm;
use crate::office::entered_ssr::{small, whole};
use domain::Rejections;
use domain::clients::fields::{CADENCE_DAYS, RADIUS_M};
use domain::company::SettingsDraft;
use domain::lights::{PolicyDraft, TierDraft};

/// The settings as typed.
///
/// # Errors
/// What is no number, by field.
pub fn entered(
    name: String,
    time_zone: String,
    currency: String,
    fiscal_start_month: &str,
    radius_m: &str,
) -> Result<SettingsDraft, Rejections> {
    let mut wrong = Rejections::default();
    let month = small(fiscal_start_month, "fiscalStartMonth", "Choose the month the fiscal year starts in.", &mut wrong);
    let words = format!("Check-in radius: enter {} to {} metres.", RADIUS_M.start(), RADIUS_M.end());
    let radius_m = whole(radius_m, "radiusM", *RADIUS_M.end(), &words, &mut wrong);
    wrong.or(SettingsDraft {
        name,
        time_zone,
        currency: currency.to_uppercase(),
        fiscal_start_month: u8::try_from(month).unwrap_or(0),
        radius_m,
    })
}

impl PolicyForm {
    /// What was typed.
    ///
    /// # Errors
    /// What is no number, by field.
    pub fn draft(self) -> Result<PolicyDraft, Rejections> {
        let mut wrong = Rejections::default();
        let words = format!("Days between visits: enter {} to {}.", CADENCE_DAYS.start(), CADENCE_DAYS.end());
        let cadence_days = small(&self.cadence_days, "cadenceDays", &words, &mut wrong);
        let mut tiers = Vec::with_capacity(self.tiers.len());
        for (place, row) in self.tiers.into_iter().enumerate() {
            let field = format!("tiers[{place}].cadenceDays");
            // a row without a name is taken away, whatever else stands in it
            let days = if row.code.trim().is_empty() { 0 } else { small(&row.cadence_days, &field, &words, &mut wrong) };
            tiers.push(TierDraft { was: Some(row.was).filter(|was| !was.is_empty()), code: row.code, cadence_days: days });
        }
        wrong.or(PolicyDraft { cadence_days, tiers, visit_types: self.visit_types, outcomes: self.outcomes })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::company::policy_form::TierRow;

    fn row(code: &str, days: &str) -> TierRow {
        TierRow { was: String::new(), code: code.into(), cadence_days: days.into() }
    }

    #[test]
    fn numbers_are_read_or_refused_under_their_row_and_empty_rows_are_left_alone() {
        let form = PolicyForm { cadence_days: " 28 ".into(), tiers: vec![row("A", "14"), row(" ", "")], ..PolicyForm::default() };
        let draft = form.clone().draft().unwrap();
        assert_eq!((draft.cadence_days, draft.tiers[0].cadence_days, draft.tiers.len()), (28, 14, 2));
        let form = PolicyForm { cadence_days: "monthly".into(), tiers: vec![row("A", "14"), row("B", "1.5")], ..form };
        let fields: Vec<String> = form.draft().unwrap_err().0.into_iter().map(|r| r.field).collect();
        assert_eq!(fields, ["cadenceDays", "tiers[1].cadenceDays"]);
    }
}
