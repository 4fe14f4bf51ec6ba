//! Prints what the extractor reads out of files, or out of a sentence: `try [--text SENTENCE] FILE…`.
//! For people who work on the lexicons.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use model::{Proposal, Reading, RecordBody};
use onrecord_extract::{Context, Extractor};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::shipped()?;
    let mut arguments = std::env::args().skip(1).peekable();
    let mut totals: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut bytes, mut seconds) = (0usize, 0f64);
    let mut quiet = false;
    let mut only: Option<String> = None;
    while let Some(argument) = arguments.next() {
        let (name, content) = match argument.as_str() {
            "--quiet" => {
                quiet = true;
                continue;
            }
            "--only" => {
                only = arguments.next();
                continue;
            }
            "--text" => (
                "sentence".to_owned(),
                arguments.next().unwrap_or_default().into_bytes(),
            ),
            path => (path.to_owned(), std::fs::read(path)?),
        };
        let input = read::Input {
            bytes: &content,
            name: &name,
        };
        let reading = match read::read(&input) {
            Ok(reading) => reading,
            Err(unread) => {
                eprintln!("{name}: {}", unread.reason);
                continue;
            }
        };
        let start = Instant::now();
        let proposals = extractor.extract(&reading, &Context::default());
        seconds += start.elapsed().as_secs_f64();
        bytes += reading.text.len();
        for proposal in &proposals {
            *totals.entry(proposal.body.kind().name()).or_default() += 1;
        }
        if !quiet {
            show(&name, &reading, &proposals, only.as_deref());
        }
    }
    println!("{totals:?}");
    println!("{bytes} bytes in {:.1} ms", seconds * 1_000.0);
    Ok(())
}

fn show(name: &str, reading: &Reading, proposals: &[Proposal], only: Option<&str>) {
    println!("\n================ {name}");
    println!(
        "title {:?} published {:?} publisher {:?}",
        reading.title.as_ref().map(|found| &found.value),
        reading
            .published
            .as_ref()
            .map(|found| found.value.to_string()),
        reading.publisher.as_ref().map(|found| &found.value),
    );
    for proposal in proposals {
        let kind = proposal.body.kind().name();
        if only.is_some_and(|only| !only.split(',').any(|wanted| wanted == kind)) {
            continue;
        }
        println!("- {}", line(proposal));
    }
}

fn line(proposal: &Proposal) -> String {
    let words = |quotes: &[u16]| {
        quotes
            .iter()
            .filter_map(|&at| proposal.quotes.get(at as usize))
            .map(|quote| quote.quote.as_str())
            .collect::<Vec<_>>()
            .join("|")
    };
    let first = proposal.quotes.first();
    let quote = first.map_or("", |quote| quote.quote.as_str());
    let place = first.map_or(0, |quote| quote.passage);
    let band = proposal.band.name();
    let names = |names: &[model::Cited<model::Name>]| {
        names
            .iter()
            .map(|name| format!("{}×{}", name.value.form, name.quotes.len()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let body = match &proposal.body {
        RecordBody::Allegation(a) => {
            let victims: Vec<_> = a
                .victims
                .iter()
                .map(|v| {
                    format!(
                        "{}{}",
                        v.value.who.name,
                        v.value.number.map_or(String::new(), |n| format!("#{n}"))
                    )
                })
                .collect();
            let doers: Vec<_> = a
                .perpetrators
                .iter()
                .map(|p| p.value.who.name.clone())
                .collect();
            let said: Vec<_> = a
                .attribution
                .iter()
                .map(|s| {
                    format!(
                        "{}:{}",
                        s.value.speaker.as_ref().map_or("-", |s| s.name.as_str()),
                        s.value.words
                    )
                })
                .collect();
            format!(
                "ALLEGATION {} {:?} term={:?} victims={victims:?} by={doers:?} place={:?} date={:?} said={said:?}",
                a.violation.value,
                a.modality.value,
                words(&a.violation.quotes),
                a.place.as_ref().map(|p| p.value.name.as_str()),
                a.date.as_ref().map(|d| d.value.date.to_string()),
            )
        }
        RecordBody::Statement(s) => format!(
            "STATEMENT {} {} by={:?} role={:?} about={:?} date={:?}",
            s.act.value,
            if s.direct { "direct" } else { "indirect" },
            s.speaker.as_ref().map(|s| s.value.name.as_str()),
            s.role.as_ref().map(|r| r.value.as_str()),
            s.about
                .iter()
                .map(|a| a.value.name.as_str())
                .collect::<Vec<_>>(),
            s.date.as_ref().map(|d| d.value.date.to_string()),
        ),
        RecordBody::Call(c) => format!(
            "CALL by={:?} to={:?} demand={:?} violations={:?} date={:?}",
            c.caller.as_ref().map(|s| s.value.name.as_str()),
            c.addressees
                .iter()
                .map(|a| a.value.name.as_str())
                .collect::<Vec<_>>(),
            c.demand.value,
            c.violations
                .iter()
                .map(|v| v.value.as_str())
                .collect::<Vec<_>>(),
            c.date.as_ref().map(|d| d.value.date.to_string()),
        ),
        RecordBody::Event(e) => format!(
            "EVENT {} date={:?} place={:?} who={:?} instrument={:?}",
            e.event.value,
            e.date
                .as_ref()
                .map(|d| format!("{} ({})", d.value.date, d.value.basis)),
            e.place.as_ref().map(|p| p.value.name.as_str()),
            e.participants
                .iter()
                .map(|p| p.value.who.name.as_str())
                .collect::<Vec<_>>(),
            e.instrument.as_ref().map(|i| i.value.name.as_str()),
        ),
        RecordBody::Figure(f) => format!(
            "FIGURE {}..{:?}{} unit={:?} of={:?} by={:?}",
            f.least.value as f64 / 1000.0,
            f.most.as_ref().map(|m| m.value as f64 / 1000.0),
            if f.approximate { " ~" } else { "" },
            f.unit.value,
            f.of.as_ref().map(|o| o.value.as_str()),
            f.said_by.as_ref().map(|s| s.value.name.as_str()),
        ),
        RecordBody::Commitment(c) => format!(
            "COMMITMENT by={:?} {:?}",
            c.by.as_ref().map(|s| s.value.name.as_str()),
            c.undertaking.value
        ),
        RecordBody::Response(r) => format!("RESPONSE {} by={}", r.answer.value, r.by.value.name),
        RecordBody::Person(p) => format!(
            "PERSON {} roles={:?} sex={:?}",
            names(&p.names),
            p.roles
                .iter()
                .map(|r| r.value.title.as_str())
                .collect::<Vec<_>>(),
            p.sex.as_ref().map(|s| s.value.as_str()),
        ),
        RecordBody::Organisation(o) => format!("ORGANISATION {}", names(&o.names)),
        RecordBody::State(s) => format!("STATE {}", names(&s.names)),
        RecordBody::Place(p) => format!("PLACE {}", names(&p.names)),
        RecordBody::Instrument(i) => format!("INSTRUMENT {}", names(&i.names)),
        other => format!("{:?}", other.kind()),
    };
    format!(
        "[{place}] {body} <{band} {}>\n      “{quote}”",
        proposal.rule
    )
}
