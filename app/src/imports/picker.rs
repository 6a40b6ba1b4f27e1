//! Fields of the panel that says how a file is read: they follow the mapping and keep their place while it changes, so that nothing one works in goes away.

use crate::ui::{Glyph, Icon};
use ::intake::Kind;
use ::intake::mapping::Mapping;
use domain::decimal::Notation;
use leptos::html;
use leptos::prelude::*;

/// The mapping one works on.
#[derive(Clone, Copy)]
pub struct Panel {
    /// What the file holds.
    pub kind: Kind,
    /// The mapping as it was last changed.
    pub mapping: RwSignal<Mapping>,
    /// Hears every other mapping.
    pub change: Callback<Mapping>,
    /// How numbers are written, where no field is a number yet.
    pub notation: StoredValue<Notation>,
}

impl Panel {
    /// Changes the mapping.
    pub fn edit(self, edit: impl FnOnce(&mut Mapping)) {
        let mut next = self.mapping.get_untracked();
        edit(&mut next);
        self.change.run(next);
    }

    /// Something that follows the mapping.
    pub fn follow<T: Send + Sync + PartialEq + Clone + 'static>(self, read: impl Fn(&Mapping) -> T + Send + Sync + 'static) -> Signal<T> {
        Memo::new(move |_| self.mapping.with(|mapping| read(mapping))).into()
    }
}

/// One of many: what is picked is heard, what is written elsewhere is shown.
pub fn picker(id: String, words: String, options: Vec<(String, Signal<String>)>, value: Signal<String>, pick: Callback<String>) -> AnyView {
    let select = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        let wanted = value.get();
        if let Some(select) = select.get() {
            select.set_value(&wanted);
        }
    });
    let options = options.into_iter().map(|(key, words)| view! { <option value=key>{words}</option> }).collect_view();
    view! {
        <div class="mapping__row">
            <label class="field__label" for=id.clone()>{words}</label>
            <div class="select">
                <select node_ref=select class="input" id=id on:change=move |event| pick.run(event_target_value(&event))>{options}</select>
                <Icon glyph=Glyph::Down />
            </div>
        </div>
    }
    .into_any()
}

/// A line of text.
pub fn entry(id: &'static str, words: &'static str, hint: &'static str, value: Signal<String>, pick: Callback<String>) -> AnyView {
    let told = move |event| pick.run(event_target_value(&event).trim().to_owned());
    view! {
        <div class="mapping__row">
            <label class="field__label" for=id>{words}</label>
            <input class="input" id=id placeholder=hint prop:value=value on:change=told />
        </div>
    }
    .into_any()
}

/// Words that never change.
pub fn fixed(words: &str) -> Signal<String> {
    Signal::stored(words.to_owned())
}
