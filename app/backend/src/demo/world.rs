//! A whole demonstration company in memory: the same one for the same day, whoever asks and wherever.

use super::clients::{Names, client, entered_on, owned, people, region_of};
use super::dice::Dice;
use super::pipeline::{self, Sought};
use super::places::REGIONS;
use super::sales::{self, Sold};
use super::visits::{history, planned, promise};
use super::words::REPS;
use crate::Error;
use crate::company::Settings;
use domain::clients::{Client, Context, Stage};
use domain::company::Company;
use domain::contacts::Contact;
use domain::ids::{BranchId, RepId, UserId};
use domain::people::{Branch, Caller, Rep, Role};
use domain::visits::{Visit, VisitStatus};
use domain::{Day, Instant};
use std::collections::HashMap;

/// Clients in all.
const CLIENTS: usize = 2_000;
/// Prospects in all.
const PROSPECTS: usize = 1_500;
/// Another seed is another company.
const SEED: u64 = 0xf1e1_d119;

/// Everything a demonstration company has.
pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) branches: Vec<Branch>,
    pub(super) reps: Vec<Rep>,
    pub(super) clients: Vec<Client>,
    pub(super) contacts: Vec<Contact>,
    pub(super) visits: Vec<Visit>,
    pub(super) sold: Sold,
    /// Opportunities, where the company has any.
    pub(super) sought: Option<Sought>,
}

impl World {
    /// The machinery dealer as it stands on the morning of `today`.
    pub(super) fn dealer(today: Day) -> Result<Self, Error> {
        let mut dice = Dice::new(SEED);
        let settings = Settings { name: "Mlima Machinery".into(), demo: true, workdays: sales::workdays(today), ..Settings::default() };
        let founded = settings.zone.at(today.plus(-2_000), 480);
        let (branches, reps) = team(&mut dice, founded);
        let company = company(&settings, &branches, &reps, today);
        let mut world = Self {
            settings,
            branches,
            reps,
            clients: Vec::new(),
            contacts: Vec::new(),
            visits: Vec::new(),
            sold: Sold::default(),
            sought: None,
        };
        let mut names = Names::default();
        for i in 0..CLIENTS + PROSPECTS {
            let stage = if i < CLIENTS { Stage::Client } else { Stage::Prospect };
            world.add(&mut dice, &mut names, (stage, i % REPS.len()), today, &company)?;
        }
        for rep in world.reps.iter().map(|r| r.id).collect::<Vec<_>>() {
            let plans = planned(&mut dice, &mut world.clients, rep, today, &company);
            world.visits.extend(plans);
        }
        world.promise_today(&mut dice, today);
        world.sold = sales::sold(&mut dice, &world.reps, &world.clients, &world.visits, today, founded);
        world.sought = Some(pipeline::sought(&world.reps, &world.clients, &world.visits, &world.sold, today, founded));
        Ok(world)
    }

    fn add(
        &mut self,
        dice: &mut Dice,
        names: &mut Names,
        (stage, place): (Stage, usize),
        today: Day,
        company: &Company,
    ) -> Result<(), Error> {
        let rep = &self.reps[place];
        let entered = company.zone.at(entered_on(dice, today), 480 + dice.between(0, 500));
        let caller = maker(rep);
        let ctx = Context { company, caller: &caller, at: entered, offset_ms: 0, recorded: false };
        let mut made = owned(client(dice, names, stage, region_of(place), ctx)?, rep, entered);
        self.contacts.extend(people(dice, &made, ctx)?);
        self.visits.extend(history(dice, &mut made, rep.id, today, company));
        self.clients.push(made);
        Ok(())
    }

    /// Every rep has promised something for today: the two latest visits without a promise of their own make one.
    fn promise_today(&mut self, dice: &mut Dice, today: Day) {
        let mut latest: HashMap<RepId, Vec<usize>> = HashMap::new();
        for (i, visit) in self.visits.iter().enumerate() {
            let recent = (1..=21).contains(&today.since(visit.day));
            if let (true, VisitStatus::Completed, None, Some(rep)) = (recent, visit.status, visit.promise, visit.rep_id) {
                latest.entry(rep).or_default().push(i);
            }
        }
        for rep in &self.reps {
            let Some(visits) = latest.get_mut(&rep.id) else { continue };
            visits.sort_by_key(|i| std::cmp::Reverse((self.visits[*i].day, self.visits[*i].id)));
            for i in visits.iter().skip(2).take(2) {
                promise(dice, &mut self.visits[*i], today, today);
            }
        }
    }
}

fn team(dice: &mut Dice, founded: Instant) -> (Vec<Branch>, Vec<Rep>) {
    let branch = |dice: &mut Dice, name: &str| Branch { id: BranchId(dice.id(founded)), name: name.to_owned() };
    let branches: Vec<Branch> = REGIONS.iter().map(|r| branch(dice, r.branch)).collect();
    let rep = |(i, name): (usize, &&str)| Rep { id: RepId(dice.id(founded)), name: (*name).to_owned(), branch: Some(branches[i / 4].id) };
    let reps = REPS.iter().enumerate().map(rep).collect();
    (branches, reps)
}

/// The company the domain's rules are given.
pub(super) fn company(settings: &Settings, branches: &[Branch], reps: &[Rep], today: Day) -> Company {
    let s = settings.clone();
    Company {
        name: s.name,
        zone: s.zone,
        currency: s.currency,
        fiscal_start_month: s.fiscal_start_month,
        policy: s.policy,
        workdays: s.workdays,
        reps: reps.to_vec(),
        branches: branches.to_vec(),
        demo: s.demo,
        as_of: Some(today),
    }
}

/// A rep as the one who enters their own clients.
pub(super) fn maker(rep: &Rep) -> Caller {
    Caller {
        user: UserId(uuid::Uuid::nil()),
        name: rep.name.clone(),
        email: String::new(),
        role: Role::SalesRep,
        rep: Some(rep.id),
        branch: rep.branch,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use domain::lights::Light;
    use domain::visits::Promise;
    use std::collections::HashSet;

    fn today() -> Day {
        Day::parse("2026-11-20").unwrap()
    }

    #[test]
    fn the_same_day_makes_the_same_company() {
        let (a, b) = (World::dealer(today()).unwrap(), World::dealer(today()).unwrap());
        assert_eq!((a.clients, a.contacts, a.visits, a.reps), (b.clients, b.contacts, b.visits, b.reps));
    }

    #[test]
    fn a_dealer_has_the_promised_numbers_and_every_id_once() {
        let w = World::dealer(today()).unwrap();
        let stage = |s| w.clients.iter().filter(|c| c.stage == s).count();
        assert_eq!((stage(Stage::Client), stage(Stage::Prospect)), (2_000, 1_500));
        assert_eq!((w.branches.len(), w.reps.len()), (5, 20));
        assert!(w.contacts.len() >= w.clients.len() && w.contacts.len() <= 3 * w.clients.len());
        assert!((35_000..60_000).contains(&w.visits.len()), "{}", w.visits.len());
        let ids: HashSet<_> = w.visits.iter().map(|v| v.id.0).chain(w.clients.iter().map(|c| c.id.0)).collect();
        assert_eq!(ids.len(), w.visits.len() + w.clients.len());
        let names: HashSet<_> = w.clients.iter().map(|c| &c.name).collect();
        assert_eq!(names.len(), w.clients.len());
        let oldest = w.visits.iter().map(|v| v.day).min().unwrap();
        assert!((700..=730).contains(&today().since(oldest)));
    }

    #[test]
    fn the_first_screen_of_every_rep_has_something_of_everything() {
        let w = World::dealer(today()).unwrap();
        for rep in &w.reps {
            let mine = || w.clients.iter().filter(|c| c.rep_id == Some(rep.id) && c.stage == Stage::Client);
            let light = |l| mine().filter(|c| c.light(today()) == l).count();
            let (red, amber, green) = (light(Light::Red), light(Light::Amber), light(Light::Green));
            assert!((3..=30).contains(&red) && amber >= 4 && green > 40, "{}: {red} red, {amber} amber, {green} green", rep.name);
            let visits = || w.visits.iter().filter(|v| v.rep_id == Some(rep.id));
            let planned = visits().filter(|v| v.status == VisitStatus::Planned && v.day == today()).count();
            assert_eq!(planned, 3, "{}", rep.name);
            let due = visits().filter(|v| v.promise == Some(Promise::Open) && v.next_step_on == Some(today())).count();
            assert!(due >= 1, "{}", rep.name);
            let grey = w.clients.iter().filter(|c| c.rep_id == Some(rep.id) && c.light(today()) == Light::Grey).count();
            assert!(grey >= 10, "{}: {grey} grey", rep.name);
        }
    }

    #[test]
    fn lights_follow_from_the_visits_that_were_made() {
        let w = World::dealer(today()).unwrap();
        let company = company(&w.settings, &w.branches, &w.reps, today());
        let mut last: HashMap<_, Day> = HashMap::new();
        for v in w.visits.iter().filter(|v| v.status == VisitStatus::Completed && company.policy.clears(&v.kind)) {
            assert!(v.day < today());
            let day = last.entry(v.client_id).or_insert(v.day);
            *day = v.day.max(*day);
        }
        for client in &w.clients {
            assert_eq!(client.last_visit_on, last.get(&client.id).copied(), "{}", client.name);
        }
    }
}
