//! The frame around every page: a way past the navigation, the navigation itself, banners, and the page.

use leptos::prelude::*;

use super::{Glyph, IconSprite, Rail, Tabs};

/// A place in the navigation.
#[derive(Clone, Copy)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Its word.
    pub label: &'static str,
    /// Its icon.
    pub glyph: Glyph,
    /// How many things there need a look; nothing is shown for none.
    pub count: Option<Signal<u32>>,
    /// Other paths that belong to it.
    pub also: &'static [&'static str],
}

impl NavItem {
    /// A place without a count.
    #[must_use]
    pub const fn new(href: &'static str, label: &'static str, glyph: Glyph) -> Self {
        Self { href, label, glyph, count: None, also: &[] }
    }

    /// Whether a path lies in this place.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        within(self.href, path) || self.also.iter().any(|href| within(href, path))
    }

    pub(super) fn link(self, path: Signal<String>, icon: AnyView) -> AnyView {
        let current = move || path.with(|path| self.holds(path)).then_some("page");
        let count = self.count.map(|count| {
            let shown = move || match count.get() {
                0 => None,
                waiting => Some(view! { <span class="nav__count">{waiting.to_string()}</span> }),
            };
            view! { {shown} }
        });
        view! {
            <a href=self.href aria-current=current>
                {icon}
                {self.label}
                {count}
            </a>
        }
        .into_any()
    }
}

fn within(href: &str, path: &str) -> bool {
    let rest = path.strip_prefix(href);
    rest.is_some_and(|rest| rest.is_empty() || (href != "/" && rest.starts_with('/')))
}

/// The frame of signed-in pages: tabs on a phone, a rail on a desk.
#[component]
pub fn Frame(
    /// The phone's places, at most five.
    tabs: Vec<NavItem>,
    /// The desk's places.
    rail: Vec<NavItem>,
    /// The path shown now.
    #[prop(into)]
    path: Signal<String>,
    /// Lines above the page that stay: offline, demo, as of another day.
    #[prop(optional, into)]
    banners: Option<ViewFn>,
    /// The foot of the rail.
    #[prop(optional, into)]
    rail_foot: ViewFn,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <IconSprite />
        <div class="app">
            <a class="skip" href="#main" rel="external">"Skip to the page"</a>
            <Rail items=rail path foot=rail_foot />
            <div class="app__body">
                {banners.map(|banners| banners.run())}
                <main class="app__main" id="main" tabindex="-1">{children()}</main>
            </div>
            <Tabs items=tabs path />
        </div>
    }
}

/// A page without navigation: sign-in, an error.
#[component]
pub fn Bare(
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <IconSprite />
        <main class="app__main" id="main">{children()}</main>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_holds_its_own_path_and_what_lies_under_it() {
        let more = NavItem { also: &["/outbox"], ..NavItem::new("/more", "More", Glyph::More) };
        for (path, held) in [("/more", true), ("/more/a", true), ("/moreover", false), ("/outbox", true), ("/", false)] {
            assert_eq!(more.holds(path), held, "{path}");
        }
        let today = NavItem::new("/", "Today", Glyph::Today);
        assert!(today.holds("/"));
        assert!(!today.holds("/clients"));
    }
}
