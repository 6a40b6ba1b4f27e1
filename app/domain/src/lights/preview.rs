//! What a policy would do before it is saved: the rule run over every client under both.

use super::{Policy, Revised, is_counted, light, visits_per_day, window};
use crate::calendar::Day;
use crate::clients::{LightCounts, Stage, Status};
use crate::ids::RepId;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What the rule asks about a client or prospect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// Its tier.
    pub tier: Option<String>,
    /// Its own cadence.
    pub cadence_days: Option<u16>,
    /// A prospect asks for visits, and its light is told apart: Today does not count it.
    pub stage: Stage,
    /// One that is not visited for now asks for no visits, and its light is not counted.
    pub status: Status,
    /// Who owns it.
    pub rep: Option<RepId>,
    /// The last visit that clears a light under the policy as it is.
    pub last_before: Option<Day>,
    /// The same under the new policy.
    pub last_after: Option<Day>,
}

/// Lights and load before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyPreview {
    /// What is different, in words: `cadence 35 → 28 days`.
    pub changes: Vec<String>,
    /// Lights as they are, of those Today counts: see [`is_counted`].
    pub before: LightCounts,
    /// Lights as they would be.
    pub after: LightCounts,
    /// Lights of active prospects as they are.
    pub prospects_before: LightCounts,
    /// The same under the new policy.
    pub prospects_after: LightCounts,
    /// Visits per rep and working day that the policy asks for, prospects included, in hundredths; none without reps or working days.
    pub visits_before: Option<u32>,
    /// The same under the new policy.
    pub visits_after: Option<u32>,
    /// Reps who own any of them.
    pub reps: u32,
}

/// Runs the rule over these clients under both policies. `week` is the sum of the weekdays' weights, in hundredths of a full day.
#[must_use]
pub fn preview(before: &Policy, after: &Revised, clients: &[Ruled], week: i64, today: Day) -> PolicyPreview {
    let (mut counted, mut prospects) = ([LightCounts::default(); 2], [LightCounts::default(); 2]);
    let (mut cadences_before, mut cadences_after) = (Vec::new(), Vec::new());
    let mut reps = HashSet::new();
    for client in clients {
        let tier = client.tier.as_deref();
        let old = before.cadence(tier, client.cadence_days).0;
        let new = after.policy.cadence(tier.map(|tier| after.tier(tier)), client.cadence_days).0;
        if client.status == Status::Active {
            let of = if is_counted(client.stage, client.status) { &mut counted } else { &mut prospects };
            of[0].add(light(today, window(client.last_before, old)));
            of[1].add(light(today, window(client.last_after, new)));
            cadences_before.push(old);
            cadences_after.push(new);
            reps.extend(client.rep);
        }
    }
    let reps = u32::try_from(reps.len()).unwrap_or(u32::MAX);
    PolicyPreview {
        changes: changes(before, after),
        before: counted[0],
        after: counted[1],
        prospects_before: prospects[0],
        prospects_after: prospects[1],
        visits_before: visits_per_day(cadences_before, week, reps),
        visits_after: visits_per_day(cadences_after, week, reps),
        reps,
    }
}

impl PolicyPreview {
    /// `cadence 35 → 28 days: 41 more clients red, as many prospects red as before, 1.8 more visits per rep and day`: the visits are those of both.
    #[must_use]
    pub fn words(&self) -> String {
        if self.changes.is_empty() {
            return "Nothing changes".into();
        }
        let mut all = vec![red("client", self.before, self.after)];
        if self.prospects_before.all > 0 {
            all.push(red("prospect", self.prospects_before, self.prospects_after));
        }
        if let (Some(before), Some(after)) = (self.visits_before, self.visits_after) {
            all.push(match i64::from(after) - i64::from(before) {
                0 => "as many visits per rep and day".to_owned(),
                n => [&hundredths(n.unsigned_abs()), more(n), "visits per rep and day"].concat(),
            });
        }
        [&self.changes.join(", "), ": ", &all.join(", ")].concat()
    }
}

fn red(who: &str, before: LightCounts, after: LightCounts) -> String {
    match i64::from(after.red) - i64::from(before.red) {
        0 => ["as many ", who, "s red as before"].concat(),
        n => [n.unsigned_abs().to_string().as_str(), more(n), who, if n.abs() == 1 { " red" } else { "s red" }].concat(),
    }
}

fn more(n: i64) -> &'static str {
    if n > 0 { " more " } else { " fewer " }
}

/// `1.8`, `12`, `0.05`.
#[must_use]
pub fn hundredths(n: u64) -> String {
    let (whole, part) = (n / 100, n % 100);
    match (part, part % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", part / 10),
        _ => format!("{whole}.{part:02}"),
    }
}

fn changes(before: &Policy, after: &Revised) -> Vec<String> {
    let mut all = Vec::new();
    if before.cadence_days != after.policy.cadence_days {
        all.push(format!("cadence {} → {} days", before.cadence_days, after.policy.cadence_days));
    }
    for old in &before.tiers {
        let now = after.tier(&old.code);
        if now != old.code {
            all.push(format!("tier {} is called {now}", old.code));
        }
        match after.policy.tiers.iter().find(|t| t.code == now) {
            Some(new) if new.cadence_days != old.cadence_days => {
                all.push(format!("tier {now} {} → {} days", old.cadence_days, new.cadence_days));
            }
            Some(_) => {}
            None => all.push(format!("tier {} is taken away", old.code)),
        }
    }
    for new in after.policy.tiers.iter().filter(|new| before.tiers.iter().all(|old| after.tier(&old.code) != new.code)) {
        all.push(format!("tier {} is new, every {} days", new.code, new.cadence_days));
    }
    for new in &after.policy.visit_types {
        match before.visit_types.iter().find(|old| old.code == new.code) {
            Some(old) if old.clears != new.clears => {
                all.push([new.name.as_str(), if new.clears { " clears a light" } else { " no longer clears a light" }].concat());
            }
            Some(old) if old.name != new.name => all.push(format!("{} is called {}", old.name, new.name)),
            Some(_) => {}
            None => all.push(format!("{} is new", new.name)),
        }
    }
    let gone = |kept: bool, name: &str, all: &mut Vec<String>| {
        if !kept {
            all.push(format!("{name} is taken away"));
        }
    };
    for old in &before.visit_types {
        gone(after.policy.visit_types.iter().any(|new| new.code == old.code), &old.name, &mut all);
    }
    for old in &before.outcomes {
        let kept = after.policy.outcomes.iter().find(|new| new.code == old.code);
        gone(kept.is_some(), &old.name, &mut all);
        if let Some(new) = kept.filter(|new| new.name != old.name) {
            all.push(format!("{} is called {}", old.name, new.name));
        }
    }
    for new in after.policy.outcomes.iter().filter(|new| before.outcomes.iter().all(|old| old.code != new.code)) {
        all.push(format!("{} is new", new.name));
    }
    all
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::book::testing::{a_client, a_company};
    use crate::clients::{Client, ClientItem};
    use crate::lights::{PolicyDraft, TierDraft};
    use crate::today::Today;
    use proptest::prelude::*;

    fn ruled(last: i32, tier: Option<&str>) -> Ruled {
        let last = Some(Day(20_000 - last));
        let tier = tier.map(Into::into);
        let rep = Some(RepId(uuid::Uuid::nil()));
        Ruled { tier, cadence_days: None, stage: Stage::Client, status: Status::Active, rep, last_before: last, last_after: last }
    }

    #[test]
    fn prospects_ask_for_visits_and_only_active_clients_have_lights_that_count() {
        let before = Policy::default();
        let same = PolicyDraft::of(&before).settle(&before).unwrap();
        let (client, prospect) = (ruled(90, None), Ruled { stage: Stage::Prospect, ..ruled(90, None) });
        let resting = Ruled { status: Status::Inactive, ..ruled(90, None) };
        let seen = preview(&before, &same, &[client, prospect, resting], 500, Day(20_000));
        assert_eq!((seen.before.red, seen.before.all, seen.after), (1, 1, seen.before));
        assert_eq!((seen.prospects_before.red, seen.prospects_before.all, seen.prospects_after), (1, 1, seen.prospects_before));
        assert_eq!(seen.visits_before, visits_per_day([35; 2], 500, 1));
    }

    #[test]
    fn who_turns_red_is_said_of_clients_and_of_prospects() {
        let before = Policy::default();
        let after = PolicyDraft { cadence_days: 28, ..PolicyDraft::of(&before) }.settle(&before).unwrap();
        let told = |clients: &[Ruled]| preview(&before, &after, clients, 500, Day(20_000)).words();
        let (client, prospect) = (ruled(30, Some("A")), Ruled { stage: Stage::Prospect, ..ruled(30, None) });
        assert_eq!(
            told(&[client.clone(), prospect.clone()]),
            "cadence 35 → 28 days: as many clients red as before, 1 more prospect red, 0.01 more visits per rep and day"
        );
        let all = [ruled(30, None), ruled(31, None), prospect, Ruled { status: Status::Inactive, ..ruled(30, None) }];
        assert_eq!(told(&all), "cadence 35 → 28 days: 2 more clients red, 1 more prospect red, 0.03 more visits per rep and day");
        assert_eq!(told(&[client]), "cadence 35 → 28 days: as many clients red as before, as many visits per rep and day");
    }

    proptest! {
        /// Over any company a preview that changes nothing counts the very lights Today counts.
        #[test]
        fn today_counts_as_many_as_a_preview_foretells(rows in prop::collection::vec(
            (prop::bool::ANY, prop::bool::ANY, 0_usize..4, prop::option::of(1_u16..90), prop::option::of(0_i32..120)), 0..60)
        ) {
            let (company, today) = (a_company(), Day(20_000));
            let clients: Vec<Client> = rows.iter().enumerate().map(|(n, (buys, active, tier, cadence, last))| {
                let mut client = a_client(n as u128, "One");
                client.stage = if *buys { Stage::Client } else { Stage::Prospect };
                client.status = if *active { Status::Active } else { Status::Inactive };
                client.tier = ["A", "B", "C"].get(*tier).map(|tier| (*tier).to_owned());
                client.cadence_days = *cadence;
                client.last_visit_on = last.map(|days| today.plus(-days));
                client.stamp(&company);
                client
            }).collect();
            let ruled: Vec<Ruled> = clients.iter().map(|c| Ruled {
                tier: c.tier.clone(), cadence_days: c.cadence_days, stage: c.stage, status: c.status, rep: c.rep_id,
                last_before: c.last_visit_on, last_after: c.last_visit_on,
            }).collect();
            let same = PolicyDraft::of(&company.policy).settle(&company.policy).unwrap();
            let seen = preview(&company.policy, &same, &ruled, 500, today).before;
            let counts = Today::compose(today, clients.iter().map(ClientItem::from).collect(), Vec::new()).counts;
            prop_assert_eq!((counts.overdue, counts.due_soon), (seen.red, seen.amber));
        }
    }

    #[test]
    fn the_sentence_says_what_changes_and_what_it_means() {
        let before = Policy::default();
        let mut draft = PolicyDraft::of(&before);
        draft.cadence_days = 28;
        let after = draft.settle(&before).unwrap();
        let clients: Vec<Ruled> = (0..70).map(|n| ruled(n, None)).collect();
        let seen = preview(&before, &after, &clients, 500, Day(20_000));
        assert_eq!((seen.before.red, seen.after.red, seen.before.all), (34, 41, 70));
        assert_eq!((seen.visits_before, seen.visits_after), (Some(280), Some(350)));
        assert_eq!(seen.words(), "cadence 35 → 28 days: 7 more clients red, 0.7 more visits per rep and day");
        let back = PolicyDraft::of(&before).settle(&after.policy).unwrap();
        let back = preview(&after.policy, &back, &clients, 500, Day(20_000));
        assert_eq!(back.words(), "cadence 28 → 35 days: 7 fewer clients red, 0.7 fewer visits per rep and day");
        let same = PolicyDraft::of(&before).settle(&before).unwrap();
        assert_eq!(preview(&before, &same, &clients, 500, Day(20_000)).words(), "Nothing changes");
    }

    #[test]
    fn a_renamed_tier_keeps_its_clients_and_one_taken_away_loses_them() {
        let before = Policy::default();
        let mut draft = PolicyDraft::of(&before);
        draft.tiers[0].code = "Gold".into();
        draft.tiers.remove(2);
        draft.tiers.push(TierDraft { was: None, code: "C2".into(), cadence_days: 10 });
        let after = draft.settle(&before).unwrap();
        let seen = preview(&before, &after, &[ruled(20, Some("A")), ruled(40, Some("C"))], 500, Day(20_000));
        assert_eq!((seen.before.red, seen.after.red), (0, 1), "C had 63 days, and has the company’s 35 now");
        assert_eq!(seen.changes, ["tier A is called Gold", "tier C is taken away", "tier C2 is new, every 10 days"]);
        assert_eq!(["1.8", "12", "0.05", "1.83"], [180, 1200, 5, 183].map(hundredths));
    }
}
