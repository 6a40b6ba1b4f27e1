//! A screen drawn as text from its answer, on the phone or on the server: its title, its line, its body. First screens are; screens one works in are not.

use super::waits::{boundary, failure_html, waiting};
use super::{Coming, Content, Drawing, Drawn, Reply, core};
use crate::live::{live, pressed};
use crate::offline::{Book, Offline, Team, offline};
use crate::problem::Problem;
use crate::session::{Here, Seen, here};
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;
use web_sys::Element;

/// Asks for an answer to be drawn: the Book's is drawn here, the server's was drawn there by the same function.
pub fn ask_drawn<Q>(query: Signal<Q>, from_book: fn(&Book, &Q, Seen<'_>) -> Option<Drawn>, from_server: fn(Q) -> Coming<Drawn>) -> Drawing
where
    Q: Clone + Send + Sync + 'static,
{
    ask_kept(query, from_book, from_server, |_, _| None)
}

/// As [`ask_drawn`]; a server that cannot be reached leaves somebody without a Book what `from_team` draws of the last contact.
pub fn ask_kept<Q>(
    query: Signal<Q>,
    from_book: fn(&Book, &Q, Seen<'_>) -> Option<Drawn>,
    from_server: fn(Q) -> Coming<Drawn>,
    from_team: FromTeam,
) -> Drawing
where
    Q: Clone + Send + Sync + 'static,
{
    let (offline, here) = (offline(), here());
    let Here { now, near, .. } = here;
    // a new day shows within ten minutes
    let hour = Memo::new(move |_| now.get().0 / 600_000);
    let local = move |book: &Book| {
        hour.track();
        let seen = Seen { near: near.get(), ..Seen::by(book.caller(), book.company(), now.get_untracked()) };
        let drawn = query.with(|query| from_book(book, query, seen));
        drawn.map_or(Reply::Failed(Problem::Missing), |drawn| Reply::Drawn(Arc::new(drawn)))
    };
    let remote = move || -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let coming = from_server(query.get_untracked());
        Box::pin(async move { drawn(coming.await, from_team, (offline, here)) })
    };
    Drawing { core: core(Box::new(local), Box::new(remote), Box::new(move || query.track())) }
}

/// Draws what is on the device of somebody without a Book; nothing where there is nothing.
type FromTeam = fn(&Team, Seen<'_>) -> Option<Drawn>;

/// What the server drew, or, where it cannot be reached, what the device has.
fn drawn(answer: Result<Drawn, Problem>, from_team: FromTeam, (offline, here): (Offline, Here)) -> Reply {
    let kept = || {
        // the screen may be gone by now
        let caller = here.caller.try_get_untracked()?;
        let (team, company) = (offline.team()?, here.company());
        from_team(&team, Seen { away: true, ..Seen::by(&caller, &company, offline.now()) })
    };
    let answer = match answer {
        Err(Problem::Away) => kept().ok_or(Problem::Away),
        answer => answer,
    };
    answer.map_or_else(Reply::Failed, |drawn| Reply::Drawn(Arc::new(drawn)))
}

impl Drawing {
    /// The page's title.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        Memo::new(move |_| self.head().map(|drawn| drawn.title.clone()).unwrap_or_default()).into()
    }

    /// The line under it.
    #[must_use]
    pub fn sub(self) -> Signal<String> {
        Memo::new(move |_| self.head().map(|drawn| drawn.sub.clone()).unwrap_or_default()).into()
    }

    fn head(self) -> Option<Arc<Drawn>> {
        match self.core.reply()? {
            Reply::Drawn(drawn) => Some(drawn),
            Reply::Failed(problem) => Some(Arc::new(Drawn { title: problem.title().into(), ..Drawn::default() })),
            _ => None,
        }
    }

    /// Whether the Book answers.
    #[must_use]
    pub fn is_local(self) -> bool {
        self.core.local.with(Option::is_some)
    }

    /// Asks the server once more; what is there stays until the answer comes.
    pub fn again(self) {
        self.core.remote.refetch();
    }

    fn html(self) -> Option<String> {
        match self.core.reply()? {
            Reply::Drawn(drawn) => Some(drawn.html.clone()),
            Reply::Failed(problem) => Some(failure_html(&problem)),
            _ => None,
        }
    }

    /// The text alone in an element of `class`, once it is there.
    pub fn text(self, class: &'static str, act: fn(&str, &Element)) -> AnyView {
        let there = Memo::new(move |_| self.html().is_some());
        let text = move || there.get().then(|| self.live(class, act));
        view! { {text} }.into_any()
    }

    fn live(self, class: &'static str, act: fn(&str, &Element)) -> AnyView {
        let html = Signal::derive(move || self.html().unwrap_or_default());
        let retry = move |event: leptos::ev::MouseEvent| {
            pressed(&event, |verb, _| {
                if verb == "retry" {
                    self.core.remote.refetch()
                }
            });
        };
        view! { <div class="drawing" on:click=retry>{live(html, class, None, act)}</div> }.into_any()
    }

    /// The drawing in an element of `class`, with `head` above it. A press on something with `data-do` runs `act` with that word and the element.
    pub fn view(self, class: &'static str, head: fn(Self) -> AnyView, act: fn(&str, &Element)) -> AnyView {
        let content = move || -> Content {
            let there = Memo::new(move |_| self.html().is_some());
            Box::new(move || {
                there.get().then(|| {
                    let (head, body) = (head(self), self.live(class, act));
                    view! { {head} {body} }.into_any()
                })
            })
        };
        boundary(waiting, Box::new(content))
    }
}
