//! What stands in a report, as its templates need it.

/// A report.
#[derive(Default)]
pub struct Report {
    /// When it was made, UTC.
    pub made: String,
    /// Program and version.
    pub program: String,
    /// The archive's id.
    pub archive: String,
    /// The signed heads it was made from.
    pub heads: Vec<HeadRow>,
    /// The circle of sources it is about, in words.
    pub scope: String,
    /// Sources of other compartments that are not in it.
    pub withheld: u64,
    /// Its sources.
    pub sources: Vec<SourceRow>,
    /// Records, by kind, with labels.
    pub kinds: Vec<(String, usize)>,
    /// Allegations: families of types of violation.
    pub families: Vec<Family>,
    /// Who says what: speaker, and how many allegations in each modality.
    pub speakers: Vec<SpeakerRow>,
    /// Statements, by speaker.
    pub statements: Vec<Group>,
    /// Calls, by addressee.
    pub calls: Vec<Group>,
    /// Answers and undertakings.
    pub answers: Vec<Line>,
    /// What has a date, in its order.
    pub timeline: Vec<Line>,
    /// Figures.
    pub figures: Vec<Line>,
    /// People, bodies, states, places, instruments.
    pub entities: Vec<Group>,
    /// What was not read, and why.
    pub unread: Vec<(usize, String)>,
    /// The readings themselves.
    pub readings: Vec<ReadingPart>,
}

impl Report {
    /// Allegations in it.
    pub fn allegations(&self) -> usize {
        self.families.iter().map(Family::count).sum()
    }

    /// Calls in it.
    pub fn calls_made(&self) -> usize {
        self.calls.iter().map(|group| group.lines.len()).sum()
    }
}

/// The head of a log.
pub struct HeadRow {
    /// Whose.
    pub writer: String,
    /// Entries.
    pub size: u64,
    /// Root, base64.
    pub root: String,
    /// The signed checkpoint, as stored.
    pub checkpoint: String,
}

/// A source.
pub struct SourceRow {
    /// Its number in this report, from 1.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Title, or its name where it has none.
    pub title: String,
    /// Publisher, date, language, genre: what is known, in that order.
    pub about: Vec<String>,
    /// Why that date is taken.
    pub date_basis: String,
    /// Address or custodian.
    pub origin: Option<String>,
    /// SHA-256 of the original.
    pub sha256: String,
    /// Bytes and media type.
    pub form: String,
    /// When and how it was collected.
    pub collected: String,
    /// Compartment.
    pub compartment: &'static str,
    /// Passages in the clean text, and marked as not part of it.
    pub passages: (usize, usize),
    /// Records proposed.
    pub records: usize,
}

/// Where a quote stands.
#[derive(Clone)]
pub struct Cite {
    /// Number of the source in this report.
    pub source: usize,
    /// Number of the passage.
    pub passage: u32,
    /// The page, of a paged original.
    pub page: Option<u32>,
    /// Characters of the reading.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A record in a list.
#[derive(Clone)]
pub struct Line {
    /// A date, a number, a name: what stands first.
    pub lead: String,
    /// What it says, in words.
    pub words: String,
    /// How the lead was arrived at, where that needs saying.
    pub basis: String,
    /// Modality or kind, for a small label; may be empty.
    pub label: String,
    /// Class of the label.
    pub class: &'static str,
    /// The words that carry it.
    pub quote: String,
    /// Where they stand.
    pub cite: Cite,
    /// Status; empty for `proposed`, which is said once for the whole report.
    pub status: &'static str,
    /// How many more passages carry the same record.
    pub more: usize,
    /// Why it was proposed: how directly the words carry it, and what the rule looks for; empty for
    /// what a person entered.
    pub why: String,
}

/// Lines under a heading.
pub struct Group {
    /// Heading.
    pub name: String,
    /// Lines.
    pub lines: Vec<Line>,
}

/// A family of types of violation.
pub struct Family {
    /// Label.
    pub name: String,
    /// Its types.
    pub types: Vec<Group>,
}

impl Family {
    /// Allegations in it.
    pub fn count(&self) -> usize {
        self.types.iter().map(|of_type| of_type.lines.len()).sum()
    }
}

/// What a speaker is said to have alleged.
pub struct SpeakerRow {
    /// Who.
    pub name: String,
    /// How many, in the order alleged, found, admitted, feared, denied.
    pub counts: [usize; 5],
}

/// A reading with its passages.
pub struct ReadingPart {
    /// Number of its source.
    pub source: usize,
    /// Title.
    pub title: String,
    /// Language, for the `lang` attribute.
    pub language: String,
    /// The passages.
    pub passages: Vec<PassageRow>,
}

/// A passage of a reading.
pub struct PassageRow {
    /// Number.
    pub number: u32,
    /// What it is, as a class.
    pub kind: &'static str,
    /// Why it is not part of the clean text; empty when it is.
    pub left_out: String,
    /// Its text, cut where cited words begin and end; whether each piece is cited.
    pub pieces: Vec<(String, bool)>,
}
