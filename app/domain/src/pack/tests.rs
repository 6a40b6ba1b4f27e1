#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use crate::book::testing::{a_client, a_company, a_page, a_rep_caller, a_visit};
use crate::bought::{Bought, BoughtProduct};
use crate::calendar::Instant;
use crate::geo::{Fix, Position};
use crate::ids::{ClientId, VisitId};
use crate::visits::{Promise, Stamp, VisitStatus};
use proptest::prelude::*;
use uuid::Uuid;

fn texts() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[a-c é]{0,4}( [a-c]{0,3}){0,5}\n?")
}

prop_compose! {
    fn clients()(n in any::<u128>(), name in "\\PC{1,20}", town in texts(), notes in texts(), phone in texts(),
        lat in prop::option::of(-90_000_000i32..90_000_000), due in prop::option::of(-3000i32..30_000), tags in prop::collection::btree_set("[a-z]{1,3}", 0..3),
        archived in prop::option::of(any::<i32>()), cadence in prop::option::of(1u16..731), version in any::<u32>()) -> crate::clients::Client {
        let mut c = a_client(n, &name);
        (c.town, c.notes, c.phone) = (town.clone(), notes, phone);
        c.segment = town;
        c.position = lat.map(|lat_e6| Position { lat_e6, lon_e6: lat_e6.wrapping_mul(2) });
        c.due_on = due.map(crate::Day);
        c.amber_from = due.map(|d| crate::Day(d - 7));
        c.last_visit_on = due.map(|d| crate::Day(d - 35));
        c.tags = tags.into_iter().collect();
        c.archived_at = archived.map(|a| Instant(a.into()));
        c.cadence_days = cadence;
        c.version = version.into();
        c
    }
}

prop_compose! {
    fn visits()(n in any::<u128>(), client in any::<u128>(), day in -10_000i32..30_000, minute in 0i64..1440, notes in texts(), step in texts(),
        status in 0usize..4, within in any::<Option<bool>>(), step_on in prop::option::of(0i32..40), flagged in prop::option::of(200_000i64..900_000)) -> crate::visits::Visit {
        let mut v = a_visit(n, client, crate::Day(day));
        let at = Instant(i64::from(day) * crate::calendar::DAY_MS + minute * 60_000);
        v.status = VisitStatus::ALL[status];
        v.planned_at = Some(at);
        v.checked_in = (status > 0).then_some(Stamp { at, fix: None });
        if v.status == VisitStatus::InProgress {
            v.checked_in = Some(Stamp { at, fix: Some(Fix { position: Position { lat_e6: day, lon_e6: -day }, accuracy_m: 12 }) });
        }
        v.checked_out = (status == 2).then_some(Stamp { at: Instant(at.0 + 1_234_567), fix: None });
        v.changed_at = v.checked_out.or(v.checked_in).map_or(at, |s| s.at);
        (v.within_radius, v.clock_offset_ms) = (within, flagged);
        (v.notes, v.next_step) = (notes, step);
        v.next_step_on = step_on.map(|d| crate::Day(day + d));
        v.promise = step_on.map(|_| Promise::Kept);
        v
    }
}

prop_compose! {
    fn facts()(days in prop::collection::btree_map(0i32..30_000, any::<i32>(), 0..20), weights in prop::array::uniform7(0u16..200),
        away in prop::option::of(0i32..40), sold in prop::option::of(any::<(i16, i32)>()), named in any::<bool>()) -> crate::targets::Facts {
        let pairs: Vec<_> = days.iter().map(|(day, net)| (crate::Day(*day), i64::from(*net))).collect();
        let rep = named.then_some(crate::ids::RepId(Uuid::from_u128(7)));
        let leave = away.zip(rep).map(|(days, rep)| crate::targets::Leave { rep, from: crate::Day(9), to: crate::Day(9 + days) });
        crate::targets::Facts {
            currency: crate::money::Currency::parse("KES").unwrap(),
            fiscal_start_month: 7,
            workdays: crate::targets::Workdays {
                weights,
                holidays: pairs.iter().map(|(day, _)| crate::targets::Holiday { day: *day, name: String::new() }).collect(),
            },
            data_to: pairs.last().map(|(day, _)| *day),
            refreshed_at: away.map(|at| Instant(at.into())),
            reps: vec![crate::targets::RepFacts {
                rep,
                budgets: pairs.clone(),
                leave: leave.into_iter().collect(),
                sold: sold.map(|(on, net)| crate::targets::Sold { on: crate::Day(on.into()), before: net.into(), that_day: 7, elsewhere: [net.into(), i64::from(named)] }),
            }],
            without_budget: pairs.iter().skip(3).copied().collect(),
            days: pairs,
        }
    }
}

proptest! {
    #[test]
    fn a_page_comes_back_as_it_was(
        clients in prop::collection::vec(clients(), 0..12),
        visits in prop::collection::vec(visits(), 0..40),
        facts in prop::option::of(facts()),
    ) {
        let mut page = a_page(clients, visits);
        page.facts = facts;
        page.contacts.push(crate::book::testing::a_contact(1, 2, "Joyce Mutua"));
        let product = |name: Option<&str>, net| BoughtProduct { name: name.map(Into::into), year: crate::Day(20_000), net };
        let bought = Bought { days: vec![(crate::Day(20_001), -5), (crate::Day(20_100), i64::MAX)], products: vec![product(Some("A"), 3), product(None, 2)] };
        page.bought = vec![(ClientId(Uuid::from_u128(1)), Bought::default()), (ClientId(Uuid::from_u128(7)), bought)];
        prop_assert_eq!(decode_page(&encode_page(&page)).unwrap(), page);
    }

    #[test]
    fn a_damaged_page_is_refused_or_read_but_never_panics(visits in prop::collection::vec(visits(), 1..9), cut in 0usize..4000, flip in any::<(usize, u8)>()) {
        let mut bytes = encode_page(&a_page(vec![a_client(1, "Mutua")], visits));
        let at = flip.0 % bytes.len();
        bytes[at] ^= flip.1;
        let _ = decode_page(&bytes);
        bytes.truncate(cut);
        let _ = decode_page(&bytes);
    }
}

#[test]
fn a_finished_visit_does_not_carry_places_to_the_phone() {
    let mut visit = a_visit(1, 2, crate::Day(20_000));
    visit.status = VisitStatus::Completed;
    let fix = Some(Fix { position: Position { lat_e6: -1_000_000, lon_e6: 36_000_000 }, accuracy_m: 5 });
    visit.checked_in = Some(Stamp { at: Instant(20_000 * crate::calendar::DAY_MS), fix });
    visit.address = Some("Mombasa Road 1".into());
    let bytes = encode_page(&a_page(vec![], vec![visit.clone()]));
    let back = decode_page(&bytes).unwrap().visits.remove(0);
    assert_eq!((back.checked_in.unwrap().fix, back.address), (None, None));
    assert_eq!((back.id, back.client_id), (VisitId(Uuid::from_u128(1)), ClientId(Uuid::from_u128(2))));
}

#[test]
fn a_page_of_another_schema_is_unreadable() {
    let mut bytes = encode_page(&a_page(vec![], vec![]));
    bytes[3] = 2;
    assert_eq!(decode_page(&bytes).unwrap_err(), Unreadable);
    assert_eq!(page_head(&encode_page(&a_page(vec![], vec![]))).unwrap().company, Some(a_company()));
    assert_eq!(a_rep_caller().role, crate::people::Role::SalesRep);
}
