//! Why a light is what it is, in words.

use super::{CadenceFrom, Light, Policy, Window, amber_days, light, words};
use crate::calendar::Day;

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
    use crate::lights::window;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_light_explains_itself() {
        let policy = Policy::default();
        let last = Some(day("2026-10-10"));
        let facts =
            Facts { last_visit_on: last, last_visit_by: Some("you"), window: window(last, 35), tier: Some("B"), cadence_days: None };
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
