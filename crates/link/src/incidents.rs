//! Allegations that describe the same act or event.
