//! Demonstration visits: two years of them, mostly within the cadence, and what is planned.

use super::dice::Dice;
use super::notes;
use domain::calendar::MINUTE_MS;
use domain::clients::{Client, Stage};
use domain::company::Company;
use domain::geo::{Fix, Position};
use domain::ids::{RepId, VisitId};
use domain::visits::{Promise, Stamp, Visit, VisitStatus};
use domain::{Day, Instant};

/// How far back visits go, in days.
const HISTORY_DAYS: i32 = 730;
/// How far ahead they are planned, in days.
const AHEAD_DAYS: i32 = 14;
/// Kind, how often in a hundred, shortest and longest in minutes.
const KINDS: [(&str, i32, i32, i32); 5] =
    [("sales", 72, 20, 70), ("service", 11, 30, 150), ("demo", 5, 60, 180), ("delivery", 8, 10, 40), ("collection", 4, 10, 25)];
const REASONS: [&str; 5] = [
    "Met at the site they are working on.",
    "Met in town, the yard was closed.",
    "Parked at the main road.",
    "Pin is at the old premises.",
    "Met at the bank.",
];
const CALLED_OFF: [&str; 4] = ["Road closed by rain.", "Customer asked for another day.", "Vehicle in the garage.", "Owner travelling."];

/// The day itself, or the Monday after.
fn working(day: Day) -> Day {
    if day.weekday() < 5 { day } else { day.plus(7 - i32::try_from(day.weekday()).unwrap_or(5)) }
}

/// A client's or prospect's past, oldest first; the client's light follows it.
pub(super) fn history(dice: &mut Dice, client: &mut Client, rep: RepId, today: Day, company: &Company) -> Vec<Visit> {
    let (cadence, _) = company.policy.cadence(client.tier.as_deref(), client.cadence_days);
    let cadence = i32::from(cadence);
    let first = today.plus(-HISTORY_DAYS).max(company.zone.day_of(client.created_at));
    let (mut day, mut left, until) = match client.stage {
        Stage::Client if dice.chance(6) => {
            (first.plus(dice.between(0, cadence)), i32::MAX, today.plus(-dice.between(cadence, cadence * 4)))
        }
        Stage::Client => (first.plus(dice.between(0, cadence)), i32::MAX, today),
        Stage::Prospect if dice.chance(45) => return Vec::new(),
        Stage::Prospect => (today.plus(-dice.between(5, 150)), dice.between(1, 4), today),
    };
    let mut visits = Vec::new();
    loop {
        day = working(day);
        if day >= until || left == 0 {
            return visits;
        }
        left -= 1;
        visits.push(finished_on(dice, client, rep, day, today, company));
        let delay = if dice.chance(5) { dice.between(8, 40) } else { 0 };
        day = day.plus((cadence * dice.between(55, 106) / 100 + delay).max(2));
    }
}

/// A visit that was made, or called off; the client's light follows it.
pub(super) fn finished_on(dice: &mut Dice, client: &mut Client, rep: RepId, day: Day, today: Day, company: &Company) -> Visit {
    let visit = finished(dice, client, rep, day, today, company);
    if visit.status == VisitStatus::Completed && company.policy.clears(&visit.kind) {
        client.visited(day, Some(rep), company);
    }
    visit
}

fn finished(dice: &mut Dice, client: &Client, rep: RepId, day: Day, today: Day, company: &Company) -> Visit {
    let began = company.zone.at(day, 480 + 5 * dice.between(0, 100));
    let (kind, shortest, longest) = kind(dice);
    let ended = Instant(began.0 + i64::from(dice.between(shortest, longest)) * MINUTE_MS);
    let mut visit = blank(dice, client, rep, kind, day, began);
    visit.changed_at = ended;
    if dice.chance(2) {
        visit.status = VisitStatus::Cancelled;
        visit.cancel_reason = Some((*dice.pick(&CALLED_OFF)).to_owned());
        return visit;
    }
    visit.status = VisitStatus::Completed;
    if dice.chance(70) {
        visit.planned_at = Some(Instant(began.0 + i64::from(dice.between(-6, 6)) * 5 * MINUTE_MS));
    } else {
        visit.planned_at = None;
    }
    arrive(dice, &mut visit, client, company, began);
    visit.checked_out = Some(Stamp { at: ended, fix: visit.checked_in.and_then(|s| s.fix) });
    visit.outcome = Some(outcome(dice, kind).to_owned());
    visit.notes = Some(notes::note(dice));
    visit.clock_offset_ms = Some(i64::from(dice.between(-900, 1_500)));
    if dice.chance(18) {
        let on = day.plus(dice.between(3, 21));
        promise(dice, &mut visit, on, today);
    }
    visit
}

fn kind(dice: &mut Dice) -> (&'static str, i32, i32) {
    let mut thrown = dice.between(1, 100);
    for (kind, share, shortest, longest) in KINDS {
        if thrown <= share {
            return (kind, shortest, longest);
        }
        thrown -= share;
    }
    ("sales", 20, 70)
}

fn outcome(dice: &mut Dice, kind: &str) -> &'static str {
    let likely: &[&'static str] = match kind {
        "sales" => &["order", "order", "quote", "quote", "follow_up", "follow_up", "no_interest", "not_there"],
        "demo" => &["quote", "order", "follow_up"],
        _ => &["done"],
    };
    let thrown: &&'static str = dice.pick(likely);
    thrown
}

/// Check-in with a position where the client's is known, now and then from elsewhere.
fn arrive(dice: &mut Dice, visit: &mut Visit, client: &Client, company: &Company, at: Instant) {
    let reach = if dice.chance(4) { 18_000 } else { 450 };
    let mut near = |e6: i32| e6 + dice.between(-reach, reach);
    let place = client.position.map(|p| Position { lat_e6: near(p.lat_e6), lon_e6: near(p.lon_e6) });
    let fix =
        place.filter(|_| dice.chance(92)).map(|position| Fix { position, accuracy_m: u32::try_from(dice.between(4, 35)).unwrap_or(10) });
    visit.checked_in = Some(Stamp { at, fix });
    visit.address.clone_from(&client.address);
    let (Some(fix), Some(target)) = (fix, client.position) else { return };
    visit.distance_m = Some(fix.position.distance_m(target));
    let within = fix.within(target, client.radius_m(company));
    visit.within_radius = Some(within);
    visit.outside_reason = (!within).then(|| (*dice.pick(&REASONS)).to_owned());
}

/// A dated next step; what became of it when its day is long over.
pub(super) fn promise(dice: &mut Dice, visit: &mut Visit, on: Day, today: Day) {
    visit.next_step = Some(notes::step(dice));
    visit.next_step_on = Some(on);
    let kept = if dice.chance(90) { Promise::Kept } else { Promise::Dropped };
    let open = on >= today || (on >= today.plus(-10) && dice.chance(25));
    visit.promise = Some(if open { Promise::Open } else { kept });
}

/// What one rep has planned from today on: three visits today, one to four on the working days after, the most urgent clients first.
pub(super) fn planned(dice: &mut Dice, clients: &mut [Client], rep: RepId, today: Day, company: &Company) -> Vec<Visit> {
    let mut next: Vec<usize> = (0..clients.len()).filter(|i| clients[*i].rep_id == Some(rep)).collect();
    next.sort_by_key(|i| (clients[*i].due_on.unwrap_or(today.plus(30)), clients[*i].id));
    // Half of the overdue are not planned yet: there is something left to do.
    let mut next = next.into_iter().enumerate().filter(|(place, _)| *place >= 12 || place % 3 == 2).map(|(_, i)| i);
    let mut visits = Vec::new();
    for ahead in 0..=AHEAD_DAYS {
        let day = today.plus(ahead);
        let (count, apart) = if ahead == 0 { (3, 150) } else { (dice.between(1, 4), 110) };
        if ahead > 0 && day.weekday() > 4 {
            continue;
        }
        for (slot, i) in (0..count).zip(next.by_ref()) {
            let at = company.zone.at(day, 540 + slot * apart + 15 * dice.between(0, 2));
            let client = &mut clients[i];
            let kind = if dice.chance(80) { "sales" } else { "service" };
            let mut visit = blank(dice, client, rep, kind, day, at);
            visit.notes = dice.chance(75).then(|| notes::plan(dice));
            visit.changed_at = company.zone.at(today.plus(-dice.between(1, 6)), 1_020);
            client.planned_at = Some(at);
            visits.push(visit);
        }
    }
    visits
}

fn blank(dice: &mut Dice, client: &Client, rep: RepId, kind: &str, day: Day, at: Instant) -> Visit {
    Visit {
        id: VisitId(dice.id(at)),
        client_id: client.id,
        rep_id: Some(rep),
        status: VisitStatus::Planned,
        kind: kind.to_owned(),
        day,
        planned_at: Some(at),
        checked_in: None,
        address: None,
        distance_m: None,
        within_radius: None,
        outside_reason: None,
        checked_out: None,
        outcome: None,
        notes: None,
        next_step: None,
        next_step_on: None,
        promise: None,
        cancel_reason: None,
        clock_offset_ms: None,
        source: None,
        external_id: None,
        changed_at: at,
        version: 0,
    }
}
