//! Counts of victims, acts and events, and measures of what is systematic or widespread.
