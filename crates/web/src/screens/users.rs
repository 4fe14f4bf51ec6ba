//! Users: who may sign in, and what each may; how a person joins and sets a second factor up.

use crate::Frame;
use crate::qr::Qr;
use askama::Template;

/// A person who may sign in.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Code of the role.
    pub role: &'static str,
    /// How the person signs in, in words.
    pub factors: String,
    /// Whether it is the one who asks.
    pub own: bool,
}

/// The page of all users.
#[derive(Template)]
#[template(path = "users.html")]
pub struct UsersPage {
    /// The frame.
    pub frame: Frame,
    /// The users, by name.
    pub rows: Vec<UserRow>,
    /// Codes and labels of the roles, the least first.
    pub roles: Vec<(&'static str, String)>,
    /// Whose invitation was made, and the address at which it is taken up.
    pub invitation: Option<(String, String)>,
    /// What came of a change, in words; empty where nothing was changed.
    pub done: String,
    /// Why a change was not made; empty where none failed.
    pub failed: String,
}

/// The page on which an invitation is taken up.
#[derive(Template)]
#[template(path = "join.html")]
pub struct JoinPage {
    /// The frame, bare.
    pub frame: Frame,
    /// The person's name.
    pub name: String,
    /// The invitation.
    pub code: String,
    /// Why the last try failed; empty before.
    pub failed: String,
}

/// The page on which an authenticator is set up, and that of the recovery codes after it.
#[derive(Template)]
#[template(path = "code.html")]
pub struct CodePage {
    /// The frame.
    pub frame: Frame,
    /// The secret as a picture.
    pub picture: Option<Qr>,
    /// The secret as it is typed.
    pub typed: String,
    /// Recovery codes; none before the authenticator was set up.
    pub codes: Vec<String>,
    /// Why the last try failed; empty before.
    pub failed: String,
}
