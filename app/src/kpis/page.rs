//! The area's page: one frame around its rooms, so that the cube, the filters and the pressed marks outlive going from one to another.

use super::PATH;
use super::answers::Source;
use super::area::Area;
use super::bar::{bar, chips};
use super::doubts;
use super::filters::understood;
use super::follow::Follow;
use super::overview::{ROOMS, room};
use super::pick::outlive;
use crate::ask::{failure, waiting};
use crate::head::Head;
use crate::later::{doubts_line, there};
use crate::live::{live, no_act, steady};
use crate::markup::Markup;
use crate::offline::offline;
use crate::people::theme;
use crate::rooms::{query_of, room_of};
use crate::ui::{Button, Glyph, Look};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Where the filters are kept on this device, for each person.
const KEPT: &str = "kpis";
/// Time the tables and charts have to take their place on paper.
const PREPARE: std::time::Duration = std::time::Duration::from_millis(300);

/// The page at the address.
#[must_use]
pub fn kpis_page() -> AnyView {
    let styled = crate::beside::styled("kpis-style");
    view! { {move || if styled.get() { frame() } else { waiting() }} }.into_any()
}

fn frame() -> AnyView {
    let (place, query) = (room_of(PATH), query_of(PATH));
    let area = Area::new(place);
    let follow = Follow::new(area);
    let doubtful = Memo::new(move |_| is_doubtful(area, &query.get()));
    remember(area, query, doubtful);
    on_escape(move || area.clear());
    outlive(area.filters, area.picks);
    open_for_paper(area);
    let sub = Signal::derive(move || fresh(area));
    let failed =
        Memo::new(move |_| area.source.with(|source| if let Source::Failed(problem) = source { Some(problem.clone()) } else { None }));
    Effect::new(move |_| {
        place.track();
        request_animation_frame(scroll_to_tab);
    });
    let content = move || match failed.get() {
        Some(problem) => failure(&problem, Callback::new(move |()| follow.open())),
        None => match ROOMS.iter().find(|room| place.with(|place| room.path == place)) {
            Some(found) => room(area, found),
            None => crate::fault::not_found(),
        },
    };
    let kept = Memo::new(move |_| place.with(|place| ROOMS.iter().any(|room| room.path == place)));
    let files = move || {
        let seen = Signal::derive(move || area.kept());
        let asked = Signal::derive(move || area.asked(""));
        kept.get().then(|| crate::reports::files(seen, asked, Callback::new(move |()| print(area))))
    };
    view! {
        {Head::new("KPIs").sub(sub).back("/more", "More").view()}
        <div class="page page--wide kpis" class:kpis--paper=area.printing>
            {follow.view()}
            {live(Signal::derive(move || cut_off(area)), "kpis__cut-off", None, no_act)}
            {lacking(area, follow)}
            {doubted(area, query, doubtful)}
            {steady(Signal::derive(move || rooms(area)), "kpis__rooms", Some(("navigation", "KPIs")), no_act)}
            {bar(area)}
            {chips(area)}
            {files}
            {content}
        </div>
    }
    .into_any()
}

/// On a phone the tab of the room may lie beyond the edge.
fn scroll_to_tab() {
    let find = |selector: &str| document().query_selector(selector).ok()??.dyn_into::<web_sys::HtmlElement>().ok();
    if let (Some(strip), Some(tab)) = (find(".kpis__rooms"), find(".kpis__rooms [aria-current]")) {
        strip.set_scroll_left(tab.offset_left() - (strip.client_width() - tab.offset_width()) / 2);
    }
}

fn rooms(area: Area) -> String {
    let mut m = Markup::default();
    let here = area.room.get();
    area.filters.with(|filters| {
        for room in &ROOMS {
            m.put("<a href=\"{}\"", &[&filters.address(room.path)]);
            if room.path == here {
                m.put(" aria-current=\"page\"", &[]);
            }
            m.put(">{}</a>", &[room.name]);
        }
    });
    m.done()
}

/// How far the data goes, and when it was last known to be all there is; a page that is cut off says that elsewhere.
fn fresh(area: Area) -> String {
    let as_of = area.as_of.get().filter(|_| !area.cut_off.get()).map(|clock| [", as of ", &clock].concat()).unwrap_or_default();
    let words = area.source.with(|source| match source {
        Source::Opening => "Opening the figures",
        Source::Failed(_) => "The figures cannot be reached",
        _ => "",
    });
    match (area.range(), words) {
        (Some((from, to)), "") => ["Data from ", &from.long(area.today), " to ", &to.long(area.today), &as_of].concat(),
        (None, "") if area.has_pipeline() => String::new(),
        (None, "") => "No sales have been brought in yet".to_owned(),
        (_, words) => words.to_owned(),
    }
}

/// What is here all the same where the server cannot be reached, and what is not.
fn cut_off(area: Area) -> String {
    let mut m = Markup::default();
    let words = area.source.with(|source| match source {
        Source::Cube(_) => {
            "No connection, trying again. These are the figures as of {}, kept on this device; lines behind them, files and the pipeline need one."
        }
        Source::Server(_) => {
            "No connection, trying again. The figures as of {} are too large to be kept on this device: what is not shown yet needs one."
        }
        _ => "",
    });
    if area.cut_off.get() && !words.is_empty() {
        m.put("<div class=\"banner banner--offline\" role=\"status\">", &[]);
        m.icon(Glyph::CloudOff);
        m.put("<span>", &[]);
        m.put(words, &[&area.as_of.get().unwrap_or_default()]);
        m.put("</span></div>", &[]);
    }
    m.done()
}

/// What stands beside the cube could not be loaded: said, and the way to ask again.
fn lacking(area: Area, follow: Follow) -> AnyView {
    let shown = Memo::new(move |_| area.lacking.get() && !area.cut_off.get());
    let again = move || follow.again();
    let banner = move || {
        view! {
            <div class="banner banner--warn" role="status">
                <crate::ui::Icon glyph=Glyph::Warn />
                <span>"Budgets and segments could not be loaded. What needs them is missing, or as it was before."</span>
                <Button look=Look::Quiet small=true on_press=again>"Try again"</Button>
            </div>
        }
    };
    view! { {move || shown.get().then(banner)} }.into_any()
}

/// What of the address is not understood; the server draws no words of it.
fn doubted(area: Area, query: Memo<String>, doubtful: Memo<bool>) -> AnyView {
    let shown = RwSignal::new(false);
    Effect::new(move |_| shown.set(doubtful.get()));
    there(shown, || ().into_any(), Box::new(move || Box::pin(doubts_line(area, query))))
}

/// Whether the address says something that is not understood, or that nobody is called by.
fn is_doubtful(area: Area, query: &str) -> bool {
    area.filters.with(|filters| {
        let mut named = filters.only.iter().map(|(dimension, kept)| (area.labels(*dimension), kept));
        let unknown = named.any(|(labels, kept)| !labels.is_empty() && kept.iter().flatten().any(|label| !labels.contains(label)));
        let segments = area.beside.with(|beside| beside.segments.names());
        let nobody = filters.segment.as_ref().is_some_and(|segment| !segments.is_empty() && !segments.contains(segment));
        nobody || doubts::any(query, &filters.address(&area.room.get())) || unknown
    })
}

/// Filters are kept for each person, unless they are none; an address without any begins with those of the last time.
fn remember(area: Area, query: Memo<String>, doubtful: Memo<bool>) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = query.get();
        // whoever works here is told to the device a moment after the page is there
        if offline().known().with(Option::is_none) {
            return None;
        }
        match (before.flatten(), now.trim_start_matches('?')) {
            (None, "") => {
                if let Some(kept) = offline().draft(KEPT).filter(|kept| kept.starts_with('?')) {
                    let room = area.room.get_untracked();
                    area.replace(&[PATH, if room.is_empty() { "" } else { "/" }, &room, "?", &understood(&kept[1..], &room)].concat());
                }
            }
            (_, _) if doubtful.get_untracked() => {}
            (_, text) => offline().save_draft(KEPT, &["?", text].concat()),
        }
        Some(now)
    });
}

/// Escape lets marks go, wherever the focus is; what is open above the page hears it first.
pub fn on_escape(clear: impl Fn() + Clone + 'static) {
    Effect::new(move |_| {
        let clear = clear.clone();
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" && !event.default_prevented() {
                clear();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// On paper every chart has its table, however printing was begun.
fn open_for_paper(area: Area) {
    Effect::new(move |_| {
        let before = window_event_listener_untyped("beforeprint", move |_| prepare(area));
        let after = window_event_listener_untyped("afterprint", move |_| {
            area.printing.set(false);
            theme::wear(theme::chosen());
        });
        on_cleanup(move || {
            before.remove();
            after.remove();
        });
    });
}

/// Paper is light.
fn prepare(area: Area) {
    area.printing.set(true);
    theme::wear(Some("light"));
}

/// Prints once the tables are open.
fn print(area: Area) {
    prepare(area);
    set_timeout(
        || {
            // where a browser cannot print there is nothing to say
            let _ = window().print();
        },
        PREPARE,
    );
}
