//! What counts as an act of speech, of asking, promising and answering, and who performs it.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::RecordBody;

/// Act and speaker of each statement in one passage.
fn acts(text: &str) -> Vec<(String, String)> {
    let proposals = extract(&[text], None);
    let statements = proposals.iter().filter_map(|proposal| {
        let RecordBody::Statement(it) = &proposal.body else {
            return None;
        };
        let speaker = it.speaker.as_ref().map(|who| who.value.name.clone());
        Some((it.act.value.to_string(), speaker.unwrap_or_default()))
    });
    statements.collect()
}

fn assert_acts(text: &str, act: &str, speaker: &str) {
    let all = acts(text);
    assert!(
        all.contains(&(act.to_owned(), speaker.to_owned())),
        "{text:?} gives {all:?}"
    );
}

fn assert_silent(text: &str) {
    let all = acts(text);
    assert!(all.is_empty(), "{text:?} gives {all:?}");
}

/// Caller, addressees and demand of each call in one passage.
fn asked(text: &str) -> Vec<(String, Vec<String>, String)> {
    let proposals = extract(&[text], None);
    let calls = proposals.iter().filter_map(|proposal| {
        let RecordBody::Call(it) = &proposal.body else {
            return None;
        };
        let caller = it.caller.as_ref().map(|who| who.value.name.clone());
        let whom = it.addressees.iter().map(|who| who.value.name.clone());
        Some((
            caller.unwrap_or_default(),
            whom.collect(),
            it.demand.value.clone(),
        ))
    });
    calls.collect()
}

#[test]
fn findings_in_the_first_person_are_the_document_s_own() {
    let found = "I hereby find that the situation in Eritrea constitutes a threat to peace.";
    assert_acts(found, "concludes", "document");
    let determined = "I have determined that it is necessary to keep the measures in force.";
    assert_acts(determined, "concludes", "document");
    assert_silent("We find ways to work together.");
}

#[test]
fn announcements_orders_and_rebukes_are_acts() {
    let fund = "The Government of Canada announced a fund for survivors of the camps.";
    assert_acts(fund, "asserts", "Canada");
    let order = "We are directing all agencies to review their rules by the summer.";
    assert_acts(order, "calls-upon", "document");
    let rebuke = "The European Parliament publicly reprimanded the company for its silence.";
    assert_acts(rebuke, "condemns", "European Parliament");
    assert_silent("A meeting announced by the mayor was put off.");
}

#[test]
fn what_is_said_as_somebody_said_is_theirs() {
    let first = "As the Human Rights Council also noted, the detention was without any basis.";
    assert_acts(first, "asserts", "United Nations Human Rights Council");
    let going_on = "The Government of Canada continues to call for the release of the prisoners.";
    assert_acts(going_on, "calls-upon", "Canada");
    let issued = "Japan issued a statement reiterating its call for the return of the abductees.";
    assert_acts(issued, "calls-upon", "Japan");
}

#[test]
fn a_subject_is_found_over_asides_short_forms_and_participles() {
    let aside = "The European Union, in a statement of December 2021, regretted the sentence.";
    assert_acts(aside, "condemns", "European Union");
    let behind =
        "The Human Rights Council condemned, in its resolution, the abduction of fishermen.";
    assert_acts(behind, "condemns", "United Nations Human Rights Council");
    let relatives = "Relatives of the missing say they have heard nothing for years.";
    assert_acts(relatives, "asserts", "Relatives of the missing");
    let interviewed =
        "Former detainees interviewed by the mission reported that guards beat women.";
    assert_acts(interviewed, "asserts", "Former detainees");
}

#[test]
fn conditions_nouns_and_things_say_nothing() {
    assert_silent("After the minister finds that a company buys oil, the court shall be told.");
    assert_silent("They have a direct say in the matters that concern the village.");
    assert_silent("The drought threatens to disrupt the supply of food.");
    assert_silent("The ambassador continues to work hard to ensure that the victims receive help.");
}

#[test]
fn those_charged_with_finding_out_conclude() {
    let noted = "The court noted that the prisoner had not seen a lawyer for a year.";
    assert_acts(noted, "concludes", "court");
    let neighbour = "The neighbour noted that the prisoner had not seen a lawyer for a year.";
    assert_acts(neighbour, "asserts", "neighbour");
}

#[test]
fn those_in_power_deny_and_others_assert() {
    let spokesman = "A spokesman of the army said that there were no prisons of that kind.";
    let all = acts(spokesman);
    assert!(all.iter().any(|(act, _)| act == "denies"), "{all:?}");
    let record = "The ministry told the family that it had no record of the two men.";
    assert_acts(record, "denies", "ministry");
    let mother = "The mother said that she had no record of the two men.";
    assert_acts(mother, "asserts", "mother");
    let findings = "Japan dismissed the findings as lies on Monday.";
    assert_acts(findings, "denies", "Japan");
}

#[test]
fn what_somebody_said_they_would_do_is_promised() {
    let raise = "Japan said that it would raise the matter at the summit.";
    assert_acts(raise, "commits-to", "Japan");
    let proposals = extract(&[raise], None);
    let promised = proposals.iter().find_map(|proposal| match &proposal.body {
        RecordBody::Commitment(it) => Some((
            it.by.as_ref().unwrap().value.name.clone(),
            it.undertaking.value.clone(),
        )),
        _ => None,
    });
    let (by, what) = promised.unwrap();
    assert_eq!(by, "Japan");
    assert!(what.starts_with("raise the matter"), "{what}");
    let refused = "Japan said that it would not raise the matter at the summit.";
    let acts = acts(refused);
    assert!(acts.iter().all(|(act, _)| act != "commits-to"), "{acts:?}");
}

#[test]
fn what_must_be_done_to_somebody_is_a_call_on_nobody_or_on_whom_by_names() {
    let released = asked("Every person held unjustly must be released and brought home.");
    assert_eq!(released.len(), 1, "{released:?}");
    assert!(released[0].1.is_empty());
    assert!(released[0].2.starts_with("Every person held unjustly"));
    let all = asked("These killings should be condemned by the Human Rights Council.");
    assert_eq!(all[0].1, ["United Nations Human Rights Council"], "{all:?}");
    let stops = asked("The torture of prisoners must stop.");
    assert_eq!(stops.len(), 1, "{stops:?}");
    assert!(asked("It must be noted that the road is long.").is_empty());
}

#[test]
fn things_are_asked_for_nothing_and_needs_of_a_noun_are_no_duty() {
    assert!(asked("The fund directs resources to where they are most needed.").is_empty());
    assert!(asked("The shelter gives them everything they need to live.").is_empty());
    let ordered = asked("The judges ordered the army to stop the shelling.");
    assert_eq!(ordered[0].0, "judges", "{ordered:?}");
    assert_acts(
        "The judges ordered the army to stop the shelling.",
        "calls-upon",
        "judges",
    );
}

#[test]
fn answers_deny_put_off_or_say_something_else() {
    let answer = |text: &str| {
        let proposals = extract(&[text], None);
        proposals.iter().find_map(|proposal| match &proposal.body {
            RecordBody::Response(it) => Some(it.answer.value.to_string()),
            _ => None,
        })
    };
    let denied = "The Government of Egypt replied on 4 May that it had never held the man.";
    assert_eq!(answer(denied).as_deref(), Some("denied"));
    let later = "The Government of Egypt answered that it was looking into the case.";
    assert_eq!(answer(later).as_deref(), Some("token"));
    let other = "The Government of Egypt replied that the man was a guest of the city.";
    assert_eq!(answer(other).as_deref(), Some("other"));
    let rule = "Nobody may be sent back unless the Government of Egypt consents to the transfer.";
    assert_eq!(answer(rule), None);
}

#[test]
fn a_document_in_another_language_speaks_for_itself() {
    let callers = |language: &str, text: &str| {
        let mut reading = common::paragraphs(&[text]);
        reading.language = Some(model::Found {
            value: language.to_owned(),
            basis: "given".to_owned(),
            span: None,
        });
        let proposals = common::shipped().extract(&reading, &Default::default());
        let calls = proposals
            .iter()
            .filter_map(|proposal| match &proposal.body {
                RecordBody::Call(it) => Some(it.caller.as_ref().map(|who| who.value.name.clone())),
                _ => None,
            });
        calls.map(Option::unwrap_or_default).collect::<Vec<_>>()
    };
    let own = [
        (
            "es",
            "Instamos a China a respetar el principio de no devolución de las personas.",
        ),
        (
            "fr",
            "Nous demandons à la Chine de respecter la Convention sur les réfugiés.",
        ),
        (
            "ko",
            "우리는 북한에 억류된 선교사들을 조건 없이 석방할 것을 촉구한다.",
        ),
    ];
    for (language, text) in own {
        assert_eq!(callers(language, text), ["document"], "{text}");
    }
    let other =
        "El Consejo de Derechos Humanos instó a China a respetar el principio de no devolución.";
    let callers = callers("es", other);
    assert!(
        !callers.is_empty() && !callers.contains(&"document".to_owned()),
        "{callers:?}"
    );
}

#[test]
fn a_text_without_an_end_is_cut_without_harm() {
    for words in [
        "고문당했다고 말했다",
        "규탄한다촉구한다",
        "拉致を非難する",
        "condenamos y exigimos ",
    ] {
        for language in ["ko", "ja", "es", "fr"] {
            let text = words.repeat(1_500);
            let mut reading = common::paragraphs(&[&text]);
            reading.language = Some(model::Found {
                value: language.to_owned(),
                basis: "given".to_owned(),
                span: None,
            });
            let proposals = common::shipped().extract(&reading, &Default::default());
            common::check(&reading, &proposals);
        }
    }
}

#[test]
fn denials_come_in_many_words() {
    for text in [
        "The interior minister told reporters that torture has never happened in the prisons.",
        "The army said the images were not true.",
        "The ministry said the detainees had not been ill-treated.",
        "The embassy said that the forced labour was a lie.",
        "North Korea claims it has no prison camps.",
        "The junta described the accounts of survivors as fiction.",
        "The allegations, the embassy said, are baseless.",
        "Asmara said that the charge is without foundation.",
        "The police say they don't have him.",
        "Far from being tortured, the prisoners were well fed, the governor claimed.",
        "The rebels deny recruiting children.",
        "The officer denied in court having struck the boy.",
        "The accused denied the charges.",
        "The judiciary took issue with the findings.",
        "The foreign ministry called reports of torture “groundless insinuations”.",
    ] {
        let all = acts(text);
        let one = all.len() == 1 && all[0].0 == "denies";
        assert!(one, "{text:?} gives {all:?}");
    }
}

#[test]
fn what_is_not_denied_is_no_denial() {
    for text in [
        "The Committee observes that the State party has not refuted the allegations.",
        "The judge said the confession had not been coerced.",
        "The officer said no foreign seed would be born here.",
        "The mother said that the police had not beaten him.",
        "The guards denied him water.",
    ] {
        let all = acts(text);
        assert!(
            all.iter().all(|(act, _)| act != "denies"),
            "{text:?} gives {all:?}"
        );
    }
}

#[test]
fn what_a_state_says_is_not_so_answers_the_charge() {
    let denied = |text: &str| {
        let proposals = extract(&[text], None);
        let answers = proposals.iter().filter(|proposal| match &proposal.body {
            RecordBody::Response(it) => it.answer.value.to_string() == "denied",
            _ => false,
        });
        answers.count()
    };
    assert_eq!(denied("Eritrea said that there are no such camps."), 1);
    assert_eq!(
        denied("The Government of Eritrea denied the allegations."),
        1
    );
    assert_eq!(
        denied("The Government of Eritrea has not denied the allegations."),
        0
    );
    assert_eq!(denied("The man said that he had never been there."), 0);
}

#[test]
fn ordered_abuse_is_no_call_and_a_renewed_appeal_is_one() {
    assert!(asked("The accused had ordered the deportation of the villagers.").is_empty());
    assert!(asked("The colonel ordered his men to torture the prisoners.").is_empty());
    let released = asked("The judge ordered the police to release the prisoners.");
    assert_eq!(released.len(), 1, "{released:?}");
    let renewed = asked("The rapporteurs reiterated their call on Israel to lift the siege.");
    assert_eq!(renewed[0].1, ["Israel"]);
    let going_on = asked("The commission is calling on Nigeria to reveal where the men are.");
    assert_eq!(going_on.len(), 1, "{going_on:?}");
}
