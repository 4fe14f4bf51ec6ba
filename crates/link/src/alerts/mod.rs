//! Warnings by rules over records that come in.
