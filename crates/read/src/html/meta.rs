//! What a page says of itself in its head: `meta` and `link` elements, JSON-LD, `title`, the
//! language of `html`, and `time` elements of the body.
//!
//! Vocabularies: Open Graph, schema.org, Dublin Core, and the names that publishing systems use.

mod declared;

use super::clues::Clues;
use crate::front_matter::one_line;
use std::collections::BTreeMap;

/// Bytes of JSON-LD that are kept.
const MAX_JSON: usize = 2 << 20;
const MAX_TIMES: usize = 200;
const MAX_TITLE: usize = 4000;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "rnews:datepublished",
    "citation_publication_date",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
    "article.updated",
];
const TITLES: &[&str] = &[
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
];
const SITES: &[&str] = &[
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:site",
];
const PUBLISHERS: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "byl",
];
const DESCRIPTIONS: &[&str] = &["og:description", "description", "twitter:description"];

#[derive(Default, PartialEq)]
enum Raw {
    #[default]
    None,
    Title,
    Json,
    Skip,
}

/// A `meta` or `link` element that is being read.
#[derive(Default)]
struct Tag {
    element: Vec<u8>,
    names: Vec<String>,
    content: Option<String>,
    rel: String,
    href: Option<String>,
    lang: Option<String>,
    datetime: Option<String>,
    json: bool,
    published: bool,
}

/// The collected data of a page's head.
#[derive(Default)]
pub(super) struct Meta {
    values: BTreeMap<String, Vec<String>>,
    title: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    json: Vec<String>,
    json_bytes: usize,
    /// Value, number of the passage behind it, whether the page says it is the publication.
    times: Vec<(String, usize, bool)>,
    /// Every date of the markup.
    pub clues: Clues,
    tag: Tag,
    raw: Raw,
}

impl Meta {
    pub fn open_tag(&mut self, name: &[u8]) {
        self.clues.open_tag(name);
        self.tag = Tag::default();
        if matches!(
            name,
            b"meta" | b"link" | b"html" | b"body" | b"time" | b"script" | b"title"
        ) {
            self.tag.element = name.to_vec();
        }
    }

    pub fn attribute(&mut self, name: &[u8], value: &str) {
        self.clues.attribute(name, value);
        if self.tag.element.is_empty() {
            return;
        }
        let value = value.trim();
        match name {
            b"name" | b"property" | b"itemprop" | b"http-equiv" => {
                self.tag.names.push(value.to_ascii_lowercase());
            }
            b"content" => self.tag.content = Some(one_line(value)),
            b"rel" => self.tag.rel = value.to_ascii_lowercase(),
            b"href" => self.tag.href = Some(value.to_owned()),
            b"lang" | b"xml:lang" => self.tag.lang = Some(value.to_owned()),
            b"datetime" => self.tag.datetime = Some(value.to_owned()),
            b"pubdate" => self.tag.published = true,
            b"type" => {
                self.tag.json = value
                    .to_ascii_lowercase()
                    .starts_with("application/ld+json")
            }
            b"class" => {
                self.tag.published |= ["published", "pubdate", "entry-date"]
                    .iter()
                    .any(|name| value.contains(name));
            }
            _ => {}
        }
    }

    /// The start tag in hand ends, before the passage of number `passage`.
    pub fn close_tag(&mut self, passage: usize) {
        self.clues.close_tag(passage);
        let tag = std::mem::take(&mut self.tag);
        match tag.element.as_slice() {
            b"meta" => self.meta(tag),
            b"link" if tag.rel == "canonical" => {
                self.canonical = self.canonical.take().or(tag.href)
            }
            b"html" | b"body" => self.language = self.language.take().or(tag.lang),
            b"time" => {
                let published =
                    tag.published || tag.names.iter().any(|name| name == "datepublished");
                if let Some(datetime) = tag.datetime
                    && self.times.len() < MAX_TIMES
                {
                    self.times.push((datetime, passage, published));
                }
            }
            b"script" => {
                self.raw = if tag.json && self.json_bytes < MAX_JSON {
                    self.json.push(String::new());
                    Raw::Json
                } else {
                    Raw::Skip
                };
            }
            b"title" => {
                self.raw = if self.title.is_none() {
                    self.title = Some(String::new());
                    Raw::Title
                } else {
                    Raw::Skip
                };
            }
            _ => {}
        }
    }

    fn meta(&mut self, tag: Tag) {
        let Some(content) = tag.content.filter(|content| !content.is_empty()) else {
            return;
        };
        for name in tag.names {
            let lists = [
                PUBLISHED,
                UPDATED,
                TITLES,
                SITES,
                PUBLISHERS,
                AUTHORS,
                DESCRIPTIONS,
            ];
            let known = lists.iter().any(|list| list.contains(&name.as_str()))
                || matches!(
                    name.as_str(),
                    "og:url" | "og:locale" | "content-language" | "dc.language" | "inlanguage"
                );
            if known {
                let values = self.values.entry(name).or_default();
                if values.len() < 50 {
                    values.push(content.clone());
                }
            }
        }
    }

    /// Takes text that is no text of the page.
    pub fn raw(&mut self, text: &str) -> bool {
        if matches!(self.raw, Raw::Skip | Raw::Json) {
            self.clues.script(text);
        }
        match self.raw {
            Raw::None => return false,
            Raw::Skip => {}
            Raw::Title => {
                if let Some(title) = &mut self.title
                    && title.len() < MAX_TITLE
                {
                    title.push_str(text);
                }
            }
            Raw::Json => {
                if let Some(json) = self.json.last_mut()
                    && self.json_bytes < MAX_JSON
                {
                    json.push_str(text);
                    self.json_bytes += text.len();
                }
            }
        }
        true
    }

    pub fn end_raw(&mut self) {
        self.raw = Raw::None;
    }
}
