"""Deterministic CBOR, and what an entry may hold (docs/formats/archive.md, section 5).

A value that does not come back byte for byte when it is encoded again is refused.
"""
from tlog import Refused, need

SEGMENT = 32 << 20  # the most bytes that a segment can have

# Deterministic CBOR (RFC 8949 section 4.2.1) of unsigned integers, bytes, texts, arrays and maps.


def encode(value):
    if isinstance(value, int):
        return encode_head(0, value)
    if isinstance(value, bytes):
        return encode_head(2, len(value)) + value
    if isinstance(value, str):
        return encode_head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return encode_head(4, len(value)) + b"".join(map(encode, value))
    return encode_head(5, len(value)) + b"".join(encode(k) + encode(value[k]) for k in sorted(value))


def encode_head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    log = 0 if n < 1 << 8 else 1 if n < 1 << 16 else 2 if n < 1 << 32 else 3
    return bytes([major << 5 | 24 + log]) + n.to_bytes(1 << log, "big")


def decode(data):
    value, end = decode_at(data, 0, 0)
    need(end == len(data), "has bytes after its end")
    need(encode(value) == data, "is not in the deterministic encoding")
    return value


def decode_at(data, at, depth):
    need(at < len(data) and depth < 8, "ends too early" if at >= len(data) else "is too deep")
    major, n, at = data[at] >> 5, data[at] & 31, at + 1
    need(major < 6 and n < 28, f"has a CBOR item of a type that does not occur here ({major}, {n})")
    if n >= 24:
        width = 1 << n - 24
        need(at + width <= len(data), "ends too early")
        n, at = int.from_bytes(data[at:at + width], "big"), at + width
    if major == 0:
        return n, at
    if major in (2, 3):
        need(at + n <= len(data), "ends too early")
        taken = data[at:at + n]
        if major == 3:
            try:
                taken = taken.decode()
            except UnicodeDecodeError:
                raise Refused("has a text that is not UTF-8") from None
        return taken, at + n
    need(major in (4, 5), "has a negative number")
    items = []
    for _ in range(n * (major - 3)):
        item, at = decode_at(data, at, depth + 1)
        items.append(item)
    if major == 4:
        return items, at
    need(all(isinstance(key, int) for key in items[0::2]), "has a key that is not a number")
    return dict(zip(items[0::2], items[1::2])), at


# What an entry may hold (section 5). A shape is a function that says whether a value has it.


def uint(bits=64, least=0):
    return lambda value: isinstance(value, int) and least <= value < 1 << bits


def exactly(*values):
    return lambda value: isinstance(value, int) and value in values


def octets(size=None):
    return lambda value: isinstance(value, bytes) and len(value) == (len(value) if size is None else size)


def text(value):
    return isinstance(value, str)


def fixed(*shapes):
    """An array of as many items as there are shapes."""
    return lambda value: (isinstance(value, list) and len(value) == len(shapes)
                          and all(shape(item) for shape, item in zip(shapes, value)))


def several(shape, least=1):
    """An array of items of one shape."""
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(shape, value))


def part(value):
    stretch = fixed(octets(32), uint(), uint(least=1), octets(32))
    return stretch(value) and value[1] + value[2] <= SEGMENT


def grants(value):
    """The epoch keys that a member is given: compartment, epoch, digest; ascending."""
    if not several(fixed(COMPARTMENT, EPOCH, octets(32)), least=0)(value):
        return False
    return all(one[:2] < other[:2] for one, other in zip(value, value[1:]))


COMPARTMENT, EPOCH = exactly(0, 1, 2), uint(32, least=1)
FIELDS = {
    0: exactly(1), 1: octets(16), 2: uint(), 3: octets(16), 4: uint(),
    5: fixed(uint(48), uint(32)), 6: octets(16), 7: COMPARTMENT, 8: octets(16), 9: EPOCH,
    10: octets(32), 11: several(several(part)), 12: octets(), 13: several(part), 14: octets(32),
    15: fixed(text, text, grants), 16: several(fixed(octets(16), uint(least=1), octets(32))),
    17: fixed(octets(16), uint(32, least=2), octets(32)),
}


def check_entry(entry):
    """The fields of an entry that keeps the rules which it can keep or break alone."""
    fields = decode(entry)
    need(isinstance(fields, dict), "is not a map")
    for key, value in fields.items():
        need(key in FIELDS and FIELDS[key](value), f"has a field {key} that is not allowed")
    need(all(key in fields for key in range(6)), "lacks one of the fields 0 to 5")
    kind, sealed = fields[2], any(key in fields for key in (8, 9, 11, 12, 13))
    need(not (12 in fields and 13 in fields), "has two bodies")
    need((14 in fields) == (12 in fields or 13 in fields), "has a body or a commitment alone")
    need((8 in fields) + (9 in fields) == int(sealed), "is not sealed with exactly one key")
    need(7 in fields or not sealed and kind != 7, "names no compartment")
    need(6 in fields or 8 not in fields and kind != 7, "names no source")
    need(8 in fields or kind != 1, "introduces a source without a key")
    for key, kinds in ((10, (1,)), (15, (0, 5)), (16, (6,)), (17, (7,))):
        need((key in fields) == (kind in kinds), f"is of kind {kind} and breaks the rule of field {key}")
    return fields
