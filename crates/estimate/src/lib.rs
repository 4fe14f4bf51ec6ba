//! How many are in no list at all: multiple systems estimation from overlapping lists.
//!
//! Architecture invariant: no IO, no clock, no randomness but from a seed that is passed in; the
//! same input and seed give the same figures on every machine.
