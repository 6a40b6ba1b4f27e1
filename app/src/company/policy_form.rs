//! A policy as its form holds it: every field as text, in rows.

use domain::lights::{OutcomeDraft, VisitTypeDraft};
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
