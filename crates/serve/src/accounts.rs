//! The accounts of a server that several people use: kept sealed in this device's folder, changed
//! one at a time, each change an act on record.
//!
//! Invariant: an act is on record before it holds. The file is sealed with a key of this device:
//! whoever has the folder and not its passphrase learns no name from it.

use crate::app::App;
use crate::attempts::Turn;
use crate::sessions::{How, Who};
use crate::vault::Open;
use archive::Device;
use model::{EncodingError, from_cbor, to_cbor};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};
use users::passkey::{Party, Signed};
use users::{Accepted, Act, UserId, Users, What};
use zeroize::Zeroizing;

/// Name of the sealed file.
const FILE: &str = "users";

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccountError {
    /// It does not fit.
    #[error(transparent)]
    Users(#[from] users::Error),
    /// The archive or the device's folder.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The file is damaged.
    #[error(
        "the accounts of this server are damaged ({0}); restore the device folder from a backup"
    )]
    Damaged(#[from] EncodingError),
    /// The act was not put on record.
    #[error(transparent)]
    Record(#[from] collect::Error),
}

/// Why somebody was not let in.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The archive is locked: nobody can be known.
    Locked,
    /// Tried too often: seconds to wait.
    Wait(u64),
    /// Something of it was wrong; it is not said what.
    Wrong,
    /// The passkey was not taken, in words.
    Passkey(String),
    /// Something failed, in words.
    Failed(String),
}

/// The accounts, as they are kept.
pub(crate) struct Accounts {
    users: RwLock<Arc<Users>>,
    /// One changes them at a time.
    changing: Mutex<()>,
}

impl Accounts {
    /// The accounts that this device keeps.
    pub(crate) fn load(device: &Device) -> Result<Self, AccountError> {
        let users = match device.kept(FILE)? {
            Some(bytes) => from_cbor(&bytes)?,
            None => Users::default(),
        };
        Ok(Self {
            users: RwLock::new(Arc::new(users)),
            changing: Mutex::default(),
        })
    }
}

/// Seconds since 1970, by this device's clock.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

impl Open {
    /// The accounts as they are now.
    pub(crate) fn users(&self) -> Arc<Users> {
        let users = self.accounts.users.read();
        Arc::clone(&users.unwrap_or_else(PoisonError::into_inner))
    }

    /// Does `work` while nobody changes the accounts.
    fn while_unchanged<T>(&self, work: impl FnOnce(&Users) -> T) -> T {
        let one_at_a_time = self.accounts.changing.lock();
        let _one_at_a_time = one_at_a_time.unwrap_or_else(PoisonError::into_inner);
        work(&self.users())
    }

    /// Puts an act on record that changes no account, then does it; `may` is asked before. Nobody
    /// changes an account meanwhile.
    pub(crate) fn put_act<T>(
        &self,
        act: &Act,
        may: impl FnOnce(&Users) -> Result<(), users::Error>,
        then: impl FnOnce() -> T,
    ) -> Result<T, AccountError> {
        self.while_unchanged(|users| {
            may(users)?;
            self.record(act)?;
            Ok(then())
        })
    }

    fn record(&self, act: &Act) -> Result<(), AccountError> {
        self.write(|writer| Ok(collect::put_account(writer, act).map(drop)?))
    }

    /// Changes the accounts, and puts on record what `act` makes of it. May wait for the writer.
    pub(crate) fn change_users<T>(
        &self,
        change: impl FnOnce(&mut Users) -> Result<T, users::Error>,
        act: impl FnOnce(&T) -> Option<Act>,
    ) -> Result<T, AccountError> {
        let one_at_a_time = self.accounts.changing.lock();
        let _one_at_a_time = one_at_a_time.unwrap_or_else(PoisonError::into_inner);
        let mut users = Users::clone(&self.users());
        let done = change(&mut users)?;
        if let Some(act) = act(&done) {
            self.record(&act)?;
        }
        let kept = Zeroizing::new(to_cbor(&users)?);
        self.device.keep(FILE, &kept)?;
        let kept = self.accounts.users.write();
        *kept.unwrap_or_else(PoisonError::into_inner) = Arc::new(users);
        Ok(done)
    }
}

/// Whose a name is already: what is decided under it is theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holder {
    /// Whoever keeps this machine.
    Keeper,
    /// A person with an account, or who had one.
    Person,
    /// Whoever has a token that holds.
    Token,
}

/// Who has a name, or had it, among all who may decide here.
pub(crate) fn holder(app: &App, users: &Users, name: &str) -> Option<Holder> {
    let wanted = users::folded(name);
    if users.has_had(name) {
        return Some(Holder::Person);
    }
    if users::folded(&app.inner.options.operator) == wanted {
        return Some(Holder::Keeper);
    }
    let tokens = app.inner.api.tokens.all();
    let mut names = tokens.iter().map(|token| users::folded(token.name()));
    names.any(|name| name == wanted).then_some(Holder::Token)
}

/// A turn to try a password, and the accounts as they are in it; refused where the name has to wait.
fn turn<'a>(app: &'a App, open: &Open, name: &str) -> Result<(Turn<'a>, Arc<Users>), Refused> {
    let attempts = &app.inner.attempts;
    let slowed = || match attempts.wait(name) {
        Some(wait) => Err(Refused::Wait(wait.as_secs().max(1))),
        None => Ok(()),
    };
    slowed()?;
    let turn = attempts.turn().ok_or(Refused::Wait(2))?;
    // Whoever came at the same moment may have got it wrong meanwhile.
    slowed()?;
    Ok((turn, open.users()))
}

/// Whether this is the password of somebody who is signed in; slowed as at the door.
pub(crate) fn is_own_password(
    app: &App,
    open: &Open,
    name: &str,
    password: &str,
) -> Result<bool, Refused> {
    let (_turn, users) = turn(app, open, name)?;
    let is_right = users.password_of(name).is(password);
    match is_right {
        true => app.inner.attempts.worked(name),
        false => app.inner.attempts.failed(name),
    }
    Ok(is_right)
}

/// Lets somebody in by name, password and code; the secret of a new session. Takes some tenths of
/// a second, and may wait for a turn.
pub(crate) fn sign_in(
    app: &App,
    name: &str,
    password: &str,
    code: &str,
) -> Result<String, Refused> {
    let attempts = &app.inner.attempts;
    let open = app.inner.vault.get().ok_or(Refused::Locked)?;
    let (_turn, users) = turn(app, &open, name)?;
    let accepted = match users.password_of(name).is(password) {
        true => let_in(&open, &users, name, code)?,
        false => None,
    };
    let Some(accepted) = accepted else {
        attempts.failed(name);
        return Err(Refused::Wrong);
    };
    let has_code = users.named(name).is_some_and(users::User::has_code);
    let how = match (accepted.by_recovery, has_code) {
        (true, _) => How::Recovery,
        (false, true) => How::Code,
        (false, false) => How::Password,
    };
    // The password may have been changed since it was looked at: that ends sessions, this one too.
    let begun = open.while_unchanged(|now| {
        let holds = now.has_same_password(&users, accepted.user);
        holds.then(|| app.inner.sessions.begin(Who::User(accepted.user), how))
    });
    let begun = begun.ok_or(Refused::Wrong)?;
    attempts.worked(name);
    Ok(begun)
}

/// Looks at the second factor, where there is one: it is used up by that, and so is kept.
fn let_in(open: &Open, users: &Users, name: &str, code: &str) -> Result<Option<Accepted>, Refused> {
    if !users.named(name).is_some_and(users::User::has_code) {
        return Ok(Users::clone(users).let_in(name, code, now()));
    }
    let change = |users: &mut Users| {
        let accepted = users.let_in(name, code, now());
        accepted.ok_or(users::Error::WrongPassword)
    };
    let act = |accepted: &Accepted| {
        let name = name.to_owned();
        accepted.by_recovery.then_some(Act {
            by: name.clone(),
            about: name,
            what: What::RecoveryUsed,
        })
    };
    match open.change_users(change, act) {
        Ok(accepted) => Ok(Some(accepted)),
        Err(AccountError::Users(_)) => Ok(None),
        Err(error) => Err(Refused::Failed(error.to_string())),
    }
}

/// Lets somebody in by a passkey; the secret of a new session.
pub(crate) fn sign_in_by_passkey(
    app: &App,
    signed: &Signed,
    challenge: &str,
    party: &Party,
) -> Result<String, Refused> {
    let open = app.inner.vault.get().ok_or(Refused::Locked)?;
    let change = |users: &mut Users| users.let_in_by_passkey(signed, challenge, party);
    match open.change_users(change, |_| None) {
        Ok(user) => {
            let begin = || app.inner.sessions.begin(Who::User(user), How::Passkey);
            let begun = open.while_unchanged(|now| {
                let passkeys = now.get(user).map_or(&[][..], |user| user.passkeys());
                let mut passkeys = passkeys.iter();
                passkeys.any(|one| one.id() == signed.id).then(begin)
            });
            begun.ok_or(Refused::Wrong)
        }
        Err(AccountError::Users(users::Error::Nobody)) => Err(Refused::Wrong),
        Err(AccountError::Users(error)) => Err(Refused::Passkey(error.to_string())),
        Err(error) => Err(Refused::Failed(error.to_string())),
    }
}

/// What an admin does to an account.
pub(crate) enum Change {
    /// Gives it another role.
    Role(users::Role),
    /// Closes it.
    Close,
}

/// Does what an admin asks for; sessions of the person end where their rights do.
pub(crate) fn administer(
    app: &App,
    open: &Open,
    by: &str,
    id: UserId,
    change: &Change,
) -> Result<(), AccountError> {
    let about = name_of(open, id)?;
    let what = match change {
        Change::Role(role) => What::Role(*role),
        Change::Close => What::Closed,
    };
    let by = by.to_owned();
    let done = |users: &mut Users| match change {
        Change::Role(role) => users.set_role(id, *role),
        Change::Close => users.close(id),
    };
    open.change_users(done, |()| Some(Act { by, about, what }))?;
    if matches!(change, Change::Close) {
        app.inner.sessions.end_of(id);
    }
    Ok(())
}

/// Makes an account; its id and invitation.
pub(crate) fn add(
    app: &App,
    open: &Open,
    by: &str,
    name: &str,
    role: users::Role,
) -> Result<(UserId, String), AccountError> {
    let (by, about) = (by.to_owned(), name.trim().to_owned());
    let added = open.change_users(
        |users| match holder(app, users, name) {
            None => users.add(name, role, now()),
            Some(_) => Err(users::Error::Taken),
        },
        |_| {
            Some(Act {
                by,
                about,
                what: What::Added(role),
            })
        },
    )?;
    Ok((added.0, added.1.to_string()))
}

/// Invites a person anew: what signed them in before holds no longer.
pub(crate) fn invite(app: &App, open: &Open, by: &str, id: UserId) -> Result<String, AccountError> {
    let about = name_of(open, id)?;
    let by = by.to_owned();
    let what = What::Invited;
    let secret = open.change_users(
        |users| users.invite(id, now()),
        |_| Some(Act { by, about, what }),
    )?;
    app.inner.sessions.end_of(id);
    Ok(secret.to_string())
}

/// The name of an account that is open.
pub(crate) fn name_of(open: &Open, id: UserId) -> Result<String, users::Error> {
    let users = open.users();
    let user = users.get(id).ok_or(users::Error::Nobody)?;
    Ok(user.name().to_owned())
}
