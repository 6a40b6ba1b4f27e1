#![expect(clippy::unwrap_used, reason = "a test may panic")]
use super::*;
use proptest::prelude::*;

fn plain(text: &str) -> Result<Decimal, NotANumber> {
    Decimal::parse(text, &Notation::default())
}

#[test]
fn only_what_the_notation_names_is_read() {
    assert_eq!(plain(" -12.50 ").unwrap().rounded(2), Some(-1250));
    assert_eq!(plain("1,200"), Err(NotANumber::Sign(',')));
    assert_eq!(plain("(12.00)"), Err(NotANumber::Sign('(')));
    assert_eq!(plain("KES 5"), Err(NotANumber::Sign('K')));
    assert_eq!(
        (plain(""), plain("."), plain("--1"), plain("1.2.3")),
        (Err(NotANumber::Empty), Err(NotANumber::Empty), Err(NotANumber::Sign('-')), Err(NotANumber::Sign('.')))
    );
    let german = Notation { decimal: ',', group: Some('.'), ..Notation::default() };
    assert_eq!(Decimal::parse("1.234,56", &german).unwrap().rounded(2), Some(123_456));
    assert_eq!(Decimal::parse("1.23,4", &german), Err(NotANumber::Groups));
    assert_eq!(Decimal::parse("12.34", &german), Err(NotANumber::Groups));
    let kenyan = Notation { group: Some(','), parentheses: true, unit: Some("KES".into()), ..Notation::default() };
    for (text, minor) in [
        ("KES 1,200", 120_000),
        ("(12.00)", -1200),
        ("-KES 3", -300),
        ("KES -3", -300),
        ("1,234,567.89 KES", 123_456_789),
        ("KES (12)", -1200),
        ("(KES 12)", -1200),
        ("(12) KES", -1200),
    ] {
        assert_eq!(Decimal::parse(text, &kenyan).unwrap().rounded(2), Some(minor), "{text}");
    }
    assert_eq!(Decimal::parse("(-12)", &kenyan), Err(NotANumber::Sign('-')), "two signs are no number");
    assert_eq!(Decimal::parse("()", &kenyan), Err(NotANumber::Empty));
    for (text, sign) in [("-(12)", '-'), ("((12))", '('), ("12.00 €", '€'), ("12 000", ' '), ("1,200 USD", 'U')] {
        assert_eq!(Decimal::parse(text, &kenyan), Err(NotANumber::Sign(sign)), "{text}");
    }
}

#[test]
fn the_value_of_a_cell_is_kept_to_the_decimals_there_are() {
    for (text, want) in [
        ("86.2068965517241", "86.206896551724"),
        ("-33.3333333333337", "-33.333333333334"),
        ("0.9999999999999", "1"),
        ("-0.0000000000006", "-0.000000000001"),
        ("1.234", "1.234"),
        ("0.0000001", "0.0000001"),
    ] {
        assert_eq!(Decimal::nearest(text).unwrap(), plain(want).unwrap(), "{text}");
    }
    assert_eq!(Decimal::nearest("1,5"), Err(NotANumber::Sign(',')));
    assert_eq!(Decimal::nearest("inf").map(drop), plain("inf").map(drop));
    let (a, b) = (plain("86.206896551724").unwrap(), plain("-0.3").unwrap());
    assert_eq!((a.times(b), a.times_nearest(b)), (None, Some(plain("-25.862068965517").unwrap())));
}

#[test]
fn halves_go_away_from_zero() {
    for (text, minor) in [("0.005", 1), ("-0.005", -1), ("0.0049", 0), ("2.675", 268), ("-1.115", -112), ("0.001", 0)] {
        assert_eq!(plain(text).unwrap().rounded(2), Some(minor), "{text}");
    }
    assert_eq!(plain("99999999999999999999").unwrap().rounded(2), None);
    assert_eq!(plain("0.0000000000001"), Err(NotANumber::TooLong));
    assert_eq!(["22.670", "7", "1.234", "-0.5"].map(|text| plain(text).unwrap().written(2)), ["22.67", "7.00", "1.234", "-0.50"]);
}

proptest! {
    #[test]
    fn arithmetic_is_exact(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_i64..1_000_000, s in 0_u32..4, t in 0_u32..4) {
        let (x, y) = (Decimal::minor(a, s), Decimal::minor(b, t));
        prop_assert_eq!(plain(&x.to_string()).unwrap(), x);
        let sum = i128::from(a) * 10_i128.pow(6 - s) + i128::from(b) * 10_i128.pow(6 - t);
        prop_assert_eq!(x.plus(y).unwrap().at(6).unwrap(), sum);
        prop_assert_eq!(x.times(y).unwrap(), Decimal { unscaled: i128::from(a) * i128::from(b), scale: s + t });
        prop_assert_eq!(x.plus(x.negated()).unwrap(), Decimal::whole(0));
    }
}
