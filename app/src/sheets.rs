//! The one sheet over the pages: what stands in it is loaded when it opens.

use crate::later::{Loading, later};
use crate::ui::Sheet;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// The sheet.
#[derive(Clone, Copy)]
pub struct Sheets {
    /// Whether it is open; closing it by key, tap outside or button sets this too.
    pub open: RwSignal<bool>,
    title: RwSignal<String>,
    content: StoredValue<Option<SendWrapper<Loading>>>,
}

/// The sheet from the context.
#[must_use]
pub fn sheets() -> Sheets {
    expect_context()
}

impl Sheets {
    /// Puts it into the context.
    pub fn provide() -> Self {
        let sheets = Self { open: RwSignal::new(false), title: RwSignal::new(String::new()), content: StoredValue::new(None) };
        provide_context(sheets);
        sheets
    }

    /// Opens it with what is on its way.
    pub fn show(self, title: impl Into<String>, content: Loading) {
        self.title.set(title.into());
        self.content.set_value(Some(SendWrapper::new(content)));
        self.open.set(false);
        self.open.set(true);
    }

    /// Closes it.
    pub fn close(self) {
        self.open.set(false);
    }

    /// Where it is shown.
    pub fn view(self) -> AnyView {
        let content = move || self.content.try_update_value(Option::take).flatten().map(|content| later(content.take()));
        view! { <Sheet open=self.open title=self.title>{content()}</Sheet> }.into_any()
    }
}
