//! An account: a name, a role, and what lets its person in.
//!
//! Invariant: an account that was invited has no password until its person takes the invitation up:
//! no admin knows anybody's password.

use crate::passkey::Passkey;
use crate::password::Password;
use crate::recovery::Recovery;
use crate::{Error, Role, Totp, random};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// An invitation dies after this, in seconds.
pub(crate) const INVITED: u64 = 72 * 3600;

/// Names an account: random, never given again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct UserId(pub(crate) [u8; 16]);

impl std::fmt::Display for UserId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl std::str::FromStr for UserId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Nobody)?;
        Ok(Self(bytes.try_into().map_err(|_| Error::Nobody)?))
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Invitation {
    hash: [u8; 32],
    until: u64,
}

/// An account.
#[derive(Clone, Serialize, Deserialize)]
pub struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) closed: bool,
    pub(crate) password: Option<Password>,
    pub(crate) invitation: Option<Invitation>,
    pub(crate) totp: Option<Totp>,
    pub(crate) recovery: Recovery,
    pub(crate) passkeys: Vec<Passkey>,
}

impl User {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.id
    }

    /// The name that is kept with what the person adds and decides.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the person may.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the person has taken the invitation up.
    #[must_use]
    pub fn has_joined(&self) -> bool {
        self.password.is_some()
    }

    /// Whether codes of an authenticator are asked for.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.totp.is_some()
    }

    /// Recovery codes that are left.
    #[must_use]
    pub fn recovery_left(&self) -> usize {
        self.recovery.len()
    }

    /// Its passkeys.
    #[must_use]
    pub fn passkeys(&self) -> &[Passkey] {
        &self.passkeys
    }
}

impl User {
    /// Whether `secret` is this account's invitation, and still holds.
    pub(crate) fn is_invited(&self, secret: &str, now: u64) -> bool {
        let invitation = self.invitation.as_ref();
        invitation.is_some_and(|one| one.hash == hash(secret) && now < one.until)
    }

    /// Nothing that was known of the person lets anybody in from now on.
    pub(crate) fn forget(&mut self) {
        self.password = None;
        self.invitation = None;
        self.totp = None;
        self.recovery = Recovery::default();
        self.passkeys.clear();
    }
}

/// An invitation, and the secret that takes it up.
pub(crate) fn invitation(now: u64) -> (Invitation, Zeroizing<String>) {
    let secret = Zeroizing::new(URL_SAFE_NO_PAD.encode(random::bytes::<32>()));
    let invitation = Invitation {
        hash: hash(&secret),
        until: now.saturating_add(INVITED),
    };
    (invitation, secret)
}

fn hash(secret: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
    hash
}
