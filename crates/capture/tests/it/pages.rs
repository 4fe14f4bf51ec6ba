//! What is captured, and what is said of it.

use crate::server::{AUTHORITY, HERE, http_proxy, socks, web};
use onrecord_capture::{Capture, Error, Settings, capture};
use read::{Input, unpack};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

pub fn settings() -> Settings {
    Settings {
        allow_private: vec![HERE],
        time: Duration::from_secs(60),
        silence: Duration::from_secs(2),
        authorities: vec![AUTHORITY.to_vec()],
        ..Settings::default()
    }
}

fn statuses(capture: &Capture) -> Vec<(String, Option<u16>)> {
    let short = |address: &str| address.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    capture
        .lines
        .iter()
        .map(|line| (short(&line.address), line.status))
        .collect()
}

/// The text of the file, its members unpacked.
fn text(capture: &Capture) -> String {
    use std::io::Read;
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(capture.bytes.as_slice())
        .read_to_end(&mut bytes)
        .unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_page_is_captured_with_what_it_needs() {
    let (port, taken) = web(false);
    let captured = capture(&format!("http://127.0.0.1:{port}/old"), &settings()).unwrap();
    let found = statuses(&captured);
    let expected = [
        ("old", Some(301)),
        ("page", Some(200)),
        ("style.css", Some(200)),
        ("map.png?size=1", Some(200)),
        ("missing.png", Some(404)),
        ("inside.png", None),
        ("frame.html", Some(200)),
        ("more.css", Some(200)),
        ("back.png", Some(200)),
        ("last.png", Some(200)),
    ];
    let expected: Vec<_> = expected
        .map(|(path, status)| (path.to_owned(), status))
        .into();
    assert_eq!(found, expected);
    assert!(captured.lines[0].note.as_ref().unwrap().ends_with("/page"));
    assert!(
        captured.lines[5]
            .note
            .as_ref()
            .unwrap()
            .contains("private network")
    );
    assert_eq!(taken.load(Ordering::SeqCst), 1, "one connection is enough");
    let members = unpack(&Input {
        bytes: &captured.bytes,
        name: &captured.name,
    })
    .unwrap();
    assert!(members[0].bytes.starts_with(b"<!DOCTYPE html>"));
    let said = members[0].captured.as_ref().unwrap();
    assert_eq!(
        (said.status, said.digest),
        (Some(200), model::DigestCheck::Matches)
    );
    assert_eq!(said.machine.as_deref(), Some("127.0.0.1"));
}

#[test]
fn what_was_sent_and_what_came_is_there_byte_for_byte() {
    let (port, _) = web(false);
    let only = Settings {
        resources: false,
        ..settings()
    };
    let captured = capture(&format!("http://127.0.0.1:{port}/page"), &only).unwrap();
    assert_eq!(captured.lines.len(), 1);
    let text = text(&captured);
    assert!(
        text.contains("GET /page HTTP/1.1\r\nHost: 127.0.0.1:"),
        "{text}"
    );
    assert!(
        text.contains("\r\n5a\r\n<!DOCTYPE html>"),
        "chunks stay as they came: {text}"
    );
    assert!(
        text.contains("0\r\nX-Behind: the body\r\n\r\n\r\n\r\n"),
        "{text}"
    );
    assert!(
        !text.contains("User-Agent: onrecord"),
        "the server is not told who asks"
    );
    assert!(text.contains("software: onrecord/"), "{text}");
}

#[test]
fn certificates_are_on_record_and_must_be_good() {
    let (port, _) = web(true);
    for host in ["127.0.0.1", "localhost"] {
        let mut settings = settings();
        settings.allow_private.push("::1".parse().unwrap());
        let captured = capture(&format!("https://{host}:{port}/interim"), &settings).unwrap();
        let text = text(&captured);
        assert!(text.contains("-----BEGIN CERTIFICATE-----"), "{text}");
        assert!(text.contains("Vouched for by an authority"), "{text}");
        assert!(text.contains("At last."), "{text}");
        assert_eq!(
            text.contains("localhost. IN A 127.0.0.1"),
            host == "localhost",
            "{text}"
        );
    }
    let strangers = Settings {
        authorities: Vec::new(),
        ..settings()
    };
    let address = format!("https://127.0.0.1:{port}/page");
    let refused = capture(&address, &strangers).unwrap_err();
    assert!(matches!(refused, Error::Certificate { .. }), "{refused}");
    let any = Settings {
        any_certificate: true,
        ..strangers
    };
    let text = text(&capture(&address, &any).unwrap());
    assert!(text.contains("NOT vouched for: "), "{text}");
}

#[test]
fn proxies_get_names_as_names() {
    let (port, _) = web(false);
    for proxy in [
        format!("socks5://127.0.0.1:{}", socks(port)),
        format!("http://127.0.0.1:{}", http_proxy(port)),
    ] {
        let settings = Settings {
            proxy: Some(proxy.parse().unwrap()),
            allow_private: Vec::new(),
            ..settings()
        };
        // A name that no resolver knows: only the proxy can.
        let captured = capture("http://hidden-service.onion/page", &settings).unwrap();
        assert_eq!(captured.lines[0].status, Some(200), "{:?}", captured.lines);
        let text = text(&captured);
        assert!(text.contains(&format!("proxy: {proxy}")), "{text}");
        assert!(!text.contains("dns:"), "{text}");
        for inside in [
            "http://127.0.0.1/",
            "http://localhost/",
            "http://router.local/",
            "http://printer/",
        ] {
            assert!(capture(inside, &settings).is_err(), "{inside}");
        }
    }
    let settings = Settings {
        proxy: Some(
            format!("socks5://127.0.0.1:{}", socks(port))
                .parse()
                .unwrap(),
        ),
        ..settings()
    };
    let refused = capture("http://refused.example/", &settings).unwrap_err();
    assert!(
        refused.to_string().contains("the host refused"),
        "{refused}"
    );
}

#[test]
fn limits_of_size_and_time_hold_and_are_on_record() {
    let (port, _) = web(false);
    let at = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let small = Settings {
        most_answer: 100_000,
        ..settings()
    };
    let large = capture(&at("/large"), &small).unwrap();
    assert_eq!(large.lines[0].bytes, 100_000);
    assert!(text(&large).contains("WARC-Truncated: length"));
    let just_over = capture(&at("/just-over"), &small).unwrap();
    assert_eq!(just_over.lines[0].bytes, 100_000);
    assert!(text(&just_over).contains("WARC-Truncated: length"));
    let note = just_over.lines[0].note.as_deref();
    assert!(
        note.is_some_and(|note| note.starts_with("cut off")),
        "{note:?}"
    );
    let silent = capture(&at("/silent"), &settings()).unwrap();
    assert!(text(&silent).contains("WARC-Truncated: time"));
    assert!(silent.lines[0].note.as_ref().unwrap().contains("silent"));
    let broken = capture(&at("/broken"), &settings()).unwrap();
    assert!(text(&broken).contains("WARC-Truncated: disconnect"));
    let start = Instant::now();
    let hasty = Settings {
        time: Duration::from_secs(2),
        ..settings()
    };
    let drip = capture(&at("/drip"), &hasty).unwrap();
    assert!(text(&drip).contains("WARC-Truncated: time"));
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    let few = Settings {
        most_requests: 3,
        ..settings()
    };
    let few = capture(&at("/page"), &few).unwrap();
    assert_eq!(
        few.lines
            .iter()
            .filter(|line| line.status.is_some())
            .count(),
        3
    );
    assert!(
        few.lines
            .last()
            .unwrap()
            .note
            .as_ref()
            .unwrap()
            .contains("were not asked for"),
        "{:?}",
        few.lines
    );
}

#[test]
fn a_page_in_a_coding_that_nobody_asked_for_is_searched_and_kept_as_it_came() {
    let (port, _) = web(false);
    let packed = capture(&format!("http://127.0.0.1:{port}/packed"), &settings()).unwrap();
    let found = statuses(&packed);
    assert!(
        found.contains(&("back.png".to_owned(), Some(200))),
        "{found:?}"
    );
    assert!(text(&packed).contains("Content-Encoding: gzip\r\n"));
    assert!(!text(&packed).contains("Guards moved"), "kept as it came");
    let unknown = capture(&format!("http://127.0.0.1:{port}/unknown"), &settings()).unwrap();
    assert_eq!(unknown.lines.len(), 1);
    let note = unknown.lines[0].note.as_deref().unwrap_or_default();
    assert!(
        note.contains("not looked for: it came coded as zstd"),
        "{note}"
    );
}
