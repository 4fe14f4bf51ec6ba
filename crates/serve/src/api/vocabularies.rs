//! Controlled lists, and what of each kind of record can be coded: what a form needs.

use super::bench::Answer;
use super::input::Path;
use super::problem::Problem;
use axum::Json;
use model::{Vocabularies, Vocabulary};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A controlled list.
#[derive(Serialize, ToSchema)]
pub(crate) struct VocabularyShape {
    /// Id, such as `violation`.
    id: String,
    /// Title, in English.
    title: String,
    /// Where the terms come from.
    source: String,
    /// The terms, in the order in which they are shown.
    terms: Vec<TermShape>,
}

/// A term.
#[derive(Serialize, ToSchema)]
pub(crate) struct TermShape {
    /// Its code.
    code: String,
    /// The broader term.
    parent: Option<String>,
    /// Labels by language.
    labels: BTreeMap<String, String>,
    /// What it means.
    definition: String,
    /// Whether two persons have to accept a record with it.
    grave: bool,
    /// Codes of the same term in other lists.
    crosswalk: BTreeMap<String, Vec<String>>,
}

impl From<&Vocabulary> for VocabularyShape {
    fn from(list: &Vocabulary) -> Self {
        let terms = list.terms.iter().map(|term| TermShape {
            code: term.code.to_string(),
            parent: term.parent.as_ref().map(ToString::to_string),
            labels: term.labels.clone(),
            definition: term.definition.clone(),
            grave: term.grave,
            crosswalk: term.crosswalk.clone(),
        });
        Self {
            id: list.id.clone(),
            title: list.title.clone(),
            source: list.source.clone(),
            terms: terms.collect(),
        }
    }
}

/// All controlled lists
#[utoipa::path(get, path = "/vocabularies", tag = "vocabularies",
    responses((status = 200, body = Vec<VocabularyShape>)))]
pub(crate) async fn vocabularies() -> Answer<Json<Vec<VocabularyShape>>> {
    let lists = Vocabularies::shipped()?;
    Ok(Json(lists.lists().map(VocabularyShape::from).collect()))
}

/// One controlled list
#[utoipa::path(get, path = "/vocabularies/{id}", tag = "vocabularies",
    params(("id" = String, Path, description = "Id of the list, such as violation")),
    responses((status = 200, body = VocabularyShape)))]
pub(crate) async fn vocabulary(Path(id): Path<String>) -> Answer<Json<VocabularyShape>> {
    let lists = Vocabularies::shipped()?;
    let list = lists.list(&id).ok_or_else(Problem::nothing)?;
    Ok(Json(list.into()))
}

/// What of a kind of record a person can set.
#[derive(Serialize, ToSchema)]
pub(crate) struct KindShape {
    /// The kind.
    kind: &'static str,
    /// Its fields, in the order of forms.
    fields: Vec<FieldShape>,
}

/// A field.
#[derive(Serialize, ToSchema)]
pub(crate) struct FieldShape {
    /// Its name.
    name: &'static str,
    /// What a value is: `code`, `words`, `date`, `entity` …
    #[schema(value_type = String)]
    shape: Value,
    /// The vocabulary of a code.
    list: Option<&'static str>,
    /// What an entity is unless its value says otherwise.
    entity: Option<&'static str>,
    /// Whether a record of the kind has it always.
    must: bool,
    /// Whether it may have several values.
    many: bool,
}

/// What of each kind of record can be coded and corrected by hand
#[utoipa::path(get, path = "/kinds", tag = "vocabularies", responses((status = 200, body = Vec<KindShape>)))]
pub(crate) async fn kinds() -> Json<Vec<KindShape>> {
    let kinds = collect::kinds().map(|kind| KindShape {
        kind: kind.name(),
        fields: collect::fields(kind)
            .iter()
            .map(|field| FieldShape {
                name: &field.name,
                shape: json!(field.shape),
                list: field.list.as_deref(),
                entity: field.entity.as_deref(),
                must: field.must,
                many: field.many,
            })
            .collect(),
    });
    Json(kinds.collect())
}
