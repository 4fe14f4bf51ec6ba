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
        due: due(desk, &counts)?,
        recent: recent.iter().map(one_recent).collect(),
        sources: counts.sources,
        records: tally(&counts, text),
        entries,
        upload: add::form(text, true),
        frame,
    })
}

/// A matter that may need somebody: how many, its words, where it is dealt with, its class.
struct Matter {
    number: u64,
    /// Key of its words; `-why` behind it says why it matters.
    what: &'static str,
    address: &'static str,
    class: &'static str,
}

fn matter(number: u64, what: &'static str, address: &'static str, class: &'static str) -> Matter {
    Matter {
        number,
        what,
        address,
        class,
    }
}

/// What needs somebody, the most urgent first; a calm line when nothing does.
fn due(desk: &Desk<'_>, counts: &Counts) -> Answer<Vec<Due>> {
    let text = desk.text();
    let found = desk
        .view()
        .review_progress(&super::review::claims_filter())?;
    let (alerts, pairs) = of_the_whole(desk)?;
    let matters = [
        matter(alerts, "home-due-alerts", super::alerts::HERE, "alert"),
        matter(
            counts.unread,
            "home-due-unread",
            "/sources?state=unread",
            "alert",
        ),
        matter(
            found.disputed,
            "home-due-disputed",
            "/review?status=disputed",
            "disputed",
        ),
        matter(
            found.second_review,
            "home-due-second",
            "/review?status=second-review",
            "disputed",
        ),
        matter(
            found.unsure,
            "home-due-unsure",
            "/review?status=unsure",
            "proposed",
        ),
        matter(
            found.proposed,
            "home-due-proposals",
            "/review?status=proposed",
            "proposed",
        ),
        matter(pairs, "home-due-pairs", "/people/pairs", "proposed"),
        matter(counts.waiting, "home-due-waiting", "", "calm"),
        matter(counts.locked, "home-due-locked", "", "disputed"),
    ];
    let due = matters.into_iter().filter(|one| one.number > 0);
    let mut due: Vec<Due> = due
        .map(|one| Due {
            number: text.digits(one.number),
            what: text.number(one.what, one.number),
            why: text.say(&format!("{}-why", one.what)),
            address: one.address.to_owned(),
            class: one.class,
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
    Ok(due)
}

/// What only the archive as a whole can say: alerts that stand and pairs to judge; none until it is
/// laid out, since the first page must not wait for it.
fn of_the_whole(desk: &Desk<'_>) -> Answer<(u64, u64)> {
    let Some(all) = desk.whole().0 else {
        return Ok((0, 0));
    };
    let alerts = all.warnings()?.alerts.iter();
    let alerts = alerts.filter(|alert| alert.is_open()).count();
    let pairs = super::people::pairs::count(desk, &all)?;
    Ok((alerts as u64, pairs))
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
