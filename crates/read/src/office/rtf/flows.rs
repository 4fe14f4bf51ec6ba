//! Paragraphs, cells and rows of RTF: of the body, and of each note, comment, head or foot that
//! interrupts it.
//!
//! Invariant: whatever was begun is ended, in the order that [`Paper`](super::Paper) needs.

use super::{Place, Story};
use model::{LeftOut, PassageKind};

/// A stream of paragraphs: the body's, or a note's.
#[derive(Default)]
pub(super) struct Flow {
    pub kind: Option<PassageKind>,
    pub left_out: Option<LeftOut>,
    pub paragraph: bool,
    pub row: bool,
    pub cell: bool,
}

impl Story<'_> {
    /// Begins a paragraph, with the cell and row that it needs, unless one is open.
    pub(super) fn ensure_paragraph(&mut self) {
        let (in_table, level) = (self.state.in_table, self.state.level);
        let Some(flow) = self.flows.last_mut() else {
            return;
        };
        if flow.paragraph {
            return;
        }
        if in_table && flow.kind.is_none() {
            if !flow.row {
                self.paper.begin_row();
                flow.row = true;
            }
            if !flow.cell {
                self.paper.begin_cell();
                flow.cell = true;
            }
        } else if flow.row {
            self.paper.end_row();
            (flow.row, flow.cell) = (false, false);
        }
        flow.paragraph = true;
        let heading = if level > 0 {
            PassageKind::Heading
        } else {
            PassageKind::Paragraph
        };
        self.paper.begin(flow.kind.unwrap_or(heading));
        let left_out = flow.left_out;
        if let Some(paragraph) = self.paper.paragraph() {
            paragraph.left_out = left_out;
            paragraph.level = level;
        }
    }

    /// Ends the paragraph, if one is open.
    pub(super) fn end_paragraph(&mut self) {
        self.flush();
        if self.state.place != Place::Text {
            return;
        }
        if let Some(flow) = self.flows.last_mut()
            && flow.paragraph
        {
            flow.paragraph = false;
            self.paper.end();
        }
    }

    /// Ends the cell, which may be empty.
    pub(super) fn end_cell(&mut self) {
        self.end_paragraph();
        let Some(flow) = self.flows.last_mut() else {
            return;
        };
        if flow.kind.is_some() {
            return;
        }
        if !flow.row {
            self.paper.begin_row();
            flow.row = true;
        }
        if !flow.cell {
            self.paper.begin_cell();
        }
        flow.cell = false;
    }

    /// Ends the row, and what is open in it.
    pub(super) fn end_row(&mut self) {
        self.end_paragraph();
        if let Some(flow) = self.flows.last_mut()
            && flow.paragraph
        {
            flow.paragraph = false;
            self.paper.end();
        }
        if let Some(flow) = self.flows.last_mut()
            && flow.row
        {
            (flow.row, flow.cell) = (false, false);
            self.paper.end_row();
        }
    }
}
