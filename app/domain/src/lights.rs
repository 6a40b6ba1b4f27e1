//! The traffic light: grey never visited, green, amber before it is due, red overdue; and why.
//!
//! The window is written when a visit clears it; the light is today against that window, so that a filter in SQL needs no second rule.

mod explain;
mod load;
mod policy;
mod preview;
mod revise;

pub use explain::{Explanation, Facts, ago, explain};
pub use load::visits_per_day;
pub use policy::{CadenceFrom, Outcome, Policy, Tier, VisitType};
pub use preview::{PolicyPreview, Ruled, hundredths, preview};
pub use revise::{OutcomeDraft, PolicyDraft, Revised, TierDraft, VisitTypeDraft};

use crate::calendar::Day;
use crate::clients::{Stage, Status};
use serde::{Deserialize, Serialize};

/// Whose lights are counted as work to do, on Today and in the preview of a policy: active clients. Prospects and those who are not visited for now have a
/// light on their list all the same.
#[must_use]
pub fn is_counted(stage: Stage, status: Status) -> bool {
    stage == Stage::Client && status == Status::Active
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
    let Some(w) = window else {
        return "never visited".into();
    };
    match (light(today, window), w.due_on.since(today)) {
        (Light::Red, -1) => "1 day over".into(),
        (Light::Red, left) => format!("{} days over", -left),
        (Light::Amber, 0) => "due today".into(),
        (Light::Amber, 1) => "due tomorrow".into(),
        (Light::Amber, left) => format!("due in {left} days"),
        _ => format!("until {}", w.amber_from.plus(-1).short(today)),
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
}
