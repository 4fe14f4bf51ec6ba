#!/usr/bin/env python3
"""What a writer could sign that the rules of docs/formats/archive.md forbid, and what they allow.

    forgeries.py ARCHIVE DEVICE FOLDER

For each case, FOLDER gets a copy of the archive in which the log of its first writer ends in the
entries of that case, signed with the key of DEVICE, which must have no passphrase. Prints a line a
case: how a verifier must exit, 0 or 1, the folder of the copy, and what the case is. For tests only.
"""
import os
import shutil
import sys

sys.dont_write_bytecode = True

from entries import encode  # noqa: E402
from forge import Forger, key_line  # noqa: E402
from tlog import sha256  # noqa: E402

CASES = {}


def case(name, status):
    """Declares a case: a function from a Forger to an entry or several, as fields or as bytes."""
    def declare(make):
        CASES[name] = status, make
        return make
    return declare


# Fields of one entry (section 5).

case("a note", 0)(lambda f: f.entry())
case("a kind that is not known", 0)(lambda f: f.entry(99))
case("a body under a source's key", 0)(lambda f: f.about())
case("a body under a general key", 0)(lambda f: f.general())
case("a body of no bytes", 0)(lambda f: f.general(f12=b""))
case("a compartment without need", 0)(lambda f: f.entry(f7=1))
case("an unknown source without key", 0)(lambda f: f.entry(f6=f.noise(16)))
case("no id", 1)(lambda f: f.entry(f1=None))
case("a short id", 1)(lambda f: f.entry(f1=f.noise(15)))
case("version 2", 1)(lambda f: f.entry(f0=2))
case("field 18", 1)(lambda f: f.entry(f18=1))
case("compartment 3", 1)(lambda f: f.entry(f7=3))
case("a negative clock", 1)(lambda f: encode(f.entry(f4=1 << 40)).replace(b"\4\x1b", b"\4\x3b", 1))
case("a place beyond 48 bits", 1)(lambda f: f.entry(f5=[1 << 48, 0]))
case("a body without a key", 1)(lambda f: f.general(f9=None))
case("a body without a compartment", 1)(lambda f: f.general(f7=None))
case("a body without a commitment", 1)(lambda f: f.general(f14=None))
case("a commitment without a body", 1)(lambda f: f.general(f12=None))
case("two bodies", 1)(lambda f: f.general(f13=f.segment((0, 1000))))
case("a key without a compartment", 1)(lambda f: f.entry(f6=f.source[6], f8=f.source[8]))
case("a general key without a compartment", 1)(lambda f: f.entry(f9=1))
case("epoch 0", 1)(lambda f: f.general(f9=0))
case("two keys", 1)(lambda f: f.about(f9=1))
case("a source's key without a source", 1)(lambda f: f.about(f6=None))
case("a wrapped key in a reading", 1)(lambda f: f.about(f10=f.noise(32)))
case("a source without its wrapped key", 1)(lambda f: f.about(1, f6=f.noise(16)))
case("an admission in a note", 1)(lambda f: f.entry(f15=f.admission[15]))
case("an admission of nobody", 1)(lambda f: f.entry(5))
case("heads in a note", 1)(lambda f: f.entry(f16=[[f.other, 1, f.second.tree.root(1)]]))
case("an erasure in a note", 1)(lambda f: f.erasure(9, f2=8))
case("an erasure of nothing", 1)(lambda f: f.entry(7, f6=f.source[6], f7=0))
case("an erasure without a source", 1)(lambda f: f.erasure(9, f6=None))
case("an erasure without a compartment", 1)(lambda f: f.erasure(9, f7=None, f9=None, f12=None, f14=None))
case("an erasure that makes the first generation", 1)(lambda f: f.erasure(9, f17=[f.source[8], 1, f.noise(32)]))

# Encoding.

case("an indefinite map", 1)(lambda f: b"\xbf" + encode(f.entry())[1:] + b"\xff")
case("a long integer", 1)(lambda f: encode(f.entry()).replace(b"\2\x08\3", b"\2\x18\x08\3", 1))
case("bytes after the end", 1)(lambda f: encode(f.entry()) + b"\0")
case("keys out of order", 1)(lambda f: b"\xa6" + encode(f.entry())[3:] + b"\0\1")
case("a key twice", 1)(lambda f: b"\xa7\0\1" + encode(f.entry())[1:])
case("a tag", 1)(lambda f: b"\xc0" + encode(f.entry()))
case("a text that is not UTF-8", 1)(
    lambda f: encode(f.entry(5, f15=["abc", "age1", []])).replace(b"\x63abc", b"\x63a\xffc"))
case("an entry of no bytes", 1)(lambda f: b"")
case("arrays in arrays", 1)(lambda f: b"\x81" * 60_000 + b"\0")

# Across entries.

case("an id twice", 1)(lambda f: f.entry(f1=f.entries[0][1]))
case("a place that is not later", 1)(lambda f: f.entry(f5=f.last[5]))
case("another author", 1)(lambda f: f.entry(f3=f.other))
case("a second genesis", 1)(lambda f: f.entry(0, f15=f.entries[0][15]))
case("a source twice", 1)(lambda f: f.about(1, f10=f.source[10]))
case("another compartment than its source", 1)(lambda f: f.about(f7=(f.source[7] + 1) % 3))
case("another bundle than its source", 1)(lambda f: f.about(f8=f.noise(16)))
case("a source that was never introduced", 1)(lambda f: f.about(f6=f.noise(16)))

# Segments (section 7).

case("a blob", 0)(lambda f: f.blob(f.segment((0, 400), (400, 600))))
case("a blob and bytes that nobody names", 0)(lambda f: f.blob(f.segment((0, 400), (500, 500))))
case("a body in a segment", 0)(lambda f: f.general(f12=None, f13=f.segment((0, 1000))))
case("the same part again", 0)(lambda f: f.about(f11=f.source[11]))
case("parts that overlap", 1)(lambda f: f.blob(f.segment((0, 500), (400, 600))))
case("parts that overlap from two entries", 1)(
    lambda f: [f.blob([part]) for part in f.segment((0, 500), (499, 501))])
case("a part past the end of its segment", 1)(lambda f: f.blob(f.segment((0, 1001))))
case("a part past any segment", 1)(lambda f: f.blob(f.segment(((32 << 20) - 1, 2))))
case("a part of no bytes", 1)(lambda f: f.blob(f.segment((0, 0))))
case("a blob without parts", 1)(lambda f: f.blob([]))
case("no blobs", 1)(lambda f: f.entry(f7=0, f9=1, f11=[]))
case("a part with another digest", 1)(lambda f: f.blob([f.segment((0, 1000))[0][:3] + [f.noise(32)]]))
case("a segment that is not there", 1)(lambda f: f.blob([[f.noise(32), 0, 4, f.noise(32)]]))

# Heads (section 9).

case("a head", 0)(lambda f: f.entry(6, f16=[[f.other, 2, f.second.tree.root(2)]]))
case("a head of the own log", 0)(lambda f: f.entry(6, f16=[[f.writer, 5, f.log.tree.root(5)]]))
case("a head of no entries", 1)(lambda f: f.entry(6, f16=[[f.other, 0, sha256(b"")]]))
case("no heads", 1)(lambda f: f.entry(6, f16=[]))
case("a head with another root", 1)(lambda f: f.entry(6, f16=[[f.other, 2, f.noise(32)]]))
case("a head of a longer log", 1)(lambda f: f.entry(6, f16=[[f.other, f.second.size + 1, f.noise(32)]]))
case("a head of nobody's log", 1)(lambda f: f.entry(6, f16=[[f.noise(16), 2, f.noise(32)]]))
case("a head of the own log with another root", 1)(lambda f: f.entry(6, f16=[[f.writer, 5, f.noise(32)]]))

# Admissions (section 6) and keys (section 8).

case("a writer admitted again", 0)(lambda f: f.entry(5, f15=f.admission[15][:2] + [[]]))
case("the first writer admitted again", 0)(lambda f: f.entry(5, f15=f.entries[0][15][:2] + [[]]))
case("a key line that is none", 1)(lambda f: f.entry(5, f15=["nobody", "age1", []]))
case("a key line of another archive", 1)(
    lambda f: f.entry(5, f15=[key_line("0f5e2a6c-6a53-4b43-8a52-0c5f6cf0a3de"), "age1", []]))
case("an admission without its object", 1)(lambda f: f.entry(5, f15=[key_line(f.archive.id), "age1", []]))
case("a member's key that is not there", 1)(
    lambda f: f.entry(5, f15=f.admission[15][:2] + [[[2, 7, f.noise(32)]]]))
case("a member's key with another digest", 1)(
    lambda f: f.entry(5, f15=f.admission[15][:2] + [[f.admission[15][2][0][:2] + [f.noise(32)]]]))
case("a member's keys out of order", 1)(
    lambda f: f.entry(5, f15=f.entries[0][15][:2] + [f.entries[0][15][2][::-1]]))
case("an erasure", 0)(lambda f: f.erasure(3))
case("an erasure that skips generations", 0)(lambda f: f.erasure(9))
case("an erasure without a reason", 0)(lambda f: f.erasure(3, f9=None, f12=None, f14=None))
case("an erasure with another digest", 1)(lambda f: f.erasure(3, f17=[f.source[8], 3, f.noise(32)]))
case("an erasure from another bundle", 1)(lambda f: f.erasure(3, f17=[f.noise(16), 3, f.noise(32)]))
case("an erasure of a source that was never introduced", 1)(lambda f: f.erasure(3, f6=f.noise(16)))
case("a member's key of epoch 0", 1)(lambda f: f.entry(5, f15=f.admission[15][:2] + [[[0, 0, f.noise(32)]]]))
case("an erasure whose generation is not there", 1)(
    lambda f: f.general(7, f6=f.source[6], f17=[f.source[8], 9, sha256(b"")]))


def main():
    archive, device, target = sys.argv[1:]
    for n, (name, (status, make)) in enumerate(CASES.items()):
        copy = f"case{n:02}"
        shutil.copytree(archive, os.path.join(target, copy))
        forger = Forger(os.path.join(target, copy), device)
        made = make(forger)
        forger.append(made if isinstance(made, list) else [made])
        print(status, copy, name)


if __name__ == "__main__":
    main()
