//! A made-up archive as a body would hold after years of work: reports, statements and testimonies
//! about the same few thousand events, some of them copies, in four languages, and lists of
//! persons who stand in several of them. The same in every run; nothing in it is evidence of anything.

mod words;

use crate::numbers::Numbers;
use std::fmt::Write;
use words::{
    ACTS, CALLS, DEMANDS, FILLER, FRENCH, GIVEN, KOREAN, MONTHS, OUTLETS, PARTIES, PLACES, SPANISH,
    SPEAKERS, SURNAMES,
};

/// A file that is to be added.
pub struct File {
    /// Its name, with its ending.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Something that several reports are about.
struct Event {
    act: &'static str,
    place: &'static str,
    name: String,
    year: usize,
    month: &'static str,
    day: usize,
    number: usize,
}

impl Event {
    fn new(number: usize) -> Self {
        let mut numbers = Numbers::new(0xeeee_0000 + number as u64);
        Self {
            act: numbers.pick(ACTS),
            place: numbers.pick(PLACES),
            name: name(&mut numbers),
            year: 1994 + numbers.below(30),
            month: numbers.pick(MONTHS),
            day: 1 + numbers.below(28),
            number: 2 + numbers.below(400),
        }
    }
}

fn name(numbers: &mut Numbers) -> String {
    let surname = numbers.pick(SURNAMES);
    let (one, two) = (numbers.pick(GIVEN), numbers.pick(GIVEN));
    format!("{surname} {one}-{}", two.to_lowercase())
}

/// Report `number` of `all`, which is not 0.
#[must_use]
pub fn report(number: usize, all: usize) -> File {
    let mut numbers = Numbers::new(number as u64);
    // One in eight publishes again what another wrote before.
    let copied = number > 8 && numbers.chance(12);
    let told = if copied {
        numbers.below(number)
    } else {
        number
    };
    let mut body = Numbers::new(0x0b0d_0000 + told as u64);
    let kind = body.below(100);
    let paragraphs = paragraphs(&mut body, all);
    let head = Head::of(&mut numbers, number, &paragraphs);
    match kind {
        0..55 => page(&head, "en", &paragraphs),
        55..70 => plain(&head, &paragraphs),
        70..82 => testimony(&head, &paragraphs),
        82..90 => foreign(&mut body, &head, "ko", KOREAN),
        90..96 => foreign(&mut body, &head, "fr", FRENCH),
        _ => foreign(&mut body, &head, "es", SPANISH),
    }
}

/// What stands above a report.
struct Head {
    number: usize,
    title: String,
    outlet: &'static str,
    year: usize,
    month: usize,
    day: usize,
}

impl Head {
    fn of(numbers: &mut Numbers, number: usize, paragraphs: &[String]) -> Self {
        let first = paragraphs.first().map_or("", String::as_str);
        let subject: String = first.chars().take_while(|one| *one != ',').collect();
        Self {
            number,
            title: format!("{}: {subject}", capital(numbers.pick(FILLER))),
            outlet: numbers.pick(OUTLETS),
            year: 1996 + numbers.below(29),
            month: 1 + numbers.below(12),
            day: 1 + numbers.below(28),
        }
    }

    fn day(&self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn paragraphs(numbers: &mut Numbers, all: usize) -> Vec<String> {
    let events = all.div_ceil(2).max(1);
    let mut paragraphs = Vec::new();
    for _ in 0..3 + numbers.below(5) {
        let event = Event::new(numbers.below(events));
        let mut paragraph = happened(numbers, &event);
        for _ in 0..1 + numbers.below(3) {
            let filler = filler(numbers);
            paragraph.push_str(&filler);
        }
        if numbers.chance(60) {
            let asked = asked(numbers);
            paragraph.push_str(&asked);
        }
        paragraphs.push(paragraph.trim_end().to_owned());
    }
    paragraphs
}

/// What was said to have happened.
fn happened(numbers: &mut Numbers, event: &Event) -> String {
    let speaker = numbers.pick(SPEAKERS);
    let Event {
        act,
        place,
        name,
        year,
        month,
        day,
        number,
    } = event;
    let mut text = String::new();
    let written = match numbers.below(6) {
        0 => write!(
            text,
            "{name} was subjected to {act} in {place} in {month} {year}, {speaker} said. "
        ),
        1 => write!(
            text,
            "On {day} {month} {year}, agents of the Ministry of State Security arrested {name} in \
             {place}, according to {speaker}. "
        ),
        2 => write!(
            text,
            "According to {speaker}, {number} people were subjected to {act} in {place} in {year}. "
        ),
        3 => write!(
            text,
            "{} documented {act} in {place} between {month} {year} and the following spring. ",
            capital(speaker)
        ),
        4 => write!(
            text,
            "{name} has been missing since {month} {year}; the family in {place} was told nothing. "
        ),
        _ => write!(
            text,
            "{} warned in {month} {year} that those who are returned through {place} face {act}. ",
            capital(speaker)
        ),
    };
    debug_assert!(written.is_ok(), "a string takes any text");
    text
}

/// Who asked whom for what, and what was answered.
fn asked(numbers: &mut Numbers) -> String {
    let (speaker, party) = (numbers.pick(SPEAKERS), numbers.pick(PARTIES));
    let (call, demand) = (numbers.pick(CALLS), numbers.pick(DEMANDS));
    match numbers.below(8) {
        0 => format!("{party} rejected the report and denied that such violations exist. "),
        1 => format!("{party} pledged to {demand}. "),
        _ => format!("{} {call} {party} to {demand}. ", capital(speaker)),
    }
}

fn filler(numbers: &mut Numbers) -> String {
    let (one, two) = (numbers.pick(FILLER), numbers.pick(FILLER));
    let (three, count) = (numbers.pick(FILLER), 2 + numbers.below(300));
    match numbers.below(4) {
        0 => format!("The {one} stood beside the {two}, and the {three} was closed that year. "),
        1 => format!("Letters about the {one} went unanswered for {count} days. "),
        2 => format!("{count} households kept a {one} and a {two} of their own. "),
        _ => format!("Nobody spoke of the {one} while the {two} was repaired. "),
    }
}

/// A page as it lies on the web, with what stands around its text.
fn page(head: &Head, language: &str, paragraphs: &[String]) -> File {
    let (title, outlet, day) = (&head.title, head.outlet, head.day());
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} | \
         {outlet}</title>\n<meta property=\"og:site_name\" content=\"{outlet}\">\n<meta \
         property=\"og:title\" content=\"{title}\">\n<meta property=\"article:published_time\" \
         content=\"{day}\"></head>\n<body><nav><ul><li><a href=\"/\">Home</a></li><li><a \
         href=\"/world\">World</a></li></ul></nav>\n<main><article><h1>{title}</h1>\n"
    );
    for paragraph in paragraphs {
        text.push_str(&format!("<p>{paragraph}</p>\n"));
    }
    text.push_str("</article></main><footer>All rights reserved.</footer></body></html>\n");
    let name = format!("page-{:06}.html", head.number);
    File { name, text }
}

fn plain(head: &Head, paragraphs: &[String]) -> File {
    let text = format!(
        "{}\n{}\n{}\n\n{}\n",
        head.title,
        head.outlet,
        head.day(),
        paragraphs.join("\n\n")
    );
    let name = format!("statement-{:06}.txt", head.number);
    File { name, text }
}

fn testimony(head: &Head, paragraphs: &[String]) -> File {
    let mut text = format!(
        "---\ntitle: \"Interview {}\"\ndate: {}\npublisher: \"{}\"\nlanguage: en\ngenre: \
         testimony\n---\n\n",
        head.number,
        head.day(),
        head.outlet
    );
    for paragraph in paragraphs {
        text.push_str(&format!(
            "Interviewer: What happened then?\n\nWitness: {paragraph}\n\n"
        ));
    }
    let name = format!("interview-{:06}.md", head.number);
    File { name, text }
}

/// A page in another language, out of whole sentences of it.
fn foreign(numbers: &mut Numbers, head: &Head, language: &str, sentences: &[&str]) -> File {
    let paragraphs = (0..4 + numbers.below(4)).map(|_| {
        let sentences = (0..3).map(|_| {
            let year = (1996 + numbers.below(28)).to_string();
            let count = (3 + numbers.below(400)).to_string();
            let sentence = numbers.pick(sentences);
            sentence.replace("{year}", &year).replace("{count}", &count)
        });
        sentences.collect::<Vec<_>>().join(" ")
    });
    let paragraphs: Vec<String> = paragraphs.collect();
    let first = paragraphs.first().map_or("", String::as_str);
    let title = first.chars().take(48).collect();
    page(&Head { title, ..*head }, language, &paragraphs)
}

/// List `number` of persons, as CSV; a third of its rows are those of the list before it.
#[must_use]
pub fn list(number: usize, rows: usize) -> File {
    let mut text = "Name,Sex,Born,Place,Detained on,Held in\n".to_owned();
    for row in 0..rows {
        let shared = number > 0 && row % 3 == 0;
        let person = (if shared { number - 1 } else { number }) * rows + row;
        let mut numbers = Numbers::new(0x9e75_0000 + person as u64);
        let name = name(&mut numbers);
        let line = format!(
            "{},{},{},{},{}-{:02},{}\n",
            name,
            if numbers.chance(40) { "female" } else { "male" },
            1930 + numbers.below(70),
            numbers.pick(PLACES),
            1990 + numbers.below(33),
            1 + numbers.below(12),
            numbers.pick(&["Camp 14", "Camp 15", "Camp 16", "Camp 18", "Camp 25"]),
        );
        text.push_str(&line);
    }
    let name = format!("prisoners-{number}.csv");
    File { name, text }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
