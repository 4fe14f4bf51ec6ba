//! What a user of the view notices: answers, secrecy on disk, crashes, and that growing and
//! rebuilding come to the same.
#![allow(clippy::unwrap_used)]

mod answers;
mod archived;
mod crash;
mod decided;
mod fixture;
mod judged;
mod lists;
mod oracle;
mod same;
mod secrecy;

use onrecord_view::{Applied, View};
use std::path::Path;

const KEY: [u8; 32] = [0x5a; 32];

/// A view of `ledger` that grew in one step.
fn view(folder: &Path, ledger: &fixture::Ledger) -> View {
    let mut view = View::open(folder, &KEY).unwrap();
    apply(&mut view, ledger);
    view
}

fn apply(view: &mut View, ledger: &fixture::Ledger) -> Applied {
    let applied = view.apply(ledger.incoming(), 2, &mut |_| {}).unwrap();
    assert_eq!(applied.problems, Vec::<String>::new());
    applied
}
