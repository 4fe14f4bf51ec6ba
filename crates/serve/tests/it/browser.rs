//! A person's browser: invited, signed in, asking for pages.
use crate::house::{House, Seen, between, words};
use axum::http::StatusCode;
use onrecord_serve::Role;

pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
pub const PASSWORD: &str = "a+long+enough+one";

/// Somebody's browser.
pub struct Browser<'h> {
    pub house: &'h House,
    pub cookie: String,
}

impl<'h> Browser<'h> {
    /// One that the keeper's invitation brought in.
    pub async fn joined(house: &'h House, name: &str, role: Role) -> Self {
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
    pub async fn sign_in(house: &House, name: &str, password: &str, code: &str) -> Seen {
        let body = format!("name={name}&password={password}&code={code}&back=/");
        house.as_stranger("POST", "/sign-in", &[FORM], &body).await
    }

    pub fn take(&mut self, seen: &Seen) {
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", words(&seen.body));
        let cookie = seen.header("set-cookie").split(';').next().unwrap();
        assert!(cookie.starts_with("onrecord-session="));
        self.cookie = cookie.to_owned();
    }

    pub async fn ask(&self, method: &str, path: &str, body: &str) -> Seen {
        let headers = [FORM, ("cookie", self.cookie.as_str())];
        self.house.as_stranger(method, path, &headers, body).await
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.ask("GET", path, "").await
    }

    pub async fn post(&self, path: &str, body: &str) -> Seen {
        self.ask("POST", path, body).await
    }
}
