//! All accounts of a server, and letting somebody in.
//!
//! Invariants: of one name there is one account that is open. Where a person has a second factor,
//! the password alone lets nobody in.

use crate::error::{MOST, NAME, PASSKEYS};
use crate::folded::is_unseen;
use crate::passkey::{Party, Passkey, Signed};
use crate::password::Password;
use crate::recovery::Recovery;
use crate::user::{User, UserId, invitation};
use crate::{Error, Role, Totp, folded, random};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use zeroize::Zeroizing;

/// What somebody says who wants in.
pub struct SignIn<'s> {
    /// The name.
    pub name: &'s str,
    /// The password.
    pub password: &'s str,
    /// A code of the authenticator or a recovery code; may be empty.
    pub code: &'s str,
    /// Seconds since 1970.
    pub now: u64,
}

/// Somebody who was let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// Who.
    pub user: UserId,
    /// Whether a recovery code was used up: one less is left.
    pub by_recovery: bool,
}

/// All accounts of a server.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Users {
    all: Vec<User>,
}

/// What those who do not exist are compared with.
static NOBODY: LazyLock<Password> = LazyLock::new(Password::of_nobody);

impl Users {
    /// The accounts that are open, by name.
    pub fn open(&self) -> impl Iterator<Item = &User> {
        let mut open: Vec<&User> = self.all.iter().filter(|user| !user.closed).collect();
        open.sort_by_key(|user| folded(&user.name));
        open.into_iter()
    }

    /// Whether several people use the server: there is an account that is open.
    #[must_use]
    pub fn are_several(&self) -> bool {
        self.all.iter().any(|user| !user.closed)
    }

    /// The open account of this id.
    #[must_use]
    pub fn get(&self, id: UserId) -> Option<&User> {
        let mut all = self.all.iter();
        all.find(|user| user.id == id && !user.closed)
    }

    /// The open account of this name, in whatever letters.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&User> {
        let wanted = folded(name);
        let mut all = self.all.iter();
        all.find(|user| !user.closed && folded(&user.name) == wanted)
    }

    /// Whether somebody has or had this name, in whatever letters: what was decided under it stays
    /// theirs, also when the account is closed.
    #[must_use]
    pub fn has_had(&self, name: &str) -> bool {
        let wanted = folded(name);
        self.all.iter().any(|user| folded(&user.name) == wanted)
    }

    fn get_mut(&mut self, id: UserId) -> Result<&mut User, Error> {
        let mut all = self.all.iter_mut();
        let found = all.find(|user| user.id == id && !user.closed);
        found.ok_or(Error::Nobody)
    }

    /// Makes an account; its invitation is for the person alone. `now` in seconds since 1970.
    ///
    /// # Errors
    /// A name that is none, or somebody's; too many accounts.
    pub fn add(
        &mut self,
        name: &str,
        role: Role,
        now: u64,
    ) -> Result<(UserId, Zeroizing<String>), Error> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let unfit = |letter: char| letter.is_control() || is_unseen(letter);
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(unfit) {
            return Err(Error::Name);
        }
        if self.has_had(&name) {
            return Err(Error::Taken);
        }
        if self.all.iter().filter(|user| !user.closed).count() >= MOST {
            return Err(Error::Full);
        }
        let (invitation, secret) = invitation(now);
        let id = UserId(random::bytes());
        self.all.push(User {
            id,
            name,
            role,
            closed: false,
            password: None,
            invitation: Some(invitation),
            totp: None,
            recovery: Recovery::default(),
            passkeys: Vec::new(),
        });
        Ok((id, secret))
    }

    /// Gives an account another role.
    ///
    /// # Errors
    /// No such account.
    pub fn set_role(&mut self, id: UserId, role: Role) -> Result<(), Error> {
        self.get_mut(id)?.role = role;
        Ok(())
    }

    /// Closes an account: nobody signs in with it again. Its secrets are forgotten.
    ///
    /// # Errors
    /// No such account.
    pub fn close(&mut self, id: UserId) -> Result<(), Error> {
        let user = self.get_mut(id)?;
        user.forget();
        user.closed = true;
        Ok(())
    }

    /// Invites anew whoever lost the way in: password and second factors hold no longer.
    ///
    /// # Errors
    /// No such account.
    pub fn invite(&mut self, id: UserId, now: u64) -> Result<Zeroizing<String>, Error> {
        let user = self.get_mut(id)?;
        user.forget();
        let (invitation, secret) = invitation(now);
        user.invitation = Some(invitation);
        Ok(secret)
    }

    /// Whose invitation this is, where it holds.
    #[must_use]
    pub fn invited(&self, secret: &str, now: u64) -> Option<&User> {
        self.all
            .iter()
            .find(|user| !user.closed && user.is_invited(secret, now))
    }

    /// Takes an invitation up with a password.
    ///
    /// # Errors
    /// An invitation that does not hold, a password that is none.
    pub fn join(&mut self, secret: &str, password: Password, now: u64) -> Result<UserId, Error> {
        let id = self.invited(secret, now).ok_or(Error::NotInvited)?.id;
        let user = self.get_mut(id)?;
        user.invitation = None;
        user.password = Some(password);
        Ok(id)
    }

    /// What a name's password is compared with: that of nobody where there is none, so that both
    /// take as long.
    #[must_use]
    pub fn password_of(&self, name: &str) -> Password {
        let known = self.named(name).and_then(|user| user.password.clone());
        known.unwrap_or_else(|| NOBODY.clone())
    }

    /// Whether this account is open here and there with the same password.
    #[must_use]
    pub fn has_same_password(&self, other: &Self, id: UserId) -> bool {
        let of = |users: &Self| users.get(id).map(|user| user.password.clone());
        of(self).flatten().is_some() && of(self) == of(other)
    }

    /// Lets somebody in whose password was right; the second factor is looked at here.
    #[must_use]
    pub fn let_in(&mut self, name: &str, code: &str, now: u64) -> Option<Accepted> {
        let id = self.named(name).filter(|user| user.has_joined())?.id;
        let user = self.get_mut(id).ok()?;
        let Some(totp) = &mut user.totp else {
            return Some(Accepted {
                user: id,
                by_recovery: false,
            });
        };
        if totp.take(code, now) {
            return Some(Accepted {
                user: id,
                by_recovery: false,
            });
        }
        user.recovery.take(code).then_some(Accepted {
            user: id,
            by_recovery: true,
        })
    }

    /// Lets somebody in by name, password and code; `None` whatever was wrong. Takes some tenths
    /// of a second.
    #[must_use]
    pub fn sign_in(&mut self, given: &SignIn<'_>) -> Option<Accepted> {
        let is_right = self.password_of(given.name).is(given.password);
        is_right.then_some(())?;
        self.let_in(given.name, given.code, given.now)
    }

    /// Lets somebody in by a passkey.
    ///
    /// # Errors
    /// Nobody's passkey, or one that does not answer the challenge.
    pub fn let_in_by_passkey(
        &mut self,
        signed: &Signed,
        challenge: &str,
        party: &Party,
    ) -> Result<UserId, Error> {
        let open = self.all.iter_mut().filter(|user| !user.closed);
        for user in open {
            let mut passkeys = user.passkeys.iter_mut();
            if let Some(passkey) = passkeys.find(|one| one.id() == signed.id) {
                passkey.verify(signed, challenge, party)?;
                return Ok(user.id);
            }
        }
        Err(Error::Nobody)
    }

    /// Sets another password.
    ///
    /// # Errors
    /// No such account.
    pub fn set_password(&mut self, id: UserId, password: Password) -> Result<(), Error> {
        self.get_mut(id)?.password = Some(password);
        Ok(())
    }

    /// Asks for codes of an authenticator from now on, once one of them was shown to be right;
    /// gives recovery codes.
    ///
    /// # Errors
    /// No such account; a wrong code.
    pub fn add_code(
        &mut self,
        id: UserId,
        mut totp: Totp,
        code: &str,
        now: u64,
    ) -> Result<Vec<Zeroizing<String>>, Error> {
        let user = self.get_mut(id)?;
        if !totp.take(code, now) {
            return Err(Error::WrongCode);
        }
        let (recovery, codes) = Recovery::new();
        user.totp = Some(totp);
        user.recovery = recovery;
        Ok(codes)
    }

    /// Asks for no codes any more.
    ///
    /// # Errors
    /// No such account.
    pub fn remove_code(&mut self, id: UserId) -> Result<(), Error> {
        let user = self.get_mut(id)?;
        user.totp = None;
        user.recovery = Recovery::default();
        Ok(())
    }

    /// Takes a passkey. One that any open account has is refused (WebAuthn §7.1, step 26).
    ///
    /// # Errors
    /// No such account, too many passkeys, a passkey that is in use.
    pub fn add_passkey(&mut self, id: UserId, passkey: Passkey) -> Result<(), Error> {
        let is_same = |one: &Passkey| one.id() == passkey.id();
        let mut open = self.all.iter().filter(|user| !user.closed);
        if open.any(|user| user.passkeys.iter().any(is_same)) {
            return Err(Error::PasskeyTaken);
        }
        let user = self.get_mut(id)?;
        if user.passkeys.len() >= PASSKEYS {
            return Err(Error::Passkeys);
        }
        user.passkeys.push(passkey);
        Ok(())
    }

    /// Removes a passkey; what it was called.
    ///
    /// # Errors
    /// No such account or passkey.
    pub fn remove_passkey(&mut self, id: UserId, passkey: &str) -> Result<String, Error> {
        let user = self.get_mut(id)?;
        let at = user.passkeys.iter().position(|one| one.id() == passkey);
        Ok(user.passkeys.remove(at.ok_or(Error::Nobody)?).name)
    }
}

impl std::fmt::Debug for Users {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Users({})", self.all.len())
    }
}

#[cfg(test)]
#[path = "users_test.rs"]
mod tests;
