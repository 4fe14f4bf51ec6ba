//! Settings: how this device opens the archive, and who is signed in to it.

use crate::Frame;
use askama::Template;

/// A session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// When it began, in words.
    pub began: String,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "settings.html")]
pub struct SettingsPage {
    /// The frame.
    pub frame: Frame,
    /// Name that is kept with what this person adds and decides.
    pub operator: String,
    /// Whose log this device writes.
    pub writer: String,
    /// Minutes without a request after which the archive locks.
    pub idle: String,
    /// Whether a passphrase protects the keys of this device.
    pub protected: bool,
    /// The sessions, the newest first.
    pub sessions: Vec<SessionRow>,
    /// What came of a change, in words; empty where nothing was changed.
    pub done: String,
    /// Why a change was not made; empty where none failed.
    pub failed: String,
}
