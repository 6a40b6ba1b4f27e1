//! Who is signed in and under which settings: what every screen stands on, shipped with the page so that nothing is asked twice.

use crate::offline::Known;
use domain::company::Company;
use domain::people::{Caller, Right};
use domain::{Day, Instant};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the server says about a request before anything is rendered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The instant the application works with.
    pub at: Instant,
    /// Who asks.
    pub standing: Standing,
    /// The data is made up.
    pub demo: bool,
    /// The application runs as of this day.
    pub as_of: Option<Day>,
}

/// Whether somebody is signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// Signed in.
    In(Account),
    /// Nobody is.
    Out,
    /// Started without the server, on a device that knows nobody.
    Away,
}

/// The signed-in person and the company's settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Who.
    pub caller: Arc<Caller>,
    /// Settings.
    pub company: Arc<Company>,
}

impl Session {
    /// Of a signed-in caller; `machine` is the clock's instant.
    #[must_use]
    pub fn of(machine: Instant, caller: Arc<Caller>, company: Arc<Company>) -> Self {
        let (at, demo, as_of) = (company.now(machine), company.demo, company.as_of);
        Self { at, standing: Standing::In(Account { caller, company }), demo, as_of }
    }

    /// Of nobody.
    #[must_use]
    pub fn signed_out(at: Instant, demo: bool, as_of: Option<Day>) -> Self {
        Self { at, standing: Standing::Out, demo, as_of }
    }

    /// As a device without the server knows it.
    #[must_use]
    pub fn known(at: Instant, known: Option<Known>) -> Self {
        known.map_or(Self { at, standing: Standing::Away, demo: false, as_of: None }, |known| {
            let (demo, as_of) = (known.company.demo, known.company.as_of);
            Self { at, standing: Standing::In(Account { caller: known.caller, company: known.company }), demo, as_of }
        })
    }
}

/// The screen's footing: who works here, the company's settings, and the time.
#[derive(Clone, Copy)]
pub struct Here {
    /// Who.
    pub caller: RwSignal<Arc<Caller>>,
    /// Settings.
    pub company: RwSignal<Arc<Company>>,
    /// Now, moving on by the minute.
    pub now: RwSignal<Instant>,
    /// The business day.
    pub today: Memo<Day>,
}

/// The footing from the context.
///
/// # Panics
/// Outside the frame of signed-in screens.
#[must_use]
pub fn here() -> Here {
    expect_context()
}

impl Here {
    /// Puts the footing into the context.
    #[must_use]
    pub fn provide(at: Instant, account: &Account) -> Self {
        let company = RwSignal::new(Arc::clone(&account.company));
        let now = RwSignal::new(at);
        let today = Memo::new(move |_| company.with(|company| company.zone.day_of(now.get())));
        let here = Self { caller: RwSignal::new(Arc::clone(&account.caller)), company, now, today };
        provide_context(here);
        here
    }

    /// The business day as it is now.
    #[must_use]
    pub fn day(self) -> Day {
        self.today.get_untracked()
    }

    /// The settings as they are now.
    #[must_use]
    pub fn settings(self) -> Arc<Company> {
        self.company.get_untracked()
    }

    /// Whether the person has a right.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        self.caller.with_untracked(|caller| caller.may(right))
    }

    /// Whether the person works from a Book.
    #[must_use]
    pub fn has_book(self) -> bool {
        self.caller.with_untracked(|caller| caller.has_book())
    }

    /// Runs a rule as this person, now.
    pub fn rule<T>(self, at: Instant, rule: impl FnOnce(domain::clients::Context<'_>) -> T) -> T {
        let (company, caller) = (self.company.get_untracked(), self.caller.get_untracked());
        rule(domain::clients::Context { company: &company, caller: &caller, at, offset_ms: 0, recorded: false })
    }
}
