//! A reading: what a reader made of an original. Its text holds everything that was found, menus
//! and repeated paragraphs included; what is not the document itself is marked, never dropped.

use crate::{Edtf, Likeness, OffsetMap, Sha256Digest, Span};
use serde::{Deserialize, Serialize};

/// Which reader made a reading. A reader whose output changes gets a higher version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Reader {
    /// Name, such as `html`.
    pub name: String,
    /// Version of its output, from 1.
    pub version: u32,
}

/// A value that was found in an original, with the reason to believe it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it was found, for people: `dateline`, `meta article:published_time`, `front matter`.
    pub basis: String,
    /// Its place in the reading's text, when it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// What a passage is in the document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// The document's title.
    Title,
    /// A heading within it.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quotation,
    /// A row of a table, its cells separated by ` | `. In the rows of a [`Table`] each cell has
    /// its heading before it: `Name: Kim | Born: 1954`.
    TableRow,
    /// Words that describe a picture, a film or a recording.
    Caption,
    /// A note at the foot of a page or the end of the document.
    Footnote,
    /// What somebody noted beside the text: a comment of an office document.
    Comment,
}

/// Why a passage is not part of the clean text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Menus, skip links, breadcrumbs, lists of sections.
    Navigation,
    /// Words and times of an audio or video player.
    Player,
    /// Share, print, mail and text-size bars.
    ShareBar,
    /// Advertisements and calls to subscribe or join.
    Advert,
    /// Cookie and privacy notices.
    Notice,
    /// Teasers for other documents.
    Related,
    /// What stands below every page of a site.
    Footer,
    /// Data about the document at its head: front matter.
    FrontMatter,
    /// What stands at the head or foot of each page: running titles, page numbers.
    RunningHead,
    /// Words that somebody struck out, kept by the file as a tracked change.
    StruckOut,
    /// Words that the file keeps and does not show.
    Hidden,
    /// Letters that make no words: the file draws shapes and names the wrong letters for them.
    Garbled,
    /// Words that repeat another passage: this one, by its number. It is an earlier one, or a
    /// later and more complete one (a teaser yields to the text).
    RepeatOf(u32),
}

/// A numbered stretch of a reading: what a citation names beside its characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// Number, from 1, without gaps, in the order of the document.
    pub number: u32,
    /// Its characters in the reading's text.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// Why it is not part of the clean text; `None` when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

impl Passage {
    /// Whether it belongs to the clean text.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.left_out.is_none()
    }
}

/// The text of an original, in passages, with what it says of itself.
///
/// Passages ascend, do not overlap, and are separated by one empty line in the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// Who made it.
    pub reader: Reader,
    /// Media type that the reader settled on.
    pub media_type: String,
    /// Character encoding of the original, by its WHATWG name, such as `UTF-8` or `EUC-KR`.
    pub encoding: String,
    /// Why that encoding: `declared`, `byte order mark`, `valid UTF-8`, `detected`.
    pub encoding_basis: String,
    /// All text that was found, passages separated by an empty line.
    pub text: String,
    /// Where it stands in the decoded original.
    pub map: OffsetMap,
    /// The passages of `text`, in order.
    pub passages: Vec<Passage>,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Found<String>>,
    /// Authors, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Found<String>>,
    /// Publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Found<String>>,
    /// Date of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Found<Edtf>>,
    /// Date of the last change that the document states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Found<Edtf>>,
    /// Language, as a BCP 47 tag such as `en` or `ko`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Found<String>>,
    /// The address that the document gives for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Found<String>>,
    /// What a person should know of this reading: bytes that were no text, limits reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// The tables of an original that is nothing but tables, with the place of each cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Where the pages of a paged original stand in the text, ascending. A note at the foot of a
    /// page may stand behind words of the next one, so a page may come up more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageStart>,
    /// Where words that OCR found stand on the picture, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordPlace>,
    /// What the reader was not sure of.
    #[serde(default, skip_serializing_if = "Doubts::is_empty")]
    pub doubts: Doubts,
    /// What it looks like, where the original is one picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeness: Option<Likeness>,
}

/// A word on a picture: where it stands, and how sure the program was that found it. It is written
/// as eight numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(
    from = "(u32, u32, u32, u32, u32, u32, u32, u8)",
    into = "(u32, u32, u32, u32, u32, u32, u32, u8)"
)]
pub struct WordPlace {
    /// First character of the reading's text.
    pub from: u32,
    /// One past its last character.
    pub to: u32,
    /// The page, from 1.
    pub page: u32,
    /// Left edge, in dots of the picture that was read: of a page of a PDF file, at 200 an inch.
    pub left: u32,
    /// Upper edge.
    pub top: u32,
    /// Right edge.
    pub right: u32,
    /// Lower edge.
    pub bottom: u32,
    /// How sure, from 0 to 100.
    pub confidence: u8,
}

type EightNumbers = (u32, u32, u32, u32, u32, u32, u32, u8);

impl From<EightNumbers> for WordPlace {
    fn from((from, to, page, left, top, right, bottom, confidence): EightNumbers) -> Self {
        Self {
            from,
            to,
            page,
            left,
            top,
            right,
            bottom,
            confidence,
        }
    }
}

impl From<WordPlace> for EightNumbers {
    fn from(word: WordPlace) -> Self {
        (
            word.from,
            word.to,
            word.page,
            word.left,
            word.top,
            word.right,
            word.bottom,
            word.confidence,
        )
    }
}

/// Second answers of a reading, kept beside the first ones.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Doubts {
    /// A day that may be that of publication and is not sure. `published` of the reading is the
    /// same day where the page declares or shows it, and empty where little speaks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Found<Edtf>>,
    /// Where two ways of finding the document differ on much of the page: the passages, by their
    /// numbers, that the other way holds to be the document. Empty where they agree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub document: Vec<u32>,
}

impl Doubts {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.published.is_none() && self.document.is_empty()
    }
}

/// From which character on the text is of a page. It is written as two numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct PageStart {
    /// First character of the reading's text.
    pub from: u32,
    /// The page, from 1, as the file counts; numbers that are printed on pages may differ.
    pub page: u32,
}

impl From<(u32, u32)> for PageStart {
    fn from((from, page): (u32, u32)) -> Self {
        Self { from, page }
    }
}

impl From<PageStart> for (u32, u32) {
    fn from(start: PageStart) -> Self {
        (start.from, start.page)
    }
}

/// One table of a spreadsheet or list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Table {
    /// Name of its sheet, where the file has sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Heading of each column, from the left; made up (`column 3`) where there is none.
    pub columns: Vec<String>,
    /// Its rows below the headings, in order; those without a filled cell are left out.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TableRow {
    /// Number of the passage that holds it.
    pub passage: u32,
    /// Its number, from 1, as the program that made the file counts: headings and empty rows
    /// are counted. In a text file it is the number of the record, whatever lines it takes.
    pub number: u32,
    /// Its filled cells, from the left.
    pub cells: Vec<TableCell>,
}

/// A cell of a table. It is written as three numbers: tables have millions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "(u16, u32, u32)", into = "(u16, u32, u32)")]
pub struct TableCell {
    /// The column, from 0.
    pub column: u16,
    /// What stands in the cell: characters of the reading's text.
    pub span: Span,
}

impl From<(u16, u32, u32)> for TableCell {
    fn from((column, start, end): (u16, u32, u32)) -> Self {
        let span = Span::new(start, end);
        Self { column, span }
    }
}

impl From<TableCell> for (u16, u32, u32) {
    fn from(cell: TableCell) -> Self {
        (cell.column, cell.span.start, cell.span.end)
    }
}

impl Reading {
    /// The passages of the clean text, in order.
    pub fn clean(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(|passage| passage.is_clean())
    }

    /// The page that the character at `at` stands on; `None` where the original has no pages.
    #[must_use]
    pub fn page_at(&self, at: u32) -> Option<u32> {
        let after = self.pages.partition_point(|start| start.from <= at);
        Some(self.pages.get(after.checked_sub(1)?)?.page)
    }

    /// The passage that holds the character at `at`.
    #[must_use]
    pub fn passage_at(&self, at: u32) -> Option<&Passage> {
        let after = self.passages.partition_point(|p| p.span.start <= at);
        let passage = self.passages.get(after.checked_sub(1)?)?;
        (at < passage.span.end).then_some(passage)
    }
}

/// Why an original has no reading. The original is kept all the same, and can be read again by
/// a later version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unread {
    /// Who tried; `None` when no reader takes this media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<Reader>,
    /// What happened, for people.
    pub reason: String,
    /// What it looks like, where the original is one picture: a picture without words and fields
    /// has no reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeness: Option<Likeness>,
}

/// What the ledger says of one attempt to read an original. The reading itself is a blob.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was read: SHA-256 of the reading's bytes, and the reader.
    Read {
        /// SHA-256 of the reading's bytes as stored (its CBOR).
        reading: Sha256Digest,
        /// Who read it.
        reader: Reader,
    },
    /// It was not.
    Unread(Unread),
}
