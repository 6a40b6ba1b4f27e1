//! A policy as its form holds it: every field as text, in rows.

use crate::office::entered::small;
use domain::Rejections;
use domain::clients::fields::CADENCE_DAYS;
use domain::lights::{OutcomeDraft, PolicyDraft, TierDraft, VisitTypeDraft};
use serde::{Deserialize, Serialize};

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyForm {
    /// Days between visits.
    #[serde(default)]
    pub cadence_days: String,
    /// Tiers.
    #[serde(default)]
    pub tiers: Vec<TierRow>,
    /// Kinds of visits.
    #[serde(default)]
    pub visit_types: Vec<VisitTypeDraft>,
    /// Outcomes.
    #[serde(default)]
    pub outcomes: Vec<OutcomeDraft>,
}

/// A tier as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRow {
    /// Its code until now; empty for a new one.
    #[serde(default)]
    pub was: String,
    /// Its code.
    #[serde(default)]
    pub code: String,
    /// Days between visits.
    #[serde(default)]
    pub cadence_days: String,
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
