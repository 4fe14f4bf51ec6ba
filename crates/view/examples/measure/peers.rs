//! The peers: SQLite FTS5 in plain, and tantivy in memory.

use crate::made_up::{Dice, word};
use crate::{Failed, KEY, bytes_in, megabytes, times};
use onrecord_view::EncryptedDirectory;
use rusqlite::Connection;
use std::path::Path;
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TEXT, Value};
use tantivy::{Directory, Index, IndexSettings, TantivyDocument, Term, doc};

/// An FTS5 table of the texts, in plain.
pub fn fts5(texts: &[String], file: &Path) -> Result<Connection, Failed> {
    let start = Instant::now();
    let connection = Connection::open(file)?;
    connection
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072; BEGIN; CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61');")
        ?;
    {
        let mut insert = connection.prepare("INSERT INTO t (text) VALUES (?)")?;
        for text in texts {
            insert.execute([text])?;
        }
    }
    connection.execute_batch("COMMIT; INSERT INTO t (t) VALUES ('optimize');")?;
    println!(
        "SQLite FTS5, in plain: {:.2} s, {:.1} MB",
        start.elapsed().as_secs_f64(),
        megabytes(file.metadata()?.len())
    );
    Ok(connection)
}

/// Ten hits with snippets; how many there are in all.
pub fn fts5_search(connection: &Connection, a: &str, b: &str) -> Result<u64, Failed> {
    let words = format!("{a} {b}");
    let mut top = connection
        .prepare_cached("SELECT rowid, snippet(t, 0, '[', ']', '…', 40) FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10")
        ?;
    for snippet in top.query_map([&words], |row| row.get::<_, String>(1))? {
        assert!(!snippet?.is_empty());
    }
    let mut count = connection.prepare_cached("SELECT count(*) FROM t WHERE t MATCH ?")?;
    let found: i64 = count.query_row([&words], |row| row.get(0))?;
    Ok(u64::try_from(found)?)
}

/// The same plain index in memory and in an encrypted directory: what encryption costs.
pub fn directories(texts: &[String], folder: &Path) -> Result<(), Failed> {
    let sealed = EncryptedDirectory::open(folder, &KEY, 64 << 20)?;
    let memory = RamDirectory::create();
    for round in 0..2 {
        if round == 1 {
            let small = EncryptedDirectory::open(folder, &KEY, 1 << 20)?;
            query_directory("encrypted, cache of 1 MiB", small, None)?;
            continue;
        }
        query_directory("in memory", memory.clone(), Some(texts))?;
        query_directory("encrypted, cache of 64 MiB", sealed.clone(), Some(texts))?;
        println!(
            "size in memory {:.1} MB, encrypted {:.1} MB",
            megabytes(memory.total_mem_usage() as u64),
            megabytes(bytes_in(folder)?)
        );
    }
    Ok(())
}

fn query_directory(
    name: &str,
    directory: impl Into<Box<dyn Directory>>,
    texts: Option<&[String]>,
) -> Result<(), Failed> {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let schema = schema.build();
    let index = match texts {
        Some(_) => Index::create(directory, schema, IndexSettings::default())?,
        None => Index::open(directory)?,
    };
    if let Some(texts) = texts {
        let start = Instant::now();
        let mut writer = index.writer_with_num_threads(2, 200 << 20)?;
        for passage in texts {
            writer.add_document(doc!(text => passage.as_str()))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        println!("{name}: indexed in {:.2} s", start.elapsed().as_secs_f64());
    }
    let searcher = index.reader()?.searcher();
    let mut dice = Dice(7);
    let mut search = |_| {
        let mut term = || {
            let term = Term::from_field_text(text, &word(20 + dice.word() % 2_000));
            (
                Occur::Must,
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
                    as Box<dyn tantivy::query::Query>,
            )
        };
        let query = BooleanQuery::new(vec![term(), term()]);
        let (top, _) =
            searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
        for (_, address) in top {
            let document: TantivyDocument = searcher.doc(address)?;
            let kept = document.get_first(text);
            assert!(kept.is_some_and(|text| text.as_str().is_some()));
        }
        Ok(())
    };
    let first = times(&mut search, 400)?;
    let second = times(&mut search, 400)?;
    println!(
        "{name}: two words with texts, first pass median {:.2?} p95 {:.2?}; second {:.2?} p95 {:.2?}",
        first.0, first.1, second.0, second.1
    );
    Ok(())
}
