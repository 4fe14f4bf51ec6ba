//! Texts in languages without a lexicon yet: the names of states, and nothing else, so that
//! nothing is wrong.
//!
//! Invariant: a name is proposed only in a text whose language is known to be the name's.

use crate::lexicon::Lexicon;
use crate::propose::Builder;
use model::{Band, CharIndex, Cited, Name, Proposal, Reading, RecordBody, Span, State};
use std::collections::BTreeMap;

/// The states that a reading in `language` names.
pub(crate) fn propose(lexicon: &Lexicon, reading: &Reading, language: &str) -> Vec<Proposal> {
    let Some(names) = lexicon
        .local
        .iter()
        .find(|names| names.language == language)
    else {
        return Vec::new();
    };
    let index = CharIndex::new(&reading.text);
    let mut found: BTreeMap<u32, Vec<(Span, u32)>> = BTreeMap::new();
    for passage in reading.clean() {
        let Some(text) = index.slice(&reading.text, passage.span) else {
            continue;
        };
        let base = index.byte(&reading.text, passage.span.start).unwrap_or(0);
        for hit in names.automaton.find_iter(text) {
            let alone = !names.word_breaks || stands_alone(text, hit.start(), hit.end());
            if !alone {
                continue;
            }
            let span = Span::new(
                index.char(&reading.text, base + hit.start()),
                index.char(&reading.text, base + hit.end()),
            );
            let known = names.known[hit.pattern().as_usize()];
            found.entry(known).or_default().push((span, passage.number));
        }
    }
    let mut proposals = Vec::with_capacity(found.len());
    for (known, spans) in found {
        let known = &lexicon.known[known as usize];
        let mut builder = Builder::new(&reading.text, &index);
        let mut forms: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut all = Vec::new();
        for (span, passage) in spans {
            if let Some(quote) = builder.cite_span(span, passage) {
                let form = builder.quote(quote).to_owned();
                forms.entry(form).or_default().push(quote);
                all.push(quote);
            }
        }
        let name = |form: &str, quotes: &[u16]| Cited {
            value: Name {
                form: form.to_owned(),
                script: None,
                romanisation: None,
                surname_first: None,
            },
            quotes: quotes.to_vec(),
        };
        let mut written = vec![name(&known.name, &all)];
        written.extend(forms.iter().map(|(form, quotes)| name(form, quotes)));
        let body = RecordBody::State(State {
            names: written,
            iso: known.iso.clone(),
        });
        proposals.extend(builder.finish("name.localised", Band::Stated, body));
    }
    proposals
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}
