//! A source: bytes that arrived, with who, when, how, from where and under what consent.

use crate::{Code, Edtf, Sha256Digest, SourceId};
use serde::{Deserialize, Serialize};

/// The circle of people whose keys open a source.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Compartment {
    /// What is public already, or may be.
    #[default]
    Open,
    /// For the organisation's own staff.
    Restricted,
    /// Testimony and whatever identifies a witness.
    Sealed,
}

impl Compartment {
    /// All compartments, from the widest circle to the narrowest.
    pub const ALL: [Compartment; 3] = [Self::Open, Self::Restricted, Self::Sealed];

    /// Its name, as the command line and the formats spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Restricted => "restricted",
            Self::Sealed => "sealed",
        }
    }
}

/// How the bytes came in. Times are milliseconds since 1970, UTC, by the device's own clock:
/// what the device says, not what is proven.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Collected {
    /// When, by the device's clock.
    pub at: u64,
    /// Who, as the operator named themselves; empty when nobody was named.
    pub by: String,
    /// Program and version.
    pub tool: String,
    /// How, in words: `file`, `folder`, `standard input`, `demo`, `capture`, `upload`, `taken out`.
    pub how: String,
    /// The file's name or path as given, without the folders above the one that was added.
    pub name: String,
    /// When the file was last changed, by its file system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<u64>,
    /// The source that it was taken out of: a message, a mailbox, an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<SourceId>,
}

/// What a capture (WARC, WACZ) says of the response that a source is: the word of the program
/// that captured it, but for `digest`, which was checked here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Captured {
    /// When it was asked for, as the capture states it (RFC 3339); empty where it does not.
    pub at: String,
    /// The address that was asked for.
    pub address: String,
    /// Status of the answer, such as 200; `None` for what did not come by HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Address of the machine that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// Header fields of the answer, in their order, as far as 16 KiB hold them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Whether the bytes are those that the capture took down.
    pub digest: DigestCheck,
}

/// What came of checking the digests that a capture states of its records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DigestCheck {
    /// Every digest that is stated is that of the bytes.
    Matches,
    /// One is not: the bytes were changed, or written wrongly.
    Differs,
    /// None is stated.
    Absent,
    /// One is stated by a method that is not known here.
    Unknown,
}

impl DigestCheck {
    /// In words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Matches => "the digest matches",
            Self::Differs => "THE DIGEST DIFFERS",
            Self::Absent => "no digest is stated",
            Self::Unknown => "the digest is of an unknown method",
        }
    }
}

/// What is known of a source when it is collected. What its reading says of it (title, dates,
/// publisher, language) stands in the [`Reading`](crate::Reading).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// SHA-256 of the original bytes.
    pub original: Sha256Digest,
    /// Bytes in the original.
    pub bytes: u64,
    /// Media type by the name and the first bytes; a claim, not a fact.
    pub media_type: String,
    /// How it came in.
    pub collected: Collected,
    /// Address it was published at, or the custodian who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Who may open it.
    pub compartment: Compartment,
    /// Consent under which it may be used, in words or by reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// Genre, by the vocabulary `genre`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<Code>,
    /// Reliability of the source, by the vocabulary `source-reliability` (HURIDOCS MT 42).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Code>,
    /// Publisher as the collector stated it; what the reading says stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Date of publication as the collector stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Edtf>,
    /// What the capture that it was taken out of says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<Captured>,
}
