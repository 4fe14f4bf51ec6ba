"""One log of an archive: checkpoint, entry bundles and tiles (docs/formats/archive.md, section 4).

Entries and tiles say the same thing twice. What leads to the signed root is right and what differs
from it is damage, so that one damaged bundle costs no more than its own entries.
"""
import itertools
import re

from entries import check_entry
from objects import as_text
from tlog import Refused, Tree, leaf_hash, need, split_bundle, tile_name

MOST_DOUBTS = 10  # bundles that differ from their tiles, for which all combinations are tried


class Log:
    """The log of one writer. Nothing of it is believed before `load` has found the signed root."""

    def __init__(self, objects, key):
        self.objects, self.key, self.name = objects, key, f"log/{key.writer}"
        self.size = 0
        self.tree = None  # of the leaves under the signed root
        self.entries = {}  # the sound entries: fields by index
        self.complete = True  # whether these are all entries

    def entry_name(self, index):
        return f"{self.name} entry {index}"

    def load(self, is_first):
        """Checks the log; None of a log other than the first may be there yet."""
        objects, checkpoint = self.objects, f"{self.name}/checkpoint"
        if not is_first and not objects.names(self.name):
            return objects.note(self.name, "is of a writer that was admitted and has not written")
        line = objects.attempt(f"{self.name}/vkey", objects.read, f"{self.name}/vkey")
        if line not in (None, self.key.line.encode() + b"\n"):
            objects.damage(f"{self.name}/vkey", "is not the key line that the writer was admitted with")
        if not is_first and not objects.has(checkpoint):
            return objects.note(self.name, "has no checkpoint: nothing in it was ever acknowledged")
        self.complete = False
        opened = objects.attempt(checkpoint, lambda: self.key.open(as_text(objects.read(checkpoint))))
        if opened:
            self.size, root = opened
            if objects.attempt(checkpoint, self.find_leaves, root):
                self.check_pieces()
        return None

    def piece(self, kind, n, width):
        """Name and items of a tile or bundle, or of the beginning of the full one; what is wrong."""
        name = f"{self.name}/tile/{tile_name(kind, n, width)}"
        full = f"{self.name}/tile/{tile_name(kind, n, 256)}"
        whole = not self.objects.has(name) and self.objects.has(full)
        try:
            data = self.objects.read(full if whole else name)
        except Refused as refused:
            return name, [], str(refused)
        if kind == "entries":
            items, rest = split_bundle(data, width)
        else:
            items, rest = [data[at:at + 32] for at in range(0, 32 * width, 32)], len(data) - 32 * width
        short = len(items) < width or any(len(item) != 32 for item in items if kind != "entries")
        return full if whole else name, items, "has the wrong length" if short or rest and not whole else ""

    def find_leaves(self, root):
        """Chooses bundles and tiles so that they lead to the signed root; keeps their entries."""
        stretches, doubts = [], 0
        for start in range(0, self.size, 256):
            n, width = start // 256, min(256, self.size - start)
            _, entries, wrong = self.piece("entries", n, width)
            ways = [] if wrong else [[leaf_hash(entry) for entry in entries]]
            _, hashes, wrong = self.piece("0", n, width)
            if not wrong and hashes not in ways:
                ways.append(hashes)
            need(ways, f"cannot be checked: neither entries nor hashes from {start} are whole")
            doubts += len(ways) > 1
            stretches.append((entries, [(Tree(leaves).root(width), leaves) for leaves in ways]))
        need(doubts <= MOST_DOUBTS, "cannot be checked: too many bundles and tiles differ")
        count = self.size // 256
        for chosen in itertools.product(*(ways for _, ways in stretches)):
            right = chosen[-1][0] if self.size % 256 else b""
            if Tree([top for top, _ in chosen[:count]]).root(count, right) == root:
                break
        else:
            raise Refused("has a root that neither entries nor tiles lead to")
        self.tree = Tree([leaf for _, leaves in chosen for leaf in leaves])
        self.complete = True
        for n, (entries, _) in enumerate(stretches):
            for index, entry in enumerate(entries, 256 * n):
                if leaf_hash(entry) == self.tree.levels[0][index]:
                    self.objects.attempt(self.entry_name(index), self.take_in, index, entry)
        return True

    def take_in(self, index, entry):
        fields = check_entry(entry)
        need(fields[3].hex() == self.key.writer, "names another author than the writer of its log")
        self.entries[index] = fields

    def prescribed(self):
        """Tiles and bundles that a log of this size has: kind, number, width."""
        for level in range(-(-self.size.bit_length() // 8)):
            count = self.size >> 8 * level
            for kind in ["0", "entries"] if level == 0 else [str(level)]:
                yield from ((kind, n, min(256, count - 256 * n)) for n in range(-(-count // 256)))

    def check_pieces(self):
        """Every tile and bundle that must be there, and those of earlier sizes that are there."""
        pieces = set(self.prescribed())
        prefix, beyond = f"{self.name}/tile/", 0
        for name in self.objects.names(prefix[:-1]):
            parts = re.fullmatch(r"(entries|[0-9]{1,2})/([x0-9/]{3,40})(?:\.p/([0-9]{1,3}))?", name[len(prefix):])
            if parts:
                found = parts[1], int(re.sub("[x/]", "", parts[2])), int(parts[3] or 256)
                if tile_name(*found) == name[len(prefix):]:
                    exists = self.tree.tile(self.level(found[0]), *found[1:])
                    pieces |= {found} if exists else set()
                    beyond += not exists
        if beyond:
            self.objects.note(self.name, f"has {beyond} pieces beyond its checkpoint, never acknowledged")
        for kind, n, width in sorted(pieces):
            name, items, wrong = self.piece(kind, n, width)
            right = self.tree.tile(self.level(kind), n, width)
            hashes = [leaf_hash(item) for item in items] if kind == "entries" else items
            other = [n * 256 + at for at in range(width) if hashes[at:at + 1] != [right[at]]]
            if kind == "entries" and other and width == min(256, self.size - 256 * n):
                self.complete = False
            if wrong or other:
                lost = f"; not what was signed: {', '.join(map(str, other[:9]))}" if hashes and other else ""
                self.objects.damage(name, (wrong or "was changed") + lost)

    @staticmethod
    def level(kind):
        return 0 if kind == "entries" else int(kind)
