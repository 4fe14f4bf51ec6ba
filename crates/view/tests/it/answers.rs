//! Questions about text, answered.

use crate::fixture::*;
use crate::view;
use model::*;
use onrecord_view::*;

fn search(view: &View, words: &str) -> onrecord_view::Found {
    view.search(&Query::new(words)).unwrap()
}

pub fn found(view: &View, words: &str) -> Vec<(SourceId, u32)> {
    let hits = search(view, words).hits;
    hits.into_iter()
        .map(|hit| (hit.source, hit.passage))
        .collect()
}

#[test]
fn words_are_found_in_every_form_and_script() {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), &ledger());
    let (editorial, korean, testimony) = (source_id(1), source_id(2), source_id(3));
    // English by stems, in any letter case, without diacritics.
    assert_eq!(found(&view, "detainees"), [(editorial, 3)]);
    assert_eq!(found(&view, "DETAIN").len(), 2);
    assert_eq!(found(&view, "quebec hearings"), [(editorial, 5)]);
    assert_eq!(found(&view, "tortured prison"), [(editorial, 3)]);
    assert_eq!(found(&view, "tortured guards"), []);
    assert_eq!(found(&view, "tortured OR guards").len(), 2);
    assert_eq!(found(&view, "detained -camp"), []);
    assert_eq!(found(&view, "detained -survivors -free"), [(testimony, 3)]);
    // Exact phrases.
    assert_eq!(found(&view, "\"political prison camps\""), [(editorial, 3)]);
    assert_eq!(found(&view, "\"prison political camps\""), []);
    assert_eq!(found(&view, "\"political prison camp\""), []);
    assert_eq!(found(&view, "\"detained\"").len(), 2);
    assert_eq!(found(&view, "\"Québec hearing\""), [(editorial, 5)]);
    // Hangul with and without spaces and particles, one character and several.
    assert_eq!(found(&view, "정치범수용소").len(), 2);
    assert_eq!(found(&view, "\"정치범 수용소\"").len(), 2);
    assert_eq!(found(&view, "킨타나"), [(korean, 4)]);
    assert_eq!(found(&view, "유엔 결의안"), [(korean, 4)]);
    assert_eq!(
        found(&view, "유엔결의안"),
        [],
        "a comma stands between the two"
    );
    assert_eq!(found(&view, "\"강제노동\""), [(korean, 3)]);
    assert_eq!(found(&view, "엔"), [(korean, 4)]);
    assert_eq!(found(&view, "없는말"), []);
    // What is not the document itself is not found.
    assert_eq!(found(&view, "menu"), []);
}

#[test]
fn a_title_comes_first_and_a_hit_says_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), &ledger());
    let all = search(&view, "camps");
    assert_eq!(all.total, 4);
    let first = &all.hits[0];
    assert_eq!((first.source, first.passage), (source_id(1), 2));
    assert_eq!(first.title.as_deref(), Some("Camps must be closed"));
    assert_eq!(first.publisher.as_deref(), Some("Example Broadcaster"));
    assert_eq!(first.published, Some("2024-10-18".parse().unwrap()));
    let marked: Vec<String> = all
        .hits
        .iter()
        .flat_map(|hit| hit.highlights.iter().map(move |mark| (hit, *mark)))
        .map(|(hit, mark)| {
            let chars = hit.snippet.chars().skip(mark.start as usize);
            chars
                .take(mark.len() as usize)
                .collect::<String>()
                .to_lowercase()
        })
        .collect();
    assert_eq!(marked.len(), 4);
    assert!(marked.iter().all(|word| word == "camps" || word == "camp"));
    let text = reading(&Text {
        title: "Camps must be closed",
        publisher: "",
        published: "2024",
        language: "en",
        paragraphs: &[],
    })
    .text;
    let span = first.span;
    let at: String = text
        .chars()
        .skip(span.start as usize)
        .take(span.len() as usize)
        .collect();
    assert_eq!(at, "Camps must be closed");
    assert_eq!(
        search(&view, "camps").facets.languages,
        [("en".to_owned(), 4)].into()
    );
}

#[test]
fn facets_count_all_hits_and_filters_narrow_them() {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), &ledger());
    let mut query = Query::new("camps OR 수용소 OR detained");
    query.limit = 1;
    let found = view.search(&query).unwrap();
    assert_eq!((found.total, found.hits.len()), (6, 1));
    let count = |pairs: &[(&str, u64)]| pairs.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect();
    assert_eq!(found.facets.languages, count(&[("en", 4), ("ko", 2)]));
    assert_eq!(
        found.facets.compartments,
        count(&[("open", 3), ("restricted", 2), ("sealed", 1)])
    );
    assert_eq!(found.facets.genres, count(&[("statement", 6)]));
    assert_eq!(found.facets.years, [(2023, 2), (2024, 4)].into());
    assert_eq!(found.facets.publishers.len(), 3);
    query.limit = 10;
    let narrowed = |narrow: &dyn Fn(&mut Query)| {
        let mut query = query.clone();
        narrow(&mut query);
        view.search(&query).unwrap().total
    };
    assert_eq!(narrowed(&|q| q.languages = vec!["ko".to_owned()]), 2);
    assert_eq!(
        narrowed(&|q| q.languages = vec!["ko".to_owned(), "en".to_owned()]),
        6
    );
    assert_eq!(
        narrowed(&|q| q.publishers = vec!["보기 연구소".to_owned()]),
        2
    );
    assert_eq!(narrowed(&|q| q.compartments = vec![Compartment::Sealed]), 1);
    assert_eq!(narrowed(&|q| q.kinds = vec![PassageKind::Title]), 2);
    assert_eq!(narrowed(&|q| q.source = Some(source_id(1))), 3);
    assert_eq!(narrowed(&|q| q.since = PartialDate::year(2024)), 4);
    assert_eq!(narrowed(&|q| q.until = PartialDate::year(2023)), 2);
    assert_eq!(narrowed(&|q| q.since = PartialDate::month(2024, 2)), 3);
    assert_eq!(narrowed(&|q| q.genres = vec!["news".to_owned()]), 0);
    // Pages follow each other without gaps.
    query.limit = 4;
    let first = view.search(&query).unwrap().hits;
    query.offset = 4;
    let second = view.search(&query).unwrap().hits;
    query.offset = 0;
    query.limit = 10;
    let whole = view.search(&query).unwrap().hits;
    assert_eq!([first, second].concat(), whole);
    query.limit = usize::MAX;
    assert!(matches!(view.search(&query), Err(Error::Query(_))));
}

#[test]
fn a_misspelt_word_is_answered_with_one_that_exists() {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), &ledger());
    let mean = |words: &str| search(&view, words).did_you_mean;
    assert_eq!(mean("camsp labuor").as_deref(), Some("camps labour"));
    assert_eq!(
        mean("\"forced labuor\" -camp").as_deref(),
        Some("\"forced labour\" -camp")
    );
    assert_eq!(mean("camps labour"), None);
    assert_eq!(
        mean("detaining"),
        None,
        "another form of a word that exists"
    );
    assert_eq!(mean("xylophone"), None, "nothing is near");
    assert!(
        view.search(&Query::new("\""))
            .unwrap_err()
            .to_string()
            .contains("no word")
    );
}
