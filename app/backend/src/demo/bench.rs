//! One rep with a very large book, for measuring: notes of many different words, so that nothing compresses better than it would in life.

use super::clients::{Names, client, owned, region_of};
use super::dice::Dice;
use super::sales::Sold;
use super::visits::finished_on;
use super::world::{World, company, maker};
use crate::Error;
use crate::company::Settings;
use domain::Day;
use domain::clients::{Context, Stage};
use domain::ids::{BranchId, RepId};
use domain::people::{Branch, Rep};
use std::collections::BTreeSet;

/// Clients of the one rep.
const CLIENTS: usize = 5_000;
/// Visits of each client.
const VISITS_EACH: i32 = 12;
/// Different words in all notes.
const WORDS: usize = 5_000;
/// Characters of a note on average.
const NOTE_CHARS: i32 = 80;
const SEED: u64 = 0xb00c;

const STARTS: [&str; 20] = ["b", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "mb", "n", "ng", "p", "r", "s", "sh", "t", "w", "y"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];

/// A rep with 5,000 clients and 60,000 visits, notes of 80 characters on average over 5,000 words.
pub(super) fn book(today: Day) -> Result<World, Error> {
    let mut dice = Dice::new(SEED);
    let settings = Settings { name: "Large book".into(), demo: true, ..Settings::default() };
    let founded = settings.zone.at(today.plus(-2_000), 480);
    let branch = Branch { id: BranchId(dice.id(founded)), name: "Nairobi".into() };
    let rep = Rep { id: RepId(dice.id(founded)), name: "Grace Wanjiru".into(), branch: Some(branch.id) };
    let company = company(&settings, std::slice::from_ref(&branch), std::slice::from_ref(&rep), today);
    let (words, mut names, caller) = (vocabulary(&mut dice), Names::default(), maker(&rep));
    let mut world = World {
        settings,
        branches: vec![branch],
        reps: Vec::new(),
        clients: Vec::new(),
        contacts: Vec::new(),
        visits: Vec::new(),
        sold: Sold::default(),
        sought: None,
    };
    for place in 0..CLIENTS {
        let entered = company.zone.at(today.plus(-dice.between(740, 1_900)), 480);
        let ctx = Context { company: &company, caller: &caller, at: entered, offset_ms: 0, recorded: false };
        let stage = if place % 5 == 4 { Stage::Prospect } else { Stage::Client };
        let mut made = owned(client(&mut dice, &mut names, stage, region_of(place % 20), ctx)?, &rep, entered);
        let mut day = today.plus(-730 + dice.between(0, 30));
        for _ in 0..VISITS_EACH {
            let mut visit = finished_on(&mut dice, &mut made, rep.id, day, today, &company);
            visit.notes = Some(note(&mut dice, &words));
            world.visits.push(visit);
            day = day.plus(dice.between(40, 62)).min(today.plus(-1));
        }
        world.clients.push(made);
    }
    world.reps.push(rep);
    Ok(world)
}

/// Words of two to four syllables, none twice.
fn vocabulary(dice: &mut Dice) -> Vec<String> {
    let mut words = BTreeSet::new();
    while words.len() < WORDS {
        let syllables = dice.between(2, 4);
        let word: String = (0..syllables).flat_map(|_| [*dice.pick(&STARTS), *dice.pick(&VOWELS)]).collect();
        words.insert(word);
    }
    words.into_iter().collect()
}

fn note(dice: &mut Dice, words: &[String]) -> String {
    let wanted = usize::try_from(dice.between(NOTE_CHARS / 2 - 3, NOTE_CHARS * 3 / 2 - 3)).unwrap_or(0);
    let mut note = String::with_capacity(wanted + 12);
    while note.len() < wanted {
        if !note.is_empty() {
            note.push(' ');
        }
        let word: &String = dice.pick(words);
        note.push_str(word);
    }
    note
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_large_book_is_as_large_as_it_says() {
        let world = book(Day::parse("2026-11-20").unwrap()).unwrap();
        assert_eq!((world.clients.len(), world.visits.len(), world.reps.len()), (5_000, 60_000, 1));
        let notes: Vec<&str> = world.visits.iter().filter_map(|v| v.notes.as_deref()).collect();
        let chars: usize = notes.iter().map(|n| n.len()).sum();
        assert!((78..=82).contains(&(chars / notes.len())), "{}", chars / notes.len());
        let words: HashSet<&str> = notes.iter().flat_map(|n| n.split(' ')).collect();
        assert_eq!(words.len(), WORDS);
    }
}
