//! What a screen answers: a page, or the trouble that kept it from one.

use crate::look::Look;
use crate::vault::VaultError;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, REFRESH};
use axum::response::{IntoResponse, Response};
use users::Role;
use web::screens::MessagePage;
use web::{Frame, Template};

/// Why there is no page.
#[derive(Debug)]
#[non_exhaustive]
pub enum Trouble {
    /// The address names nothing that is on record.
    NotFound,
    /// The archive is being laid out as a whole; it will be there in a moment.
    NotYet,
    /// A page of a document is being drawn.
    BeingDrawn,
    /// The visitor's role may not do this; the least that may.
    NotAllowed(Role),
    /// The archive was locked meanwhile.
    Locked,
    /// What was sent or followed holds a letter of a masked name.
    Masked,
    /// The request cannot be understood; the words say why and what to do.
    NotUnderstood(String),
    /// Something failed; the words are the program's.
    Failed(String),
}

impl From<view::Error> for Trouble {
    fn from(error: view::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<archive::Error> for Trouble {
    fn from(error: archive::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<VaultError> for Trouble {
    fn from(error: VaultError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<assemble::Error> for Trouble {
    fn from(error: assemble::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<crate::deciding::Undecided> for Trouble {
    fn from(error: crate::deciding::Undecided) -> Self {
        match error {
            crate::deciding::Undecided::Gone => Self::NotFound,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<crate::screens::people::pairs::Unpaired> for Trouble {
    fn from(error: crate::screens::people::pairs::Unpaired) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The result of a screen.
pub(crate) type Answer<T = Response> = Result<T, Trouble>;

/// A page as an answer.
pub(crate) fn page(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => html_of(html),
        Err(error) => {
            let words = format!("The page could not be written: {error}\n");
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
    }
}

/// HTML as an answer.
pub(crate) fn html_of(html: String) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// A page that tells the trouble.
pub(crate) fn tell(trouble: &Trouble, look: Look, archive: &str) -> Response {
    let mut frame = Frame::bare(look.language, look.theme);
    frame.keys_on = look.keys;
    archive.clone_into(&mut frame.archive);
    let text = frame.text;
    let (status, title, message, details) = match trouble {
        Trouble::NotFound => (
            StatusCode::NOT_FOUND,
            "message-not-found",
            text.say("message-not-found-why"),
            String::new(),
        ),
        Trouble::NotUnderstood(why) => (
            StatusCode::BAD_REQUEST,
            "message-not-understood",
            why.clone(),
            String::new(),
        ),
        Trouble::NotYet => (
            StatusCode::ACCEPTED,
            "message-not-yet",
            text.say("message-not-yet-why"),
            String::new(),
        ),
        Trouble::BeingDrawn => (
            StatusCode::ACCEPTED,
            "message-being-drawn",
            text.say("message-being-drawn-why"),
            String::new(),
        ),
        Trouble::NotAllowed(least) => (
            StatusCode::FORBIDDEN,
            "message-not-allowed",
            text.name(
                "message-not-allowed-why",
                text.of_name("users-role", least.name()),
            ),
            String::new(),
        ),
        Trouble::Locked => (
            StatusCode::FORBIDDEN,
            "unlock-title",
            text.say("unlock-hint"),
            String::new(),
        ),
        Trouble::Masked => (
            StatusCode::CONFLICT,
            "masked-title",
            text.say("masked-in-form"),
            String::new(),
        ),
        Trouble::Failed(why) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "message-failed",
            text.say("message-failed-why"),
            why.clone(),
        ),
    };
    let frame = frame.titled(text.say(title));
    let page_of = MessagePage {
        frame,
        message,
        details,
    };
    let told = (status, page(&page_of)).into_response();
    match trouble {
        // The browser asks again by itself, with scripts or without.
        Trouble::NotYet => ([(REFRESH, "2")], told).into_response(),
        Trouble::BeingDrawn => ([(REFRESH, "1")], told).into_response(),
        _ => told,
    }
}
