//! Every format that is read has a file that another program made, and is read from it: the list
//! is `tests/real_data/files.toml`.
#![allow(clippy::unwrap_used)]

use crate::registry::READERS;
use crate::{Input, media_type, read};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct List {
    file: Vec<Real>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Real {
    media_type: String,
    file: String,
    /// The program that made it, and the script that ran it.
    by: String,
    script: String,
    /// What stands in its reading.
    words: String,
}

#[test]
fn each_format_is_read_from_a_file_of_another_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let list = std::fs::read_to_string(folder.join("real_data/files.toml")).unwrap();
    let list: List = toml::from_str(&list).unwrap();
    for real in &list.file {
        let bytes = std::fs::read(folder.join(&real.file)).unwrap();
        let name = real.file.as_str();
        assert_eq!(media_type(name, &bytes), real.media_type, "{name}");
        let reading = read(&Input {
            bytes: &bytes,
            name,
        });
        let reading = reading.unwrap_or_else(|unread| panic!("{name}: {}", unread.reason));
        assert!(
            reading.text.contains(&real.words),
            "{name}: {}",
            reading.text
        );
        assert!(folder.join(&real.script).is_file() && !real.by.is_empty());
    }
    for taken in READERS.iter().map(|line| line.takes) {
        let has = list.file.iter().any(|real| real.media_type == taken);
        assert!(has, "{taken} has no file of another program in files.toml");
    }
}
