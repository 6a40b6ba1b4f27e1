//! Check-in in one tap: the position is read, judged by the company's radius, and a reason is asked for only where it is needed.

use crate::act::act_then;
use crate::clients::filter::no_position;
use crate::later::check_in_sheet;
use crate::markup::Markup;
use crate::offline::{Offline, offline};
use crate::sheets::{Sheets, sheets};
use crate::ui::Glyph;
use crate::words::{coordinates, parse_coordinates};
use domain::Instant;
use domain::changes::Change;
use domain::clients::Client;
use domain::company::Company;
use domain::geo::{Fix, Position};
use domain::ids::{ClientId, VisitId};
use domain::visits::CheckIn;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::Element;

/// Whom a check-in is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    client: ClientId,
    name: String,
    position: Option<Position>,
    /// Within which a check-in passes, in metres.
    pub radius_m: u32,
    visit: Option<VisitId>,
}

/// The button that begins a check-in, drawn with all it needs to know.
pub struct Offer<'a> {
    /// Where.
    pub client: ClientId,
    /// Its name.
    pub name: &'a str,
    /// Where it is.
    pub position: Option<Position>,
    /// Within which a check-in passes, in metres.
    pub radius_m: u32,
    /// The visit planned there.
    pub visit: Option<VisitId>,
}

impl Offer<'_> {
    /// Draws it, always in reach.
    pub fn put(&self, m: &mut Markup, words: &str) {
        let place = self.position.map(coordinates).unwrap_or_default();
        let visit = self.visit.map(|id| id.to_string()).unwrap_or_default();
        m.put(
            "<div class=\"dock\"><button type=\"button\" class=\"button button--wide\" data-do=\"check-in\" data-client=\"{}\" data-name=\"{}\" \
             data-place=\"{}\" data-radius=\"{}\" data-visit=\"{}\">",
            &[&self.client.to_string(), self.name, &place, &self.radius_m.to_string(), &visit],
        );
        m.icon(Glyph::Pin);
        m.put("<span class=\"truncate\">{}</span></button></div>", &[words]);
    }
}

/// The press on an [`Offer`].
pub fn press(verb: &str, offer: &Element) {
    let word = |name: &str| offer.get_attribute(name).unwrap_or_default();
    let Ok(client) = word("data-client").parse() else { return };
    if verb == "check-in" {
        let radius_m = word("data-radius").parse().unwrap_or_default();
        let position = parse_coordinates(&word("data-place"));
        let target = Target { client, name: word("data-name"), position, radius_m, visit: word("data-visit").parse().ok() };
        expect_context::<CheckingIn>().begin(target.refined());
    }
}

impl Target {
    /// What the Book knows better, where one is open.
    fn refined(self) -> Self {
        let Some(book) = offline().book() else { return self };
        let book = book.borrow();
        book.client(self.client).map(|client| Self::of(client, book.company(), self.visit)).unwrap_or(self)
    }

    /// A client, and the visit planned there.
    #[must_use]
    pub fn of(client: &Client, company: &Company, visit: Option<VisitId>) -> Self {
        let radius_m = client.radius_m(company);
        Self { client: client.id, name: client.name.clone(), position: client.position, radius_m, visit }
    }

    /// A client known by less: where the Book is open it knows the rest.
    #[must_use]
    pub fn known_by(client: ClientId, name: String, radius_m: u32, visit: Option<VisitId>) -> Self {
        Self { client, name, position: None, radius_m, visit }.refined()
    }
}

/// How far a check-in is.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The position is being read.
    Locating,
    /// The position lies outside the radius, so many metres away.
    Outside(Fix, u32),
    /// There is no position, and why.
    Nowhere(&'static str),
}

/// The check-in under way: one for the whole application.
#[derive(Clone, Copy)]
pub struct CheckingIn {
    /// Whom it is for.
    pub target: RwSignal<Option<Target>>,
    /// How far it is.
    pub step: RwSignal<Step>,
    /// When it was tapped.
    pub tapped_at: RwSignal<Instant>,
    /// It is being kept: a second tap is the same one.
    keeping: RwSignal<bool>,
    sheets: Sheets,
    offline: Offline,
}

impl CheckingIn {
    /// Puts it into the context.
    pub fn provide() -> Self {
        let checking = Self {
            target: RwSignal::new(None),
            step: RwSignal::new(Step::Locating),
            tapped_at: RwSignal::new(Instant(0)),
            keeping: RwSignal::new(false),
            sheets: sheets(),
            offline: offline(),
        };
        provide_context(checking);
        checking
    }

    /// The tap: reads the position and checks in, or asks what is missing.
    pub fn begin(self, target: Target) {
        self.tapped_at.set(self.offline.now());
        self.step.set(Step::Locating);
        self.target.set(Some(target.clone()));
        let title = ["Check in at ", &target.name].concat();
        self.sheets.show(title, Box::pin(check_in_sheet(self)));
        let (owner, tapped_at) = (Owner::current(), self.tapped_at.get_untracked());
        spawn_local(async move {
            let found = self.offline.position().await;
            // the page may be gone by then
            if self.sheets.open.try_get_untracked() != Some(true) || self.tapped_at.try_get_untracked() != Some(tapped_at) {
                return;
            }
            let go = || match found {
                Ok(fix) => match target.position.filter(|at| !fix.within(*at, target.radius_m)) {
                    Some(at) => self.step.set(Step::Outside(fix, fix.position.distance_m(at))),
                    None => self.check_in(Some(fix), String::new()),
                },
                Err(why) => self.step.set(Step::Nowhere(no_position(why))),
            };
            match owner {
                Some(owner) => owner.with(go),
                None => go(),
            }
        });
    }

    /// Checks in with what is known.
    pub fn check_in(self, fix: Option<Fix>, reason: String) {
        let Some(target) = self.target.get_untracked() else { return };
        if self.keeping.get_untracked() {
            return;
        }
        self.keeping.set(true);
        let id = target.visit.unwrap_or_else(|| VisitId(self.offline.new_id()));
        let change = CheckIn { id, client_id: target.client, kind: String::new(), at: self.tapped_at.get_untracked(), fix, reason };
        let navigate = use_navigate();
        act_then(Change::CheckIn(change), "Checked in", move |kept| {
            self.keeping.set(false);
            if kept {
                self.sheets.close();
                navigate(&["/visits/", &id.to_string()].concat(), NavigateOptions::default());
            }
        });
    }
}
