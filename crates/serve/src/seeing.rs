//! Asking to see what is hidden first: names of protected persons, pages of a source. One way for
//! the screens and the API.
//!
//! Invariant: that somebody asked is on record, with who and why, before it holds.

use crate::guard::Caller;
use crate::judging;
use crate::masking::{MINUTES, Session};
use crate::vault::Open;
use collect::Note;
use read::sheet::Veil;
use view::SourceInfo;

/// Somebody who asks.
pub(crate) struct Asking<'a> {
    pub(crate) session: Session,
    pub(crate) caller: &'a Caller,
    /// Whether to see it; else to hide it again.
    pub(crate) see: bool,
    pub(crate) reason: &'a str,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unseen {
    /// Names stand there, and nobody said why they must be read.
    #[error("Names of protected persons stand there: say why they must be seen (`reason`).")]
    NoReason,
    /// It could not be put on record.
    #[error(transparent)]
    Record(#[from] collect::Error),
}

/// Lets a session read names for a while, or no longer.
pub(crate) fn names(open: &Open, asking: &Asking<'_>) -> Result<(), Unseen> {
    let reason = judging::reason(asking.reason);
    if asking.see && reason.is_empty() {
        return Err(Unseen::NoReason);
    }
    if asking.see {
        note(
            open,
            &Note::NamesShown {
                by: asking.caller.name.clone(),
                reason,
                minutes: MINUTES,
            },
        )?;
    }
    open.masking.let_see(asking.session, asking.see);
    Ok(())
}

/// Lets a session see the pages of a source unblurred for a while, or no longer. A reason is needed
/// where names stand on them that it does not read.
pub(crate) fn pages(open: &Open, info: &SourceInfo, asking: &Asking<'_>) -> Result<(), Unseen> {
    let reason = judging::reason(asking.reason);
    let veil = open.masking.veil(&asking.session, info, asking.caller);
    if asking.see && reason.is_empty() && veil == Veil::Whole {
        return Err(Unseen::NoReason);
    }
    if asking.see {
        note(
            open,
            &Note::PagesShown {
                by: asking.caller.name.clone(),
                source: info.id.to_string(),
                reason,
                minutes: MINUTES,
            },
        )?;
    }
    let masking = &open.masking;
    masking.let_see_pages(asking.session, info.id, asking.see);
    Ok(())
}

/// Puts a note on record.
pub(crate) fn note(open: &Open, note: &Note) -> Result<(), collect::Error> {
    open.write(|writer| collect::put_note(writer, note).map(drop))
}
