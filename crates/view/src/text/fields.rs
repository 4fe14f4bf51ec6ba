//! The fields of the text index.
//!
//! Words stand in two fields: `stems` (English stems without diacritics, no positions) for words
//! that are simply looked for, and `words` (as written, in lower case, with positions) for exact
//! phrases and for suggesting words that exist. `pairs` holds Hangul, Kana and Han.

use super::{bigrams::Bigrams, stems::Stems, words::Words};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

const STEMS: &str = "stems";
const WORDS: &str = "words";
const PAIRS: &str = "pairs";
const RAW: &str = "raw";

/// The schema and its fields.
#[derive(Clone)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// English stems of the passage's words.
    pub(crate) stems: Field,
    /// The passage's words in lower case; it also keeps the text itself, for snippets.
    pub(crate) words: Field,
    /// Pairs of neighbouring characters of Hangul, Kana and Han.
    pub(crate) pairs: Field,
    /// English stems of the title, in the document that stands for the title.
    pub(crate) title: Field,
    /// The sixteen bytes of the source's id.
    pub(crate) source: Field,
    /// The source's id as two numbers, for order and for hits.
    pub(crate) source_high: Field,
    pub(crate) source_low: Field,
    /// Number of the passage; 0 for a title that is no passage.
    pub(crate) passage: Field,
    /// First character in the reading.
    pub(crate) start: Field,
    /// One past the last character.
    pub(crate) end: Field,
    /// Kind of the passage, by its name.
    pub(crate) kind: Field,
    pub(crate) language: Field,
    pub(crate) publisher: Field,
    pub(crate) genre: Field,
    pub(crate) compartment: Field,
    /// First day it may have been published, as the number 20130321; absent when not known.
    pub(crate) published: Field,
}

impl Fields {
    /// The schema of this version.
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexed = |tokenizer: &str, option, norms| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(norms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let facet = || indexed(RAW, IndexRecordOption::Basic, false).set_fast(RAW);
        Self {
            stems: schema
                .add_text_field("stems", indexed(STEMS, IndexRecordOption::WithFreqs, true)),
            words: schema.add_text_field("words", indexed(WORDS, positions, false).set_stored()),
            pairs: schema.add_text_field("pairs", indexed(PAIRS, positions, false)),
            title: schema
                .add_text_field("title", indexed(STEMS, IndexRecordOption::WithFreqs, false)),
            source: schema.add_bytes_field("source", INDEXED),
            source_high: schema.add_u64_field("source_high", FAST),
            source_low: schema.add_u64_field("source_low", FAST),
            passage: schema.add_u64_field("passage", FAST),
            start: schema.add_u64_field("start", FAST),
            end: schema.add_u64_field("end", FAST),
            kind: schema.add_text_field("kind", facet()),
            language: schema.add_text_field("language", facet()),
            publisher: schema.add_text_field("publisher", facet()),
            genre: schema.add_text_field("genre", facet()),
            compartment: schema.add_text_field("compartment", facet()),
            published: schema.add_u64_field("published", FAST),
            schema: schema.build(),
        }
    }
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(STEMS, TextAnalyzer::from(Stems::default()));
    manager.register(WORDS, TextAnalyzer::from(Words));
    manager.register(PAIRS, TextAnalyzer::from(Bigrams));
    manager
}
