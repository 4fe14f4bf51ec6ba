//! onrecord archive.
