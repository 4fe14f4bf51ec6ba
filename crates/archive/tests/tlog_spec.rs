//! The transparency-log core against its specifications, against an independent implementation
//! (`ct-merkle` with `sha2`), and against whoever tampers with what is stored.
#![allow(clippy::unwrap_used)]

mod tlog_spec {
    pub mod common;
    mod damage;
    mod hostile;
    mod huge;
    mod notes;
    mod reading;
    mod receipts;
    mod trees;
}
