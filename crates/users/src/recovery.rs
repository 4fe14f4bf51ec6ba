//! Codes on paper for whoever lost the authenticator: 80 random bits each, kept as SHA-256, each
//! works once.

use crate::{base32, random};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Codes that are made at once.
const CODES: usize = 10;

/// What is kept of the codes that were not used yet.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Recovery {
    left: Vec<[u8; 32]>,
}

impl Recovery {
    /// New codes, and what is kept of them.
    pub(crate) fn new() -> (Self, Vec<Zeroizing<String>>) {
        let codes: Vec<Zeroizing<String>> = (0..CODES).map(|_| code()).collect();
        let left = codes.iter().map(|code| hash(code)).collect();
        (Self { left }, codes)
    }

    /// How many are left.
    pub(crate) fn len(&self) -> usize {
        self.left.len()
    }

    /// Whether this is a code that was not used; uses it.
    pub(crate) fn take(&mut self, code: &str) -> bool {
        let given = hash(code);
        let before = self.left.len();
        self.left.retain(|kept| *kept != given);
        self.left.len() < before
    }
}

/// `ABCD-EFGH-IJKL-MNOP`.
fn code() -> Zeroizing<String> {
    let letters = Zeroizing::new(base32::encode(&random::bytes::<10>()));
    let groups: Vec<&str> = (0..4).map(|at| &letters[4 * at..4 * at + 4]).collect();
    Zeroizing::new(groups.join("-"))
}

/// Of the letters and digits alone, in whatever case they are typed.
fn hash(code: &str) -> [u8; 32] {
    let typed: Zeroizing<String> = Zeroizing::new(
        code.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect(),
    );
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, typed.as_bytes()).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_works_once() {
        let (mut kept, codes) = Recovery::new();
        assert_eq!((kept.len(), codes.len()), (10, 10));
        assert!(!kept.take("") && !kept.take("AAAA-AAAA-AAAA-AAAA"));
        for code in &codes {
            assert_eq!(code.len(), 19);
            let typed = code.to_lowercase().replace('-', " ");
            assert!(kept.take(&typed) && !kept.take(code));
        }
        assert_eq!(kept.len(), 0);
    }
}
