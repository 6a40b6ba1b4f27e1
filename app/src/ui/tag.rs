//! Small labels: a stage, a tier, a state; and a person's initials.

use leptos::prelude::*;

/// What a tag means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Good.
    Good,
    /// To be looked at.
    Warn,
    /// Wrong.
    Bad,
    /// Planned, new.
    Info,
}

/// A label.
#[component]
pub fn Tag(
    /// Its words.
    #[prop(into)]
    words: String,
    /// What it means.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    let class = match tone {
        Tone::Plain => "tag",
        Tone::Good => "tag tag--good",
        Tone::Warn => "tag tag--warn",
        Tone::Bad => "tag tag--bad",
        Tone::Info => "tag tag--info",
    };
    view! { <span class=class>{words}</span> }
}

/// The initials of a name, as decoration beside it.
#[component]
pub fn Avatar(
    /// The name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! { <span class="avatar" aria-hidden="true">{initials(&name)}</span> }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_word() {
        let said = ["Joyce Mutua", "peter k. njoroge", "Śanaz", ""].map(initials);
        assert_eq!(said, ["JM", "PN", "Ś", ""]);
    }
}
