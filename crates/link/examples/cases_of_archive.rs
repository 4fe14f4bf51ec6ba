//! Prints the threads, cases, patterns and alerts of an archive, to be judged by eye:
//! `cases_of_archive ARCHIVE DEVICE SCRATCH TODAY [threads|cases|patterns|alerts]`. A view is made
//! in the folder SCRATCH; the device must be protected by no passphrase.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use archive::{Archive, Device, Store};
use link::Document;
use link::threads::{Inputs, Rules, Threads};
use model::{PartialDate, Record};
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
