//! Days as exports write them: every one is read in the one way there is, asked about where there are several, and is the company's where a time names a zone.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::Day;
use domain::calendar::{Transition, Zone};
use intake::clean::{DayFormat, day, month, ways};
use intake::{About, Input, Kind, Mapping, Preview, UNPACKED_MAX, preview};
use proptest::prelude::*;

const NAMES: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn nairobi() -> Zone {
    Zone::fixed("Africa/Nairobi", 10_800)
}

fn read(text: &str, format: Option<&str>) -> Option<String> {
    let format = format.map(|pattern| DayFormat::parse(pattern).unwrap());
    day(text, format, Some(&nairobi())).ok().map(|day| day.to_string())
}

fn look(kind: Kind, text: &str, mapping: Option<&str>) -> Preview {
    let mapping = mapping.map(|toml| Mapping::parse(toml).unwrap());
    preview(kind, Input::bytes("f.csv", text.as_bytes()).in_zone(nairobi()), mapping, true, UNPACKED_MAX).unwrap()
}

#[test]
fn shapes_with_one_reading_need_no_format_and_the_others_do() {
    for text in [
        "2026-01-05",
        "2026/01/05",
        "2026.1.5",
        "2026-1-5",
        "20260105",
        "05-Jan-2026",
        "5 January 2026",
        "05JAN2026",
        "5. January 2026",
        "Jan 5, 2026",
        "January 5 2026",
        "2026-Jan-05",
        "2026/01/05 14:30",
        "5 Jan 2026, 2:30 p.m.",
        "05-sept-2026",
    ] {
        let want = if text.contains("sept") { "2026-09-05" } else { "2026-01-05" };
        assert_eq!(read(text, None).as_deref(), Some(want), "{text}");
        assert!(ways(text).is_empty(), "{text}");
    }
    for (text, patterns) in [
        ("05/01/2026", &["DD/MM/YYYY", "MM/DD/YYYY"][..]),
        ("05/01/26", &["DD/MM/YY", "MM/DD/YY", "YY-MM-DD"]),
        ("25.01.26", &["DD/MM/YY", "YY-MM-DD"]),
        ("31/12/99", &["DD/MM/YY"]),
        ("05-Jan-26", &["DD-MON-YY"]),
        ("Jan 5, 26", &["MON-DD-YY"]),
        ("32/13/2026", &[]),
        ("2026-13-01", &[]),
        ("30 February 2026", &[]),
        ("2026 01 05", &[]),
        ("05 Foo 2026", &[]),
        ("1/2/3", &[]),
        ("2026-01-05-06", &[]),
    ] {
        assert_eq!(read(text, None), None, "{text}");
        assert_eq!(ways(text).iter().map(|way| way.pattern()).collect::<Vec<_>>(), patterns, "{text}");
    }
    for (text, pattern, want) in [
        ("2026/01/05", "YYYY/MM/DD", "2026-01-05"),
        ("05/01/26", "DD/MM/YY", "2026-01-05"),
        ("05/01/26 08:15", "mm/dd/yy", "2026-05-01"),
        ("26-01-05", "YY/MM/DD", "2026-01-05"),
        ("05-Jan-2026", "DD-MON-YYYY", "2026-01-05"),
        ("05-Jan-26", "DD-MMM-YY", "2026-01-05"),
        ("5 January 2026", "D MMMM YYYY", "2026-01-05"),
        ("1.5.69", "D.M.YY", "1969-05-01"),
        ("1.5.68", "D.M.YY", "2068-05-01"),
    ] {
        assert_eq!(read(text, Some(pattern)).as_deref(), Some(want), "{text} {pattern}");
    }
    assert_eq!(read("05/01/26", Some("DD/MM/YYYY")), None, "two digits are no year of four");
    assert_eq!(read("05/01/2026", Some("DD/MM/YY")), None);
    for wrong in ["DD/MM", "YYYY/MM/DD/HH", "Y", "", "DD/DD/YYYY", "now"] {
        assert_eq!(DayFormat::parse(wrong), None, "{wrong}");
        let toml = format!("[fields]\ndate = {{ column = 'd', format = '{wrong}' }}");
        assert!(Mapping::parse(&toml).unwrap_err().to_string().contains("write one of YYYYMMDD, YYYY-MM-DD"), "{wrong}");
    }
    assert!(
        day("05/01/26", None, None)
            .is_err_and(|words| words.contains("\"DD/MM/YY\" or \"MM/DD/YY\"") && words.contains("00 to 68 are 2000 to 2068"))
    );
}

#[test]
fn a_time_that_names_its_zone_is_of_the_company_s_day_or_is_refused() {
    for (text, want) in [
        ("2026-01-01T23:30:00Z", Some("2026-01-02")),
        ("2026-01-01T20:59:59Z", Some("2026-01-01")),
        ("2026-01-01T21:00Z", Some("2026-01-02")),
        ("2026-01-01 23:30:00+00", Some("2026-01-02")),
        ("2026-01-01T23:30:00.000+03:00", Some("2026-01-01")),
        ("2026-01-02T00:30:00+05:30", Some("2026-01-01")),
        ("2026-01-01T18:00:00-0500", Some("2026-01-02")),
        ("2026-01-01 11:30 pm UTC", Some("2026-01-02")),
        ("2026-01-01 23:30 GMT+3", Some("2026-01-01")),
        ("2025-12-31T23:30:00Z[Etc/UTC]", Some("2026-01-01")),
        ("5 January 2026 23:30 GMT+0000 (Coordinated Universal Time)", Some("2026-01-06")),
        ("2026-01-01T23:30:00", Some("2026-01-01")),
        ("2026-01-01 24:00", Some("2026-01-01")),
        ("2026-01-01T23:30:00 EST", None),
        ("2026-01-01T23:30:00 Nairobi", None),
        ("2026-01-01T23:30+15:00", None),
        ("2026-01-01T23:30+3:0", None),
        ("2026-01-01T24:01", None),
        ("2026-01-01T13:00 pm", None),
    ] {
        assert_eq!(read(text, None).as_deref(), want, "{text}");
    }
    assert_eq!(read("31/12/2025 22:00Z", Some("DD/MM/YYYY")).as_deref(), Some("2026-01-01"));
    let words = day("2026-01-01T23:30:00Z", None, None).unwrap_err();
    assert!(words.contains("names a zone"), "not known here: {words}");
    assert!(day("2026-01-01T23:30 EST", None, Some(&nairobi())).is_err_and(|words| words.contains("14:30+03:00")));
    assert_eq!(month("2026-01-31T22:00:00Z", None, Some(&nairobi())).unwrap().to_string(), "2026-02-01");
    let summer = Zone {
        name: "Europe/London".into(),
        transitions: vec![Transition { at_ms: i64::MIN, offset_s: 0 }, Transition { at_ms: 1_774_746_000_000, offset_s: 3_600 }],
    };
    assert_eq!(day("2026-03-28T23:30:00Z", None, Some(&summer)).unwrap().to_string(), "2026-03-28");
    assert_eq!(day("2026-03-29T23:30:00Z", None, Some(&summer)).unwrap().to_string(), "2026-03-30", "summer time has begun");
}

#[test]
fn years_of_two_digits_are_asked_about_with_the_ways_there_are() {
    let sales = |days: &[&str]| {
        look(Kind::Sales, &format!("date,amount,document no\n{}", days.iter().map(|d| format!("{d},1,1\n")).collect::<String>()), None)
    };
    let seen = sales(&["05/01/26", "25/01/26"]);
    assert_eq!((seen.questions.len(), seen.questions[0].about, seen.refused), (1, About::DayOrMonth, 2), "never told by themselves");
    assert_eq!(seen.questions[0].ways, [DayFormat::DayFirstShort, DayFormat::YearFirstShort]);
    let named = sales(&["05-Jan-26"]);
    assert_eq!(named.questions[0].ways, [DayFormat::DayNamedShort]);
    let two = sales(&["05/01/26", "13/02/2026"]);
    assert!(two.readings.is_empty() && two.mapping.fields["date"].0.format.is_none(), "a column of two ways is not told");
    let said = "[fields]\ndate = { column = 'd', format = 'DD/MM/YY' }\namount = 'a'\ndocumentNo = 'n'\n";
    let seen = look(Kind::Sales, "d,a,n\n05/01/26,1,1\n", Some(said));
    assert_eq!((seen.refused, seen.readings.len(), seen.readings[0].because.clone()), (0, 1, None));
}

#[test]
fn what_told_days_and_numbers_apart_is_named_with_its_line() {
    let seen = look(Kind::Sales, "date,amount,document no\n01/02/2026,1.234,1\n13/02/2026,5.5,1\n", None);
    let told: Vec<_> = seen.readings.iter().map(|r| (r.column.as_str(), r.format, r.because.clone())).collect();
    let by = |line, text: &str| Some((line, text.to_owned()));
    assert_eq!(told, [("date", Some(DayFormat::DayFirst), by(3, "13/02/2026")), ("amount", None, by(3, "5.5"))]);
    let again = look(Kind::Sales, "date,amount,document no\n01/02/2026,1,1\n13/02/2026,5.5,1\n", Some(&seen.mapping.written()));
    assert_eq!(again.readings[0].because, by(3, "13/02/2026"), "also once the mapping says it");
    assert!(look(Kind::Sales, "date,amount,document no\n2026-02-13,5.5,1\n", None).readings.is_empty(), "nothing was to be told");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn every_pattern_reads_back_what_is_written_by_it(n in 0_i32..25_000, sign in prop::sample::select(vec!["-", "/", ".", " "])) {
        // from 1970 to 2038: years of two digits are theirs
        let day_of = Day(n);
        let (y, m, d) = day_of.civil();
        for (format, pattern) in DayFormat::ALL {
            let between = if sign == " " && !pattern.contains("MON") { "-" } else { sign };
            let text = pattern.replace("YYYY", &format!("{y:04}")).replace("YY", &format!("{:02}", y % 100)).replace("DD", &format!("{d:02}"))
                .replace("MON", "@").replace("MM", &format!("{m:02}")).replace(['-', '/'], between).replace('@', &NAMES[m as usize - 1][..3]);
            prop_assert_eq!(day(&text, Some(format), None), Ok(day_of), "{} by {}", text, pattern);
            match day(&text, None, None) {
                Ok(read) => prop_assert_eq!(read, day_of, "{}", text),
                Err(_) => prop_assert!(ways(&text).contains(&format), "{} asks for {}", text, pattern),
            }
            prop_assert_eq!(DayFormat::parse(&pattern.to_lowercase().replace(['-', '/'], " ")).map(DayFormat::pattern), Some(pattern));
        }
    }

    #[test]
    fn a_moment_is_of_the_same_day_in_whatever_zone_it_is_written(n in 0_i32..25_000, minute in 0_i64..1_440, zone in -56_i64..=56, here in -48_i32..=56) {
        let (here, ahead) = (Zone::fixed("here", here * 900), zone * 15);
        let at = domain::Instant((i64::from(n) * 1_440 + minute) * 60_000);
        let local = i64::from(n) * 1_440 + minute + ahead;
        let (on, of) = (Day(i32::try_from(local.div_euclid(1_440)).unwrap()), local.rem_euclid(1_440));
        let text = format!("{on}T{:02}:{:02}:00{}{:02}:{:02}", of / 60, of % 60, if ahead < 0 { '-' } else { '+' }, ahead.abs() / 60, ahead.abs() % 60);
        prop_assert_eq!(day(&text, None, Some(&here)), Ok(here.day_of(at)), "{}", text);
        prop_assert!(day(&text, None, None).is_err());
    }

    #[test]
    fn nothing_behind_a_day_is_dropped_unread(tail in "[ T]?[0-9:.apmzA-Z+\\-() ]{0,12}") {
        let text = format!("2026-01-05{tail}");
        if let Ok(read) = day(&text, None, Some(&nairobi())) {
            let letters: String = tail.to_ascii_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
            let known = ["", "t", "z", "tz", "am", "pm", "tam", "tpm", "amz", "pmz", "utc", "gmt"];
            prop_assert!(known.contains(&letters.as_str()) || tail.contains(')'), "{} became {}", text, read);
        }
    }
}

#[test]
fn days_of_eight_digits_are_read_as_somebody_says() {
    for (format, text, want) in
        [("DDMMYYYY", "05012026", "2026-01-05"), ("MMDDYYYY", "05012026", "2026-05-01"), ("YYYYMMDD", "20260105", "2026-01-05")]
    {
        let format = DayFormat::parse(format).unwrap();
        assert_eq!(day(text, Some(format), None).unwrap().to_string(), want);
    }
    assert_eq!(ways("05012026"), [DayFormat::DayFirstCompact, DayFormat::MonthFirstCompact]);
    assert_eq!(ways("25012026"), [DayFormat::DayFirstCompact]);
    for wrong in ["20260105", "5012026", "050120260", "31022026"] {
        assert!(day(wrong, Some(DayFormat::DayFirstCompact), None).is_err(), "{wrong}");
    }
}
