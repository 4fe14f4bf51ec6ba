#![allow(clippy::unwrap_used)]
use super::*;
use crate::user::INVITED;

const NOW: u64 = 1_700_000_000;
const PASSWORD: &str = "a long enough one";

fn joined(users: &mut Users, name: &str) -> UserId {
    let (id, secret) = users.add(name, Role::Coder, NOW).unwrap();
    let password = Password::new(PASSWORD).unwrap();
    assert_eq!(users.join(&secret, password, NOW).unwrap(), id);
    id
}

fn try_in(users: &mut Users, name: &str, password: &str, code: &str, now: u64) -> Option<Accepted> {
    users.sign_in(&SignIn {
        name,
        password,
        code,
        now,
    })
}

#[test]
fn an_invitation_is_taken_up_once_and_the_password_lets_in() {
    let mut users = Users::default();
    assert!(!users.are_several());
    let (id, secret) = users.add(" Ann  Lee ", Role::Reviewer, NOW).unwrap();
    assert_eq!(users.get(id).unwrap().name(), "Ann Lee");
    assert_eq!(users.add("ann lee", Role::Reader, NOW), Err(Error::Taken));
    assert!(users.invited(&secret, NOW + INVITED).is_none());
    assert!(users.invited("made up", NOW).is_none());
    assert!(try_in(&mut users, "Ann Lee", "", "", NOW).is_none());
    let password = || Password::new(PASSWORD).unwrap();
    users.join(&secret, password(), NOW).unwrap();
    assert_eq!(users.join(&secret, password(), NOW), Err(Error::NotInvited));
    assert_eq!(
        try_in(&mut users, "ANN LEE", PASSWORD, "", NOW)
            .unwrap()
            .user,
        id
    );
    assert!(try_in(&mut users, "Ann Lee", "a long enough onf", "", NOW).is_none());
    assert!(try_in(&mut users, "Ben", PASSWORD, "", NOW).is_none());
    let again = users.invite(id, NOW).unwrap();
    assert!(try_in(&mut users, "Ann Lee", PASSWORD, "", NOW).is_none());
    assert!(users.invited(&again, NOW).is_some());
    users.close(id).unwrap();
    assert!(!users.are_several() && users.invited(&again, NOW).is_none());
    // What was decided under her name stays hers: nobody gets it again.
    assert_eq!(users.add("ann  LEE", Role::Reader, NOW), Err(Error::Taken));
    assert!(users.has_had("ANN LEE") && !users.has_had("Ben"));
    let unseen = ["A\u{200b}nn", "Ann\u{202e}", "\u{feff}Ann", "\u{3164}"];
    for bad in ["", "  ", "a\u{7}b", &"x".repeat(NAME + 1)]
        .into_iter()
        .chain(unseen)
    {
        assert_eq!(
            users.add(bad, Role::Reader, NOW),
            Err(Error::Name),
            "{bad:?}"
        );
    }
}

#[test]
fn where_there_is_a_second_factor_the_password_alone_lets_nobody_in() {
    let mut users = Users::default();
    let id = joined(&mut users, "Ann");
    let totp = Totp::new();
    let wrong = users.add_code(id, totp.clone(), "12345", NOW);
    assert_eq!(wrong.unwrap_err(), Error::WrongCode);
    let codes = users
        .add_code(id, totp.clone(), &totp.shown(NOW), NOW)
        .unwrap();
    assert!(try_in(&mut users, "Ann", PASSWORD, "", NOW).is_none());
    // The code that showed that it works was taken by that.
    assert!(try_in(&mut users, "Ann", PASSWORD, &totp.shown(NOW), NOW).is_none());
    let later = NOW + 60;
    let code = totp.shown(later);
    assert!(try_in(&mut users, "Ann", "something else!", &code, later).is_none());
    let accepted = try_in(&mut users, "Ann", PASSWORD, &code, later).unwrap();
    assert_eq!((accepted.user, accepted.by_recovery), (id, false));
    let accepted = try_in(&mut users, "Ann", PASSWORD, &codes[3], later).unwrap();
    assert!(accepted.by_recovery);
    assert!(try_in(&mut users, "Ann", PASSWORD, &codes[3], later).is_none());
    assert_eq!(users.get(id).unwrap().recovery_left(), codes.len() - 1);
    users.remove_code(id).unwrap();
    assert!(try_in(&mut users, "Ann", PASSWORD, "", later).is_some());
}

#[test]
fn accounts_come_back_as_they_were_kept() {
    let mut users = Users::default();
    let id = joined(&mut users, "Ann");
    let kept = serde_json::to_string(&users).unwrap();
    assert!(!kept.contains(PASSWORD));
    let mut back: Users = serde_json::from_str(&kept).unwrap();
    assert_eq!(
        try_in(&mut back, "Ann", PASSWORD, "", NOW).unwrap().user,
        id
    );
    assert_eq!(id.to_string().parse::<UserId>().unwrap(), id);
    assert!("".parse::<UserId>().is_err() && "AAAA".parse::<UserId>().is_err());
}

#[test]
fn closed_accounts_leave_room() {
    let mut users = Users::default();
    let (first, _) = users.add("somebody", Role::Reader, NOW).unwrap();
    let somebody = users.all[0].clone();
    let others = (1..MOST as u128).map(|number| User {
        id: UserId(number.to_le_bytes()),
        ..somebody.clone()
    });
    users.all.extend(others);
    assert_eq!(users.add("Ann", Role::Reader, NOW), Err(Error::Full));
    users.close(first).unwrap();
    users.add("Ann", Role::Reader, NOW).unwrap();
    assert_eq!(users.add("Ben", Role::Reader, NOW), Err(Error::Full));
}
