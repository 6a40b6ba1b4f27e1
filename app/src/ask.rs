//! The one way a screen gets its data: from the Book when it is open, from the server when it is not, with the same answer.

use crate::offline::{Book, offline};
use crate::problem::Problem;
use crate::session::here;
use crate::ui::{Button, Glyph, Icon, Look};
use domain::Day;
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

/// A question on its way to the server.
pub type Coming<A> = Pin<Box<dyn Future<Output = Result<A, Problem>> + Send>>;

type Boxed = Arc<dyn Any + Send + Sync>;

/// An answer without its type, so that asking is compiled once for all questions.
#[derive(Clone)]
enum Reply {
    /// Not asked: the Book answers.
    Elsewhere,
    Failed(Problem),
    Given(Boxed, fn(&Boxed) -> String),
    /// As it stood in the server's HTML, read when it is first looked at.
    Written(Arc<(String, OnceLock<Boxed>)>),
}

/// The form of a [`Reply`] in the server's HTML.
struct AsWritten;

impl Encoder<Reply> for AsWritten {
    type Error = ();
    type Encoded = String;

    fn encode(reply: &Reply) -> Result<String, ()> {
        Ok(match reply {
            Reply::Given(value, json) => json(value),
            Reply::Failed(problem) => ["!", &serde_json::to_string(problem).unwrap_or_default()].concat(),
            Reply::Elsewhere | Reply::Written(_) => String::new(),
        })
    }
}

impl Decoder<Reply> for AsWritten {
    type Error = ();
    type Encoded = str;

    fn decode(text: &str) -> Result<Reply, ()> {
        match text.strip_prefix('!') {
            Some(problem) => serde_json::from_str(problem).map(Reply::Failed).map_err(|_| ()),
            None if text.is_empty() => Ok(Reply::Elsewhere),
            None => Ok(Reply::Written(Arc::new((text.to_owned(), OnceLock::new())))),
        }
    }
}

/// A question that has been asked: its answer now and whenever Book, server or question change.
pub struct Asked<A> {
    local: Memo<Option<Reply>>,
    remote: Resource<Reply, AsWritten>,
    of: PhantomData<fn() -> A>,
}

impl<A> Clone for Asked<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Asked<A> {}

/// Asks. The Book answers nothing when there is no such thing in it.
pub fn ask<Q, A>(query: Signal<Q>, from_book: fn(&Book, &Q, Day) -> Option<A>, from_server: fn(Q) -> Coming<A>) -> Asked<A>
where
    Q: Clone + Send + Sync + 'static,
    A: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let today = here().today;
    let local = move |book: &Book| {
        let answer = query.with(|query| from_book(book, query, today.get()));
        answer.map_or(Reply::Failed(Problem::Missing), given)
    };
    let remote = move || -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let coming = from_server(query.get_untracked());
        Box::pin(async move { coming.await.map_or_else(Reply::Failed, given) })
    };
    let (local, remote) = asked(Box::new(local), Box::new(remote), Box::new(move || query.track()));
    Asked { local, remote, of: PhantomData }
}

fn given<A: Serialize + Send + Sync + 'static>(answer: A) -> Reply {
    Reply::Given(Arc::new(answer), written::<A>)
}

/// Only a server writes answers into HTML: a browser carries no code for it.
fn written<A: Serialize + 'static>(value: &Boxed) -> String {
    if cfg!(target_arch = "wasm32") {
        return String::new();
    }
    value.downcast_ref::<A>().and_then(|value| serde_json::to_string(value).ok()).unwrap_or_default()
}

type FromBook = Box<dyn Fn(&Book) -> Reply + Send + Sync>;
type FromServer = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Reply> + Send>> + Send + Sync>;

fn asked(from_book: FromBook, from_server: FromServer, follow: Box<dyn Fn() + Send + Sync>) -> (Memo<Option<Reply>>, Resource<Reply, AsWritten>) {
    let offline = offline();
    let local = Memo::new_with_compare(
        move |_| {
            offline.revision().track();
            offline.book().map(|book| from_book(&book.borrow()))
        },
        |_, _| true,
    );
    // counts up with every change of the question or, without a Book, of what the server holds
    let turn = Memo::new(move |turn: Option<&u32>| {
        follow();
        offline.revision().track();
        turn.map_or(0, |turn| turn + 1)
    });
    let source = move || {
        offline.revision().track();
        offline.book().is_none().then(|| turn.get())
    };
    let fetch = move |turn: Option<u32>| match turn {
        Some(_) => from_server(),
        None => Box::pin(std::future::ready(Reply::Elsewhere)),
    };
    (local, Resource::new_with_options(source, fetch, false))
}

impl<A: DeserializeOwned + Send + Sync + 'static> Asked<A> {
    /// The answer, once there is one.
    #[must_use]
    pub fn get(self) -> Option<Result<Arc<A>, Problem>> {
        let reply = self.local.get().or_else(|| self.remote.get())?;
        match reply {
            Reply::Elsewhere => None,
            Reply::Failed(problem) => Some(Err(problem)),
            Reply::Given(value, _) => value.downcast().ok().map(Ok),
            Reply::Written(text) => {
                let read = || serde_json::from_str::<A>(&text.0).ok().map(|value| Arc::new(value) as Boxed);
                if text.1.get().is_none()
                    && let Some(value) = read()
                {
                    // a second reader at the same moment has set the same value
                    let _ = text.1.set(value);
                }
                let value = text.1.get().cloned().ok_or_else(|| Problem::Failed(String::new()));
                Some(value.and_then(|value| value.downcast().map_err(|_| Problem::Failed(String::new()))))
            }
        }
    }

    /// The good answer, once there is one.
    #[must_use]
    pub fn ok(self) -> Option<Arc<A>> {
        self.get().and_then(Result::ok)
    }

    /// Whether the Book answers.
    #[must_use]
    pub fn is_local(self) -> bool {
        self.local.with(Option::is_some)
    }

    /// Asks the server again.
    pub fn retry(self) {
        self.remote.refetch();
    }

    /// The answer as a view: `waiting` until it is first there, its own words and a way to try again when it failed.
    pub fn view(self, waiting: fn() -> AnyView, show: impl Fn(Arc<A>) -> AnyView + Send + Sync + 'static) -> AnyView {
        boundary(
            waiting,
            Box::new(move || match self.get()? {
                Ok(answer) => Some(show(answer)),
                Err(problem) => Some(failure(problem, Callback::new(move |()| self.retry()))),
            }),
        )
    }
}

fn boundary(waiting: fn() -> AnyView, content: Box<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
    view! { <Transition fallback=waiting>{move || content()}</Transition> }.into_any()
}

/// What failed, in words, with the way on.
pub fn failure(problem: Problem, retry: Callback<()>) -> AnyView {
    let words = problem.words();
    let way_on = match problem {
        Problem::Missing => {
            crate::fault::missing();
            view! { <a class="link" href="/">"Go to Today"</a> }.into_any()
        }
        Problem::SignIn => view! { <a class="link" href="/sign-in" rel="external">"Sign in"</a> }.into_any(),
        Problem::Forbidden => ().into_any(),
        _ => view! { <Button look=Look::Quiet small=true on_press=retry>"Try again"</Button> }.into_any(),
    };
    view! {
        <div class="failed card" role="alert">
            <Icon glyph=Glyph::Warn />
            <p>{words}</p>
            {way_on}
        </div>
    }
    .into_any()
}
