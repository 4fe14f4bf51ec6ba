//! What a sentence of the program rests on: the words, and where they stand.

/// Words of a document, with the way to them.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The words.
    pub quote: String,
    /// Their language, for the `lang` attribute; empty when it is not known.
    pub lang: String,
    /// Title, publisher and date of the document.
    pub about: String,
    /// Address of the words in their document; empty where a person entered them.
    pub address: String,
}

/// A sentence and the words that it rests on.
#[derive(Clone, Debug, Default)]
pub struct Point {
    /// The sentence.
    pub text: String,
    /// Its language where it is not that of the page: what the engine says is in English.
    pub lang: &'static str,
    /// The words.
    pub said: Vec<Said>,
}

impl Point {
    /// A sentence of the engine, which speaks English.
    #[must_use]
    pub fn of_engine(text: impl Into<String>, said: Vec<Said>) -> Self {
        Self {
            text: text.into(),
            lang: "en",
            said,
        }
    }
}
