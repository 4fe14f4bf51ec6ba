//! An archive with the demonstration's sources, served, and a visitor who is signed in.

use archive::{Archive, Device, Protection, SecretString, Store};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use collect::{Collector, Content, Item, Terms};
use onrecord_serve::{App, Options, Role};
use read::{Limits, Workers};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

/// What came back.
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// An archive that is served.
pub struct House {
    pub app: App,
    cookie: String,
    _folder: tempfile::TempDir,
}

fn worker() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    if path.ends_with("deps") {
        path.pop();
    }
    let path = path
        .join("examples")
        .join(format!("worker{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is missing: run all tests of the crate",
        path.display()
    );
    path
}

fn collector() -> Result<Collector, String> {
    let started = Workers::start(worker(), vec!["read-worker".into()], 2, Limits::default());
    Ok(Collector {
        ocr: None,
        workers: started.map_err(|error| error.to_string())?,
        extractor: extract::Extractor::shipped().map_err(|error| error.to_string())?,
        threads: 2,
        tool: "onrecord tests".to_owned(),
    })
}

impl House {
    pub async fn with_demo() -> Self {
        let house = Self::make(Protection::None, None).await;
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo");
        let mut files: Vec<PathBuf> = std::fs::read_dir(demo)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                path.file_name()
                    .unwrap()
                    .to_string_lossy()
                    .starts_with(|c: char| c.is_ascii_digit())
            })
            .collect();
        files.sort();
        assert_eq!(files.len(), 13);
        house.collect(&files);
        house
    }

    pub async fn with_passphrase(words: &str) -> Self {
        let secret = || SecretString::from(words.to_owned());
        Self::make(Protection::Passphrase(secret()), Some(secret())).await
    }

    async fn make(protection: Protection, passphrase: Option<SecretString>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let device = Device::create(&at("device"), protection).unwrap();
        std::fs::create_dir(at("archive")).unwrap();
        Archive::init(Store::local(&at("archive")).unwrap(), &device).unwrap();
        let app = App::new(Options {
            archive: at("archive"),
            name: "Test archive".to_owned(),
            device: at("device"),
            views: at("views"),
            operator: "tester".to_owned(),
            idle: Duration::from_secs(600),
            readers: Box::new(collector),
            hosts: Vec::new(),
        })
        .unwrap();
        app.unlock(Device::unlock(&at("device"), passphrase).unwrap())
            .unwrap();
        let mut house = Self {
            app,
            cookie: String::new(),
            _folder: folder,
        };
        let entered = house.get_as_stranger(&house.app.link()).await;
        house.cookie = entered
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        house
    }

    /// Puts files on record as another program would, beside the one that serves.
    fn collect(&self, files: &[PathBuf]) {
        let archive =
            Archive::open(Store::local(&self._folder.path().join("archive")).unwrap()).unwrap();
        let device = Device::unlock(&self._folder.path().join("device"), None).unwrap();
        let (mut writer, _) = archive.writer(&device).unwrap();
        let terms = Arc::new(Terms::default());
        let items = files.iter().map(|path| {
            Ok(Item {
                name: path.file_name().unwrap().to_string_lossy().into_owned(),
                how: "file",
                bytes: None,
                modified: None,
                content: Content::File(path.clone()),
                terms: Arc::clone(&terms),
                captured: None,
            })
        });
        let summary = collector()
            .unwrap()
            .add(
                items.collect::<Vec<_>>().into_iter(),
                &mut writer,
                &|_| Ok(None),
                &mut |_| {},
            )
            .unwrap();
        assert_eq!(summary.collected, files.len());
        drop(writer);
        // What served before notices within two seconds; a fresh unlock notices at once.
        self.app.unlock(device).unwrap();
    }

    pub async fn get_as_stranger(&self, path: &str) -> Seen {
        self.as_stranger("GET", path, &[], "").await
    }

    /// A request with these headers and no others but the host, unless it is named.
    pub async fn as_stranger(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Seen {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:7070");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// A page that comes by itself when it is ready, saying `meanwhile` until then.
    pub async fn ready(&self, path: &str, meanwhile: &str) -> Seen {
        for _ in 0..600 {
            let seen = self.get(path).await;
            if seen.status != StatusCode::ACCEPTED {
                return seen;
            }
            assert!(["1", "2"].contains(&seen.header("refresh")));
            assert!(seen.body.contains(meanwhile), "{}", seen.body);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{path} is never ready");
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.request("GET", path, &[], "").await
    }

    /// A request with the session's cookie; a header that is given replaces or joins the usual.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Seen {
        let mut cookie = self.cookie.clone();
        let mut host = "127.0.0.1:7070";
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            match *name {
                "cookie" => cookie = format!("{cookie}; {value}"),
                "host" => host = value,
                _ => request = request.header(*name, *value),
            }
        }
        let request = request.header("host", host).header("cookie", cookie);
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    pub async fn upload(&self, files: &[(&str, &str)], compartment: &str) -> Seen {
        let mut body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"compartment\"\r\n\r\n{compartment}\r\n"
        );
        for (name, content) in files {
            body.push_str(&format!(
                "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: text/plain\r\n\r\n{content}\r\n"
            ));
        }
        body.push_str("--cut--\r\n");
        let form = [("content-type", "multipart/form-data; boundary=cut")];
        self.request("POST", "/sources/add", &form, &body).await
    }

    /// Adds a file that is no text; the path of its source.
    pub async fn upload_file(&self, name: &str, content: &[u8], compartment: &str) -> String {
        let mut body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"compartment\"\r\n\r\n{compartment}\r\n\
             --cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let request = Request::builder()
            .method("POST")
            .uri("/sources/add")
            .header("host", "127.0.0.1:7070")
            .header("cookie", self.cookie.clone())
            .header("content-type", "multipart/form-data; boundary=cut");
        let added = self.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(added.status, StatusCode::OK, "{}", added.body);
        let list = self.get(&format!("/sources?text={name}")).await;
        between(&list.body, "scope=\"row\"><a href=\"", "\"").to_owned()
    }

    /// The path of the first source in the list.
    pub async fn first_source(&self) -> String {
        let list = self.get("/sources").await;
        between(&list.body, "scope=\"row\"><a href=\"", "\"").to_owned()
    }

    async fn send(&self, request: Request<Body>) -> Seen {
        let response = self.app.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Seen {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }
}

/// Somebody with a token.
pub struct Person<'h> {
    house: &'h House,
    bearer: String,
}

impl<'h> Person<'h> {
    pub fn new(house: &'h House, name: &str, role: Role) -> Self {
        // It is put on record, which may block, and so not on the thread of the runtime.
        let token = std::thread::scope(|scope| {
            let made = scope.spawn(|| house.app.token(name, role, 1));
            made.join().unwrap().unwrap()
        });
        let bearer = format!("Bearer {token}");
        Self { house, bearer }
    }

    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Seen {
        let mut all = vec![("authorization", self.bearer.as_str())];
        all.extend_from_slice(headers);
        let path = format!("/api/v1{path}");
        self.house.request(method, &path, &all, body).await
    }

    /// An answer whose content was not read yet.
    pub async fn begun(&self, path: &str) -> axum::response::Response {
        let request = Request::builder()
            .uri(format!("/api/v1{path}"))
            .header("host", "127.0.0.1:7070")
            .header("authorization", &self.bearer);
        let request = request.body(Body::empty()).unwrap();
        self.house.app.router().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        let seen = self.ask("GET", path, &[], "").await;
        assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.body);
        json_of(&seen)
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Seen {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.ask("POST", path, &all, &body.to_string()).await
    }

    /// Decides of a record in its version.
    pub async fn decide(&self, id: &str, version: &str, decision: Value) -> Seen {
        let tag = format!("\"{version}\"");
        let path = format!("/records/{id}/decisions");
        self.post(&path, &[("if-match", &tag)], &decision).await
    }
}

/// The answer as JSON.
pub fn json_of(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap_or_else(|_| panic!("no JSON: {}", seen.body))
}

/// A value that is text.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What stands between two marks in a text.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let from = text
        .find(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"))
        + before.len();
    let to = text[from..].find(after).unwrap();
    &text[from..from + to]
}

/// The text of a page without its tags.
pub fn words(html: &str) -> String {
    let pieces = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect()
}
