//! What stands around every signed-in screen: navigation, lines that stay, the sheet, notices, and where the focus goes.

use crate::live::{focus, live, no_act};
use crate::markup::Markup;
use crate::notice::Notices;
use crate::offline::{Phase, offline};
use crate::session::{Account, Here, Session, Settings};
use crate::sheets::Sheets;
use crate::ui::{Glyph, SyncState};
use crate::visits::check_in::CheckingIn;
use domain::Day;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;
use web_sys::Element;

const PLACES: [(&str, &str, Glyph); 5] = [
    ("/", "Today", Glyph::Today),
    ("/clients", "Clients", Glyph::Clients),
    ("/prospects", "Prospects", Glyph::Prospects),
    ("/visits", "Visits", Glyph::Visits),
    ("/more", "More", Glyph::More),
];

const SPRITE: &str = include_str!("ui/sprite.svg");

/// The frame of a signed-in person.
pub fn frame(session: &Session, account: &Account, pages: Box<dyn FnOnce() -> AnyView + Send>) -> AnyView {
    let here = Here::provide(session.at, account);
    let (notices, sheets) = (Notices::provide(), Sheets::provide());
    CheckingIn::provide();
    follow_clock(here);
    follow_settings(here, account);
    let path = use_location().pathname;
    follow_page(path, sheets);
    let who = account.caller.name.clone();
    let rail = Signal::derive(move || rail(&path.get(), attention(), &who));
    let tabs = Signal::derive(move || {
        let mut m = Markup::default();
        places(&mut m, &path.get(), attention());
        m.done()
    });
    let (demo, as_of) = (session.demo, session.as_of);
    let banners = Signal::derive(move || banners(demo, as_of));
    view! {
        <svg class="sprite" aria-hidden="true" inner_html=SPRITE></svg>
        <div class="app">
            <a class="skip" href="#main" rel="external">"Skip to the page"</a>
            {live(rail, "rail", Some(("complementary", "Fieldlight")), no_act)}
            <div class="app__body">
                {live(banners, "banners", None, press_banner)}
                <main class="app__main" id="main" tabindex="-1">{pages()}</main>
            </div>
            {live(tabs, "tabs", Some(("navigation", "Main")), no_act)}
        </div>
        {sheets.view()}
        {notices.view()}
    }
    .into_any()
}

fn attention() -> u32 {
    match offline().state().get() {
        SyncState::Attention(n) => n,
        _ => 0,
    }
}

fn rail(path: &str, attention: u32, who: &str) -> String {
    let mut m = Markup::default();
    m.put("<a class=\"rail__brand\" href=\"/\">", &[]);
    m.put("<svg class=\"brand-mark\" aria-hidden=\"true\"><use href=\"#brand\"></use></svg>Fieldlight</a><nav aria-label=\"Places\">", &[]);
    places(&mut m, path, attention);
    m.put("</nav><div class=\"rail__foot\"><span>{}</span></div>", &[who]);
    m.done()
}

fn places(m: &mut Markup, path: &str, attention: u32) {
    for (href, label, glyph) in PLACES {
        m.put("<a href=\"{}\"", &[href]);
        if holds(href, path) {
            m.put(" aria-current=\"page\"", &[]);
        }
        m.put(">", &[]);
        m.icon(glyph);
        m.put("{}", &[label]);
        if href == "/more" && attention > 0 {
            m.put("<span class=\"nav__count\">{}</span>", &[&attention.to_string()]);
        }
        m.put("</a>", &[]);
    }
}

/// Whether a path lies in a place.
fn holds(place: &str, path: &str) -> bool {
    let under = |place: &str| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || (place != "/" && rest.starts_with('/')));
    under(place) || (place == "/more" && (under("/outbox") || under("/gallery")))
}

/// Lines that stay until what they say is over.
fn banners(demo: bool, as_of: Option<Day>) -> String {
    let offline = offline();
    let mut m = Markup::default();
    if demo {
        banner(&mut m, "demo", Glyph::Info, "Demo data: nobody here is real.", None);
    }
    if let Some(day) = as_of {
        banner(&mut m, "day", Glyph::History, &["The application runs as of ", &day.full(Day(0)), "."].concat(), None);
    }
    if offline.phase().get() == Phase::SignInNeeded || matches!(offline.state().get(), SyncState::SignIn(_)) {
        let words = match offline.phase().get() {
            Phase::NoBook => "You are signed out. Sign in to load what is new.",
            _ => "Sign in to send. What you record stays on this phone until then.",
        };
        banner(&mut m, "warn", Glyph::Warn, words, None);
        m.put("<a class=\"link\" href=\"/sign-in\" rel=\"external\">Sign in</a></div>", &[]);
    }
    if let Some(trouble) = offline.trouble().get() {
        banner(&mut m, "bad", Glyph::Warn, trouble.words(), Some(("dismiss", "Understood")));
    }
    if offline.update_ready().get() {
        banner(&mut m, "good", Glyph::Upload, "A new version is ready.", Some(("update", "Load it")));
    }
    m.done()
}

/// One line; a warning is left open for its link.
fn banner(m: &mut Markup, kind: &str, glyph: Glyph, words: &str, way: Option<(&str, &str)>) {
    m.put("<div class=\"banner banner--{}\" role=\"status\">", &[kind]);
    m.icon(glyph);
    m.put("<span>{}</span>", &[words]);
    if let Some((verb, label)) = way {
        m.put("<button type=\"button\" class=\"button button--plain button--small\" data-do=\"{}\">{}</button>", &[verb, label]);
    }
    if kind != "warn" {
        m.put("</div>", &[]);
    }
}

fn press_banner(verb: &str, _: &Element) {
    match verb {
        "dismiss" => offline().dismiss_trouble(),
        _ => offline().apply_update(),
    }
}

/// The minute moves on; the first value is the server's, so that both draw the same.
fn follow_clock(here: Here) {
    let offline = offline();
    Effect::new(move || {
        let tick = move || here.now.set(offline.now());
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(30)) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// Tells the device who is signed in, and takes over what a pull brings.
fn follow_settings(here: Here, account: &Account) {
    let offline = offline();
    let (caller, settings) = (account.caller.as_ref().clone(), account.settings.clone());
    Effect::new(move |first: Option<()>| {
        if first.is_none() {
            offline.enter(caller.clone(), settings.clone());
        }
    });
    Effect::new(move || {
        let Some(known) = offline.known().get() else { return };
        here.settings.set(Settings::known(known.company));
        if known.caller != here.caller.get_untracked() {
            here.caller.set(known.caller);
        }
    });
}

/// After going to another page the sheet is closed and the focus is at the page's beginning, for the keyboard and for those who listen.
fn follow_page(path: Memo<String>, sheets: Sheets) {
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            sheets.close();
            if let Some(root) = document().document_element() {
                focus(&root, "#main");
            }
        }
        now
    });
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_place_holds_its_own_path_and_what_lies_under_it() {
        for (place, path, held) in [
            ("/", "/", true),
            ("/", "/clients", false),
            ("/clients", "/clients/1", true),
            ("/more", "/moreover", false),
            ("/more", "/outbox", true),
        ] {
            assert_eq!(holds(place, path), held, "{place} {path}");
        }
    }
}
