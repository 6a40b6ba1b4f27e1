//! The area's moving parts: who answers, what is looked at, which marks are pressed. Every chart follows them.

use super::answers::{Answers, Source};
use super::filters::{By, Filters, Pick, View};
use crate::session::here;
use domain::Day;
use domain::cube::SliceDraft;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// Goes to an address.
type Go = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The moving parts.
#[derive(Clone, Copy)]
pub struct Area {
    /// Who answers.
    pub source: RwSignal<Source>,
    /// The first and the last day with data.
    pub data: Memo<Option<(Day, Day)>>,
    /// The filters of the address.
    pub filters: Memo<Filters>,
    /// Marks that are pressed, one of a chart.
    pub picks: RwSignal<Vec<Pick>>,
    /// What rankings go by.
    pub by: RwSignal<String>,
    /// The page of the area, as its address says.
    pub room: Memo<String>,
    /// Whether it is being put on paper: tables are open then.
    pub printing: RwSignal<bool>,
    /// The business day.
    pub today: Day,
    start: u8,
    go: StoredValue<Go>,
}

impl Area {
    /// The area at an address; nothing is fetched yet.
    #[must_use]
    pub fn new(room: Memo<String>) -> Self {
        let url = use_query_map();
        let source = RwSignal::new(Source::Opening);
        let navigate = use_navigate();
        let here = here();
        Self {
            source,
            data: Memo::new(move |_| source.with(Source::range)),
            filters: Memo::new(move |_| url.with(|url| Filters::read(|name| url.get(name)))),
            picks: RwSignal::new(Vec::new()),
            by: RwSignal::new(url.with_untracked(|url| By::parse(&url.get("by").unwrap_or_default())).code().to_owned()),
            room,
            printing: RwSignal::new(false),
            today: here.day(),
            start: here.with_company(|company| company.fiscal_start_month),
            go: StoredValue::new(Box::new(move |address, options| navigate(address, options))),
        }
    }

    /// The days looked at.
    #[must_use]
    pub fn days(self) -> (Day, Day) {
        self.filters.with(|filters| filters.within(self.today, self.start, self.data.get()))
    }

    /// The days chosen, whether there are sales in them or not; none for all there is.
    #[must_use]
    pub fn chosen(self) -> Option<(Day, Day)> {
        self.filters.with(|filters| filters.chosen(self.today, self.start))
    }

    /// The view as it can be kept: without the marks that are pressed.
    #[must_use]
    pub fn kept(self) -> domain::reports::View {
        let address = self.filters.with(|filters| filters.address(""));
        let filters = address.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned());
        domain::reports::View { room: self.room.get(), filters, by: self.by.get() }
    }

    /// What a chart looks at.
    #[must_use]
    pub fn view(self, panel: &str) -> View {
        let by = self.by.with(|code| By::parse(code));
        let days = self.days();
        self.filters.with(|filters| self.picks.with(|picks| View::of(panel, days, filters, picks, by)))
    }

    /// Answers to slices, asked again when what they are made of changes.
    pub fn answers(self, slices: impl Fn() -> Vec<SliceDraft> + Send + Sync + 'static) -> RwSignal<Option<Answers>> {
        let out = RwSignal::new(None);
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let slices = slices();
            let now = turn.get_value() + 1;
            turn.set_value(now);
            self.source.with(|source| source.answer(slices, out, move || turn.try_get_value() == Some(now)));
        });
        out
    }

    /// Looks at something else.
    pub fn show(self, filters: &Filters) {
        let room = self.room.get_untracked();
        self.go.with_value(|go| go(&filters.address(&room), NavigateOptions { scroll: false, ..NavigateOptions::default() }));
    }

    /// The same without a way back, for filters nobody chose just now.
    pub fn replace(self, address: &str) {
        self.go.with_value(|go| go(address, NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() }));
    }

    /// Presses a mark, or lets it go when it is pressed.
    pub fn toggle(self, pick: Pick) {
        self.picks.update(|picks| {
            let pressed = picks.contains(&pick);
            picks.retain(|one| one.panel != pick.panel);
            if !pressed {
                picks.push(pick);
            }
        });
    }

    /// Lets all marks go.
    pub fn clear(self) {
        if self.picks.with_untracked(|picks| !picks.is_empty()) {
            self.picks.set(Vec::new());
        }
    }
}
