//! Which records a part of a rule asks for.
//!
//! Invariant: a code stands for all narrower terms of its vocabulary too.

use super::checker::{Checker, WrittenMatcher, unknown};
use super::rules::RulesError;
use crate::corpus::{Corpus, code, fold, quote};
use model::{Record, RecordBody, RecordKind, Vocabularies};
use std::collections::BTreeSet;

/// Which records a part of a rule asks for: everything that is given must hold.
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    pub part: String,
    kinds: Vec<RecordKind>,
    codes: BTreeSet<String>,
    modalities: Vec<String>,
    characteristics: BTreeSet<String>,
    words: Vec<String>,
}

/// The vocabulary of the codes of a kind.
fn list_of(kind: RecordKind) -> Option<&'static str> {
    Some(match kind {
        RecordKind::Allegation => "violation",
        RecordKind::Event => "event-type",
        RecordKind::Case => "case-category",
        RecordKind::Response => "response",
        RecordKind::Statement => "speech-act",
        _ => return None,
    })
}

impl Matcher {
    /// Checks what a file of rules says.
    pub fn of(written: &WrittenMatcher, checker: &Checker) -> Result<Self, RulesError> {
        let mut kinds = Vec::new();
        for kind in &written.kinds {
            let known = RecordKind::from_name(kind.get_ref());
            let names: Vec<&str> = RecordKind::ALL.iter().map(|kind| kind.name()).collect();
            let wrong = || checker.wrong(kind, unknown(kind.get_ref(), "record-kind", &names));
            kinds.push(known.ok_or_else(wrong)?);
        }
        let lists: Vec<&str> = kinds.iter().filter_map(|kind| list_of(*kind)).collect();
        let mut codes = BTreeSet::new();
        for code in &written.codes {
            let list = lists.iter().find(|list| checker.code(code, list).is_ok());
            match (list, lists.first()) {
                (Some(list), _) => {
                    codes.extend(narrower(checker.vocabularies, list, code.get_ref()))
                }
                (None, Some(list)) => checker.code(code, list)?,
                (None, None) => {
                    let what = "records of these kinds have no codes; leave codes out".to_owned();
                    return Err(checker.wrong(code, what));
                }
            }
        }
        for modality in &written.modalities {
            checker.code(modality, "modality")?;
        }
        let mut characteristics = BTreeSet::new();
        for one in &written.characteristics {
            checker.code(one, "victim-characteristic")?;
            characteristics.extend(narrower(
                checker.vocabularies,
                "victim-characteristic",
                one.get_ref(),
            ));
        }
        Ok(Self {
            part: written.part.clone(),
            kinds,
            codes,
            modalities: written
                .modalities
                .iter()
                .map(|one| one.get_ref().clone())
                .collect(),
            characteristics,
            words: written
                .words
                .iter()
                .map(|word| format!(" {} ", fold(word)))
                .collect(),
        })
    }

    /// Whether the record is one that is asked for.
    pub fn takes(&self, record: &Record) -> bool {
        let kind = record.body.kind();
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.codes.is_empty()
                || code(&record.body).is_some_and(|code| self.codes.contains(code.as_str())))
            && self.takes_modality(&record.body)
            && self.takes_victims(&record.body)
            && self.takes_words(record)
    }

    fn takes_modality(&self, body: &RecordBody) -> bool {
        match body {
            // What is denied never warns, unless a rule asks for denials.
            RecordBody::Allegation(it) if self.modalities.is_empty() => {
                it.modality.value.name() != "denied"
            }
            RecordBody::Allegation(it) => self
                .modalities
                .iter()
                .any(|one| one == it.modality.value.name()),
            _ => self.modalities.is_empty(),
        }
    }

    fn takes_victims(&self, body: &RecordBody) -> bool {
        let RecordBody::Allegation(it) = body else {
            return self.characteristics.is_empty();
        };
        let mut codes = it
            .victims
            .iter()
            .flat_map(|victim| &victim.value.characteristics);
        self.characteristics.is_empty()
            || codes.any(|code| self.characteristics.contains(code.as_str()))
    }

    fn takes_words(&self, record: &Record) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = format!(" {} ", fold(quote(record)));
        self.words.iter().any(|word| text.contains(word.as_str()))
    }
}

/// The part of a rule that a record belongs to.
pub(super) fn part<'m>(matchers: &'m [Matcher], record: &Record) -> Option<&'m str> {
    let matcher = matchers.iter().find(|matcher| matcher.takes(record))?;
    Some(matcher.part.as_str())
}

/// The records that one of the matchers takes, with the part.
pub(super) fn taken<'a, 'm>(
    corpus: &Corpus<'a>,
    matchers: &'m [Matcher],
) -> Vec<(&'a Record, &'m str)> {
    let records = corpus.records.iter();
    records
        .filter_map(|record| Some((*record, part(matchers, record)?)))
        .collect()
}

/// The code and all that stand below it in its list.
pub(crate) fn narrower(vocabularies: &Vocabularies, list: &str, code: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::from([code.to_owned()]);
    let terms = vocabularies.list(list).map_or(&[][..], |list| &list.terms);
    // Lists are a few levels deep; each pass takes in one more.
    loop {
        let before = codes.len();
        for term in terms {
            let below = term
                .parent
                .as_ref()
                .is_some_and(|parent| codes.contains(parent.as_str()));
            if below {
                codes.insert(term.code.as_str().to_owned());
            }
        }
        if codes.len() == before {
            return codes;
        }
    }
}
