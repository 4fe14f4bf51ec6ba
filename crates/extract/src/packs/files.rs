//! The shipped packs, embedded.

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/", $name)))),*]
    };
}

/// Name and text of every file of the shipped packs; names are relative to the data folder.
pub(crate) const SHIPPED: &[(&str, &str)] = shipped![
    "packs/ko/pack.toml",
    "packs/ko/names.toml",
    "packs/ko/people.toml",
    "packs/ko/violations.toml",
    "packs/ko/contexts.toml",
    "packs/ko/speech.toml",
    "packs/ko/dates.toml",
];
