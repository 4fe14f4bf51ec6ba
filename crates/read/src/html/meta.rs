//! What a page says of itself in its head: `meta` and `link` elements, JSON-LD, `title`, the
//! language of `html`, and `time` elements of the body.
//!
//! Vocabularies: Open Graph, schema.org, Dublin Core, and the names that publishing systems use.

use super::clues::Clues;
use super::content::Main;
use super::json_ld::Article;
use super::title::title;
use crate::data;
use crate::dates;
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::words::fold;
use model::{Edtf, Found};
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

    fn first(&self, names: &[&str]) -> Option<(String, String)> {
        names.iter().find_map(|name| {
            let value = self.values.get(*name)?.first()?;
            Some((value.clone(), format!("meta {name}")))
        })
    }

    /// Turns what was collected into facts.
    pub fn into_facts(self, draft: &Draft<'_>, main: &Main, facts: &mut Facts) {
        let article = Article::of(&self.json);
        let (headline, sites) = (self.titles(&article), self.sites(&article));
        facts.address = self.address(&article);
        facts.publisher = self.publisher(&article);
        facts.title = title(draft, main, headline, &sites);
        facts.published = self
            .dated(&article.published, "JSON-LD datePublished", PUBLISHED)
            .or_else(|| self.time(main));
        facts.updated = self.dated(&article.modified, "JSON-LD dateModified", UPDATED);
        facts.authors = self.authors(article.authors);
        facts.language = self
            .language
            .as_ref()
            .map(|lang| found(lang.clone(), "html lang"))
            .or_else(|| {
                article
                    .language
                    .map(|lang| found(lang, "JSON-LD inLanguage"))
            })
            .or_else(|| {
                let (lang, basis) =
                    self.first(&["og:locale", "content-language", "dc.language", "inlanguage"])?;
                Some(found(lang, basis))
            });
        facts.description = self.first(DESCRIPTIONS).map(|(value, _)| value);
    }

    fn titles(&self, article: &Article) -> Vec<(String, String)> {
        let mut titles: Vec<(String, String)> = Vec::new();
        titles.extend(self.first(&TITLES[..1]));
        titles.extend(
            article
                .headline
                .clone()
                .map(|value| (value, "JSON-LD headline".to_owned())),
        );
        titles.extend(self.first(&TITLES[1..]));
        if let Some(title) = &self.title {
            titles.push((one_line(title), "title".to_owned()));
        }
        titles.retain(|(value, _)| value.chars().any(char::is_alphanumeric));
        titles
    }

    /// Names of the site, folded, as titles end with them.
    fn sites(&self, article: &Article) -> Vec<String> {
        let named = SITES
            .iter()
            .filter_map(|name| self.values.get(*name))
            .flatten()
            .cloned();
        let mut sites: Vec<String> = named
            .chain(article.publisher.clone())
            .map(|site| fold(&site))
            .collect();
        let addresses = self
            .canonical
            .iter()
            .chain(self.values.get("og:url").into_iter().flatten());
        for address in addresses {
            sites.extend(data::publisher_at(address).map(|(name, _)| fold(name)));
            if let Some(host) = data::host_of(address) {
                let host = host.trim_start_matches("www.");
                sites.push(host.to_owned());
                sites.extend(host.split('.').next().map(str::to_owned));
            }
        }
        sites.retain(|site| site.len() >= 2);
        sites
    }

    fn address(&self, article: &Article) -> Option<Found<String>> {
        let whole = |value: &String| data::host_of(value).is_some() && value.starts_with("http");
        let canonical = self
            .canonical
            .clone()
            .filter(whole)
            .map(|value| found(value, "link canonical"));
        canonical
            .or_else(|| {
                let (value, basis) = self.first(&["og:url"])?;
                whole(&value).then(|| found(value, basis))
            })
            .or_else(|| {
                let value = article.address.clone().filter(whole)?;
                Some(found(value, "JSON-LD url"))
            })
    }

    fn publisher(&self, article: &Article) -> Option<Found<String>> {
        if let Some((value, basis)) = self.first(&PUBLISHERS[..1]) {
            return Some(found(value, basis));
        }
        if let Some(name) = &article.publisher {
            return Some(found(name.clone(), "JSON-LD publisher"));
        }
        let (value, basis) = self.first(&PUBLISHERS[1..])?;
        (!value.contains("://")).then(|| found(value, basis))
    }

    fn dated(&self, json: &Option<String>, basis: &str, names: &[&str]) -> Option<Found<Edtf>> {
        if let Some(date) = json.as_deref().and_then(dates::metadata) {
            return Some(found(date, basis));
        }
        names.iter().find_map(|name| {
            let date = self
                .values
                .get(*name)?
                .iter()
                .find_map(|value| dates::metadata(value))?;
            Some(found(date, format!("meta {name}")))
        })
    }

    /// The first `time` of the document: one that says it is the publication, before others.
    fn time(&self, main: &Main) -> Option<Found<Edtf>> {
        let near = |passage: usize| passage <= main.last && passage + 12 >= main.first;
        let of = |sure: bool| {
            let mut times = self
                .times
                .iter()
                .filter(|(_, passage, published)| near(*passage) && (*published || !sure));
            let date = times.find_map(|(value, passage, _)| {
                // A time deep in the text is one that the text speaks of.
                let early = sure || *passage <= main.first + 6;
                dates::metadata(value).filter(|_| early)
            });
            date.map(|date| found(date, "time datetime"))
        };
        of(true).or_else(|| of(false))
    }

    fn authors(&self, json: Vec<String>) -> Vec<Found<String>> {
        let mut authors: Vec<Found<String>> = Vec::new();
        let mut add = |name: &str, basis: &str| {
            let name = name.trim();
            let name = name
                .strip_prefix("By ")
                .or_else(|| name.strip_prefix("by "))
                .unwrap_or(name)
                .trim();
            let known = authors
                .iter()
                .any(|author| fold(&author.value) == fold(name));
            if !name.is_empty()
                && name.len() <= 200
                && !name.contains("://")
                && !known
                && authors.len() < 50
            {
                authors.push(found(name.to_owned(), basis));
            }
        };
        for name in &json {
            add(name, "JSON-LD author");
        }
        if json.is_empty() {
            for key in AUTHORS {
                for name in self.values.get(*key).into_iter().flatten() {
                    add(name, &format!("meta {key}"));
                }
            }
        }
        authors
    }
}
