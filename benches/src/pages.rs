//! Made-up pages of about 5 kB, all different, the same in every run: filler for measurements,
//! shaped like the pages that are collected. Nothing in them is evidence of anything.

use crate::numbers::Numbers;
use std::fmt::Write;

const STATES: &[&str] = &[
    "Japan",
    "the Republic of Korea",
    "Norway",
    "Botswana",
    "Uruguay",
    "Albania",
    "Canada",
    "the Netherlands",
    "Costa Rica",
    "New Zealand",
    "Czechia",
    "Switzerland",
];
const SPEAKERS: &[&str] = &[
    "the Special Rapporteur",
    "the High Commissioner",
    "the Commission of Inquiry",
    "the delegation",
    "the Secretary-General",
    "the working group",
    "the ministry",
    "a group of families",
    "the committee",
    "the representative",
];
const ACTS: &[&str] = &[
    "torture",
    "enforced disappearance",
    "arbitrary detention",
    "forced labour",
    "forced repatriation",
    "sexual violence",
    "summary executions",
    "abductions",
    "collective punishment",
    "human trafficking",
    "denial of food",
    "discrimination",
];
const PLACES: &[&str] = &[
    "in the border provinces",
    "in a holding centre",
    "in the capital",
    "near the coast",
    "in the mining district",
    "on the northern road",
    "in three counties",
    "in the prison camps",
];
const WORDS: &[&str] = &[
    "archive", "bridge", "calendar", "district", "engine", "ferry", "garden", "harvest", "island",
    "journal", "kitchen", "ledger", "market", "notebook", "orchard", "passage", "quarry", "river",
    "school", "timber", "umbrella", "valley", "winter", "yard", "ribbon", "copper", "lantern",
    "mirror", "needle", "pepper", "saddle", "tunnel", "velvet", "window", "barrel", "candle",
];

/// Page number `number`: a title, a date line and paragraphs, about `bytes` long.
#[must_use]
pub fn page(number: usize, bytes: usize) -> String {
    let mut numbers = Numbers::new(number as u64);
    let mut page = format!(
        "Report {number} on the {} of the {}\n{} March {}\n\n",
        numbers.pick(WORDS),
        numbers.pick(WORDS),
        1 + numbers.below(28),
        1995 + numbers.below(30),
    );
    while page.len() < bytes {
        for _ in 0..3 + numbers.below(3) {
            sentence(&mut page, &mut numbers);
        }
        page.push_str("\n\n");
    }
    page
}

fn sentence(page: &mut String, numbers: &mut Numbers) {
    let state = numbers.pick(STATES);
    let speaker = numbers.pick(SPEAKERS);
    let (act, other) = (numbers.pick(ACTS), numbers.pick(ACTS));
    let place = numbers.pick(PLACES);
    let count = 2 + numbers.below(900);
    let (one, two, three) = (
        numbers.pick(WORDS),
        numbers.pick(WORDS),
        numbers.pick(WORDS),
    );
    let written = match numbers.below(10) {
        0 => write!(
            page,
            "According to {speaker}, {count} people were subjected to {act} {place}. "
        ),
        1 => write!(
            page,
            "{} called on {state} to end {act} and to publish the {one}. ",
            capital(speaker)
        ),
        2 => write!(
            page,
            "“We saw the {one} and the {two} every day,” said {speaker}, “and nobody asked.” "
        ),
        3 => write!(
            page,
            "There were credible reports of {act} and {other} {place}. "
        ),
        4 => write!(
            page,
            "The {one} stood beside the {two}, and the {three} was closed. "
        ),
        5 => write!(
            page,
            "In {}, {speaker} visited {state} and asked for access to the {one}. ",
            1996 + numbers.below(28)
        ),
        6 => write!(
            page,
            "{count} of {} households kept a {one} of their own. ",
            count + numbers.below(500)
        ),
        7 => write!(
            page,
            "The {one} of the {two} did not change after the {three} was repaired. "
        ),
        8 => write!(
            page,
            "{} warned that returnees would be exposed to {act} or {other}. ",
            capital(speaker)
        ),
        _ => write!(
            page,
            "Letters about the {one} and the {two} went unanswered for {count} days. "
        ),
    };
    written.unwrap_or_default();
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
