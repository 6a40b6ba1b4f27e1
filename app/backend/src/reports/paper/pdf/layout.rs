//! Where the next thing stands: margins, pages, the outline, and words cut into lines.

use super::super::Paper;
use super::sheet::{Decor, Sheet};
use super::types::{Faces, INK, Ink, MUTED, Weight};
use super::{sheet, table};
use crate::Error;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

/// Of A4, in points.
const SHORT: f32 = 595.28;
const LONG: f32 = 841.89;
const MARGIN: f32 = 42.0;
const FOOT: f32 = 30.0;

/// A document being laid out.
pub(super) struct Layout {
    /// Its pages.
    pub(super) sheet: Sheet,
    /// Its letters.
    pub(super) faces: Faces,
    /// Where the next thing stands.
    pub(super) y: f32,
    size: (f32, f32),
    outline: Vec<(String, usize, f32)>,
}

impl Layout {
    /// Upright, or across where a table needs the width.
    pub(super) fn new(paper: &Paper) -> Result<Self, Error> {
        let faces = Faces::read()?;
        let tables = paper.sections.iter().filter_map(|section| section.content.as_ref().ok());
        let wide = tables.map(|content| table::natural(&faces, content)).fold(0.0, f32::max) > SHORT - 2.0 * MARGIN;
        let size = if wide { (LONG, SHORT) } else { (SHORT, LONG) };
        Ok(Self { sheet: Sheet::new(), faces, y: MARGIN - 8.0, size, outline: Vec::new() })
    }

    pub(super) const fn left(&self) -> f32 {
        MARGIN
    }

    pub(super) fn width(&self) -> f32 {
        self.size.0 - 2.0 * MARGIN
    }

    /// What is left of the page.
    pub(super) fn room(&self) -> f32 {
        self.size.1 - MARGIN - FOOT / 2.0 - self.y
    }

    pub(super) fn down(&mut self, by: f32) {
        self.y += by;
    }

    /// Begins another page.
    pub(super) fn turn(&mut self) {
        self.sheet.turn();
        self.y = MARGIN;
    }

    /// Begins another page where less than this is left.
    pub(super) fn need(&mut self, height: f32) {
        if self.room() < height && self.y > MARGIN {
            self.turn();
        }
    }

    /// Notes a heading for the outline.
    pub(super) fn outline(&mut self, title: &str) {
        self.outline.push((title.to_owned(), self.sheet.len() - 1, self.y));
    }

    /// Words of a group; `down` is from where the next thing stands to their base line.
    pub(super) fn text(&mut self, group: usize, (x, down): (f32, f32), weight: Weight, ink: Ink, words: &str, size: f32) {
        let at = (x, self.y + down);
        self.sheet.tagged(group, |ops| ops.text(at, weight, size, ink, words.to_owned()));
    }

    /// Words in lines no wider than `width`.
    pub(super) fn wrapped(&self, words: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.faces.width(weight, size, &[line.as_str(), " ", word].concat()) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines.iter().map(|line| self.cut(line, weight, size, width)).collect()
    }

    /// Words no wider than `width`: what does not fit is three dots.
    pub(super) fn cut(&self, words: &str, weight: Weight, size: f32, width: f32) -> String {
        if self.faces.width(weight, size, words) <= width {
            return words.to_owned();
        }
        let mut kept: Vec<char> = words.chars().collect();
        while kept.pop().is_some() {
            let text = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            if self.faces.width(weight, size, &text) <= width {
                return text;
            }
        }
        String::new()
    }

    /// The size at which words are no wider than `width`.
    pub(super) fn shrunk(&self, words: &str, weight: Weight, size: f32, width: f32) -> f32 {
        let wide = self.faces.width(weight, size, words);
        if wide > width { size * width / wide } else { size }
    }

    /// The document's bytes.
    pub(super) fn finish(mut self, paper: &Paper) -> Result<Vec<u8>, Error> {
        self.feet(paper);
        let mut document = Document::new_with(settings()?);
        let mut drawn = vec![None; self.sheet.tree.leaves()];
        for page in 0..self.sheet.len() {
            let settings = PageSettings::from_wh(self.size.0, self.size.1).ok_or_else(|| Error::internal("a page has a size"))?;
            let mut page_of = document.start_page_with(settings);
            let mut surface = page_of.surface();
            self.sheet.draw(page, &mut surface, &self.faces, &mut drawn)?;
            surface.finish();
            page_of.finish();
        }
        let mut outline = Outline::new();
        outline.push_child(node(&paper.title, 0, MARGIN));
        for (title, page, y) in &self.outline {
            outline.push_child(node(title, *page, *y));
        }
        document.set_outline(outline);
        document.set_metadata(about(paper));
        document.set_tag_tree(self.sheet.tree.tags(&drawn));
        document.finish().map_err(|error| Error::internal(format!("a document cannot be written: {error:?}")))
    }

    /// The line at the foot of every page.
    fn feet(&mut self, paper: &Paper) {
        let (pages, y, right) = (self.sheet.len(), self.size.1 - FOOT, self.size.0 - MARGIN);
        for page in 0..pages {
            let number = format!("Page {} of {pages}", page + 1);
            let x = right - self.faces.width(Weight::Regular, 7.5, &number);
            let words =
                self.cut(&format!("{} · {} · {}", paper.company, paper.title, paper.fresh), Weight::Regular, 7.5, self.width() - 80.0);
            self.sheet.decor_on(page, Decor::Footer, |ops: &mut sheet::Ops| {
                ops.text((MARGIN, y), Weight::Regular, 7.5, MUTED, words);
                ops.text((x, y), Weight::Regular, 7.5, INK, number);
            });
        }
    }
}

/// Readable for those who listen: what is not is a defect, and found when the document is written.
fn settings() -> Result<SerializeSettings, Error> {
    let audible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = audible.map_err(|error| Error::internal(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() })
}

fn node(title: &str, page: usize, y: f32) -> OutlineNode {
    OutlineNode::new(title.to_owned(), XyzDestination::new(page, Point::from_xy(MARGIN, y)))
}

fn about(paper: &Paper) -> Metadata {
    let metadata = Metadata::new().title(paper.title.clone()).authors(vec![paper.company.clone()]);
    metadata.description(format!("{}: {}", paper.room, paper.period)).language("en".to_owned()).creator("Fieldlight".to_owned())
}
