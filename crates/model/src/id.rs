//! Ids of sources and records: UUIDv7 (RFC 9562), so that they sort by time of creation.
//!
//! Time and entropy are passed in. A proposal's id takes its time from its source and its
//! entropy from what it was read out of, so a replay gives every record the id it had.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::{Builder, Uuid};

/// The text is not an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not an id: ids look like 01890a5d-ac96-774b-bcce-b302099a8057")]
pub struct IdError(String);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A UUIDv7 of `milliseconds` since 1970 (48 bits are kept) and 74 of the 80 bits of `entropy`.
            #[must_use]
            pub fn new(milliseconds: u64, entropy: [u8; 10]) -> Self {
                Self(Builder::from_unix_timestamp_millis(milliseconds, &entropy).into_uuid())
            }

            /// The id with these sixteen bytes, of whatever UUID version they are.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The sixteen bytes of the id, most significant first.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Milliseconds since 1970 at which the id was made.
            #[must_use]
            pub fn milliseconds(&self) -> u64 {
                (self.0.as_u128() >> 80) as u64
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::parse_str(text).map(Self).map_err(|_| IdError(text.to_owned()))
            }
        }
    };
}

id! {
    /// The id of a source.
    SourceId
}
id! {
    /// The id of a record of any other kind.
    RecordId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_carry_their_time_and_sort_by_it() {
        let early = SourceId::new(1_700_000_000_000, [0xff; 10]);
        let late = SourceId::new(1_700_000_000_001, [0; 10]);
        assert!(early < late);
        assert_eq!(late.milliseconds(), 1_700_000_000_001);
        assert_eq!(early.to_string().parse(), Ok(early));
        assert!("not-an-id".parse::<SourceId>().is_err());
    }
}
