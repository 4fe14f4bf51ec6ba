//! What an answer is called inside its capture, and whether it is a source of its own.

/// Whether an answer only dresses a page: style, script, font.
pub(super) fn dresses(media_type: &str, address: &str) -> bool {
    const KINDS: &[&str] = &["css", "javascript", "ecmascript", "font", "wasm"];
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let unsaid = media_type.is_empty() || media_type == "application/octet-stream";
    KINDS.iter().any(|kind| media_type.contains(kind))
        || unsaid
            && [".css", ".js", ".mjs", ".woff", ".woff2", ".ttf"]
                .iter()
                .any(|end| path.ends_with(end))
}

/// The name of an answer inside its capture: its address without the scheme, and the ending that
/// its media type has, so that readers know what it is.
pub(super) fn name_of(address: &str, media_type: &str) -> String {
    const ENDINGS: &[(&str, &str)] = &[
        ("text/html", ".html"),
        ("application/xhtml+xml", ".html"),
        ("text/plain", ".txt"),
        ("text/csv", ".csv"),
        ("text/markdown", ".md"),
        ("application/json", ".json"),
        ("application/ld+json", ".json"),
        ("application/xml", ".xml"),
        ("text/xml", ".xml"),
        ("image/svg+xml", ".svg"),
        ("application/epub+zip", ".epub"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docx",
        ),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
        ),
        ("application/vnd.oasis.opendocument.text", ".odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        ("application/vnd.ms-excel", ".xls"),
    ];
    let name = address.split_once("://").map_or(address, |(_, rest)| rest);
    let ending = ENDINGS.iter().find(|(kind, _)| *kind == media_type);
    match ending {
        Some((_, ending)) if !name.to_ascii_lowercase().ends_with(ending) => {
            format!("{}{ending}", name.trim_end_matches('/'))
        }
        _ => name.to_owned(),
    }
}
