//! The description of the API: OpenAPI for programs, and a page for people that needs nothing else.

use super::again::KEY;
use super::problem::{MEDIA_TYPE, Problem};
use super::who::BASE;
use crate::rights::right;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use std::sync::LazyLock;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Content, InfoBuilder, ObjectBuilder, OpenApi, PathItem, Ref, RefOr, Required, ResponseBuilder,
    ServerBuilder, Type,
};
use utoipa::{PartialSchema, ToSchema};

/// Problems that every address may answer with.
const ALWAYS: &[(&str, &str)] = &[
    ("400", "The request cannot be understood"),
    ("404", "There is no such thing"),
    ("421", "The request came under another host's name"),
    ("500", "Something failed"),
];
/// And every address that asks who it is.
const SIGNED_IN: &[(&str, &str)] = &[
    ("401", "Nobody is signed in"),
    (
        "403",
        "The caller may not do this, or the request came from a page elsewhere",
    ),
    ("423", "The archive is locked"),
];
/// And every address that takes content.
const CONTENT: &[(&str, &str)] = &[
    ("409", "The same request is under way"),
    ("413", "The content is too long"),
    ("415", "The content is of another form"),
    ("422", "The values do not fit"),
];

/// Adds what holds for all addresses: problems, rights, the header for sending again.
pub(super) fn complete(mut api: OpenApi) -> OpenApi {
    api.info = InfoBuilder::new()
        .title("onrecord")
        .version("1")
        .description(Some(
            "What an archive of human-rights evidence holds, and what people decide of it. Every \
             problem is application/problem+json (RFC 9457). A cursor is opaque and holds for its \
             list. A request that is sent again with the same Idempotency-Key is done once.",
        ))
        .build();
    api.servers = Some(vec![ServerBuilder::new().url(BASE).build()]);
    let components = api.components.get_or_insert_default();
    let schemas = &mut components.schemas;
    schemas.insert(Problem::name().into_owned(), Problem::schema());
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components
        .security_schemes
        .insert("token".to_owned(), RefOr::T(bearer));
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in operations(item) {
            describe(method, path, operation);
        }
    }
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("GET", item.get.as_mut()),
        ("POST", item.post.as_mut()),
        ("DELETE", item.delete.as_mut()),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| Some((method, operation?)))
}

fn describe(method: &str, path: &str, operation: &mut Operation) {
    let least = right(method, &format!("{BASE}{path}")).ok().flatten();
    let mut problems = ALWAYS.to_vec();
    if let Some(least) = least {
        problems.extend_from_slice(SIGNED_IN);
        let needs = SecurityRequirement::new("token", Vec::<String>::new());
        operation.security = Some(vec![needs]);
        let words = format!("For a {} and all above.", least.name());
        let before = operation.description.take().unwrap_or_default();
        operation.description = Some(format!("{before}\n\n{words}").trim().to_owned());
    }
    if method == "POST" {
        problems.extend_from_slice(CONTENT);
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The same key and the same request are done once"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build();
        debug_assert!(KEY.eq_ignore_ascii_case("Idempotency-Key"));
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(key));
    }
    if path.ends_with("/decisions") {
        problems.push(("412", "Somebody decided since; with both versions"));
        problems.push(("428", "The version that was looked at is needed"));
    }
    if is_computed(operation) {
        problems.push(("503", "It is being computed; ask again"));
    }
    for (status, words) in problems {
        let schema = RefOr::Ref(Ref::from_schema_name(Problem::name()));
        let response = ResponseBuilder::new()
            .description(words)
            .content(MEDIA_TYPE, Content::new(Some(schema)));
        let responses = &mut operation.responses.responses;
        responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(response.build()));
    }
}

/// Whether it is made of the archive laid out as a whole, for which one may have to wait.
fn is_computed(operation: &Operation) -> bool {
    let tags = operation.tags.iter().flatten();
    let mut tags = tags.map(String::as_str);
    tags.any(|tag| matches!(tag, "links" | "incidents" | "statistics"))
}

static TEXT: LazyLock<String> = LazyLock::new(super::openapi);

/// This description, as OpenAPI 3.1
#[utoipa::path(get, path = "/openapi.json", tag = "description",
    responses((status = 200, description = "The description", body = Object)))]
pub(crate) async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let (_, api) = super::described();
    page(&api)
});

/// This description as a page, without anything from elsewhere
#[utoipa::path(get, path = "/documentation", tag = "description",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
pub(crate) async fn documentation() -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], PAGE.as_str()).into_response()
}

fn page(api: &OpenApi) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>onrecord API</title><main><h1>The API of onrecord</h1>",
    );
    let about = api.info.description.as_deref().unwrap_or_default();
    add(&mut page, &format!("<p>{}</p>", escape(about)));
    add(
        &mut page,
        "<p>As data: <a href=\"openapi.json\">openapi.json</a>.</p>",
    );
    for (path, item) in api.paths.paths.clone() {
        let mut item = item;
        for (method, operation) in operations(&mut item) {
            add(&mut page, &section(method, &path, operation));
        }
    }
    add(&mut page, "</main></html>\n");
    page
}

fn section(method: &str, path: &str, operation: &Operation) -> String {
    let mut text = format!(
        "<section><h2><code>{method} {BASE}{}</code></h2>",
        escape(path)
    );
    let words = [&operation.summary, &operation.description];
    for words in words
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
    {
        add(&mut text, &format!("<p>{}</p>", escape(words)));
    }
    let parameters = operation.parameters.iter().flatten();
    let rows: Vec<String> = parameters
        .filter_map(|of| match of {
            RefOr::T(of) => Some(of),
            RefOr::Ref(_) => None,
        })
        .map(|of| {
            let about = of.description.as_deref().unwrap_or_default();
            format!(
                "<dt><code>{}</code></dt><dd>{}</dd>",
                escape(&of.name),
                escape(about)
            )
        })
        .collect();
    if !rows.is_empty() {
        add(&mut text, &format!("<dl>{}</dl>", rows.concat()));
    }
    let statuses: Vec<_> = operation
        .responses
        .responses
        .keys()
        .map(String::as_str)
        .collect();
    add(
        &mut text,
        &format!("<p>Answers: {}.</p></section>", statuses.join(", ")),
    );
    text
}

fn add(page: &mut String, text: &str) {
    page.write_str(text).expect("a string takes any text");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
