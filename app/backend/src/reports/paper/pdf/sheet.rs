//! Pages as lists of what is drawn on them: drawn at the end, when it is known how many there are and which piece belongs to what.

use super::tree::Tree;
use super::types::{Faces, Ink, Weight};
use crate::Error;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::TextDirection;

/// What is drawn for the eye alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decor {
    /// Lines and grounds.
    Layout,
    /// What repeats on every page.
    Footer,
    /// The head of a table on its further pages.
    Again,
}

#[derive(Clone, Copy)]
enum Mark {
    Leaf(usize),
    Decor(Decor),
}

enum Op {
    Open(Mark),
    Close,
    Text { at: (f32, f32), weight: Weight, size: f32, ink: Ink, words: String },
    Fill { points: Vec<(f32, f32)>, ink: Ink, opacity: f32 },
    Line { points: Vec<(f32, f32)>, ink: Ink, width: f32, dashed: bool },
}

/// What is drawn together.
#[derive(Default)]
pub(super) struct Ops(Vec<Op>);

impl Ops {
    /// Words on their base line.
    pub(super) fn text(&mut self, at: (f32, f32), weight: Weight, size: f32, ink: Ink, words: String) {
        if !words.trim().is_empty() {
            self.0.push(Op::Text { at, weight, size, ink, words });
        }
    }

    /// A ground: left, top, width, height.
    pub(super) fn rect(&mut self, (x, y, w, h): (f32, f32, f32, f32), ink: Ink) {
        self.area(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)], ink, 1.0);
    }

    pub(super) fn area(&mut self, points: Vec<(f32, f32)>, ink: Ink, opacity: f32) {
        self.0.push(Op::Fill { points, ink, opacity });
    }

    pub(super) fn line(&mut self, points: Vec<(f32, f32)>, ink: Ink, width: f32, dashed: bool) {
        if points.len() > 1 {
            self.0.push(Op::Line { points, ink, width, dashed });
        }
    }
}

/// The pages so far.
pub(super) struct Sheet {
    pages: Vec<Vec<Op>>,
    /// What they say.
    pub(super) tree: Tree,
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self { pages: vec![Vec::new()], tree: Tree::new() }
    }

    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
    }

    /// The number of pages.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Draws a piece of a group.
    pub(super) fn tagged(&mut self, group: usize, draw: impl FnOnce(&mut Ops)) {
        let leaf = self.tree.leaf(group);
        self.marked(None, Mark::Leaf(leaf), draw);
    }

    /// Draws what says nothing.
    pub(super) fn decor(&mut self, decor: Decor, draw: impl FnOnce(&mut Ops)) {
        self.marked(None, Mark::Decor(decor), draw);
    }

    /// As [`Sheet::decor`], on a page of before.
    pub(super) fn decor_on(&mut self, page: usize, decor: Decor, draw: impl FnOnce(&mut Ops)) {
        self.marked(Some(page), Mark::Decor(decor), draw);
    }

    fn marked(&mut self, page: Option<usize>, mark: Mark, draw: impl FnOnce(&mut Ops)) {
        let mut ops = Ops::default();
        draw(&mut ops);
        let page = page.unwrap_or(self.pages.len() - 1);
        let page = self.pages.get_mut(page).expect("a page of before");
        page.push(Op::Open(mark));
        page.extend(ops.0);
        page.push(Op::Close);
    }

    /// Draws a page; `drawn` takes the pieces by their number.
    pub(super) fn draw(
        &self,
        page: usize,
        surface: &mut Surface<'_>,
        faces: &Faces,
        drawn: &mut [Option<Identifier>],
    ) -> Result<(), Error> {
        for op in &self.pages[page] {
            match op {
                Op::Open(mark) => open(surface, *mark, drawn),
                Op::Close => surface.end_tagged(),
                Op::Text { at, weight, size, ink, words } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(fill(*ink, 1.0)));
                    let words = faces.known(words);
                    surface.draw_text(Point::from_xy(at.0, at.1), faces.font(*weight), *size, &words, false, TextDirection::Auto);
                }
                Op::Fill { points, ink, opacity } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(fill(*ink, *opacity)));
                    path(surface, points, true);
                }
                Op::Line { points, ink, width, dashed } => {
                    let dash = dashed.then(|| StrokeDash { array: vec![4.0, 3.0], offset: 0.0 });
                    surface.set_fill(None);
                    surface.set_stroke(Some(Stroke { paint: color(*ink).into(), width: *width, dash, ..Stroke::default() }));
                    path(surface, points, false);
                }
            }
        }
        Ok(())
    }
}

fn open(surface: &mut Surface<'_>, mark: Mark, drawn: &mut [Option<Identifier>]) {
    match mark {
        Mark::Leaf(leaf) => {
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            if let Some(place) = drawn.get_mut(leaf) {
                *place = Some(identifier);
            }
        }
        Mark::Decor(decor) => {
            let kind = match decor {
                Decor::Layout => ArtifactType::Layout,
                Decor::Footer => ArtifactType::Footer,
                Decor::Again => ArtifactType::PaginationOther,
            };
            // what is for the eye alone has no place in the tree
            let _ = surface.start_tagged(ContentTag::Artifact(Artifact::new(kind, None::<Rect>)));
        }
    }
}

fn color((red, green, blue): Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink, opacity: f32) -> Fill {
    Fill { paint: color(ink).into(), opacity: NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE), ..Fill::default() }
}

fn path(surface: &mut Surface<'_>, points: &[(f32, f32)], closed: bool) {
    let mut builder = PathBuilder::new();
    for (n, (x, y)) in points.iter().enumerate() {
        if n == 0 { builder.move_to(*x, *y) } else { builder.line_to(*x, *y) }
    }
    if closed {
        builder.close();
    }
    // a path of no extent is none
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}
