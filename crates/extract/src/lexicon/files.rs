//! The shipped lexicon files, embedded.

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/", $name)))),*]
    };
}

/// The model of the tagger of English names; `docs/tagger.md` says how it was made.
pub(crate) const TAGGER: &[u8] = include_bytes!("../../../../data/tagger/en.bin");

/// The models of English clauses; `docs/clauses.md` says how they were made.
pub(crate) const CLAUSES: &[u8] = include_bytes!("../../../../data/clauses/en.bin");

/// The vectors of English words; `docs/clauses.md` says where they are from.
pub(crate) const VECTORS: &[u8] = include_bytes!("../../../../data/clauses/vectors.bin");

/// Name and text of every file that is shipped; names are relative to the data folder.
pub(crate) const SHIPPED: &[(&str, &str)] = shipped![
    "gazetteers/bodies.toml",
    "gazetteers/instruments.toml",
    "gazetteers/persons.toml",
    "gazetteers/places.toml",
    "gazetteers/states.toml",
    "lexicons/en/answers.toml",
    "lexicons/en/calls.toml",
    "lexicons/en/cases.toml",
    "lexicons/en/contexts.toml",
    "lexicons/en/events-now.toml",
    "lexicons/en/events-nouns.toml",
    "lexicons/en/events-plainly.toml",
    "lexicons/en/events-told.toml",
    "lexicons/en/events.toml",
    "lexicons/en/masks.toml",
    "lexicons/en/names.toml",
    "lexicons/en/people.toml",
    "lexicons/en/speech.toml",
    "lexicons/en/suggested.toml",
    "lexicons/en/told-body-movement-work.toml",
    "lexicons/en/told-everyday.toml",
    "lexicons/en/told-freedoms-equality.toml",
    "lexicons/en/told-life-liberty.toml",
    "lexicons/en/told-hands.toml",
    "lexicons/en/told-in-scenes.toml",
    "lexicons/en/told-by-noun.toml",
    "lexicons/en/told-by-verb.toml",
    "lexicons/en/told-plainly.toml",
    "lexicons/en/violations-freedoms.toml",
    "lexicons/en/violations-integrity.toml",
    "lexicons/en/violations-liberty.toml",
    "lexicons/en/violations-life.toml",
    "lexicons/en/violations-movement.toml",
    "lexicons/en/violations-others.toml",
    "lexicons/en/words.toml",
];
