#![allow(clippy::unwrap_used)]

use super::read;
use crate::facts::Facts;
use model::{LeftOut, PassageKind};
use proptest::prelude::*;

/// A page as news sites make them, with every kind of chrome around four paragraphs.
const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head>
<title>Council renews mandate of rapporteur | Example Agency</title>
<meta property="og:site_name" content="Example Agency">
<meta property="og:title" content="Council renews mandate of rapporteur - Example Agency">
<meta property="article:published_time" content="2014-03-28T18:04:00+01:00">
<meta name="author" content="By A. Writer">
<link rel="canonical" href="https://news.example.org/council">
<script>document.write("<p>never</p>")</script><style>p{color:red}</style></head>
<body class="has-sidebar"><a class="skip-link" href="#x">Skip to content</a>
<header><nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to improve your experience on our site.</p></div>
<main><article><header><h1>Council renews mandate of rapporteur</h1></header>
<figure><img src=a.jpg alt="x"><figcaption>Delegates vote in Geneva. (Example/A. Photo)</figcaption></figure>
<p>The Human Rights Council on Friday extended the mandate of the Special Rapporteur on the
situation of human rights in the Democratic People&rsquo;s Republic of Korea by&nbsp;one year.</p>
<aside class="promo"><p>Sign up for our newsletter</p></aside>
<p>Thirty States voted in favour, six against, and eleven abstained on resolution 25/25, which
condemned <b>systematic, widespread and gross</b> violations.<p>A commission of inquiry had found
in February that crimes against humanity had been committed &#8220;pursuant to policies&#8221;.
<table><tr><th>Vote</th><th>States</th></tr><tr><td>In favour</td><td>30</td></tr><tr><td>Against</td><td></td><td>6</td></tr></table>
<div style="display: none">Hidden words of a script</div>
<p>The rapporteur is asked to report to the Council and to the General Assembly next year.</p>
<div class="share-bar"><button>Share</button> <a href="#">Tweet</a></div>
</article></main>
<aside><h3>Related</h3><ul><li><a href=1>Another story about another thing</a></ul></aside>
<footer><p>© 2014 Example Agency. All rights reserved.</p></footer></body></html>"##;

fn passages(source: &str) -> Vec<(PassageKind, Option<LeftOut>, String)> {
    let draft = read(source, &mut Facts::default());
    let blocks = draft.blocks.iter();
    blocks
        .map(|block| (block.kind, block.left_out, draft.text_of(block).to_owned()))
        .collect()
}

fn clean(source: &str) -> Vec<String> {
    let passages = passages(source).into_iter();
    passages
        .filter(|(_, left_out, _)| left_out.is_none())
        .map(|(_, _, text)| text)
        .collect()
}

#[test]
fn the_document_is_found_among_its_chrome() {
    assert_eq!(
        clean(PAGE),
        [
            "Council renews mandate of rapporteur",
            "Delegates vote in Geneva. (Example/A. Photo)",
            "The Human Rights Council on Friday extended the mandate of the Special Rapporteur on the \
             situation of human rights in the Democratic People’s Republic of Korea by one year.",
            "Thirty States voted in favour, six against, and eleven abstained on resolution 25/25, which \
             condemned systematic, widespread and gross violations.",
            "A commission of inquiry had found in February that crimes against humanity had been committed \
             “pursuant to policies”.",
            "Vote | States",
            "In favour | 30",
            "Against | | 6",
            "The rapporteur is asked to report to the Council and to the General Assembly next year.",
        ]
    );
}

#[test]
fn what_is_not_the_document_is_marked_by_kind() {
    let of = |wanted: &str| {
        let found = passages(PAGE)
            .into_iter()
            .find(|(_, _, text)| text.contains(wanted));
        found.unwrap_or_else(|| panic!("{wanted} is kept")).1
    };
    assert_eq!(of("Skip to content"), Some(LeftOut::Navigation));
    assert_eq!(of("World"), Some(LeftOut::Navigation));
    assert_eq!(of("We use cookies"), Some(LeftOut::Notice));
    assert_eq!(
        of("Sign up"),
        Some(LeftOut::Related).or(Some(LeftOut::Advert))
    );
    assert!(matches!(of("Tweet"), Some(LeftOut::ShareBar)));
    assert_eq!(of("Another story"), Some(LeftOut::Related));
    assert_eq!(of("All rights"), Some(LeftOut::Footer));
    assert!(
        passages(PAGE)
            .iter()
            .all(|(_, _, text)| !text.contains("never") && !text.contains("Hidden"))
    );
}

#[test]
fn a_page_says_what_it_is() {
    let mut facts = Facts::default();
    read(PAGE, &mut facts);
    let title = facts.title.unwrap();
    assert_eq!(title.value, "Council renews mandate of rapporteur");
    assert_eq!(title.basis, "meta og:title, and the main heading agrees");
    assert!(title.span.is_some());
    assert_eq!(facts.published.unwrap().value.to_string(), "2014-03-28");
    assert_eq!(facts.publisher.unwrap().value, "Example Agency");
    assert_eq!(facts.authors[0].value, "A. Writer");
    assert_eq!(
        facts.address.unwrap().value,
        "https://news.example.org/council"
    );
    assert_eq!(
        facts.language.unwrap().basis,
        "html lang, and the text agrees"
    );
    assert_eq!(
        facts.remarks,
        ["24 bytes of text that the page does not show were passed over."]
    );
}

#[test]
fn a_day_that_little_speaks_for_is_a_doubt() {
    let body = "<p>The Commission found that crimes against humanity had been committed in the \
        camps, and that those who gave the orders knew what was being done in their name.</p>";
    let page = format!(
        "<html><body><main><h1>What the Commission found</h1>{body}{body}</main>\
         <div class=sidebar><ul><li><a href=1>Another story, 12 May 2019</a></ul></div></body></html>"
    );
    let mut facts = Facts::default();
    read(&page, &mut facts);
    assert_eq!(facts.published, None);
    let doubt = facts.doubts.published.unwrap();
    assert_eq!(doubt.value.to_string(), "2019-05-12");
    assert!(doubt.span.is_some());
}

#[test]
fn credits_stay_and_share_bars_do_not_come_back() {
    let page = PAGE.replace(
        "<p>The rapporteur",
        "<div class=share><p>Share Tweet Print</p></div><p>Source: Example Wire</p><p>The rapporteur",
    );
    let clean = clean(&page);
    assert!(clean.contains(&"Source: Example Wire".to_owned()));
    assert!(clean.iter().all(|text| !text.contains("Tweet")));
}

#[test]
fn the_first_publication_is_not_the_last_change() {
    let page = PAGE.replace(
        "<link rel=",
        "<meta property=\"article:modified_time\" content=\"2016-11-02T08:00:00Z\"><link rel=",
    );
    let mut facts = Facts::default();
    read(&page, &mut facts);
    assert_eq!(facts.published.unwrap().value.to_string(), "2014-03-28");
    assert_eq!(facts.updated.unwrap().value.to_string(), "2016-11-02");
}

#[test]
fn a_page_without_structure_is_read_by_where_its_text_stands() {
    let source = "<html><body><table><tr><td><a href=1>Home</a><br><a href=2>News</a></td><td>\
        <b>Resolution on human rights</b><br><br>The General Assembly expressed its very serious concern at \
        the persistence of continuing reports of violations.<br><br>It strongly urged the Government to respect \
        fully all human rights and fundamental freedoms of its people.</td></tr></table></body></html>";
    assert_eq!(
        clean(source),
        [
            "Resolution on human rights",
            "The General Assembly expressed its very serious concern at the persistence of continuing reports of \
             violations.",
            "It strongly urged the Government to respect fully all human rights and fundamental freedoms of its people.",
        ]
    );
}

#[test]
fn text_that_the_page_hides_whole_is_read() {
    let words =
        "The Commission recommended that the Security Council refer the situation to the Court. "
            .repeat(6);
    let source = format!("<body style='visibility:hidden'><p>{words}</p></body>");
    let mut facts = Facts::default();
    let draft = read(&source, &mut facts);
    assert!(draft.text.contains("refer the situation"));
    assert!(facts.remarks[0].contains("until a script runs"));
}

#[test]
fn nesting_without_end_is_read_in_time() {
    let depth = 300_000;
    let source = format!(
        "{}<p>deep words</p>{}",
        "<div>".repeat(depth),
        "</span>".repeat(depth)
    );
    let mut facts = Facts::default();
    let draft = read(&source, &mut facts);
    assert_eq!(draft.text, "deep words");
    assert!(facts.remarks[0].contains("nested deeper"));
}

#[test]
fn every_character_keeps_its_place() {
    let draft = read(PAGE, &mut Facts::default());
    let original: Vec<char> = PAGE.chars().collect();
    let text: Vec<char> = draft.text.chars().collect();
    for run in draft.map.runs() {
        for step in 0..run.len {
            let (here, there) = (
                text[(run.reading + step) as usize],
                original[(run.original + step) as usize],
            );
            assert!(
                here == there || here == ' ' || there == '&',
                "{here:?} is not {there:?}"
            );
        }
    }
    let at = draft.text.find("resolution 25/25").unwrap();
    let at = draft.text[..at].chars().count() as u32;
    let place = draft.map.original(model::Span::new(at, at + 16)).unwrap();
    let quoted: String = original[place.start as usize..place.end as usize]
        .iter()
        .collect();
    assert_eq!(quoted, "resolution 25/25");
}

proptest! {
    #[test]
    fn no_page_panics(source in "(</?(p|div|li|ul|table|tr|td|th|b|a href=x|title|script|article|h1|br|svg|p hidden)/?>|&(amp|nbsp|#8220|eacute|x)?;?|[a-zé \r\n]|<!--|-->|\u{ad}){0,60}") {
        let draft = read(&source, &mut Facts::default());
        let mut end = 0;
        for block in &draft.blocks {
            prop_assert!(block.span.start >= end && block.span.end > block.span.start);
            prop_assert!(!draft.text_of(block).trim().is_empty());
            end = block.span.end + 2;
        }
        let original: Vec<char> = source.chars().collect();
        let text: Vec<char> = draft.text.chars().collect();
        let mut before = 0;
        for run in draft.map.runs() {
            prop_assert!(run.original >= before);
            before = run.original;
            for step in 0..run.len {
                let (here, there) = (text[(run.reading + step) as usize], original[(run.original + step) as usize]);
                prop_assert!(here == there || here == ' ' || there == '&', "{:?} is not {:?}", here, there);
            }
        }
    }
}
