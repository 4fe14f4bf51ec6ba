#!/usr/bin/env python3
"""Beginnings for the target `reader`: the tests' files that other programs made, office packages as
their parts (see assemble.rs). Run it in this folder: it writes target/fuzz/seeds/NAME/."""
import sys
import tomllib
import zipfile
from pathlib import Path

TESTS = Path(__file__).parent.parent / "crates/read/tests"
# Larger parts (style sheets, themes) hold nothing that a reader looks at.
LONGEST_PART, LONGEST = 6_000, 48_000
PACKAGES = {".docx", ".odt", ".xlsx", ".ods", ".epub", ".wacz", ".zip"}
NAMES = {".htm": "html", ".tiff": "tif", ".jpeg": "jpg"}


def parts(path):
    """The parts of a package, one behind the other."""
    out = b""
    with zipfile.ZipFile(path) as package:
        for item in package.infolist():
            body = package.read(item)
            if len(body) <= LONGEST_PART and b"\x1e" not in body:
                out += b"\x1e" + item.filename.encode() + b"\n" + body
    return out


def main():
    out = Path(sys.argv[1])
    listed = tomllib.loads((TESTS / "real_data/files.toml").read_text(encoding="utf8"))["file"]
    for path in {TESTS / real["file"] for real in listed} | {TESTS / "capture_data/signed.wacz", TESTS / "capture_data/plain.warc"}:
        kind = path.suffix
        name = "a." + NAMES.get(kind, kind[1:])
        if path.name.endswith(".warc.gz"):
            name = "a.warc"
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        held = [path.read_bytes()] + ([parts(path)] if kind in PACKAGES else [])
        for number, body in enumerate(held):
            if len(body) <= LONGEST:
                (folder / f"{path.parent.name}-{path.stem}-{number}").write_bytes(body)


main()
