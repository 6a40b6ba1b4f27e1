//! The list of imports, and one of them with its report.

use super::{PATH, api};
use crate::ask::{Drawing, ask_server};
use crate::head::Head;
use crate::live::no_act;
use domain::people::Right;
use leptos::prelude::*;

/// The page.
#[must_use]
pub fn list_page() -> AnyView {
    if let Some(words) = crate::office::barred(Right::Import) {
        return words;
    }
    let imports = ask_server(Signal::stored(()), |()| Box::pin(api::imports_list()));
    imports.view("page page--wide", head, no_act)
}

fn head(imports: Drawing) -> AnyView {
    Head::new("Imports").sub(imports.sub()).back(crate::office::PATH, "Office").add(Some([PATH, "/new"].concat())).view()
}
