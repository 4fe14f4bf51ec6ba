#!/usr/bin/env python3
"""Makes the signed files of this folder anew: a bundle as ProofMode makes it (signatures by GnuPG,
time stamps by python-opentimestamps, the rest by hand), a picture with content credentials by
c2pa-python, and a package of captures whose signature OpenSSL stamped (RFC 3161). Needs gpg and openssl, and from PyPI c2pa-python and opentimestamps. Run it in this
folder, after make.sh."""
import base64
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import zipfile

import c2pa
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

PICTURE = pathlib.Path("camp.jpg").read_bytes()


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


def gpg(home, *arguments, **options):
    return run("gpg", "--homedir", home, "--batch", "--passphrase", "", "--pinentry-mode", "loopback", *arguments, **options)


def stamped(digest):
    """A proof that forks: one way to a block, one to a promise."""
    stamp = Timestamp(digest)
    end = stamp.ops.add(OpPrepend(b"\x01\x02")).ops.add(OpAppend(b"more")).ops.add(OpSHA256())
    end.attestations.add(BitcoinBlockHeaderAttestation(840_000))
    stamp.ops.add(OpAppend(b"other")).attestations.add(PendingAttestation("https://calendar.example.org"))
    context = BytesSerializationContext()
    DetachedTimestampFile(OpSHA256(), stamp).serialize(context)
    return context.getbytes()


def bundle(method, name):
    digest = hashlib.sha256(PICTURE).hexdigest()
    said = {
        "File Hash SHA256": digest, "File Created": "2013-03-21T01:00:00Z", "Proof Generated": "2013-03-21T01:00:05Z",
        "Location.Latitude": "41.2", "Location.Longitude": "129.3", "DeviceModel": "Camera, model 1",
    }
    as_csv = ",".join(f'"{key}"' for key in said) + "\n" + ",".join(f'"{value}"' for value in said.values()) + "\n"
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o700)
        gpg(home, "--quick-generate-key", "Field Office <office@example.org>", method, "sign", "never")
        files = {"pubkey.asc": gpg(home, "--armor", "--export"), f"{digest}.ots": stamped(bytes.fromhex(digest))}
        signed = {"camp.jpg": PICTURE, f"{digest}.proof.csv": as_csv.encode(), f"{digest}.proof.json": json.dumps(said).encode()}
        for file, body in signed.items():
            signature = digest if file == "camp.jpg" else file
            files[file] = body
            files[f"{signature}.asc"] = gpg(home, "--armor", "--detach-sign", input=body)
        run("gpgconf", "--homedir", home, "--kill", "gpg-agent")
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        for file, body in files.items():
            out.writestr(zipfile.ZipInfo(file, (2013, 3, 21, 1, 0, 0)), body, zipfile.ZIP_DEFLATED)


def credentials():
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: f"{folder}/{name}"
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        run("openssl", "req", "-x509", *key, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "3650",
            "-subj", "/O=Example Press/CN=Example Root", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        run("openssl", "req", "-new", *key, "-keyout", at("key.pem"), "-out", at("request"),
            "-subj", "/O=Example Press/CN=Field Camera 7")
        pathlib.Path(at("more")).write_text(
            "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n"
            "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
        run("openssl", "x509", "-req", "-in", at("request"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial",
            "-days", "3650", "-extfile", at("more"), "-out", at("own.pem"))
        run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", at("key.pem"), "-out", at("key.p8"))
        chain = b"".join(pathlib.Path(at(name)).read_bytes() for name in ("own.pem", "ca.pem"))
        signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, chain, pathlib.Path(at("key.p8")).read_bytes(), None))
    plain = c2pa.Context(c2pa.Settings.from_dict({"builder": {"thumbnail": {"enabled": False}}}))
    action = {"action": "c2pa.created", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}
    manifest = {
        "claim_generator_info": [{"name": "Field Camera", "version": "7"}], "title": "camp.jpg",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [action]}}],
    }
    for form in ("jpg", "png"):
        kind = {"jpg": "image/jpeg", "png": "image/png"}[form]
        with open(f"camp.{form}", "rb") as source, open(f"camp-signed.{form}", "w+b") as signed:
            c2pa.Builder(json.dumps(manifest), plain).sign(signer, kind, source, signed)


def stamped_package():
    """The signed package of `capture_data`, its signature stamped as authsign asks for it."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile("../capture_data/signed.wacz") as old:
        at = lambda name: f"{folder}/{name}"
        digest = json.loads(old.read("datapackage-digest.json"))
        pathlib.Path(at("signature")).write_text(digest["signedData"]["signature"])
        pathlib.Path(at("serial")).write_text("01")
        pathlib.Path(at("config")).write_text(
            f"[tsa]\ndefault_tsa = own\n[own]\nserial = {at('serial')}\ncrypto_device = builtin\nsigner_digest = sha256\n"
            "default_policy = 1.2.3.4\ndigests = sha256, sha384, sha512\naccuracy = secs:1\n")
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", at("key"), "-out", at("pem"), "-days", "3650",
            "-subj", "/O=Example Time/CN=Example Time Authority", "-addext", "extendedKeyUsage=critical,timeStamping",
            "-addext", "keyUsage=critical,digitalSignature")
        run("openssl", "ts", "-query", "-data", at("signature"), "-sha256", "-cert", "-out", at("query"))
        run("openssl", "ts", "-reply", "-config", at("config"), "-queryfile", at("query"), "-signer", at("pem"), "-inkey", at("key"),
            "-out", at("answer"))
        digest["signedData"]["timeSignature"] = base64.b64encode(pathlib.Path(at("answer")).read_bytes()).decode()
        digest["signedData"]["timestampCert"] = pathlib.Path(at("pem")).read_text()
        with zipfile.ZipFile("stamped.wacz", "w") as new:
            for item in old.infolist():
                is_digest = item.filename == "datapackage-digest.json"
                new.writestr(item, json.dumps(digest) if is_digest else old.read(item))


bundle("rsa3072", "proof-rsa.zip")
bundle("ed25519", "proof-ed25519.zip")
bundle("nistp256", "proof-p256.zip")
credentials()
stamped_package()
