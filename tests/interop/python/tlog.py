"""Notes, checkpoints, proofs and trees of C2SP signed-note, tlog-checkpoint, tlog-proof and tlog-tiles.

Everything here refuses what is not exactly as those specifications say, by raising `Refused`.
Ed25519 is RFC 8032's, Merkle trees are RFC 6962's.
"""
import base64
import hashlib
import re


class Refused(Exception):
    """What is wrong, in words."""


def need(holds, what):
    if not holds:
        raise Refused(what)


def sha256(data):
    return hashlib.sha256(data).digest()


def from_base64(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Refused("has something that is not base64") from None
    need(base64.b64encode(data).decode() == text, "has base64 in another spelling than the usual")
    return data


def number(text):
    need(re.fullmatch("0|[1-9][0-9]{0,18}", text), f"has {text[:30]!r} where a number belongs")
    return int(text)


# Ed25519 (RFC 8032 section 5.1), verification only; points are (X, Y, Z, T) with x=X/Z, y=Y/Z, xy=T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_multiply(scalar, p):
    product = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            product = point_add(product, p)
        p, scalar = point_add(p, p), scalar >> 1
    return product


def point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    need(y < P, "has a point that is not on the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    need((x * x - square) % P == 0 and (x or not sign), "has a point that is not on the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point(bytes([0x58] + [0x66] * 31))


def check_signature(public, message, signature):
    need(len(signature) == 64, "has a signature of the wrong length")
    s = int.from_bytes(signature[32:], "little")
    need(s < ORDER, "has a signature that is out of range")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left = point_multiply(s, BASE)
    right = point_add(point(signature[:32]), point_multiply(k, point(public)))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    need(same, "has a signature that is not of this key")


# Signed notes, checkpoints and proofs (C2SP).


class Key:
    """A signed-note verifier key of type 1."""

    def __init__(self, line):
        parts = line.split("+", 2)
        need(len(parts) == 3 and parts[0] and not re.search(r"\s", parts[0]), "is not a key line")
        self.line, self.name = line, parts[0]
        key = from_base64(parts[2])
        need(len(key) == 33 and key[0] == 1, "is not a key of type 1")
        self.public = key[1:]
        self.id = sha256(self.name.encode() + b"\n" + key)[:4]
        need(parts[1] == self.id.hex(), "is a key line whose number is not that of its key")
        self.writer = sha256(line.encode())[:16].hex()

    def open(self, note):
        """Origin, size and root of a checkpoint that this key signed."""
        end = note.rfind("\n\n") + 1
        need(end and note.endswith("\n"), "is not a signed note")
        need(not re.search("[\0-\x09\x0b-\x1f]", note), "has control characters")
        text, signed = note[:end], False
        for line in note[end + 1:-1].split("\n"):
            parts = line.split(" ")
            need(len(parts) == 3 and parts[0] == "\u2014", "has a line that is not a signature")
            signature = from_base64(parts[2])
            need(parts[1] and len(signature) > 4, "has a line that is not a signature")
            if parts[1] == self.name and signature[:4] == self.id:
                check_signature(self.public, text.encode(), signature[4:])
                signed = True
        need(signed, "is not signed by the key of this log")
        lines = text[:-1].split("\n")
        need(len(lines) == 3, "has extension lines")
        need(lines[0] == self.name, "is of another log")
        size, root = number(lines[1]), from_base64(lines[2])
        need(size >= 1 and len(root) == 32, "is not a checkpoint of a log with entries")
        return size, root


def check_proof(text, entry, key):
    """Index of the entry, and size and root of the checkpoint, of a tlog-proof without extra data."""
    head, found, note = text.partition("\n\n")
    lines = head.split("\n")
    need(found and lines[0] == "c2sp.org/tlog-proof@v1", "is not a tlog-proof")
    need(len(lines) > 1 and lines[1].startswith("index "), "has no index where it belongs")
    index, path = number(lines[1][6:]), [from_base64(line) for line in lines[2:]]
    size, root = key.open(note)
    need(index < size, "is about an entry after the checkpoint")
    at, last, found = index, size - 1, leaf_hash(entry)
    for beside in path:
        need(last and len(beside) == 32, "has a path that does not fit the index")
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    need(last == 0 and found == root, "does not prove this entry")
    return index, size, root


# Merkle trees (RFC 6962) and tlog-tiles.


def leaf_hash(entry):
    return sha256(b"\0" + entry)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


class Tree:
    """levels[k][i] is the hash of the leaves from i·2^k to (i+1)·2^k."""

    def __init__(self, leaves):
        self.levels = [leaves]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([node_hash(*pair) for pair in zip(below[0::2], below[1::2])])

    def root(self, size, right=b""):
        """The root of the first `size` leaves, with the subtree `right` after them if it is given."""
        found, start = right, size
        for k in range(size.bit_length()):
            if size >> k & 1:
                start -= 1 << k
                left = self.levels[k][start >> k]
                found = node_hash(left, found) if found else left
        return found

    def tile(self, level, n, width):
        """The hashes of a tile, None if the tree has no such tile."""
        hashes = self.levels[8 * level][256 * n:256 * n + width] if 8 * level < len(self.levels) else []
        return hashes if len(hashes) == width else None


def tile_name(level, n, width):
    """<L>/<N>[.p/<W>]; the level of entry bundles is `entries`."""
    digits = str(n).zfill(-(-len(str(n)) // 3) * 3)
    groups = ["x" + digits[i:i + 3] for i in range(0, len(digits), 3)]
    groups[-1] = groups[-1][1:]
    return f"{level}/{'/'.join(groups)}" + (f".p/{width}" if width < 256 else "")


def split_bundle(data, width):
    """The entries of a bundle, as far as it can be read, and what is wrong with it."""
    entries, at = [], 0
    for _ in range(width):
        end = at + 2 + int.from_bytes(data[at:at + 2], "big")
        if len(data) < at + 2 or len(data) < end:
            return entries, f"ends within entry {len(entries)} of {width}"
        entries.append(data[at + 2:end])
        at = end
    return entries, None if at == len(data) else f"has {len(data) - at} bytes after its {width} entries"
