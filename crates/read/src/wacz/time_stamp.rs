//! A time stamp by an authority over the signature of a package.
//!
//! Invariant: a stamp is right when the authority's certificate that stands with it signed, in what
//! is here, the hash of what is here. Which authorities to trust is not judged: its name and the
//! fingerprint of its certificate are told. Standards: RFC 3161, RFC 5652 (CMS).

use crate::der::{self, value, values};
use crate::front_matter::one_line;
use crate::warc::hex;
use ring::digest::{Algorithm, SHA256, SHA384, SHA512, digest};
use rustls_pki_types::CertificateDer;
use webpki::EndEntityCert;

const SHA256_OID: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const SHA384_OID: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
const SHA512_OID: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
/// Certificates of one stamp that are looked at.
const MOST_CERTIFICATES: usize = 16;

/// What came of checking the answer of a time stamp authority over `message`, for people;
/// `certificates` stand beside it.
pub(super) fn verdict(
    answer: &[u8],
    message: &[u8],
    certificates: &[CertificateDer<'_>],
) -> String {
    let Some(stamp) = Stamp::read(answer) else {
        return "THE TIME STAMP OF THE SIGNATURE CANNOT BE READ.".to_owned();
    };
    let Some(is_of) = stamp.is_of(message) else {
        return "The time stamp of the signature was not checked: its hash is not known here."
            .to_owned();
    };
    if !is_of {
        return "THE TIME STAMP IS OF SOMETHING ELSE: it stamps another signature than that of the package.".to_owned();
    }
    let own = stamp.certificates.iter().copied().map(CertificateDer::from);
    let all: Vec<CertificateDer<'_>> = own
        .chain(certificates.iter().cloned())
        .take(MOST_CERTIFICATES)
        .collect();
    let signer = all.iter().find_map(|certificate| stamp.is_by(certificate));
    match signer {
        Some((names, fingerprint)) => format!(
            "The signature was there at {}, by the time stamp of {} (certificate with SHA-256 {fingerprint}); whether \
             that authority can be trusted is not judged.",
            stamp.time,
            one_line(&names),
        ),
        None => {
            "THE TIME STAMP OF THE SIGNATURE IS WRONG: no certificate that stands with it made it."
                .to_owned()
        }
    }
}

/// A time stamp, taken apart.
struct Stamp<'b> {
    /// What the authority says: that this hash was there at this time.
    info: &'b [u8],
    /// RFC 3339.
    time: String,
    hash: (&'static Algorithm, &'b [u8]),
    certificates: Vec<&'b [u8]>,
    /// The hash by which the signature stands for `info`.
    method: &'static Algorithm,
    /// What is signed: attributes, with their head.
    attributes: &'b [u8],
    signature: &'b [u8],
}

impl<'b> Stamp<'b> {
    fn read(answer: &'b [u8]) -> Option<Self> {
        let (0x30, answer, _) = value(answer)? else {
            return None;
        };
        // Status, then what was asked for: CMS, the kind before its content.
        let [_, (0x30, stamp)] = *values(answer).as_slice() else {
            return None;
        };
        let [_, (0xa0, signed)] = *values(stamp).as_slice() else {
            return None;
        };
        let (0x30, signed, _) = value(signed)? else {
            return None;
        };
        let parts = values(signed);
        let [_, _, (0x30, content), rest @ ..] = parts.as_slice() else {
            return None;
        };
        let (_, info, _) = value(values(content).get(1)?.1)?;
        let certificates = rest.iter().find(|(kind, _)| *kind == 0xa0);
        let certificates = certificates.map(|(_, all)| whole(all)).unwrap_or_default();
        let (_, signers) = rest.last()?;
        let (0x30, signer, _) = value(signers)? else {
            return None;
        };
        let pieces = whole(signer);
        let [_, _, method, attributes, _, signature, ..] = *pieces.as_slice() else {
            return None;
        };
        let (0xa0, ..) = value(attributes)? else {
            return None;
        };
        let (time, hash) = said(info)?;
        Some(Self {
            info,
            time,
            hash,
            certificates,
            method: algorithm(value(method)?.1)?,
            attributes,
            signature: value(signature)?.1,
        })
    }

    /// Whether it stamps `message`; `None` where its signature is made by a hash that is not known.
    fn is_of(&self, message: &[u8]) -> Option<bool> {
        let (method, hash) = self.hash;
        let of_info = values(value(self.attributes)?.1).into_iter().find_map(
            |(_, attribute)| match *values(attribute).as_slice() {
                [(6, MESSAGE_DIGEST), (0x31, set)] => Some(value(set)?.1),
                _ => None,
            },
        )?;
        let info = digest(self.method, self.info);
        Some(digest(method, message).as_ref() == hash && info.as_ref() == of_info)
    }

    /// Name and fingerprint of the certificate, if it made the stamp.
    fn is_by(&self, certificate: &CertificateDer<'_>) -> Option<(String, String)> {
        let parsed = EndEntityCert::try_from(certificate).ok()?;
        // The attributes are signed as the set that they are.
        let mut signed = self.attributes.to_vec();
        *signed.first_mut()? = 0x31;
        let mut methods = webpki::ALL_VERIFICATION_ALGS.iter();
        methods
            .any(|method| {
                parsed
                    .verify_signature(*method, &signed, self.signature)
                    .is_ok()
            })
            .then(|| {
                let names = der::names(parsed.subject()).join(", ");
                (names, hex(digest(&SHA256, certificate).as_ref()))
            })
    }
}

/// When the authority says that which hash was there.
fn said(info: &[u8]) -> Option<(String, (&'static Algorithm, &[u8]))> {
    let (0x30, info, _) = value(info)? else {
        return None;
    };
    let parts = values(info);
    let (_, imprint) = parts.iter().find(|(kind, _)| *kind == 0x30)?;
    let [(0x30, method), (4, hash)] = *values(imprint).as_slice() else {
        return None;
    };
    let (_, time) = parts.iter().find(|(kind, _)| *kind == 0x18)?;
    Some((written(time)?, (algorithm(method)?, hash)))
}

/// `20261122050000Z` as RFC 3339 writes it.
fn written(time: &[u8]) -> Option<String> {
    let time = std::str::from_utf8(time).ok()?;
    let digits = time
        .get(..14)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let part = |from: usize, to: usize| &digits[from..to];
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    ))
}

fn algorithm(named: &[u8]) -> Option<&'static Algorithm> {
    match value(named)?.1 {
        SHA256_OID => Some(&SHA256),
        SHA384_OID => Some(&SHA384),
        SHA512_OID => Some(&SHA512),
        _ => None,
    }
}

/// The values that stand behind one another, each with its head.
fn whole(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut all = Vec::new();
    while let Some((_, _, rest)) = value(bytes) {
        all.push(&bytes[..bytes.len() - rest.len()]);
        bytes = rest;
    }
    all
}
