//! onrecord read.
