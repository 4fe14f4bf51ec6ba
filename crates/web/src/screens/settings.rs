//! Settings: the person's own account, who is signed in, how this device opens the archive.

use crate::Frame;
use askama::Template;

/// A session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Names it, to end it.
    pub id: String,
    /// Whose it is.
    pub who: String,
    /// When it began, in words.
    pub began: String,
    /// How its person signed in.
    pub how: String,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The account of who asks.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// Whether a code is asked for beside the password.
    pub has_code: bool,
    /// Recovery codes that are left, in words.
    pub recovery: String,
    /// Id and name of each passkey.
    pub passkeys: Vec<(String, String)>,
    /// Whether browsers allow passkeys at this address.
    pub passkeys_here: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "settings.html")]
pub struct SettingsPage {
    /// The frame.
    pub frame: Frame,
    /// Name that is kept with what this person adds and decides.
    pub operator: String,
    /// What the person may, in words.
    pub role: String,
    /// The person's account; `None` for the keeper of this machine.
    pub account: Option<OwnAccount>,
    /// Whether the person may change the passphrase and say who may what.
    pub is_admin: bool,
    /// Whether several people use this server.
    pub several: bool,
    /// Whose log this device writes.
    pub writer: String,
    /// Minutes without a request after which the archive locks.
    pub idle: String,
    /// Whether a passphrase protects the keys of this device.
    pub protected: bool,
    /// The sessions that the person may end, the newest first.
    pub sessions: Vec<SessionRow>,
    /// What came of a change, in words; empty where nothing was changed.
    pub done: String,
    /// Why a change was not made; empty where none failed.
    pub failed: String,
}
