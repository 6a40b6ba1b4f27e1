//! HTML put together as text, every word escaped: what a rep's first screens are drawn with, on the server and on the phone alike.
//!
//! Text is a tenth of the code of live elements, needs nothing to be taken over, and is drawn in a fraction of the time. What a person
//! can press in it says so in `data-do`; see [`crate::ask::Drawing`].

use crate::ui::{Glyph, LightKind};

/// HTML in the making.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Adds a template; each `{}` in it is the next of `words`, escaped.
    pub fn put(&mut self, template: &'static str, words: &[&str]) {
        let mut rest = template;
        for word in words {
            let place = rest.bytes().zip(rest.bytes().skip(1)).position(|two| two == (b'{', b'}'));
            debug_assert!(place.is_some(), "more words than places: {template}");
            let (before, after) = rest.split_at(place.unwrap_or(rest.len()));
            self.0.push_str(before);
            self.escape(word);
            rest = after.get(2..).unwrap_or_default();
        }
        debug_assert!(!rest.contains("{}"), "more places than words: {template}");
        self.0.push_str(rest);
    }

    /// As [`Markup::put`] with one word; nothing without it.
    pub fn maybe(&mut self, template: &'static str, word: Option<&str>) {
        if let Some(word) = word.filter(|word| !word.is_empty()) {
            self.put(template, &[word]);
        }
    }

    /// An icon that is decoration.
    pub fn icon(&mut self, glyph: Glyph) {
        self.put("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}\"></use></svg>", &[glyph.href()]);
    }

    /// A light's shape, named by its colour for those who do not see it.
    pub fn mark(&mut self, kind: LightKind) {
        let code = kind.name().to_lowercase();
        self.put(
            "<svg class=\"mark light light--{}\" role=\"img\" aria-label=\"{}\"><use href=\"#l-{}\"></use></svg>",
            &[&code, kind.name(), &code],
        );
    }

    /// A light's shape beside words that name its colour.
    pub fn shape(&mut self, kind: LightKind) {
        let code = kind.name().to_lowercase();
        self.put("<svg class=\"mark light light--{}\" aria-hidden=\"true\"><use href=\"#l-{}\"></use></svg>", &[&code, &code]);
    }

    /// The head of a section, left open: close it with `</section>`.
    pub fn section(&mut self, title: &str, aside: &str) {
        self.put("<section class=\"section\"><div class=\"section__head\"><h2>{}</h2>", &[title]);
        self.maybe("<span class=\"section__aside\">{}</span>", Some(aside));
        self.put("</div>", &[]);
    }

    /// A list row, as a list item.
    pub fn row(&mut self, row: &Row<'_>) {
        let class = if row.light.is_some() { "row" } else { "row row--plain" };
        match row.place {
            Some((place, of)) => self.put("<li aria-posinset=\"{}\" aria-setsize=\"{}\">", &[&place.to_string(), &of.to_string()]),
            None => self.put("<li>", &[]),
        }
        self.put("<a class=\"{}\" href=\"{}\">", &[class, row.href]);
        if let Some((kind, _)) = row.light {
            self.put("<span class=\"row__mark\">", &[]);
            self.mark(kind);
            self.put("</span>", &[]);
        }
        self.put("<span class=\"row__title\">{}</span>", &[row.title]);
        if row.planned {
            self.put("<span class=\"row__end row__planned light light--planned\">", &[]);
            self.mark(LightKind::Planned);
            self.put("{}</span>", &[row.end]);
        } else {
            self.put("<span class=\"row__end\">{}</span>", &[row.end]);
        }
        self.put("<span class=\"row__sub\">{}</span>", &[row.sub]);
        if let Some((kind, words)) = row.light {
            self.put("<span class=\"row__words {}\">{}</span>", &[kind.class(), words]);
        }
        self.maybe("<span class=\"row__note\">{}</span>", Some(row.note));
        self.put("</a></li>", &[]);
    }

    /// Nothing to list, and what to do about it; left open for a button: close it with `</div>`.
    pub fn empty(&mut self, glyph: Glyph, title: &str, words: &str) {
        self.put("<div class=\"empty\"><div class=\"empty__mark\">", &[]);
        self.icon(glyph);
        self.put("</div><h2>{}</h2><p>{}</p>", &[title, words]);
    }

    /// What failed, in words, with the way on.
    pub fn failure(&mut self, words: &str, way_on: &str, href: Option<&str>) {
        self.put("<div class=\"failed card\" role=\"alert\">", &[]);
        self.icon(Glyph::Warn);
        self.put("<p>{}</p>", &[words]);
        match href {
            Some(href) => self.put("<a class=\"link\" href=\"{}\">{}</a></div>", &[href, way_on]),
            None => self
                .put("<button type=\"button\" class=\"button button--quiet button--small\" data-do=\"retry\">{}</button></div>", &[way_on]),
        }
    }

    /// The finished text.
    #[must_use]
    pub fn done(self) -> String {
        self.0
    }

    fn escape(&mut self, word: &str) {
        let mut done = 0;
        for (at, byte) in word.bytes().enumerate() {
            let instead = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => continue,
            };
            self.0.push_str(word.get(done..at).unwrap_or_default());
            self.0.push_str(instead);
            done = at + 1;
        }
        self.0.push_str(word.get(done..).unwrap_or_default());
    }
}

/// The words of a row; empty ones leave no gap.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// The name.
    pub title: &'a str,
    /// The light and its words.
    pub light: Option<(LightKind, &'a str)>,
    /// Place, segment, tier.
    pub sub: &'a str,
    /// End of the first line.
    pub end: &'a str,
    /// Whether the end is a planned visit, with its blue mark.
    pub planned: bool,
    /// A third line.
    pub note: &'a str,
    /// Its number and the number of all, where not all are drawn.
    pub place: Option<(usize, usize)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_templates_are_not() {
        let mut m = Markup::default();
        m.put("<b title=\"{}\">{}</b>", &["a \"b\"", "<script>&"]);
        m.maybe("<i>{}</i>", None);
        assert_eq!(m.done(), "<b title=\"a &quot;b&quot;\">&lt;script&gt;&amp;</b>");
    }

    #[test]
    fn a_row_carries_its_light_as_shape_word_and_colour() {
        let mut m = Markup::default();
        m.row(&Row { href: "/clients/1", title: "Mutua", light: Some((LightKind::Red, "6 days over")), ..Row::default() });
        let html = m.done();
        assert!(
            html.contains("#l-red") && html.contains("aria-label=\"Red\"") && html.contains("row__words light light--red\">6 days over")
        );
    }
}
