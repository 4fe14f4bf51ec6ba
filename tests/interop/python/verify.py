#!/usr/bin/env python3
"""Verifies an onrecord archive, or a receipt from one, without any key and without onrecord.

    verify.py ARCHIVE [--heads FILE]...
    verify.py --proof FILE --entry FILE --vkey FILE

Written from docs/formats/archive.md and the C2SP specifications that it names, with nothing but
Python's standard library (3.9 or later). A FILE of heads is something kept from an earlier day: a
signed checkpoint, a receipt (tlog-proof), or the file `heads` of a device.

Prints one line for each damaged object, and notes. Exit status: 0 sound, 1 damaged, 2 not checked
(wrong use, a newer format, no archive).
"""
import argparse
import json
import os
import re
import sys

sys.dont_write_bytecode = True

from entries import COMPARTMENT, EPOCH, check_entry, decode, encode, exactly, fixed, octets  # noqa: E402
from entries import several, text, uint  # noqa: E402
from logs import Log  # noqa: E402
from objects import Objects, as_text, read_file  # noqa: E402
from tlog import Key, Refused, check_proof, need, sha256  # noqa: E402

COMPARTMENTS = ("open", "restricted", "sealed")


class NotChecked(Exception):
    """Why nothing was checked."""


class Archive:
    """An archive that is being checked; the steps are those of section 9."""

    def __init__(self, folder):
        self.objects = Objects(folder)
        self.logs = {}  # those that count, by writer, the first writer's first
        self.admitted = {}  # the entry that admits a writer
        self.sources = {}  # name and fields of the entry that introduces a source

    def check(self):
        """Everything that the archive alone can show."""
        genesis = self.objects.attempt("onrecord.json", self.read_manifest)
        if not genesis:
            return
        self.load_logs([genesis])
        self.check_members()
        self.check_rules()
        self.check_segments()
        self.check_source_keys()
        for log, index, fields in self.entries():
            if 15 in fields:
                self.check_member_keys(fields[15])
            for writer, size, root in fields.get(16, []):
                self.check_head(log.entry_name(index), writer.hex(), size, root)

    def read_manifest(self):
        words = as_text(self.objects.read("onrecord.json"))
        try:
            manifest = json.loads(words)
        except (ValueError, RecursionError):
            raise Refused("is not JSON") from None
        need(isinstance(manifest, dict), "is not an object")
        if isinstance(manifest.get("format"), int) and manifest["format"] > 1:
            raise NotChecked(f"the archive has format {manifest['format']}, this program knows format 1")
        self.id, genesis = str(manifest.get("archive")), str(manifest.get("genesis"))
        usual = {"format": 1, "archive": self.id, "genesis": genesis,
                 "suite": "sha256 ed25519 chacha20-poly1305 hkdf-sha256 age-x25519"}
        need(words == json.dumps(usual, indent=2) + "\n", "is spelled in another way than section 3 says")
        uuid4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
        need(re.fullmatch(uuid4, self.id), "has no random UUID as archive")
        return self.parse_key(genesis)

    def parse_key(self, line):
        """The key of a log of this archive."""
        need(line.isascii(), "has a key line that is not of this archive")
        key = Key(line)
        name = f"onrecord/{self.id}/{sha256(key.public).hex()[:16]}"
        need(key.name == name, "has a key line that is not of this archive")
        return key

    def entries(self):
        for _, log in sorted(self.logs.items()):
            for index, fields in sorted(log.entries.items()):
                yield log, index, fields

    # Which logs count (section 6).

    def load_logs(self, keys):
        """Checks logs, and those of the writers that they admit."""
        while keys:
            key = keys.pop()
            log = self.logs[key.writer] = Log(self.objects, key)
            log.load(is_first=len(self.logs) == 1)
            for index, fields in sorted(log.entries.items()):
                if fields[2] == 5:
                    name = log.entry_name(index)
                    admitted = self.objects.attempt(name, self.parse_key, fields[15][0])
                    if admitted and self.admitted.setdefault(admitted.writer, name) == name:
                        keys += [admitted] if admitted.writer not in self.logs else []

    def check_members(self):
        """The objects that show why a log counts. One that holds admits, even if its entry is lost."""
        refused, before = dict.fromkeys(self.objects.names("member")), None
        while refused and len(refused) != before:  # until a round admits nobody
            before, refused = len(refused), self.try_members(refused)
        for name, what in refused.items():
            self.objects.damage(name, what)
        for writer, where in sorted(self.admitted.items()):
            if writer != next(iter(self.logs)) and not self.objects.has(f"member/{writer}"):
                self.objects.damage(f"member/{writer}", f"is missing: {where} admits this writer")

    def try_members(self, names):
        """Those that admit nobody, and why."""
        refused = {}
        for name in names:
            try:
                key = self.read_member(name)
                if key.writer not in self.logs:
                    self.load_logs([key])
            except Refused as why:
                refused[name] = str(why)
        return refused

    def read_member(self, name):
        """The key of the writer that the object admits."""
        value = decode(self.objects.read(name))
        need(fixed(exactly(1), octets(16), octets(), text)(value), "is not [1, writer, entry, proof]")
        _, admitting, entry, proof = value
        log = self.logs.get(admitting.hex())
        need(log, "is by a writer that does not count")
        _, size, root = check_proof(proof, entry, log.key)
        fields = check_entry(entry)
        need(fields[2] == 5 and fields[3] == admitting, "holds an entry that admits nobody")
        key = self.parse_key(fields[15][0])
        need(name == f"member/{key.writer}", "holds an entry that admits another writer")
        need(key.writer != next(iter(self.logs)), "admits the first writer again")
        self.check_head(name, admitting.hex(), size, root)
        return key

    # Rules across entries (section 5).

    def check_rules(self):
        first, ids, last, damage = next(iter(self.logs)), {}, (None, None), self.objects.damage
        for log, index, fields in self.entries():
            name = log.entry_name(index)
            begins = log.key.writer == first and index == 0
            if (fields[2] == 0) != begins or begins and fields[15][0] != log.key.line:
                damage(name, "is not the genesis of this archive, or is one in another place")
            if last[0] is log and last[1] >= fields[5]:
                damage(name, "is not later than the entry before it")
            last = log, fields[5]
            if ids.setdefault(fields[1], name) != name:
                damage(name, f"has the id of {ids[fields[1]]}")
            if fields[2] == 1 and self.sources.setdefault(fields[6], (name, fields))[0] != name:
                damage(name, f"introduces the source of {self.sources[fields[6]][0]} again")
        complete = all(log.complete for log in self.logs.values())
        for log, index, fields in self.entries():
            where, source = self.sources.get(fields.get(6), (None, None))
            if source and (fields.get(8, source[8]) != source[8]
                           or 8 in fields and fields[7] != source[7]
                           or 17 in fields and fields[17][0] != source[8]):
                damage(log.entry_name(index), f"names another key or compartment than {where}")
            elif not source and complete and (8 in fields or 17 in fields):
                damage(log.entry_name(index), "is about a source that no entry introduces")

    # Segments (section 7) and keys (section 8).

    def check_segments(self):
        segments = {}
        for log, index, fields in self.entries():
            for part in (part for blob in fields.get(11, []) + [fields.get(13, [])] for part in blob):
                stretches = segments.setdefault(part[0].hex(), {})
                stretches.setdefault(tuple(part[1:]), log.entry_name(index))
        for digest, stretches in sorted(segments.items()):
            name, end = f"blob/{digest[:2]}/{digest}", 0
            data = self.objects.attempt(name, self.objects.read, name)
            for (offset, length, wanted), where in sorted(stretches.items()) if data is not None else []:
                if offset < end:
                    self.objects.damage(where, f"names a part of {name} that overlaps another")
                end = max(end, offset + length)
                if end > len(data) or sha256(data[offset:offset + length]) != wanted:
                    self.objects.damage(name, f"does not hold the part from {offset} that {where} names")
            if data is not None and sha256(data).hex() != digest:
                self.objects.damage(name, "does not have the digest that is its name")

    def check_source_keys(self):
        wrapped, counting, erased = {}, {}, set()
        for source, (_, fields) in self.sources.items():
            wrapped.setdefault(fields[8], {})[source] = fields[10]
        for log, index, fields in sorted(self.entries(), key=lambda entry: entry[2][5]):  # stable: then by writer
            if 17 in fields:
                bundle, generation, digest = fields[17]
                erased.add(fields[6])
                if generation >= counting.get(bundle, (1, None))[0]:
                    counting[bundle] = generation, digest
        for bundle, sources in sorted(wrapped.items()):
            generation, digest = counting.get(bundle, (1, None))
            name = f"key/source/{bundle.hex()}.{generation}"
            items = self.objects.attempt(name, self.read_bundle, name, bundle, generation, digest)
            if items is None:
                continue
            lost = [source for source in sources if source not in erased and items.get(source) != sources[source]]
            if lost:
                self.objects.damage(name, f"lacks keys that entries name, such as that of {lost[0].hex()}")
            if not set(items) <= set(sources):
                self.objects.damage(name, "holds keys that no entry names")
            if erased.intersection(items):
                self.objects.note(name, "still holds keys that were to be erased")
            for older in (f"key/source/{bundle.hex()}.{n}" for n in range(1, min(generation, 1000))):
                if self.objects.has(older):
                    self.objects.note(older, "is left of an erasure that was interrupted")

    def read_bundle(self, name, bundle, generation, digest):
        """Digests of the wrapped keys in a bundle, by source."""
        data = self.objects.read(name)
        need(digest in (None, sha256(data)), "does not have the digest that the erasure names")
        value = decode(data)
        item = fixed(octets(16), COMPARTMENT, EPOCH, octets(12), octets(48))
        shape = fixed(exactly(1), octets(16), uint(32, least=1), several(item, least=0))
        need(shape(value) and value[1:3] == [bundle, generation], "is not the bundle that its name says")
        sources = [item[0] for item in value[3]]
        need(all(one < next for one, next in zip(sources, sources[1:])), "has items out of order")
        return {item[0]: sha256(encode(item)) for item in value[3]}

    def check_member_keys(self, admitted):
        _, recipient, granted = admitted
        holder = sha256(recipient.encode())[:16].hex()
        for compartment, epoch, digest in granted:
            name = f"key/member/{COMPARTMENTS[compartment]}/{epoch}/{holder}"
            data = self.objects.attempt(name, self.objects.read, name)
            if data is not None and sha256(data) != digest:
                self.objects.damage(name, "is not the file that the admission names")

    # Heads that were seen before (section 9, step 7).

    def check_head(self, by, writer, size, root):
        log = self.logs.get(writer)
        if log and not log.tree and not log.complete:
            return  # its damage is reported
        name, here = f"log/{writer}/checkpoint", log.size if log else 0
        if size > here:
            self.objects.damage(name, f"has lost history: {by} knows {size} entries, here are {here}")
        elif size < 1 or log.tree.root(size) != root:
            self.objects.damage(name, f"had another history: {by} knows another root of {size} entries")

    def check_kept(self, path):
        """Compares heads from outside the archive; how many."""
        data = read_file(path)
        if data[:1] == b"\x83":
            listed = decode(data)
            need(fixed(exactly(1), octets(32), octets())(listed), "is not a list of heads")
            head = fixed(octets(16), uint(), octets(32), text)
            archives = decode(listed[2])
            shape = several(fixed(octets(16), octets(16), several(head, least=0)), least=0)
            need(shape(archives), "is not a list of heads")
            notes = [head[3] for archive, _, heads in archives for head in heads
                     if archive.hex() == self.id.replace("-", "")]
        else:
            note = as_text(data)
            notes = [note.partition("\n\n")[2] if note.startswith("c2sp.org/tlog-proof@") else note]
        for note in notes:
            log = next((log for log in self.logs.values() if note.startswith(log.key.name + "\n")), None)
            need(log, "is of a log that is not here")
            self.check_head(path, log.key.writer, *log.key.open(note))
        return len(notes)


def verify_receipt(proof, entry, vkey):
    try:
        words = as_text(read_file(vkey))
        key = Key(words[:-1] if words.endswith("\n") else words)
        index, size, _ = check_proof(as_text(read_file(proof)), read_file(entry), key)
    except Refused as why:
        print(f"{proof}: {why}")
        return 1
    print(f"Sound: {entry} is entry {index} of the {size} entries of {key.name}.")
    return 0


def verify_archive(folder, kept):
    if not os.path.isdir(folder):
        raise NotChecked(f"{folder} is not a folder")
    archive = Archive(folder)
    archive.check()
    found, heads = archive.objects, 0
    if archive.logs:
        heads = sum(found.attempt(path, archive.check_kept, path) or 0 for path in kept)
    if not heads:
        found.note(folder, "was compared with no heads from before: put back to an earlier state as a "
                           "whole, it would look the same")
    for line in found.notes + [f"{name}: {what}" for name, what in sorted(found.damaged.items())]:
        print(line)
    for log in archive.logs.values():
        if log.tree:
            print(f"{log.name}: {log.size} entries, root {log.tree.root(log.size).hex()}")
    print(f"Damaged: {len(found.damaged)} objects." if found.damaged else "Sound.")
    return 1 if found.damaged else 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].strip())
    parser.add_argument("archive", nargs="?")
    parser.add_argument("--heads", action="append", default=[])
    for name in ("proof", "entry", "vkey"):
        parser.add_argument(f"--{name}")
    options = parser.parse_args()
    receipt = [options.proof, options.entry, options.vkey]
    if all(receipt) and not options.archive and not options.heads:
        return verify_receipt(*receipt)
    if options.archive and not any(receipt):
        try:
            return verify_archive(options.archive, options.heads)
        except NotChecked as why:
            print(why, file=sys.stderr)
            return 2
    parser.print_usage(sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
