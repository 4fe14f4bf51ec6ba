//! What the records of a run can be found by, straight from the CBOR of its proposals: most of a
//! rebuild's entries are proposals, and most of their bytes are quotes that the tables never hold.
//!
//! Invariant: what is accepted here is accepted as [`Proposals`], and the other way round; a view
//! never takes in what it could not show.

use super::prepared::{Finder, Found};
use model::{Band, EncodingError, Proposals, RecordBody, Sha256Digest, Span, from_cbor};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The proposals of a run and what its records can be found by, from their CBOR. The proposals
/// are given without the records: each is looked at and let go before the next is read, and none
/// of its quotes is copied.
///
/// # Errors
/// When the bytes are not the CBOR of proposals.
pub(crate) fn look_through(bytes: &[u8]) -> Result<(Proposals, Found), EncodingError> {
    if let Ok(seen) = from_cbor::<Seen>(bytes) {
        let proposals = Proposals {
            original: seen.original,
            reading: seen.reading,
            extractor: seen.extractor,
            proposals: Vec::new(),
        };
        return Ok((proposals, seen.proposals));
    }
    // What is wrong is said of the type that people know.
    let mut proposals: Proposals = from_cbor(bytes)?;
    let found = Found::of(&std::mem::take(&mut proposals.proposals));
    Ok((proposals, found))
}

/// [`Proposals`] with each proposal looked at.
#[derive(Deserialize)]
struct Seen {
    original: Sha256Digest,
    reading: Sha256Digest,
    extractor: String,
    proposals: Found,
}

/// A [`model::Proposal`], whole, so that what this accepts is one.
#[derive(Deserialize)]
struct Looked<'a> {
    #[serde(rename = "rule")]
    _rule: &'a str,
    #[serde(rename = "band")]
    _band: Band,
    body: RecordBody,
    #[serde(borrow, rename = "quotes")]
    _quotes: Each<Words<'a>>,
}

/// A [`model::Quote`] whose words were not copied.
#[derive(Deserialize)]
struct Words<'a> {
    #[serde(rename = "span")]
    _span: Span,
    #[serde(rename = "quote")]
    _quote: &'a str,
    #[serde(rename = "passage")]
    _passage: u32,
    #[serde(default, rename = "page")]
    _page: Option<u32>,
    #[serde(default, rename = "row")]
    _row: Option<u32>,
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Looking;
        impl<'de> Visitor<'de> for Looking {
            type Value = Found;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of proposals")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Found, A::Error> {
                let mut finder = Finder::default();
                while let Some(looked) = items.next_element::<Looked<'de>>()? {
                    finder.push(&looked.body);
                }
                Ok(finder.finish())
            }
        }
        deserializer.deserialize_seq(Looking)
    }
}

/// A list of which every item was read and none kept.
struct Each<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Each<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reading<T> {
            type Value = Each<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Each<T>, A::Error> {
                while items.next_element::<T>()?.is_some() {}
                Ok(Each(PhantomData))
            }
        }
        deserializer.deserialize_seq(Reading(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use model::{
        Cited, Code, EntityKind, EntityRef, Group, Name, Proposal, Quote, Response, to_cbor,
    };
    use proptest::prelude::*;

    fn name() -> impl Strategy<Value = String> {
        "[A-Zé\u{1e}가 ]{0,12}"
    }

    fn body() -> impl Strategy<Value = RecordBody> {
        let group = proptest::collection::vec(name(), 0..3).prop_map(|forms| {
            let names = forms.into_iter().map(|form| Name {
                form,
                script: None,
                romanisation: None,
                surname_first: Some(true),
            });
            RecordBody::Group(Group {
                names: names.map(|name| Cited::new(name, 0)).collect(),
                number: Some(Cited::new(70_000, 1)),
                characteristics: Vec::new(),
            })
        });
        let response = (name(), proptest::option::of(name())).prop_map(|(name, key)| {
            let kind = EntityKind::State;
            let by = EntityRef {
                kind,
                name,
                key,
                record: None,
            };
            RecordBody::Response(Response {
                by: Cited::new(by, 0),
                to: None,
                answer: Cited::new(Code::from("denied"), 0),
                date: None,
                effect: None,
                assessed_by: None,
            })
        });
        prop_oneof![group, response]
    }

    fn proposals() -> impl Strategy<Value = Proposals> {
        let quote = (any::<u32>(), name(), any::<Option<u32>>());
        let quotes = quote.prop_map(|(start, quote, page)| Quote {
            span: Span::new(start, start.saturating_add(9)),
            quote,
            passage: 7,
            page,
            row: page,
        });
        let proposal = (body(), proptest::collection::vec(quotes, 0..3));
        let proposal = proposal.prop_map(|(body, quotes)| Proposal {
            rule: "who.answered".to_owned(),
            band: Band::Inferred,
            body,
            quotes,
        });
        proptest::collection::vec(proposal, 0..4).prop_map(|proposals| Proposals {
            original: Sha256Digest([1; 32]),
            reading: Sha256Digest([2; 32]),
            extractor: "rules-en/9".to_owned(),
            proposals,
        })
    }

    /// Compares with what the whole proposals give.
    fn agree(bytes: &[u8]) {
        let whole = from_cbor::<Proposals>(bytes);
        let seen = from_cbor::<Seen>(bytes);
        assert_eq!(seen.is_ok(), whole.is_ok());
        let (Ok(seen), Ok(whole)) = (seen, whole) else {
            return;
        };
        let found = Found::of(&whole.proposals);
        assert_eq!(seen.proposals.names, found.names);
        let codes = |found: &Found| -> Vec<_> {
            let rows = found.rows.iter();
            rows.map(|row| (row.kind, row.code.clone())).collect()
        };
        assert_eq!(codes(&seen.proposals), codes(&found));
        assert_eq!(
            (seen.original, seen.reading),
            (whole.original, whole.reading)
        );
        assert_eq!(seen.extractor, whole.extractor);
    }

    proptest! {
        #[test]
        fn looking_finds_what_the_whole_holds_and_refuses_what_it_is_not(
            proposals in proposals(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        ) {
            let mut bytes = to_cbor(&proposals).unwrap();
            agree(&bytes);
            for (at, to) in changes {
                let at = at.index(bytes.len());
                bytes[at] = to;
                agree(&bytes);
            }
            let (looked, found) = look_through(&to_cbor(&proposals).unwrap()).unwrap();
            prop_assert_eq!(looked.proposals.len(), 0);
            prop_assert_eq!(found.rows.len(), proposals.proposals.len());
        }
    }
}
