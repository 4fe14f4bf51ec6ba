//! Prints the incidents of an archive with their corroboration, to be judged by eye:
//! `incidents_of_archive ARCHIVE DEVICE SCRATCH [all]`. A view is made in the folder SCRATCH; the
//! device must be protected by no passphrase. Without `all`, incidents of one allegation are counted
//! only.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use archive::{Archive, Device, Store};
use link::corroboration::{Assessor, Settings, StatusRule};
use link::incidents::{Grouping, Identities, Incident, Level, Rules, Types, spelling};
use link::{Document, Origin, Provenance};
use model::{Record, RecordId, SourceId, Span, Vocabularies};
use onrecord_link as link;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::Path;
use view::{Page, RecordFilter, SourceFilter, View};

/// A passage comes from the earliest document that holds a record with the very same words.
struct SameQuote {
    quotes: HashMap<(SourceId, Span), String>,
    first: HashMap<String, SourceId>,
}

impl SameQuote {
    fn of(records: &[Record], documents: &[Document]) -> Self {
        let published: HashMap<_, _> = documents
            .iter()
            .map(|d| (d.id, d.published.and_then(|date| date.earliest())))
            .collect();
        let mut quotes = HashMap::new();
        let mut first: HashMap<String, SourceId> = HashMap::new();
        let when = |id: &SourceId| (published[id].is_none(), published[id], *id);
        for record in records {
            let (Some(source), Some(citation)) = (record.source, record.citations.first()) else {
                continue;
            };
            let words = &citation.quote.quote;
            if words.split_whitespace().count() < 8 {
                continue;
            }
            let known = first.entry(words.clone()).or_insert(source);
            if when(&source) < when(known) {
                *known = source;
            }
            quotes.insert((source, citation.quote.span), words.clone());
        }
        Self { quotes, first }
    }
}

impl Provenance for SameQuote {
    fn origin(&self, source: &SourceId, span: Span) -> Origin {
        let words = self.quotes.get(&(*source, span));
        let first = words
            .and_then(|words| self.first.get(words))
            .unwrap_or(source);
        let reasons = if first == source {
            Vec::new()
        } else {
            vec!["the very same words stand in an earlier document".to_owned()]
        };
        Origin {
            source: *first,
            reasons,
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [archive, device, scratch, rest @ ..] = arguments.as_slice() else {
        println!("incidents_of_archive ARCHIVE DEVICE SCRATCH [all]");
        return;
    };
    let (records, documents) = read(archive.as_ref(), device.as_ref(), scratch.as_ref());
    let vocabularies = Vocabularies::shipped().unwrap();
    let types = Types::of(vocabularies.list("violation").unwrap());
    let rules = Rules::shipped().unwrap();
    let identities = Identities::shipped()
        .unwrap()
        .folding_persons(spelling)
        .with_records(&records);
    let grouping = Grouping::of(&records, &documents, &[], &identities, &types, &rules);
    let provenance = SameQuote::of(&records, &documents);
    let (settings, rule) = (Settings::shipped().unwrap(), StatusRule::shipped().unwrap());
    let assessor = Assessor::new(
        &records,
        &documents,
        &provenance,
        &identities,
        &settings,
        &rule,
    );
    let titles: HashMap<SourceId, String> = documents
        .iter()
        .map(|document| (document.id, document.title.clone().unwrap_or_default()))
        .collect();
    let by_id: HashMap<RecordId, &Record> = records.iter().map(|r| (r.id, r)).collect();
    let mut sizes: BTreeMap<(Level, usize), usize> = BTreeMap::new();
    let mut incidents: Vec<&Incident> = grouping.incidents.iter().collect();
    incidents.sort_by_key(|incident| {
        (
            incident.level,
            std::cmp::Reverse(incident.members.len()),
            incident.id,
        )
    });
    for incident in incidents {
        *sizes
            .entry((incident.level, incident.members.len()))
            .or_default() += 1;
        if incident.members.len() > 1 || !rest.is_empty() {
            print(incident, &assessor, &titles, &by_id);
        }
    }
    for ((level, members), count) in sizes {
        println!("{level:?} of {members} allegations: {count}");
    }
}

fn print(
    incident: &Incident,
    assessor: &Assessor,
    titles: &HashMap<SourceId, String>,
    records: &HashMap<RecordId, &Record>,
) {
    let names = |named: &[link::incidents::Named]| {
        named
            .iter()
            .map(|named| named.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let types: Vec<&str> = incident
        .types
        .iter()
        .map(|(code, _)| code.as_str())
        .collect();
    println!(
        "\n=== {:?} {} — {}",
        incident.level,
        types.join(", "),
        incident.level_because
    );
    println!(
        "    at {} | on {} | victims {} / {} ({:?} to {:?}) | by {}",
        names(&incident.places),
        incident
            .time
            .as_ref()
            .map_or_else(String::new, |time| format!(
                "{} agreed {}",
                time.range, time.agreed
            )),
        names(&incident.victims.named),
        names(&incident.victims.groups),
        incident.victims.least,
        incident.victims.most,
        names(&incident.perpetrators)
    );
    for member in &incident.members {
        let title = member
            .source
            .and_then(|source| titles.get(&source))
            .map_or("", String::as_str);
        let quote = &records[&member.record].citations[0].quote.quote;
        println!(
            "  - [{}] {} — {quote}",
            member.modality.name(),
            shortened(title)
        );
        for reason in &member.reasons {
            println!("      {}", reason.text);
        }
    }
    for contradiction in &incident.contradictions {
        println!("  ! {}", contradiction.text);
    }
    for apart in &incident.apart {
        println!(
            "  x {} ⟂ {}",
            apart.reason.text,
            shortened(&apart.reason.cites[1].quote)
        );
    }
    for happening in &incident.happenings {
        println!(
            "  + {} {}",
            happening.reason.text, happening.reason.cites[0].quote
        );
    }
    for reason in assessor.incident(incident).why() {
        println!("  = {}", reason.text);
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(70).collect()
}

/// Everything that the archive holds.
fn read(archive: &Path, device: &Path, scratch: &Path) -> (Vec<Record>, Vec<Document>) {
    let device = Device::unlock(device, None).unwrap();
    let archive = Archive::open(Store::local(archive).unwrap()).unwrap();
    archive.unlock(&device).unwrap();
    let (view, _) = View::rebuild(scratch, &device.view_key(), &archive, 2, &mut |_| {}).unwrap();
    let mut records = Vec::new();
    view.records(&RecordFilter::default(), &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    })
    .unwrap();
    let sources = view
        .sources(&SourceFilter::default(), Page::default())
        .unwrap();
    let documents = sources.into_iter().map(|info| Document {
        id: info.id,
        title: info.title,
        publisher: info.publisher,
        published: info.published,
        genre: info.source.genre.map(|genre| genre.0),
        language: info.language,
        origin: info.source.origin,
        reliability: info.source.reliability.map(|reliability| reliability.0),
    });
    (records, documents.collect())
}
