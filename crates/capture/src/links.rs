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
#[derive(Default)]
pub(crate) struct Found {
    /// The addresses.
    pub needed: Vec<(Url, Need)>,
    seen: BTreeSet<String>,
}

impl Found {
    /// Takes an address as it stands in a page or style sheet at `base`; `false` for one that is
    /// not of the web or known already.
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
        let new = of_web && self.seen.insert(url.as_str().to_owned());
        if new {
            self.needed.push((url, need));
        }
        new
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
                for candidate in written.split(',') {
                    let address = candidate.split_whitespace().next().unwrap_or_default();
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

/// Finds what the style sheet at `base` names.
pub(crate) fn of_style(base: &Url, style: &str, found: &mut Found) {
    let mut rest = style;
    while let Some(at) = rest
        .find("url(")
        .into_iter()
        .chain(rest.find("@import"))
        .min()
    {
        let import = rest[at..].starts_with("@import");
        rest = rest[at..].trim_start_matches("@import").trim_start();
        let called = rest.strip_prefix("url(");
        let value = called.unwrap_or(rest).trim_start();
        if called.is_none() && !import {
            continue;
        }
        let (written, behind) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split_once(mark).unwrap_or((&value[1..], "")),
            Some(_) if called.is_some() => value.split_once(')').unwrap_or((value, "")),
            _ => ("", value),
        };
        let need = if import { Need::Style } else { Need::Other };
        found.take(base, written, need);
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found(source: &str) -> Vec<(String, Need)> {
        let mut found = Found::default();
        of_page(
            &Url::parse("https://example.org/a/b.html").unwrap(),
            source,
            &mut found,
        );
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
}
