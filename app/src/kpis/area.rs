//! The area's moving parts: who answers, what is looked at, which marks are pressed. Every chart follows them.

use super::PATH;
use super::answers::{Answers, Source, split, worth};
use super::api::Beside;
use super::filters::{By, Filters, View};
use super::period::Period;
use super::pick::Pick;
use crate::opportunities::ROOM as PIPELINE;
use crate::opportunities::boards::Held;
use crate::problem::Problem;
use crate::session::here;
use domain::Day;
use domain::cube::{Dimension, SliceDraft};
use domain::customers::Worth;
use domain::movement::{Movement, QuestionDraft};
use domain::reports::FILTERS_MAX;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The split of a change, or why there is none.
pub type Split = Result<Arc<Movement>, Problem>;

/// What customers are worth, or why nobody can tell.
pub type Worths = Result<Arc<Worth>, Problem>;

type Working<T> = Pin<Box<dyn Future<Output = T>>>;

/// Goes to an address.
type Go = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The moving parts.
#[derive(Clone, Copy)]
pub struct Area {
    /// Who answers.
    pub source: RwSignal<Source>,
    /// Budgets and segments; there before anybody answers.
    pub beside: RwSignal<Arc<Beside>>,
    /// The first and the last day with data.
    pub data: Memo<Option<(Day, Day)>>,
    /// The filters of the address.
    pub filters: Memo<Filters>,
    /// What opportunities can be narrowed to, once their room was entered.
    pub held: RwSignal<Arc<Held>>,
    /// Marks that are pressed, each chart's together.
    pub picks: RwSignal<Vec<Pick>>,
    /// What rankings go by.
    pub by: RwSignal<String>,
    /// The page of the area, as its address says.
    pub room: Memo<String>,
    /// Whether it is being put on paper: short tables are open then.
    pub printing: RwSignal<bool>,
    /// The company's clock when the figures were last known to be all there are.
    pub as_of: RwSignal<Option<String>>,
    /// Budgets and segments could not be loaded last time: they are missing, or those of before.
    pub lacking: RwSignal<bool>,
    /// The server cannot be reached, or has not answered yet.
    pub cut_off: RwSignal<bool>,
    /// The business day.
    pub today: Day,
    start: u8,
    go: StoredValue<Go>,
}

impl Area {
    /// The area at an address; nothing is fetched yet.
    #[must_use]
    pub fn new(room: Memo<String>) -> Self {
        // of the whole address: the query of a route stays as it was where the path within it changes too
        let (url, path) = (use_location().query, use_location().pathname);
        let filters = move |before: Option<&Filters>| match before {
            // on the way out the address is already that of another page
            Some(before) if !path.with(|path| path.starts_with(PATH)) => before.clone(),
            _ => url.with(|url| Filters::read(|name| url.get_all(name).unwrap_or_default())),
        };
        let source = RwSignal::new(Source::Opening);
        let navigate = use_navigate();
        let here = here();
        Self {
            source,
            beside: RwSignal::default(),
            data: Memo::new(move |_| source.with(Source::range)),
            filters: Memo::new(filters),
            held: RwSignal::default(),
            picks: RwSignal::new(Vec::new()),
            by: RwSignal::new(url.with_untracked(|url| By::parse(&url.get("by").unwrap_or_default())).code().to_owned()),
            room,
            printing: RwSignal::new(false),
            as_of: RwSignal::new(None),
            lacking: RwSignal::new(false),
            cut_off: RwSignal::new(false),
            today: here.day(),
            start: here.with_company(|company| company.fiscal_start_month),
            go: StoredValue::new(Box::new(move |address, options| navigate(address, options))),
        }
    }

    /// Whether opportunities are looked at.
    #[must_use]
    pub fn has_pipeline(self) -> bool {
        self.room.with(|room| room == PIPELINE)
    }

    /// The labels of a dimension, for its list: among opportunities theirs as well.
    #[must_use]
    pub fn labels(self, dimension: Dimension) -> Vec<String> {
        let mut labels = self.source.with(|source| source.labels(dimension));
        if self.has_pipeline() {
            let held = self.held.get();
            let more = held.labels.iter().filter(|(code, _)| code == dimension.code()).flat_map(|(_, labels)| labels);
            let more: Vec<String> = more.filter(|label| !labels.contains(label)).cloned().collect();
            if !more.is_empty() {
                labels.extend(more);
                domain::order::sort_by(&mut labels, |a, b| a.cmp(b));
            }
        }
        labels
    }

    /// The days looked at; of opportunities those chosen, and of all there are those they began on.
    #[must_use]
    pub fn days(self) -> (Day, Day) {
        let held = if self.has_pipeline() { self.chosen().or(self.held.with(|held| held.days)) } else { None };
        if let Some(days) = held {
            return days;
        }
        self.filters.with(|filters| filters.within(self.today, self.start, self.data.get()))
    }

    /// The days chosen, whether there are sales in them or not; none for all there is.
    #[must_use]
    pub fn chosen(self) -> Option<(Day, Day)> {
        self.filters.with(|filters| filters.chosen(self.today, self.start))
    }

    /// The first and the last day of what the room shows: of sales, or of opportunities.
    #[must_use]
    pub fn range(self) -> Option<(Day, Day)> {
        match self.has_pipeline() {
            // of some no day of beginning is known
            true => self.held.with(|held| held.until.map(|until| (held.days.map_or(until, |days| days.0), until))),
            false => self.data.get(),
        }
    }

    /// How far the data goes, in words; seen from `today` its own year is not said.
    #[must_use]
    pub fn fresh(self, today: Day) -> Option<String> {
        self.range().map(|(_, to)| ["Data to ", &to.long(today)].concat())
    }

    /// The period looked at. Sales that ended before the fiscal year began are shown whole where nothing is chosen; opportunities are not.
    #[must_use]
    pub fn named(self) -> Option<Period> {
        let last = if self.has_pipeline() { None } else { self.data.get().map(|(_, last)| last) };
        self.filters.with(|filters| filters.named(self.today, self.start, last))
    }

    /// The view as it can be kept, with the marks that are pressed; none where they are more than an address holds.
    #[must_use]
    pub fn kept(self) -> Option<domain::reports::View> {
        let (room, days) = (self.room.get(), self.days());
        let address = self.filters.with(|filters| {
            self.picks.with(|picks| match picks.is_empty() {
                false => filters.narrowed(&View::of("", days, filters, picks, By::default()), days).address(&room),
                true => filters.address(&room),
            })
        });
        let filters = address.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned());
        (filters.len() <= FILTERS_MAX).then(|| domain::reports::View { room, filters, by: self.by.get() })
    }

    /// The view as the server is asked for it in a file, and the marks that narrow a chart: those of all others. Nothing where it cannot be reached.
    #[must_use]
    pub fn asked(self, panel: &str) -> Option<(domain::reports::View, String)> {
        if self.cut_off.get() {
            return None;
        }
        let room = self.room.get();
        let (view, days) = (self.view(panel), self.days());
        let (address, marks) = self.filters.with(|filters| (filters.address(&room), view.marks(filters, days)));
        let filters = address.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned());
        Some((domain::reports::View { room, filters, by: self.by.get() }, marks))
    }

    /// What a chart looks at.
    #[must_use]
    pub fn view(self, panel: &str) -> View {
        let by = self.by.with(|code| By::parse(code));
        let days = self.days();
        self.filters.with(|filters| {
            let view = self.picks.with(|picks| View::of(panel, days, filters, picks, by));
            // what a mark narrows is over
            let end = if view.days == days { filters.end(self.today, self.start, days.1) } else { view.days.1 };
            View { end, ..view }
        })
    }

    /// Answers to slices, asked again when what they are made of changes; a chart whose own mark was pressed draws what it was told before.
    pub fn answers(self, slices: impl Fn() -> Vec<SliceDraft> + Send + Sync + 'static) -> RwSignal<Option<Answers>> {
        let out = RwSignal::new(None);
        let turn = StoredValue::new(0_u32);
        Effect::new(move |before: Option<(Vec<SliceDraft>, Source, Arc<Beside>)>| {
            let (slices, source, beside) = (slices(), self.source.get(), self.beside.get_untracked());
            let told = before.is_some_and(|(asked, by, with)| asked == slices && by.is(&source) && Arc::ptr_eq(&with, &beside));
            if told {
                out.notify();
            } else {
                let now = turn.get_value() + 1;
                turn.set_value(now);
                source.answer(slices.clone(), &beside, out, move || turn.try_get_value() == Some(now));
            }
            (slices, source, beside)
        });
        out
    }

    /// The split of a change, made again when the question changes; none while it is under way.
    pub fn split(self, question: impl Fn() -> Option<QuestionDraft> + Send + Sync + 'static) -> RwSignal<Option<Split>> {
        self.worked(question, |source, beside, question| Box::pin(async move { split(&source, &beside, question).await.map(Arc::new) }))
    }

    /// What customers are worth, asked again when the question changes; none while it is under way.
    pub fn worth(self, asked: impl Fn() -> SliceDraft + Send + Sync + 'static) -> RwSignal<Option<Worths>> {
        self.worked(
            move || Some(asked()),
            |source, beside, asked| Box::pin(async move { worth(&source, &beside, asked).await.map(Arc::new) }),
        )
    }

    /// Something that takes a while: the page says that it is under way before it begins.
    fn worked<Q: 'static, T: Send + Sync + 'static>(
        self,
        question: impl Fn() -> Option<Q> + Send + Sync + 'static,
        work: fn(Source, Arc<Beside>, Q) -> Working<T>,
    ) -> RwSignal<Option<T>> {
        let out = RwSignal::new(None);
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let (source, question) = (self.source.get(), question());
            let now = turn.get_value() + 1;
            turn.set_value(now);
            out.set(None);
            let (Some(question), Source::Cube(_) | Source::Server(_)) = (question, &source) else { return };
            let work = work(source, self.beside.get_untracked(), question);
            let work = async move {
                let done = work.await;
                if turn.try_get_value() == Some(now) {
                    // the page may be gone by then
                    let _ = out.try_set(Some(done));
                }
            };
            set_timeout(move || spawn_local(work), Duration::from_millis(20));
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

    /// Presses a mark alone, or lets it go when it is; with `more` besides the others of its chart.
    pub fn press(self, pick: Option<Pick>, more: bool) {
        let Some(pick) = pick else { return };
        self.picks.update(|picks| {
            let at = picks.iter().position(|one| one.panel == pick.panel);
            let pressed = at.map(|at| picks.remove(at));
            picks.extend(match pressed {
                Some(pressed) if more => pressed.with(&pick),
                Some(pressed) if pressed == pick => None,
                _ => Some(pick),
            });
        });
    }

    /// Lets all marks go.
    pub fn clear(self) {
        if self.picks.with_untracked(|picks| !picks.is_empty()) {
            self.picks.set(Vec::new());
        }
    }
}
