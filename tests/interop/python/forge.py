"""Signs entries of any content with a device's own key, and puts them into its archive. For tests only."""
import base64
import hashlib
import os

import tlog
from entries import decode, encode
from logs import Log
from tlog import sha256
from verify import Archive


class Forger:
    """The first writer of an archive that also has a second writer, an admission and an erasure."""

    def __init__(self, folder, device):
        self.archive = Archive(folder)
        self.archive.check()
        self.log, self.second = self.archive.logs.values()
        self.entries, self.objects = self.log.entries, self.archive.objects
        with open(os.path.join(device, "identity.unprotected"), "rb") as file:
            self.seed = decode(file.read())[1]
        self.writer, self.other = (bytes.fromhex(log.key.writer) for log in (self.log, self.second))
        self.last = self.entries[self.log.size - 1]
        erased = {fields[6] for fields in self.entries.values() if fields[2] == 7}
        sources = [fields for _, fields in sorted(self.entries.items()) if fields[2] == 1]
        self.source = next(fields for fields in sources if fields[6] not in erased)
        self.admission = next(fields for fields in self.entries.values() if fields[2] == 5)
        self.count = 0

    def entry(self, kind=8, **fields):
        """A sound entry with further fields, given as f6=…; None leaves one out."""
        self.count += 1
        found = {0: 1, 1: self.noise(16), 2: kind, 3: self.writer, 4: 1_700_000_000_000,
                 5: [self.last[5][0] + 1, self.count]}
        found.update({int(name[1:]): value for name, value in fields.items()})
        return {key: value for key, value in found.items() if value is not None}

    def noise(self, size):
        self.count += 1
        return hashlib.shake_128(b"%d" % self.count).digest(size)

    def about(self, kind=2, **fields):
        """A sound entry with a body that is sealed with a source's key."""
        sealed = {"f6": self.source[6], "f7": self.source[7], "f8": self.source[8],
                  "f12": self.noise(130), "f14": self.noise(32)}
        return self.entry(kind, **{**sealed, **fields})

    def general(self, kind=8, **fields):
        """A sound entry with a body that is sealed with a general key."""
        return self.entry(kind, **{"f7": 0, "f9": 1, "f12": self.noise(130), "f14": self.noise(32), **fields})

    def segment(self, *stretches):
        """Puts a segment of 1000 bytes; gives parts of it."""
        data = self.noise(1000)
        name = sha256(data)
        self.put(f"blob/{name.hex()[:2]}/{name.hex()}", data)
        return [[name, at, length, sha256(data[at:at + length])] for at, length in stretches]

    def blob(self, parts):
        return self.entry(f7=0, f9=1, f11=[parts])

    def erasure(self, generation, **fields):
        """Puts a generation without the source's key; gives the entry that names it."""
        bundle = self.source[8]
        older = (f"key/source/{bundle.hex()}.{n}" for n in range(generation - 1, 0, -1))
        value = decode(self.objects.read(next(name for name in older if self.objects.has(name))))
        value[2:] = [generation, [item for item in value[3] if item[0] != self.source[6]]]
        data = encode(value)
        self.put(f"key/source/{bundle.hex()}.{generation}", data)
        return self.general(7, **{"f6": self.source[6], "f17": [bundle, generation, sha256(data)], **fields})

    def put(self, name, data):
        path = self.objects.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def append(self, entries):
        """Adds entries to the log, with the tiles of the new size and a signed checkpoint."""
        all_entries = []
        for n in range(-(-self.log.size // 256)):
            all_entries += self.log.piece("entries", n, min(256, self.log.size - 256 * n))[1]
        all_entries += [entry if isinstance(entry, bytes) else encode(entry) for entry in entries]
        log = Log(self.objects, self.log.key)
        log.size, log.tree = len(all_entries), tlog.Tree([tlog.leaf_hash(entry) for entry in all_entries])
        for kind, n, width in log.prescribed():
            if kind == "entries":
                stretch = all_entries[256 * n:256 * n + width]
                data = b"".join(len(entry).to_bytes(2, "big") + entry for entry in stretch)
            else:
                data = b"".join(log.tree.tile(int(kind), n, width))
            self.put(f"{log.name}/tile/{tlog.tile_name(kind, n, width)}", data)
        root = base64.b64encode(log.tree.root(log.size)).decode()
        text = f"{log.key.name}\n{log.size}\n{root}\n"
        signature = base64.b64encode(log.key.id + sign(self.seed, text.encode())).decode()
        self.put(f"{log.name}/checkpoint", f"{text}\n\u2014 {log.key.name} {signature}\n".encode())


def public_of(scalar):
    x, y, z, _ = tlog.point_multiply(scalar, tlog.BASE)
    inverse = pow(z, tlog.P - 2, tlog.P)
    return (y * inverse % tlog.P | (x * inverse % tlog.P & 1) << 255).to_bytes(32, "little")


def sign(seed, message):
    """Ed25519 (RFC 8032 section 5.1.6)."""
    digest = hashlib.sha512(seed).digest()
    secret = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    number = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % tlog.ORDER
    point, public = public_of(number), public_of(secret)
    k = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % tlog.ORDER
    return point + ((number + k * secret) % tlog.ORDER).to_bytes(32, "little")


def key_line(archive, public=b"\x58" + b"\x66" * 31):
    name = f"onrecord/{archive}/{sha256(public).hex()[:16]}"
    key = b"\1" + public
    return f"{name}+{sha256(name.encode() + bytes([10]) + key)[:4].hex()}+{base64.b64encode(key).decode()}"
