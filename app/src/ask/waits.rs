//! What stands where an answer will be: the shape of a list while it comes, words and a way on when it failed.

use super::Content;
use crate::live::pressed;
use crate::markup::Markup;
use crate::problem::Problem;
use leptos::prelude::*;

/// Content that waits for its answers: `waiting` stands in its place at first, later the old content does.
pub fn boundary(waiting: fn() -> AnyView, content: Box<dyn FnOnce() -> Content + Send>) -> AnyView {
    let content = move || {
        let content = content();
        move || content()
    };
    view! { <Transition fallback=waiting>{content()}</Transition> }.into_any()
}

/// Where something will stand as soon as it is there.
pub fn waiting() -> AnyView {
    let mut m = Markup::default();
    m.put("<div class=\"skeleton card\" role=\"status\" aria-label=\"Loading\">", &[]);
    for _ in 0..6 {
        m.put("<div><i></i><i></i><i></i><i></i><i></i></div>", &[]);
    }
    m.put("</div>", &[]);
    let html = m.done();
    view! { <div class="page" inner_html=html></div> }.into_any()
}

pub(super) fn failure_html(problem: &Problem) -> String {
    let (words, mut m) = (problem.words(), Markup::default());
    match problem {
        Problem::Missing => {
            crate::fault::missing();
            m.failure(&words, "Go to Today", Some("/"));
        }
        Problem::Forbidden => m.failure(&words, "Go to Today", Some("/")),
        Problem::SignIn => m.failure(&words, "Sign in", Some("/sign-in?next=/")),
        _ => m.failure(&words, "Try again", None),
    }
    m.done()
}

/// What failed, in words, with the way on.
pub fn failure(problem: &Problem, retry: Callback<()>) -> AnyView {
    let html = failure_html(problem);
    view! { <div class="page" inner_html=html on:click=move |event| pressed(&event, |_, _| retry.run(()))></div> }.into_any()
}
