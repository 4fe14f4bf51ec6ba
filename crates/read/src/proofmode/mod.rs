//! Bundles of ProofMode: a picture or film with a proof of when and where it was made, signatures by
//! the key of the device, and stamps of the time.
//!
//! Invariant: every file of the bundle is a source of its own, whatever is wrong with it; what was
//! checked is said with its outcome, and what was not is said too. The form: pictures beside files
//! called after their SHA-256 hash (`HASH.asc`, `HASH.proof.csv`, `HASH.proof.json`, `HASH.ots`, each
//! proof with its own `.asc`), and `pubkey.asc`.

mod openpgp;
mod opentimestamps;

use crate::calendar;
use crate::container::Member;
use crate::front_matter::one_line;
use crate::warc::hex;
use openpgp::{Key, Verdict};
use opentimestamps::Place;
use ring::digest::{SHA256, digest};
use std::collections::{BTreeMap, BTreeSet};

/// Proofs of one bundle that are looked at.
const MOST_PROOFS: usize = 200;
/// What the device wrote of itself that is shown: the field's name, and what to call it.
const SHOWN: &[(&str, &str)] = &[
    ("Proof Generated", "the proof was made"),
    ("File Created", "the file was made"),
    ("Location.Latitude", "latitude"),
    ("Location.Longitude", "longitude"),
    ("DeviceModel", "device"),
    ("Hardware", "device"),
];

/// What came of checking a bundle, for people; empty for what is no bundle of ProofMode.
pub(crate) fn verdict(members: &[Member]) -> Vec<String> {
    let files: BTreeMap<&str, &Member> = members
        .iter()
        .map(|file| (base(&file.name), file))
        .collect();
    let stems: BTreeSet<&str> = files.keys().filter_map(|name| stem(name)).collect();
    if stems.is_empty() {
        return Vec::new();
    }
    let hashes: BTreeMap<String, &Member> = members
        .iter()
        .map(|file| (hex(digest(&SHA256, &file.bytes).as_ref()), file))
        .collect();
    let keys = files
        .get("pubkey.asc")
        .map(|file| openpgp::keys(&file.bytes));
    let keys = keys.unwrap_or_default();
    let mut lines = vec![key_line(&keys)];
    for hash in stems.iter().take(MOST_PROOFS) {
        let bundle = Bundle {
            files: &files,
            hashes: &hashes,
            keys: &keys,
            hash,
        };
        bundle.say(&mut lines);
    }
    if stems.len() > MOST_PROOFS {
        lines.push(format!(
            "The bundle holds {} proofs; {MOST_PROOFS} were checked.",
            stems.len()
        ));
    }
    lines
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The hash that a proof is called after.
fn stem(name: &str) -> Option<&str> {
    let (stem, rest) = name.split_once('.')?;
    let is_hash = stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && (rest.starts_with("proof.") || matches!(rest, "asc" | "ots"))).then_some(stem)
}

fn key_line(keys: &[Key]) -> String {
    match keys.first() {
        Some(key) => format!(
            "This is a bundle of ProofMode. Its signatures were checked with the key that it carries \
             (fingerprint {}, which calls itself “{}”): ask the owner of the device whether that key \
             is theirs.",
            key.fingerprint,
            key.user.as_deref().unwrap_or("nobody"),
        ),
        None => "This is a bundle of ProofMode without a key that can be read (pubkey.asc): its \
                 signatures were not checked."
            .to_owned(),
    }
}

/// One proof of a bundle.
struct Bundle<'b> {
    files: &'b BTreeMap<&'b str, &'b Member>,
    hashes: &'b BTreeMap<String, &'b Member>,
    keys: &'b [Key],
    hash: &'b str,
}

impl Bundle<'_> {
    fn say(&self, lines: &mut Vec<String>) {
        let media = self.hashes.get(&self.hash.to_ascii_lowercase()).copied();
        lines.push(match media {
            Some(media) => format!(
                "{} is the file that its proof is about: its SHA-256 is {}.",
                media.name, self.hash
            ),
            None => format!(
                "THE PICTURE OR FILM IS MISSING OR WAS CHANGED: no file of the bundle has the SHA-256 {} \
                 that the proof is about.",
                self.hash
            ),
        });
        let of_media = (format!("{}.asc", self.hash), media);
        let proofs = ["proof.csv", "proof.json"].map(|end| {
            let name = format!("{}.{end}", self.hash);
            let proof = self.files.get(name.as_str()).copied();
            (format!("{name}.asc"), proof)
        });
        for (signature, signed) in std::iter::once(of_media).chain(proofs) {
            lines.extend(self.signature(&signature, signed));
        }
        for (name, proof) in self.files {
            if let Some(end) = name.strip_prefix(self.hash)
                && matches!(end, ".proof.csv" | ".proof.json")
            {
                lines.extend(self.proof(proof, end));
            }
        }
        lines.extend(self.stamp());
        for end in ["gst", "devicecheck"] {
            if self
                .files
                .contains_key(format!("{}.{end}", self.hash).as_str())
            {
                lines.push(format!(
                    "The device’s maker vouches for it ({end}), which was kept and not checked."
                ));
            }
        }
    }

    /// What came of checking one signature; nothing where neither it nor what it signs is there.
    fn signature(&self, name: &str, signed: Option<&Member>) -> Option<String> {
        let signature = self.files.get(name).copied();
        let (signature, signed) = match (signature, signed) {
            (Some(signature), Some(signed)) => (signature, signed),
            (Some(_), None) => {
                return Some(format!("{name} signs a file that is not here."));
            }
            (None, Some(signed)) => return Some(format!("{} is not signed.", signed.name)),
            (None, None) => return None,
        };
        let what = &signed.name;
        Some(
            match openpgp::check(&signature.bytes, &signed.bytes, self.keys) {
                Verdict::Right(key, made) => {
                    let made = made.and_then(calendar::rfc3339);
                    let made = made.map(|time| format!(", made at {time} by its own word"));
                    format!(
                        "The signature of {what} is right (by the key {key}{}).",
                        made.unwrap_or_default()
                    )
                }
                Verdict::Wrong => format!(
                    "THE SIGNATURE OF {what} IS WRONG: the file was changed, or it was signed with another key \
                 than that of the bundle."
                ),
                Verdict::Unchecked(why) => {
                    format!("The signature of {what} was not checked: {why}.")
                }
            },
        )
    }

    /// Whether a proof names the hash, and what the device says in it.
    fn proof(&self, proof: &Member, end: &str) -> Vec<String> {
        let fields = match end {
            ".proof.json" => json_fields(&proof.bytes),
            _ => csv_fields(&proof.bytes),
        };
        let named = fields.get("File Hash SHA256");
        let mut lines = Vec::new();
        if named.is_none_or(|named| !named.eq_ignore_ascii_case(self.hash)) {
            lines.push(format!(
                "THE PROOF {} IS ABOUT ANOTHER FILE: the hash in it is not the one in its name.",
                proof.name
            ));
        }
        let said: Vec<String> = SHOWN
            .iter()
            .filter_map(|(field, word)| {
                let value = fields.get(*field).filter(|value| !value.is_empty())?;
                Some(format!("{word}: {value}"))
            })
            .collect();
        if end == ".proof.json" && !said.is_empty() {
            lines.push(format!(
                "The device says in its proof: {}.",
                said.join("; ")
            ));
        }
        lines
    }

    /// What a stamp of OpenTimestamps says.
    fn stamp(&self) -> Vec<String> {
        let name = format!("{}.ots", self.hash);
        let Some(file) = self.files.get(name.as_str()) else {
            return Vec::new();
        };
        let Some(proof) = opentimestamps::read(&file.bytes) else {
            return vec![format!("The time stamp {name} cannot be read.")];
        };
        if !proof.stamped.eq_ignore_ascii_case(self.hash)
            && !self.hashes.contains_key(&proof.stamped)
        {
            return vec![format!(
                "THE TIME STAMP IS OF ANOTHER FILE: it stamps {}.",
                proof.stamped
            )];
        }
        let places = proof.places.iter().map(|place| match place {
            Place::Block(height, root) => format!(
                "The time stamp leads to block {height} of Bitcoin, whose Merkle root would have to be \
                 {root}: compare it with any copy of the chain. The file is then no younger than that block."
            ),
            Place::Promised(server) => format!(
                "The time stamp is only promised by {server}: ask that server for the rest of it."
            ),
            Place::Other => "The time stamp names a place that is not known here.".to_owned(),
        });
        places.collect()
    }
}

/// The fields of a proof in JSON, values as text.
fn json_fields(bytes: &[u8]) -> BTreeMap<String, String> {
    let fields: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(bytes).unwrap_or_default();
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => one_line(&text),
        other => one_line(&other.to_string()),
    };
    fields
        .into_iter()
        .map(|(name, value)| (name, text(value)))
        .collect()
}

/// The fields of a proof in CSV: a row of names, a row of values.
fn csv_fields(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let mut rows = text.lines().map(cells);
    let names = rows.next().unwrap_or_default();
    let values = rows.next().unwrap_or_default();
    names.into_iter().zip(values).collect()
}

/// The cells of a line; quotation marks keep commas together.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(letter);
                }
            }
        }
    }
    cells.iter().map(|cell| one_line(cell)).collect()
}
