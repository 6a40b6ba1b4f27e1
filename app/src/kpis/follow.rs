//! Keeping the figures on screen as new as the server's: the cube is opened from the device and brought up to date by what has changed, again whenever the
//! server has a new version. What is looked at, pressed and focused stays.

use super::answers::{Given, Source, fetch, server};
use super::area::Area;
use super::keeping;
use crate::live::{live, no_act};
use crate::markup::Markup;
use crate::offline::{Offline, offline};
use crate::problem::Problem;
use crate::session::{Here, here};
use crate::ui::Glyph;
use domain::cube::{Cube, Update};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// How the way to the server is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Opening,
    On,
    Off,
}

/// An update of so much of what is kept makes the next opening fetch all of it: a half.
const WORTH_FETCHING: usize = 2;
/// How long the element's script is waited for, milliseconds: without it nothing is kept and nothing followed, and all else works.
const SCRIPT_WAIT: Duration = Duration::from_millis(1_500);

/// What follows.
#[derive(Clone, Copy)]
pub struct Follow {
    area: Area,
    here: Here,
    offline: Offline,
    link: RwSignal<Link>,
    /// The company's clock when the figures were last known to be all there are.
    as_of: RwSignal<Option<String>>,
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
    /// Bytes of the cube that is kept.
    kept: usize,
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
            as_of: RwSignal::new(None),
            news: RwSignal::new(String::new()),
            moving: StoredValue::new(Moving::default()),
        };
        Effect::new(move |_| {
            set_timeout(move || follow.begin(), SCRIPT_WAIT);
        });
        follow
    }

    /// When the figures were last known to be all there are, while the server can be reached.
    #[must_use]
    pub fn as_of(self) -> Option<String> {
        self.as_of.get()
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
        }
    }

    /// What the element says.
    fn hear(self, words: &str) {
        match words {
            "ready" => self.begin(),
            "on" => self.link.set(Link::On),
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

    async fn ask(self, at_least: i64) -> Result<(), Problem> {
        let beside = super::api::kpis_beside().await?;
        let _ = self.area.beside.try_set(beside.into());
        match self.area.source.get_untracked() {
            Source::Server(_) => self.put(server().await),
            Source::Cube(cube) => self.bring_up(cube, at_least).await,
            Source::Opening | Source::Failed(_) => {
                match keeping::kept().await.and_then(|(bytes, of)| Some((bytes.len(), Cube::from_bytes(&bytes).ok()?, of))) {
                    Some((size, cube, of)) => {
                        self.moving.try_update_value(|moving| (moving.of, moving.kept) = (of, size));
                        self.bring_up(Arc::new(cube), at_least).await
                    }
                    None => self.fetch_whole(at_least).await,
                }
            }
        }
    }

    /// Asks for what a cube lacks, and takes it in.
    async fn bring_up(self, cube: Arc<Cube>, at_least: i64) -> Result<(), Problem> {
        let Some((of, kept)) = self.moving.try_with_value(|moving| (moving.of.clone(), moving.kept)) else { return Ok(()) };
        let query = ["?since=", &cube.version.to_string(), "&of=", &of, "&atLeast=", &at_least.to_string()].concat();
        let Some(given) = fetch(&query).await? else { return self.put(server().await) };
        if !Update::is(&given.bytes) {
            return self.take_whole(given).await;
        }
        if given.bytes.len() * WORTH_FETCHING > kept {
            keeping::forget().await;
        }
        let mut next = (*cube).clone();
        match Update::from_bytes(&given.bytes).ok().filter(|update| next.take_in(update).is_ok()) {
            Some(_) => self.put(Source::Cube(Arc::new(next))),
            None => self.fetch_whole(at_least).await,
        }
    }

    async fn fetch_whole(self, at_least: i64) -> Result<(), Problem> {
        match fetch(&["?atLeast=", &at_least.to_string()].concat()).await? {
            Some(given) => self.take_whole(given).await,
            None => self.put(server().await),
        }
    }

    async fn take_whole(self, given: Given) -> Result<(), Problem> {
        let cube = Cube::from_bytes(&given.bytes).map_err(|_| Problem::Failed(String::new()))?;
        self.moving.try_update_value(|moving| (moving.of, moving.kept) = (given.of.clone(), given.bytes.len()));
        self.put(Source::Cube(Arc::new(cube)))?;
        keeping::keep(&given.bytes, &given.of).await;
        Ok(())
    }

    fn put(self, source: Source) -> Result<(), Problem> {
        if let Source::Failed(problem) = source {
            return Err(problem);
        }
        // the page may be gone by then
        let _ = self.area.source.try_set(source);
        Ok(())
    }

    /// All there is has been taken in: says when.
    fn seen(self) {
        let clock = self.here.with_company(|company| company.zone.clock(self.offline.now()));
        let first = self.as_of.with_untracked(Option::is_none);
        if !first {
            let to = self.area.data.get_untracked().map(|(_, to)| [", data to ", &to.long(self.area.today)].concat()).unwrap_or_default();
            self.news.set(["Figures updated at ", &clock, &to].concat());
        }
        self.as_of.set(Some(clock));
    }

    /// Keeps what is there and tries again later; says what failed where nothing is there.
    fn fail(self, problem: Problem) {
        if matches!(problem, Problem::SignIn | Problem::Forbidden) {
            return self.end(problem);
        }
        let failed = self.moving.try_update_value(|moving| {
            moving.failed += 1;
            moving.failed
        });
        if self.area.source.with_untracked(|source| matches!(source, Source::Opening | Source::Failed(_))) {
            self.area.source.set(Source::Failed(problem));
        }
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
        view! {
            <div class="kpis__state">
                {live(state, "kpis__link", None, no_act)}
                {crate::diagnostics::indicator()}
            </div>
            <p class="sr" role="status">{self.news}</p>
            {crate::beside::figures(user, Box::new(move |words| self.hear(words)))}
        }
        .into_any()
    }
}
