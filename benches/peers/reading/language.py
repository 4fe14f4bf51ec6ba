#!/usr/bin/env python3
"""How often the language of texts of 100 to 200 characters is told right. See README.md here.

usage: language.py TEXTS L10N FOLDER

TEXTS is the example of onrecord-read, L10N the folder of that name in mozilla/pdf.js (words of its
screens in many languages), FOLDER takes the texts."""
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

# The languages that the reader tells apart.
CODES = """en-US fr es-ES de pt-BR it ru uk be ar fa ur he zh-CN ja ko my vi th km id tr nl pl sv-SE da fi
cs hu ro bg el hi-IN bn ta""".split()


def texts(path):
    """The strings of a Fluent file, joined to texts of at least 100 characters."""
    held, seen = [], ""
    for line in path.read_text(encoding="utf8").splitlines():
        found = re.match(r"^(?:[\w-]+|\s+\.[\w-]+) = (.+)$", line)
        if not found or "{" in found[1] or len(found[1]) < 12:
            continue
        seen = f"{seen} {found[1].strip()}".strip()
        if len(seen) >= 100:
            held.append(seen)
            seen = ""
    return held


def main():
    program, l10n, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for code in CODES:
        path = l10n / code / "viewer.ftl"
        for number, text in enumerate(texts(path) if path.exists() else []):
            file = folder / f"{code}-{number}.txt"
            file.write_text(text, encoding="utf8")
            files[str(file)] = code.split("-")[0]
    done = subprocess.run([program], input="\n".join(files) + "\n", capture_output=True, text=True)
    right, wrong = defaultdict(int), defaultdict(list)
    for line in map(json.loads, done.stdout.splitlines()):
        code, said = files[line["f"]], line.get("language")
        if said == code:
            right[code] += 1
        else:
            wrong[code].append(said)
    total = sum(right.values()), sum(map(len, wrong.values()))
    for code in sorted({*right, *wrong}):
        print(code, right[code], "of", right[code] + len(wrong[code]), wrong[code])
    print("all", total[0], "of", sum(total))


main()
