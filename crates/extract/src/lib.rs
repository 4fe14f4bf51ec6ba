//! onrecord extract.
