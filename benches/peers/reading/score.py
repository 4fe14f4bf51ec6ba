#!/usr/bin/env python3
"""Scores the reader's own output with each set's metric, both halves apart. See README.md here.

usage: score.py PAGES SETS      PAGES holds SET.texts.jsonl, what `texts --clean` printed"""
import json
import sys
from collections import defaultdict
from pathlib import Path

import main_text as learned
from dates import number


class Read:
    """A page as the reader gives it, in the shape that `main_text.score` takes."""

    def __init__(self, name, line, truth):
        page = Path(line["f"]).name
        self.id = page if page in truth else page.removesuffix(".html")
        text = line["text"]
        if name in ("aeb", "moz") and line.get("title"):
            # Neither set counts the title as text.
            text = "\n".join(part for part in text.split("\n") if part.strip() != line["title"].strip())
        if name == "aeb":
            captions = set(line.get("captions") or [])
            text = "\n".join(part for part in text.split("\n") if part not in captions)
        self.texts, self.truth = [text], truth[self.id]
        self.title = self.caption = learned.np.zeros(1, bool)
        self.held_out = learned.held_out(name, self.id)


def texts(pages, sets):
    kinds = {}
    for file in (sets / "Murrough-Foley+web-content-extraction-benchmark/test/ground-truth").glob("*.json"):
        kinds[file.stem] = json.loads(file.read_text())["_internal"]["page_type"]["primary"]
    truths = learned.truths(sets)
    for name in learned.SETS:
        path = pages / f"{name}.texts.jsonl"
        if not path.exists():
            continue
        lines = [json.loads(line) for line in open(path, encoding="utf8")]
        read = [Read(name, line, truths[name]) for line in lines]
        seconds = [line["cpu"] for line in lines]
        parts = [("all", read), ("learned from", [p for p in read if not p.held_out]), ("held out", [p for p in read if p.held_out])]
        for part, chosen in parts:
            if chosen:
                values = learned.score(name, chosen, [[True]] * len(chosen))
                print(f"{name:10} {part:13} {len(chosen):5}", " ".join(f"{value:.4f}" for value in values))
        crashed = sum(bool(line.get("crash")) for line in lines)
        flagged = sum(bool(line.get("other")) for line in lines)
        print(f"{name:10} {len(lines) / sum(seconds):.0f} pages/cpu-s, slowest {max(seconds):.3f} s, crashed {crashed}, disagreement on {flagged}")
        if name == "wcxb_test":
            of = defaultdict(list)
            for page in read:
                of[kinds[page.id]].append(page)
            print("  ", {kind: round(learned.score(name, v, [[True]] * len(v))[0], 3) for kind, v in sorted(of.items())})


def days(pages, sets):
    truth = {}
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        for value in json.loads((sets / "adbar+htmldate/tests" / name).read_text()).values():
            if isinstance(value["date"], str):  # one truth is no date
                truth[value["file"]] = value["date"]
    counts = {}
    for line in map(json.loads, open(pages / "dates.texts.jsonl", encoding="utf8")):
        page = Path(line["f"]).name
        page = page if page in truth else page.removesuffix(".html")
        if page not in truth:
            continue
        half = "held out" if number(page) % 2 else "learned from"
        perhaps, published = line.get("perhaps"), line.get("published")
        for kind, day in (("best", published or perhaps), ("given", published), ("sure", None if perhaps else published)):
            for part in ("all", half):
                count = counts.setdefault((kind, part), [0, 0, 0, 0])
                if not day or len(day) < 10:
                    count[2] += 1
                elif day == truth[page]:
                    count[0] += 1
                else:
                    count[1] += 1
                    count[3] += day > truth[page]
    for (kind, part), (right, wrong, none, later) in sorted(counts.items()):
        f1 = 2 * right / (2 * right + wrong + none)
        precision, recall = right / max(1, right + wrong), right / (right + wrong + none)
        print(f"dates {kind:6} {part:13} F1 {f1:.3f} P {precision:.3f} R {recall:.3f} right {right} wrong {wrong} (later {later}) none {none}")


def main():
    pages, sets = map(Path, sys.argv[1:3])
    texts(pages, sets)
    days(pages, sets)


main()
