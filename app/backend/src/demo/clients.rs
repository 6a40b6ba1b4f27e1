//! Demonstration clients, prospects and their people.

use super::dice::Dice;
use super::places::{REGIONS, Region};
use super::words::{FAMILY, FIRST, GIVEN, POSITIONS, STREETS, TAGS, TRADES};
use crate::Error;
use domain::clients::{self, Client, ClientDraft, ClientPatch, Context, Stage};
use domain::contacts::{self, Contact, ContactDraft, ContactPatch};
use domain::geo::Position;
use domain::ids::{ClientId, ContactId};
use domain::people::Rep;
use domain::{Day, Instant};
use std::collections::HashSet;

/// Names given so far: no two clients share one.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A business's name and its segment.
    fn business(&mut self, dice: &mut Dice, town: &str) -> (String, &'static str) {
        loop {
            let (trade, segment) = *dice.pick(&TRADES);
            let first = *dice.pick(&FIRST);
            let name = match dice.between(0, 9) {
                0 => format!("{first} {town} {trade}"),
                1 => format!("{first} & Sons {trade}"),
                2 => format!("{first} {trade} Ltd"),
                _ => format!("{first} {trade}"),
            };
            let free = self.0.insert(name.clone());
            let other = format!("{name}, {town}");
            if free || self.0.insert(other.clone()) {
                return (if free { name } else { other }, segment);
            }
        }
    }
}

/// One client or prospect of a rep, somewhere in the towns of the rep's branch.
pub(super) fn client(dice: &mut Dice, names: &mut Names, stage: Stage, region: &Region, ctx: Context<'_>) -> Result<Client, Error> {
    let (town, lat, lon) = if dice.chance(35) { region.towns[0] } else { *dice.pick(region.towns) };
    let (name, segment) = names.business(dice, town);
    let tier = *dice.pick(if stage == Stage::Client { &["A", "A", "B", "B", "B", "B", "C", "C", "C", "C"] } else { &["B", "C", "C", ""] });
    let mut scatter = |degrees: f64| degrees + f64::from(dice.between(-140, 140) + dice.between(-140, 140)) / 10_000.0;
    let position = Position::from_degrees(scatter(lat), scatter(lon));
    let mail = format!("info@{}.example", domain::fold::fold(&name).replace(' ', "-"));
    let tags = if dice.chance(35) { vec![(*dice.pick(&TAGS)).to_owned()] } else { Vec::new() };
    let fields = ClientPatch {
        segment: Some(segment.to_owned()),
        tier: Some(tier.to_owned()),
        tags: Some(tags),
        phone: Some(phone(dice)),
        email: dice.chance(60).then_some(mail),
        address: Some(format!("{}, {town}", dice.pick(&STREETS))),
        town: Some(town.to_owned()),
        position: Some(position.filter(|_| !dice.chance(4))),
        notes: dice.chance(12).then(|| "Ask for the owner; the gate is on the side street.".to_owned()),
        cadence_days: dice.chance(3).then_some(Some(14)),
        name: Some(name),
        ..ClientPatch::default()
    };
    let draft = ClientDraft { id: ClientId(dice.id(ctx.at)), stage, source: None, external_id: None, fields };
    Ok(clients::create(draft, ctx)?)
}

/// One to three people at a client.
pub(super) fn people(dice: &mut Dice, client: &Client, ctx: Context<'_>) -> Result<Vec<Contact>, Error> {
    let mut made = Vec::new();
    for i in 0..dice.between(1, 3) {
        let (given, family) = (*dice.pick(&GIVEN), *dice.pick(&FAMILY));
        let domain = client.email.as_deref().and_then(|m| m.split_once('@')).map(|m| m.1);
        let position = if i == 0 { "Owner" } else { *dice.pick(&POSITIONS[1..]) };
        let fields = ContactPatch {
            name: Some(format!("{given} {family}")),
            position: Some(position.to_owned()),
            phone: Some(phone(dice)),
            email: domain.map(|d| format!("{}@{d}", given.to_lowercase())),
            notes: None,
        };
        let draft = ContactDraft { id: ContactId(dice.id(ctx.at)), client_id: client.id, source: None, external_id: None, fields };
        made.push(contacts::create(draft, ctx)?);
    }
    Ok(made)
}

fn phone(dice: &mut Dice) -> String {
    format!("+254 7{:02} {:03} {:03}", dice.between(0, 99), dice.between(0, 999), dice.between(0, 999))
}

/// The towns a rep works in.
pub(super) fn region_of(rep: usize) -> &'static Region {
    &REGIONS[rep / 4 % REGIONS.len()]
}

/// When a record was entered: most before the history begins.
pub(super) fn entered_on(dice: &mut Dice, today: Day) -> Day {
    let days = if dice.chance(80) { dice.between(731, 1_800) } else { dice.between(60, 730) };
    today.plus(-days)
}

/// A client's owner, for what the rule takes from its caller.
pub(super) fn owned(mut client: Client, rep: &Rep, entered: Instant) -> Client {
    client.rep_id = Some(rep.id);
    client.branch_id = rep.branch;
    client.created_at = entered;
    client.changed_at = entered;
    client.changed_by = Some(rep.name.clone());
    client
}
