"""The objects of an archive in a folder, and what was found wrong with them.

Names are the keys of docs/formats/archive.md, section 2; a finding names the object it is about.
"""
import os
import re

from tlog import Refused, need

LARGEST = 64 << 20  # bytes; no object is longer


def read_file(path):
    """The bytes of a file, which must not be longer than any object can be."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refused("is missing") from None
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror})") from None
    need(len(data) <= LARGEST, "is larger than any object")
    return data


def as_text(data):
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Refused("is not UTF-8") from None


class Objects:
    """A folder of objects. Damage is what changes evidence, a note what a reader should know."""

    def __init__(self, folder):
        self.folder, self.damaged, self.notes = folder, {}, []

    def path(self, name):
        return os.path.join(self.folder, *name.split("/"))

    def has(self, name):
        return os.path.lexists(self.path(name))

    def read(self, name):
        return read_file(self.path(name))

    def names(self, below):
        """Names of all objects below a name; files of writes that were interrupted are none."""
        found = []
        for folder, _, files in os.walk(self.path(below)):
            found += [os.path.relpath(os.path.join(folder, file), self.folder) for file in files]
        names = (name.replace(os.sep, "/") for name in found)
        return sorted(name for name in names if not re.search(r"#[0-9]+$", name))

    def damage(self, name, what):
        """Reports damage: one line an object, whatever else is wrong with it."""
        self.damaged.setdefault(name, what)

    def note(self, name, what):
        self.notes.append(f"note: {name} {what}")

    def attempt(self, name, check, *arguments):
        """What the check returns; None, after reporting the object, if the check refuses it."""
        try:
            return check(*arguments)
        except Refused as refused:
            self.damage(name, str(refused))
            return None
