#!/usr/bin/env python3
"""Makes PDF files of real text, half of them with a broken text layer, and says how many of either
are flagged. See README.md here.

usage: garbled.py TEXTS FOLDER TEXT...

TEXTS is the example of onrecord-read, FOLDER takes the files, each TEXT is a JSON file of WCXB's
ground truth or a plain text of some language. The layers are broken in five ways: letters shifted by
some places, codes shifted as subset fonts do, letters exchanged at random, signs for letters, codes of
no meaning."""
import json
import random
import subprocess
import sys
from pathlib import Path

WAYS = ("letters", "codes", "exchanged", "signs", "none")


def broken(text, way, dice):
    if way == "letters":
        by = dice.randrange(1, 26)
        turn = lambda c, base: chr((ord(c) - ord(base) + by) % 26 + ord(base))
        return "".join(turn(c, "a") if "a" <= c <= "z" else turn(c, "A") if "A" <= c <= "Z" else c for c in text)
    if way == "codes":
        by = dice.choice([29, 31, -29, 3, 28])
        return "".join(chr((ord(c) - 32 + by) % 95 + 32) if " " < c <= "~" else c for c in text)
    if way == "exchanged":
        letters = list("abcdefghijklmnopqrstuvwxyz")
        dice.shuffle(letters)
        table = {chr(97 + at): letter for at, letter in enumerate(letters)}
        return "".join(table.get(c, table.get(c.lower(), c).upper()) for c in text)
    if way == "signs":
        return "".join(chr(33 + ord(c.lower()) % 15) if c.isalpha() else c for c in text)
    return "".join(chr(1 + ord(c) % 8) if c.isalnum() else c for c in text)


def pdf(lines):
    """One page of Helvetica, 60 lines at most."""
    def quoted(line):
        raw = line.encode("cp1252", "replace")
        return b"(" + b"".join(b"\\%03o" % byte for byte in raw) + b")"

    stream = b"BT /F 10 Tf 12 TL 50 780 Td " + b" ".join(quoted(line) + b" Tj T*" for line in lines[:60]) + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def wrapped(text, width=90):
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return lines + [line]


def main():
    program, folder, texts = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(7)
    files = {}
    for number, path in enumerate(texts):
        text = Path(path).read_text(encoding="utf8")
        if path.endswith(".json"):
            text = json.loads(text)["ground_truth"].get("main_content") or ""
        text = text.encode("cp1252", "ignore").decode("cp1252")[:4000]
        if len(text) < 600:
            continue
        way = WAYS[number % len(WAYS)]
        for kind, body in (("whole", text), (way, broken(text, way, dice))):
            file = folder / f"{number}-{kind}.pdf"
            file.write_bytes(pdf(wrapped(body)))
            files[str(file)] = kind
    done = subprocess.run([program], input="\n".join(files) + "\n", capture_output=True, text=True)
    flagged = {kind: [0, 0] for kind in ("whole", *WAYS)}
    for line in map(json.loads, done.stdout.splitlines()):
        count = flagged[files[line["f"]]]
        count[0] += "eeds OCR" in (line.get("err") or "") or any("make no words" in r for r in line.get("remarks", []))
        count[1] += 1
        if files[line["f"]] == "whole" and line.get("err"):
            print("false alarm:", line["f"])
    for kind, (found, of) in flagged.items():
        print(f"{kind:10} flagged {found} of {of}")


main()
