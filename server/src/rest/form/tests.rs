#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;

const FORM: Form = Form::of(&[&[
    must("name", Kind::Text),
    may("days", Kind::Whole),
    may("on", Kind::Day),
    may("sort", Kind::Word(&["due", "name"])),
    may("tag", Kind::Texts),
]]);

fn object(value: Value) -> Object {
    value.as_object().unwrap().clone()
}

#[test]
fn everything_wrong_is_named_at_once() {
    let bad = FORM.read::<Value>(object(json!({"days": "7", "on": "20.11.2026", "sort": "size", "nmae": "x"}))).unwrap_err();
    let codes: Vec<(&str, &str)> = bad.0.iter().map(|r| (r.field.as_str(), r.code.as_str())).collect();
    assert_eq!(codes, [("days", "invalid"), ("nmae", "unknown_field"), ("on", "invalid"), ("sort", "invalid"), ("name", "required")]);
    assert_eq!(bad.for_field("on"), Some("Write a day as YYYY-MM-DD, for example 2026-11-20."));
    assert_eq!(bad.for_field("sort"), Some("Write one of due, name."));
}

#[test]
fn types_of_the_program_are_told_in_words_of_json() {
    let said = |value: Value| plain(&serde_json::from_value::<domain::money::Money>(value).unwrap_err().to_string());
    assert_eq!(said(json!("12")), "string \"12\" stands where an object belongs");
    assert_eq!(said(json!({"minor": "12", "currency": "KES"})), "string \"12\" stands where a whole number belongs");
    assert_eq!(said(json!({"currency": "KES"})), "missing field `minor`");
    assert_eq!(Kind::Small.advice(), "Write a whole number from 0 to 65535, without quotes.");
}

#[test]
fn null_is_absent_in_a_form_and_clears_in_a_form_of_changes() {
    const NAME: &[Field] = &[may("name", Kind::Text)];
    let form = Form::of(&[NAME]);
    assert_eq!(form.read::<Value>(object(json!({"name": null}))).unwrap(), json!({}));
    let changes = Form::of_changes(&[NAME]);
    assert_eq!(changes.read::<Value>(object(json!({"name": null}))).unwrap(), json!({"name": null}));
}

#[test]
fn a_query_string_is_read_with_its_types_and_an_empty_value_is_absent() {
    let read: Value = FORM.query("name=A%20B&days=7&on=").unwrap();
    assert_eq!(read, json!({"name": "A B", "days": 7}));
    assert_eq!(FORM.query::<Value>("name=a&name=b").unwrap_err().0[0].code, "twice");
    let tags: Value = FORM.query("name=a&tag=b%2C%20c&tag=&tag=d").unwrap();
    assert_eq!(tags, json!({"name": "a", "tag": ["b, c", "d"]}));
    let days = FORM.query::<Value>("name=a&days=-1").unwrap_err().0[0].clone();
    assert_eq!((days.field.as_str(), days.message), ("days", format!("Write a whole number from 0 to {}.", u32::MAX)));
    assert_eq!(FORM.query::<Value>("days=7").unwrap_err().for_field("name"), Some("name is missing. Write a text."));
    assert_eq!(Form::of(&[]).query::<Value>("foo=1").unwrap_err().for_field("foo"), Some("There is no field \"foo\" here: leave it out."));
}
