//! Checking the logs: key line, checkpoint, entries, tiles, and who was admitted.
//!
//! Entries and tiles say the same thing twice. Where they differ, the one that leads to the signed
//! root is right and the other is the damaged one; invariant: an entry counts only when its hash
//! is among those that lead to the signed root, or when nothing does and it is reported.

use super::facts::Facts;
use super::tree::{Tree, WIDTH};
use super::{Run, Severity, load_logs};
use crate::archive::{Archive, admission_key};
use crate::device::writer_of;
use crate::log::{BUNDLE, MAX_VKEY, complete_root, log_key, parse_vkey};
use crate::tlog::{Checkpoint, Hash, MAX_NOTE_LEN, VerifierKey};
use crate::{Error, Head, Hlc, Membership, WriterId};
use std::collections::{BTreeMap, VecDeque};

mod bundle;
mod pieces;

use bundle::{Scan, scan_all};

/// Most bundles that may be missing for a log to be checked further.
const MAX_MISSING: u64 = 10_000;

/// Bundles that are scanned before their entries are taken in, for each thread.
const ROUND: u64 = 16;

pub(super) fn check_logs(run: &mut Run<'_>, archive: &Archive, seen: &[Head], facts: &mut Facts) {
    let Some(logs) = load_logs(run, archive) else {
        return;
    };
    facts.genesis = Some(archive.inner.genesis);
    let mut known: BTreeMap<WriterId, VerifierKey> = BTreeMap::new();
    let mut queue = VecDeque::new();
    for (writer, admission) in &logs.admissions.writers {
        run.account(&admission_key(*writer));
        known.insert(*writer, admission.vkey.clone());
        queue.push_back(*writer);
        if let Some((by, checkpoint)) = &admission.by {
            facts.add_shown(
                *by,
                checkpoint,
                format!("the checkpoint in {}", admission_key(*writer)),
            );
        }
    }
    for (object, why) in &logs.admissions.refused {
        if object
            .strip_prefix("member/")
            .is_some_and(|name| name.parse::<WriterId>().is_ok())
        {
            run.account(object);
            let meaning = "Nobody can tell from it that the writer was admitted.";
            run.damage(object, why, meaning);
        }
    }
    while let Some(writer) = queue.pop_front() {
        let before = facts.members.len();
        check_log(
            run,
            writer,
            &known[&writer],
            writer == archive.inner.genesis,
            seen,
            facts,
        );
        for member in &facts.members[before..] {
            if let Some(admitted) = check_member(run, member, &mut known) {
                queue.push_back(admitted);
            }
        }
    }
    facts.vkeys = known;
    strangers(run);
}

/// A member must have the object that admits it; one that has not is admitted by the entry.
fn check_member(
    run: &mut Run<'_>,
    member: &Membership,
    known: &mut BTreeMap<WriterId, VerifierKey>,
) -> Option<WriterId> {
    let writer = writer_of(&member.vkey);
    if known.contains_key(&writer) {
        return None;
    }
    let object = admission_key(writer);
    match parse_vkey(&member.vkey, run.archive) {
        Ok(vkey) => {
            let meaning = "Without it the log of this writer is not read, although an entry on \
                           record admits it.";
            run.damage(&object, "it is missing or damaged", meaning);
            known.insert(writer, vkey);
            Some(writer)
        }
        Err(why) => {
            run.damage(
                &object,
                &why,
                "An entry admits a key that cannot sign a log.",
            );
            None
        }
    }
}

/// Logs of writers that nobody admitted.
fn strangers(run: &mut Run<'_>) {
    while let Some((key, _)) = run.unaccounted.range("log/".to_owned()..).next() {
        let Some((folder, _)) = key
            .strip_prefix("log/")
            .and_then(|rest| rest.split_once('/'))
        else {
            break;
        };
        let prefix = format!("log/{folder}/");
        run.take_prefix(&prefix);
        let meaning = "Its entries are not part of the record, and are not read.";
        run.add(
            Severity::Warning,
            &prefix,
            "no member admitted the writer of this log",
            meaning,
        );
    }
}

fn check_log(
    run: &mut Run<'_>,
    writer: WriterId,
    vkey: &VerifierKey,
    is_first: bool,
    seen: &[Head],
    facts: &mut Facts,
) {
    let folder = log_key(writer, "");
    let exists = run.unaccounted.range(folder.clone()..).next();
    if exists.is_none_or(|(key, _)| !key.starts_with(&folder)) && !is_first {
        // Admitted, and has not written yet. That it has, some head would show.
        return;
    }
    // The key is written before the first checkpoint, so it is looked for after it: who verifies
    // while a first commit is under way sees neither, which is no damage.
    let head = check_checkpoint(run, writer, vkey, is_first, seen);
    check_vkey(run, writer, vkey, head.is_some());
    let Some(head) = head else {
        facts.incomplete = true;
        run.take_prefix(&folder);
        return;
    };
    if !is_possible(run, &head) {
        facts.incomplete = true;
        run.take_prefix(&folder);
        return;
    }
    let tree = check_entries(run, &head, facts);
    pieces::check(run, &head, &tree);
    facts.heads.push(head);
}

fn check_vkey(run: &mut Run<'_>, writer: WriterId, vkey: &VerifierKey, is_signed: bool) {
    let object = log_key(writer, "vkey");
    run.account(&object);
    let what = match run.read(&object, MAX_VKEY) {
        Ok(line) if line == format!("{vkey}\n") => return,
        Err(Error::Missing(_)) if !is_signed => return,
        Ok(_) => "it is not the key that the folder is named after".to_owned(),
        Err(error) => error.about_object(),
    };
    let meaning = "The key is known from where its writer was admitted, and was used from there.";
    run.damage(&object, &what, meaning);
}

/// The head that the log is checked against: of its checkpoint, or else of a checkpoint that was
/// seen before.
fn check_checkpoint(
    run: &mut Run<'_>,
    writer: WriterId,
    vkey: &VerifierKey,
    is_first: bool,
    seen: &[Head],
) -> Option<Head> {
    let object = log_key(writer, "checkpoint");
    let was_there = run.account(&object).is_some();
    let open = |signed: &[u8]| -> Result<Head, String> {
        let keys = std::slice::from_ref(vkey);
        let checkpoint =
            Checkpoint::open(signed, vkey.name(), keys).map_err(|error| error.to_string())?;
        let checkpoint_text = String::from_utf8_lossy(signed).into_owned();
        Ok(Head {
            writer,
            size: checkpoint.size,
            root: checkpoint.root,
            checkpoint: checkpoint_text,
        })
    };
    let read = run.read(&object, MAX_NOTE_LEN as u64);
    let what = match read
        .map_err(|error| error.about_object())
        .and_then(|signed| open(&signed))
    {
        Ok(head) => return Some(head),
        Err(what) => what,
    };
    let remembered = seen.iter().filter(|head| head.writer == writer);
    let remembered = remembered.filter_map(|head| open(head.checkpoint.as_bytes()).ok());
    let remembered = remembered.max_by_key(|head| head.size);
    if remembered.is_none() && !was_there && !is_first {
        let meaning = "A first commit of this writer was interrupted, or its checkpoint was \
                       removed. Nothing here was acknowledged as far as can be known.";
        run.add(
            Severity::Warning,
            &object,
            "nothing in this log is signed",
            meaning,
        );
        return None;
    }
    let meaning = match &remembered {
        Some(_) => "The log was checked against the newest checkpoint that was seen before.",
        None => "Nothing in this log can be proven without it. Restore it from a copy.",
    };
    run.damage(&object, &what, meaning);
    remembered
}

/// Whether about as many bundles are there as the signed size says. A member could sign a size that
/// takes years to walk through.
fn is_possible(run: &mut Run<'_>, head: &Head) -> bool {
    let entries = log_key(head.writer, "tile/entries/");
    let present = run.unaccounted.range(entries.clone()..);
    let present = present
        .take_while(|(key, _)| key.starts_with(&entries))
        .count() as u64;
    let expected = head.size.div_ceil(BUNDLE);
    if expected <= present.saturating_add(MAX_MISSING) {
        return true;
    }
    let what = format!("{present} of the {expected} entry bundles that it covers are there");
    let meaning = "The rest of this log was not checked. Restore it from a copy.";
    run.damage(&log_key(head.writer, "checkpoint"), &what, meaning);
    false
}

/// Checks all entries and the tiles of their hashes; gives the tree that they make.
fn check_entries(run: &mut Run<'_>, head: &Head, facts: &mut Facts) -> Tree {
    let mut tree = Tree::default();
    let mut last: Option<Hlc> = None;
    let full = head.size / BUNDLE;
    let round = ROUND * run.threads as u64;
    let mut next = 0;
    while next < full {
        let end = full.min(next + round);
        for scan in scan_all(run, head, next..end) {
            let chosen = choose(run, head, &scan);
            take_in(run, head, &scan, &chosen, facts, &mut last);
            tree.push_full(match &chosen {
                Some(hashes) => complete_root(hashes),
                // The tile above is all that is left; if it is wrong, the root will not fit.
                None => claimed(run, head, scan.index).unwrap_or(Hash([0; 32])),
            });
        }
        next = end;
        run.report_progress();
    }
    let mut fits = tree.root() == head.root;
    if !head.size.is_multiple_of(BUNDLE) {
        // Nothing stands above the last, unfinished tile but the root itself.
        let scan = scan_all(run, head, full..full + 1)
            .pop()
            .expect("one bundle was asked for");
        let width = (head.size % BUNDLE) as usize;
        let chosen = reconcile(&scan, width, |hashes| {
            tree.rest = hashes.to_vec();
            tree.root() == head.root
        });
        fits = chosen.is_some();
        take_in(run, head, &scan, &chosen, facts, &mut last);
    }
    if !fits {
        let meaning = "What is stored is not what was signed, and the stored copies do not show \
                       where they differ; no entry of this log is proven. Restore it from a copy.";
        let object = log_key(head.writer, "checkpoint");
        run.damage(
            &object,
            "entries and tiles do not lead to the signed root",
            meaning,
        );
    }
    tree
}

/// Of the hashes of the entries and those of the tile: which are right, if that can be known.
fn choose(run: &Run<'_>, head: &Head, scan: &Scan) -> Option<Vec<Hash>> {
    let (entries, tile) = (scan.entry_hashes.as_deref(), scan.tile_hashes.as_deref());
    if entries == tile {
        return entries
            .map(<[Hash]>::to_vec)
            .filter(|hashes| hashes.len() == WIDTH);
    }
    match claimed(run, head, scan.index) {
        Some(above) => reconcile(scan, WIDTH, |hashes| complete_root(hashes) == above),
        None => entries
            .map(<[Hash]>::to_vec)
            .filter(|hashes| hashes.len() == WIDTH),
    }
}

/// Most places at which entries and tile may differ for the right ones to be searched.
const MAX_DIFFERENT: usize = 10;

/// The hashes that fit, when at each place either the entry or the tile has the right one.
fn reconcile(
    scan: &Scan,
    width: usize,
    mut fits: impl FnMut(&[Hash]) -> bool,
) -> Option<Vec<Hash>> {
    let entries = scan.entry_hashes.as_deref().unwrap_or_default();
    let tile = scan.tile_hashes.as_deref().unwrap_or_default();
    let mut hashes = Vec::with_capacity(width);
    let mut different = Vec::new();
    for place in 0..width {
        match (entries.get(place), tile.get(place)) {
            (Some(entry), Some(tile)) if entry != tile => {
                different.push((place, *tile));
                hashes.push(*entry);
            }
            (Some(hash), _) | (None, Some(hash)) => hashes.push(*hash),
            (None, None) => return None,
        }
    }
    // An entry whose length was changed shifts all that come after it.
    if different.len() > MAX_DIFFERENT {
        return [entries, tile]
            .into_iter()
            .find(|hashes| hashes.len() == width && fits(hashes))
            .map(<[Hash]>::to_vec);
    }
    (0..1_u32 << different.len()).find_map(|choice| {
        let mut chosen = hashes.clone();
        for (n, (place, tile)) in different.iter().enumerate() {
            if choice >> n & 1 == 1 {
                chosen[*place] = *tile;
            }
        }
        fits(&chosen).then_some(chosen)
    })
}

/// What the tile above says of the root of a full tile of leaves.
fn claimed(run: &Run<'_>, head: &Head, index: u64) -> Option<Hash> {
    let tile = pieces::stored_hashes(run.store, head, 1, index / BUNDLE).ok()?;
    tile.get((index % BUNDLE) as usize).copied()
}

/// Takes in the entries whose hashes were chosen, and reports what differs from the chosen ones.
fn take_in(
    run: &mut Run<'_>,
    head: &Head,
    scan: &Scan,
    chosen: &Option<Vec<Hash>>,
    facts: &mut Facts,
    last: &mut Option<Hlc>,
) {
    run.account(&scan.tile_object);
    run.account(&scan.entry_object);
    let first = scan.index * BUNDLE;
    let expected = (head.size - first).min(BUNDLE) as usize;
    if let Err(why) = &scan.tile_read {
        let meaning = "Proofs of the entries below it cannot be made from it.";
        run.damage(&scan.tile_object, why, meaning);
    } else if chosen.is_some() && scan.tile_hashes != *chosen {
        let meaning = "It is not what the entries that lead to the signed root hash to.";
        run.damage(&scan.tile_object, "it was changed", meaning);
    }
    let mut wrong = Vec::new();
    let mut touched = Vec::new();
    for place in 0..expected {
        let right = chosen.as_ref().and_then(|hashes| hashes.get(place));
        let found = scan
            .entry_hashes
            .as_ref()
            .and_then(|hashes| hashes.get(place));
        let entry = scan.entries.get(place);
        let index = first + place as u64;
        match (right, found, entry) {
            (Some(right), Some(found), Some(entry)) if right == found => {
                run.entries
                    .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                match entry {
                    Ok(entry) => facts.add(head.writer, index, entry, last),
                    Err(why) => facts.wrong.push((head.writer, index, why.clone())),
                }
            }
            (_, _, entry) => {
                wrong.push(index);
                let subject = entry
                    .and_then(|entry| entry.as_ref().ok())
                    .and_then(|entry| entry.subject);
                touched.extend(subject);
            }
        }
    }
    let trouble = match (&scan.entry_read, wrong.as_slice()) {
        (Ok(()), []) => return,
        (Err(why), _) => why.clone(),
        (Ok(()), _) => "entries were changed".to_owned(),
    };
    facts.incomplete |= !wrong.is_empty();
    let meaning = match (wrong.first(), wrong.last()) {
        (Some(a), Some(b)) => format!(
            "Of the entries {a} to {b}, {} are not those of the signed log and do not count; what \
             they put on record is unknown until the object is restored from a copy.",
            wrong.len()
        ),
        _ => "All its entries are intact.".to_owned(),
    };
    run.damage(&scan.entry_object, &trouble, &meaning).sources = touched;
}
