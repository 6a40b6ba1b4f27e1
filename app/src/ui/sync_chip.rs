//! How much of what was made here the server has: always in sight, one tap from the details.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The state of the phone's queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SyncState {
    /// What this phone keeps has not been read yet.
    #[default]
    Checking,
    /// The browser gives no storage: nothing is kept here.
    NoStorage,
    /// The server has acknowledged everything.
    AllSent,
    /// So many changes are only on this phone.
    OnPhone(u32),
    /// So many are on their way.
    Sending(u32),
    /// So many were refused and need a person.
    Attention(u32),
    /// No network, and so many changes wait for it.
    Offline(u32),
    /// So many wait for a new sign-in.
    SignIn(u32),
}

impl SyncState {
    /// The chip's look.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Checking => "sync-chip sync-chip--checking",
            Self::AllSent => "sync-chip sync-chip--sent",
            Self::NoStorage | Self::OnPhone(_) | Self::Offline(_) => "sync-chip",
            Self::Sending(_) => "sync-chip sync-chip--sending",
            Self::Attention(_) => "sync-chip sync-chip--attention",
            Self::SignIn(_) => "sync-chip sync-chip--sign-in",
        }
    }

    /// The chip's picture.
    #[must_use]
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::AllSent => Glyph::Check,
            Self::Checking | Self::NoStorage | Self::OnPhone(_) => Glyph::Phone,
            Self::Sending(_) => Glyph::Sync,
            Self::Attention(_) => Glyph::Warn,
            Self::Offline(_) => Glyph::CloudOff,
            Self::SignIn(_) => Glyph::Person,
        }
    }

    /// What the chip says.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Checking => "Checking".to_owned(),
            Self::NoStorage => "Nothing kept here".to_owned(),
            Self::AllSent => "All sent".to_owned(),
            Self::OnPhone(waiting) => format!("{waiting} on this phone"),
            Self::Sending(waiting) => format!("Sending {waiting}"),
            Self::Attention(1) => "1 needs attention".to_owned(),
            Self::Attention(parked) => format!("{parked} need attention"),
            Self::Offline(0) => "Offline".to_owned(),
            Self::Offline(waiting) => format!("Offline · {waiting} here"),
            Self::SignIn(_) => "Sign in to send".to_owned(),
        }
    }
}

/// The chip, a link to the outbox.
#[component]
pub fn SyncChip(
    /// The queue's state.
    #[prop(into)]
    state: Signal<SyncState>,
    /// Where the details are.
    href: &'static str,
) -> impl IntoView {
    view! {
        <a class=move || state.get().class() href=href>
            {move || view! { <Icon glyph=state.get().glyph() /> }}
            <span role="status">{move || state.get().words()}</span>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chip_counts_in_words() {
        let said = [SyncState::Attention(1), SyncState::Attention(3), SyncState::Offline(0), SyncState::Offline(2)];
        let words = said.map(SyncState::words);
        assert_eq!(words, ["1 needs attention", "3 need attention", "Offline", "Offline · 2 here"]);
    }
}
