//! Where answers come from: the cube in this browser, or the server where that would be too large; the same slices, the same figures.

use super::api::{self, Beside};
use super::opening::next_turn;
use crate::problem::Problem;
use domain::Day;
use domain::cube::{Answer, Cube, Dimension, Metric, Slice, SliceDraft};
use domain::customers::{self, Worth};
use domain::movement::{Movement, QuestionDraft, explain};
use domain::people::Scope;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Where the cube is.
const CUBE: &str = "/api/v1/kpis/cube";

/// Who answers.
#[derive(Clone, Debug)]
pub enum Source {
    /// Nobody yet.
    Opening,
    /// The cube of what the person sees.
    Cube(Arc<Cube>),
    /// The server, slice by slice; with the days it has data of, and the labels of each list.
    Server(Arc<Known>),
    /// Nobody can.
    Failed(Problem),
}

/// What the server said before it is asked anything.
#[derive(Clone, Debug, Default)]
pub struct Known {
    range: Option<(Day, Day)>,
    labels: Vec<(Dimension, Vec<String>)>,
}

/// Answers to several slices, or why there are none.
pub type Answers = Result<Arc<Vec<Answer>>, Problem>;

/// What the server gave for a cube.
pub struct Given {
    /// A packed cube, or what the one held lacks.
    pub bytes: Vec<u8>,
    /// What it is of.
    pub of: String,
}

/// Who answers where the cube is too large for a browser.
pub async fn server() -> Source {
    known().await.map_or_else(Source::Failed, |known| Source::Server(Arc::new(known)))
}

/// The dimensions of the bar's lists.
const LISTED: [Dimension; 4] = [Dimension::Branch, Dimension::Rep, Dimension::ProductLine, Dimension::ItemGroup];

async fn known() -> Result<Known, Problem> {
    let by = |dimension: Dimension| SliceDraft {
        from: "1900-01-01".into(),
        to: "2199-12-31".into(),
        group_by: vec![dimension.code().to_owned()],
        metrics: vec![Metric::Lines.code().to_owned()],
        ..SliceDraft::default()
    };
    let asked = std::iter::once(Dimension::Month).chain(LISTED).map(by).collect();
    let answers = api::kpis_slices(asked).await?;
    let labels = |answer: &Answer| answer.groups.iter().filter_map(|group| group.keys.first()?.clone()).collect();
    let lists = LISTED.into_iter().zip(answers.iter().skip(1).map(labels)).collect();
    Ok(Known { range: answers.first().and_then(span), labels: lists })
}

/// The days from the first to the last month of an answer.
fn span(months: &Answer) -> Option<(Day, Day)> {
    let day = |at: Option<&domain::cube::Group>| Day::parse(&[at?.keys.first()?.as_deref()?, "-01"].concat());
    Some((day(months.groups.first())?, day(months.groups.last())?.month_end()))
}

/// The cube of an address's query; none when it would be too large.
pub async fn fetch(query: &str) -> Result<Option<Given>, Problem> {
    let away = |_| Problem::Away;
    let fetching = window().fetch_with_str(&[CUBE, query].concat());
    let response: web_sys::Response = JsFuture::from(fetching).await.map_err(away)?.dyn_into().map_err(away)?;
    match response.status() {
        200 => {
            let buffer = JsFuture::from(response.array_buffer().map_err(away)?).await.map_err(away)?;
            let of = response.headers().get("x-cube-of").ok().flatten().unwrap_or_default();
            Ok(Some(Given { bytes: js_sys::Uint8Array::new(&buffer).to_vec(), of }))
        }
        401 => Err(Problem::SignIn),
        403 => Err(Problem::Forbidden),
        413 => Ok(None),
        503 => Err(Problem::Busy),
        _ => Err(Problem::Failed(response.headers().get("x-request-id").ok().flatten().unwrap_or_default())),
    }
}

impl Source {
    /// Whether it is the same cube, with nothing new.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Cube(one), Self::Cube(other)) if Arc::ptr_eq(one, other))
    }

    /// The first and the last day with data.
    #[must_use]
    pub fn range(&self) -> Option<(Day, Day)> {
        match self {
            Self::Cube(cube) => cube.range(Scope::All),
            Self::Server(known) => known.range,
            Self::Opening | Self::Failed(_) => None,
        }
    }

    /// The labels of a dimension, for its list.
    #[must_use]
    pub fn labels(&self, dimension: Dimension) -> Vec<String> {
        match self {
            Self::Cube(cube) => cube.labels(dimension, Scope::All),
            Self::Server(known) => {
                known.labels.iter().find(|(one, _)| *one == dimension).map(|(_, labels)| labels.clone()).unwrap_or_default()
            }
            Self::Opening | Self::Failed(_) => vec![],
        }
    }

    /// Answers to slices: at once from the cube, so that all charts change together, or where nothing stands yet each chart's in a turn of its own, so that
    /// the page hears what is pressed meanwhile; later from the server. `turn` tells whether they are still wanted by then.
    pub fn answer(&self, slices: Vec<SliceDraft>, beside: &Arc<Beside>, out: RwSignal<Option<Answers>>, turn: impl Fn() -> bool + 'static) {
        match self {
            Self::Opening => out.set(None),
            Self::Failed(problem) => out.set(Some(Err(problem.clone()))),
            Self::Cube(cube) if out.with_untracked(Option::is_none) => {
                let (cube, beside) = (Arc::clone(cube), Arc::clone(beside));
                spawn_local(async move {
                    next_turn().await;
                    if turn() {
                        // the page may be gone by then
                        let _ = out.try_set(Some(all_from_cube(&cube, &beside, slices)));
                    }
                });
            }
            Self::Cube(cube) => out.set(Some(all_from_cube(cube, beside, slices))),
            Self::Server(_) => spawn_local(async move {
                let answers = api::kpis_slices(slices).await.map(Arc::new);
                if turn() {
                    // the page may be gone by then
                    let _ = out.try_set(Some(answers));
                }
            }),
        }
    }
}

/// Cells of a cube that this thread splits a change of at once; more would hold the page up.
const SPLIT_HERE: usize = 100_000;

/// Splits a change: here where that is quick, otherwise on the server; here all the same where that cannot be reached.
pub async fn split(source: &Source, beside: &Beside, question: QuestionDraft) -> Result<Movement, Problem> {
    let Source::Cube(cube) = source else { return api::kpis_movement(question).await };
    if cube.cells() > SPLIT_HERE {
        match api::kpis_movement(question.clone()).await {
            Err(Problem::Away) => {}
            split => return split,
        }
    }
    let mut question = question;
    beside.resolve(&mut question.filters)?;
    let question = question.parse().map_err(|wrong| Problem::Rejected(wrong.to_string()))?;
    explain(cube, &question, Scope::All).map_err(|wrong| Problem::Rejected(wrong.to_string()))
}

/// What customers are worth, likewise.
pub async fn worth(source: &Source, beside: &Beside, mut asked: SliceDraft) -> Result<Worth, Problem> {
    let Source::Cube(cube) = source else { return api::kpis_worth(asked).await };
    if cube.cells() > SPLIT_HERE {
        match api::kpis_worth(asked.clone()).await {
            Err(Problem::Away) => {}
            worth => return worth,
        }
    }
    beside.resolve(&mut asked.filters)?;
    let question = customers::QuestionDraft { from: asked.from, to: asked.to, filters: asked.filters, limit: asked.limit.unwrap_or(1) };
    let question = question.parse().map_err(|wrong| Problem::Rejected(wrong.to_string()))?;
    customers::worth(cube, &question, Scope::All).map_err(|wrong| Problem::Rejected(wrong.to_string()))
}

fn all_from_cube(cube: &Cube, beside: &Beside, slices: Vec<SliceDraft>) -> Answers {
    let answers: Result<Vec<Answer>, Problem> = slices.into_iter().map(|slice| from_cube(cube, beside, slice)).collect();
    answers.map(Arc::new)
}

/// The cube holds what the person sees and nothing else.
fn from_cube(cube: &Cube, beside: &Beside, mut draft: SliceDraft) -> Result<Answer, Problem> {
    beside.resolve(&mut draft.filters)?;
    let slice: Slice = draft.parse().map_err(|wrong| Problem::Rejected(wrong.to_string()))?;
    cube.slice(&slice, Scope::All).map_err(|wrong| Problem::Rejected(wrong.to_string()))
}
