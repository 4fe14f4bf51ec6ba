//! TLS, with what the server showed of itself kept: version, cipher, the chain of certificates,
//! and whether an authority that browsers trust vouches for it.
//!
//! Invariant: a server that cannot prove who it is is refused unless the user said otherwise, and
//! then its failure is kept. Standards: RFC 8446, RFC 5246, RFC 9525.

use crate::address::Place;
use crate::connect::{Stream, Timed};
use crate::warc::{date, hex};
use crate::{Error, Settings};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{self, CryptoProvider};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore, SignatureScheme,
    StreamOwned,
};
use std::sync::{Arc, Mutex, PoisonError};

/// What a server showed of itself.
#[derive(Clone, Debug)]
pub(crate) struct TlsSeen {
    /// Version and cipher, as their standards name them.
    pub spoken: String,
    /// Its certificates (DER), its own first.
    pub chain: Vec<Vec<u8>>,
    /// Why no authority vouches for it; `None` when one does.
    pub unproven: Option<String>,
}

impl TlsSeen {
    /// The chain as RFC 8555 §9.1 writes it, with what else was seen in lines before it.
    pub fn written(&self, at: Timestamp) -> String {
        let mut text = format!("Seen at {} by {}\n", date(at), self.spoken);
        text.push_str(&match &self.unproven {
            None => "Vouched for by an authority that browsers trust\n".to_owned(),
            Some(why) => format!("NOT vouched for: {why}\n"),
        });
        for certificate in &self.chain {
            let hash = digest(&SHA256, certificate);
            text.push_str(&format!("SHA-256 {}\n", hex(hash.as_ref())));
            text.push_str(&pem(certificate));
        }
        text
    }
}

/// A certificate by RFC 7468: lines of 64 letters.
fn pem(bytes: &[u8]) -> String {
    let letters: Vec<char> = STANDARD.encode(bytes).chars().collect();
    let lines = letters
        .chunks(64)
        .map(|line| line.iter().collect::<String>() + "\n");
    let lines: String = lines.collect();
    format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n")
}

/// Makes TLS connections.
pub(crate) struct Tls {
    provider: Arc<CryptoProvider>,
    roots: Arc<RootCertStore>,
    any: bool,
}

impl Tls {
    /// Trusts the authorities that browsers trust, and those that the settings add.
    pub fn new(settings: &Settings) -> Self {
        let mut roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        for authority in &settings.authorities {
            // One that cannot be read vouches for nobody.
            let _ = roots.add(CertificateDer::from(authority.clone()));
        }
        Self {
            provider: Arc::new(crypto::ring::default_provider()),
            roots: Arc::new(roots),
            any: settings.any_certificate,
        }
    }

    /// Puts TLS on a connection.
    ///
    /// # Errors
    /// [`Error::Certificate`], [`Error::Connect`].
    pub fn wrap(
        &self,
        mut stream: Timed,
        place: &Place,
    ) -> Result<(Box<dyn Stream>, TlsSeen), Error> {
        let refuse = |why: String| Error::Connect {
            host: place.host.clone(),
            why,
        };
        let name =
            ServerName::try_from(place.host.clone()).map_err(|error| refuse(error.to_string()))?;
        let inner = WebPkiServerVerifier::builder_with_provider(
            Arc::clone(&self.roots),
            Arc::clone(&self.provider),
        )
        .build()
        .map_err(|error| refuse(error.to_string()))?;
        let verifier = Arc::new(Verifier {
            inner,
            any: self.any,
            failed: Mutex::default(),
        });
        let config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| refuse(error.to_string()))?;
        let mut config = config
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Verifier>::clone(&verifier))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let mut connection = ClientConnection::new(Arc::new(config), name)
            .map_err(|error| refuse(error.to_string()))?;
        while connection.is_handshaking() {
            if let Err(error) = connection.complete_io(&mut stream) {
                let host = place.host.clone();
                return Err(match verifier.failed() {
                    Some(why) if !self.any => Error::Certificate { host, why },
                    _ => refuse(format!("TLS failed: {error}")),
                });
            }
        }
        let version = connection
            .protocol_version()
            .map(|version| format!("{version:?}"));
        let cipher = connection
            .negotiated_cipher_suite()
            .map(|suite| format!("{:?}", suite.suite()));
        let chain = connection.peer_certificates().unwrap_or_default();
        let seen = TlsSeen {
            spoken: format!(
                "{} {}",
                version.unwrap_or_default(),
                cipher.unwrap_or_default()
            ),
            chain: chain
                .iter()
                .map(|certificate| certificate.to_vec())
                .collect(),
            unproven: verifier.failed(),
        };
        Ok((Box::new(StreamOwned::new(connection, stream)), seen))
    }
}

/// Verifies as browsers do, and keeps why it failed.
#[derive(Debug)]
struct Verifier {
    inner: Arc<WebPkiServerVerifier>,
    any: bool,
    failed: Mutex<Option<String>>,
}

impl Verifier {
    fn failed(&self) -> Option<String> {
        self.failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified = self.inner.verify_server_cert(own, others, name, ocsp, now);
        let failed = verified.as_ref().err().map(ToString::to_string);
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failed;
        if self.any {
            return Ok(ServerCertVerified::assertion());
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
