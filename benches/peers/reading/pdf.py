#!/usr/bin/env python3
"""Reads PDF files with several programs and scores their agreement. See README.md here.

usage: pdf.py TEXTS FOLDER..."""
import json
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

WORD = re.compile(r"\w+")


def pdfium(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def mupdf(path):
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    return "\n".join(page.get_text() for page in pymupdf.open(path))


def pdftotext(path):
    done = subprocess.run(["pdftotext", "-q", path, "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf8", "replace")


PANEL = {"pdfium": pdfium, "mupdf": mupdf, "pdftotext": pdftotext}


def run(reader, files):
    read = {}
    before = time.process_time()
    for path in files:
        try:
            read[path] = {"text": reader(path)}
        except Exception as error:  # what a peer throws is one more figure
            read[path] = {"text": "", "err": str(error)}
    return read, time.process_time() - before


def ours(program, files):
    done = subprocess.run([program], input="\n".join(files) + "\n", capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["f"]: line for line in lines}, sum(line["cpu"] for line in lines)


def grams(text, length):
    words = WORD.findall(text.lower())
    return Counter(zip(*[words[start:] for start in range(length)]))


def f1(one, other):
    if not one or not other:
        return 0.0
    return 2 * sum((one & other).values()) / (sum(one.values()) + sum(other.values()))


def main():
    program, folders = sys.argv[1], sys.argv[2:]
    files = sorted(str(path) for folder in folders for path in Path(folder).rglob("*.pdf"))
    results = {"onrecord": ours(program, files)}
    results.update((name, run(reader, files)) for name, reader in PANEL.items())
    empty = {"text": "", "err": "no answer"}
    bags = {
        name: {path: [grams(read.get(path, empty)["text"], n) for n in (1, 4)] for path in files}
        for name, (read, _) in results.items()
    }
    full = [
        path for path in files
        if sum(sum(bags[name][path][0].values()) >= 20 for name in PANEL) >= 2
    ]
    print(f"{len(files)} files, {len(full)} with twenty words by two of the panel")
    for name, (read, seconds) in results.items():
        scores = [
            [statistics.mean(f1(bags[name][path][n], bags[other][path][n]) for other in PANEL if other != name)
             for path in full]
            for n in (0, 1)
        ]
        answers = [read.get(path, empty) for path in files]
        print(
            f"{name:10} words {statistics.mean(scores[0]):.3f} order {statistics.mean(scores[1]):.3f}"
            f" seconds {seconds:.2f} with text {sum(bool(a['text'].strip()) for a in answers)}"
            f" refused {sum(bool(a.get('err')) for a in answers)}"
            f" crashed {sum(bool(a.get('crash')) for a in answers)}"
        )


main()
