//! Output that no terminal shows is plain text: somebody keeps it in a file, or a program reads it.

use crate::support::Place;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// The escape character that begins a colour.
const ESCAPE: char = '\u{1b}';

#[test]
fn what_is_no_terminal_gets_no_colours() {
    let place = Place::with_demo();
    for arguments in [
        &["status"][..],
        &["list"],
        &["list", "--kind", "call"],
        &["search", "torture"],
        &["verify"],
        &["log"],
        &["calls"],
        &["incidents"],
        &["help"],
    ] {
        let output = place
            .command(arguments)
            .env_remove("NO_COLOR")
            .env("TERM", "xterm-256color")
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(shown.len() > 20, "{arguments:?} prints {shown:?}");
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!(shown + &err).contains(ESCAPE), "{arguments:?}");
    }
}

#[test]
fn a_server_names_its_address_in_plain_text() {
    let place = Place::with_demo();
    let mut server = place
        .command(&["serve", "--listen", "127.0.0.1:0"])
        .env_remove("NO_COLOR")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(server.stdout.take().unwrap());
    let lines: Vec<String> = said.lines().take(4).map(Result::unwrap).collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(lines[0].contains("http://127.0.0.1:"), "{lines:?}");
    assert!(lines[2].contains("/enter?link="), "{lines:?}");
    assert!(!lines.concat().contains(ESCAPE), "{lines:?}");
}
