//! What the form of a person at a client asks the server.

use crate::problem::Problem;
use domain::contacts::Contact;
use domain::ids::ContactId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// One contact.
#[server(input = Json, output = Json)]
pub async fn contacts_find(id: ContactId) -> Result<Contact, Problem> {
    let (backend, caller) = crate::session_ssr::asked()?;
    Ok(backend::contacts::find(&backend, &caller, id).await?)
}
