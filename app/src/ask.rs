//! The one way a screen gets its data: from the Book when it is open, from the server when it is not, with the same answer.

mod drawing;
mod online;
mod waits;

pub use drawing::{ask_drawn, ask_kept};
pub use online::{ask_online, ask_server};
pub use waits::{boundary, failure, waiting};

use crate::head::Head;
use crate::offline::{Book, offline};
use crate::problem::{Plain, Problem};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos::server_fn::{Bytes, Decodes, Encodes};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

/// A question on its way to the server.
pub type Coming<A> = Pin<Box<dyn Future<Output = Result<A, Problem>> + Send>>;
/// What stands inside a [`boundary`]: nothing until its answers are there.
pub type Content = Box<dyn Fn() -> Option<AnyView> + Send + Sync>;

type Boxed = Arc<dyn Any + Send + Sync>;

/// An answer drawn as text, with the page's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The page's title.
    pub title: String,
    /// A line under it.
    pub sub: String,
    /// The page's body.
    pub html: String,
}

impl Encodes<Drawn> for Plain {
    type Error = std::fmt::Error;

    fn encode(drawn: &Drawn) -> Result<Bytes, std::fmt::Error> {
        let line = |text: &str| text.replace('\n', " ");
        Ok(Bytes::from([&line(&drawn.title), "\n", &line(&drawn.sub), "\n", &drawn.html].concat()))
    }
}

impl Decodes<Drawn> for Plain {
    type Error = std::fmt::Error;

    fn decode(bytes: Bytes) -> Result<Drawn, std::fmt::Error> {
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.splitn(3, '\n').map(str::to_owned);
        let mut next = || lines.next().ok_or(std::fmt::Error);
        Ok(Drawn { title: next()?, sub: next()?, html: next()? })
    }
}

/// An answer without its type, so that asking is compiled once for all questions.
#[derive(Clone)]
enum Reply {
    /// Not asked: the Book answers.
    Elsewhere,
    Failed(Problem),
    Drawn(Arc<Drawn>),
    Given(Boxed, fn(&Boxed) -> String),
    /// As it stood in the server's HTML, read when it is first looked at.
    Written(Arc<(String, OnceLock<Boxed>)>),
}

/// The form of a [`Reply`] in the server's HTML. Of what is drawn only the head: the body stands in the page itself.
struct AsWritten;

impl Encoder<Reply> for AsWritten {
    type Error = ();
    type Encoded = String;

    fn encode(reply: &Reply) -> Result<String, ()> {
        Ok(match reply {
            Reply::Given(value, json) => json(value),
            Reply::Drawn(drawn) => ["=", &drawn.title, "\n", &drawn.sub].concat(),
            Reply::Failed(problem) => ["=", problem.title(), "\n"].concat(),
            Reply::Elsewhere | Reply::Written(_) => String::new(),
        })
    }
}

impl Decoder<Reply> for AsWritten {
    type Error = ();
    type Encoded = str;

    fn decode(text: &str) -> Result<Reply, ()> {
        Ok(match text.strip_prefix('=') {
            Some(head) => {
                let (title, sub) = head.split_once('\n').unwrap_or((head, ""));
                Reply::Drawn(Arc::new(Drawn { title: title.into(), sub: sub.into(), html: String::new() }))
            }
            None if text.is_empty() => Reply::Elsewhere,
            None => Reply::Written(Arc::new((text.to_owned(), OnceLock::new()))),
        })
    }
}

/// A question asked without its type.
#[derive(Clone, Copy)]
struct Core {
    local: Memo<Option<Reply>>,
    remote: Resource<Reply, AsWritten>,
}

impl Core {
    fn reply(self) -> Option<Reply> {
        self.local.get().or_else(|| self.remote.get())
    }
}

/// A question that has been asked: its answer now and whenever Book, server or question change.
pub struct Asked<A> {
    core: Core,
    of: PhantomData<fn() -> A>,
}

impl<A> Clone for Asked<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Asked<A> {}

/// A question whose answer is drawn as text.
#[derive(Clone, Copy)]
pub struct Drawing {
    core: Core,
}

/// Asks for an answer itself. The Book answers nothing when there is no such thing in it.
pub fn ask<Q, A>(query: Signal<Q>, from_book: fn(&Book, &Q) -> Option<A>, from_server: fn(Q) -> Coming<A>) -> Asked<A>
where
    Q: Clone + Send + Sync + 'static,
    A: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let local = move |book: &Book| {
        let answer = query.with(|query| from_book(book, query));
        answer.map_or(Reply::Failed(Problem::Missing), given)
    };
    let remote = move || -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let coming = from_server(query.get_untracked());
        Box::pin(async move { coming.await.map_or_else(Reply::Failed, given) })
    };
    Asked { core: core(Box::new(local), Box::new(remote), Box::new(move || query.track())), of: PhantomData }
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

fn core(from_book: FromBook, from_server: FromServer, follow: Box<dyn Fn() + Send + Sync>) -> Core {
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
    Core { local, remote: Resource::new_with_options(source, fetch, false) }
}

impl<A: DeserializeOwned + Send + Sync + 'static> Asked<A> {
    /// The answer, once there is one.
    #[must_use]
    pub fn get(self) -> Option<Result<Arc<A>, Problem>> {
        match self.core.reply()? {
            Reply::Elsewhere => None,
            Reply::Failed(problem) => Some(Err(problem)),
            Reply::Drawn(drawn) => Some(Err(Problem::Failed(drawn.title.clone()))),
            Reply::Given(value, _) => value.downcast().ok().map(Ok),
            Reply::Written(text) => Some(read(&text).ok_or_else(|| Problem::Failed(String::new()))),
        }
    }

    /// Asks the server again.
    pub fn retry(self) {
        self.core.remote.refetch();
    }

    /// The answer as a view: `waiting` until it is first there, its own words and a way to try again when it failed.
    pub fn view(self, waiting: fn() -> AnyView, show: impl Fn(Arc<A>) -> AnyView + Send + Sync + 'static) -> AnyView {
        let content = move || match self.get()? {
            Ok(answer) => Some(show(answer)),
            Err(problem) => Some(failure(&problem, Callback::new(move |()| self.retry()))),
        };
        boundary(waiting, Box::new(move || Box::new(content)))
    }

    /// A whole page from the answer, built anew only when `part` of it changes; a page of its own says what failed.
    pub fn page_of<K>(self, part: fn(&A) -> K, show: impl Fn(Arc<A>) -> AnyView + Send + Sync + 'static) -> AnyView
    where
        K: PartialEq + Send + Sync + 'static,
    {
        self.built(waiting, part, show, |problem, retry| {
            let (head, why) = (Head::new(problem.title()).view(), failure(problem, retry));
            view! { {head} {why} }.into_any()
        })
    }

    /// As [`Asked::view`], built anew only when `part` of the answer changes: what is typed in it outlives the rest.
    pub fn view_of<K>(
        self,
        waiting: fn() -> AnyView,
        part: fn(&A) -> K,
        show: impl Fn(Arc<A>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView
    where
        K: PartialEq + Send + Sync + 'static,
    {
        self.built(waiting, part, show, failure)
    }

    fn built<K>(
        self,
        waiting: fn() -> AnyView,
        part: fn(&A) -> K,
        show: impl Fn(Arc<A>) -> AnyView + Send + Sync + 'static,
        failed: fn(&Problem, Callback<()>) -> AnyView,
    ) -> AnyView
    where
        K: PartialEq + Send + Sync + 'static,
    {
        let changed = Memo::new(move |_| self.get().map(|answer| answer.map(|answer| part(&answer))));
        let content = move || {
            // read, not only tracked: a memo nobody has read does not follow anything yet
            changed.with(|_| ());
            Some(match untrack(|| self.get())? {
                Ok(answer) => show(answer),
                Err(problem) => failed(&problem, Callback::new(move |()| self.retry())),
            })
        };
        boundary(waiting, Box::new(move || Box::new(content)))
    }
}

fn read<A: DeserializeOwned + Send + Sync + 'static>(text: &(String, OnceLock<Boxed>)) -> Option<Arc<A>> {
    if text.1.get().is_none() {
        let value: A = serde_json::from_slice(text.0.as_bytes()).ok()?;
        // a second reader at the same moment has set the same value
        let _ = text.1.set(Arc::new(value));
    }
    text.1.get().cloned()?.downcast().ok()
}
