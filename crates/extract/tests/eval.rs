//! Scoring: what counts as right, and that a coding which does not fit is refused.
#![allow(clippy::unwrap_used, missing_docs)]

use model::*;
use onrecord_extract::eval::{Coding, CodingError, Layer, Scores, Verdict};

const TEXT: &str = "Guards tortured two men in May. “We saw it,” Ann Lee said.\n\nThe ministry denied that guards tortured anybody.";

fn reading() -> Reading {
    let first = TEXT.find("\n\n").unwrap();
    let chars = |bytes: usize| TEXT[..bytes].chars().count() as u32;
    let passage = |number, start, end| Passage {
        number,
        span: Span::new(chars(start), chars(end)),
        kind: PassageKind::Paragraph,
        left_out: None,
    };
    Reading {
        reader: Reader {
            name: "text".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "given".to_owned(),
        text: TEXT.to_owned(),
        map: OffsetMap::identity(TEXT.chars().count() as u32),
        passages: vec![passage(1, 0, first), passage(2, first + 2, TEXT.len())],
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: None,
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}

fn quote(words: &str, passage: u32) -> Quote {
    let at = TEXT.find(words).unwrap();
    let start = TEXT[..at].chars().count() as u32;
    Quote {
        span: Span::new(start, start + words.chars().count() as u32),
        quote: words.to_owned(),
        passage,
        page: None,
        row: None,
    }
}

fn allegation(
    words: &str,
    passage: u32,
    violation: &str,
    modality: Modality,
    victim: &str,
) -> Proposal {
    let who = EntityRef {
        kind: EntityKind::Group,
        name: victim.to_owned(),
        key: None,
        record: None,
    };
    let victim = Victim {
        who,
        number: None,
        characteristics: Vec::new(),
    };
    Proposal {
        rule: format!("violation.{violation}"),
        band: Band::Stated,
        body: RecordBody::Allegation(Allegation {
            violation: Cited::new(violation.into(), 0),
            modality: Cited::new(modality, 0),
            attribution: Vec::new(),
            victims: vec![Cited::new(victim, 0)],
            perpetrators: Vec::new(),
            place: None,
            date: None,
            method: None,
            attribution_by_authorities: None,
            status_at_end: None,
        }),
        quotes: vec![quote(words, passage)],
    }
}

fn score(coding: &str, proposals: &[Proposal]) -> Result<Scores, CodingError> {
    let vocabularies = Vocabularies::shipped().unwrap();
    let mut scores = Scores::default();
    scores.add(
        "d",
        &reading(),
        proposals,
        &Coding::parse(coding)?,
        vocabularies.list("violation").unwrap(),
    )?;
    Ok(scores)
}

const CODING: &str = r#"
[[allegation]]
quote = "Guards tortured two men"
violation = "torture"
modality = "alleged"
victims = ["two men"]

[[allegation]]
quote = "guards  tortured   anybody"
violation = "torture"
modality = "denied"
"#;

#[test]
fn right_wrong_and_missed_are_told_apart() {
    let proposals = [
        allegation(
            "tortured two men",
            1,
            "torture",
            Modality::Alleged,
            "the men",
        ),
        allegation("saw it", 1, "abduction", Modality::Alleged, "x"),
    ];
    let scores = score(CODING, &proposals).unwrap();
    let tally = scores.layers[&Layer::Allegations];
    assert_eq!(
        (tally.coded, tally.proposed, tally.found, tally.strict),
        (2, 2, 1, 1)
    );
    assert_eq!(tally.f1(false), Some(0.5));
    let verdicts: Vec<_> = scores.remarks.iter().map(|remark| remark.verdict).collect();
    assert_eq!(verdicts, [Verdict::False, Verdict::Missed]);
    let fit = scores.tightness[&Layer::Allegations];
    assert_eq!((fit.coded, fit.proposed, fit.shared), (23, 16, 16));
}

#[test]
fn strict_asks_for_modality_and_roles() {
    for (modality, victim, strict) in [
        (Modality::Alleged, "two men", 1),
        (Modality::Feared, "two men", 0),
        (Modality::Alleged, "the villagers", 0),
    ] {
        let proposal = allegation("tortured two men", 1, "torture", modality, victim);
        let scores = score(CODING, &[proposal]).unwrap();
        let tally = scores.layers[&Layer::Allegations];
        assert_eq!(
            (tally.found, tally.strict),
            (1, strict),
            "{modality:?} {victim}"
        );
    }
}

#[test]
fn one_proposal_meets_one_coding_and_the_nearest_first() {
    let twice = [
        allegation(
            "Guards tortured two men",
            1,
            "torture",
            Modality::Alleged,
            "two men",
        ),
        allegation(
            "tortured two men in May",
            1,
            "torture",
            Modality::Alleged,
            "two men",
        ),
    ];
    for order in [[0, 1], [1, 0]] {
        let proposals: Vec<_> = order.iter().map(|at| twice[*at].clone()).collect();
        let scores = score(CODING, &proposals).unwrap();
        let tally = scores.layers[&Layer::Allegations];
        assert_eq!((tally.proposed, tally.found), (2, 1));
        let wrong: Vec<_> = scores
            .remarks
            .iter()
            .filter(|r| r.verdict == Verdict::False)
            .collect();
        assert_eq!(wrong[0].words, "tortured two men in May");
    }
}

#[test]
fn what_is_optional_is_neither_right_nor_wrong() {
    let coding = CODING.replace(
        "modality = \"denied\"",
        "modality = \"denied\"\noptional = true",
    );
    let proposal = allegation(
        "guards tortured anybody",
        2,
        "torture",
        Modality::Denied,
        "anybody",
    );
    let scores = score(&coding, &[proposal]).unwrap();
    let tally = scores.layers[&Layer::Allegations];
    assert_eq!((tally.coded, tally.proposed, tally.found), (1, 0, 0));
}

#[test]
fn a_coding_that_does_not_fit_is_refused() {
    let wrong = CODING.replace("two men\"\nviolation", "three men\"\nviolation");
    let error = score(&wrong, &[]).unwrap_err().to_string();
    assert!(error.contains("three men"), "{error}");
    let error = score("[[allegation]]\nqoute = 'x'", &[])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("qoute") && error.contains("gold.md"),
        "{error}"
    );
    let second = CODING.replace(
        "violation = \"torture\"",
        "violation = \"torture\"\nnth = 9",
    );
    assert!(matches!(
        score(&second, &[]),
        Err(CodingError::NotThere { nth: 9, .. })
    ));
}
