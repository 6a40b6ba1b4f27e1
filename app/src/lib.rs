//! What people see: pages, components and server functions, one module per slice; rendered on the server and run in the browser.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, LazyRoute,
    components::{A, Route, Router, Routes},
    lazy_route, path,
};

#[cfg(feature = "ssr")]
pub mod shell;
pub mod gallery;
pub mod offline;
pub mod ui;

/// The whole application: the same tree is hydrated over server-rendered HTML and mounted on the app shell.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <p>"Not found."</p> }>
                <Route path=path!("/") view=Today />
                <Route path=path!("/gallery") view=|| view! { <ui::Bare><gallery::Gallery /></ui::Bare> } />
                <Route path=path!("/desk") view={Lazy::<Desk>::new()} />
            </Routes>
        </Router>
    }
}

/// The server's version, asked by a page to show which release answers.
#[server]
pub async fn version() -> Result<String, ServerFnError> {
    Ok(env!("CARGO_PKG_VERSION").to_owned())
}

#[component]
fn Today() -> impl IntoView {
    let version = Resource::new(|| (), |()| version());
    let (count, set_count) = signal(0);
    view! {
        <Title text="Today" />
        <main>
            <h1>"Today"</h1>
            <button on:click=move |_| set_count.update(|count| *count += 1)>{count}</button>
            <Suspense fallback=|| view! { <p>"…"</p> }>
                <p class="version">{move || Suspend::new(async move { version.await.ok() })}</p>
            </Suspense>
            <A href="/desk">"Desk"</A>
        </main>
    }
}

struct Desk {
    version: Resource<Result<String, ServerFnError>>,
}

#[lazy_route]
impl LazyRoute for Desk {
    fn data() -> Self {
        Self { version: Resource::new(|| (), |()| version()) }
    }

    fn view(this: Self) -> AnyView {
        let version = this.version;
        view! {
            <Title text="Desk" />
            <main>
                <h1>"Desk"</h1>
                <Suspense fallback=|| view! { <p>"…"</p> }>
                    <p class="version">{move || Suspend::new(async move { version.await.ok() })}</p>
                </Suspense>
                <A href="/">"Today"</A>
            </main>
        }
        .into_any()
    }
}
