//! Who and what is named, when things took place, how many there were.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Event, Figure, Person, Proposal, RecordBody};

fn names(proposals: &[Proposal], kind: &str) -> Vec<String> {
    proposals
        .iter()
        .filter(|proposal| proposal.body.kind().name() == kind)
        .map(|proposal| match &proposal.body {
            RecordBody::Person(entity) => entity.names[0].value.form.clone(),
            RecordBody::Organisation(entity) => entity.names[0].value.form.clone(),
            RecordBody::State(entity) => entity.names[0].value.form.clone(),
            RecordBody::Place(entity) => entity.names[0].value.form.clone(),
            RecordBody::Instrument(entity) => entity.names[0].value.form.clone(),
            _ => String::new(),
        })
        .collect()
}

fn person(proposals: &[Proposal]) -> &Person {
    proposals
        .iter()
        .find_map(|proposal| match &proposal.body {
            RecordBody::Person(person) => Some(person),
            _ => None,
        })
        .unwrap()
}

fn events(proposals: &[Proposal]) -> Vec<&Event> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Event(event) => Some(event),
            _ => None,
        })
        .collect()
}

fn figures(proposals: &[Proposal]) -> Vec<&Figure> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Figure(figure) => Some(figure),
            _ => None,
        })
        .collect()
}

#[test]
fn an_entity_is_proposed_once_with_every_mention() {
    let found = extract(
        &[
            "The DPRK closed its borders. North Korea reopened them, and the North Korean press said so.",
            "The Democratic People’s Republic of Korea is silent.",
        ],
        None,
    );
    assert_eq!(names(&found, "state"), ["North Korea"]);
    let state = found
        .iter()
        .find_map(|proposal| match &proposal.body {
            RecordBody::State(state) => Some((proposal, state)),
            _ => None,
        })
        .unwrap();
    assert_eq!(state.1.iso.as_deref(), Some("KP"));
    // The adjective is no mention.
    assert_eq!(state.0.quotes.len(), 3);
}

#[test]
fn a_seat_of_government_is_a_place_or_the_state() {
    let found = extract(
        &["During a visit to Seoul he learned that Pyongyang had rejected the offer."],
        None,
    );
    assert_eq!(names(&found, "place"), ["Seoul"]);
    assert_eq!(names(&found, "state"), ["North Korea"]);
}

#[test]
fn short_forms_need_the_full_name() {
    let found = extract(
        &[
            "The Security Council met in August 2023. Members of the Council spoke. The Human Rights Council sat in Geneva, where the Council adopted a text.",
        ],
        None,
    );
    let quotes: Vec<_> = found
        .iter()
        .filter(|proposal| proposal.body.kind().name() == "organisation")
        .map(|proposal| proposal.quotes.len())
        .collect();
    assert_eq!(quotes, [2, 2]);
    assert!(names(&extract(&["The Council met."], None), "organisation").is_empty());
}

#[test]
fn persons_with_their_roles() {
    for (sentence, name, role) in [
        (
            "“Yes,” said Special Envoy for North Korean Human Rights Issues Robert King.",
            "Robert King",
            "Special Envoy for North Korean Human Rights Issues",
        ),
        (
            "Tomás Ojea Quintana, the Special Rapporteur on human rights in DPRK, spoke.",
            "Tomás Ojea Quintana",
            "Special Rapporteur on human rights in DPRK",
        ),
        (
            "The offer came from President Moon Jae-in in July.",
            "Moon Jae-in",
            "President",
        ),
        (
            "A drawing by survivor Kim Hye Sook was shown.",
            "Kim Hye Sook",
            "survivor",
        ),
        (
            "Foreign Minister Maria Berger met the families.",
            "Maria Berger",
            "Foreign Minister",
        ),
        (
            "They honoured activist Jana Novakova in June.",
            "Jana Novakova",
            "activist",
        ),
    ] {
        let found = extract(&[sentence], None);
        let person = person(&found);
        assert_eq!(person.names[0].value.form, name, "{sentence}");
        assert_eq!(person.roles[0].value.title, role, "{sentence}");
    }
}

#[test]
fn surnames_are_resolved() {
    let found = extract(
        &[
            "Ms. Maria Berger spoke first. Later Berger said that the camp was closed. Mr. Ojea Quintana and Tomás Ojea Quintana are one.",
        ],
        None,
    );
    let mut persons = names(&found, "person");
    persons.sort();
    assert_eq!(persons, ["Maria Berger", "Tomás Ojea Quintana"]);
    let berger = person(&found);
    assert_eq!(berger.sex.as_ref().unwrap().value, "female");
    assert_eq!(
        berger
            .names
            .iter()
            .map(|name| name.quotes.len())
            .sum::<usize>(),
        2
    );
}

#[test]
fn capitals_alone_are_no_person() {
    let found = extract(
        &[
            "Human Rights Day was marked. The General Provisions apply. Green Valley is near Hidden Lake. National Security is discussed.",
        ],
        None,
    );
    assert!(names(&found, "person").is_empty(), "{found:?}");
}

#[test]
fn bodies_and_instruments_without_a_gazetteer() {
    let found = extract(
        &[
            "The Ministry of Food Administration cited the Foreign Assistance Act of 1961, A/HRC/25/63, Executive Order 13466 and resolution 22/13.",
        ],
        None,
    );
    assert_eq!(
        names(&found, "organisation"),
        ["Ministry of Food Administration"]
    );
    assert_eq!(
        names(&found, "instrument"),
        [
            "Foreign Assistance Act of 1961",
            "A/HRC/25/63",
            "Executive Order 13466",
            "resolution 22/13"
        ]
    );
}

#[test]
fn relative_dates_are_resolved_with_the_reason() {
    for (sentence, date) in [
        (
            "Eleven years ago, the United Nations established a Commission of Inquiry.",
            "2013",
        ),
        (
            "In August of this year, the Security Council held an open briefing.",
            "2024-08",
        ),
        ("Last month, the Commission issued a report.", "2024-09"),
        (
            "On 27 July, the Security Council held an open briefing.",
            "2024-07-27",
        ),
        (
            "From 17 to 21 July, the Special Rapporteur met with Maria Berger.",
            "2024-07-17/2024-07-21",
        ),
        ("Yesterday, the Commission issued a report.", "2024-10-17"),
        ("On Monday, the Commission issued a report.", "2024-10-14"),
        (
            "In March of 2013, the Human Rights Council created a Commission of Inquiry.",
            "2013-03",
        ),
        (
            "On October 18, 2013, Japan issued a joint statement.",
            "2013-10-18",
        ),
    ] {
        let found = extract(&[sentence], Some("2024-10-18"));
        let events = events(&found);
        let event = events
            .first()
            .unwrap_or_else(|| panic!("no event in {sentence}"));
        let resolved = &event
            .date
            .as_ref()
            .unwrap_or_else(|| panic!("no date in {sentence}"))
            .value;
        assert_eq!(resolved.date.to_string(), date, "{sentence}");
        if resolved.basis != "as written" {
            assert!(resolved.basis.contains("2024-10-18"), "{}", resolved.basis);
        }
    }
}

#[test]
fn one_year_later_counts_from_the_date_before() {
    let found = extract(
        &[
            "In 2013 the Council created a Commission of Inquiry. One year later, the Commission issued a report.",
        ],
        None,
    );
    let dates: Vec<_> = events(&found)
        .iter()
        .map(|event| event.date.as_ref().unwrap().value.date.to_string())
        .collect();
    assert_eq!(dates, ["2013", "2014"]);
}

#[test]
fn without_a_publication_date_the_latest_date_counts_and_is_uncertain() {
    let found = extract(
        &[
            "Eleven years ago, the United Nations established a Commission of Inquiry. On October 18, 2024, Japan issued a joint statement.",
        ],
        None,
    );
    let dates: Vec<_> = events(&found)
        .iter()
        .map(|event| event.date.as_ref().unwrap().value.clone())
        .collect();
    assert_eq!(dates[0].date.to_string(), "2013?");
    assert!(dates[0].basis.contains("the latest date in the document"));
    assert_eq!(dates[1].date.to_string(), "2024-10-18");
}

#[test]
fn a_date_that_cannot_be_resolved_is_none() {
    let found = extract(
        &["Eleven years ago, the United Nations established a Commission of Inquiry."],
        None,
    );
    assert!(
        events(&found).iter().all(|event| event.date.is_none()),
        "{found:?}"
    );
}

#[test]
fn figures_in_digits_and_words() {
    for (sentence, least, most, unit) in [
        (
            "Fifty-two Member States joined.",
            52_000,
            Some(52_000),
            "member state",
        ),
        (
            "More than 30,000 people have fled.",
            30_000_000,
            None,
            "person",
        ),
        (
            "Between 80,000 and 120,000 prisoners are held.",
            80_000_000,
            Some(120_000_000),
            "prisoner",
        ),
        (
            "About 42 percent of children are hungry.",
            42_000,
            Some(42_000),
            "percent",
        ),
        (
            "Nearly one in ten women was absent.",
            10_000,
            Some(10_000),
            "percent",
        ),
        ("A dozen families met.", 12_000, Some(12_000), "family"),
        ("Hundreds of escapees waited.", 100_000, None, "escapee"),
        (
            "It cost $2.5 million to build.",
            2_500_000_000,
            Some(2_500_000_000),
            "dollar",
        ),
        ("35 of 49 countries voted.", 35_000, Some(35_000), "country"),
        (
            "88 of the 294 recommendations were rejected.",
            88_000,
            Some(88_000),
            "recommendation",
        ),
        (
            "The court heard 80 civil parties.",
            80_000,
            Some(80_000),
            "party",
        ),
        (
            "Some 350,000 displaced people live there.",
            350_000_000,
            Some(350_000_000),
            "person",
        ),
        (
            "They stripped 94 others of it.",
            94_000,
            Some(94_000),
            "person",
        ),
        ("Nine of us were caught.", 9_000, Some(9_000), "person"),
    ] {
        let found = extract(&[sentence], None);
        let all = figures(&found);
        let figure = all
            .first()
            .unwrap_or_else(|| panic!("no figure in {sentence}"));
        assert_eq!(figure.least.value, least, "{sentence}");
        assert_eq!(
            figure.most.as_ref().map(|most| most.value),
            most,
            "{sentence}"
        );
        assert_eq!(figure.unit.value, unit, "{sentence}");
    }
}

#[test]
fn figures_by_what_stands_around_the_number() {
    for (sentence, least, most, unit) in [
        (
            "They will give as much as $224 million.",
            0,
            Some(224_000_000_000),
            "dollar",
        ),
        (
            "The fund gave $5M for clinics.",
            5_000_000_000,
            Some(5_000_000_000),
            "dollar",
        ),
        (
            "The line took nearly 8,000 calls, chats and texts.",
            8_000_000,
            Some(8_000_000),
            "call",
        ),
        ("She made 10 or more awards.", 10_000, None, "award"),
        (
            "It trained 3.4 million military and civilian personnel.",
            3_400_000_000,
            Some(3_400_000_000),
            "person",
        ),
        (
            "Over 5,000 public, private, and academic institutions joined.",
            5_000_000,
            None,
            "institution",
        ),
        (
            "They named two senior human rights officials.",
            2_000,
            Some(2_000),
            "official",
        ),
        (
            "A 25-person team went there.",
            25_000,
            Some(25_000),
            "person",
        ),
        (
            "Teams went to several dozen countries.",
            24_000,
            None,
            "country",
        ),
        (
            "The plan runs over three years.",
            3_000,
            Some(3_000),
            "year",
        ),
        (
            "Six of those Americans are home.",
            6_000,
            Some(6_000),
            "american",
        ),
    ] {
        let found = extract(&[sentence], None);
        let all = figures(&found);
        let figure = all
            .first()
            .unwrap_or_else(|| panic!("no figure in {sentence}"));
        assert_eq!(figure.least.value, least, "{sentence}");
        assert_eq!(
            figure.most.as_ref().map(|most| most.value),
            most,
            "{sentence}"
        );
        assert_eq!(figure.unit.value, unit, "{sentence}");
    }
}

#[test]
fn labels_and_dates_are_no_figures() {
    for sentence in [
        "The historic 2000 United Nations resolution on women is known.",
        "Executive Order 13466 was signed on June 26, 2008.",
        "See section 202(d) and page 14.",
        "At 8:12 A.M. he began.",
        "Resolution 22/13 was adopted in 2013.",
        "She drew Camp 18 during COVID-19.",
        "One of them spoke.",
    ] {
        let found = extract(&[sentence], None);
        assert!(figures(&found).is_empty(), "{sentence}: {found:?}");
    }
}

#[test]
fn korean_is_read_by_its_pack() {
    let mut reading =
        common::paragraphs(&["북한은 고문을 부인했다. 대한민국 정부는 우려를 표했다."]);
    if let Some(language) = &mut reading.language {
        language.value = "ko".to_owned();
    }
    let found = common::shipped().extract(&reading, &onrecord_extract::Context::default());
    common::check(&reading, &found);
    let mut states = names(&found, "state");
    states.sort();
    assert_eq!(states, ["North Korea", "South Korea"]);
    let denied = found.iter().any(|proposal| match &proposal.body {
        model::RecordBody::Allegation(it) => it.modality.value == model::Modality::Denied,
        _ => false,
    });
    assert!(denied, "{found:?}");
}

#[test]
fn a_place_by_the_preposition_before_it() {
    let places = |text: &str| -> Vec<String> {
        extract(&[text], None)
            .iter()
            .filter_map(|proposal| match &proposal.body {
                RecordBody::Place(place) => Some(place.names[0].value.form.clone()),
                _ => None,
            })
            .collect()
    };
    assert_eq!(
        places("The fighting in Walungu went on near Bukama."),
        ["Walungu", "Bukama"]
    );
    for none in [
        "The debate in Parliament went on in English.",
        "She was born in January and raised in Islam.",
        "Fighting In Walungu Goes On",
        "He believes in Marxism-Leninism.",
    ] {
        let found = places(none);
        assert!(found.is_empty(), "{none}: {found:?}");
    }
}
