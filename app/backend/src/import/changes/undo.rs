//! Taking back what one import did to one record. Pure: the record as it stands and what later imports did to it come in, what is left to do goes out.
//!
//! A field goes back to what it was before the import only while it still says what the import wrote. Where a later import has changed it again, that
//! import's value stays, and what it remembers as “before” becomes what was there before this one: taking the later one back too then leads all the way
//! back. A record that the import made and a later one changed stays likewise, as if the later one had made it: it goes with that one. In whatever order
//! imports are taken back, what nobody else touched is in the end as it was.

use super::{Changes, Did, Doc, Entry, Subject, accompanies, print};

/// What is left to do about a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Undone {
    /// Write it so.
    pub(crate) save: Option<Doc>,
    /// Remove it, unless something hangs on it.
    pub(crate) remove: bool,
    /// Fields that stay what they are since somebody edited them.
    pub(crate) edited: Vec<String>,
    /// Fields that stay what they are since a later import says so.
    pub(crate) later: Vec<String>,
    /// It was made by this import and stays: somebody edited it.
    pub(crate) touched: bool,
    /// It was made by this import and stays: a later one says it too.
    pub(crate) taken_over: bool,
    /// Places in `later` that have to be kept anew.
    pub(crate) rebased: Vec<usize>,
}

/// Takes back what `entry` did to the record that now is `current`. `later` are the entries of later imports about it, in their order.
pub(crate) fn undo(subject: Subject, entry: &Entry, current: &Doc, later: &mut [Entry]) -> Undone {
    match &entry.did {
        Did::Made(made) => unmake(subject, *made, current, later),
        Did::Changed(changes) => revert(changes, current, later),
    }
}

fn revert(changes: &Changes, current: &Doc, later: &mut [Entry]) -> Undone {
    let (mut undone, mut record) = (Undone::default(), current.clone());
    for (field, (was, now)) in changes {
        let next = later.iter_mut().enumerate().find_map(|(place, entry)| match &mut entry.did {
            Did::Changed(changes) if changes.contains_key(field) => Some((place, changes)),
            _ => None,
        });
        if let Some((place, next)) = next {
            if !accompanies(field) {
                undone.later.push(field.clone());
            }
            if let Some((before, after)) = next.get_mut(field).filter(|(before, _)| before == now) {
                *before = was.clone();
                if before == after {
                    next.remove(field);
                }
                undone.rebased.push(place);
            }
        } else if record.get(field).cloned().unwrap_or_default() == *now {
            record.insert(field.clone(), was.clone());
        } else if !accompanies(field) {
            undone.edited.push(field.clone());
        }
    }
    undone.rebased.sort_unstable();
    undone.rebased.dedup();
    undone.save = (record != *current).then_some(record);
    undone
}

fn unmake(subject: Subject, made: i64, current: &Doc, later: &mut [Entry]) -> Undone {
    let Some((next, rest)) = later.split_first() else {
        let untouched = print(subject, current) == made;
        return Undone { remove: untouched, touched: !untouched, ..Undone::default() };
    };
    let (mut state, mut clean) = (current.clone(), true);
    rest.iter().rev().for_each(|entry| clean &= step_back(&mut state, entry));
    let as_next_left_it = print(subject, &state);
    clean &= step_back(&mut state, next);
    if clean && print(subject, &state) == made {
        later[0].did = Did::Made(as_next_left_it);
        return Undone { taken_over: true, rebased: vec![0], ..Undone::default() };
    }
    Undone { touched: true, ..Undone::default() }
}

/// The record as it was before an entry; `false` when it was edited in between.
fn step_back(state: &mut Doc, entry: &Entry) -> bool {
    let Did::Changed(changes) = &entry.did else { return false };
    let mut clean = true;
    for (field, (was, now)) in changes {
        clean &= state.insert(field.clone(), was.clone()).unwrap_or_default() == *now;
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::super::{Did, Key};
    use super::*;
    use domain::ids::ImportId;
    use serde_json::{Value, json};
    use uuid::Uuid;

    const KEY: Key = (Uuid::nil(), 0);

    fn object(value: Value) -> Doc {
        match value {
            Value::Object(doc) => doc,
            _ => Doc::new(),
        }
    }

    fn changed(by: u128, before: &Doc, after: &Doc) -> Entry {
        Entry { import: ImportId(Uuid::from_u128(by)), key: KEY, did: Did::Changed(super::super::diff(Subject::Client, before, after)) }
    }

    #[test]
    fn a_field_goes_back_unless_somebody_edited_it() {
        let (was, now) = (object(json!({"town": "Thika", "phone": "1"})), object(json!({"town": "Ruiru", "phone": "2"})));
        let entry = changed(1, &was, &now);
        assert_eq!(undo(Subject::Client, &entry, &now, &mut []).save, Some(was));
        let edited = object(json!({"town": "Ruiru", "phone": "3", "notes": "x"}));
        let undone = undo(Subject::Client, &entry, &edited, &mut []);
        assert_eq!(undone.save, Some(object(json!({"town": "Thika", "phone": "3", "notes": "x"}))));
        assert_eq!(undone.edited, ["phone"]);
    }

    #[test]
    fn what_a_later_import_says_stays_and_leads_back_to_what_was_before_both() {
        let at = |town: &str| object(json!({"town": town}));
        let (first, mut second) = (changed(1, &at("A"), &at("B")), [changed(2, &at("B"), &at("C"))]);
        let undone = undo(Subject::Client, &first, &at("C"), &mut second);
        assert_eq!((undone.save, undone.later, undone.rebased), (None, vec!["town".to_owned()], vec![0]));
        assert_eq!(undo(Subject::Client, &second[0], &at("C"), &mut []).save, Some(at("A")));
        let mut back = [changed(2, &at("B"), &at("A"))];
        assert_eq!(undo(Subject::Client, &first, &at("A"), &mut back).save, None);
        assert_eq!(back[0].did, Did::Changed(Changes::new()), "nothing is left of a change back to what it was");
        let mut edited_between = [changed(2, &at("X"), &at("C"))];
        undo(Subject::Client, &first, &at("C"), &mut edited_between);
        assert_eq!(undo(Subject::Client, &edited_between[0], &at("C"), &mut []).save, Some(at("X")));
    }

    #[test]
    fn a_record_it_made_goes_or_is_taken_over_by_the_next_import_or_stays_when_edited() {
        let at = |town: &str| object(json!({"town": town, "version": town.len(), "tier": null}));
        let made =
            Entry { import: ImportId(Uuid::from_u128(1)), key: KEY, did: Did::Made(print(Subject::Client, &object(json!({"town": "A"})))) };
        assert!(undo(Subject::Client, &made, &at("A"), &mut []).remove, "absent and null are one, and the version says nothing");
        assert!(undo(Subject::Client, &made, &at("B"), &mut []).touched);
        let mut later = [changed(2, &at("A"), &at("B")), changed(3, &at("B"), &at("C"))];
        assert!(undo(Subject::Client, &made, &at("C"), &mut later).taken_over);
        assert_eq!(undo(Subject::Client, &later[1].clone(), &at("C"), &mut []).save.map(|d| d["town"].clone()), Some(json!("B")));
        assert!(undo(Subject::Client, &later[0].clone(), &at("B"), &mut []).remove);
        let mut later = [changed(2, &at("A"), &at("B"))];
        assert!(undo(Subject::Client, &made, &at("D"), &mut later).touched);
    }
}
