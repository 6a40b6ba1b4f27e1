//! A policy as entered anew, and the rule it passes.

use super::{Outcome, Policy, Tier, VisitType};
use crate::clients::fields::CADENCE_DAYS;
use crate::fold::fold;
use crate::rejection::Rejections;
use crate::text::{self, WORD_MAX};
use serde::{Deserialize, Serialize};

/// Most tiers.
const TIERS_MAX: usize = 12;
/// Longest tier, in characters.
const TIER_MAX: usize = 20;
/// Most kinds of visits, most outcomes.
const KINDS_MAX: usize = 30;

/// What an administrator enters. Rows without a name are left out: so a row is taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyDraft {
    /// Days between visits where neither tier nor client says otherwise.
    pub cadence_days: u16,
    /// Tiers.
    #[serde(default)]
    pub tiers: Vec<TierDraft>,
    /// Kinds of visits.
    #[serde(default)]
    pub visit_types: Vec<VisitTypeDraft>,
    /// Outcomes.
    #[serde(default)]
    pub outcomes: Vec<OutcomeDraft>,
}

/// A tier as entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TierDraft {
    /// Its code until now; clients follow when it is called otherwise. None for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Short: `A`.
    pub code: String,
    /// Days between visits.
    pub cadence_days: u16,
}

/// A kind of visit as entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitTypeDraft {
    /// Its code; made from the name for a new one.
    #[serde(default)]
    pub code: String,
    /// For people.
    pub name: String,
    /// Whether a completed visit of this kind turns the light green.
    #[serde(default)]
    pub clears: bool,
}

/// An outcome as entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeDraft {
    /// Its code; made from the name for a new one.
    #[serde(default)]
    pub code: String,
    /// For people.
    pub name: String,
}

/// A policy that passed the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// The policy.
    pub policy: Policy,
    /// Tiers that are called otherwise now: before and after.
    pub renamed: Vec<(String, String)>,
}

impl Revised {
    /// What a client's tier is called now.
    #[must_use]
    pub fn tier<'a>(&'a self, before: &'a str) -> &'a str {
        self.renamed.iter().find(|(was, _)| was == before).map_or(before, |(_, now)| now)
    }
}

impl PolicyDraft {
    /// As the policy stands.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let tier = |t: &Tier| TierDraft { was: Some(t.code.clone()), code: t.code.clone(), cadence_days: t.cadence_days };
        let kind = |t: &VisitType| VisitTypeDraft { code: t.code.clone(), name: t.name.clone(), clears: t.clears };
        let outcome = |o: &Outcome| OutcomeDraft { code: o.code.clone(), name: o.name.clone() };
        Self {
            cadence_days: policy.cadence_days,
            tiers: policy.tiers.iter().map(tier).collect(),
            visit_types: policy.visit_types.iter().map(kind).collect(),
            outcomes: policy.outcomes.iter().map(outcome).collect(),
        }
    }

    /// The rule. What the policy does not say, the radius, stays as it was.
    ///
    /// # Errors
    /// Everything that is wrong, by field: `tiers[0].cadenceDays`.
    pub fn settle(self, before: &Policy) -> Result<Revised, Rejections> {
        let mut bad = Rejections::default();
        days("cadenceDays", "Days between visits", self.cadence_days, &mut bad);
        let (tiers, renamed) = tiers(self.tiers, before, &mut bad);
        let kinds = self.visit_types.into_iter().map(|t| (t.code, t.name, t.clears)).collect();
        let known: Vec<&str> = before.visit_types.iter().map(|t| t.code.as_str()).collect();
        let kinds = named("visitTypes", "kind of visit", kinds, &known, &mut bad);
        let visit_types: Vec<VisitType> = kinds.into_iter().map(|(code, name, clears)| VisitType { code, name, clears }).collect();
        if bad.0.is_empty() && !visit_types.iter().any(|t| t.clears) {
            bad.add("visitTypes", "none_clears", "No kind of visit clears a light: tick at least one, or every light stays red.");
        }
        let outcomes = self.outcomes.into_iter().map(|o| (o.code, o.name, false)).collect();
        let known: Vec<&str> = before.outcomes.iter().map(|o| o.code.as_str()).collect();
        let outcomes = named("outcomes", "outcome", outcomes, &known, &mut bad);
        let outcomes = outcomes.into_iter().map(|(code, name, _)| Outcome { code, name }).collect();
        bad.or(Revised {
            policy: Policy { cadence_days: self.cadence_days, radius_m: before.radius_m, tiers, visit_types, outcomes },
            renamed,
        })
    }
}

fn days(field: &str, label: &str, days: u16, bad: &mut Rejections) {
    if !CADENCE_DAYS.contains(&days) {
        bad.add(field, "out_of_range", format!("{label}: enter {} to {}.", CADENCE_DAYS.start(), CADENCE_DAYS.end()));
    }
}

fn tiers(drafts: Vec<TierDraft>, before: &Policy, bad: &mut Rejections) -> (Vec<Tier>, Vec<(String, String)>) {
    let (mut tiers, mut renamed, mut followed) = (Vec::<Tier>::new(), Vec::new(), Vec::new());
    for (place, draft) in drafts.into_iter().enumerate() {
        let field = |name: &str| format!("tiers[{place}].{name}");
        let Some(code) = text::optional(&field("code"), "Tier", &draft.code, TIER_MAX, bad) else { continue };
        if tiers.iter().any(|t| fold(&t.code) == fold(&code)) {
            bad.add(&field("code"), "twice", format!("There are two tiers {code}: call one otherwise."));
        }
        days(&field("cadenceDays"), &format!("Tier {code}, days between visits"), draft.cadence_days, bad);
        if let Some(was) = draft.was.filter(|was| !was.is_empty()) {
            if before.tiers.iter().all(|t| t.code != was) || followed.contains(&was) {
                bad.add(&field("was"), "unknown", format!("There is no tier {was} to rename: leave it out for a new tier."));
            }
            followed.push(was.clone());
            if was != code {
                renamed.push((was, code.clone()));
            }
        }
        tiers.push(Tier { code, cadence_days: draft.cadence_days });
    }
    if tiers.len() > TIERS_MAX {
        bad.add("tiers", "too_many", format!("There are {} tiers: leave at most {TIERS_MAX}.", tiers.len()));
    }
    (tiers, renamed)
}

/// Rows of a code, a name and a mark: names differ, codes stay, new ones get a code of their own.
fn named(list: &str, one: &str, rows: Vec<(String, String, bool)>, known: &[&str], bad: &mut Rejections) -> Vec<(String, String, bool)> {
    let mut kept: Vec<(String, String, bool)> = Vec::new();
    let taken: Vec<String> = known.iter().map(|code| (*code).to_owned()).chain(rows.iter().map(|row| row.0.clone())).collect();
    for (place, (code, name, mark)) in rows.into_iter().enumerate() {
        let field = |name: &str| format!("{list}[{place}].{name}");
        let Some(name) = text::optional(&field("name"), "Name", &name, WORD_MAX, bad) else { continue };
        if kept.iter().any(|(_, other, _)| fold(other) == fold(&name)) {
            bad.add(&field("name"), "twice", format!("{name} stands here twice: call one otherwise, or take it away."));
        }
        let sound = code.len() <= WORD_MAX && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !sound || (!code.is_empty() && kept.iter().any(|(other, ..)| *other == code)) {
            bad.add(&field("code"), "invalid", "A code is small letters, digits and _, and stands once: leave it out for a new one.");
        }
        let code = if code.is_empty() { code_of(&name, one, &taken, &kept) } else { code };
        kept.push((code, name, mark));
    }
    match kept.len() {
        0 => bad.add(list, "required", format!("Leave at least one {one}.")),
        n if n > KINDS_MAX => bad.add(list, "too_many", format!("There are {n} rows: leave at most {KINDS_MAX}.")),
        _ => {}
    }
    kept
}

/// A code from a name: `Follow-up agreed` is `follow_up_agreed`, with a number where that is taken, also by one that is taken away now.
fn code_of(name: &str, one: &str, taken: &[String], kept: &[(String, String, bool)]) -> String {
    let words: Vec<String> =
        fold(name).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let base = if words.is_empty() { one.replace(' ', "_") } else { words.join("_").chars().take(WORD_MAX - 4).collect() };
    let free = |code: &String| !taken.contains(code) && kept.iter().all(|(other, ..)| other != code);
    if free(&base) {
        return base;
    }
    (2..).map(|n| format!("{base}_{n}")).find(free).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn draft() -> PolicyDraft {
        PolicyDraft::of(&Policy::default())
    }

    fn refused(change: impl FnOnce(&mut PolicyDraft)) -> Vec<(String, String)> {
        let mut draft = draft();
        change(&mut draft);
        let bad = draft.settle(&Policy::default()).unwrap_err();
        bad.0.into_iter().map(|r| (r.field, r.code)).collect()
    }

    #[test]
    fn a_policy_left_alone_stays_what_it_is() {
        assert_eq!(draft().settle(&Policy::default()).unwrap(), Revised { policy: Policy::default(), renamed: Vec::new() });
    }

    #[test]
    fn tiers_are_renamed_added_and_taken_away() {
        let mut draft = draft();
        draft.tiers[0].code = "B".into();
        draft.tiers[1].code = "A".into();
        draft.tiers[2].code = " ".into();
        draft.tiers.push(TierDraft { was: None, code: "Key account".into(), cadence_days: 7 });
        let revised = draft.settle(&Policy::default()).unwrap();
        let tiers: Vec<(&str, u16)> = revised.policy.tiers.iter().map(|t| (t.code.as_str(), t.cadence_days)).collect();
        assert_eq!(tiers, [("B", 21), ("A", 35), ("Key account", 7)]);
        assert_eq!((revised.tier("A"), revised.tier("B"), revised.tier("C")), ("B", "A", "C"));
    }

    #[test]
    fn a_new_kind_gets_a_code_of_its_own_and_a_known_one_keeps_it() {
        let mut draft = draft();
        draft.visit_types[0].name = "Visit".into();
        draft.visit_types[1].name = String::new();
        draft.visit_types.push(VisitTypeDraft { name: "Demo".into(), clears: true, ..VisitTypeDraft::default() });
        draft.visit_types.push(VisitTypeDraft { name: "Ätna-Tour!".into(), ..VisitTypeDraft::default() });
        let policy = draft.settle(&Policy::default()).unwrap().policy;
        let kinds: Vec<(&str, &str)> = policy.visit_types.iter().map(|t| (t.code.as_str(), t.name.as_str())).collect();
        assert_eq!(kinds[..2], [("sales", "Visit"), ("service", "Service visit")]);
        assert_eq!(kinds[4..], [("demo_2", "Demo"), ("atna_tour", "Ätna-Tour!")], "demo was a kind: old visits are of it");
    }

    #[test]
    fn what_is_wrong_is_named_by_its_row() {
        let one = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
        assert_eq!(refused(|d| d.cadence_days = 0), one("cadenceDays", "out_of_range"));
        assert_eq!(refused(|d| d.tiers[1].code = "a".into()), one("tiers[1].code", "twice"));
        assert_eq!(refused(|d| d.tiers[2].cadence_days = 731), one("tiers[2].cadenceDays", "out_of_range"));
        assert_eq!(refused(|d| d.tiers[0].was = Some("X".into())), one("tiers[0].was", "unknown"));
        assert_eq!(refused(|d| d.outcomes[1].name = "order TAKEN".into()), one("outcomes[1].name", "twice"));
        assert_eq!(refused(|d| d.outcomes.clear()), one("outcomes", "required"));
        assert_eq!(refused(|d| d.visit_types[0].code = "Sales!".into()), one("visitTypes[0].code", "invalid"));
        assert_eq!(refused(|d| d.visit_types.iter_mut().for_each(|t| t.clears = false)), one("visitTypes", "none_clears"));
    }
}
