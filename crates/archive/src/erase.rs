//! Crypto-shredding.
