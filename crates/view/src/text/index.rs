//! The text index as a whole: opening it, putting sources in, and searching.

use super::collect::{Best, Facets, Gather, Gathered, OpenColumns};
use super::fields::{Fields, tokenizers};
use super::snippet::{Marker, Snippet};
use super::syntax::{Parsed, Wanted, parse};
use super::terms::{Analysed, query, stem};
use super::{suggest, words::WordStream};
use crate::directory::EncryptedDirectory;
use crate::keys::Key;
use crate::{Error, Result};
use model::SourceId;
use std::ops::Bound;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tantivy::directory::error::LockError;
use tantivy::indexer::{
    IndexWriterOptions, LogMergePolicy, MergePolicy, NoMergePolicy, UserOperation,
};
use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::tokenizer::TokenStream;
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
};

/// Bytes of opened blocks kept in memory.
const CACHE: usize = 64 << 20;
/// Bytes of passages that are compressed together: what one hit costs to show.
const TEXT_BLOCK: usize = 8 << 10;
/// Words in a passage, for the weighing of long and short ones. A fixed number, because the true
/// average depends on how segments were merged.
const USUAL_WORDS: u64 = 64;

/// An open text index.
pub(crate) struct TextIndex {
    index: Index,
    directory: EncryptedDirectory,
    reader: IndexReader,
    fields: Fields,
    columns: OpenColumns,
    /// The note of the commit that searches see.
    seen: Mutex<String>,
}

/// What to leave out of a search: each that is given must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrow {
    pub(crate) terms: Vec<(&'static str, Vec<String>)>,
    /// Fields that must have none of these values.
    pub(crate) none: Vec<(&'static str, Vec<String>)>,
    /// Years of publication, one of which must hold, where there are any.
    pub(crate) years: Vec<u16>,
    /// Years of publication, none of which may hold.
    pub(crate) no_years: Vec<u16>,
    pub(crate) source: Option<SourceId>,
    /// First and last day of publication, as numbers.
    pub(crate) published: (Option<u64>, Option<u64>),
}

/// What was found.
pub(crate) struct TextHits {
    pub(crate) total: u64,
    pub(crate) hits: Vec<TextHit>,
    pub(crate) facets: Facets,
    pub(crate) did_you_mean: Option<String>,
}

/// One passage that was found.
pub(crate) struct TextHit {
    pub(crate) best: Best,
    pub(crate) snippet: Snippet,
}

impl TextIndex {
    /// Opens the index in `folder`, or makes it.
    ///
    /// # Errors
    /// When the files do not open under this key, or are of another version.
    pub(crate) fn open(folder: &Path, key: &Key) -> Result<Self> {
        let stale = |error: tantivy::TantivyError| match Error::from(error) {
            Error::Index(error) => Error::Stale {
                folder: folder.to_owned(),
                why: error.to_string(),
            },
            refused => refused,
        };
        let directory = EncryptedDirectory::open(folder, key, CACHE)?;
        let fields = Fields::new();
        let exists = Index::exists(&directory).map_err(|error| stale(error.into()))?;
        let mut index = if exists {
            let index = Index::open(directory.clone()).map_err(stale)?;
            if index.schema() != fields.schema {
                return Err(Error::Stale {
                    folder: folder.to_owned(),
                    why: "its text index is of another version".to_owned(),
                });
            }
            index
        } else {
            let settings = IndexSettings {
                docstore_blocksize: TEXT_BLOCK,
                ..IndexSettings::default()
            };
            Index::create(directory.clone(), fields.schema.clone(), settings)?
        };
        index.set_tokenizers(tokenizers());
        let seen = index.load_metas().map_err(stale)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(stale)?;
        Ok(Self {
            index,
            directory,
            reader,
            fields,
            columns: OpenColumns::default(),
            seen: Mutex::new(seen.payload.unwrap_or_default()),
        })
    }

    /// What the last commit noted: the position up to which the ledger was applied.
    pub(crate) fn noted(&self) -> Result<String> {
        Ok(self.index.load_metas()?.payload.unwrap_or_default())
    }

    /// Whether no segment holds removed passages.
    pub(crate) fn is_settled(&self) -> Result<bool> {
        let segments = self.index.searchable_segment_metas()?;
        Ok(!segments.iter().any(|segment| segment.has_deletes()))
    }

    /// Looks at what the last commit left.
    fn reload(&self) -> Result<()> {
        let noted = self.noted()?;
        self.reader.reload()?;
        self.columns.clear();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = noted;
        Ok(())
    }

    /// Looks again when another process committed since.
    pub(crate) fn refresh(&self) -> Result<()> {
        let noted = self.noted()?;
        let seen = self
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match noted == seen {
            true => Ok(()),
            false => self.reload(),
        }
    }

    /// Begins to change the index with `threads` threads of `memory` bytes each.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is doing so.
    pub(crate) fn writer(&self, threads: usize, memory: usize) -> Result<TextWriter<'_>> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads.clamp(1, 8))
            .num_merge_threads(1)
            .memory_budget_per_thread(memory)
            .build();
        let writer = match self.index.writer_with_options(options) {
            Err(tantivy::TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Err(Error::Busy);
            }
            other => other.map_err(|error| self.cause(error))?,
        };
        // Merging happens after a commit, in this thread: what lies on disk is then known.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(TextWriter { text: self, writer })
    }

    /// The cause of `error`, which tantivy may have kept to itself.
    fn cause(&self, error: tantivy::TantivyError) -> Error {
        match self.directory.take_failure() {
            Some(refused) => Error::Io(refused),
            None => error.into(),
        }
    }

    /// Searches.
    ///
    /// # Errors
    /// When the words cannot be understood, or the index cannot be read.
    pub(crate) fn search(
        &self,
        typed: &str,
        narrow: &Narrow,
        from: usize,
        most: usize,
    ) -> Result<TextHits> {
        let parsed = parse(typed)?;
        let searcher = self.reader.searcher();
        let query = self.narrowed(query(&self.fields, &parsed), narrow);
        let gather = Gather {
            most: from + most,
            columns: self.columns.clone(),
        };
        let statistics = Statistics(&searcher);
        let gathered: Gathered =
            searcher.search_with_statistics_provider(&*query, &gather, &statistics)?;
        let mut marker = Marker::new(&parsed);
        let mut hits = Vec::new();
        for best in gathered.best.into_iter().skip(from) {
            let document: TantivyDocument = searcher.doc(best.address())?;
            let text = document.get_first(self.fields.words);
            let text = text.and_then(|text| text.as_str()).unwrap_or_default();
            let snippet = marker.snippet(text);
            hits.push(TextHit { best, snippet });
        }
        Ok(TextHits {
            total: gathered.total,
            hits,
            facets: gathered.facets,
            did_you_mean: self.did_you_mean(&searcher, &parsed)?,
        })
    }

    /// Where the best passages stand that are found: source and number, best first.
    ///
    /// # Errors
    /// When the words cannot be understood, or the index cannot be read.
    pub(crate) fn places(
        &self,
        typed: &str,
        narrow: &Narrow,
        most: usize,
    ) -> Result<Vec<(SourceId, u32)>> {
        let parsed = parse(typed)?;
        let searcher = self.reader.searcher();
        let query = self.narrowed(query(&self.fields, &parsed), narrow);
        let columns = self.columns.clone();
        let statistics = Statistics(&searcher);
        let gather = Gather { most, columns };
        let gathered: Gathered =
            searcher.search_with_statistics_provider(&*query, &gather, &statistics)?;
        let best = gathered.best.iter();
        Ok(best.map(|best| (best.source(), best.passage())).collect())
    }

    /// Passages of sources that were published in one of these years.
    fn in_years(&self, years: &[u16]) -> Box<dyn Query> {
        let day =
            |number: u64| Bound::Included(Term::from_field_u64(self.fields.published, number));
        let year = |year: &u16| -> Box<dyn Query> {
            let first = u64::from(*year) * 10_000;
            Box::new(RangeQuery::new(day(first), day(first + 9_999)))
        };
        Box::new(BooleanQuery::union(years.iter().map(year).collect()))
    }

    /// Passages with one of these values in a field; `None` for a field that does not exist.
    fn with_any(&self, field: &str, values: &[String]) -> Option<Box<dyn Query>> {
        let field = self.fields.schema.get_field(field).ok()?;
        let any = values
            .iter()
            .map(|value| Term::from_field_text(field, value));
        Some(Box::new(BooleanQuery::new_multiterms_query(any.collect())))
    }

    fn narrowed(&self, query: Box<dyn Query>, narrow: &Narrow) -> Box<dyn Query> {
        let none = narrow.none.iter();
        let mut not: Vec<Box<dyn Query>> = none
            .filter_map(|(field, values)| self.with_any(field, values))
            .collect();
        if !narrow.no_years.is_empty() {
            not.push(self.in_years(&narrow.no_years));
        }
        let mut clauses = vec![(Occur::Must, query)];
        let mut must = |query: Box<dyn Query>| {
            let unscored: Box<dyn Query> = Box::new(ConstScoreQuery::new(query, 0.0));
            clauses.push((Occur::Must, unscored));
        };
        for (field, values) in &narrow.terms {
            if let Some(any) = self.with_any(field, values) {
                must(any);
            }
        }
        if !narrow.years.is_empty() {
            must(self.in_years(&narrow.years));
        }
        if let Some(source) = narrow.source {
            let term = Term::from_field_bytes(self.fields.source, source.as_bytes());
            must(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        if let (since, until @ Some(_)) | (since @ Some(_), until) = narrow.published {
            let day = |day: Option<u64>| match day {
                Some(day) => Bound::Included(Term::from_field_u64(self.fields.published, day)),
                None => Bound::Unbounded,
            };
            must(Box::new(RangeQuery::new(day(since), day(until))));
        }
        clauses.extend(not.into_iter().map(|query| (Occur::MustNot, query)));
        match clauses.len() {
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        }
    }

    /// The search with words that exist in place of those that do not.
    fn did_you_mean(&self, searcher: &Searcher, parsed: &Parsed) -> Result<Option<String>> {
        let mut better = parsed.clone();
        let mut changed = false;
        for wanted in better.all.iter_mut().flatten() {
            if let Some(text) = self.corrected(searcher, wanted)? {
                wanted.text = text;
                changed = true;
            }
        }
        Ok(changed.then(|| better.to_string()))
    }

    fn corrected(&self, searcher: &Searcher, wanted: &Wanted) -> Result<Option<String>> {
        let exact = Analysed::new(wanted).exact;
        let mut corrected = String::new();
        let mut changed = false;
        let mut copied = 0;
        let mut stream = WordStream::new(&wanted.text);
        while let Some(token) = stream.next() {
            let (field, word): (Field, _) = match exact {
                true => (self.fields.words, token.text.clone()),
                false => (self.fields.stems, stem(&token.text)),
            };
            if searcher.doc_freq(&Term::from_field_text(field, &word))? > 0 {
                continue;
            }
            if let Some(better) = suggest::nearest(searcher, self.fields.words, &token.text)? {
                corrected.push_str(&wanted.text[copied..token.offset_from]);
                corrected.push_str(&better);
                copied = token.offset_to;
                changed = true;
            }
        }
        corrected.push_str(&wanted.text[copied..]);
        Ok(changed.then_some(corrected))
    }
}

/// What BM25 weighs words by: the same for the same passages, however they are stored.
struct Statistics<'s>(&'s Searcher);

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.total_num_docs()? * USUAL_WORDS)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        let segments = self.0.segment_readers().iter();
        Ok(segments.map(|segment| u64::from(segment.max_doc())).sum())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0.doc_freq(term)
    }
}

/// Changes that become visible, all at once, with [`TextWriter::commit`].
pub(crate) struct TextWriter<'t> {
    text: &'t TextIndex,
    writer: IndexWriter,
}

impl TextWriter<'_> {
    /// The fields that documents are made of.
    pub(crate) fn fields(&self) -> &Fields {
        &self.text.fields
    }

    /// Puts in the documents of a source; `replaces` what was put in before.
    pub(crate) fn put(
        &self,
        source: &SourceId,
        replaces: bool,
        documents: Vec<TantivyDocument>,
    ) -> Result<()> {
        let term = Term::from_field_bytes(self.text.fields.source, source.as_bytes());
        let remove = replaces.then_some(UserOperation::Delete(term));
        let add = documents.into_iter().map(UserOperation::Add);
        let operations: Vec<_> = remove.into_iter().chain(add).collect();
        if !operations.is_empty() {
            let taken = self.writer.run(operations);
            taken.map_err(|error| self.text.cause(error))?;
        }
        Ok(())
    }

    /// Makes the changes durable together with a note; they can be searched afterwards.
    pub(crate) fn commit(&mut self, note: &str) -> Result<()> {
        let text = self.text;
        let commit = self.writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(note);
            commit.commit()
        });
        commit.map_err(|error| text.cause(error))?;
        text.reload()
    }

    /// Rewrites segments that hold removed passages, so that their words leave the disk and weigh
    /// nothing, and joins small segments.
    pub(crate) fn settle(mut self) -> Result<()> {
        let segments = self.text.index.searchable_segment_metas()?;
        let (changed, whole): (Vec<_>, Vec<_>) = segments
            .into_iter()
            .partition(|segment| segment.has_deletes());
        let mut groups: Vec<Vec<_>> = changed.iter().map(|segment| vec![segment.id()]).collect();
        let candidates = LogMergePolicy::default().compute_merge_candidates(&whole);
        groups.extend(candidates.into_iter().map(|candidate| candidate.0));
        // As long as these are held, tantivy keeps the files that they name.
        drop((changed, whole));
        for group in &groups {
            let merged = self.writer.merge(group).wait();
            merged.map_err(|error| self.text.cause(error))?;
        }
        let text = self.text;
        if !groups.is_empty() {
            text.reload()?;
            let removed = self.writer.garbage_collect_files().wait();
            removed.map_err(|error| text.cause(error))?;
        }
        let rest = self.writer.wait_merging_threads();
        rest.map_err(|error| text.cause(error))
    }
}
