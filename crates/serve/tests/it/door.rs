//! The door: passphrase, password, code and passkey, and whoever gets them wrong.
use crate::browser::{Browser, FORM, PASSWORD};
use crate::house::{House, between, json_of, text, words};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::json;

#[tokio::test]
async fn the_passphrase_is_guessed_ever_more_slowly_and_by_strangers_only() {
    let house = House::with_passphrase("correct horse battery").await;
    house.request("POST", "/lock", &[FORM], "").await;
    let wrong = "passphrase=wrong+horse+battery&back=/";
    let mut answers = Vec::new();
    for _ in 0..5 {
        let seen = house.as_stranger("POST", "/unlock", &[FORM], wrong).await;
        answers.push(seen.status);
    }
    let wrong = StatusCode::UNAUTHORIZED;
    assert_eq!(answers[..4], [wrong; 4]);
    assert_eq!(answers[4], StatusCode::TOO_MANY_REQUESTS);
    let right = "passphrase=correct+horse+battery&back=/";
    let seen = house.as_stranger("POST", "/unlock", &[FORM], right).await;
    assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
    // Whoever has a session is not kept out by strangers.
    let seen = house.request("POST", "/unlock", &[FORM], right).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", words(&seen.body));
}

#[tokio::test]
async fn passwords_that_are_tried_at_once_are_slowed_too() {
    let house = House::with_demo().await;
    Browser::joined(&house, "Ann", Role::Reader).await;
    let tries = (0..10).map(|_| Browser::sign_in(&house, "Ann", "not+her+own", ""));
    let answers = futures_util::future::join_all(tries).await;
    let looked_at = answers
        .iter()
        .filter(|seen| seen.status == StatusCode::UNAUTHORIZED);
    // Three are free, the fourth begins the wait; the others came before it and are refused.
    assert_eq!(looked_at.count(), 4);
}

#[tokio::test]
async fn the_door_lets_in_by_name_and_slows_whoever_gets_it_wrong() {
    let house = House::with_passphrase("correct horse battery").await;
    let stranger = house.get_as_stranger("/").await;
    assert!(stranger.body.contains("name=\"passphrase\""));
    let ann = Browser::joined(&house, "Ann", Role::Reader).await;
    assert!(words(&ann.get("/").await.body).contains("Ann"));
    // From now on the passphrase opens the archive and signs nobody in.
    let stranger = house.get_as_stranger("/").await;
    assert!(stranger.body.contains("action=\"/sign-in\""));
    let passphrase = "passphrase=correct+horse+battery&back=/";
    let seen = house
        .as_stranger("POST", "/unlock", &[FORM], passphrase)
        .await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(seen.header("set-cookie"), "");
    let locked = ann.post("/lock", "").await;
    assert_eq!(locked.status, StatusCode::SEE_OTHER);
    let seen = Browser::sign_in(&house, "Ann", PASSWORD, "").await;
    assert_eq!(seen.status, StatusCode::UNAUTHORIZED);
    assert!(seen.body.contains("name=\"passphrase\""), "{}", seen.body);
    house
        .as_stranger("POST", "/unlock", &[FORM], passphrase)
        .await;
    // Her session outlives the lock.
    assert_eq!(ann.get("/sources").await.status, StatusCode::OK);
    let mut other = Browser {
        house: &house,
        cookie: String::new(),
    };
    other.take(&Browser::sign_in(&house, "ANN", PASSWORD, "").await);
    assert_eq!(other.get("/sources").await.status, StatusCode::OK);
    for (name, password) in [
        ("Ann", "another+password"),
        ("Nobody", PASSWORD),
        ("Ann", ""),
        ("Ann", "a+long+enough+onf"),
        ("Ann", "x"),
    ] {
        let seen = Browser::sign_in(&house, name, password, "").await;
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED, "{name} {password}");
        let said = words(&seen.body);
        assert!(said.contains("It is not said which"), "{said}");
    }
    let seen = Browser::sign_in(&house, "Ann", PASSWORD, "").await;
    assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(words(&seen.body).contains("Too many tries"));
}

#[tokio::test]
async fn a_code_is_asked_for_once_it_was_set_up() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Coder).await;
    let page = ann.get("/settings/code").await.body;
    assert!(page.contains("<svg class=\"qr\""));
    let secret = between(&page, "data-secret>", "<").replace(' ', "");
    assert_eq!(secret.len(), 32);
    let wrong = ann
        .post("/settings/code", &format!("old={PASSWORD}&code=12345"))
        .await;
    assert!(wrong.body.contains("role=\"alert\""));
    // The same secret is shown until it was confirmed.
    assert!(wrong.body.replace(' ', "").contains(&secret));
    let code = code_of(&secret, now());
    // Whoever sits down at her browser cannot put their own authenticator there.
    let stolen = ann.post("/settings/code", &format!("code={code}")).await;
    assert!(stolen.body.contains("role=\"alert\"") && !stolen.body.contains("recovery\"><li>"));
    let sent = format!("old={PASSWORD}&code={code}");
    let codes = ann.post("/settings/code", &sent).await;
    let recovery = between(&codes.body, "<ol class=\"exact recovery\"><li>", "<").to_owned();
    let seen = Browser::sign_in(&house, "Ann", PASSWORD, "").await;
    assert_eq!(seen.status, StatusCode::UNAUTHORIZED);
    let mut other = Browser {
        house: &house,
        cookie: String::new(),
    };
    other.take(&Browser::sign_in(&house, "Ann", PASSWORD, &recovery).await);
    let again = Browser::sign_in(&house, "Ann", PASSWORD, &recovery).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED, "used up");
    // The next code: the one that confirmed was used by that.
    let next = code_of(&secret, now() + 30);
    other.take(&Browser::sign_in(&house, "Ann", PASSWORD, &next).await);
    let settings = words(&other.get("/settings").await.body);
    assert!(settings.contains("9 recovery codes are left"), "{settings}");
    let gone = other
        .post("/settings/code/remove", &format!("old={PASSWORD}"))
        .await;
    assert!(words(&gone.body).contains("No code is asked for"));
    let changed = format!("old={PASSWORD}&new=quite+another+one&again=quite+another+one");
    let seen = other.post("/settings/password", &changed).await;
    assert!(
        words(&seen.body).contains("was changed"),
        "{}",
        words(&seen.body)
    );
    assert_eq!(ann.get("/").await.status, StatusCode::UNAUTHORIZED);
    other.take(&Browser::sign_in(&house, "Ann", "quite+another+one", "").await);
}

#[tokio::test]
async fn passkeys_are_asked_for_where_browsers_allow_them() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Coder).await;
    let cookie = ("cookie", ann.cookie.as_str());
    let form = ("content-type", "application/json");
    let local = ("host", "localhost:7070");
    let path = "/settings/passkeys/ask";
    let bare = house.as_stranger("POST", path, &[form, cookie], "{}").await;
    assert_eq!(bare.status, StatusCode::BAD_REQUEST);
    // Without her password there is no challenge, and so no passkey that outlives her session.
    for body in [
        "{}".to_owned(),
        json!({"password": "another one"}).to_string(),
    ] {
        let refused = house
            .as_stranger("POST", path, &[form, cookie, local], &body)
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(json_of(&refused)["challenge"].is_null(), "{}", refused.body);
    }
    let removed = ann.post("/settings/passkeys/remove", "id=AAAA").await;
    assert!(removed.body.contains("role=\"alert\""));
    let asked = json!({"password": PASSWORD.replace('+', " ")}).to_string();
    let asked = house
        .as_stranger("POST", path, &[form, cookie, local], &asked)
        .await;
    let asked = json_of(&asked);
    assert_eq!(asked["rp"]["id"], "localhost");
    assert_eq!(asked["user"]["name"], "Ann");
    let door = house.as_stranger("GET", "/", &[local], "").await;
    assert!(door.body.contains("data-passkey=\"sign-in\""));
    let challenge = json_of(
        &house
            .as_stranger("POST", "/passkey/ask", &[form, local], "{}")
            .await,
    );
    let challenge = text(&challenge["challenge"]);
    let answer = json!({
        "challenge": challenge, "id": "AAAA", "client": "e30", "authenticator": "AAAA", "signature": "AAAA",
    });
    let answer = answer.to_string();
    for (is_late, again) in [(false, "the first"), (true, "once more")] {
        let seen = house
            .as_stranger("POST", "/passkey/answer", &[form, local], &answer)
            .await;
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED, "{}", seen.body);
        // A challenge is answered once: the second time nobody looks at the answer.
        assert_eq!(
            seen.body.contains("took too long"),
            is_late,
            "{again}: {}",
            seen.body
        );
    }
}

fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}

/// What an authenticator shows for a secret that was typed into it.
fn code_of(secret: &str, now: u64) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut bits = String::new();
    for letter in secret.chars() {
        bits.push_str(&format!("{:05b}", letters.find(letter).unwrap()));
    }
    let bytes: Vec<u8> = (0..bits.len() / 8)
        .map(|at| u8::from_str_radix(&bits[8 * at..8 * at + 8], 2).unwrap())
        .collect();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let tag = ring::hmac::sign(&key, &(now / 30).to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes([tag[at] & 127, tag[at + 1], tag[at + 2], tag[at + 3]]);
    format!("{:06}", number % 1_000_000)
}
