//! The sign-in form: a plain one, which works before the script runs.

use super::api::PeopleSignIn;
use crate::head::name_page;
use crate::ui::{Brand, Button, FormErrors, TextField};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_location, use_query_map};

/// The form, in place of whatever page was asked for.
#[must_use]
pub fn sign_in_page(demo: bool) -> AnyView {
    let (location, query) = (use_location(), use_query_map());
    let asked = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let path = location.pathname.get_untracked();
    let next = match (path.as_str(), location.search.get_untracked()) {
        ("/sign-in", _) => asked("next"),
        (path, search) if search.is_empty() => path.to_owned(),
        (path, search) => [path, "?", search.trim_start_matches('?')].concat(),
    };
    let refused = match asked("refused").as_str() {
        "credentials" => Some("Email or password is not right. Check both, or ask an administrator for a new link."),
        "busy" => Some("Signing in is not possible just now. Try again in a moment."),
        _ => None,
    };
    let set = (!asked("set").is_empty()).then(|| view! { <p role="status">"Your password is set. Sign in with it."</p> });
    let (email, password) = (RwSignal::new(asked("email")), RwSignal::new(String::new()));
    name_page("Sign in".into());
    view! {
        <div class="sign-in">
            <div class="sign-in__card">
                <div class="sign-in__brand">
                    <Brand />
                    <div>
                        <h1>"Sign in to Fieldlight"</h1>
                        <p>{if demo { "Demo data: sign in with the account printed at start." } else { "Clients, visits and what is next." }}</p>
                    </div>
                </div>
                {set}
                <form class="form" method="post" action=PeopleSignIn::url()>
                    <FormErrors message=Signal::stored(refused.map(str::to_owned)) />
                    <input type="hidden" name="next" value=next />
                    <TextField name="email" label="Email" value=email kind="email" required=true autocomplete="username" />
                    <TextField name="password" label="Password" value=password kind="password" required=true autocomplete="current-password" />
                    <Button submit=true wide=true>"Sign in"</Button>
                </form>
            </div>
        </div>
    }
    .into_any()
}
