//! What no font has is drawn as such, and said.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::super::{Cell, Chart, Content, Value};
use super::*;
use domain::money::Currency;

fn paper(name: &str) -> Paper {
    let words = || name.to_owned();
    let cell = |words: &str, value| Cell { words: words.to_owned(), value };
    let chart = Chart::Ranking { names: vec![words()], values: vec![Some(1.0)], percent: false };
    let rows = vec![vec![cell(name, Value::Text), cell("1", Value::Count(1))]];
    let content = Content { chart: Some(chart), heads: vec!["Customer".into(), "Lines".into()], rows };
    Paper {
        company: "Savanna".into(),
        title: "Customers".into(),
        room: "Customers".into(),
        period: "2026".into(),
        narrowed: vec![],
        fresh: String::new(),
        made: String::new(),
        currency: Currency::parse("KES").unwrap(),
        tiles: vec![Tile { name: "Target attainment".into(), value: cell("–", Value::Unknown), notes: vec!["so long ".repeat(20)] }],
        notes: vec![],
        sections: vec![Section { id: "customers".into(), title: "Customers".into(), says: String::new(), content: Ok(content) }],
        definitions: vec![],
    }
}

#[test]
fn names_of_any_letters_are_drawn_and_those_no_font_has_are_said() {
    let noted = |name: &str| {
        let paper = paper(name);
        assert!(pdf(&paper).unwrap().starts_with(b"%PDF-"), "{name}");
        let mut layout = Layout::new(&paper).unwrap();
        let before = layout.y;
        notes(&mut layout, &paper);
        layout.y > before
    };
    for name in ["مزارع الساحل", "北京商店", "שוק", "Chai 🍵 House", "👩‍🌾"] {
        assert!(noted(name), "{name}");
    }
    for name in ["Łódź", "Мария", "Αθήνα", "Nguyễn", "=HYPERLINK(1)"] {
        assert!(!noted(name), "{name}");
    }
}
