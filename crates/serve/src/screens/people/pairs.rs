//! Pairs of records that may be about one person: asked, judged, taken back.
//!
//! Invariant: what is judged is an entry of the ledger under the name of who judged; a pair that
//! was judged is not asked again until that is taken back.

use crate::answer::{Answer, Trouble};
use crate::deciding::{self, Judging, Undecided};
use crate::desk::{Desk, Visitor};
use crate::evidence::of_record;
use crate::judging;
use archive::Position;
use assemble::{Assembled, record_id};
use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect, Response};
use model::{Matter, Record, RecordId, RecordKind, Verdict};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use view::{Standing, View};
use web::card::Card;
use web::screens::{PairRow, PairsPage, Side};
use web::{Text, frame::Key, show};

/// Pairs on the page.
const SHOWN: usize = 10;
/// Judgements on the page: the last ones.
const JUDGED: usize = 20;
/// Kinds of records that are judged here.
const JUDGED_HERE: [RecordKind; 2] = [RecordKind::Person, RecordKind::Case];

/// A pair that waits: the two records, and why it is asked.
pub(crate) struct Pair<'a> {
    pub(crate) one: RecordId,
    pub(crate) other: RecordId,
    pub(crate) why: Why<'a>,
}

/// Why a pair is asked; written in the engine's words only for the few that are shown.
pub(crate) enum Why<'a> {
    /// The lists make it so likely, as a share.
    Likely(f64),
    Said(&'a str),
}

impl std::fmt::Display for Why<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Likely(share) => {
                let percent = (share * 100.0).round();
                write!(
                    to,
                    "The lists make it {percent} % likely that they are one person."
                )
            }
            Self::Said(words) => to.write_str(words),
        }
    }
}

/// Whether records of this kind are judged here.
fn is_judged_here(kind: RecordKind) -> bool {
    JUDGED_HERE.contains(&kind)
}

/// The judgements that hold of persons and cases.
fn standing(view: &View) -> view::Result<Vec<Standing>> {
    let mut standing = view.judgements()?;
    standing.retain(|one| match &one.judgement.matter {
        Matter::Pair(one, _) => is_judged_here(one.kind),
        Matter::Alert(..) => false,
    });
    Ok(standing)
}

/// Why the pairs could not be found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unpaired {
    /// The view.
    #[error(transparent)]
    View(#[from] view::Error),
    /// The persons.
    #[error(transparent)]
    People(#[from] assemble::Error),
}

/// The pairs that nobody has judged yet, those that tell most first.
pub(crate) fn open<'a>(view: &View, all: &'a Assembled) -> Result<Vec<Pair<'a>>, Unpaired> {
    let mut known: BTreeSet<(RecordId, RecordId)> = BTreeSet::new();
    for one in standing(view)? {
        if let Matter::Pair(one, other) = &one.judgement.matter {
            known.insert(in_order(one.record, other.record));
        }
    }
    let linked = all.people()?.linkage.questions.iter().map(|question| Pair {
        one: record_id(question.a),
        other: record_id(question.b),
        why: Why::Likely(question.probability),
    });
    let named = all.register()?.undecided.iter().map(|pair| Pair {
        one: pair.one,
        other: pair.other,
        why: Why::Said(&pair.why),
    });
    let mut pairs: Vec<Pair<'a>> = linked.chain(named).collect();
    pairs.retain(|pair| {
        let kind = |id| all.record(id).map(|record| record.body.kind());
        let both = (kind(&pair.one), kind(&pair.other));
        let fit = matches!(both, (Some(a), Some(b)) if a == b && is_judged_here(a));
        fit && known.insert(in_order(pair.one, pair.other))
    });
    Ok(pairs)
}

/// How many pairs wait, as of the last time that they were counted: it takes milliseconds where
/// there are many, and nothing but what is on record changes it.
#[derive(Default)]
pub(crate) struct Counted(Mutex<Option<(Position, Weak<Assembled>, u64)>>);

/// How many pairs nobody has judged yet.
pub(crate) fn count(desk: &Desk<'_>, all: &Arc<Assembled>) -> Result<u64, Unpaired> {
    let now = desk.open.archive.position();
    let whole = Arc::downgrade(all);
    let counted = &desk.open.pairs.0;
    let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
    match counted.as_ref() {
        Some((at, of, number)) if *at == now && of.ptr_eq(&whole) => Ok(*number),
        _ => {
            let number = open(desk.view(), all)?.len() as u64;
            *counted = Some((now, whole, number));
            Ok(number)
        }
    }
}

fn in_order(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    (one.min(other), one.max(other))
}

/// Keys of the page.
const PAIR_KEYS: &[Key] = &[
    ("j", "search-key-next"),
    ("k", "search-key-before"),
    ("y", "people-same"),
    ("h", "people-unsure"),
    ("n", "people-different"),
];

/// The page of pairs.
pub(super) async fn show(visitor: Visitor) -> Response {
    visitor.at_desk(fill).await
}

fn fill(desk: &Desk<'_>) -> Answer<PairsPage> {
    let text = desk.text();
    let frame = desk.frame("people", text.say("people-pairs-title"))?;

    let mut page = PairsPage {
        frame: frame.with_keys(PAIR_KEYS),
        is_ready: false,
        open: Vec::new(),
        total: 0,
        judged: Vec::new(),
    };
    let (Some(all), _) = desk.whole() else {
        return Ok(page);
    };
    page.is_ready = true;
    let pairs = open(desk.view(), &all)?;
    page.total = pairs.len() as u64;
    let rows = pairs.iter().take(SHOWN).filter_map(|pair| {
        Some(PairRow {
            ids: [pair.one.to_string(), pair.other.to_string()],
            sides: [
                side(&all, all.record(&pair.one)?, text),
                side(&all, all.record(&pair.other)?, text),
            ],
            why: pair.why.to_string(),
            judged: String::new(),
        })
    });
    page.open = rows.collect();
    let standing = standing(desk.view())?;
    let judged = standing.iter().rev().take(JUDGED);
    page.judged = judged
        .filter_map(|one| judged_row(&all, one, text))
        .collect();
    Ok(page)
}

fn judged_row(all: &Assembled, standing: &Standing, text: Text) -> Option<PairRow> {
    let judgement = &standing.judgement;
    let Matter::Pair(one, other) = &judgement.matter else {
        return None;
    };
    let who = format!("{}, {}", judgement.by, show::day(standing.at));
    let judged = text.name(
        match judgement.verdict {
            Verdict::Same => "people-judged-same",
            Verdict::Different => "people-judged-different",
            _ => "people-judged-unsure",
        },
        who,
    );
    Some(PairRow {
        ids: [one.record.to_string(), other.record.to_string()],
        sides: [
            side(all, all.record(&one.record)?, text),
            side(all, all.record(&other.record)?, text),
        ],
        why: judgement.reason.clone(),
        judged,
    })
}

fn side(all: &Assembled, record: &Record, text: Text) -> Side {
    let card = Card::of(record, 0, text);
    let facts = card.fields.iter().map(|field| {
        let values: Vec<&str> = field.values.iter().map(|it| it.text.as_str()).collect();
        (field.label.clone(), show::shorten(&values.join("; "), 200))
    });
    Side {
        facts: facts.collect(),
        name: card.headline.clone(),
        said: of_record(all, record, text),
    }
}

/// What a form says.
#[derive(Deserialize)]
pub(super) struct Said {
    one: String,
    other: String,
    verdict: String,
    #[serde(default)]
    reason: String,
}

/// Puts a judgement on record.
pub(super) async fn judge(visitor: Visitor, said: Result<Form<Said>, FormRejection>) -> Response {
    visitor
        .respond(move |desk| {
            let said = said.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            put(desk, &said.0)?;
            Ok(Redirect::to("/people/pairs").into_response())
        })
        .await
}

fn put(desk: &Desk<'_>, said: &Said) -> Answer<()> {
    let cannot = || Trouble::NotUnderstood(desk.text().say("people-cannot-judge"));
    let offered = [
        Verdict::Same,
        Verdict::Unsure,
        Verdict::Different,
        Verdict::Withdrawn,
    ];
    let verdict = offered.into_iter().find(|one| one.name() == said.verdict);
    let verdict = verdict.ok_or_else(cannot)?;
    let find = |id: &str| id.parse::<RecordId>().map_err(|_| Trouble::NotFound);
    let reason = judging::reason(&said.reason);
    let judging = Judging {
        records: [find(&said.one)?, find(&said.other)?],
        kinds: &JUDGED_HERE,
        verdict,
        by: desk.operator(),
        reason: &reason,
    };
    match deciding::judge(desk.open, &judging) {
        Ok(_) => Ok(()),
        Err(Undecided::NoPair) => Err(cannot()),
        Err(error) => Err(error.into()),
    }
}
