//! Who says, does and suffers it, in the languages of the packs.
#![allow(clippy::unwrap_used)]

use super::tests::proposals;
use model::{Allegation, Modality, RecordBody};

/// The first allegation of a type in a text.
fn allegation(language: &str, text: &str, violation: &str) -> Allegation {
    proposals(language, text)
        .into_iter()
        .filter_map(|proposal| match proposal.body {
            RecordBody::Allegation(it) => Some(it),
            _ => None,
        })
        .find(|it| it.violation.value.to_string() == violation)
        .unwrap_or_else(|| panic!("no {violation} in {text}"))
}

fn count(language: &str, text: &str) -> usize {
    let all = proposals(language, text);
    let allegations = all
        .iter()
        .filter(|it| matches!(it.body, RecordBody::Allegation(_)));
    allegations.count()
}

/// By whom it is said, innermost; who suffers it; who does it.
fn told(language: &str, text: &str, violation: &str) -> (String, String, String) {
    let it = allegation(language, text, violation);
    let says = it
        .attribution
        .last()
        .and_then(|it| it.value.speaker.clone());
    let suffers = it.victims.first().map(|it| it.value.who.name.clone());
    let does = it.perpetrators.first().map(|it| it.value.who.name.clone());
    (
        says.map(|it| it.name).unwrap_or_default(),
        suffers.unwrap_or_default(),
        does.unwrap_or_default(),
    )
}

fn three(says: &str, suffers: &str, does: &str) -> (String, String, String) {
    (says.to_owned(), suffers.to_owned(), does.to_owned())
}

#[test]
fn a_body_is_known_by_how_its_name_ends() {
    assert_eq!(
        told(
            "ko",
            "국경없는기자회는 기자 다섯 명이 구금돼 있다고 집계했다.",
            "arbitrary-detention"
        ),
        three("국경없는기자회", "기자", "")
    );
    assert_eq!(
        told(
            "ja",
            "準軍事組織が民間人を虐殺したと監視団は指摘した。",
            "extrajudicial-killing"
        ),
        three("監視団", "民間人", "準軍事組織")
    );
    // A general is no army, and a place of questioning says nothing.
    let (says, ..) = told(
        "ko",
        "김 씨는 합동신문센터에서 고문을 당했다고 말했다.",
        "torture",
    );
    assert_eq!(says, "김 씨");
}

#[test]
fn who_stands_right_before_the_verb_of_saying_says_it() {
    assert_eq!(
        told(
            "ko",
            "어머니는 교화소에서 숨을 거뒀다고 딸은 말했다.",
            "death-in-custody"
        ),
        three("딸", "어머니", "")
    );
}

#[test]
fn an_active_verb_tells_who_did_it_to_whom() {
    assert_eq!(
        told(
            "ko",
            "병사들이 여성들을 몽둥이로 때렸다고 생존자들은 증언했다.",
            "torture"
        ),
        three("생존자", "여성", "병사")
    );
    // In the passive who stands as subject suffers.
    assert_eq!(
        told("ko", "여성들이 교도관들에게 몽둥이로 맞았다.", "torture"),
        three("", "여성", "교도관")
    );
    assert_eq!(
        told(
            "ja",
            "看守が受刑者を警棒で殴っていたと証人は述べた。",
            "torture"
        ),
        three("証人", "受刑者", "看守")
    );
}

#[test]
fn who_tells_of_a_passive_without_another_subject_suffered_it() {
    assert_eq!(
        told(
            "ko",
            "남성은 시설에서 전기봉으로 맞았다고 말했다.",
            "torture"
        ),
        three("남성", "남성", "")
    );
    let (_, suffers, _) = told("fr", "Un réfugié a raconté avoir été torturé.", "torture");
    assert_ne!(suffers, "raconté");
    // Another subject suffers: the daughter only tells.
    let (_, suffers, _) = told("ko", "딸은 어머니가 전기봉으로 맞았다고 말했다.", "torture");
    assert_eq!(suffers, "어머니");
}

#[test]
fn what_a_court_admits_it_has_found() {
    let court = "서울중앙지방법원은 북한이 원고의 아버지를 납치한 사실을 인정하고 배상을 명했다.";
    assert_eq!(
        allegation("ko", court, "abduction").modality.value,
        Modality::Found
    );
    let state = "북한은 일본인을 납치한 사실을 인정하고 사과했다.";
    assert_eq!(
        allegation("ko", state, "abduction").modality.value,
        Modality::Admitted
    );
    let (_, _, does) = told("ko", state, "abduction");
    assert_eq!(does, "North Korea");
}

#[test]
fn who_finds_out_is_not_who_does_it() {
    assert_eq!(
        told(
            "fr",
            "Des experts ont documenté des cas de torture contre des femmes.",
            "torture"
        ),
        three("experts", "femmes", "")
    );
    assert_eq!(
        told(
            "es",
            "El informe documentó casos de tortura contra mujeres.",
            "torture"
        ),
        three("informe", "mujeres", "")
    );
}

#[test]
fn the_subject_of_what_is_said_does_it() {
    assert_eq!(
        told(
            "es",
            "El Mecanismo de Peritaje concluyó que los soldados torturaron a los presos.",
            "torture"
        ),
        three("Mecanismo", "presos", "soldados")
    );
}

#[test]
fn whoever_begins_a_sentence_and_speaks_is_its_speaker() {
    let (says, ..) = told(
        "fr",
        "Le veilleur de nuit affirme que des civils ont été torturés.",
        "torture",
    );
    assert_eq!(says, "veilleur de nuit");
    assert_eq!(
        told(
            "ko",
            "노동자들은 임금도 받지 못한 채 일했다고 가디언이 보도했다.",
            "forced-labour"
        ),
        three("가디언", "노동자", "")
    );
    assert_eq!(
        told(
            "ja",
            "労働者は賃金もなく働かされたと英紙が報じた。",
            "forced-labour"
        ),
        three("英紙", "労働者", "")
    );
    // When and where are nobody.
    let (says, ..) = told("ko", "작년에는 주민들이 고문을 당했다고 밝혔다.", "torture");
    assert_ne!(says, "작년에");
}

#[test]
fn rules_crimes_and_plots_allege_nothing() {
    for (language, text) in [
        ("fr", "Nul ne sera soumis à la torture."),
        ("es", "Nadie será sometido a torturas."),
        ("ja", "何人も拷問を受けないと条文は定めている。"),
        ("ko", "누구도 고문을 받지 아니한다."),
        ("ko", "경찰은 절도 혐의로 남성을 체포했다."),
        ("ja", "警察は銀行強盗の疑いで男を逮捕した。"),
        (
            "fr",
            "La police a arrêté un homme soupçonné d'avoir braqué une banque.",
        ),
        (
            "es",
            "La policía arrestó a un hombre sospechoso de asaltar un banco.",
        ),
        (
            "es",
            "La película cuenta la búsqueda de un padre cuya hija fue secuestrada.",
        ),
        (
            "fr",
            "Le film raconte la quête d'un père dont la fille a été enlevée.",
        ),
    ] {
        assert_eq!(count(language, text), 0, "{text}");
    }
    assert_eq!(count("fr", "Des civils ont été soumis à la torture."), 1);
}
