use super::*;

#[test]
fn a_fields_name_is_words() {
    assert_eq!((label("documentNo"), label("date")), ("Document no".to_owned(), "Date".to_owned()));
}

#[test]
fn what_is_replaced_follows_the_number_of_the_document() {
    let mut mapping = Mapping { replaces: Some(Replaces::Nothing), ..Mapping::default() };
    followed(&mut mapping, "amount");
    assert_eq!(mapping.replaces, Some(Replaces::Nothing));
    mapping.fields.insert("documentNo".to_owned(), FieldSpec::column("no"));
    followed(&mut mapping, "documentNo");
    assert_eq!(mapping.replaces, Some(Replaces::Documents));
    mapping.fields.clear();
    followed(&mut mapping, "documentNo");
    assert_eq!(mapping.replaces, Some(Replaces::Nothing));
}
