//! What a user hears of documents that copy each other.

use super::super::{DocumentText, Relation};
use super::*;

const RELEASE: &str = "The commission found that the violations were systematic, widespread and gross. \
    It listed murder, enslavement, torture, imprisonment, rape, forced abortion, persecution and enforced \
    disappearance, and recommended that the situation be referred to the court without any further delay.";
const OWN: &str = "Markets in the harbour closed lower yesterday after a storm kept most of the fishing \
    boats from leaving, and the council will meet next week about the sea wall and what it may cost.";

fn document(number: u64, published: Option<&str>) -> Document {
    Document {
        id: SourceId::new(number, [0; 10]),
        title: Some(format!("Paper {number}")),
        publisher: None,
        published: published.map(|date| date.parse().expect("a date")),
        genre: None,
        language: None,
        origin: None,
        reliability: None,
    }
}

fn lineages(documents: &[(Document, String)]) -> Lineages {
    let texts: Vec<DocumentText<'_>> = documents
        .iter()
        .map(|(document, text)| DocumentText {
            document,
            text,
            passages: &[],
        })
        .collect();
    let mut backwards = texts.clone();
    backwards.reverse();
    let found = Lineages::of(&texts);
    assert_eq!(
        found.edges(),
        Lineages::of(&backwards).edges(),
        "order matters"
    );
    found
}

#[test]
fn a_copy_goes_back_to_what_was_published_first_though_it_was_collected_first() {
    let documents = [
        (document(1, Some("2014-02-18")), RELEASE.to_owned()),
        (
            document(2, Some("2014-02-17")),
            RELEASE.replace("gross", "grave"),
        ),
        (document(3, None), OWN.to_owned()),
    ];
    let found = lineages(&documents);
    assert_eq!((found.documents(), found.origins()), (3, 2));
    let (first, second, third) = (documents[0].0.id, documents[1].0.id, documents[2].0.id);
    assert_eq!(found.group(&first), [second, first]);
    assert_eq!(found.edges()[0].original(), Some(second));
    let origin = found.origin(&first, Span::new(10, 60));
    assert_eq!(origin.source, second);
    assert!(
        origin.reasons[0].contains("is dated 2014-02-17"),
        "{:?}",
        origin.reasons
    );
    assert_eq!(found.origin(&second, Span::new(10, 60)).source, second);
    let alone = found.describe(&third).join(" ");
    assert!(alone.starts_with("No shared text was found"), "{alone}");
}

#[test]
fn a_quoted_passage_goes_back_and_the_words_around_it_do_not() {
    let quoting = format!("{OWN} {RELEASE} {OWN}").replace("storm kept", "gale kept");
    let documents = [
        (document(1, None), RELEASE.to_owned()),
        (document(2, None), quoting.clone()),
    ];
    let found = lineages(&documents);
    let (release, story) = (documents[0].0.id, documents[1].0.id);
    let at = quoting.find("The commission").expect("it is there") as u32;
    assert_eq!(
        found.edges()[0].passages[0].spans,
        [
            Span::new(0, RELEASE.len() as u32 - 1),
            Span::new(at, at + RELEASE.len() as u32 - 1)
        ]
    );
    assert_eq!(found.origin(&story, Span::new(at, at + 80)).source, release);
    assert_eq!(found.origin(&story, Span::new(0, 80)).source, story);
}

#[test]
fn without_a_sign_the_order_is_not_claimed() {
    let documents = [
        (document(1, None), RELEASE.to_owned()),
        (document(2, None), RELEASE.to_owned()),
    ];
    let found = lineages(&documents);
    assert_eq!(found.edges()[0].original(), None);
    assert_eq!(found.origins(), 1);
    let said = found.describe(&documents[1].0.id).join(" ");
    assert!(
        said.contains("Nothing shows which of the two was first"),
        "{said}"
    );
    assert!(said.contains("count as one origin"), "{said}");
}

#[test]
fn the_same_form_with_other_names_and_dates_is_two_origins() {
    let form = |name: &str, day: &str, place: &str| {
        format!(
            "The family of {name} told the group that officers of the ministry came to their house on {day} \
             and took him away without a word. They asked for him at {place} and were sent home. \
             Since then nobody has told them where he is held or whether he is alive."
        )
    };
    let documents = [
        (
            document(1, None),
            form("Pak Chol Su", "3 May 2011", "Hoeryong"),
        ),
        (
            document(2, None),
            form("Ri Yong Nam", "14 June 2013", "Chongjin"),
        ),
    ];
    let found = lineages(&documents);
    assert_eq!(found.edges()[0].relation, Relation::SameForm);
    assert_eq!(found.origins(), 2);
    let at = Span::new(0, 100);
    assert_eq!(
        found.origin(&documents[1].0.id, at).source,
        documents[1].0.id
    );
    let said = found.describe(&documents[0].0.id).join(" ");
    assert!(
        said.contains("the same words about different facts"),
        "{said}"
    );
}

#[test]
fn a_passage_marked_as_a_repetition_goes_back_with_the_one_that_it_repeats() {
    let len = RELEASE.len() as u32;
    let passage = |number: u32, start: u32, left_out| model::Passage {
        number,
        span: Span::new(start, start + len),
        kind: model::PassageKind::Paragraph,
        left_out,
    };
    let twice = format!("{RELEASE}\n\n{RELEASE}");
    let passages = [
        passage(1, 0, None),
        passage(2, len + 2, Some(model::LeftOut::RepeatOf(1))),
    ];
    let (first, second) = (document(1, None), document(2, None));
    let found = Lineages::of(&[
        DocumentText {
            document: &first,
            text: RELEASE,
            passages: &[],
        },
        DocumentText {
            document: &second,
            text: &twice,
            passages: &passages,
        },
    ]);
    let origin = found.origin(&second.id, Span::new(len + 12, len + 60));
    assert_eq!(origin.source, first.id);
}

#[test]
fn what_is_issued_again_each_year_is_a_document_of_its_own() {
    let notice = |year: &str| {
        format!(
            "The actions of certain members of the government continue to pose an unusual threat to the \
             security of the country and to those who speak against them at home. For this reason the \
             emergency that was declared must continue in effect beyond June 16 {year}. Therefore, as the \
             law provides, it is continued for one year. This notice shall be published in the register \
             and sent to the assembly, whose members may ask for the reasons in writing at any time."
        )
    };
    let documents = [
        (document(1, Some("2021-06-08")), notice("2021")),
        (document(2, Some("2022-06-13")), notice("2022")),
        (
            document(3, Some("2022-06-14")),
            format!("From the register: {}", notice("2022")),
        ),
    ];
    let found = lineages(&documents);
    let relation = |a: usize, b: usize| {
        let ids = [documents[a].0.id, documents[b].0.id];
        found
            .edges()
            .iter()
            .find(|edge| edge.documents == ids)
            .map(|edge| edge.relation)
    };
    assert_eq!(relation(0, 1), Some(Relation::SameForm));
    assert_eq!(relation(1, 2), Some(Relation::CopiesText));
    assert_eq!(found.origins(), 2);
}
