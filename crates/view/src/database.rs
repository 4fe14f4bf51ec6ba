//! The records' database: SQLite under SQLCipher, opened with a raw key.
//!
//! Invariant: every page, the write-ahead log and temporary tables included, is ciphertext or in
//! memory; the key is passed to the library and never written. The tables are described in
//! `docs/formats/views.md`.

use crate::keys::Key;
use crate::{Error, Result};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// Version of the tables; another one means a rebuild.
pub(crate) const VERSION: i64 = 6;

const TABLES: &str = "
CREATE TABLE positions (writer BLOB PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE tally (what TEXT, value TEXT, number INTEGER NOT NULL,
    PRIMARY KEY (what, value)) WITHOUT ROWID;
CREATE TABLE sources (
    no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    state INTEGER NOT NULL,
    original BLOB,
    entry BLOB,
    outcome INTEGER NOT NULL DEFAULT 0,
    outcome_order BLOB,
    reading BLOB,
    compartment TEXT, publisher TEXT, published TEXT, first_day INTEGER, last_day INTEGER,
    language TEXT, genre TEXT, title TEXT, reason TEXT,
    passages INTEGER NOT NULL DEFAULT 0);
CREATE TABLE bodies (no INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE called (no INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    family TEXT NOT NULL, extractor TEXT NOT NULL, reading BLOB NOT NULL,
    place BLOB NOT NULL, current INTEGER NOT NULL, records INTEGER NOT NULL,
    open INTEGER NOT NULL);
CREATE TABLE contents (run INTEGER PRIMARY KEY, names TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE records (
    run INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    kind INTEGER NOT NULL, status INTEGER, code TEXT,
    PRIMARY KEY (run, ordinal)) WITHOUT ROWID;
CREATE TABLE decisions (
    record BLOB NOT NULL, place BLOB NOT NULL, source BLOB NOT NULL, at INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (record, place)) WITHOUT ROWID;
CREATE TABLE judgements (
    place BLOB PRIMARY KEY, at INTEGER NOT NULL, one BLOB NOT NULL, other BLOB,
    body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE held (
    run INTEGER NOT NULL, ordinal INTEGER NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (run, ordinal, person)) WITHOUT ROWID;
CREATE TABLE decided (
    record BLOB PRIMARY KEY, run INTEGER, ordinal INTEGER) WITHOUT ROWID;
";

/// Built after a bulk load, because keeping them up to date row by row costs more than the rows.
const INDEXES: &str = "
CREATE INDEX IF NOT EXISTS sources_original ON sources (original);
";

/// Needed at every step of a fold, even of a bulk load.
const LIVE_INDEXES: &str = "
CREATE INDEX IF NOT EXISTS runs_source ON runs (source, open);
CREATE INDEX IF NOT EXISTS decisions_source ON decisions (source);
CREATE INDEX IF NOT EXISTS decided_place ON decided (run, ordinal);
";

/// Opens the database at `file`, or makes it with its tables.
///
/// # Errors
/// [`Error::Stale`] when it does not open under this key or is of another version.
pub(crate) fn open(file: &Path, key: &Key) -> Result<Connection> {
    let folder = file.parent().unwrap_or(file);
    let stale = |why: &str| Error::Stale {
        folder: folder.to_owned(),
        why: why.to_owned(),
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    set_key(&connection, key)?;
    // The first read is what shows whether the key fits.
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let version = version.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => stale("its key is another one, or it is damaged"),
        Some(ErrorCode::DatabaseCorrupt) => stale("it is damaged"),
        _ => error.into(),
    })?;
    connection.busy_timeout(Duration::from_secs(30))?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -16384;",
    )?;
    // Lost at power loss: at most the last steps, which are then applied again.
    connection.execute_batch("PRAGMA synchronous = NORMAL;")?;
    if version == 0 {
        make(&connection)?;
    } else if version != VERSION {
        return Err(stale("it was made by another version of this program"));
    }
    connection.set_prepared_statement_cache_capacity(96);
    Ok(connection)
}

/// Makes the tables, unless another process did so meanwhile.
fn make(connection: &Connection) -> Result<()> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 {
        transaction.execute_batch(&format!(
            "{TABLES} {LIVE_INDEXES} {INDEXES} PRAGMA user_version = {VERSION};"
        ))?;
    }
    transaction.commit()?;
    Ok(())
}

/// Prepares for loading a whole ledger: no journal, no index that can wait. A crash leaves a
/// database that must be made anew, which the caller's marker says.
pub(crate) fn begin_bulk(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -131072;
         DROP INDEX IF EXISTS sources_original;",
    )?;
    Ok(())
}

/// Builds the indexes that waited, and returns to the journal.
pub(crate) fn end_bulk(connection: &Connection) -> Result<()> {
    connection.execute_batch(&format!(
        "{INDEXES} PRAGMA locking_mode = NORMAL; PRAGMA secure_delete = ON;
         PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;"
    ))?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    Ok(())
}

/// A raw key needs no derivation: SQLCipher's costs half a second and is for passphrases.
fn set_key(connection: &Connection, key: &Key) -> Result<()> {
    let mut pragma = Zeroizing::new(String::with_capacity(96));
    // The library would otherwise write what it thinks of a wrong key to standard error.
    pragma.push_str("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'");
    for byte in key.iter() {
        write!(pragma, "{byte:02x}").expect("a string takes any text");
    }
    pragma.push_str("'\";");
    connection.execute_batch(&pragma)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_wrong_key_damage_and_another_version_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("records");
        let key = Key::new([1; 32]);
        drop(open(&file, &key).unwrap());
        drop(open(&file, &key).unwrap());
        assert!(matches!(
            open(&file, &Key::new([2; 32])),
            Err(Error::Stale { .. })
        ));
        let connection = open(&file, &key).unwrap();
        connection
            .execute_batch("PRAGMA user_version = 999")
            .unwrap();
        drop(connection);
        let error = open(&file, &key).unwrap_err().to_string();
        assert!(error.contains("onrecord rebuild"), "{error}");
        std::fs::write(&file, vec![7; 8192]).unwrap();
        assert!(matches!(open(&file, &key), Err(Error::Stale { .. })));
    }
}
