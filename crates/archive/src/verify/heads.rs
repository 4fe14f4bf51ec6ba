//! Heads that were seen before, against the logs as they are: the only thing that shows that a
//! whole log was replaced by an older state of itself.

use super::facts::{Claim, Facts};
use super::{Run, Severity};
use crate::error::Error;
use crate::log::{Log, log_key};
use crate::{Head, WriterId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(run: &mut Run<'_>, seen: &[Head], facts: &mut Facts) {
    if seen.is_empty() {
        let what = "no heads seen before were given to compare with";
        let meaning = "The log is consistent in itself; that entries were removed from its end \
                       before anyone saw them here cannot be ruled out.";
        run.add(Severity::Note, "log/", what, meaning);
    }
    let by_caller = seen.iter().map(|head| Claim {
        writer: head.writer,
        size: head.size,
        root: head.root,
        by: "this device, which has seen more than it shows now".to_owned(),
    });
    let mut logs = BTreeMap::new();
    let mut checked = BTreeSet::new();
    for claim in by_caller.chain(std::mem::take(&mut facts.claims)) {
        if checked.insert((claim.writer, claim.size, claim.root)) {
            // Opened after all logs were read: one of them may have named what this one has since.
            let log = logs.entry(claim.writer).or_insert_with(|| {
                let vkey = facts.vkeys.get(&claim.writer)?;
                Log::open(run.store, claim.writer, vkey).ok()
            });
            check_claim(run, &claim, log.as_ref(), facts);
        }
    }
}

fn check_claim(run: &mut Run<'_>, claim: &Claim, log: Option<&Log>, facts: &Facts) {
    let object = log_key(claim.writer, "checkpoint");
    let checked_against = || facts.heads.iter().find(|head| head.writer == claim.writer);
    let head = log.map(|log| &log.head).or_else(checked_against);
    let (size, root) = head.map_or((0, None), |head| (head.size, Some(head.root)));
    let what = if claim.size > size {
        format!(
            "the log has {size} entries, but had {} (root {})",
            claim.size, claim.root
        )
    } else if claim.size == size {
        if root.is_none_or(|root| root == claim.root) {
            return;
        }
        format!("the log of {size} entries had another root, {}", claim.root)
    } else {
        match log.map(|log| log.check_continues(&as_head(claim))) {
            Some(Ok(())) => return,
            Some(Err(Error::HistoryRemoved { .. })) => format!(
                "its first {} entries are not those that had root {}",
                claim.size, claim.root
            ),
            Some(Err(_)) | None => {
                let what = format!("it could not be compared with its head of {}", claim.size);
                let meaning = "What is needed for that is damaged.";
                run.add(Severity::Warning, &object, &what, meaning);
                return;
            }
        }
    };
    let meaning = format!(
        "History was removed or replaced. This is known from {}.",
        claim.by
    );
    run.damage(&object, &what, &meaning);
}

fn as_head(claim: &Claim) -> Head {
    let writer: WriterId = claim.writer;
    Head {
        writer,
        size: claim.size,
        root: claim.root,
        checkpoint: String::new(),
    }
}
