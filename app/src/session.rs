//! Who is signed in and under which settings: what every screen stands on, shipped with the page so that nothing is asked twice.

use crate::offline::Known;
use domain::company::Company;
use domain::geo::Position;
use domain::people::{Caller, Right, Role};
use domain::{Day, Instant};
use leptos::prelude::*;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

/// What the server says about a request before anything is rendered.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
pub enum Standing {
    /// Signed in.
    In(Account),
    /// Nobody is.
    Out,
    /// Started without the server, on a device that knows nobody.
    Away,
}

/// The signed-in person and the company's settings.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who.
    pub caller: Arc<Caller>,
    /// Settings.
    pub settings: Settings,
}

/// The company's settings as they came with the page: read when a screen first asks for them, which a rep's first screens do not.
#[derive(Clone, Debug)]
pub struct Settings {
    text: Arc<str>,
    read: Arc<OnceLock<Arc<Company>>>,
}

impl Settings {
    /// Known already.
    #[must_use]
    pub fn known(company: Arc<Company>) -> Self {
        Self { text: Arc::default(), read: Arc::new(OnceLock::from(company)) }
    }

    /// The settings.
    ///
    /// # Panics
    /// When a page of another build brought them, which the service worker rules out.
    #[must_use]
    pub fn company(&self) -> Arc<Company> {
        let read = || Arc::new(serde_json::from_slice(self.text.as_bytes()).expect("written by the server of the same build"));
        Arc::clone(self.read.get_or_init(read))
    }

    fn written(&self) -> String {
        self.read.get().and_then(|company| serde_json::to_string(company).ok()).unwrap_or_default()
    }
}

impl Session {
    /// Of a signed-in caller; `machine` is the clock's instant.
    #[must_use]
    pub fn of(machine: Instant, caller: Arc<Caller>, company: Arc<Company>) -> Self {
        let (at, demo, as_of) = (company.now(machine), company.demo, company.as_of);
        Self { at, standing: Standing::In(Account { caller, settings: Settings::known(company) }), demo, as_of }
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
            let account = Account { caller: known.caller, settings: Settings::known(known.company) };
            Self { at, standing: Standing::In(account), demo, as_of }
        })
    }
}

/// The form in the server's HTML: a line each, the settings last. A line is a tenth of the code of a JSON reader.
impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if cfg!(target_arch = "wasm32") {
            return Ok(());
        }
        let as_of = self.as_of.map(|day| day.to_string()).unwrap_or_default();
        write!(f, "{}\n{as_of}\n{}\n", self.at.0, u8::from(self.demo))?;
        let Standing::In(Account { caller, settings }) = &self.standing else { return Ok(()) };
        let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let line = |text: &str| text.replace('\n', " ");
        let (rep, branch) = (id(caller.rep.map(|id| id.0)), id(caller.branch.map(|id| id.0)));
        write!(f, "{}\n{}\n{}\n{}\n{rep}\n{branch}\n", caller.user, line(&caller.name), line(&caller.email), caller.role.code())?;
        f.write_str(&settings.written())
    }
}

impl FromStr for Session {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut lines = text.splitn(10, '\n');
        let mut next = || lines.next().ok_or(());
        let at = Instant(next()?.parse().map_err(|_| ())?);
        let as_of = Day::parse(next()?);
        let demo = next()? == "1";
        let Ok(user) = next()?.parse() else { return Ok(Self::signed_out(at, demo, as_of)) };
        let (name, email) = (next()?.to_owned(), next()?.to_owned());
        let role = Role::parse(next()?).ok_or(())?;
        let (rep, branch) = (next()?.parse().ok(), next()?.parse().ok());
        let caller = Arc::new(Caller { user, name, email, role, rep, branch });
        let settings = Settings { text: next()?.into(), read: Arc::default() };
        Ok(Self { at, standing: Standing::In(Account { caller, settings }), demo, as_of })
    }
}

/// The screen's footing: who works here, the company's settings, and the time.
#[derive(Clone, Copy)]
pub struct Here {
    /// Who.
    pub caller: RwSignal<Arc<Caller>>,
    /// Settings.
    pub settings: RwSignal<Settings>,
    /// Now, moving on by the half minute.
    pub now: RwSignal<Instant>,
    /// Where the device was when the person last asked for distances; it stays in this page's memory.
    pub near: RwSignal<Option<Position>>,
}

/// What a drawing is seen with: by whom, when, from where.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// By whom.
    pub caller: &'a Caller,
    /// Under which settings.
    pub company: &'a Company,
    /// When.
    pub now: Instant,
    /// On which business day.
    pub today: Day,
    /// From where, when distances were asked for.
    pub near: Option<Position>,
    /// Without a server to ask for more.
    pub away: bool,
    /// When the server was last heard of, where that is known and it cannot be asked now.
    pub contact: Option<Instant>,
}

impl<'a> Seen<'a> {
    /// By a caller, at an instant.
    #[must_use]
    pub fn by(caller: &'a Caller, company: &'a Company, now: Instant) -> Self {
        Self { caller, company, now, today: company.zone.day_of(now), near: None, away: false, contact: None }
    }

    /// Whether the person has a right.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        self.caller.may(right)
    }
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
        let (caller, settings) = (RwSignal::new(Arc::clone(&account.caller)), RwSignal::new(account.settings.clone()));
        let here = Self { caller, settings, now: RwSignal::new(at), near: RwSignal::new(None) };
        provide_context(here);
        here
    }

    /// The settings as they are now.
    #[must_use]
    pub fn company(self) -> Arc<Company> {
        self.settings.with_untracked(Settings::company)
    }

    /// Asks the settings as they are now.
    pub fn with_company<T>(self, ask: impl FnOnce(&Company) -> T) -> T {
        ask(&self.company())
    }

    /// The business day as it is now.
    #[must_use]
    pub fn day(self) -> Day {
        self.company().zone.day_of(self.now.get_untracked())
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
        let (company, caller) = (self.company(), self.caller.get_untracked());
        rule(domain::clients::Context { company: &company, caller: &caller, at, offset_ms: 0, recorded: false })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use domain::calendar::Zone;
    use domain::ids::{RepId, UserId};
    use domain::lights::Policy;

    fn company() -> Company {
        Company {
            name: "Savanna\nMachinery".into(),
            zone: Zone::fixed("Africa/Nairobi", 10_800),
            currency: serde_json::from_str("\"KES\"").unwrap(),
            fiscal_start_month: 1,
            policy: Policy::default(),
            workdays: domain::targets::Workdays::default(),
            reps: Vec::new(),
            branches: Vec::new(),
            demo: true,
            as_of: Day::parse("2015-07-17"),
        }
    }

    #[test]
    fn a_session_survives_the_way_through_the_page() {
        let rep = Some(RepId(uuid::Uuid::from_u128(7)));
        let caller = Caller {
            user: UserId(uuid::Uuid::from_u128(5)),
            name: "Grace".into(),
            email: "g@x.example".into(),
            role: Role::SalesRep,
            rep,
            branch: None,
        };
        let session = Session::of(Instant(1_000), Arc::new(caller.clone()), Arc::new(company()));
        let read: Session = session.to_string().parse().unwrap();
        assert_eq!((read.at, read.demo, read.as_of), (session.at, true, session.as_of));
        let Standing::In(account) = read.standing else { panic!("signed in") };
        assert_eq!(*account.caller, caller);
        assert_eq!(*account.settings.company(), company());
    }

    #[test]
    fn a_page_for_nobody_says_so() {
        let read: Session = Session::signed_out(Instant(5), false, None).to_string().parse().unwrap();
        assert!(matches!(read.standing, Standing::Out) && read.at == Instant(5));
    }
}
