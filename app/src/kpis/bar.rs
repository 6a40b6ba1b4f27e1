//! The bar of filters, and what narrows the page as chips that can be taken away.

use super::area::Area;
use super::filters::{Filters, NARROWED};
use super::marks::{called, named};
use super::period::Period;
use crate::live::{live, pressed};
use crate::markup::Markup;
use crate::session::here;
use crate::ui::{Button, Glyph, Look};
use domain::Day;
use domain::cube::Dimension;
use domain::segments::SEGMENT;
use leptos::prelude::*;

/// Lists in the bar; products and customers are chosen in their charts.
const LISTED: usize = 4;

/// The bar.
pub fn bar(area: Area) -> AnyView {
    let own = here().has_book();
    let lists = NARROWED.iter().take(LISTED).filter(|(dimension, ..)| !own || !matches!(dimension, Dimension::Rep | Dimension::Branch));
    let lists = lists.map(|(dimension, name, all)| list(area, *dimension, name, all)).collect_view();
    // on a phone the figures come first: all filters but the period are behind a button
    let open = RwSignal::new(false);
    let toggle = move || open.update(|open| *open = !*open);
    view! {
        <form class="kpis__bar" class:kpis__bar--open=open role="search" aria-label="Filters" on:submit=|event| event.prevent_default()>
            {period(area)}
            <Button look=Look::Quiet small=true on_press=toggle>{move || if open.get() { "Fewer filters" } else { "More filters" }}</Button>
            {day(area, "From", |(from, _)| from, |(_, to), from| (from, to.max(from)))}
            {day(area, "To", |(_, to)| to, |(from, _), to| (from.min(to), to))}
            {lists}
            {segment(area)}
        </form>
    }
    .into_any()
}

/// A control with its name.
pub fn field(id: String, name: &'static str, control: AnyView) -> AnyView {
    view! { <div class="kpis__field"><label for=id>{name}</label>{control}</div> }.into_any()
}

/// A list to choose from: values, their words, and whether each is chosen.
pub fn select(
    id: String,
    options: impl Fn() -> Vec<(String, String, bool)> + Send + Sync + 'static,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let drawn = move || {
        let mut m = Markup::default();
        for (value, words, chosen) in options() {
            match chosen {
                true => m.put("<option value=\"{}\" selected>{}</option>", &[&value, &words]),
                false => m.put("<option value=\"{}\">{}</option>", &[&value, &words]),
            }
        }
        m.done()
    };
    view! {
        <div class="select">
            <select class="input" id=id inner_html=drawn on:change=move |event| choose(event_target_value(&event))></select>
            <crate::ui::Icon glyph=Glyph::Down />
        </div>
    }
    .into_any()
}

fn period(area: Area) -> AnyView {
    let options = move || {
        let chosen = area.named();
        let named = Period::ALL.into_iter().map(|period| (period.code().to_owned(), period.words().to_owned(), chosen == Some(period)));
        named.chain([(String::new(), "Own days".to_owned(), chosen.is_none())]).collect()
    };
    let choose = move |code: String| {
        let days = untrack(|| area.days());
        let period = Period::parse(&code);
        let days = period.is_none().then_some(days);
        area.show(&area.filters.with_untracked(|filters| Filters { period, days, ..filters.clone() }));
    };
    field("k-period".into(), "Period", select("k-period".into(), options, choose))
}

fn day(area: Area, name: &'static str, of: fn((Day, Day)) -> Day, with: fn((Day, Day), Day) -> (Day, Day)) -> AnyView {
    let id = ["k-", &name.to_lowercase()].concat();
    let value = move || of(area.days()).to_string();
    let choose = move |event: leptos::ev::Event| {
        let Some(day) = Day::parse(&event_target_value(&event)) else { return };
        let days = Some(with(untrack(|| area.days()), day));
        area.show(&area.filters.with_untracked(|filters| Filters { period: None, days, ..filters.clone() }));
    };
    let control = view! { <input class="input" type="date" id=id.clone() value=value prop:value=value on:change=choose /> };
    field(id, name, control.into_any())
}

fn list(area: Area, dimension: Dimension, name: &'static str, all: &'static str) -> AnyView {
    let id = ["k-", dimension.code()].concat();
    let labels = Memo::new(move |_| area.labels(dimension));
    let options = move || {
        let kept = area.filters.with(|filters| filters.labels(dimension).to_vec());
        let chosen = if let [Some(label)] = &kept[..] { Some(label.clone()) } else { None };
        let mut labels = labels.get();
        // one that is not among them is kept: it matches nothing, and can be seen and taken away
        if let Some(chosen) = chosen.as_ref().filter(|chosen| !labels.contains(chosen)) {
            labels.insert(0, chosen.clone());
        }
        let first = (String::new(), all.to_owned(), kept.is_empty());
        // several, or what has no such key: an address has them, the list has not
        let several = (!kept.is_empty() && chosen.is_none()).then(|| (String::from(" "), called(dimension, &kept), true));
        let rest = labels.into_iter().map(|label| (label.clone(), label.clone(), chosen.as_ref() == Some(&label)));
        std::iter::once(first).chain(several).chain(rest).collect()
    };
    let choose = move |label: String| {
        let labels = if label.is_empty() { vec![] } else { vec![Some(label)] };
        area.show(&area.filters.with_untracked(|filters| filters.with(dimension, labels)));
    };
    field(id.clone(), name, select(id, options, choose))
}

fn segment(area: Area) -> AnyView {
    let names = Memo::new(move |_| area.beside.with(|beside| beside.segments.names()));
    let options = move || {
        let chosen = area.filters.with(|filters| filters.segment.clone());
        let mut names = names.get();
        if let Some(chosen) = chosen.as_ref().filter(|chosen| !names.contains(chosen)) {
            names.insert(0, chosen.clone());
        }
        let first = (String::new(), "All segments".to_owned(), chosen.is_none());
        let rest = names.into_iter().map(|name| (name.clone(), name.clone(), chosen.as_ref() == Some(&name)));
        std::iter::once(first).chain(rest).collect()
    };
    let choose = move |name: String| {
        let segment = Some(name).filter(|name| !name.is_empty());
        area.show(&area.filters.with_untracked(|filters| Filters { segment, ..filters.clone() }));
    };
    field("k-segment".into(), "Segment", select("k-segment".into(), options, choose))
}

/// Filters and pressed marks, each with its way out.
pub fn chips(area: Area) -> AnyView {
    let html = Signal::derive(move || {
        let mut m = Markup::default();
        area.filters.with(|filters| {
            for kept in &filters.only {
                chip(&mut m, "filter", kept.0.code(), &named(kept));
            }
            if let Some(segment) = &filters.segment {
                chip(&mut m, "filter", SEGMENT, &["Segment: ", segment].concat());
            }
        });
        area.picks.with(|picks| {
            for pick in picks {
                chip(&mut m, "pick", pick.panel, &pick.words());
            }
            if !picks.is_empty() {
                m.put("<button type=\"button\" class=\"button button--plain button--small\" data-do=\"clear\">Clear marks <kbd>Esc</kbd></button><span class=\"muted small kpis__keys\">Ctrl, Shift or a long press adds to them</span><span class=\"muted small kpis__touch\">A long press adds to them</span>", &[]);
            }
        });
        m.done()
    });
    let press = move |event: leptos::ev::MouseEvent| {
        pressed(&event, |verb, element| match (verb, element.get_attribute("data-of")) {
            ("filter", Some(code)) if code == SEGMENT => {
                area.show(&area.filters.with_untracked(|filters| Filters { segment: None, ..filters.clone() }));
            }
            ("filter", Some(code)) => {
                if let Some(dimension) = Dimension::parse(&code) {
                    area.show(&area.filters.with_untracked(|filters| filters.with(dimension, vec![])));
                }
            }
            ("pick", Some(panel)) => area.picks.update(|picks| picks.retain(|pick| pick.panel != panel)),
            _ => area.clear(),
        });
    };
    view! { <div class="kpis__narrowed" on:click=press>{live(html, "chips", Some(("group", "Narrowed by")), crate::live::no_act)}</div> }
        .into_any()
}

fn chip(m: &mut Markup, verb: &str, of: &str, words: &str) {
    m.put("<button type=\"button\" class=\"chip\" data-do=\"{}\" data-of=\"{}\" aria-label=\"Remove {}\">{}", &[verb, of, words, words]);
    m.icon(Glyph::Close);
    m.put("</button>", &[]);
}
