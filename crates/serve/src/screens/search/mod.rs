//! Search: words and names over all passages, narrowed by facets, as passages or as records.
//! The whole state is the address.

mod asked;
mod drawn;
pub(crate) mod names;
mod records;
mod saved;

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::evidence::record_address;
use asked::{Asked, Shape};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query as Parameters};
use axum::response::Response;
use axum::routing::{get, post};
use model::SourceId;
use view::{Found, Hit};
use web::card::{self, Card};
use web::facets::{Facet, Pager, State};
use web::said::pieces;
use web::screens::{Chip, HitRow, OtherForms, SearchPage, Way};
use web::{Text, frame::Key, show};

/// The address of this screen.
const HERE: &str = "/search";
/// Passages on a page.
const ROWS: u64 = 20;
/// Choices of one facet.
const CHOICES: usize = 8;
/// Records that are shown beside one passage.
const CHIPS: usize = 4;
/// Keys of the screen.
const KEYS: &[Key] = &[
    ("j", "search-key-next"),
    ("k", "search-key-before"),
    ("o", "search-key-open"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(search))
        .route("/search/save", post(saved::save))
        .route("/search/forget", post(saved::forget))
        .route("/search/names", get(names::form))
        .route(
            "/search/names",
            post(names::look_for).layer(DefaultBodyLimit::max(names::BYTES)),
        )
}

type Pairs = Vec<(String, String)>;

async fn search(
    visitor: Visitor,
    asked: Result<Parameters<Pairs>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &Asked::of(&asked.0)?)
        })
        .await
}

fn fill(desk: &Desk<'_>, asked: &Asked) -> Answer<SearchPage> {
    let text = desk.text();
    let state = &asked.state;
    let mut frame = desk.frame("search", title(asked, text))?.with_keys(KEYS);
    frame.search = asked.words().to_owned();
    let nothing = Pager::new(state, 1, ROWS, 0);
    let mut page = SearchPage {
        frame,
        facets: Vec::new(),
        trouble: String::new(),
        views: views(asked, text),
        as_records: asked.shape() != Shape::Passages,
        timeline: None,
        undated: 0,
        places: None,
        saved: Vec::new(),
        is_saved: false,
        hits: Vec::new(),
        records: Vec::new(),
        pager: nothing,
        other: OtherForms::default(),
        meant: None,
        wider: Vec::new(),
        is_partial: false,
        state: state.clone(),
    };
    if page.is_blank() {
        page.saved = saved::rows(desk)?;
        return Ok(page);
    }
    page.is_saved = saved::seen(desk, asked)?;
    let (words, other) = names::with_forms(desk, asked);
    page.other = other;
    let mut query = asked.query(&words, None);
    query.limit = if page.as_records { 0 } else { ROWS as usize };
    query.offset = ((asked.page - 1) * ROWS) as usize;
    let found = match desk.view().search(&query) {
        Ok(found) => found,
        Err(view::Error::Query(why)) => {
            page.trouble = text.name("search-not-understood", why);
            return Ok(page);
        }
        Err(error) => return Err(error.into()),
    };
    page.facets = facets(desk, asked, &words, &found)?;
    page.meant = found.did_you_mean.as_ref().map(|words| Way {
        words: words.clone(),
        number: String::new(),
        address: State::new(HERE, &[("q", words)]).address(),
    });
    if page.as_records {
        records::fill(desk, asked, &words, &mut page)?;
    } else {
        page.pager = Pager::new(state, asked.page, ROWS, found.total);
        page.hits = hits(desk, &found.hits)?;
    }
    if found.total == 0 {
        page.wider = wider(desk, asked, &words)?;
    }
    Ok(page)
}

/// How what is found can be shown: words, address, and whether it is.
fn views(asked: &Asked, text: Text) -> Vec<(String, String, bool)> {
    let key = |shape| match shape {
        Shape::Passages => "search-as-passages",
        Shape::Records => "search-as-records",
        Shape::Timeline => "search-as-timeline",
        Shape::Map => "search-as-map",
    };
    Shape::ALL
        .into_iter()
        .map(|shape| {
            let address = asked.state.with("view", shape.name()).address();
            (text.say(key(shape)), address, shape == asked.shape())
        })
        .collect()
}

fn title(asked: &Asked, text: Text) -> String {
    match asked.words() {
        "" => text.say("place-search"),
        words => show::shorten(words, 60),
    }
}

/// The facets of what was found. Where a value is chosen, its neighbours are counted as if it
/// were not, so that another can be added.
fn facets(desk: &Desk<'_>, asked: &Asked, words: &str, found: &Found) -> Answer<Vec<Facet>> {
    let text = desk.text();
    let mut facets = Vec::new();
    for (name, list) in asked::FACETS {
        let is_set = asked.is_set(name);
        let without = match is_set {
            true => {
                let mut query = asked.query(words, Some(name));
                query.limit = 0;
                Some(desk.view().search(&query)?.facets)
            }
            false => None,
        };
        let counts = without.as_ref().unwrap_or(&found.facets);
        let years;
        let counts = match name {
            "language" => &counts.languages,
            "publisher" => &counts.publishers,
            "genre" => &counts.genres,
            "compartment" => &counts.compartments,
            _ => {
                let numbered = counts.years.iter();
                years = numbered.map(|(year, n)| (year.to_string(), *n)).collect();
                &years
            }
        };
        let label = |code: &str| match list {
            "" => code.to_owned(),
            list => show::label(text, list, code),
        };
        let values: Vec<_> = counts
            .iter()
            .filter(|(value, _)| !value.is_empty())
            .map(|(value, number)| (value.clone(), label(value), *number))
            .collect();
        // A choice of one says nothing.
        if values.len() > 1 || is_set {
            let title = text.say(&format!("search-facet-{name}"));
            facets.extend(asked.state.wide_facet(title, name, values, CHOICES));
        }
    }
    Ok(facets)
}

fn hits(desk: &Desk<'_>, hits: &[Hit]) -> Answer<Vec<HitRow>> {
    let text = desk.text();
    let mut rows = Vec::with_capacity(hits.len());
    let mut known: Vec<(SourceId, Vec<model::Record>)> = Vec::new();
    for hit in hits {
        let at = match known.iter().position(|(source, _)| *source == hit.source) {
            Some(at) => at,
            None => {
                known.push((hit.source, desk.records(hit.source)?));
                known.len() - 1
            }
        };
        let records = known[at].1.iter().filter(|record| {
            let first = record.citations.first();
            !card::is_name(record.body.kind())
                && first.is_some_and(|one| one.quote.passage == hit.passage)
        });
        let chips = records.take(CHIPS).map(|record| chip(record, hit, text));
        let about = [
            hit.publisher.clone(),
            hit.published.map(|date| date.to_string()),
            (hit.passage > 0).then(|| format!("¶ {}", hit.passage)),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        rows.push(HitRow {
            address: format!("/sources/{}#p{}", hit.source, hit.passage),
            title: match &hit.title {
                Some(title) => show::shorten(title, 160),
                None => text.say("search-untitled"),
            },
            lang: hit.language.clone().unwrap_or_default(),
            about: about.join(" · "),
            pieces: pieces(&hit.snippet, &hit.highlights),
            chips: chips.collect(),
        });
    }
    Ok(rows)
}

fn chip(record: &model::Record, hit: &Hit, text: Text) -> Chip {
    let card = Card::of(record, 0, text);
    Chip {
        address: record_address(&hit.source, &record.id, hit.passage),
        kind: card.kind_label,
        headline: show::shorten(&card.headline, 90),
        status: card.status,
        status_label: card.status_label,
    }
}

/// Where nothing was found: the same search without one of its filters, where that finds some.
fn wider(desk: &Desk<'_>, asked: &Asked, words: &str) -> Answer<Vec<Way>> {
    let text = desk.text();
    let mut ways = Vec::new();
    for (name, list) in asked::FACETS {
        let not = format!("not-{name}");
        if !asked.is_set(name) {
            continue;
        }
        let mut query = asked.query(words, Some(name));
        query.limit = 0;
        let total = desk.view().search(&query)?.total;
        if total == 0 {
            continue;
        }
        let values = asked.state.all(name).chain(asked.state.all(&not));
        let values: Vec<String> = values
            .map(|code| match list {
                "" => code.to_owned(),
                list => show::label(text, list, code),
            })
            .collect();
        let facet = text.say(&format!("search-facet-{name}"));
        ways.push(Way {
            words: format!("{facet}: {}", values.join(", ")),
            number: text.digits(total),
            address: asked.state.with(name, "").with(&not, "").address(),
        });
    }
    Ok(ways)
}
