//! Prints the threads, cases, patterns and alerts of an archive, to be judged by eye:
//! `cases_of_archive ARCHIVE DEVICE SCRATCH TODAY [threads|cases|patterns|alerts]`. A view is made
//! in the folder SCRATCH; the device must be protected by no passphrase.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use archive::{Archive, Device, Store};
use link::alerts::{self, Alerts};
use link::cases::{self, Register, Statuses};
use link::incidents::{self, Grouping, Identities, Level, Types};
use link::patterns::{self, Counting, Dimension, Elements, Filter, Happening, Measures};
use link::threads::{Inputs, Rules, Threads};
use link::{Document, Evidence};
use model::{PartialDate, Record, Vocabularies};
use onrecord_link as link;
use std::ops::ControlFlow;
use std::path::Path;
use view::{Page, RecordFilter, SourceFilter, View};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [archive, device, scratch, today, what @ ..] = arguments.as_slice() else {
        println!("cases_of_archive ARCHIVE DEVICE SCRATCH TODAY [threads|cases|patterns|alerts]");
        return;
    };
    let (records, documents) = read(archive.as_ref(), device.as_ref(), scratch.as_ref());
    let today: PartialDate = today.parse().unwrap();
    println!("{} records, {} documents", records.len(), documents.len());
    let wants = |part: &str| what.is_empty() || what.iter().any(|one| one == part);
    let threads = Threads::of(
        &Inputs {
            records: &records,
            documents: &documents,
            provenance: None,
            judgements: &[],
            today,
        },
        &Rules::shipped(),
    );
    if wants("threads") {
        print_threads(&threads);
    }
    let register = Register::of(
        &cases::Inputs {
            records: &records,
            documents: &documents,
            clusters: &[],
            judgements: &[],
            threads: Some(&threads),
            today,
        },
        &Statuses::shipped(),
    );
    if wants("cases") {
        print_cases(&register);
    }
    let vocabularies = Vocabularies::shipped().unwrap();
    let happenings = happenings(&records, &documents, &vocabularies);
    if wants("patterns") {
        let counting = Counting::of(&patterns::Inputs {
            records: &records,
            documents: &documents,
            provenance: None,
            happenings: &happenings,
            persons: &[],
            vocabularies: &vocabularies,
            today,
        });
        print_patterns(&counting, &vocabularies);
    }
    if wants("alerts") {
        let events = happenings.into_iter().filter(|one| !one.is_general);
        let groups: Vec<_> = events.map(|one| one.members).collect();
        let inputs = alerts::Inputs {
            records: &records,
            documents: &documents,
            provenance: None,
            groups: &groups,
            register: Some(&register),
            threads: Some(&threads),
            acknowledged: &[],
            today,
        };
        print_alerts(&Alerts::of(&inputs, &alerts::Rules::shipped(&vocabularies)));
    }
}

/// The incidents of an archive.
fn happenings(
    records: &[Record],
    documents: &[Document],
    vocabularies: &Vocabularies,
) -> Vec<Happening> {
    let types = Types::of(vocabularies.list("violation").unwrap());
    let identities = Identities::shipped().unwrap().with_records(records);
    let rules = incidents::Rules::shipped().unwrap();
    let grouping = Grouping::of(records, documents, &[], &identities, &types, &rules);
    let incidents = grouping.incidents.iter().map(|incident| Happening {
        members: incident.records(),
        is_general: incident.level == Level::Pattern,
    });
    incidents.collect()
}

fn date(evidence: &Evidence) -> String {
    let date = evidence.date.as_ref();
    date.map_or_else(|| "not dated".to_owned(), |dated| dated.date.to_string())
}

fn print_cases(register: &Register) {
    for case in &register.cases {
        let state = case.state.as_ref().map_or("", |state| &state.key);
        println!(
            "\n# {} {:?} {state} proposed={}",
            case.name, case.categories, case.is_proposed
        );
        println!("  {}", case.counters.words);
        for join in &case.joins {
            println!("  joined: {}", join.why);
        }
        for known in case.statuses.iter().chain(&case.whereabouts) {
            let since = known.since.as_ref().map(|since| since.date.to_string());
            println!(
                "  {} {:?} ({}) “{}”",
                known.value, since, known.told, known.evidence.quote
            );
        }
        for contradiction in &case.contradictions {
            println!("  ! {}", contradiction.words);
        }
        for request in &case.requests {
            println!(
                "  → {} {} {:?}",
                date(&request.evidence),
                request.why,
                request.evidence.quote
            );
        }
    }
    for group in &register.groups {
        println!("\nfor all: {} of {}", group.category, group.state);
        for request in &group.requests {
            println!(
                "  → {} {} “{}”",
                date(&request.evidence),
                request.why,
                request.evidence.quote
            );
        }
    }
    for pair in &register.undecided {
        println!("\nto decide: {}", pair.why);
    }
}

fn print_patterns(counting: &Counting, vocabularies: &Vocabularies) {
    let all = Filter::default();
    let korea = Filter {
        state: Some("state:KP".to_owned()),
        ..Filter::default()
    };
    for by in Dimension::ALL {
        let table = counting.table(by, &all);
        println!("\n{}\n  of {}", table.title, table.denominator);
        for row in table.rows.iter().take(25) {
            let counts = &row.counts;
            println!(
                "  {:40} events {} acts {} victims {} claims {} reports {} origins {}",
                row.label,
                counts.events,
                counts.acts,
                counts.victims,
                counts.claims,
                counts.reports,
                counts.origins
            );
        }
        for note in table.notes.iter().chain(&table.total.reasons) {
            println!("  * {note}");
        }
    }
    let assessment = counting.measure(&Measures::shipped(), &korea);
    println!("\n{}\n{}", assessment.widespread, assessment.systematic);
    for result in &assessment.results {
        println!("  {:?} {}", result.level, result.why);
    }
    for cell in &counting
        .matrix(&Elements::shipped(vocabularies), &korea)
        .cells
    {
        println!(
            "\n{} direct {} related {} against {} origins {}",
            cell.label, cell.direct, cell.related, cell.against, cell.origins
        );
        println!("  {}\n  {}", cell.proof, cell.gap);
    }
}

fn print_alerts(alerts: &Alerts) {
    for alert in &alerts.alerts {
        println!(
            "\n{} {:?} {:?} past={} {:?}",
            alert.id, alert.severity, alert.title, alert.is_past, alert.on
        );
        println!("  {}", alert.words);
        for ground in &alert.grounds {
            println!(
                "   - {}: {} “{}”",
                ground.part, ground.why, ground.evidence.quote
            );
        }
    }
    println!("\nundated: {:?}", alerts.undated);
}

/// Everything that the archive holds.
fn read(archive: &Path, device: &Path, scratch: &Path) -> (Vec<Record>, Vec<Document>) {
    let device = Device::unlock(device, None).unwrap();
    let archive = Archive::open(Store::local(archive).unwrap()).unwrap();
    archive.unlock(&device).unwrap();
    let key = device.view_key();
    let (view, _) = View::rebuild(scratch, &key, &archive, 2, &mut |_| {}).unwrap();
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
        reliability: info.source.reliability.map(|code| code.0),
    });
    (records, documents.collect())
}

fn print_threads(threads: &Threads) {
    for thread in &threads.demands {
        let to = thread
            .addressee
            .as_ref()
            .map_or("nobody named", |to| &to.name);
        println!("\n→ {to}: {}", thread.demand);
        println!("  {}", thread.silence.words);
        for call in &thread.calls {
            let by = call.caller.as_ref().map_or("?", |caller| &caller.name);
            let date = call
                .evidence
                .date
                .as_ref()
                .map(|dated| dated.date.to_string());
            println!(
                "  {}. {} {by}: {}",
                call.call,
                date.unwrap_or_default(),
                call.demand
            );
            println!("       {}", call.why);
        }
        for answer in &thread.answers {
            println!(
                "  ← {:?} {} by {}: “{}” {:?}",
                answer.certainty,
                answer.answer,
                answer.by.name,
                answer.evidence.quote,
                answer.reasons
            );
        }
    }
    println!("\nresponses without a demand:");
    for evidence in &threads.unmatched {
        println!("  “{}”", evidence.quote);
    }
    for pledge in threads
        .pledges
        .iter()
        .filter(|pledge| pledge.made.len() > 1)
    {
        let by = pledge.by.as_ref().map_or("?", |by| &by.name);
        println!(
            "\npledge by {by}: {}\n  {}",
            pledge.undertaking, pledge.words
        );
        for making in &pledge.made {
            println!("   {} — {}", making.undertaking, making.why);
        }
    }
}
