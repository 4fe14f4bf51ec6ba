//! Home: what needs me, what came in last, how much there is.

use super::add;
use crate::answer::Answer;
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use model::RecordKind;
use view::{Counts, Page, SourceFilter, SourceInfo};
use web::screens::{Due, HomePage, Recent};
use web::{Text, card, show};

/// Sources that are shown as the last ones.
const RECENT: u64 = 8;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

async fn home(visitor: Visitor) -> Response {
    visitor.at_desk(fill).await
}

fn fill(desk: &Desk<'_>) -> Answer<HomePage> {
    let text = desk.text();
    let counts = desk.view().status()?;
    let frame = desk.frame("home", text.say("place-home"))?;
    let last = SourceFilter {
        newest_first: true,
        ..SourceFilter::default()
    };
    let page = Page {
        offset: 0,
        limit: RECENT,
    };
    let recent = desk.view().sources(&last, page)?;
    let entries = desk.open.archive.position().0.values().sum();
    Ok(HomePage {
        due: due(&counts, frame.waiting, text),
        recent: recent.iter().map(one_recent).collect(),
        sources: counts.sources,
        records: tally(&counts, text),
        entries,
        upload: add::form(text, true),
        frame,
    })
}

/// What needs somebody; a calm line when nothing does.
fn due(counts: &Counts, waiting: u64, text: Text) -> Vec<Due> {
    let matters = [
        (
            waiting,
            "home-due-proposals",
            "home-due-proposals-why",
            "/review",
            "proposed",
        ),
        (
            counts.unread,
            "home-due-unread",
            "home-due-unread-why",
            "/sources?state=unread",
            "alert",
        ),
        (
            counts.waiting,
            "home-due-waiting",
            "home-due-waiting-why",
            "",
            "calm",
        ),
        (
            counts.locked,
            "home-due-locked",
            "home-due-locked-why",
            "",
            "disputed",
        ),
    ];
    let mut due: Vec<Due> = matters
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, what, why, address, class)| Due {
            number: text.digits(number),
            what: text.number(what, number),
            why: text.say(why),
            address: address.to_owned(),
            class,
        })
        .collect();
    if due.is_empty() {
        due.push(Due {
            number: "0".to_owned(),
            what: text.say("home-due-nothing"),
            why: text.say("home-due-nothing-why"),
            address: String::new(),
            class: "calm",
        });
    }
    due
}

fn tally(counts: &Counts, text: Text) -> Vec<(String, String)> {
    let of_kind =
        |kind: &RecordKind| -> u64 { counts.records.get(kind).map_or(0, |of| of.values().sum()) };
    let kinds = RecordKind::ALL.iter().filter(|kind| !card::is_name(**kind));
    kinds
        .map(|kind| (kind, of_kind(kind)))
        .filter(|(_, number)| *number > 0)
        .map(|(kind, number)| {
            let label = show::label(text, "record-kind", kind.name());
            (label, text.digits(number))
        })
        .collect()
}

fn one_recent(info: &SourceInfo) -> Recent {
    let published = info.published.map(|date| date.to_string());
    let about: Vec<String> = [info.publisher.clone(), published]
        .into_iter()
        .flatten()
        .collect();
    Recent {
        title: super::sources::title(info),
        language: info.language.clone().unwrap_or_default(),
        about: about.join(" · "),
        records: info.records,
        address: super::sources::address(info),
    }
}
