//! The door: asks for the passphrase, shows nothing of the archive.

use crate::Frame;
use askama::Template;

/// The page of a visitor who is not signed in, or of a locked archive.
#[derive(Template)]
#[template(path = "unlock.html")]
pub struct UnlockPage {
    /// The frame, bare.
    pub frame: Frame,
    /// Whether this device's keys are protected by a passphrase.
    pub asks: bool,
    /// Whether the visitor has a session, so that keys without passphrase may be opened again.
    pub known: bool,
    /// Whether several people use this server: they sign in by name, once it is open.
    pub several: bool,
    /// Whether browsers allow passkeys at this address.
    pub passkeys: bool,
    /// The name that was typed.
    pub name: String,
    /// Why the last try failed; empty before.
    pub failed: String,
    /// Where to go afterwards.
    pub back: String,
}
