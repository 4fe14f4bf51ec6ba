//! Who speaks, where other nouns stand between them and the verb, and where they are no person.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::RecordBody;

/// Speaker, act and words of each statement in one passage.
fn said(text: &str) -> Vec<(String, String, String)> {
    let proposals = extract(&[text], None);
    let statements = proposals.iter().filter_map(|proposal| {
        let RecordBody::Statement(it) = &proposal.body else {
            return None;
        };
        let speaker = it.speaker.as_ref().map(|who| who.value.name.clone());
        Some((
            speaker.unwrap_or_default(),
            it.act.value.to_string(),
            proposal.quotes[0].quote.clone(),
        ))
    });
    statements.collect()
}

/// Asserts that one statement is made, and by whom.
fn assert_by(text: &str, speaker: &str) {
    let all = said(text);
    let one = all.len() == 1 && all[0].0 == speaker;
    assert!(one, "{text:?} gives {all:?}");
}

fn assert_nobody(text: &str) {
    let all = said(text);
    assert!(all.is_empty(), "{text:?} gives {all:?}");
}

#[test]
fn the_noun_before_a_place_or_a_participle_speaks() {
    assert_by(
        "Nurses at the clinic said that nine men had been shot.",
        "Nurses",
    );
    assert_by(
        "A prisoner freed last winter told us that the cells are flooded.",
        "prisoner",
    );
    assert_by(
        "Refugees interviewed for the study stated that their papers were burned.",
        "Refugees",
    );
    assert_by(
        "A spokesman for the ministry said the men had been freed.",
        "spokesman",
    );
    assert_by(
        "A woman held at the camp for a year told the judges that guards beat her.",
        "woman",
    );
    assert_by(
        "Survivors of the raid at the church told the panel that men in uniform came.",
        "Survivors of the raid",
    );
    assert_by(
        "Those who came back reported that they had been questioned for weeks.",
        "Those who came back",
    );
    assert_by(
        "Guards at the prison told the delegation that nobody is put in irons.",
        "Guards",
    );
}

#[test]
fn what_stands_between_may_be_a_verb_of_its_own() {
    // The court is no subject of what the journalists said.
    let all = said("The ability of governments to act must grow, the expert said.");
    assert!(all.iter().all(|(who, ..)| who == "expert"), "{all:?}");
    let urged = "The government in Oslo wants to free her, and her friends said that she is ill.";
    let all = said(urged);
    assert!(all.iter().any(|(who, ..)| who == "her friends"), "{all:?}");
}

#[test]
fn asides_between_commas_leave_the_speaker() {
    assert_by(
        "A former guard, now living in Seoul, testified that men died of hunger.",
        "former guard",
    );
    assert_by(
        "Witnesses, including two priests, said that the soldiers fired.",
        "Witnesses",
    );
    assert_by("Her family says that she was never told why.", "Her family");
    assert_by("The bridge was closed, a doctor there said.", "doctor");
}

#[test]
fn views_and_words_belong_to_whose_they_are() {
    assert_by(
        "In the Court's view, the men had been held in conditions that amounted to torture.",
        "Court",
    );
    assert_by(
        "According to Iran Human Rights, a group based in Oslo, at least 70 children were killed.",
        "Iran Human Rights",
    );
    assert_nobody("The women had been held in a barn that leaked.");
}

#[test]
fn clients_brothers_and_reports_inform() {
    assert_by(
        "My client instructs me that he was beaten by the police.",
        "My client",
    );
    assert_by(
        "I am informed by her brother that she has been detained in the north.",
        "her brother",
    );
    assert_by(
        "Reports by local monitors indicate that 32 journalists have been arrested.",
        "local monitors",
    );
    assert_by(
        "As the Special Rapporteur noted in her last report, women who are returned are beaten.",
        "Special Rapporteur",
    );
    assert_by(
        "Satellite images analysed by scholars at Yale show that villages were burned.",
        "Satellite images",
    );
    assert_by(
        "Of 183 loggers interviewed, 150 said that their passports had been taken.",
        "150",
    );
}

#[test]
fn what_is_told_begins_behind_whom_it_is_told_to() {
    let words = |text: &str| said(text)[0].2.clone();
    let told = words("Her daughter told the BBC she had not slept since March.");
    assert_eq!(told, "she had not slept since March");
    let condemned = "The EU condemned in the strongest terms the execution of two men.";
    assert_by(condemned, "European Union");
    let changed = "The two women, whose names have been changed, described being chained to beds.";
    assert_by(changed, "two women");
}

#[test]
fn one_act_of_speech_is_one_statement() {
    assert_by(
        "The witness recounted how soldiers shot her husband at the roadblock.",
        "witness",
    );
    assert_by(
        "Human Rights Watch said on Thursday it had confirmed the killing of 29 people.",
        "Human Rights Watch",
    );
    let both = said("The High Commissioner said he was appalled by the killings in the town.");
    assert!(both.iter().any(|(_, act, _)| act == "condemns"), "{both:?}");
}

#[test]
fn whoever_documents_or_admits_it_says_so() {
    assert_by(
        "Amnesty International has documented the torture of three students.",
        "Amnesty International",
    );
    assert_nobody("Amnesty International recorded a song for the day of the child.");
    assert_by(
        "The armed group claimed responsibility for the attack.",
        "armed group",
    );
    assert_by(
        "The police insist the student fell from the roof.",
        "police",
    );
}

#[test]
fn a_participle_that_opens_a_sentence_is_of_its_subject() {
    let text = "Recalling that slavery is a crime, the experts urged Laos to search for him.";
    let all = said(text);
    let recalled = all.iter().find(|(_, act, _)| act == "recalls").unwrap();
    assert_eq!(recalled.0, "experts");
    assert_eq!(recalled.2, "slavery is a crime");
    let text = "China's envoy hit back, saying that the report was a plot.";
    assert_by(text, "China's envoy");
}

#[test]
fn letters_do_what_they_are_written_for() {
    let text = "I write on behalf of the family of Mr. Sow to express concern at his detention.";
    let all = said(text);
    let own = all
        .iter()
        .any(|(who, act, _)| who == "document" && act == "condemns");
    assert!(own, "{all:?}");
    assert_nobody("She came to the capital to express concern at his detention.");
}

#[test]
fn labels_and_signatures_may_be_of_somebody_unnamed() {
    assert_by(
        "One survivor: “They burned us with iron rods.”",
        "One survivor",
    );
    assert_by(
        "“They broke my fingers one by one” – former inmate of Tadmor prison",
        "former inmate of Tadmor prison",
    );
}

#[test]
fn whom_they_told_is_not_what_they_told() {
    for (text, who) in [
        (
            "Four students were killed, residents told the agency.",
            "residents",
        ),
        (
            "Four students were killed, a witness told Reuters.",
            "witness",
        ),
        (
            "Four students were killed, his lawyer told the court.",
            "his lawyer",
        ),
    ] {
        assert_by(text, who);
        assert_eq!(said(text)[0].2, "Four students were killed", "{text}");
    }
}
