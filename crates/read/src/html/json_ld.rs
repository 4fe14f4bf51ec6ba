//! What a page says of itself in JSON-LD with the words of schema.org.
//!
//! Only the first object that is an article, report or page is taken, with what stands in it;
//! the walk is bounded in depth by the parser and in length here.

use crate::front_matter::one_line;
use serde_json::Value;

/// Objects that are looked at.
const MAX_OBJECTS: usize = 2000;

/// What was found of the document.
#[derive(Default, Debug)]
pub(super) struct Article {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub address: Option<String>,
}

impl Article {
    /// Reads the scripts of a page. Scripts that are not JSON are passed over.
    pub fn of(scripts: &[String]) -> Self {
        let roots: Vec<Value> = scripts
            .iter()
            .filter_map(|script| serde_json::from_str(script.trim().trim_end_matches(';')).ok())
            .collect();
        let objects = objects(&roots);
        let mut article = Self::default();
        let of_rank = |rank: u8| {
            objects
                .iter()
                .copied()
                .filter(move |object| rank_of(object) == rank)
        };
        for object in of_rank(2).chain(of_rank(1)) {
            article.take(object);
        }
        if article.publisher.is_none() {
            let sites = objects
                .iter()
                .filter(|object| is_type(object, &["WebSite"]));
            article.publisher = sites.filter_map(|site| text(site.get("name")?)).next();
        }
        article
    }

    fn take(&mut self, object: &Value) {
        let string = |key: &str| object.get(key).and_then(text);
        let fill = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        let is_article = rank_of(object) == 2;
        if is_article {
            fill(
                &mut self.headline,
                string("headline").or_else(|| string("name")),
            );
        }
        fill(
            &mut self.published,
            string("datePublished").or_else(|| string("dateCreated")),
        );
        fill(&mut self.modified, string("dateModified"));
        fill(&mut self.language, string("inLanguage"));
        fill(&mut self.publisher, object.get("publisher").and_then(name));
        let page = object.get("mainEntityOfPage");
        fill(
            &mut self.address,
            string("url")
                .or_else(|| text(page?))
                .or_else(|| text(page?.get("@id")?)),
        );
        if self.authors.is_empty()
            && let Some(authors) = object.get("author").or_else(|| object.get("creator"))
        {
            self.authors = match authors {
                Value::Array(list) => list.iter().take(50).filter_map(name).collect(),
                one => name(one).into_iter().collect(),
            };
        }
    }
}

/// All objects, outer before inner, in the order of the source.
fn objects(roots: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Value> = roots.iter().rev().collect();
    while let Some(value) = waiting.pop() {
        if found.len() >= MAX_OBJECTS {
            break;
        }
        match value {
            Value::Array(list) => waiting.extend(list.iter().take(MAX_OBJECTS).rev()),
            Value::Object(map) => {
                found.push(value);
                let inner = ["@graph", "mainEntity", "mainEntityOfPage"];
                waiting.extend(inner.iter().rev().filter_map(|key| map.get(*key)));
            }
            _ => {}
        }
    }
    found
}

/// 2 for a document, 1 for a page that holds one, 0 for anything else.
fn rank_of(object: &Value) -> u8 {
    const DOCUMENTS: &[&str] = &[
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
        "ScholarlyArticle",
        "TechArticle",
        "SocialMediaPosting",
        "GovernmentDocument",
        "Legislation",
        "PressRelease",
        "SpecialAnnouncement",
    ];
    if is_type(object, DOCUMENTS) {
        2
    } else {
        u8::from(is_type(
            object,
            &[
                "WebPage",
                "ItemPage",
                "AboutPage",
                "MediaObject",
                "VideoObject",
            ],
        ))
    }
}

fn is_type(object: &Value, types: &[&str]) -> bool {
    let is_one = |value: &Value| {
        let name = value.as_str().unwrap_or_default();
        types.contains(&name.rsplit(['/', ':']).next().unwrap_or(name))
    };
    match object.get("@type") {
        Some(Value::Array(list)) => list.iter().any(is_one),
        Some(one) => is_one(one),
        None => false,
    }
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => one_line(text),
        Value::Array(list) => return list.iter().find_map(|item| item.as_str().map(one_line)),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn name(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => map.get("name").and_then(text),
        Value::Array(list) => list.iter().find_map(|item| match item {
            Value::Object(map) => map.get("name").and_then(text),
            other => text(other),
        }),
        other => text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_in_a_graph_is_found() {
        let script = r#"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"Site"},
            {"@type":"WebPage","datePublished":"2014-01-01","url":"https://example.org/a"},
            {"@type":["Thing","NewsArticle"],"headline":"Council renews\n mandate",
             "datePublished":"2014-03-28T10:00:00Z","author":[{"name":"A. Writer"},"B. Editor"],
             "publisher":{"@type":"Organization","name":"Example Agency"}}]}"#;
        let article = Article::of(&["not json".to_owned(), script.to_owned()]);
        assert_eq!(article.headline.as_deref(), Some("Council renews mandate"));
        assert_eq!(article.published.as_deref(), Some("2014-03-28T10:00:00Z"));
        assert_eq!(article.authors, ["A. Writer", "B. Editor"]);
        assert_eq!(article.publisher.as_deref(), Some("Example Agency"));
        assert_eq!(article.address.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn nesting_without_end_is_passed_over() {
        let script = "[".repeat(100_000);
        assert!(Article::of(&[script]).headline.is_none());
    }
}
