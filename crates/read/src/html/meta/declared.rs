//! What a page's head declares, as facts: the first of several names that is given wins.
//!
//! Vocabularies as in [`super`].

use super::{AUTHORS, DESCRIPTIONS, Meta, PUBLISHED, PUBLISHERS, SITES, TITLES, UPDATED};
use crate::data;
use crate::dates;
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::html::content::Main;
use crate::html::json_ld::Article;
use crate::html::title::title;
use crate::words::fold;
use model::{Edtf, Found};

impl Meta {
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
