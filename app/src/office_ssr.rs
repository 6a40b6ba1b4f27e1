//! How a form of the office ends on the server: told to the script, or, before it runs, by the address the browser goes back to.

use crate::clients::query::Address;
use crate::office::Outcome;
use crate::problem::Problem;
use backend::Error;
use leptos::prelude::*;
use leptos_axum::redirect;

/// Ends a form of a page: `back` is the page's address, `form` tells its forms apart.
///
/// # Errors
/// What no field can put right.
pub fn settle<T>(back: &str, form: &str, done: Result<T, Error>) -> Result<Outcome<T>, Problem> {
    let outcome = match done {
        Ok(done) => Ok(done),
        Err(Error::Rejected(rejections)) => Err(rejections),
        Err(error) => return Err(error.into()),
    };
    if plain() {
        let (path, query) = back.split_once('?').unwrap_or((back, ""));
        let mut address = Address::new(path);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            address.add(name, value);
        }
        match &outcome {
            Ok(_) => address.add("saved", "1"),
            Err(rejections) => {
                address.add("refused", &rejections.to_string());
                address.add("form", form);
            }
        }
        redirect(&address.finish());
    }
    Ok(outcome)
}

/// Whether the browser itself sent the form.
fn plain() -> bool {
    let accepts = |parts: http::request::Parts| {
        let accept = parts.headers.get(http::header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        accept.contains("text/html")
    };
    use_context::<http::request::Parts>().is_some_and(accepts)
}
