//! Who asks whom for what, who undertakes what, and what was answered.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Band, Call, Proposal, RecordBody};

fn calls(proposals: &[Proposal]) -> Vec<(&Proposal, &Call)> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Call(call) => Some((proposal, call)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_joint_statement_speaks_for_those_in_its_title() {
    use model::PassageKind::{Paragraph, Title};
    let reading = common::reading(&[
        (
            Title,
            "Joint Statement by Albania, Japan, and the United States on Human Rights in the DPRK",
        ),
        (
            Paragraph,
            "We call on all Member States to respect the principle of non-refoulement.",
        ),
    ]);
    let found = common::shipped().extract(&reading, &onrecord_extract::Context::default());
    common::check(&reading, &found);
    let (proposal, call) = calls(&found)[0];
    assert_eq!(
        call.caller.as_ref().unwrap().value.name,
        "Albania, Japan, and the United States"
    );
    assert_eq!(call.addressees[0].value.name, "all Member States");
    assert_eq!(
        call.demand.value,
        "respect the principle of non-refoulement"
    );
    assert_eq!(proposal.band, Band::Inferred);
}

#[test]
fn where_nobody_is_known_the_document_calls() {
    let found = extract(&["We call on China to halt the policy."], None);
    let (_, call) = calls(&found)[0];
    let caller = call.caller.as_ref().unwrap();
    assert_eq!(caller.value.key.as_deref(), Some("document"));
    assert_eq!(call.addressees[0].value.key.as_deref(), Some("state:CN"));
}

#[test]
fn calls_in_their_forms() {
    for (sentence, caller, addressee, demand) in [
        (
            "The European Union urged North Korea to release the detainees.",
            Some("European Union"),
            Some("North Korea"),
            "release the detainees",
        ),
        (
            "The Human Rights Council demanded accountability for the crimes.",
            Some("United Nations Human Rights Council"),
            None,
            "accountability for the crimes",
        ),
        (
            "North Korea must grant access to the Special Rapporteur, Lisa Carty said.",
            None,
            Some("North Korea"),
            "grant access to the Special Rapporteur",
        ),
        (
            "Pyongyang rejected a call by Seoul to resume family reunions.",
            Some("South Korea"),
            Some("North Korea"),
            "resume family reunions",
        ),
        (
            "It is incumbent on the international community to act now.",
            None,
            Some("international community"),
            "act now",
        ),
        (
            "The General Assembly recommended that the Security Council refer the situation to the Court.",
            Some("United Nations General Assembly"),
            Some("United Nations Security Council"),
            "the Security Council refer the situation to the Court",
        ),
    ] {
        let found = extract(&[sentence], None);
        let all = calls(&found);
        assert!(!all.is_empty(), "{sentence}: {found:?}");
        let (_, call) = all[0];
        if caller.is_some() {
            assert_eq!(
                call.caller.as_ref().map(|c| c.value.name.as_str()),
                caller,
                "{sentence}"
            );
        }
        assert_eq!(
            call.addressees.first().map(|a| a.value.name.as_str()),
            addressee,
            "{sentence}"
        );
        assert_eq!(call.demand.value, demand, "{sentence}");
    }
}

#[test]
fn what_is_no_call() {
    for sentence in [
        "The demand for rice rose in the North.",
        "The emergency must continue in effect.",
        "He called on his neighbour in the evening.",
        "The Secretary of State shall report to the Congress.",
    ] {
        let found = extract(&[sentence], None);
        assert!(calls(&found).is_empty(), "{sentence}: {found:?}");
    }
}

#[test]
fn commitments_and_responses() {
    let found = extract(
        &[
            "We intend to increase access to information. His requests for access to North Korea have not been granted.",
        ],
        None,
    );
    let commitment = found.iter().find_map(|p| match &p.body {
        RecordBody::Commitment(commitment) => Some(commitment),
        _ => None,
    });
    assert_eq!(
        commitment.unwrap().undertaking.value,
        "increase access to information"
    );
    let response = found.iter().find_map(|p| match &p.body {
        RecordBody::Response(response) => Some(response),
        _ => None,
    });
    let response = response.unwrap();
    assert_eq!(response.by.value.key.as_deref(), Some("state:KP"));
    assert_eq!(response.answer.value.as_str(), "obstructed");
}

/// Callers, addressees and demands of all calls.
fn asked(passages: &[&str]) -> Vec<(String, String, String)> {
    let found = extract(passages, None);
    calls(&found)
        .into_iter()
        .map(|(_, call)| {
            let caller = call.caller.as_ref().map(|it| it.value.name.clone());
            let names: Vec<_> = call
                .addressees
                .iter()
                .map(|it| it.value.name.as_str())
                .collect();
            (
                caller.unwrap_or_default(),
                names.join(", "),
                call.demand.value.clone(),
            )
        })
        .collect()
}

#[test]
fn each_demand_under_one_verb_is_a_call() {
    let all = asked(&[
        "The United States urges Eritrea to release the ministers, to end indefinite conscription and to admit the Special Rapporteur.",
    ]);
    let demands: Vec<&str> = all.iter().map(|(_, _, demand)| demand.as_str()).collect();
    assert_eq!(
        demands,
        [
            "release the ministers",
            "end indefinite conscription",
            "admit the Special Rapporteur"
        ]
    );
    assert!(
        all.iter()
            .all(|(caller, asked, _)| caller == "United States" && asked == "Eritrea")
    );
    let both = asked(&[
        "The United States urges Eritrea not to recruit children, to open the camps at once and to admit visitors.",
    ]);
    let demands: Vec<&str> = both.iter().map(|(_, _, demand)| demand.as_str()).collect();
    assert_eq!(
        demands,
        [
            "not to recruit children",
            "open the camps at once",
            "admit visitors"
        ]
    );
    let one = asked(&[
        "The United States urges Eritrea to respect the right to food and to work of all.",
    ]);
    assert_eq!(one.len(), 1, "{one:?}");
}

#[test]
fn duties_without_a_performative_verb() {
    for (text, who, what) in [
        (
            "Japan, which raised the matter in private, has to do so in public.",
            "Japan",
            "do so in public",
        ),
        (
            "It is for the Human Rights Council, which met last week, to see that the mission can begin.",
            "United Nations Human Rights Council",
            "see that the mission can begin",
        ),
        (
            "Broadcasters should keep their short-wave hours.",
            "Broadcasters",
            "keep their short-wave hours",
        ),
        (
            "Neighbouring States must not send people back.",
            "Neighbouring States",
            "not send people back",
        ),
        (
            "All States are requested to cooperate with the Commission.",
            "States",
            "cooperate with the Commission",
        ),
    ] {
        let all = asked(&[text]);
        let [(caller, addressees, demand)] = all.as_slice() else {
            panic!("{text}: {all:?}");
        };
        assert_eq!(
            (caller.as_str(), addressees.as_str(), demand.as_str()),
            ("document", who, what),
            "{text}"
        );
    }
    for none in [
        "It must be noted that the camp is old.",
        "The elections should be free.",
    ] {
        let all = asked(&[none]);
        assert!(all.is_empty(), "{none}: {all:?}");
    }
}

#[test]
fn a_list_below_a_call_is_a_list_of_calls() {
    let all = asked(&[
        "The Commission of Inquiry recommends that the Government of Eritrea:",
        "(a) Release all prisoners of conscience;",
        "(b) Immediately halt the use of conscripts in mines.",
        "The market was quiet that day.",
    ]);
    let listed = all
        .iter()
        .map(|(_, asked, demand)| (asked.as_str(), demand.as_str()));
    assert_eq!(
        listed.collect::<Vec<_>>(),
        [
            ("Eritrea", "Release all prisoners of conscience"),
            ("Eritrea", "halt the use of conscripts in mines"),
        ]
    );
}

#[test]
fn them_are_those_called_on_before() {
    let all = asked(&[
        "We invite all States to issue papers to exiles. We encourage them to offer scholarships.",
    ]);
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[1].1, "all States");
}

#[test]
fn let_opens_a_demand_on_whoever_stands_behind_it() {
    for (sentence, addressee, demand) in [
        (
            "We ask little of him: let the government halt the expulsions.",
            Some("government"),
            "halt the expulsions",
        ),
        (
            "Let Saudi Arabia abolish the rule that ties a worker to one employer.",
            Some("Saudi Arabia"),
            "abolish the rule",
        ),
        (
            "If Zahid is guilty, let them bring him before a judge.",
            None,
            "bring him before a judge",
        ),
    ] {
        let found = extract(&[sentence], None);
        let found = calls(&found);
        let (proposal, call) = found.iter().find(|(it, _)| it.rule == "call.let").unwrap();
        let named = call.addressees.first().map(|it| it.value.name.as_str());
        assert_eq!(named, addressee, "{sentence}");
        assert!(call.demand.value.starts_with(demand), "{proposal:?}");
    }
    for sentence in [
        "Let us remember the dead of that day.",
        "The guards let the prisoners go in the morning.",
    ] {
        let found = extract(&[sentence], None);
        let any = calls(&found).iter().any(|(it, _)| it.rule == "call.let");
        assert!(!any, "{sentence}");
    }
}

#[test]
fn each_clause_of_a_demand_is_one_with_its_own_addressee() {
    let sentence =
        "The families demand that the army publish the lists and that the police release the men.";
    let found = extract(&[sentence], None);
    let asked: Vec<_> = calls(&found)
        .iter()
        .map(|(_, call)| {
            let to = call.addressees.first().unwrap().value.name.clone();
            (to, call.demand.value.clone())
        })
        .collect();
    let expected = [
        ("army", "the army publish the lists"),
        ("police", "the police release the men"),
    ];
    let expected = expected.map(|(to, demand)| (to.to_owned(), demand.to_owned()));
    assert_eq!(asked, expected);
}
