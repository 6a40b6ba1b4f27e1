//! Questions only the server answers: about what no Book holds.

use super::{Coming, Core, Drawing, Drawn, Reply};
use crate::offline::offline;
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;

/// Asks the server for an answer to be drawn, whether there is a Book or not: for what no Book holds.
pub fn ask_server<Q>(query: Signal<Q>, from_server: fn(Q) -> Coming<Drawn>) -> Drawing
where
    Q: Clone + Send + Sync + 'static,
{
    let turn = Memo::new(move |turn: Option<&u32>| {
        query.track();
        offline().revision().track();
        turn.map_or(0, |turn| turn + 1)
    });
    let fetch = move |_| -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let coming = from_server(query.get_untracked());
        Box::pin(async move { coming.await.map_or_else(Reply::Failed, |drawn| Reply::Drawn(Arc::new(drawn))) })
    };
    let remote = Resource::new_with_options(move || turn.get(), fetch, false);
    Drawing { core: Core { local: Memo::new_with_compare(|_| None, |_, _| false), remote } }
}
