//! Fills a report from what is held of each source.

use super::rows::*;
use crate::print;
use crate::words::{Words, figure_value};
use model::{
    Allegation, Modality, PassageKind, Quote, Reading, Record, RecordBody, RecordKind,
    ResolvedDate, Source, SourceId, Span, Status,
};
use std::collections::BTreeMap;

/// A source with what was read out of it.
pub struct Held {
    /// Its id.
    pub id: SourceId,
    /// What was collected.
    pub source: Source,
    /// Its reading, or why there is none.
    pub reading: Result<Reading, String>,
    /// Its records.
    pub records: Vec<Record>,
}

/// Gathers lines under headings, in the order of the headings.
#[derive(Default)]
struct Grouped(BTreeMap<String, Vec<Line>>);

impl Grouped {
    fn add(&mut self, heading: &str, line: Line) {
        self.0.entry(heading.to_owned()).or_default().push(line);
    }

    /// The groups, the largest first.
    fn largest_first(self) -> Vec<Group> {
        let mut groups: Vec<_> = self
            .0
            .into_iter()
            .map(|(name, lines)| Group { name, lines })
            .collect();
        groups.sort_by(|a, b| b.lines.len().cmp(&a.lines.len()).then(a.name.cmp(&b.name)));
        groups
    }
}

/// A report in the making.
pub struct Builder<'w> {
    words: &'w Words,
    report: Report,
    /// Family, then type, then lines.
    types: BTreeMap<String, Grouped>,
    speakers: BTreeMap<String, [usize; 5]>,
    statements: Grouped,
    calls: Grouped,
    entities: BTreeMap<RecordKind, BTreeMap<(String, String), Line>>,
    kinds: BTreeMap<RecordKind, usize>,
    timeline: Vec<((u16, u8, u8), Line)>,
}

impl<'w> Builder<'w> {
    /// An empty report in these words.
    pub fn new(words: &'w Words, report: Report) -> Self {
        Self {
            words,
            report,
            types: BTreeMap::new(),
            speakers: BTreeMap::new(),
            statements: Grouped::default(),
            calls: Grouped::default(),
            entities: BTreeMap::new(),
            kinds: BTreeMap::new(),
            timeline: Vec::new(),
        }
    }

    /// Adds a source and everything read out of it.
    pub fn add(&mut self, held: &Held) {
        let number = self.report.sources.len() + 1;
        self.report.sources.push(self.source(number, held));
        match &held.reading {
            Ok(reading) => self
                .report
                .readings
                .push(self.reading(number, held, reading)),
            Err(why) => self.report.unread.push((number, why.clone())),
        }
        for record in &held.records {
            // What a person rejected is no longer put forward.
            if record.status != Status::Rejected {
                *self.kinds.entry(record.body.kind()).or_default() += 1;
                self.record(number, record);
            }
        }
    }

    /// The report.
    pub fn finish(mut self) -> Report {
        self.report.kinds = self
            .kinds
            .iter()
            .map(|(kind, number)| {
                (
                    self.words.label("record-kind", kind.name()).to_owned(),
                    *number,
                )
            })
            .collect();
        self.report.families = self
            .types
            .into_iter()
            .map(|(name, types)| Family {
                name,
                types: types.largest_first(),
            })
            .collect();
        self.report
            .families
            .sort_by(|a, b| b.count().cmp(&a.count()).then(a.name.cmp(&b.name)));
        self.report.speakers = self
            .speakers
            .into_iter()
            .map(|(name, counts)| SpeakerRow { name, counts })
            .collect();
        let total = |row: &SpeakerRow| row.counts.iter().sum::<usize>();
        self.report
            .speakers
            .sort_by(|a, b| total(b).cmp(&total(a)).then(a.name.cmp(&b.name)));
        self.report.statements = self.statements.largest_first();
        self.report.calls = self.calls.largest_first();
        self.timeline
            .sort_by(|a, b| (a.0, &a.1.words).cmp(&(b.0, &b.1.words)));
        self.report.timeline = self.timeline.into_iter().map(|(_, line)| line).collect();
        for (kind, lines) in self.entities {
            let mut lines: Vec<_> = lines.into_values().collect();
            lines.sort_by(|a, b| b.more.cmp(&a.more).then(a.lead.cmp(&b.lead)));
            let name = self.words.label("record-kind", kind.name()).to_owned();
            self.report.entities.push(Group { name, lines });
        }
        self.report
    }

    fn source(&self, number: usize, held: &Held) -> SourceRow {
        let source = &held.source;
        let reading = held.reading.as_ref().ok();
        let title = reading
            .and_then(|r| r.title.as_ref())
            .map(|title| title.value.clone());
        let found = reading.and_then(|r| r.published.as_ref());
        let publisher = source
            .publisher
            .clone()
            .or_else(|| reading?.publisher.as_ref().map(|found| found.value.clone()));
        let published = source.published.or_else(|| found.map(|found| found.value));
        let language = reading.and_then(|r| r.language.as_ref());
        let genre = source
            .genre
            .as_ref()
            .map(|code| self.words.label("genre", code.as_str()));
        let passages = reading.map_or(&[][..], |reading| &reading.passages);
        let clean = passages.iter().filter(|passage| passage.is_clean()).count();
        let about = [
            publisher,
            published.map(|date| date.to_string()),
            language.map(|found| self.words.label("language", &found.value).to_owned()),
            genre.map(str::to_owned),
        ];
        SourceRow {
            number,
            id: held.id.to_string(),
            title: title.unwrap_or_else(|| source.collected.name.clone()),
            about: about.into_iter().flatten().collect(),
            date_basis: match (source.published, found) {
                (Some(_), _) => "stated by the collector".to_owned(),
                (None, Some(found)) => found.basis.clone(),
                (None, None) => String::new(),
            },
            origin: source.origin.clone(),
            sha256: source.original.to_string(),
            form: format!("{}, {}", source.media_type, print::size(source.bytes)),
            collected: format!(
                "collected {} as {} ({})",
                print::time(source.collected.at),
                source.collected.name,
                source.collected.how
            ),
            compartment: source.compartment.name(),
            passages: (clean, passages.len() - clean),
            records: held.records.len(),
        }
    }

    fn reading(&self, number: usize, held: &Held, reading: &Reading) -> ReadingPart {
        let cited = cited_spans(&held.records);
        let chars: Vec<char> = reading.text.chars().collect();
        let passages = reading.passages.iter().map(|passage| PassageRow {
            number: passage.number,
            kind: match passage.kind {
                PassageKind::Title => "title",
                PassageKind::Heading => "heading",
                PassageKind::Caption => "caption",
                PassageKind::Footnote => "footnote",
                PassageKind::Comment => "comment",
                _ => "paragraph",
            },
            left_out: passage
                .left_out
                .map(crate::words::left_out)
                .unwrap_or_default(),
            pieces: pieces(&chars, passage.span, &cited),
        });
        let title = reading.title.as_ref().map(|title| title.value.clone());
        ReadingPart {
            source: number,
            title: title.unwrap_or_else(|| held.source.collected.name.clone()),
            language: reading
                .language
                .as_ref()
                .map_or("", |found| &found.value)
                .to_owned(),
            passages: passages.collect(),
        }
    }

    fn record(&mut self, number: usize, record: &Record) {
        let Some(quote) = record.citations.first().map(|citation| &citation.quote) else {
            return;
        };
        let line = self.line(number, record, quote);
        match &record.body {
            RecordBody::Allegation(allegation) => self.allegation(allegation, line),
            RecordBody::Statement(statement) => {
                let speaker = statement.speaker.as_ref();
                let speaker = speaker.map_or("No speaker named", |speaker| &speaker.value.name);
                self.dated(statement.date.as_ref().map(|date| &date.value), &line);
                let act = self.words.label("speech-act", statement.act.value.as_str());
                let line = Line {
                    label: act.to_lowercase(),
                    words: about(statement),
                    ..line
                };
                self.statements.add(speaker, line);
            }
            RecordBody::Call(call) => {
                self.dated(call.date.as_ref().map(|date| &date.value), &line);
                if call.addressees.is_empty() {
                    self.calls.add("Nobody named", line.clone());
                }
                for addressee in &call.addressees {
                    self.calls.add(&addressee.value.name, line.clone());
                }
            }
            RecordBody::Response(_) | RecordBody::Commitment(_) => self.report.answers.push(line),
            RecordBody::Event(event) => {
                self.dated(event.date.as_ref().map(|date| &date.value), &line);
            }
            RecordBody::Figure(figure) => {
                let unit = &figure.unit.value;
                let lead = format!("{} {unit}", figure_value(figure));
                let of = figure.of.as_ref().map_or("", |of| &of.value);
                self.report.figures.push(Line {
                    lead,
                    words: of.to_owned(),
                    ..line
                });
            }
            _ => self.entity(record, line),
        }
    }

    fn line(&self, number: usize, record: &Record, quote: &Quote) -> Line {
        Line {
            lead: String::new(),
            words: self.words.headline(record),
            basis: String::new(),
            label: String::new(),
            class: "",
            quote: quote.quote.clone(),
            why: why(record),
            cite: Cite {
                source: number,
                passage: quote.passage,
                page: quote.page,
                start: quote.span.start,
                end: quote.span.end,
            },
            status: match record.status {
                Status::Proposed => "",
                Status::SecondReview => "second review due",
                decided => decided.name(),
            },
            more: 0,
        }
    }

    fn allegation(&mut self, allegation: &Allegation, line: Line) {
        let code = allegation.violation.value.as_str();
        let modality = allegation.modality.value;
        self.dated(allegation.date.as_ref().map(|date| &date.value), &line);
        let speaker = match self.words.attributed(allegation) {
            None => "The document itself".to_owned(),
            Some(_) if !crate::words::is_named(allegation) => "Someone not named".to_owned(),
            Some(says) => says,
        };
        let (column, class) = match modality {
            Modality::Alleged => (0, "alleged"),
            Modality::Found => (1, "found"),
            Modality::Admitted => (2, "admitted"),
            Modality::Feared => (3, "feared"),
            Modality::Denied => (4, "denied"),
        };
        self.speakers.entry(speaker).or_default()[column] += 1;
        let label = self.words.label("modality", modality.name()).to_lowercase();
        let family = self.words.family(code).to_owned();
        let name = self.words.label("violation", code);
        let words = self.words.details(allegation);
        self.types.entry(family).or_default().add(
            name,
            Line {
                label,
                class,
                words,
                ..line
            },
        );
    }

    fn dated(&mut self, date: Option<&ResolvedDate>, line: &Line) {
        let Some(date) = date else { return };
        let Some(first) = date.date.earliest().or(date.date.latest()) else {
            return;
        };
        let basis = match date.basis.as_str() {
            "as written" => String::new(),
            basis => format!("Date: {basis}."),
        };
        let lead = date.date.to_string();
        self.timeline.push((
            first,
            Line {
                lead,
                basis,
                ..line.clone()
            },
        ));
    }

    /// One line an entity over all sources, with how many passages name it.
    fn entity(&mut self, record: &Record, line: Line) {
        let lead = match &record.body {
            RecordBody::Person(person) => crate::words::name(&person.names),
            RecordBody::Group(group) => crate::words::name(&group.names),
            RecordBody::Organisation(organisation) => crate::words::name(&organisation.names),
            RecordBody::State(state) => crate::words::name(&state.names),
            RecordBody::Place(place) => crate::words::name(&place.names),
            RecordBody::Instrument(instrument) => crate::words::name(&instrument.names),
            _ => "",
        }
        .to_owned();
        let words = line.words.strip_prefix(&lead).unwrap_or(&line.words);
        let words = words.trim_start_matches(", ").to_owned();
        let mentions = record.citations.len();
        let of_kind = self.entities.entry(record.body.kind()).or_default();
        // Under the names of things the same name is the same line; roles of namesakes differ.
        let known = of_kind.entry((lead.clone(), String::new()));
        known
            .and_modify(|known| {
                known.more += mentions;
                if known.words.is_empty() {
                    known.words.clone_from(&words);
                }
            })
            .or_insert(Line {
                lead,
                words,
                more: mentions - 1,
                ..line
            });
    }
}

fn about(statement: &model::Statement) -> String {
    let names: Vec<_> = statement
        .about
        .iter()
        .map(|about| about.value.name.as_str())
        .collect();
    let role = statement.role.as_ref().map_or("", |role| &role.value);
    match (names.is_empty(), role.is_empty()) {
        (true, _) => role.to_owned(),
        (false, true) => format!("About {}", names.join(", ")),
        (false, false) => format!("{role}; about {}", names.join(", ")),
    }
}

/// The words that carry allegations, statements and calls, without overlaps, in order.
fn cited_spans(records: &[Record]) -> Vec<Span> {
    let shown = |record: &&Record| {
        matches!(
            record.body.kind(),
            RecordKind::Allegation | RecordKind::Call | RecordKind::Statement | RecordKind::Figure
        )
    };
    let first = |record: &Record| record.citations.first().map(|citation| citation.quote.span);
    let mut spans: Vec<Span> = records.iter().filter(shown).filter_map(first).collect();
    spans.sort();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

/// A passage's text, cut where cited words begin and end.
fn pieces(chars: &[char], passage: Span, cited: &[Span]) -> Vec<(String, bool)> {
    let text = |from: u32, to: u32| -> String {
        chars
            .get(from as usize..to as usize)
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let mut pieces = Vec::new();
    let mut at = passage.start;
    let first = cited.partition_point(|span| span.end <= passage.start);
    for span in cited[first..]
        .iter()
        .take_while(|span| span.start < passage.end)
    {
        let (start, end) = (span.start.max(passage.start), span.end.min(passage.end));
        if at < start {
            pieces.push((text(at, start), false));
        }
        pieces.push((text(start, end), true));
        at = end;
    }
    if at < passage.end {
        pieces.push((text(at, passage.end), false));
    }
    pieces
}

/// Why a record was proposed, in a sentence.
fn why(record: &Record) -> String {
    let model::ProposedBy::Extractor { rule, .. } = &record.proposed_by else {
        return String::new();
    };
    let band = record.band.name();
    match model::why(rule) {
        why if why.is_empty() => format!("{band}, {rule}"),
        why => format!("{band}, {rule}: {why}"),
    }
}
