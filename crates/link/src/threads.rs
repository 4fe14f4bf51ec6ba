//! Demands over documents and years, and what became of them.
