#![allow(clippy::unwrap_used)]
use super::*;
use minicbor::Encoder;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};

/// A device that keeps one key.
enum Device {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

fn party() -> Party {
    Party::of("archive.example.org").unwrap()
}

fn client(kind: &str, challenge: &str, origin: &str) -> String {
    let json = format!(
        "{{\"type\":\"{kind}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\",\"crossOrigin\":false}}"
    );
    URL_SAFE_NO_PAD.encode(json)
}

fn data(party: &str, flags: u8, counter: u32) -> Vec<u8> {
    let mut data = digest(&SHA256, party.as_bytes()).as_ref().to_vec();
    data.push(flags);
    data.extend_from_slice(&counter.to_be_bytes());
    data
}

impl Device {
    fn es256() -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random);
        Self::Es256(key.unwrap())
    }

    fn eddsa() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::EdDsa(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap())
    }

    fn cose(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::new());
        match self {
            Self::Es256(key) => {
                let point = key.public_key().as_ref();
                out.map(5).unwrap().i8(1).unwrap().i8(2).unwrap();
                out.i8(3)
                    .unwrap()
                    .i8(-7)
                    .unwrap()
                    .i8(-1)
                    .unwrap()
                    .i8(1)
                    .unwrap();
                out.i8(-2).unwrap().bytes(&point[1..33]).unwrap();
                out.i8(-3).unwrap().bytes(&point[33..]).unwrap();
            }
            Self::EdDsa(key) => {
                out.map(4).unwrap().i8(1).unwrap().i8(1).unwrap();
                out.i8(3)
                    .unwrap()
                    .i8(-8)
                    .unwrap()
                    .i8(-1)
                    .unwrap()
                    .i8(6)
                    .unwrap();
                out.i8(-2)
                    .unwrap()
                    .bytes(key.public_key().as_ref())
                    .unwrap();
            }
        }
        out.into_writer()
    }

    fn made(&self, challenge: &str, flags: u8) -> Made {
        let mut data = data("archive.example.org", flags, 0);
        data.extend_from_slice(&[7; 16]);
        data.extend_from_slice(&[0, 4, 1, 2, 3, 4]);
        data.extend_from_slice(&self.cose());
        let mut out = Encoder::new(Vec::new());
        out.map(3).unwrap().str("fmt").unwrap().str("none").unwrap();
        out.str("attStmt").unwrap().map(0).unwrap();
        out.str("authData").unwrap().bytes(&data).unwrap();
        Made {
            client: client("webauthn.create", challenge, "https://archive.example.org"),
            attestation: URL_SAFE_NO_PAD.encode(out.into_writer()),
        }
    }

    fn signed(&self, client: &str, data: &[u8]) -> Signed {
        let mut message = data.to_vec();
        let json = URL_SAFE_NO_PAD.decode(client).unwrap();
        message.extend_from_slice(digest(&SHA256, &json).as_ref());
        let signature = match self {
            Self::Es256(key) => {
                let signature = key.sign(&SystemRandom::new(), &message).unwrap();
                signature.as_ref().to_vec()
            }
            Self::EdDsa(key) => key.sign(&message).as_ref().to_vec(),
        };
        Signed {
            id: URL_SAFE_NO_PAD.encode([1, 2, 3, 4]),
            client: client.to_owned(),
            authenticator: URL_SAFE_NO_PAD.encode(data),
            signature: URL_SAFE_NO_PAD.encode(signature),
        }
    }
}

const ALL: u8 = PRESENT | VERIFIED | ATTESTED;

#[test]
fn a_passkey_signs_in_for_its_challenge_and_address_alone() {
    for device in [Device::es256(), Device::eddsa()] {
        let made = device.made("one", ALL);
        let mut passkey = Passkey::register("laptop", &made, "one", &party()).unwrap();
        assert_eq!(passkey.id(), URL_SAFE_NO_PAD.encode([1, 2, 3, 4]));
        let get = |challenge: &str, origin: &str| client("webauthn.get", challenge, origin);
        let home = "https://archive.example.org";
        let fresh = data("archive.example.org", PRESENT | VERIFIED, 5);
        let signed = device.signed(&get("two", home), &fresh);
        passkey.verify(&signed, "two", &party()).unwrap();
        let again = passkey.verify(&signed, "two", &party());
        assert_eq!(again, Err(PasskeyError::Copied));
        let mut refused = |client: &str, data: &[u8]| {
            let signed = device.signed(client, data);
            passkey.verify(&signed, "two", &party()).unwrap_err()
        };
        let next = data("archive.example.org", PRESENT | VERIFIED, 6);
        let elsewhere = data("evil.example", PRESENT | VERIFIED, 6);
        let unverified = data("archive.example.org", PRESENT, 6);
        let evil = "https://evil.example";
        assert_eq!(refused(&get("three", home), &next), PasskeyError::NotAsked);
        assert_eq!(refused(&get("two", evil), &next), PasskeyError::NotAsked);
        assert_eq!(
            refused(&get("two", home), &elsewhere),
            PasskeyError::NotAsked
        );
        assert_eq!(
            refused(&get("two", home), &unverified),
            PasskeyError::NotVerified
        );
        let create = client("webauthn.create", "two", home);
        assert_eq!(refused(&create, &next), PasskeyError::NotAsked);
        let mut other = Device::es256().signed(&get("two", home), &next);
        assert_eq!(
            passkey.verify(&other, "two", &party()),
            Err(PasskeyError::Signature)
        );
        other.signature.clear();
        assert_eq!(
            passkey.verify(&other, "two", &party()),
            Err(PasskeyError::Signature)
        );
    }
}

#[test]
fn what_a_device_makes_must_be_whole_and_asked_for() {
    let device = Device::es256();
    let take = |made: &Made, challenge: &str| Passkey::register("x", made, challenge, &party());
    assert_eq!(
        take(&device.made("one", ALL), "two"),
        Err(PasskeyError::NotAsked)
    );
    let unverified = device.made("one", PRESENT | ATTESTED);
    assert_eq!(take(&unverified, "one"), Err(PasskeyError::NotVerified));
    let without_key = device.made("one", PRESENT | VERIFIED);
    assert_eq!(take(&without_key, "one"), Err(PasskeyError::Malformed));
    let whole = device.made("one", ALL);
    let bytes = URL_SAFE_NO_PAD.decode(&whole.attestation).unwrap();
    for cut in 0..bytes.len() {
        let made = Made {
            attestation: URL_SAFE_NO_PAD.encode(&bytes[..cut]),
            ..whole.clone()
        };
        assert!(take(&made, "one").is_err(), "cut at {cut}");
    }
    let long = Made {
        attestation: "A".repeat(LONGEST + 1),
        ..whole
    };
    assert_eq!(take(&long, "one"), Err(PasskeyError::Malformed));
}

#[test]
fn passkeys_hold_at_names_over_https_and_on_this_machine() {
    let local = Party::of("localhost:7070").unwrap();
    assert_eq!(
        (local.id.as_str(), local.origin.as_str()),
        ("localhost", "http://localhost:7070")
    );
    let named = Party::of("Archive.example.org:8443").unwrap();
    assert_eq!(named.id, "archive.example.org");
    assert_eq!(named.origin, "https://archive.example.org:8443");
    for bare in ["127.0.0.1:7070", "[::1]:7070", "192.168.0.7", "", "a b"] {
        assert_eq!(Party::of(bare), None, "{bare}");
    }
}

#[test]
fn a_passkey_is_of_one_account() {
    use crate::{Error, Role, Users};
    let made = Device::es256().made("one", ALL);
    let passkey = Passkey::register("laptop", &made, "one", &party()).unwrap();
    let mut users = Users::default();
    let (ann, _) = users.add("Ann", Role::Reader, 0).unwrap();
    let (ben, _) = users.add("Ben", Role::Reader, 0).unwrap();
    users.add_passkey(ann, passkey.clone()).unwrap();
    for user in [ann, ben] {
        let again = users.add_passkey(user, passkey.clone());
        assert_eq!(again, Err(Error::PasskeyTaken));
    }
    users.close(ann).unwrap();
    users.add_passkey(ben, passkey).unwrap();
}
