//! Keeping the figures on screen as new as the server's: the cube is opened from the device and brought up to date by what has changed, again whenever the
//! server has a new version. What is looked at, pressed and focused stays.

mod asking;

use super::answers::Source;
use super::area::Area;
use super::keeping;
use crate::live::{live, no_act};
use crate::markup::Markup;
use crate::offline::{Offline, offline};
use crate::problem::Problem;
use crate::session::{Here, here};
use crate::ui::Glyph;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How the way to the server is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Opening,
    On,
    Off,
}

/// How long the element's script is waited for, milliseconds: without it nothing is kept and nothing followed, and all else works.
const SCRIPT_WAIT: Duration = Duration::from_millis(1_500);
/// How long the server is waited for before what is kept on this device is shown.
const PATIENCE: Duration = Duration::from_millis(4_000);

/// What follows.
#[derive(Clone, Copy)]
pub struct Follow {
    area: Area,
    here: Here,
    offline: Offline,
    link: RwSignal<Link>,
    /// What those who listen are told.
    news: RwSignal<String>,
    moving: StoredValue<Moving>,
}

/// What is known beside the cube itself.
#[derive(Clone, Default)]
struct Moving {
    /// Something is being fetched.
    busy: bool,
    /// The cube has been asked for.
    begun: bool,
    /// The version the server has told of last.
    told: i64,
    /// What the cube is of.
    of: String,
    /// What stands beside it, as it is kept.
    beside: String,
    /// Failures in a row.
    failed: u32,
}

impl Follow {
    /// Nothing is open yet.
    #[must_use]
    pub fn new(area: Area) -> Self {
        let follow = Self {
            area,
            here: here(),
            offline: offline(),
            link: RwSignal::new(Link::Opening),
            news: RwSignal::new(String::new()),
            moving: StoredValue::new(Moving::default()),
        };
        Effect::new(move |_| {
            set_timeout(move || follow.begin(), SCRIPT_WAIT);
        });
        follow
    }

    /// Asks again for what could not be loaded.
    pub fn again(self) {
        self.catch_up();
    }

    /// Opens the cube: from the device with what has changed, or whole.
    pub fn open(self) {
        self.area.source.set(Source::Opening);
        self.catch_up();
    }

    fn begin(self) {
        // the page may be gone by then
        if self.moving.try_with_value(|moving| moving.begun) == Some(false) {
            self.moving.update_value(|moving| moving.begun = true);
            self.catch_up();
            set_timeout(move || spawn_local(self.fall_back(None)), PATIENCE);
        }
    }

    /// What the element says.
    fn hear(self, words: &str) {
        match words {
            "ready" => self.begin(),
            "on" => {
                self.link.set(Link::On);
                if self.area.cut_off.get_untracked() {
                    self.catch_up();
                }
            }
            "off" => self.link.set(Link::Off),
            "ended" => self.end(Problem::SignIn),
            _ => {
                let Some(version) = words.strip_prefix("figures ").and_then(|version| version.parse().ok()) else { return };
                let before = self.moving.with_value(|moving| moving.told);
                self.moving.update_value(|moving| moving.told = version);
                let wanted = self.area.source.with_untracked(|source| match source {
                    // an earlier one than before: the server's data was put back
                    Source::Cube(cube) => version > cube.version || version < before,
                    Source::Server(_) => before != 0 && version != before,
                    Source::Opening => false,
                    Source::Failed(_) => true,
                });
                if wanted {
                    self.catch_up();
                }
            }
        }
    }

    /// Asks for what is new, once at a time; whoever is told of more meanwhile asks again.
    fn catch_up(self) {
        if !self.moving.with_value(|moving| moving.begun) || self.moving.with_value(|moving| moving.busy) {
            return;
        }
        self.moving.update_value(|moving| moving.busy = true);
        spawn_local(async move {
            let told = self.moving.try_with_value(|moving| moving.told).unwrap_or_default();
            let done = self.ask(told).await;
            let Some(now) = self.moving.try_update_value(|moving| {
                moving.busy = false;
                moving.told
            }) else {
                return;
            };
            match done {
                Ok(()) => {
                    self.moving.update_value(|moving| moving.failed = 0);
                    self.seen();
                    if now > told && self.area.source.with_untracked(|source| matches!(source, Source::Cube(cube) if cube.version < now)) {
                        self.catch_up();
                    }
                }
                Err(problem) => self.fail(problem),
            }
        });
    }

    /// All there is has been taken in: says when, and keeps that.
    fn seen(self) {
        let now = self.offline.now();
        let clock = self.moment(now);
        let first = self.area.as_of.with_untracked(Option::is_none);
        if !first {
            let to = self.area.data.get_untracked().map(|(_, to)| [", data to ", &to.long(self.area.today)].concat()).unwrap_or_default();
            self.news.set(["Figures updated at ", &clock, &to].concat());
        }
        self.area.as_of.set(Some(clock));
        self.area.cut_off.set(false);
        if let Source::Cube(cube) = self.area.source.get_untracked() {
            let beside = self.moving.try_with_value(|moving| moving.beside.clone()).unwrap_or_default();
            // what could not be loaded is not kept as if it were none
            if !beside.is_empty() {
                spawn_local(keeping::note(beside, now, cube.version));
            }
        }
    }

    /// Keeps what is there and tries again later; what is kept on this device takes the place of what is not.
    fn fail(self, problem: Problem) {
        if matches!(problem, Problem::SignIn | Problem::Forbidden) {
            return self.end(problem);
        }
        let failed = self.moving.try_update_value(|moving| {
            moving.failed += 1;
            moving.failed
        });
        self.area.cut_off.set(true);
        spawn_local(self.fall_back(Some(problem)));
        let wait = Duration::from_secs(1 << failed.unwrap_or_default().min(5));
        set_timeout(
            move || {
                if self.moving.try_with_value(|moving| !moving.busy) == Some(true) {
                    self.catch_up()
                }
            },
            wait,
        );
    }

    /// Nobody who may see the figures is here any more.
    fn end(self, problem: Problem) {
        self.area.source.set(Source::Failed(problem));
        spawn_local(keeping::forget());
    }

    /// The element that follows for all tabs, the state in a shape and a word, and what is told to those who listen.
    pub fn view(self) -> AnyView {
        let user = self.here.caller.with_untracked(|caller| caller.user.to_string());
        let state = Signal::derive(move || {
            let (kind, glyph, words) = match self.link.get() {
                Link::Opening => ("opening", Glyph::Clock, "Connecting"),
                Link::On => ("on", Glyph::Check, "Live"),
                Link::Off => ("off", Glyph::CloudOff, "Not connected, trying again"),
            };
            let mut m = Markup::default();
            m.put("<span class=\"state state--{}\">", &[kind]);
            m.icon(glyph);
            m.put("{}</span>", &[words]);
            m.done()
        });
        // a page that is cut off says so in one place, with what it shows all the same
        view! {
            <div class="kpis__state" hidden=self.area.cut_off>
                {live(state, "kpis__link", None, no_act)}
                {crate::diagnostics::indicator()}
            </div>
            <p class="sr" role="status">{self.news}</p>
            {crate::beside::figures(user, Box::new(move |words| self.hear(words)))}
        }
        .into_any()
    }
}
