//! Content credentials (C2PA): who says what of how a picture was made, and whether it still is
//! the picture that they speak of.
//!
//! Invariant: "right" is said only of hashes and signatures that were computed here. No list of
//! makers is built in, so whose certificate it is is told, and whether to trust it is left to the
//! reader. Credentials of what a picture was made from, time stamps and revocation are not
//! checked, and that is said. Standard: C2PA 2.1 (claims of versions 1 and 2), RFC 9052 (COSE).

mod boxes;
mod cbor;
mod signature;

use crate::front_matter::one_line;
use boxes::{Labelled, labelled, pieces};
use ring::digest::{Algorithm, Context, SHA256, SHA384, SHA512, digest};

/// Statements of one picture that are looked at.
const MOST_STATEMENTS: usize = 500;

/// What came of checking the credentials in `store` of the picture `file`, for people.
pub(super) fn verdict(store: &[u8], file: &[u8]) -> Vec<String> {
    let broken =
        || vec!["The picture carries content credentials (C2PA) that cannot be read.".to_owned()];
    let stores = labelled(store);
    let Some(top) = stores.iter().find(|found| found.label == "c2pa") else {
        return broken();
    };
    let manifests = labelled(top.content);
    // The last one speaks of this picture, the others of what it was made from.
    let Some(manifest) = manifests.last().and_then(Manifest::read) else {
        return broken();
    };
    let mut lines = vec![manifest.maker()];
    lines.push(signature::verdict(manifest.signature, manifest.claim));
    let (statements, changed) = manifest.statements();
    lines.extend(changed);
    lines.push(manifest.binding(&statements, file));
    lines.extend(manifest.actions(&statements));
    if manifests.len() > 1 {
        lines.push(format!(
            "It carries {} more credentials, of what it was made from, which were kept and not checked.",
            manifests.len() - 1
        ));
    }
    lines
}

/// One set of credentials.
struct Manifest<'b> {
    label: &'b str,
    claim: &'b [u8],
    signature: &'b [u8],
    assertions: Vec<Labelled<'b>>,
}

impl<'b> Manifest<'b> {
    fn read(of: &Labelled<'b>) -> Option<Self> {
        let parts = labelled(of.content);
        let part = |label: &str| parts.iter().find(|part| part.label == label);
        let claim = part("c2pa.claim.v2").or_else(|| part("c2pa.claim"))?;
        Some(Self {
            label: of.label,
            claim: cbor_of(claim)?,
            signature: cbor_of(part("c2pa.signature")?)?,
            assertions: labelled(part("c2pa.assertions")?.content),
        })
    }

    /// By which program, of which picture.
    fn maker(&self) -> String {
        let named = cbor::field(self.claim, "claim_generator_info").and_then(|info| {
            // One program, or a list of them.
            let first = cbor::list(info).and_then(|all| all.first().copied());
            cbor::text(cbor::field(first.unwrap_or(info), "name")?)
        });
        let stated = || cbor::text(cbor::field(self.claim, "claim_generator")?);
        let program = one_line(
            named
                .or_else(stated)
                .unwrap_or("a program that it does not name"),
        );
        format!("The picture carries content credentials (C2PA), written by {program}.")
    }

    /// The statements whose hashes are those that were signed, and what is to be said of the others.
    fn statements(&self) -> (Vec<Labelled<'b>>, Vec<String>) {
        let lists = ["assertions", "created_assertions", "gathered_assertions"];
        let all = lists
            .into_iter()
            .filter_map(|name| cbor::field(self.claim, name));
        let all: Vec<&[u8]> = all.filter_map(cbor::list).flatten().collect();
        let (mut right, mut said) = (Vec::new(), Vec::new());
        for reference in all.into_iter().take(MOST_STATEMENTS) {
            let url = cbor::field(reference, "url")
                .and_then(cbor::text)
                .unwrap_or_default();
            match self.statement(url) {
                Some(found) if self.is_as_signed(reference, found.body) => right.push(found),
                Some(found) => said.push(format!(
                    "A STATEMENT OF THE CREDENTIALS WAS CHANGED: {}.",
                    one_line(found.label)
                )),
                None => said.push(format!(
                    "A statement of the credentials is missing: {}.",
                    one_line(url)
                )),
            }
        }
        (right, said)
    }

    fn statement(&self, url: &str) -> Option<Labelled<'b>> {
        let path = url.strip_prefix("self#jumbf=")?;
        let path = match path.strip_prefix("/c2pa/") {
            Some(path) => path.strip_prefix(self.label)?.strip_prefix('/')?,
            None => path,
        };
        let label = path.strip_prefix("c2pa.assertions/")?;
        self.assertions
            .iter()
            .find(|found| found.label == label)
            .copied()
    }

    fn is_as_signed(&self, reference: &[u8], body: &[u8]) -> bool {
        let method = self.method(reference);
        let hash = cbor::field(reference, "hash").and_then(cbor::blob);
        matches!((method, hash), (Some(method), Some(hash)) if digest(method, body).as_ref() == hash)
    }

    /// The hash that an entry names, else the one of the whole claim.
    fn method(&self, entry: &[u8]) -> Option<&'static Algorithm> {
        let own = cbor::field(entry, "alg").and_then(cbor::text);
        let of_claim = || cbor::field(self.claim, "alg").and_then(cbor::text);
        match own.or_else(of_claim).unwrap_or("sha256") {
            "sha256" => Some(&SHA256),
            "sha384" => Some(&SHA384),
            "sha512" => Some(&SHA512),
            _ => None,
        }
    }

    /// Whether the picture is the one that was signed.
    fn binding(&self, statements: &[Labelled<'_>], file: &[u8]) -> String {
        let bound = statements
            .iter()
            .find(|found| found.label == "c2pa.hash.data");
        let Some(entry) = bound.and_then(cbor_of) else {
            return "Whether the picture is the one that they speak of was not checked: they bind it in a way \
                    that is not known here."
                .to_owned();
        };
        match self.is_of(entry, file) {
            Some(true) => "The picture is the one that they speak of: its bytes have the hash that was signed.".to_owned(),
            Some(false) => "THE PICTURE WAS CHANGED AFTER THE CREDENTIALS WERE WRITTEN, or they were taken from another: its \
                            bytes have another hash than the one that was signed."
                .to_owned(),
            None => "Whether the picture is the one that they speak of cannot be checked: how they bind it cannot be \
                     read."
                .to_owned(),
        }
    }

    /// Whether the bytes of the file, but for those that the entry leaves out, have its hash.
    fn is_of(&self, entry: &[u8], file: &[u8]) -> Option<bool> {
        let number = |entry: &[u8], name: &str| {
            usize::try_from(cbor::number(cbor::field(entry, name)?)?).ok()
        };
        let mut left_out = Vec::new();
        for range in cbor::field(entry, "exclusions")
            .and_then(cbor::list)
            .unwrap_or_default()
        {
            let start = number(range, "start")?;
            left_out.push((start, start.checked_add(number(range, "length")?)?));
        }
        left_out.sort_unstable();
        let mut context = Context::new(self.method(entry)?);
        let mut at = 0;
        for (start, end) in left_out {
            context.update(file.get(at..start)?);
            at = end;
        }
        context.update(file.get(at..)?);
        let hash = cbor::field(entry, "hash").and_then(cbor::blob)?;
        Some(context.finish().as_ref() == hash)
    }

    /// What they say was done to make the picture.
    fn actions(&self, statements: &[Labelled<'_>]) -> Option<String> {
        let done: Vec<String> = statements
            .iter()
            .filter(|found| found.label.starts_with("c2pa.actions"))
            .filter_map(cbor_of)
            .filter_map(|entry| cbor::list(cbor::field(entry, "actions")?))
            .flatten()
            .filter_map(|action| {
                let what = cbor::text(cbor::field(action, "action")?)?;
                let what = what.trim_start_matches("c2pa.");
                // The last word of an address: `digitalCapture`, `trainedAlgorithmicMedia`.
                let how = cbor::field(action, "digitalSourceType").and_then(cbor::text);
                let how = how.and_then(|address| address.rsplit('/').next());
                Some(match how {
                    Some(how) => one_line(&format!("{what} ({how})")),
                    None => one_line(what),
                })
            })
            .take(20)
            .collect();
        (!done.is_empty()).then(|| format!("They say of how it was made: {}.", done.join(", ")))
    }
}

/// The CBOR that a labelled box holds.
fn cbor_of<'b>(labelled: &Labelled<'b>) -> Option<&'b [u8]> {
    let mut pieces = pieces(labelled.content).into_iter();
    pieces
        .find(|piece| &piece.kind == b"cbor")
        .map(|piece| piece.body)
}
