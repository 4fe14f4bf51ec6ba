//! From tokens to passages: an element that begins a block begins a passage, text joins the
//! passage in hand, and every passage remembers the element it stands in.
//!
//! The stack of open elements is at most [`MAX_DEPTH`] deep; what is nested deeper is read as
//! if it stood side by side. End tags that match nothing are passed over.

use super::elements::{Role, name_hash, role};
use super::meta::Meta;
use super::place::Place;
use super::tag::Tag;
use super::tokens::Sink;
use crate::draft::Draft;
use model::PassageKind;

/// Elements that may stand inside each other.
pub(super) const MAX_DEPTH: usize = 256;
/// Places beyond this take the place around them.
const MAX_PLACES: usize = 4_000_000;

/// What a page gave.
pub(super) struct Parts<'s> {
    pub draft: Draft<'s>,
    pub places: Vec<Place>,
    pub meta: Meta,
    /// Elements were nested too deep.
    pub flattened: bool,
    /// Bytes of text that the page does not show.
    pub hidden: usize,
    /// The parts of class and id of each place, where they are wanted.
    pub names: Option<Vec<String>>,
}

/// An open element.
struct Element {
    name: u32,
    role: Role,
    place: Option<u32>,
    /// What a place for it would hold.
    says: Place,
    eligible: bool,
    /// Parts of class and id, where they are wanted.
    names: String,
    // Inherited from the elements around it:
    kind: PassageKind,
    level: u8,
    linked: bool,
    hidden: bool,
    skipped: bool,
    /// Inside a row of data, where blocks do not begin passages.
    in_row: bool,
}

/// Builds the passages of a page.
pub(super) struct Page<'s> {
    draft: Draft<'s>,
    places: Vec<Place>,
    stack: Vec<Element>,
    tag: Tag,
    meta: Meta,
    /// Elements that are open beyond the depth.
    beyond: usize,
    flattened: bool,
    data_tables: Vec<bool>,
    tables: usize,
    /// Line ends since the last visible character.
    breaks: usize,
    /// Take text that is hidden, too.
    show_hidden: bool,
    hidden: usize,
    /// The names of each place, where they are wanted.
    pub names: Option<Vec<String>>,
}

impl<'s> Page<'s> {
    pub fn new(source: &'s str, data_tables: Vec<bool>, show_hidden: bool) -> Self {
        Self {
            draft: Draft::new(source),
            places: vec![Place {
                around: 0,
                left_out: None,
                main: 0,
                header: false,
                group: true,
                caption: false,
                sure: false,
                dated: false,
                weight: 0,
            }],
            names: None,
            stack: Vec::new(),
            tag: Tag::default(),
            meta: Meta::default(),
            beyond: 0,
            flattened: false,
            data_tables,
            tables: 0,
            breaks: 0,
            show_hidden,
            hidden: 0,
        }
    }

    pub fn finish(mut self) -> Parts<'s> {
        self.draft.close();
        Parts {
            draft: self.draft,
            places: self.places,
            meta: self.meta,
            flattened: self.flattened,
            hidden: self.hidden,
            names: self.names,
        }
    }

    fn in_row(&self) -> bool {
        self.stack.last().is_some_and(|element| element.in_row)
    }

    /// Ends the passage in hand, unless it is a row.
    fn block_boundary(&mut self) {
        self.breaks = 0;
        if self.in_row() {
            self.draft.space();
        } else {
            self.draft.close();
        }
    }

    /// The place of the innermost element, made if need be.
    fn place(&mut self) -> u32 {
        let known = self
            .stack
            .iter()
            .rposition(|element| element.place.is_some());
        let mut around = known.and_then(|at| self.stack[at].place).unwrap_or(0);
        for at in known.map_or(0, |at| at + 1)..self.stack.len() {
            let element = &mut self.stack[at];
            if element.eligible && self.places.len() < MAX_PLACES {
                self.places.push(Place {
                    around,
                    ..element.says
                });
                if let Some(names) = &mut self.names {
                    names.push(std::mem::take(&mut element.names));
                }
                around = self.places.len() as u32 - 1;
            }
            element.place = Some(around);
        }
        around
    }

    /// Whether text is to be taken, with a passage open for it.
    fn ready(&mut self, text: &str) -> bool {
        if let Some(element) = self.stack.last() {
            if element.skipped {
                return false;
            }
            if element.hidden && !self.show_hidden {
                self.hidden += text.trim().len();
                return false;
            }
        }
        if text.trim().is_empty() {
            return self.draft.is_open();
        }
        self.breaks = 0;
        if !self.draft.is_open() {
            let (kind, level) = match self.stack.last() {
                Some(element) => (element.kind, element.level),
                None => (PassageKind::Paragraph, 0),
            };
            let place = self.place();
            self.draft.open(kind, place, level);
        }
        true
    }

    fn linked(&self) -> bool {
        self.stack.last().is_some_and(|element| element.linked)
    }

    /// Ends elements that a start tag of this role ends without saying so.
    fn imply_ends(&mut self, role: Role) {
        if role.is_block() {
            let inner = self
                .stack
                .iter()
                .rposition(|element| element.role.is_block());
            if let Some(at) = inner.filter(|&at| self.stack[at].role == Role::Paragraph) {
                self.stack.truncate(at);
            }
        }
        let mut cut = None;
        for (at, element) in self.stack.iter().enumerate().rev() {
            if role.stops_at(element.role) {
                break;
            }
            if role.ends(element.role) {
                cut = Some(at);
            }
        }
        if let Some(at) = cut {
            self.stack.truncate(at);
        }
    }

    fn push(&mut self, role: Role) {
        let tag = std::mem::take(&mut self.tag);
        let around = self.stack.last();
        let (mut kind, mut level) =
            around.map_or((PassageKind::Paragraph, 0), |e| (e.kind, e.level));
        let mut in_row = around.is_some_and(|e| e.in_row);
        match role {
            Role::Heading(of) => (kind, level) = (PassageKind::Heading, of),
            Role::Item => kind = PassageKind::ListItem,
            Role::Quotation => kind = PassageKind::Quotation,
            Role::Caption => kind = PassageKind::Caption,
            Role::Table => (kind, in_row) = (PassageKind::Paragraph, false),
            Role::Row => {
                let table = self.stack.iter().rev().find(|e| e.role == Role::Table);
                in_row = table.is_some_and(|e| e.level == DATA);
                kind = if in_row {
                    PassageKind::TableRow
                } else {
                    PassageKind::Paragraph
                };
            }
            _ => {}
        }
        if role == Role::Table {
            level = u8::from(self.data_tables.get(self.tables).copied().unwrap_or(false)) * DATA;
            self.tables += 1;
        } else if role == Role::Row {
            level = 0;
        }
        let hidden_around = around.is_some_and(|e| e.hidden);
        let left_out = tag.left_out();
        let element = Element {
            name: tag.name,
            role,
            place: None,
            says: Place {
                around: 0,
                left_out,
                main: tag.main.max(if tag.hint.main { 3 } else { 0 }),
                header: tag.header,
                caption: tag.hint.caption,
                sure: tag.says.is_some() || tag.hint.comments,
                dated: tag.hint.dated,
                weight: tag.hint.weight,
                group: matches!(
                    role,
                    Role::Block
                        | Role::Cell
                        | Role::List
                        | Role::Rows
                        | Role::Table
                        | Role::Quotation
                ),
            },
            names: tag.names.unwrap_or_default(),
            eligible: role.is_block() || left_out.is_some() || tag.hint.caption || tag.hint.dated,
            kind,
            level,
            linked: around.is_some_and(|e| e.linked) || (role == Role::Link && tag.href),
            hidden: hidden_around || tag.hidden,
            skipped: around.is_some_and(|e| e.skipped) || role == Role::Skipped,
            in_row,
        };
        self.stack.push(element);
    }
}

/// The level of a table element that holds data.
const DATA: u8 = 100;

impl<'s> Sink<'s> for Page<'s> {
    fn open_tag(&mut self, name: &[u8]) {
        self.tag = Tag::open(name, self.names.is_some());
        self.meta.open_tag(name);
    }

    fn attribute(&mut self, name: &[u8], value: &str) {
        self.tag.attribute(name, value);
        self.meta.attribute(name, value);
    }

    fn close_tag(&mut self, self_closing: bool) {
        self.meta.close_tag(self.draft.blocks.len());
        let Some(role) = self.tag.role else { return };
        match role {
            Role::Break => {
                self.breaks += 1;
                if self.breaks >= 2 && !self.in_row() {
                    self.draft.close();
                } else {
                    self.draft.space();
                }
            }
            // A picture or a rule ends no line that is not already ended, but parts words.
            Role::Void => self.draft.space(),
            Role::Script | Role::Title => {}
            _ => {
                self.imply_ends(role);
                let is_new_cell = role == Role::Cell && self.in_row();
                if is_new_cell {
                    self.draft.cell();
                } else if role.is_block() {
                    self.block_boundary();
                }
                if role == Role::Row {
                    self.draft.close();
                }
                // Only elements of other namespaces can close themselves.
                if self_closing && role == Role::Skipped {
                    return;
                }
                if self.stack.len() >= MAX_DEPTH {
                    self.beyond += 1;
                    self.flattened = true;
                    return;
                }
                self.push(role);
                if role == Role::Row && self.in_row() {
                    let place = self.place();
                    self.draft.open(PassageKind::TableRow, place, 0);
                }
            }
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        let (role, _) = role(name);
        if matches!(role, Role::Script | Role::Title) {
            self.meta.end_raw();
            return;
        }
        if matches!(role, Role::Void | Role::Break) {
            return;
        }
        if role.is_block() {
            self.block_boundary();
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let wanted = name_hash(name);
        for at in (0..self.stack.len()).rev() {
            let element = &self.stack[at];
            if element.name == wanted {
                let was_row =
                    element.in_row && matches!(element.role, Role::Row | Role::Rows | Role::Table);
                if was_row {
                    self.draft.close();
                }
                self.stack.truncate(at);
                return;
            }
            let bounded = matches!(element.role, Role::Cell | Role::Table)
                && !matches!(role, Role::Cell | Role::Row | Role::Rows | Role::Table);
            if bounded || (!role.is_block() && element.role.is_block()) {
                return;
            }
        }
    }

    fn text(&mut self, text: &'s str, at: usize) {
        if self.meta.raw(text) {
            return;
        }
        if self.ready(text) {
            let linked = self.linked();
            self.draft.push(text, at, linked);
        }
    }

    fn decoded(&mut self, text: &str, at: usize) {
        if self.meta.raw(text) {
            return;
        }
        if self.ready(text) {
            let linked = self.linked();
            self.draft.push_decoded(text, at, linked);
        }
    }
}
