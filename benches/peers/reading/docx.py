#!/usr/bin/env python3
"""Words of DOCX files: ours against Kreuzberg's. See README.md here.

usage: docx.py TEXTS FOLDER...      (pip install kreuzberg==4.10.4)

Kreuzberg writes a merged cell once for every column and the address behind every link, so that both
are compared by their different words, addresses of links aside; words as often as they stand are
given beside."""
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from kreuzberg import extract_file_sync

WORD = re.compile(r"[^\W_]+")


def main():
    program, folders = sys.argv[1], sys.argv[2:]
    files = sorted(str(path) for folder in folders for path in Path(folder).rglob("*") if path.suffix.lower() == ".docx")
    done = subprocess.run([program], input="\n".join(files) + "\n", capture_output=True, text=True)
    ours = {line["f"]: line for line in map(json.loads, done.stdout.splitlines())}
    totals = Counter()
    for path in files:
        try:
            theirs = extract_file_sync(path).content
        except Exception:  # what a peer throws is one more figure
            theirs, totals["refused by Kreuzberg"] = "", totals["refused by Kreuzberg"] + 1
        theirs = re.sub(r"!\[[^]]*\]\([^)]*\)|\]\([^)]*\)|<?https?://\S+", " ", theirs)
        a, b = (Counter(WORD.findall(text.lower())) for text in (ours[path]["text"], theirs))
        totals["panics of ours"] += bool(ours[path].get("crash"))
        totals["refused by us"] += bool(ours[path].get("err"))
        totals["words of ours"] += sum(a.values())
        totals["words of Kreuzberg"] += sum(b.values())
        totals["different words of ours"] += len(a)
        totals["different words of Kreuzberg"] += len(b)
        totals["different words of both"] += len(a.keys() & b.keys())
        missing = sorted(b.keys() - a.keys())
        if len(missing) > 5:
            print(f"{len(missing):6} words only by Kreuzberg: {Path(path).name}: {' '.join(missing[:12])}")
    print(len(files), "files", dict(totals))


main()
