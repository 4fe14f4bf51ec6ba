//! The signature of a claim, by the certificate that stands with it.
//!
//! Invariant: a signature is right when it was verified here over the claim that is here;
//! certificates are not judged. Standards: RFC 9052 (COSE_Sign1), RFC 9360 (x5chain).

use super::cbor::{self, Key};
use crate::der;
use crate::front_matter::one_line;
use crate::warc::hex;
use minicbor::Encoder;
use ring::digest::{SHA256, digest};
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::{EndEntityCert, ring as methods};

/// What came of checking the signature, for people.
pub(super) fn verdict(signature: &[u8], claim: &[u8]) -> String {
    let Some(sign) = Sign::read(signature) else {
        return "THE SIGNATURE OF THE CREDENTIALS CANNOT BE READ.".to_owned();
    };
    let certificate = CertificateDer::from(sign.certificate);
    let Ok(certificate) = EndEntityCert::try_from(&certificate) else {
        return "THE CERTIFICATE OF THE CREDENTIALS CANNOT BE READ.".to_owned();
    };
    let methods: &[&dyn SignatureVerificationAlgorithm] = match sign.method {
        -7 => &[methods::ECDSA_P256_SHA256, methods::ECDSA_P384_SHA256],
        -35 => &[methods::ECDSA_P384_SHA384, methods::ECDSA_P256_SHA384],
        -37 => &[methods::RSA_PSS_2048_8192_SHA256_LEGACY_KEY],
        -38 => &[methods::RSA_PSS_2048_8192_SHA384_LEGACY_KEY],
        -39 => &[methods::RSA_PSS_2048_8192_SHA512_LEGACY_KEY],
        -8 => &[methods::ED25519],
        other => {
            return format!(
                "The signature of the credentials was not checked: its method ({other}) is not known here."
            );
        }
    };
    // COSE writes the two numbers of ECDSA side by side, certificates as DER.
    let given = match sign.method {
        -7 | -35 => der::numbers(sign.signature),
        _ => sign.signature.to_vec(),
    };
    let Some(message) = message(sign.protected, claim) else {
        return "THE SIGNATURE OF THE CREDENTIALS CANNOT BE READ.".to_owned();
    };
    let right = methods.iter().any(|method| {
        certificate
            .verify_signature(*method, &message, &given)
            .is_ok()
    });
    let names = der::names(certificate.subject());
    let name = match names.as_slice() {
        [] => "nobody that it names".to_owned(),
        names => one_line(&names.join(", ")),
    };
    let fingerprint = hex(digest(&SHA256, sign.certificate).as_ref());
    if right {
        format!(
            "Their signature is right, by the certificate of {name} (SHA-256 {fingerprint}). Whether that name can be \
             trusted is not judged: ask the maker of the camera or program, or a list of C2PA’s."
        )
    } else {
        format!(
            "THE SIGNATURE OF THE CREDENTIALS IS WRONG: it is not by the certificate of {name} (SHA-256 {fingerprint})."
        )
    }
}

/// A signature, taken apart.
struct Sign<'b> {
    protected: &'b [u8],
    method: i64,
    certificate: &'b [u8],
    signature: &'b [u8],
}

impl<'b> Sign<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let [protected, open, _, signature] = *cbor::list(bytes)?.as_slice() else {
            return None;
        };
        let protected = cbor::blob(protected)?;
        let head = cbor::map(protected)?;
        let method = head.iter().find(|(key, _)| *key == Key::Number(1))?.1;
        let both = head.iter().copied().chain(cbor::map(open)?);
        let is_chain = |key: &Key<'_>| matches!(key, Key::Number(33) | Key::Text("x5chain"));
        let (_, chain) = { both }.find(|(key, _)| is_chain(key))?;
        let first = cbor::list(chain).and_then(|all| all.first().copied());
        Some(Self {
            protected,
            method: cbor::number(method)?,
            certificate: cbor::blob(first.unwrap_or(chain))?,
            signature: cbor::blob(signature)?,
        })
    }
}

/// What is signed: the kind of signature, the protected head, nothing else, and the claim.
fn message(protected: &[u8], claim: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = Encoder::new(Vec::with_capacity(claim.len() + protected.len() + 32));
    let written = encoder.array(4).ok()?.str("Signature1").ok()?;
    let written = written.bytes(protected).ok()?.bytes(&[]).ok()?;
    written.bytes(claim).ok()?;
    Some(encoder.into_writer())
}
