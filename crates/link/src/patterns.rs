//! Counts of victims, acts and events, and what is systematic or widespread.
