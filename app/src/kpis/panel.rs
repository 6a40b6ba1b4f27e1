//! A chart with all that belongs to it: title, definition, how fresh it is, the table behind it, and files of both.

use super::api::LACKING;
use super::area::Area;
use super::csv;
use super::filters::{By, Filters, Key, View};
use super::foot::{foot, table};
use super::pick::Pick;
use super::picture;
use super::table::Table;
use crate::charts::{Chart, Said, chart};
use crate::live::pressed;
use crate::problem::Problem;
use crate::session::here;
use crate::ui::{Button, Look};
use domain::Day;
use domain::company::Company;
use domain::cube::{Answer, Dimension, SliceDraft};
use domain::people::Right;
use domain::reports::Format;
use domain::targets::{RepPlan, Workdays};
use leptos::prelude::*;
use std::sync::Arc;

/// What a panel shows: which slices it asks and how they are drawn.
pub struct Panel {
    /// Its own in the document and among the pressed marks.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its definition; empty where it is the one of what rankings go by.
    pub says: &'static str,
    /// What its marks stand for, where that is one dimension.
    pub dimension: Dimension,
    /// How large it is.
    pub class: &'static str,
    /// Several marks can be dragged over.
    pub brush: bool,
    /// The slices.
    pub ask: fn(&Seen<'_>) -> Vec<SliceDraft>,
    /// The drawing.
    pub draw: fn(&Seen<'_>, &[Answer]) -> Outcome,
}

/// A drawing, or the words that stand in its place.
pub type Outcome = Result<Picture, &'static str>;
/// Rows of a table on paper that nobody opened.
const PRINTED: usize = 15;
/// What stands in the place of a chart when nothing was sold.
pub const NONE: &str = "No sales in this selection";

/// What a panel is asked and drawn with.
pub struct Seen<'a> {
    /// The panel.
    pub panel: &'a Panel,
    /// What it looks at.
    pub view: &'a View,
    /// Its marks that are pressed.
    pub picked: Option<&'a Pick>,
    /// Settings.
    pub company: &'a Company,
    /// The business day.
    pub today: Day,
    /// The first and the last day with data.
    pub data: Option<(Day, Day)>,
    /// Whether the table is wanted: most of the time nobody has it open, and it is most of the work.
    pub tabled: bool,
    /// Budgets of reps.
    pub plans: &'a [RepPlan],
    /// When the company works.
    pub workdays: &'a Workdays,
    /// The filters of the address, and its days.
    pub filters: (&'a Filters, (Day, Day)),
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The chart's option.
    pub option: String,
    /// What can be pressed in it, in the option's order.
    pub marks: Vec<Mark>,
    /// What can be pressed in the table alone: counted on from the marks.
    pub more: Vec<Mark>,
    /// What of it the chart does not show, or shows a part of; nothing where it is all there.
    pub note: String,
    /// The table behind it.
    pub table: Table,
}

/// What can be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name, for the chip.
    pub name: String,
    /// What it comes to.
    pub words: String,
    /// What it stands for; nothing when it does not narrow.
    pub keys: Vec<Key>,
    /// Its days.
    pub days: Option<(Day, Day)>,
}

impl Mark {
    fn narrows(&self) -> bool {
        !self.keys.is_empty() || self.days.is_some()
    }

    fn pick(&self, panel: &'static str) -> Option<Pick> {
        self.narrows().then(|| Pick::of(panel, &self.name, self.keys.clone(), self.days))
    }
}

impl Picture {
    fn pick(&self, panel: &'static str, at: usize) -> Option<Pick> {
        self.marks.iter().chain(&self.more).nth(at)?.pick(panel)
    }

    /// All from one mark to another.
    fn span(&self, panel: &'static str, from: usize, to: usize) -> Option<Pick> {
        let marks = self.marks.get(from..=to)?;
        let with = |all: Option<Pick>, mark: &Mark| match all {
            Some(all) if all.holds(&mark.keys, mark.days) => Some(all),
            Some(all) => mark.pick(panel).map_or(Some(all.clone()), |pick| all.with(&pick)),
            None => mark.pick(panel),
        };
        marks.iter().fold(None, with)
    }
}

impl Seen<'_> {
    /// Whether a mark is among those pressed.
    #[must_use]
    pub fn is_picked(&self, keys: &[Key], days: Option<(Day, Day)>) -> bool {
        self.picked.is_some_and(|pick| pick.holds(keys, days))
    }
}

/// Draws with the table or without.
type Whole = Arc<dyn Fn(bool) -> Drawn + Send + Sync>;
type Drawn = Option<Result<Result<Arc<Picture>, &'static str>, Problem>>;

/// The panel on the page.
pub fn show(area: Area, panel: &'static Panel) -> AnyView {
    let company = here().company();
    let open = RwSignal::new(false);
    let seen = move |tabled: bool, run: &mut dyn FnMut(&Seen<'_>)| {
        let view = area.view(panel.id);
        let picks = area.picks.get();
        let picked = picks.iter().find(|pick| pick.panel == panel.id);
        let (beside, filters, days) = (area.beside.get(), area.filters.get(), area.days());
        let (plans, workdays, filters, data) = (&beside.plans, &beside.workdays, (&filters, days), area.data.get());
        run(&Seen { panel, view: &view, picked, company: &company, today: area.today, data, tabled, plans, workdays, filters });
    };
    let seen = Arc::new(seen);
    let asking = Arc::clone(&seen);
    let answers = area.answers(move || {
        let mut slices = Vec::new();
        asking(false, &mut |seen| slices = (panel.ask)(seen));
        slices
    });
    let draw = move |tabled: bool| {
        let answers = match answers.get()? {
            Ok(answers) => answers,
            Err(problem) => return Some(Err(problem)),
        };
        let needs = By::parse(&area.by.get()).of(panel.dimension) == By::Attainment && panel.class == "chart--ranks";
        if needs && area.beside.with(|beside| beside.lacking) {
            return Some(Ok(Err(LACKING)));
        }
        let mut picture = Err(NONE);
        untrack(|| seen(tabled, &mut |seen| picture = (panel.draw)(seen, &answers)));
        Some(Ok(picture.map(Arc::new)))
    };
    let whole: Whole = Arc::new(draw.clone());
    let drawn: Memo<Drawn> = Memo::new(move |_| draw(open.get() || area.printing.get()));
    let kind = Memo::new(move |_| drawn.with(state));
    let body = move || match kind.get() {
        State::Waiting => {
            view! { <div class=["chart chart--waiting ", panel.class].concat() role="status" aria-label="Loading"></div> }.into_any()
        }
        State::Empty(words) => view! { <p class="panel__empty">{words}</p> }.into_any(),
        State::Failed(words) => view! { <p class="panel__empty" role="alert">{words}</p> }.into_any(),
        State::Shown => content(area, panel, drawn, open, Arc::clone(&whole)),
    };
    let id = [panel.id, "-title"].concat();
    let named = id.clone();
    let says = move || if panel.says.is_empty() { area.by.with(|code| By::parse(code)).of(panel.dimension).says() } else { panel.says };
    view! {
        <section class=["panel card ", panel.class, "-panel"].concat() aria-labelledby=named>
            <h2 class="panel__title" id=id>{panel.title}</h2>
            <p class="panel__says">{says}</p>
            {body}
        </section>
    }
    .into_any()
}

#[derive(Clone, PartialEq, Eq)]
enum State {
    Waiting,
    Empty(&'static str),
    Failed(String),
    Shown,
}

fn state(drawn: &Drawn) -> State {
    match drawn {
        None => State::Waiting,
        Some(Err(problem)) => State::Failed(problem.words()),
        Some(Ok(Err(words))) => State::Empty(words),
        Some(Ok(Ok(_))) => State::Shown,
    }
}

/// Chart, table and files.
fn content(area: Area, panel: &'static Panel, drawn: Memo<Drawn>, open: RwSignal<bool>, whole: Whole) -> AnyView {
    let picture = move || drawn.with(|drawn| drawn.clone()?.ok()?.ok()).unwrap_or_default();
    let of = Signal::derive(move || {
        let (picture, picks) = (picture(), area.picks.get());
        let picked = picks.iter().find(|pick| pick.panel == panel.id);
        let is_picked = |mark: &Mark| mark.narrows().then(|| picked.is_some_and(|pick| pick.holds(&mark.keys, mark.days)));
        let marks = picture.marks.iter().map(|mark| ([&mark.name, "\n", &mark.words].concat(), is_picked(mark))).collect();
        Chart { option: picture.option.clone(), marks }
    });
    let press = move |at: usize, more: bool| area.press(untrack(picture).pick(panel.id, at), more);
    let said = Callback::new(move |said| match said {
        Said::Pick(at) => press(at, false),
        Said::More(at) => press(at, true),
        Said::Brush(from, to) => area.press(untrack(picture).span(panel.id, from, to), false),
    });
    let save = RwSignal::new(String::new());
    let may = here().may(Right::Export);
    // on paper a table that nobody opened is there where it is short
    let shown = move || open.get() || (area.printing.get() && picture().table.rows.len() <= PRINTED);
    let rows = Signal::derive(move || if shown() { picture().table.html(panel.title) } else { String::new() });
    let opened = move |is: bool| {
        if !area.printing.get_untracked() {
            open.set(is);
        }
    };
    let picking = move |event: leptos::ev::MouseEvent| {
        if let Some((at, more)) = pressed_mark(&event) {
            press(at, more);
        }
    };
    let file = move |ending: &str| [panel.id, "-", &area.days().0.to_string(), "-", &area.days().1.to_string(), ending].concat();
    let png = move || untrack(|| picture::save(area, panel.id, &file(".png"), save));
    let csv = may.then(|| {
        let table = move || untrack(|| whole(true)).and_then(|drawn| Some(drawn.ok()?.ok()?.table.clone())).unwrap_or_default();
        let currency = here().with_company(|company| company.currency);
        let text = move || untrack(|| csv::alone(area, panel.id, panel.title, &table(), currency));
        let export = move || csv::save(&file(".csv"), &text());
        view! { <Button look=Look::Plain small=true on_press=export>"CSV"</Button> }
    });
    let xlsx = may.then(|| crate::reports::file(Signal::derive(move || area.asked(panel.id)), Format::Xlsx, panel.id));
    let note = move || Some(picture().note.clone()).filter(|note| !note.is_empty()).map(|note| view! { <p class="panel__says">{note}</p> });
    let table = table(Signal::derive(shown), opened, rows, picking);
    let files = view! {
        {csv}
        {xlsx}
        <Button look=Look::Plain small=true on_press=png>"PNG"</Button>
    };
    view! {
        {note}
        {chart(panel.id, panel.title, panel.class, panel.brush, of, save.into(), said)}
        {foot(area, "", table, files.into_any())}
    }
    .into_any()
}

/// The mark that was pressed in a table, and whether besides others.
pub fn pressed_mark(event: &leptos::ev::MouseEvent) -> Option<(usize, bool)> {
    let mut at = None;
    pressed(event, |verb, _| at = verb.parse().ok());
    Some((at?, event.ctrl_key() || event.shift_key() || event.meta_key()))
}
