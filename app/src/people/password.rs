//! A new password, by a one-time link.

use super::api::PeopleSetPassword;
use crate::head::name_page;
use crate::ui::{Brand, Button, FormErrors, TextField};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// The form behind `/set-password/{token}`.
#[must_use]
pub fn password_page(token: String) -> AnyView {
    let refused = use_query_map().with_untracked(|query| query.get("refused"));
    let (password, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    name_page("Set a password".into());
    view! {
        <div class="sign-in">
            <div class="sign-in__card">
                <div class="sign-in__brand">
                    <Brand />
                    <div>
                        <h1>"Set your password"</h1>
                        <p>"The link works once."</p>
                    </div>
                </div>
                <form class="form" method="post" action=PeopleSetPassword::url()>
                    <FormErrors message=Signal::stored(refused) />
                    <input type="hidden" name="token" value=token />
                    <TextField
                        name="password"
                        label="New password"
                        value=password
                        kind="password"
                        required=true
                        autocomplete="new-password"
                        hint="At least 10 characters; a few words are easiest"
                    />
                    <TextField name="again" label="The same again" value=again kind="password" required=true autocomplete="new-password" />
                    <Button submit=true wide=true>"Set password"</Button>
                </form>
            </div>
        </div>
    }
    .into_any()
}
