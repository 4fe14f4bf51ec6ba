//! Heads that were seen before, against the logs as they are: the only thing that shows that a
//! whole log was replaced by an older state of itself.

use super::facts::{Claim, Facts};
use super::{Run, Severity};
use crate::Head;
use crate::error::Error;
use crate::log::{Log, log_key};

pub(super) fn check(run: &mut Run<'_>, seen: &[Head], facts: &mut Facts) {
    let by_caller = seen.iter().map(|head| Claim {
        writer: head.writer,
        size: head.size,
        root: head.root,
        by: "this device, which has seen more than it shows now".to_owned(),
    });
    let claims: Vec<Claim> = by_caller.chain(facts.claims.drain(..)).collect();
    if seen.is_empty() {
        let meaning = "The log is consistent in itself; that entries were removed from its end \
                       before anyone saw them here cannot be ruled out.";
        run.add(
            Severity::Note,
            "log/",
            "no heads seen before were given to compare with",
            meaning,
        );
    }
    for claim in claims {
        check_claim(run, &claim, facts);
    }
}

fn check_claim(run: &mut Run<'_>, claim: &Claim, facts: &Facts) {
    let object = log_key(claim.writer, "checkpoint");
    let found = facts.heads.iter().find(|head| head.writer == claim.writer);
    let meaning = format!(
        "History was removed or replaced. This is known from {}.",
        claim.by
    );
    let (size, root) = found.map_or((0, None), |head| (head.size, Some(head.root)));
    if claim.size > size {
        let what = format!(
            "the log has {size} entries, but had {} (root {})",
            claim.size, claim.root
        );
        run.damage(&object, &what, &meaning);
    } else if claim.size == size {
        if root.is_some_and(|root| root != claim.root) {
            let what = format!("the log of {size} entries had another root, {}", claim.root);
            run.damage(&object, &what, &meaning);
        }
    } else {
        let log = Log::open(run.store, run.archive, claim.writer);
        let head = Head {
            writer: claim.writer,
            size: claim.size,
            root: claim.root,
            checkpoint: String::new(),
        };
        // Any other error is of a tile that is damaged, and reported.
        let continues = log.and_then(|log| log.check_continues(&head));
        if let Err(Error::HistoryRemoved { .. }) = continues {
            let what = format!(
                "its first {} entries are not those that had root {}",
                claim.size, claim.root
            );
            run.damage(&object, &what, &meaning);
        }
    }
}
