//! What the review queue shows: one record with its words, and how far the queue is.

use super::{Asked, KEYS, OPEN, at_hand, claims};
use crate::answer::{Answer, Trouble};
use crate::deciding;
use crate::desk::Desk;
use crate::screens::correcting::{self, Held, Sent};
use crate::screens::{head, sources};
use model::{Change, Choice, Record, RecordId, RecordKind};
use view::{ReviewFilter, ReviewOrder};
use web::card::{self, Card};
use web::screens::{Done, Matter, Progress, Reason, ReviewPage, Step};
use web::{Text, passages, show};

/// Clean passages shown before and after the one that carries the record.
const AROUND: usize = 2;

/// The page: the record that is asked for, else the next that waits.
pub(super) fn fill(
    desk: &Desk<'_>,
    asked: &Asked,
    problem: String,
    sent: Sent<'_>,
) -> Answer<ReviewPage> {
    let text = desk.text();
    let view = desk.view();
    let filter = asked.filter(desk.operator());
    let after: Option<RecordId> = asked.after.parse().ok();
    let wanted: Option<RecordId> = asked.record.parse().ok();
    let record = match wanted {
        Some(id) => Some(view.record(&id)?.ok_or(Trouble::NotFound)?),
        None => {
            let order = ReviewOrder::default();
            view.review_queue(&filter, order, after.as_ref(), 1)?
                .into_iter()
                .next()
        }
    };
    let skipped = record.is_none()
        && after.is_some()
        && !view
            .review_queue(&filter, ReviewOrder::default(), None, 1)?
            .is_empty();
    let matter = match &record {
        Some(record) => Some(matter(desk, asked, record, sent)?),
        None => None,
    };
    Ok(ReviewPage {
        frame: desk
            .frame("review", text.say("place-review"))?
            .with_keys(KEYS),
        progress: progress(desk, &filter)?,
        matter,
        reasons: reasons(text),
        kinds: kinds(desk, asked)?,
        statuses: OPEN
            .map(|one| (one.name(), card::status_label(one.name(), text)))
            .to_vec(),
        blind: asked.is_blind(),
        done: done(desk, asked, after.as_ref())?,
        problem,
        skipped,
        state: asked.state(),
    })
}

fn matter(desk: &Desk<'_>, asked: &Asked, record: &Record, sent: Sent<'_>) -> Answer<Matter> {
    let text = desk.text();
    let (record, reading) = at_hand(desk, &record.id.to_string())?;
    let seen = deciding::seen(desk.view(), &record, asked.is_blind())?;
    let card = Card::of(&seen, 1, text);
    let source = record
        .source
        .map(|id| desk.view().source(&id))
        .transpose()?
        .flatten();
    let info = source.ok_or(Trouble::NotFound)?;
    let lang = info.language.clone().unwrap_or_default();
    let published = info.published.map(|date| date.to_string());
    let about: Vec<String> = [info.publisher.clone(), published]
        .into_iter()
        .flatten()
        .collect();
    let here = sources::address(&info);
    Ok(Matter {
        version: view::upon(&record)?.version.to_string(),
        title: sources::title(&info),
        address: format!("{here}?record={}#p{}", card.id, card.passage()),
        image: match read::sheet::has_sheets(&info.source.media_type) {
            true => format!("{here}?text=image&record={}", card.id),
            false => String::new(),
        },
        direction: head::direction(&lang),
        about: about.join(" · "),
        passages: passages::around(&reading, &card, AROUND, text),
        history: match asked.is_blind() {
            true => Vec::new(),
            false => record
                .history
                .iter()
                .map(|change| step(change, text))
                .collect(),
        },
        edit: match asked.edit.is_empty() {
            true => Vec::new(),
            false => correcting::rows(seen.body.kind(), &Held::of(&seen), sent, text),
        },
        lang,
        card,
    })
}

fn step(change: &Change, text: Text) -> Step {
    let decision = &change.decision;
    let reason = decision.reason.as_ref();
    let reason = reason.map(|code| show::label(text, "rejection", code.as_str()));
    let note = Some(decision.note.clone()).filter(|note| !note.is_empty());
    let why: Vec<String> = [reason, note].into_iter().flatten().collect();
    let corrected = decision.corrected.as_ref();
    Step {
        at: show::time(change.at),
        by: decision.by.clone(),
        what: text.say(match decision.choice {
            Choice::Accept => "review-did-accept",
            Choice::Correct => "review-did-correct",
            Choice::Reject => "review-did-reject",
            Choice::Unsure => "review-did-unsure",
            Choice::Withdraw => "review-did-withdraw",
        }),
        why: why.join(" · "),
        says: corrected
            .map(|corrected| card::headline_of(&corrected.proposal.body, text))
            .unwrap_or_default(),
    }
}

fn progress(desk: &Desk<'_>, filter: &ReviewFilter) -> Answer<Progress> {
    let found = desk.view().review_progress(filter)?;
    Ok(Progress {
        open: found.open(),
        grave: found.grave,
        second: found.second_review,
        unsure: found.unsure,
        disputed: found.disputed,
        decided: found.decided,
    })
}

/// The digits, in the order of the row on a keyboard.
const DIGITS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

fn reasons(text: Text) -> Vec<Reason> {
    let list = show::vocabularies().list("rejection");
    let terms = list.map_or(&[][..], |list| &list.terms);
    let keys = DIGITS.into_iter();
    keys.zip(terms)
        .map(|(key, term)| Reason {
            key: key.to_owned(),
            code: term.code.as_str().to_owned(),
            label: term.label(text.language().tag()).to_owned(),
        })
        .collect()
}

/// The kinds of which something waits, with how many.
fn kinds(desk: &Desk<'_>, asked: &Asked) -> Answer<Vec<(String, String, String)>> {
    let text = desk.text();
    let counts = desk.view().status()?;
    let open = |kind: RecordKind| -> u64 {
        let of_kind = counts.records.get(&kind).into_iter().flatten();
        of_kind
            .filter(|(status, _)| status.is_open())
            .map(|(_, number)| number)
            .sum()
    };
    Ok(claims()
        .map(|kind| (kind, open(kind)))
        .filter(|(kind, number)| *number > 0 || kind.name() == asked.kind)
        .map(|(kind, number)| {
            let label = show::label(text, "record-kind", kind.name());
            (kind.name().to_owned(), label, text.digits(number))
        })
        .collect())
}

/// What was decided last, where the address says that something was.
fn done(desk: &Desk<'_>, asked: &Asked, after: Option<&RecordId>) -> Answer<Option<Done>> {
    let text = desk.text();
    let (Some(_), Some(id)) = (Choice::from_name(&asked.done), after) else {
        return Ok(None);
    };
    let Some(record) = desk.view().record(id)? else {
        return Ok(None);
    };
    let status = card::status_label(record.status.name(), text);
    let says = card::headline_of(&record.body, text);
    Ok(Some(Done {
        record: id.to_string(),
        words: format!("{status}: {}", show::shorten(&says, 120)),
    }))
}
