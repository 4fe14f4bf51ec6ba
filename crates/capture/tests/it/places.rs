//! Where a capture does not go.

use crate::pages::settings;
use crate::server::web;
use onrecord_capture::{Error, Settings, capture};

#[test]
fn private_addresses_are_refused_unless_they_are_named() {
    let (port, taken) = web(false);
    let strict = Settings {
        allow_private: Vec::new(),
        ..settings()
    };
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "[::ffff:127.0.0.1]",
    ] {
        let refused = capture(&format!("http://{host}:{port}/page"), &strict).unwrap_err();
        assert!(
            matches!(refused, Error::Private { .. }),
            "{host}: {refused}"
        );
    }
    assert_eq!(
        taken.load(std::sync::atomic::Ordering::SeqCst),
        0,
        "nobody was asked"
    );
}

#[test]
fn a_redirect_is_looked_at_like_any_address() {
    let (port, _) = web(false);
    for path in ["/inside", "/inside6"] {
        let refused = capture(&format!("http://127.0.0.1:{port}{path}"), &settings()).unwrap_err();
        assert!(
            matches!(refused, Error::Private { .. }),
            "{path}: {refused}"
        );
    }
    let refused = capture(&format!("http://127.0.0.1:{port}/file"), &settings()).unwrap_err();
    assert!(matches!(refused, Error::Address { .. }), "{refused}");
    let refused = capture(&format!("http://127.0.0.1:{port}/round"), &settings()).unwrap_err();
    assert!(
        refused.to_string().contains("more than 10 times"),
        "{refused}"
    );
}

#[test]
fn what_is_no_web_server_is_said_to_be_none() {
    let (port, _) = web(false);
    let refused = capture(&format!("http://127.0.0.1:{port}/nonsense"), &settings()).unwrap_err();
    assert!(
        refused.to_string().contains("speaks something else"),
        "{refused}"
    );
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let refused = capture(&format!("http://127.0.0.1:{nobody}/"), &settings()).unwrap_err();
    assert!(matches!(refused, Error::Connect { .. }), "{refused}");
    let refused = capture("http://address.onion/", &settings()).unwrap_err();
    assert!(refused.to_string().contains("--proxy tor"), "{refused}");
}
