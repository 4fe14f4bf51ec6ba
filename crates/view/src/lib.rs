//! onrecord view.
