//! What the company decides about visits: how often, of which kinds, with which outcomes.

use serde::{Deserialize, Serialize};

/// When visits are due and what a visit may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// Days between visits where neither tier nor client says otherwise.
    pub cadence_days: u16,
    /// Metres around a client within which a check-in passes, where the client does not say otherwise.
    pub radius_m: u32,
    /// Tiers with a cadence of their own.
    pub tiers: Vec<Tier>,
    /// Kinds of visits.
    pub visit_types: Vec<VisitType>,
    /// What a visit may come to.
    pub outcomes: Vec<Outcome>,
}

/// A tier of clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tier {
    /// Short: `A`.
    pub code: String,
    /// Days between visits.
    pub cadence_days: u16,
}

/// A kind of visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitType {
    /// Stable: `sales`.
    pub code: String,
    /// For people.
    pub name: String,
    /// Whether a completed visit of this kind turns the light green.
    pub clears: bool,
}

/// What a visit came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Stable: `order`.
    pub code: String,
    /// For people.
    pub name: String,
}

impl Default for Policy {
    /// 35 days, 150 m, tiers A 21 · B 35 · C 63 and the common kinds of visits.
    fn default() -> Self {
        let tier = |code: &str, cadence_days| Tier { code: code.into(), cadence_days };
        let kind = |code: &str, name: &str, clears| VisitType { code: code.into(), name: name.into(), clears };
        let outcome = |code: &str, name: &str| Outcome { code: code.into(), name: name.into() };
        Self {
            cadence_days: 35,
            radius_m: 150,
            tiers: vec![tier("A", 21), tier("B", 35), tier("C", 63)],
            visit_types: vec![
                kind("sales", "Sales visit", true),
                kind("demo", "Demonstration", true),
                kind("service", "Service visit", true),
                kind("delivery", "Delivery", false),
                kind("collection", "Collection", false),
            ],
            outcomes: vec![
                outcome("order", "Order taken"),
                outcome("quote", "Quote asked for"),
                outcome("follow_up", "Follow-up agreed"),
                outcome("no_interest", "No interest now"),
                outcome("not_there", "Nobody there"),
                outcome("done", "Work done"),
            ],
        }
    }
}

impl Policy {
    /// Whether completing a visit of this kind clears the light; kinds the policy no longer knows do.
    #[must_use]
    pub fn clears(&self, kind: &str) -> bool {
        self.visit_types.iter().find(|t| t.code == kind).is_none_or(|t| t.clears)
    }

    /// A kind's name; its code when the policy does not know it.
    #[must_use]
    pub fn kind_name<'a>(&'a self, kind: &'a str) -> &'a str {
        self.visit_types.iter().find(|t| t.code == kind).map_or(kind, |t| &t.name)
    }

    /// An outcome's name; its code when the policy does not know it.
    #[must_use]
    pub fn outcome_name<'a>(&'a self, outcome: &'a str) -> &'a str {
        self.outcomes.iter().find(|o| o.code == outcome).map_or(outcome, |o| &o.name)
    }

    /// Days between visits and where that number comes from.
    #[must_use]
    pub fn cadence(&self, tier: Option<&str>, own_days: Option<u16>) -> (u16, CadenceFrom) {
        if let Some(days) = own_days {
            return (days, CadenceFrom::Client);
        }
        let tier = tier.and_then(|code| self.tiers.iter().find(|t| t.code == code));
        tier.map_or((self.cadence_days, CadenceFrom::Company), |t| (t.cadence_days, CadenceFrom::Tier))
    }
}

/// What set a cadence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CadenceFrom {
    /// The client itself.
    Client,
    /// Its tier.
    Tier,
    /// The company's default.
    Company,
}
