//! The signature of a package over the hash of its list of files.
//!
//! Invariant: "right" is said only of a signature that was verified here over the hash that was
//! computed here. No clock is asked: a certificate is judged at the time that the signature
//! states for itself, and the words say so. Standard: WACZ Signing and Verification 0.1.0.

use super::{is_hash, time_stamp};
use crate::calendar;
use crate::der;
use crate::front_matter::one_line;
use crate::warc::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    EcdsaVerificationAlgorithm, UnparsedPublicKey,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use serde::Deserialize;
use std::time::Duration;
use webpki::{EndEntityCert, KeyUsage, ring as algorithms};

/// Certificates of one chain that are looked at.
const MOST_CERTIFICATES: usize = 16;

#[derive(Deserialize)]
struct Digest {
    hash: String,
    #[serde(rename = "signedData")]
    signed: Option<Signed>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Signed {
    hash: String,
    signature: String,
    public_key: Option<String>,
    domain: Option<String>,
    domain_cert: Option<String>,
    time_signature: Option<String>,
    timestamp_cert: Option<String>,
    created: Option<String>,
    software: Option<String>,
}

/// What came of checking, for people: `list` is `datapackage.json`, `stated` its digest file.
pub(super) fn verdict(list: &[u8], stated: Option<&[u8]>) -> Vec<String> {
    let Some(stated) = stated else {
        return vec!["The package is not signed, and no hash of its list is stated.".to_owned()];
    };
    let stated: Digest = match serde_json::from_slice(stated) {
        Ok(stated) => stated,
        Err(error) => {
            return vec![format!(
                "The package’s digest file cannot be read: {error}."
            )];
        }
    };
    let computed = hex(digest(&SHA256, list).as_ref());
    if !is_hash(&stated.hash, &computed) {
        return vec![
            "THE LIST OF FILES WAS CHANGED: its hash is not the one that the package states; a \
             signature says nothing of it."
                .to_owned(),
        ];
    }
    let Some(signed) = stated.signed else {
        return vec![
            "The hash of the list of files is right; the package is not signed.".to_owned(),
        ];
    };
    if !is_hash(&signed.hash, &computed) {
        return vec!["THE SIGNATURE IS OF SOMETHING ELSE: it states another hash than that of the list of files.".to_owned()];
    }
    signatures(&signed)
}

fn signatures(signed: &Signed) -> Vec<String> {
    let created = signed.created.as_deref().map(one_line).unwrap_or_default();
    let software = signed.software.as_deref().map(one_line).unwrap_or_default();
    let Ok(signature) = STANDARD.decode(signed.signature.trim()) else {
        return vec!["THE SIGNATURE CANNOT BE READ: it is not base64.".to_owned()];
    };
    let message = signed.hash.as_bytes();
    let mut lines = Vec::new();
    match (&signed.public_key, &signed.domain_cert) {
        (Some(key), None) => {
            let Some(key) = key_bytes(key) else {
                return vec!["THE KEY OF THE SIGNATURE CANNOT BE READ.".to_owned()];
            };
            let fingerprint = hex(digest(&SHA256, &key).as_ref());
            lines.push(if verifies(&key, message, &signature) {
                format!(
                    "The package’s signature is right, by a key that names nobody (SHA-256 \
                     {fingerprint}; {software}, {created}). Ask whoever made it whether the key is theirs."
                )
            } else {
                format!("THE PACKAGE’S SIGNATURE IS WRONG: it is not by the key that is stated (SHA-256 {fingerprint}).")
            });
        }
        (_, Some(chain)) => lines.push(by_domain(signed, chain, message, &signature, &created)),
        (None, None) => {
            lines.push(
                "THE SIGNATURE CANNOT BE CHECKED: no key and no certificate is stated.".to_owned(),
            );
        }
    }
    if let Some(stamp) = &signed.time_signature {
        lines.push(match STANDARD.decode(stamp.trim()) {
            Ok(answer) => {
                let beside = chain_of(signed.timestamp_cert.as_deref().unwrap_or_default());
                // What is stamped is the signature as it is written.
                time_stamp::verdict(&answer, signed.signature.as_bytes(), &beside)
            }
            Err(_) => {
                "THE TIME STAMP OF THE SIGNATURE CANNOT BE READ: it is not base64.".to_owned()
            }
        });
    }
    lines
}

/// The signature of the owner of a domain, by the key of its certificate.
fn by_domain(
    signed: &Signed,
    chain: &str,
    message: &[u8],
    signature: &[u8],
    created: &str,
) -> String {
    let domain = signed.domain.as_deref().map(one_line).unwrap_or_default();
    let chain = chain_of(chain);
    let Some((first, rest)) = chain.split_first() else {
        return "THE CERTIFICATE OF THE SIGNATURE CANNOT BE READ.".to_owned();
    };
    let fingerprint = hex(digest(&SHA256, first).as_ref());
    let Ok(certificate) = EndEntityCert::try_from(first) else {
        return "THE CERTIFICATE OF THE SIGNATURE CANNOT BE READ.".to_owned();
    };
    let methods = [
        algorithms::ECDSA_P256_SHA256,
        algorithms::ECDSA_P384_SHA256,
        algorithms::ECDSA_P384_SHA384,
        algorithms::RSA_PKCS1_2048_8192_SHA256,
    ];
    let right = methods.into_iter().any(|method| {
        certificate
            .verify_signature(method, message, signature)
            .is_ok()
    });
    if !right {
        return format!(
            "THE PACKAGE’S SIGNATURE IS WRONG: it is not by the certificate of {domain}."
        );
    }
    let named = ServerName::try_from(domain.as_str())
        .is_ok_and(|name| certificate.verify_is_valid_for_subject_name(&name).is_ok());
    if !named {
        return format!(
            "The package’s signature is right, but its certificate (SHA-256 {fingerprint}) is NOT \
             for the domain {domain} that it states."
        );
    }
    let time = created
        .get(..19)
        .and_then(calendar::seconds)
        .map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)));
    let trusted = time.is_some_and(|time| {
        certificate
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                webpki_roots::TLS_SERVER_ROOTS,
                rest,
                time,
                KeyUsage::server_auth(),
                None,
                None,
            )
            .is_ok()
    });
    if trusted {
        format!(
            "The package’s signature is right, by the owner of {domain}, whose certificate (SHA-256 \
             {fingerprint}) was valid at {created}, when it says that it was signed."
        )
    } else {
        format!(
            "The package’s signature is right, by a certificate for {domain} (SHA-256 {fingerprint}) \
             that no authority known to browsers vouches for at {created}, when it says that it was signed."
        )
    }
}

/// Certificates in PEM.
fn chain_of(pem: &str) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem.as_bytes())
        .filter_map(Result::ok)
        .take(MOST_CERTIFICATES)
        .collect()
}

/// The key as DER, whether or not it is written as PEM.
fn key_bytes(key: &str) -> Option<Vec<u8>> {
    let lines = key.lines().filter(|line| !line.starts_with("-----"));
    let text: String = lines
        .flat_map(|line| line.chars())
        .filter(|c| !c.is_whitespace())
        .collect();
    STANDARD.decode(text).ok()
}

/// Whether `signature` is of `message` by the ECDSA key whose SubjectPublicKeyInfo this is: the
/// point is its last 65 (P-256) or 97 (P-384) bytes.
fn verifies(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let candidates: [(usize, &[&EcdsaVerificationAlgorithm]); 2] = [
        (65, &[&ECDSA_P256_SHA256_ASN1, &ECDSA_P256_SHA384_ASN1]),
        (97, &[&ECDSA_P384_SHA256_ASN1, &ECDSA_P384_SHA384_ASN1]),
    ];
    candidates.into_iter().any(|(len, methods)| {
        let Some(point) = key.len().checked_sub(len).and_then(|from| key.get(from..)) else {
            return false;
        };
        if point.first() != Some(&4) {
            return false;
        }
        // Browsers write the two numbers side by side, others as DER.
        let beside = (signature.len() == len - 1).then(|| der::numbers(signature));
        methods.iter().any(|method| {
            let key = UnparsedPublicKey::new(*method, point);
            key.verify(message, signature).is_ok()
                || beside
                    .as_ref()
                    .is_some_and(|der| key.verify(message, der).is_ok())
        })
    })
}
