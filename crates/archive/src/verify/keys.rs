//! Wrapped keys: those that the signed entries name must be there, as they were.

use super::facts::{Erasure, Facts, Introduction};
use super::{Run, Severity};
use crate::BundleId;
use crate::crypto::sha256;
use crate::device::recipient_of;
use crate::error::Error;
use crate::keys::{KeyBundle, MAX_MEMBER_KEY, bundle_key, member_key, parse_bundle_key};
use model::SourceId;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(run: &mut Run<'_>, facts: &Facts) {
    for member in &facts.members {
        for wrapped in &member.keys {
            let recipient = recipient_of(&member.recipient);
            let object = member_key(wrapped.compartment, wrapped.epoch, recipient);
            run.account(&object);
            let what = match run.read(&object, MAX_MEMBER_KEY) {
                Ok(file) if sha256(&[&file]) == wrapped.digest => continue,
                Ok(_) => "it is not the file that the member was admitted with".to_owned(),
                Err(error) => error.about_object(),
            };
            let meaning = format!(
                "This member can no longer open what is {}; another member can wrap the key anew.",
                wrapped.compartment.name()
            );
            run.damage(&object, &what, &meaning);
        }
    }
    check_bundles(run, facts);
}

fn check_bundles(run: &mut Run<'_>, facts: &Facts) {
    let mut present: BTreeMap<BundleId, BTreeSet<u32>> = BTreeMap::new();
    let keys: Vec<String> = run
        .unaccounted
        .keys()
        .filter(|key| key.starts_with("key/source/"))
        .cloned()
        .collect();
    for key in keys {
        if let Some((bundle, generation)) = parse_bundle_key(&key) {
            run.account(&key);
            present.entry(bundle).or_default().insert(generation);
        }
    }
    let mut introduced: BTreeMap<BundleId, Vec<(SourceId, &Introduction)>> = BTreeMap::new();
    for (source, introduction) in &facts.sources {
        introduced
            .entry(introduction.bundle)
            .or_default()
            .push((*source, introduction));
    }
    let mut erasures: BTreeMap<BundleId, Vec<&Erasure>> = BTreeMap::new();
    for erasure in &facts.erasures {
        erasures
            .entry(erasure.erased.bundle)
            .or_default()
            .push(erasure);
    }
    for (bundle, sources) in introduced {
        let generations = present.remove(&bundle).unwrap_or_default();
        let erasures = erasures.remove(&bundle).unwrap_or_default();
        check_bundle(run, bundle, &sources, &generations, &erasures);
    }
    for (bundle, generations) in present {
        for generation in generations {
            let meaning = "It was left by a write that was interrupted, or the log that names it \
                           is not here.";
            let object = bundle_key(bundle, generation);
            run.add(
                Severity::Note,
                &object,
                "no entry names these keys",
                meaning,
            );
        }
    }
}

fn check_bundle(
    run: &mut Run<'_>,
    bundle: BundleId,
    sources: &[(SourceId, &Introduction)],
    generations: &BTreeSet<u32>,
    erasures: &[&Erasure],
) {
    let newest = erasures
        .iter()
        .max_by_key(|erasure| (erasure.erased.generation, erasure.hlc));
    let current = newest.map_or(1, |erasure| erasure.erased.generation);
    let erased: BTreeSet<SourceId> = erasures.iter().map(|erasure| erasure.source).collect();
    for generation in generations
        .iter()
        .filter(|generation| **generation != current)
    {
        let object = bundle_key(bundle, *generation);
        if *generation > current {
            let meaning = "An erasure was interrupted before it was put on record.";
            run.add(
                Severity::Note,
                &object,
                "no entry names this generation",
                meaning,
            );
        } else {
            let meaning = "Keys that an entry says are destroyed can still be read from it. The \
                           next write deletes it; a copy that was restored may have brought it back.";
            run.add(
                Severity::Warning,
                &object,
                "an erasure is not finished",
                meaning,
            )
            .sources = erased.iter().copied().collect();
        }
    }
    let object = bundle_key(bundle, current);
    let held = run.read(&object, KeyBundle::MAX).and_then(|bytes| {
        let named = newest.map(|erasure| erasure.erased.digest);
        if named.is_some_and(|named| named != sha256(&[&bytes])) {
            return Err(damaged(
                &object,
                "it is not the generation that the erasure put on record",
            ));
        }
        let held =
            KeyBundle::decode(&bytes).map_err(|error| damaged(&object, &error.to_string()))?;
        if (held.id, held.generation) == (bundle, current) {
            Ok(held)
        } else {
            Err(damaged(&object, "it is another bundle than its name says"))
        }
    });
    let lost = |held: Option<&KeyBundle>| -> Vec<SourceId> {
        let wrong = sources.iter().filter(|(source, introduction)| {
            let found = held.and_then(|held| held.digest(*source));
            found != Some(introduction.wrapped) && !erased.contains(source)
        });
        wrong.map(|(source, _)| *source).collect()
    };
    match held {
        Ok(held) => {
            let lost = lost(Some(&held));
            if !lost.is_empty() {
                let what = format!("the keys of {} sources are missing or changed", lost.len());
                let meaning = "No entry says that they were destroyed. Their content cannot be read \
                               until the object is restored from a copy.";
                run.damage(&object, &what, meaning).sources = lost;
            }
            let kept: Vec<SourceId> = held
                .sources()
                .filter(|source| erased.contains(source))
                .collect();
            if !kept.is_empty() {
                let meaning = "An entry says that they were destroyed. Erase them again.";
                run.add(
                    Severity::Warning,
                    &object,
                    "it holds destroyed keys",
                    meaning,
                )
                .sources = kept;
            }
            let unknown = held
                .sources()
                .filter(|source| sources.iter().all(|(known, _)| known != source));
            let unknown = unknown.count();
            if unknown > 0 {
                let what = format!("it holds {unknown} keys that no entry names");
                let meaning = "The entries that introduce their sources are missing or damaged.";
                run.damage(&object, &what, meaning);
            }
        }
        Err(error) => {
            let meaning = "The content of these sources cannot be read until the object is \
                           restored from a copy; what is recorded about them still verifies.";
            run.damage(&object, &error.about_object(), meaning).sources = lost(None);
        }
    }
}

fn damaged(object: &str, why: &str) -> Error {
    Error::Damaged {
        object: object.to_owned(),
        why: why.to_owned(),
    }
}
