//! Names across scripts and romanisations: keys, candidates, and a similarity that says why.
