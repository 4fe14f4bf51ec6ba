//! The estimate of those in no list, with everything that speaks against believing it.

use crate::answer::Answer;
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use estimate::{Estimate, Figure, MethodResult, Outcome, Severity};
use web::Text;
use web::screens::{CaveatRow, EstimatePage, MethodRow};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/estimate", get(estimate))
}

async fn estimate(visitor: Visitor) -> Response {
    visitor.at_desk(fill).await
}

fn fill(desk: &Desk<'_>) -> Answer<EstimatePage> {
    let text = desk.text();
    let all = desk.laid()?;
    let mut page = EstimatePage {
        frame: desk.frame("statistics", text.say("estimate-title"))?,
        has_lists: false,
        lists: Vec::new(),
        observed: (String::new(), String::new()),
        range: None,
        level: String::new(),
        caveats: Vec::new(),
        methods: Vec::new(),
    };
    if let Some(found) = all.estimate()? {
        say(&mut page, found, text);
    }
    Ok(page)
}

fn say(page: &mut EstimatePage, found: &Estimate, text: Text) {
    let input = &found.input;
    let repeated: u64 = input.by_number_of_lists().iter().skip(1).sum();
    let names = input.names().iter().enumerate();
    page.has_lists = true;
    page.lists = names
        .map(|(at, name)| {
            let on = estimate::Pattern::of(&[at]);
            let number = on.map_or(0, |on| input.on_all(on));
            (name.clone(), text.digits(number))
        })
        .collect();
    page.observed = (text.digits(found.observed), text.digits(repeated));
    page.range = found.recommended.map(|figure| {
        let seen = found.observed as f64;
        let unseen = Figure {
            point: figure.point - seen,
            low: figure.low - seen,
            high: figure.high - seen,
        };
        [between(&unseen, text), between(&figure, text)]
    });
    page.level = format!("{:.0} %", 100.0 * found.plan.level);
    page.caveats = found
        .caveats
        .iter()
        .map(|caveat| {
            let (name, class) = match caveat.severity {
                Severity::Stop => ("stop", "alert"),
                Severity::Warning => ("warning", "alert"),
                Severity::Note => ("note", ""),
            };
            CaveatRow {
                class,
                severity: text.of_name("estimate-caveat", name),
                text: caveat.text.clone(),
            }
        })
        .collect();
    page.methods = found.methods.iter().map(|one| method(one, text)).collect();
}

fn method(result: &MethodResult, text: Text) -> MethodRow {
    let (figure, range, refused) = match &result.outcome {
        Outcome::Figure(figure) => (
            text.digits(people(figure.point)),
            between(figure, text),
            String::new(),
        ),
        Outcome::Refused(why) => (String::new(), String::new(), why.clone()),
    };
    MethodRow {
        name: result.method.name().to_owned(),
        assumes: result.method.assumes().to_owned(),
        range,
        figure,
        refused,
    }
}

/// `1,200 – 3,400`: whole people, never less than none.
fn between(figure: &Figure, text: Text) -> String {
    let (low, high) = (people(figure.low), people(figure.high));
    format!("{} – {}", text.digits(low), text.digits(high))
}

fn people(figure: f64) -> u64 {
    // A figure is finite and far below 2^53; a negative one is none.
    figure.max(0.0).round() as u64
}
