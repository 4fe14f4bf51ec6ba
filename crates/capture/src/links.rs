//! What a page needs to be seen: the addresses of its pictures, styles, scripts, films and frames,
//! and what its styles name in turn.
//!
//! Invariant: linear in the page, and no more addresses than may be asked for. Standards: WHATWG
//! HTML, CSS Syntax 3 (`url()` and `@import`).

use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;
use url::Url;

/// Longest address that is followed, in bytes.
const MOST_ADDRESS: usize = 4096;

/// What an address is needed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// A style sheet, which names further ones.
    Style,
    /// A page in a frame.
    Frame,
    /// Anything else.
    Other,
}

/// Addresses in the order in which they were found, each once.
pub(crate) struct Found {
    /// The addresses.
    pub needed: Vec<(Url, Need)>,
    /// How often an address was met that found no more room.
    pub beyond: usize,
    /// Bytes of style sheets that were looked at: what the search costs.
    looked_at: usize,
    most: usize,
    seen: BTreeSet<String>,
}

impl Found {
    /// Takes `most` addresses; further ones are only counted.
    pub fn up_to(most: usize) -> Self {
        Self {
            needed: Vec::new(),
            beyond: 0,
            looked_at: 0,
            most,
            seen: BTreeSet::new(),
        }
    }

    /// Takes an address as it stands in a page or style sheet at `base`; `false` for one that is
    /// not of the web, known already, or one too many.
    pub fn take(&mut self, base: &Url, written: &str, need: Need) -> bool {
        let written = written.trim();
        if written.is_empty() || written.len() > MOST_ADDRESS || written.starts_with('#') {
            return false;
        }
        let Ok(mut url) = base.join(written) else {
            return false;
        };
        url.set_fragment(None);
        let of_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
        if !of_web || self.seen.contains(url.as_str()) {
            return false;
        }
        if self.needed.len() >= self.most {
            self.beyond += 1;
            return false;
        }
        self.seen.insert(url.as_str().to_owned());
        self.needed.push((url, need));
        true
    }
}

/// Finds what the HTML page at `base` needs.
pub(crate) fn of_page(base: &Url, source: &str, found: &mut Found) {
    let mut base = base.clone();
    let mut in_style = false;
    for token in Tokenizer::new(source) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                in_style = name == "style";
                let attributes: Vec<(String, String)> = tag
                    .attributes
                    .iter()
                    .map(|(name, value)| (text(name), text(value)))
                    .collect();
                if name == "base" {
                    let to = attributes.iter().find(|(name, _)| name == "href");
                    base = to.and_then(|(_, to)| base.join(to).ok()).unwrap_or(base);
                } else {
                    of_element(&base, &name, &attributes, found);
                }
            }
            Token::EndTag(_) => in_style = false,
            Token::String(style) if in_style => of_style(&base, &text(&style), found),
            _ => {}
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn of_element(base: &Url, element: &str, attributes: &[(String, String)], found: &mut Found) {
    let value = |name: &str| {
        let mut all = attributes.iter().filter(|(found, _)| found == name);
        all.next().map(|(_, value)| value.as_str())
    };
    for (name, written) in attributes {
        let need = match (element, name.as_str()) {
            (
                "img" | "source" | "video" | "audio" | "embed" | "track" | "input" | "script",
                "src",
            )
            | ("img", "data-src" | "longdesc")
            | ("video", "poster")
            | ("object", "data")
            | ("image" | "use", "href" | "xlink:href")
            | ("body" | "table" | "td", "background") => Need::Other,
            ("iframe" | "frame", "src") => Need::Frame,
            ("link", "href") => match value("rel").map(str::to_ascii_lowercase) {
                Some(rel) if rel.contains("stylesheet") => Need::Style,
                Some(rel)
                    if rel.contains("icon")
                        || rel.contains("manifest")
                        || rel.contains("preload") =>
                {
                    Need::Other
                }
                _ => continue,
            },
            ("img" | "source", "srcset" | "data-srcset") => {
                for address in candidates(written) {
                    found.take(base, address, Need::Other);
                }
                continue;
            }
            (_, "style") => {
                of_style(base, written, found);
                continue;
            }
            _ => continue,
        };
        found.take(base, written, need);
    }
}

/// The addresses of a `srcset`: a comma ends a candidate only behind white space, at the end of an
/// address, or behind a descriptor (HTML, "parse a srcset attribute").
fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let blank = |letter: char| letter.is_ascii_whitespace();
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|letter| blank(letter) || letter == ',');
        if rest.is_empty() {
            return None;
        }
        let (written, behind) = rest.split_at(rest.find(blank).unwrap_or(rest.len()));
        let address = written.trim_end_matches(',');
        let mut in_brackets = false;
        let end = behind.find(|letter| {
            in_brackets = letter == '(' || in_brackets && letter != ')';
            letter == ',' && !in_brackets
        });
        rest = if address.len() < written.len() {
            behind
        } else {
            &behind[end.unwrap_or(behind.len())..]
        };
        Some(address)
    })
}

/// Finds what the style sheet at `base` names, looking at each byte once.
pub(crate) fn of_style(base: &Url, style: &str, found: &mut Found) {
    let mut rest = style;
    while let Some((import, behind)) = next_mark(rest, &mut found.looked_at) {
        let behind = behind.trim_start();
        let called = if import {
            after(behind, "url(")
        } else {
            Some(behind)
        };
        let value = called.unwrap_or(behind).trim_start();
        let (written, unread) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
            Some(_) if called.is_some() => value.split_once(')').unwrap_or((value, "")),
            _ => ("", value),
        };
        let need = if import { Need::Style } else { Need::Other };
        found.take(base, written, need);
        found.looked_at += behind.len() - unread.len();
        rest = unread;
    }
}

/// The next `@import` (`true`) or `url(`, and what stands behind it.
fn next_mark<'s>(mut rest: &'s str, looked_at: &mut usize) -> Option<(bool, &'s str)> {
    loop {
        let at = rest.find(['@', 'u', 'U']);
        *looked_at += at.map_or(rest.len(), |at| at + 1);
        rest = &rest[at?..];
        if let Some(behind) = after(rest, "@import") {
            return Some((true, behind));
        }
        if let Some(behind) = after(rest, "url(") {
            return Some((false, behind));
        }
        rest = &rest[1..];
    }
}

/// What stands behind `word`, in small letters or capitals, at the head of `text`.
fn after<'s>(text: &'s str, word: &str) -> Option<&'s str> {
    let (head, behind) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(behind)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn base() -> Url {
        Url::parse("https://example.org/a/b.html").unwrap()
    }

    fn found(source: &str) -> Vec<(String, Need)> {
        let mut found = Found::up_to(100);
        of_page(&base(), source, &mut found);
        found
            .needed
            .into_iter()
            .map(|(url, need)| (url.to_string(), need))
            .collect()
    }

    #[test]
    fn a_page_needs_what_it_shows() {
        let page = r##"<base href="/c/"><img src="1.png" srcset="2.png 2x, //cdn.example.net/3.png 3x"><a href="x.html">
            <link rel="Stylesheet" href="s.css"><link rel="canonical" href="y.html"><script src="z.js"></script>
            <p style="background: url('4.png')"><style>@import "t.css"; b { background: url(5.png) }</style>
            <iframe src="f.html"></iframe><img src="data:image/png;base64,xx"><img src="1.png#top"><img src="">"##;
        let expected = [
            ("https://example.org/c/1.png", Need::Other),
            ("https://example.org/c/2.png", Need::Other),
            ("https://cdn.example.net/3.png", Need::Other),
            ("https://example.org/c/s.css", Need::Style),
            ("https://example.org/c/z.js", Need::Other),
            ("https://example.org/c/4.png", Need::Other),
            ("https://example.org/c/t.css", Need::Style),
            ("https://example.org/c/5.png", Need::Other),
            ("https://example.org/c/f.html", Need::Frame),
        ];
        let expected: Vec<_> = expected.map(|(url, need)| (url.to_owned(), need)).into();
        assert_eq!(found(page), expected);
    }

    #[test]
    fn broken_styles_end() {
        for style in [
            "url(",
            "@import",
            "@import url(",
            "url('",
            "url(\"a",
            "@import 'a",
            "url()url()",
        ] {
            let _ = found(&format!("<style>{style}</style><i style=\"{style}\">"));
        }
    }

    #[test]
    fn a_comma_within_an_address_of_a_srcset_stays() {
        let cases = [
            (
                "w_640,h_480/a.png 640w, w_9,h_9/b.png 2x",
                vec!["w_640,h_480/a.png", "w_9,h_9/b.png"],
            ),
            ("a.png, b.png 2x,c.png", vec!["a.png", "b.png", "c.png"]),
            (
                " ,a.png,, b.png (1x, 2x) 3w , c.png,",
                vec!["a.png", "b.png", "c.png"],
            ),
            (
                "data:image/png;base64,xx 1x, d.png 2x",
                vec!["data:image/png;base64,xx", "d.png"],
            ),
            ("", vec![]),
            (" , ", vec![]),
        ];
        for (srcset, expected) in cases {
            assert_eq!(
                candidates(srcset).collect::<Vec<_>>(),
                expected,
                "{srcset:?}"
            );
        }
    }

    #[test]
    fn a_style_sheet_made_to_be_slow_is_looked_at_once() {
        let hostile = [
            ("url(a)", 8 << 20),
            ("@import 'a';", 1 << 20),
            ("@import ", 1 << 20),
            ("url( ", 1 << 20),
            ("uuu@u", 1 << 20),
            ("url('a'", 1 << 20),
        ];
        for (hostile, length) in hostile {
            let style = hostile.repeat(length / hostile.len());
            let mut found = Found::up_to(100);
            of_style(&base(), &style, &mut found);
            assert!(
                found.looked_at <= 2 * length,
                "{hostile}: {}",
                found.looked_at
            );
            assert!(found.needed.len() <= 100);
        }
    }

    #[test]
    fn addresses_beyond_the_most_are_counted_and_not_kept() {
        let style: String = (0..1000)
            .map(|number| format!("URL({number}.png)"))
            .collect();
        let mut found = Found::up_to(300);
        of_style(&base(), &style, &mut found);
        assert_eq!((found.needed.len(), found.beyond), (300, 700));
        assert_eq!(found.seen.len(), 300);
    }
}
