//! The title of a page, among what its head declares and what it shows.

use super::content::Main;
use crate::draft::Draft;
use crate::facts::found;
use crate::words::fold;
use model::{Found, PassageKind};

/// The title among what the head declares and what the page shows: a declared title without
/// the site's name, or the main heading.
pub(super) fn title(
    draft: &Draft<'_>,
    main: &Main,
    declared: Vec<(String, String)>,
    sites: &[String],
) -> Option<Found<String>> {
    let heading = main_heading(draft, main);
    let shown = heading.map(|index| (draft.text_at(index), draft.blocks[index].span));
    for (value, basis) in &declared {
        let bare = without_site(value, sites, shown.map(|(text, _)| text));
        if bare.is_empty() || sites.iter().any(|site| *site == fold(&bare)) {
            continue;
        }
        if let Some((text, span)) = shown
            && fold(text) == fold(&bare)
        {
            return Some(Found {
                value: text.to_owned(),
                basis: format!("{basis}, and the main heading agrees"),
                span: Some(span),
            });
        }
        let cut = if bare.len() < value.len() {
            " without the site's name"
        } else {
            ""
        };
        return Some(found(bare, format!("{basis}{cut}")));
    }
    shown.map(|(text, span)| Found {
        value: text.to_owned(),
        basis: "main heading".to_owned(),
        span: Some(span),
    })
}

/// The first heading of the highest level of the document: inside it, or just above.
pub(super) fn main_heading(draft: &Draft<'_>, main: &Main) -> Option<usize> {
    let near = main.first.saturating_sub(12)..=main.last;
    let headings = || {
        near.clone().filter(|&index| {
            draft.blocks.get(index).is_some_and(|block| {
                block.kind == PassageKind::Heading && (main.holds(block.place) || block.level == 1)
            })
        })
    };
    headings()
        .find(|&index| draft.blocks[index].level == 1)
        .or_else(|| {
            headings().find(|&index| draft.blocks[index].level == 2 && index <= main.first + 3)
        })
}

/// A title without the site's name behind (or before) a separator.
fn without_site(title: &str, sites: &[String], heading: Option<&str>) -> String {
    const SEPARATORS: [&str; 9] = [
        " | ", " - ", " – ", " — ", " · ", " • ", " » ", " :: ", " « ",
    ];
    let is_site = |part: &str| {
        let part = fold(part);
        let squeezed: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
        sites.iter().any(|site| {
            *site == part
                || site
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .eq(squeezed.chars())
        })
    };
    let heading = heading.map(fold);
    let mut rest = title.trim();
    for _ in 0..3 {
        let cut = SEPARATORS
            .iter()
            .filter_map(|mark| rest.rfind(mark).map(|at| (at, mark.len())))
            .max();
        if let Some((at, len)) = cut {
            let (head, tail) = (rest[..at].trim(), rest[at + len..].trim());
            if is_site(tail) || heading.as_deref() == Some(fold(head).as_str()) {
                rest = head;
                continue;
            }
        }
        let cut = SEPARATORS
            .iter()
            .filter_map(|mark| rest.find(mark).map(|at| (at, mark.len())))
            .min();
        if let Some((at, len)) = cut
            && is_site(&rest[..at])
        {
            rest = rest[at + len..].trim();
            continue;
        }
        break;
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_no_part_of_a_title() {
        let sites = vec!["example agency".to_owned(), "example".to_owned()];
        for (title, bare) in [
            (
                "Council renews mandate | Example Agency",
                "Council renews mandate",
            ),
            ("Example - Council renews mandate", "Council renews mandate"),
            (
                "Council renews mandate - News - Example Agency",
                "Council renews mandate - News",
            ),
            ("North Korea - a chronology", "North Korea - a chronology"),
        ] {
            assert_eq!(without_site(title, &sites, None), bare);
        }
        let heading = Some("North Korea: a chronology");
        assert_eq!(
            without_site("North Korea: a chronology — Reports", &[], heading),
            "North Korea: a chronology"
        );
    }
}
