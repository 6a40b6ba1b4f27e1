//! What a document says in its order of reading: headings, paragraphs, charts and tables, and which drawn words belong to each.

use krilla::tagging::{Identifier, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use std::num::NonZeroU16;

/// What a group is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// The document.
    Root,
    /// A chart with its heading and table.
    Section,
    /// A heading of a level.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A drawing, in words.
    Figure(String),
    /// A table.
    Table,
    /// Its heads.
    Heads,
    /// Its rows.
    Body,
    /// A row.
    Row,
    /// The head of a column.
    Head,
    /// A cell.
    Cell,
}

enum Child {
    Group(usize),
    Leaf(usize),
}

struct Group {
    kind: Kind,
    children: Vec<Child>,
}

/// Groups, the first of them the document.
pub(super) struct Tree {
    groups: Vec<Group>,
    leaves: usize,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self { groups: vec![Group { kind: Kind::Root, children: Vec::new() }], leaves: 0 }
    }

    /// A group under another.
    pub(super) fn add(&mut self, under: usize, kind: Kind) -> usize {
        let at = self.groups.len();
        self.groups.push(Group { kind, children: Vec::new() });
        self.children(under).push(Child::Group(at));
        at
    }

    /// A piece of a group that is drawn somewhere.
    pub(super) fn leaf(&mut self, of: usize) -> usize {
        let leaf = self.leaves;
        self.leaves += 1;
        self.children(of).push(Child::Leaf(leaf));
        leaf
    }

    fn children(&mut self, of: usize) -> &mut Vec<Child> {
        &mut self.groups.get_mut(of).expect("groups are known by what made them").children
    }

    /// The number of pieces.
    pub(super) const fn leaves(&self) -> usize {
        self.leaves
    }

    /// As the document takes it; `drawn` are the pieces in their order.
    pub(super) fn tags(&self, drawn: &[Option<Identifier>]) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        for child in &self.groups[0].children {
            match child {
                Child::Group(at) => tree.push(self.group(*at, drawn)),
                Child::Leaf(leaf) => drawn.get(*leaf).copied().flatten().into_iter().for_each(|leaf| tree.push(leaf)),
            }
        }
        tree
    }

    fn group(&self, at: usize, drawn: &[Option<Identifier>]) -> TagGroup {
        let group = &self.groups[at];
        let mut tags = TagGroup::new(tag(&group.kind));
        for child in &group.children {
            match child {
                Child::Group(at) => tags.push(self.group(*at, drawn)),
                Child::Leaf(leaf) => drawn.get(*leaf).copied().flatten().into_iter().for_each(|leaf| tags.push(leaf)),
            }
        }
        tags
    }
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Root | Kind::Section => Tag::Section.into(),
        Kind::Heading(level, title) => Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into(),
        Kind::Paragraph => Tag::P.into(),
        Kind::Figure(words) => Tag::Figure(Some(words.clone())).into(),
        Kind::Table => Tag::Table.into(),
        Kind::Heads => Tag::THead.into(),
        Kind::Body => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::Head => Tag::TH(TableHeaderScope::Column).into(),
        Kind::Cell => Tag::TD.into(),
    }
}
