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
    "packs/ko/told.toml",
    "packs/ko/told-freedoms.toml",
    "packs/ko/told-by-verb.toml",
    "packs/ko/contexts.toml",
    "packs/ko/speech.toml",
    "packs/ko/dates.toml",
    "packs/fr/pack.toml",
    "packs/fr/names.toml",
    "packs/fr/people.toml",
    "packs/fr/violations.toml",
    "packs/fr/told.toml",
    "packs/fr/contexts.toml",
    "packs/fr/speech.toml",
    "packs/fr/dates.toml",
    "packs/es/pack.toml",
    "packs/es/names.toml",
    "packs/es/people.toml",
    "packs/es/violations.toml",
    "packs/es/told.toml",
    "packs/es/contexts.toml",
    "packs/es/speech.toml",
    "packs/es/dates.toml",
    "packs/ja/pack.toml",
    "packs/ja/names.toml",
    "packs/ja/people.toml",
    "packs/ja/violations.toml",
    "packs/ja/told.toml",
    "packs/ja/contexts.toml",
    "packs/ja/speech.toml",
    "packs/ja/dates.toml",
];
