//! Several people on one server: invited, signed in, each with their role and their name.
use crate::house::{House, Person, Seen, between, json_of, text, words};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::json;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PASSWORD: &str = "a+long+enough+one";
const NOBODY: &str = "018bcfe5-6800-7000-8000-000000000000";

/// The least role that may, by method and address; said again here, so that a change of the table
/// of rights is a change of this one too. Those for everybody are left out.
const LEAST: &[(&str, &str, Role)] = &[
    ("GET", "/", Role::Reader),
    ("GET", "/help", Role::Reader),
    ("GET", "/alerts", Role::Reader),
    ("POST", "/alerts/seen", Role::Reviewer),
    ("GET", "/sources", Role::Reader),
    ("POST", "/sources/add", Role::Coder),
    ("GET", "/sources/{id}", Role::Reader),
    ("GET", "/sources/{id}/original", Role::Coder),
    ("GET", "/sources/{id}/pages/1", Role::Reader),
    ("POST", "/sources/{id}/pages", Role::Coder),
    ("GET", "/sources/{id}/code", Role::Coder),
    ("POST", "/sources/{id}/code", Role::Coder),
    ("GET", "/masked", Role::Coder),
    ("POST", "/masked", Role::Coder),
    ("GET", "/review", Role::Reviewer),
    ("POST", "/review/decide", Role::Reviewer),
    ("POST", "/review/correct", Role::Reviewer),
    ("GET", "/search", Role::Reader),
    ("POST", "/search/save", Role::Reader),
    ("POST", "/search/forget", Role::Reader),
    ("GET", "/search/names", Role::Reader),
    ("POST", "/search/names", Role::Reader),
    ("GET", "/people", Role::Reader),
    ("GET", "/people/pairs", Role::Reader),
    ("POST", "/people/judge", Role::Reviewer),
    ("GET", "/people/case/{id}", Role::Reader),
    ("GET", "/people/person/{id}", Role::Reader),
    ("GET", "/accountability", Role::Reader),
    ("GET", "/accountability/stands", Role::Reader),
    ("GET", "/accountability/to/{id}", Role::Reader),
    ("GET", "/accountability/demand/{id}", Role::Reader),
    ("GET", "/corroboration", Role::Reader),
    ("GET", "/corroboration/{id}", Role::Reader),
    ("GET", "/estimate", Role::Reader),
    ("GET", "/statistics", Role::Reader),
    ("GET", "/statistics/table.csv", Role::Reader),
    ("GET", "/timeline", Role::Reader),
    ("GET", "/map", Role::Reader),
    ("GET", "/integrity", Role::Reader),
    ("POST", "/integrity/verify", Role::Keeper),
    ("GET", "/integrity/{id}", Role::Reader),
    ("GET", "/integrity/{id}/proof.zip", Role::Reader),
    ("GET", "/log", Role::Keeper),
    ("GET", "/settings", Role::Reader),
    ("POST", "/settings/passphrase", Role::Admin),
    ("POST", "/settings/password", Role::Reader),
    ("GET", "/settings/code", Role::Reader),
    ("POST", "/settings/code", Role::Reader),
    ("POST", "/settings/code/remove", Role::Reader),
    ("POST", "/settings/passkeys/ask", Role::Reader),
    ("POST", "/settings/passkeys", Role::Reader),
    ("POST", "/settings/passkeys/remove", Role::Reader),
    ("POST", "/settings/sessions", Role::Reader),
    ("POST", "/settings/sessions/end", Role::Reader),
    ("GET", "/users", Role::Admin),
    ("POST", "/users", Role::Admin),
    ("POST", "/users/{id}", Role::Admin),
    // The last two end the session and lock the archive.
    ("POST", "/sign-out", Role::Reader),
    ("POST", "/lock", Role::Reader),
];

/// Somebody's browser.
struct Browser<'h> {
    house: &'h House,
    cookie: String,
}

impl<'h> Browser<'h> {
    /// One that the keeper's invitation brought in.
    async fn joined(house: &'h House, name: &str, role: Role) -> Self {
        let body = format!("name={name}&role={}", role.name());
        let page = house.request("POST", "/users", &[FORM], &body).await;
        assert_eq!(page.status, StatusCode::OK, "{}", words(&page.body));
        let code = between(&page.body, "/join?code=", "<").to_owned();
        let door = Self {
            house,
            cookie: "nothing=1".to_owned(),
        };
        let seen = door.get(&format!("/join?code={code}")).await;
        assert!(words(&seen.body).contains(name), "{}", words(&seen.body));
        let form = format!("code={code}&new={PASSWORD}&again={PASSWORD}");
        let mut joined = door;
        joined.take(&joined.post("/join", &form).await);
        joined
    }

    /// Signs in by name, password and code.
    async fn sign_in(house: &House, name: &str, password: &str, code: &str) -> Seen {
        let body = format!("name={name}&password={password}&code={code}&back=/");
        house.as_stranger("POST", "/sign-in", &[FORM], &body).await
    }

    fn take(&mut self, seen: &Seen) {
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", words(&seen.body));
        let cookie = seen.header("set-cookie").split(';').next().unwrap();
        assert!(cookie.starts_with("onrecord-session="));
        self.cookie = cookie.to_owned();
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Seen {
        let headers = [FORM, ("cookie", self.cookie.as_str())];
        self.house.as_stranger(method, path, &headers, body).await
    }

    async fn get(&self, path: &str) -> Seen {
        self.ask("GET", path, "").await
    }

    async fn post(&self, path: &str, body: &str) -> Seen {
        self.ask("POST", path, body).await
    }
}

#[tokio::test]
async fn every_screen_answers_every_role_as_its_right_says() {
    let house = House::with_demo().await;
    let mut tried = 0;
    for role in Role::ALL {
        let person = Browser::joined(&house, role.name(), role).await;
        for (method, path, least) in LEAST {
            let path = path.replace("{id}", NOBODY);
            let stranger = house.as_stranger(method, &path, &[FORM], "").await;
            assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            if path == "/lock" {
                continue;
            }
            let seen = person.ask(method, &path, "").await;
            let may = role >= *least;
            assert_eq!(
                seen.status != StatusCode::FORBIDDEN,
                may,
                "{} {method} {path}: {}",
                role.name(),
                seen.status
            );
            assert_ne!(seen.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            assert_ne!(
                seen.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            tried += 1;
        }
    }
    assert_eq!(tried, (LEAST.len() - 1) * Role::ALL.len());
    let wrong = house.request("DELETE", "/sources", &[], "").await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn two_persons_on_one_device_are_two_reviewers() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Reviewer).await;
    let ben = Browser::joined(&house, "Ben", Role::Reviewer).await;
    let mut record = String::new();
    for (person, status) in [(&ann, "Second review due"), (&ben, "Ben accepted it")] {
        let path = match record.is_empty() {
            true => "/review".to_owned(),
            false => format!("/review?record={record}"),
        };
        let page = person.get(&path).await.body;
        record = between(&page, "name=\"record\" value=\"", "\"").to_owned();
        let version = between(&page, "name=\"version\" value=\"", "\"");
        let body = format!("record={record}&version={version}&choice=accept");
        let sent = person.post("/review/decide", &body).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", words(&sent.body));
        let shown = person.get(&format!("/review?record={record}")).await.body;
        assert!(words(&shown).contains(status), "{}", words(&shown));
    }
    let cookie = [("cookie", ann.cookie.as_str())];
    let path = format!("/api/v1/records/{record}");
    let seen = json_of(&house.as_stranger("GET", &path, &cookie, "").await);
    assert_eq!(seen["status"], "accepted", "{seen}");
    let by: Vec<String> = seen["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["decision"]["by"]))
        .collect();
    assert_eq!(by, ["Ann", "Ben"]);
    let me = house.as_stranger("GET", "/api/v1/me", &cookie, "").await;
    assert_eq!(json_of(&me)["name"], "Ann");
    // Nobody gets a token in a person's name.
    let admin = Person::new(&house, "a program", Role::Admin);
    let taken = json!({"name": "ann", "role": "reviewer"});
    let seen = admin.post("/tokens", &[], &taken).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
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
async fn what_an_admin_does_holds_at_once_and_is_on_record() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Reviewer).await;
    let admin = Person::new(&house, "a program", Role::Admin);
    let users = admin.get("/users").await;
    let id = text(&users["items"][0]["id"]);
    assert_eq!(ann.get("/review").await.status, StatusCode::OK);
    let role = json!({"role": "reader"});
    let path = format!("/users/{id}/role");
    let seen = admin.post(&path, &[], &role).await;
    assert_eq!(json_of(&seen)["role"], "reader", "{}", seen.body);
    let refused = ann.get("/review").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(words(&refused.body).contains("It needs a reviewer"));
    let home = ann.get("/").await.body;
    assert!(!home.contains("href=\"/review\" data-go"));
    assert!(home.contains("href=\"/sources\" data-go"));
    // She sees and ends her own sessions, an admin all.
    let cookie = [("cookie", ann.cookie.as_str())];
    let own = house
        .as_stranger("GET", "/api/v1/sessions", &cookie, "")
        .await;
    assert_eq!(json_of(&own)["items"].as_array().unwrap().len(), 1);
    let all = admin.get("/sessions").await["items"].clone();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let keepers = all.as_array().unwrap().iter();
    let keepers = keepers
        .filter(|one| one["how"] == "link")
        .collect::<Vec<_>>();
    let path = format!("/api/v1/sessions/{}", text(&keepers[0]["id"]));
    let seen = house.as_stranger("DELETE", &path, &cookie, "").await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND, "not hers to end");
    // Invited anew, she is out, and her password holds no longer.
    let path = format!("/users/{id}/invitation");
    let invited = admin.post(&path, &[], &json!({})).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.body);
    assert_eq!(ann.get("/").await.status, StatusCode::UNAUTHORIZED);
    let seen = Browser::sign_in(&house, "Ann", PASSWORD, "").await;
    assert_eq!(seen.status, StatusCode::UNAUTHORIZED);
    let closed = admin.ask("DELETE", &format!("/users/{id}"), &[], "").await;
    assert_eq!(closed.status, StatusCode::NO_CONTENT);
    let join = text(&json_of(&invited)["path"]);
    let seen = house.get_as_stranger(&join).await;
    assert_eq!(
        seen.status,
        StatusCode::BAD_REQUEST,
        "{}",
        words(&seen.body)
    );
    let log = words(&house.get("/log?kind=account").await.body);
    for act in [
        "Ann · was invited · reviewer · tester",
        "Ann · joined · Ann",
        "Ann · has another role · reader · a program",
        "Ann · was invited anew · a program",
        "Ann · account closed · a program",
    ] {
        assert!(log.contains(act), "{act} is not in {log}");
    }
}

#[tokio::test]
async fn a_code_is_asked_for_once_it_was_set_up() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Coder).await;
    let page = ann.get("/settings/code").await.body;
    assert!(page.contains("<svg class=\"qr\""));
    let secret = between(&page, "data-secret>", "<").replace(' ', "");
    assert_eq!(secret.len(), 32);
    let wrong = ann.post("/settings/code", "code=12345").await;
    assert!(wrong.body.contains("role=\"alert\""));
    // The same secret is shown until it was confirmed.
    assert!(wrong.body.replace(' ', "").contains(&secret));
    let code = code_of(&secret, now());
    let codes = ann.post("/settings/code", &format!("code={code}")).await;
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
    let asked = house
        .as_stranger("POST", path, &[form, cookie, local], "{}")
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
    for _ in 0..2 {
        let seen = house
            .as_stranger(
                "POST",
                "/passkey/answer",
                &[form, local],
                &answer.to_string(),
            )
            .await;
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED, "{}", seen.body);
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
