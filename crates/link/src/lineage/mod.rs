//! Which documents share text, and where it came from.
