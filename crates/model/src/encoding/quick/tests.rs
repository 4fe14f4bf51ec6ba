//! The quick way against the general decoder, on what is written and on what was changed.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::Sha256Digest;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Shape {
    Alone,
    Of(u32),
    Pair(u8, i8),
    Fields { left: i16, right: Option<i32> },
}

/// A field of every kind that the model's types have.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Everything {
    small: u8,
    middle: u16,
    large: u64,
    below: i64,
    single: f32,
    double: f64,
    truth: bool,
    text: String,
    digest: Sha256Digest,
    absent: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shapes: Vec<Shape>,
    pair: (u16, String),
    named: BTreeMap<String, u32>,
}

/// What passes over most of it.
#[derive(Debug, Serialize, Deserialize)]
struct Little<'a> {
    text: &'a str,
    named: BTreeMap<&'a str, u8>,
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Alone),
        any::<u32>().prop_map(Shape::Of),
        any::<(u8, i8)>().prop_map(|(a, b)| Shape::Pair(a, b)),
        any::<(i16, Option<i32>)>().prop_map(|(left, right)| Shape::Fields { left, right }),
    ]
}

fn everything() -> impl Strategy<Value = Everything> {
    let numbers = (any::<u8>(), any::<u16>(), any::<u64>(), any::<i64>());
    let others = (any::<f32>(), any::<f64>(), any::<bool>(), any::<[u8; 32]>());
    let texts = ("\\PC{0,40}", any::<(u16, String)>(), any::<Option<u32>>());
    let lists = (
        proptest::collection::vec(shape(), 0..5),
        proptest::collection::btree_map("[a-z가]{0,30}", 0..300_u32, 0..4),
    );
    (numbers, others, texts, lists).prop_map(|(numbers, others, texts, lists)| Everything {
        small: numbers.0,
        middle: numbers.1,
        large: numbers.2,
        below: numbers.3,
        single: others.0,
        double: others.1,
        truth: others.2,
        digest: Sha256Digest(others.3),
        text: texts.0,
        pair: texts.1,
        absent: texts.2,
        shapes: lists.0,
        named: lists.1,
    })
}

/// What the quick way reads, the general decoder reads too, and alike.
fn agree<'de, T: Deserialize<'de> + Debug>(bytes: &'de [u8]) -> bool {
    let Ok(quick) = from_slice::<T>(bytes) else {
        return false;
    };
    let general: T = minicbor_serde::from_slice(bytes).unwrap();
    assert_eq!(format!("{quick:?}"), format!("{general:?}"));
    true
}

proptest! {
    #[test]
    fn what_is_written_is_read_the_quick_way(value in everything()) {
        let bytes = crate::to_cbor(&value).unwrap();
        prop_assert!(agree::<Everything>(&bytes));
        prop_assert_eq!(
            agree::<Little>(&bytes),
            value.named.values().all(|number| *number < 256)
        );
    }

    #[test]
    fn what_was_changed_is_never_read_otherwise(
        value in everything(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = crate::to_cbor(&value).unwrap();
        agree::<Everything>(&bytes[..cut.index(bytes.len())]);
        for (at, to) in changes {
            let at = at.index(bytes.len());
            bytes[at] = to;
            agree::<Everything>(&bytes);
            agree::<Little>(&bytes);
        }
    }

    #[test]
    fn no_bytes_are_read_otherwise(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        agree::<Vec<Shape>>(&bytes);
        agree::<BTreeMap<String, Option<i64>>>(&bytes);
        agree::<(u8, f32, bool)>(&bytes);
        let ignored: Result<de::IgnoredAny> = from_slice(&bytes);
        if ignored.is_ok() {
            prop_assert!(minicbor_serde::from_slice::<de::IgnoredAny>(&bytes).is_ok());
        }
    }
}

#[test]
fn endless_nesting_and_lengths_beyond_the_end_are_refused() {
    let nested = [0x81].repeat(1 << 20);
    assert!(from_slice::<de::IgnoredAny>(&nested).is_err());
    let long = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    assert!(from_slice::<de::IgnoredAny>(&long).is_err());
    assert!(from_slice::<Vec<u8>>(&long).is_err());
    let text = [0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, b'a'];
    assert!(from_slice::<String>(&text).is_err());
    // A text of unstated length is CBOR: the general decoder's.
    assert!(from_slice::<String>(&[0x7f, 0x61, b'a', 0xff]).is_err());
}
