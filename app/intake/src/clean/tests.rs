use super::*;

#[test]
fn blanks_are_squeezed_and_words_that_mean_nothing_are_empty() {
    let usual = Blanks::new(None);
    for (cell, want) in
        [("  W.  Mkt\u{a0} ", "W. Mkt"), ("N/A", ""), (" - ", ""), ("NULL", ""), ("Nina", "Nina"), ("", ""), ("a\tb", "a b")]
    {
        assert_eq!(usual.clean(cell), want, "{cell:?}");
    }
    let own = Blanks::new(Some(&["00000".into()]));
    assert_eq!((own.clean("00000"), own.clean("-")), ("".into(), "-".into()));
}

#[test]
fn days_are_read_in_the_format_named_and_never_guessed_where_two_are_possible() {
    use DayFormat::{Compact, DayFirst, Iso, MonthFirst};
    for (text, format, want) in [
        ("20150717", None, Some("2015-07-17")),
        ("2015-07-17", None, Some("2015-07-17")),
        ("2015-07-17 08:30", None, Some("2015-07-17")),
        ("2015-07-17T25:00", None, None),
        ("2015-07-17T08:60", None, None),
        ("2015-07-17 draft", None, None),
        ("2015-07-17T08:30:00.000+03:00", None, None),
        ("17/07/2015 draft", Some(DayFirst), None),
        ("7/17/2015 8:30:00 PM", Some(MonthFirst), Some("2015-07-17")),
        ("04/05/2015", None, None),
        ("04/05/2015", Some(MonthFirst), Some("2015-04-05")),
        ("4/5/2015 0:00", Some(DayFirst), Some("2015-05-04")),
        ("17.07.2015", Some(DayFirst), Some("2015-07-17")),
        ("17.07.2015", Some(MonthFirst), None),
        ("20150230", Some(Compact), None),
        ("2015-7-1", Some(Iso), Some("2015-07-01")),
        ("2015-07-1é", None, None),
        ("", None, None),
        ("99/99/9999", Some(DayFirst), None),
        ("1/2/15", Some(DayFirst), None),
    ] {
        assert_eq!(day(text, format, None).ok().map(|d| d.to_string()), want.map(str::to_owned), "{text} {format:?}");
    }
    assert!(day("04/05/2015", None, None).is_err_and(|words| words.contains("DD/MM/YYYY")));
}

#[test]
fn a_month_is_read_bare_or_from_any_of_its_days() {
    use DayFormat::{DayFirst, MonthFirst};
    for (text, format, want) in [
        ("2015-07", None, Some("2015-07-01")),
        ("7/2015", None, Some("2015-07-01")),
        ("07.2015", Some(DayFirst), Some("2015-07-01")),
        ("2015-07-31", None, Some("2015-07-01")),
        ("20150731", None, Some("2015-07-01")),
        ("04/05/2015", Some(MonthFirst), Some("2015-04-01")),
        ("04/05/2015", None, None),
        ("Jul 2015", None, Some("2015-07-01")),
        ("2015-JULY", None, Some("2015-07-01")),
        ("5 July 2015", None, Some("2015-07-01")),
        ("Jul-15", None, None),
        ("2015-13", None, None),
        ("2015-+7", None, None),
        ("15-07", None, None),
        ("July", None, None),
        ("", None, None),
    ] {
        assert_eq!(month(text, format, None).ok().map(|d| d.to_string()), want.map(str::to_owned), "{text} {format:?}");
    }
    assert!(month("04/05/2015", None, None).is_err_and(|words| words.contains("DD/MM/YYYY")));
    assert!(month("July", None, None).is_err_and(|words| words.contains("YYYY-MM")));
}

#[test]
fn times_of_day_are_read_with_and_without_a_half() {
    for (text, want) in [
        ("9:05", Some(545)),
        ("09:05:59", Some(545)),
        ("0905", Some(545)),
        ("9:05 PM", Some(1265)),
        ("12:00am", Some(0)),
        ("12:30 pm", Some(750)),
        ("13:00 pm", None),
        ("24:00", None),
        ("noon", None),
        ("9", None),
    ] {
        assert_eq!(minute_of_day(text), want, "{text}");
    }
}

#[test]
fn numbers_and_digits_are_taken_from_what_stands_around_them() {
    assert_eq!((decimal("-0.3994"), decimal("37,47"), decimal("1,2.3"), decimal("NaN")), (Some(-0.3994), Some(37.47), None, None));
    for (text, want) in [("CA  94523", "94523"), ("941102019", "94110"), ("941", ""), ("CA", "")] {
        assert_eq!(digits(text, 5), want, "{text}");
    }
}
