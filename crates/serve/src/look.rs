//! How a visitor wants it to look: language, light or dark, keys. Kept in a cookie of our own,
//! else negotiated; it says nothing of the archive.

use crate::guard::cookie;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use web::{Language, Theme};

/// Name of the cookie.
const COOKIE: &str = "onrecord-look";

/// The visitor's wishes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) keys: bool,
}

impl Look {
    /// What the request says.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let kept = cookie(headers, COOKIE).unwrap_or_default();
        let mut parts = kept.split('.');
        let accepted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|list| list.to_str().ok());
        Self {
            language: parts
                .next()
                .and_then(Language::from_tag)
                .or_else(|| Language::accepted(accepted?))
                .unwrap_or_default(),
            theme: parts.next().and_then(Theme::from_name).unwrap_or_default(),
            keys: parts.next() != Some("nokeys"),
        }
    }

    /// The cookie that keeps it for a year.
    pub(crate) fn cookie(self) -> String {
        format!(
            "{COOKIE}={}.{}.{}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly",
            self.language.tag(),
            self.theme.name(),
            if self.keys { "keys" } else { "nokeys" }
        )
    }
}
