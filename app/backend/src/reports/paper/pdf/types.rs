//! Letters and colours of a document: the fonts that are put into it, how wide words are in them, and what has which colour.

use crate::Error;
use krilla::text::Font;

/// Red, green, blue.
pub(super) type Ink = (u8, u8, u8);

/// What is read.
pub(super) const INK: Ink = (24, 32, 36);
/// What stands beside it.
pub(super) const MUTED: Ink = (91, 103, 109);
/// Lines between rows.
pub(super) const LINE: Ink = (216, 222, 225);
/// The ground of tiles and every other row.
pub(super) const SOFT: Ink = (243, 247, 247);
/// The application's colour.
pub(super) const ACCENT: Ink = (9, 96, 97);
/// What goes up.
pub(super) const MORE: Ink = (46, 125, 74);
/// What goes down.
pub(super) const LESS: Ink = (190, 48, 60);
/// Series, in the order of the screen's.
pub(super) const SERIES: [Ink; 6] = [ACCENT, (201, 108, 33), (120, 129, 134), (131, 92, 190), (92, 142, 60), (200, 66, 84)];

const REGULAR: &[u8] = include_bytes!("../../../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../../fonts/NotoSans-Bold.ttf");

/// How strong letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// For reading.
    Regular,
    /// For headings and what counts.
    Bold,
}

/// A font, and its letters' widths.
struct Face {
    font: Font,
    widths: ttf_parser::Face<'static>,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Result<Self, Error> {
        let font = Font::new(bytes.to_vec().into(), 0).ok_or_else(|| Error::internal("a font that is built in cannot be read"))?;
        Ok(Self { font, widths: ttf_parser::Face::parse(bytes, 0).map_err(Error::internal)? })
    }

    fn width(&self, text: &str) -> f32 {
        let one = |c| self.widths.glyph_index(c).and_then(|glyph| self.widths.glyph_hor_advance(glyph)).unwrap_or(600);
        text.chars().map(|c| f32::from(one(c))).sum::<f32>() / f32::from(self.widths.units_per_em())
    }
}

/// Both fonts.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    pub(super) fn read() -> Result<Self, Error> {
        Ok(Self { regular: Face::read(REGULAR)?, bold: Face::read(BOLD)? })
    }

    fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.of(weight).font.clone()
    }

    /// Of words, in points.
    pub(super) fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        self.of(weight).width(text) * size
    }

    /// The words with a sign in place of each letter the fonts do not have: a document that cannot be read aloud is worse than one that says so.
    pub(super) fn known(&self, text: &str) -> String {
        text.chars().map(|c| if self.has(c) { c } else { '\u{fffd}' }).collect()
    }

    /// Whether the fonts have every letter of the words.
    pub(super) fn holds(&self, text: &str) -> bool {
        text.chars().all(|c| self.has(c))
    }

    fn has(&self, c: char) -> bool {
        self.regular.widths.glyph_index(c).is_some() && !c.is_control()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_hold_the_letters_of_names_and_figures_and_say_what_they_do_not() {
        let faces = Faces::read().expect("they are built in");
        let words = "KES −1,234.50 – Łódź Ōsaka Αθήνα Москва 12.5 % · … ’ € ₦";
        assert_eq!(faces.known(words), words);
        assert_eq!(faces.known("北京 Ltd"), "\u{fffd}\u{fffd} Ltd");
        assert!(faces.holds(words) && faces.holds("\u{fffd}") && !faces.holds("مزارع") && !faces.holds("Chai 🍵"));
        let (one, ten) = (faces.width(Weight::Regular, 10.0, "1"), faces.width(Weight::Regular, 10.0, "0123456789"));
        assert!((ten - 10.0 * one).abs() < 0.01, "digits stand under each other");
    }
}
