//! The traffic light: grey never visited, green, amber before it is due, red overdue; and why.
//!
//! The window is written when a visit clears it; the light is today against that window, so that a filter in SQL needs no second rule.

use crate::calendar::Day;
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

/// From when a client is amber, and the last day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    /// First amber day.
    pub amber_from: Day,
    /// Last amber day; red from the next.
    pub due_on: Day,
}

/// Days before the due day in which the light is amber: 14, or 20 % of the cadence rounded up where that is shorter.
#[must_use]
pub fn amber_days(cadence_days: u16) -> i32 {
    i32::from(cadence_days).saturating_mul(20).div_euclid(100).saturating_add(i32::from(!cadence_days.is_multiple_of(5))).min(14)
}

/// The window after a visit on `last`; none without one.
#[must_use]
pub fn window(last: Option<Day>, cadence_days: u16) -> Option<Window> {
    let due_on = last?.plus(i32::from(cadence_days));
    Some(Window { amber_from: due_on.plus(-amber_days(cadence_days)), due_on })
}

/// The light itself, in order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Light {
    /// Overdue.
    Red,
    /// Due soon.
    Amber,
    /// Visited in time.
    Green,
    /// Never visited.
    Grey,
}

impl Light {
    /// All four, most urgent first.
    pub const ALL: [Self; 4] = [Self::Red, Self::Amber, Self::Green, Self::Grey];

    /// In URLs, JSON and class names.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Grey => "grey",
        }
    }

    /// For people: `Overdue`, `Due soon`, `On time`, `Never visited`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Red => "Overdue",
            Self::Amber => "Due soon",
            Self::Green => "On time",
            Self::Grey => "Never visited",
        }
    }

    /// From [`Light::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }
}

/// Today against a window: green < `amber_from` ≤ amber ≤ `due_on` < red.
#[must_use]
pub fn light(today: Day, window: Option<Window>) -> Light {
    match window {
        None => Light::Grey,
        Some(w) if today > w.due_on => Light::Red,
        Some(w) if today >= w.amber_from => Light::Amber,
        Some(_) => Light::Green,
    }
}

/// The light's words, which say when: `6 days over`, `due in 3 days`, `until 18 Dec`, `never visited`.
#[must_use]
pub fn words(today: Day, window: Option<Window>) -> String {
    let Some(w) = window else { return "never visited".into() };
    match (light(today, window), w.due_on.since(today)) {
        (Light::Red, -1) => "1 day over".into(),
        (Light::Red, left) => format!("{} days over", -left),
        (Light::Amber, 0) => "due today".into(),
        (Light::Amber, 1) => "due tomorrow".into(),
        (Light::Amber, left) => format!("due in {left} days"),
        _ => format!("until {}", w.amber_from.plus(-1).short(today)),
    }
}

/// Why a light is what it is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The light.
    pub light: Light,
    /// `Red: 6 days over`.
    pub headline: String,
    /// Last visit, rule, the day it changes, what clears it.
    pub detail: String,
}

/// What an explanation needs to know about a client.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Last clearing visit.
    pub last_visit_on: Option<Day>,
    /// Who made it.
    pub last_visit_by: Option<&'a str>,
    /// The stored window.
    pub window: Option<Window>,
    /// The client's tier.
    pub tier: Option<&'a str>,
    /// The client's own cadence.
    pub cadence_days: Option<u16>,
}

/// Explains a client's light as of `today`.
#[must_use]
pub fn explain(today: Day, facts: Facts<'_>, policy: &Policy) -> Explanation {
    let (days, from) = policy.cadence(facts.tier, facts.cadence_days);
    let light = light(today, facts.window);
    let rule = match (from, facts.tier) {
        (CadenceFrom::Tier, Some(tier)) => format!("Tier {tier} is due every {days} days"),
        (CadenceFrom::Client, _) => format!("This one is due every {days} days"),
        _ => format!("Everyone without a tier is due every {days} days"),
    };
    let clears = format!("A completed visit today keeps it green until {}.", cleared_until(today, days).long(today));
    let detail = match (facts.last_visit_on, facts.window) {
        (Some(last), Some(w)) => {
            let by = facts.last_visit_by.map(|name| format!(" by {name}")).unwrap_or_default();
            let when = match light {
                Light::Red => format!("amber from {}, red since {}", w.amber_from.long(today), w.due_on.plus(1).long(today)),
                Light::Amber => format!("amber since {}, red from {}", w.amber_from.long(today), w.due_on.plus(1).long(today)),
                _ => format!("amber from {}, red from {}", w.amber_from.long(today), w.due_on.plus(1).long(today)),
            };
            format!("Last visit {}{by}, {}. {rule}: {when}. {clears}", last.long(today), ago(today.since(last)))
        }
        _ => format!("No completed visit yet. {rule}. {clears}"),
    };
    let name = match light {
        Light::Red => "Red",
        Light::Amber => "Amber",
        Light::Green => "Green",
        Light::Grey => "Grey",
    };
    Explanation { light, headline: format!("{name}: {}", words(today, facts.window)), detail }
}

/// The last day before amber after a visit today.
fn cleared_until(today: Day, cadence_days: u16) -> Day {
    today.plus(i32::from(cadence_days) - amber_days(cadence_days) - 1)
}

/// `today`, `yesterday`, `41 days ago`.
#[must_use]
pub fn ago(days: i32) -> String {
    match days {
        0 => "today".into(),
        1 => "yesterday".into(),
        n if n < 0 => format!("in {} days", -n),
        n => format!("{n} days ago"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn amber_is_a_fifth_of_the_cadence_rounded_up_and_never_more_than_a_fortnight() {
        for (cadence, want) in [(1, 1), (5, 1), (6, 2), (7, 2), (21, 5), (35, 7), (63, 13), (70, 14), (71, 14), (365, 14)] {
            assert_eq!(amber_days(cadence), want, "cadence {cadence}");
        }
    }

    #[test]
    fn a_client_last_seen_on_10_october_at_35_days_goes_amber_on_the_7th_and_red_on_the_15th_of_november() {
        let w = window(Some(day("2026-10-10")), 35);
        for (today, want, says) in [
            ("2026-11-01", Light::Green, "until 6 Nov"),
            ("2026-11-07", Light::Amber, "due in 7 days"),
            ("2026-11-13", Light::Amber, "due tomorrow"),
            ("2026-11-14", Light::Amber, "due today"),
            ("2026-11-15", Light::Red, "1 day over"),
            ("2026-11-20", Light::Red, "6 days over"),
        ] {
            assert_eq!(light(day(today), w), want, "{today}");
            assert_eq!(words(day(today), w), says);
        }
        assert_eq!(light(day("2026-11-20"), None), Light::Grey);
    }

    #[test]
    fn a_light_explains_itself() {
        let policy = Policy::default();
        let last = Some(day("2026-10-10"));
        let facts = Facts { last_visit_on: last, last_visit_by: Some("you"), window: window(last, 35), tier: Some("B"), cadence_days: None };
        let why = explain(day("2026-11-20"), facts, &policy);
        assert_eq!(why.headline, "Red: 6 days over");
        assert_eq!(
            why.detail,
            "Last visit 10 October by you, 41 days ago. Tier B is due every 35 days: amber from 7 November, red since 15 November. \
             A completed visit today keeps it green until 17 December."
        );
        let own = Facts { cadence_days: Some(10), last_visit_on: None, window: None, ..facts };
        assert!(explain(day("2026-11-20"), own, &policy).detail.starts_with("No completed visit yet. This one is due every 10 days."));
    }
}
