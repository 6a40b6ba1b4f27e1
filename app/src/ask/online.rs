//! Questions only the server answers: about what no Book holds.

use super::{Asked, Coming, Core, Drawing, Drawn, Reply, given};
use crate::offline::offline;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

/// Asks the server for an answer to be drawn, whether there is a Book or not: for what no Book holds.
pub fn ask_server<Q>(query: Signal<Q>, from_server: fn(Q) -> Coming<Drawn>) -> Drawing
where
    Q: Clone + Send + Sync + 'static,
{
    Drawing { core: core(query, from_server, |drawn| Reply::Drawn(Arc::new(drawn))) }
}

/// Asks the server for an answer itself, whether there is a Book or not.
pub fn ask_online<Q, A>(query: Signal<Q>, from_server: fn(Q) -> Coming<A>) -> Asked<A>
where
    Q: Clone + Send + Sync + 'static,
    A: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    Asked { core: core(query, from_server, given), of: PhantomData }
}

fn core<Q, A>(query: Signal<Q>, from_server: fn(Q) -> Coming<A>, reply: fn(A) -> Reply) -> Core
where
    Q: Clone + Send + Sync + 'static,
    A: 'static,
{
    let turn = Memo::new(move |turn: Option<&u32>| {
        query.track();
        offline().revision().track();
        turn.map_or(0, |turn| turn + 1)
    });
    let fetch = move |_| -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let coming = from_server(query.get_untracked());
        Box::pin(async move { coming.await.map_or_else(Reply::Failed, reply) })
    };
    let remote = Resource::new_with_options(move || turn.get(), fetch, false);
    Core { local: Memo::new_with_compare(|_| None, |_, _| false), remote }
}
