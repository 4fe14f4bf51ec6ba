#!/usr/bin/env python3
"""Makes data/reading/trigrams.txt anew. See README.md here.

usage: trigrams.py PROFILES OUT

PROFILES is the folder `profiles` of the Python package langdetect (Apache-2.0): how often runs of up
to three characters stand in the abstracts of each language's Wikipedia. Of each language the
commonest 2,000 runs of three stay, as the logarithm of their share above e^-11, in quarters."""
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

LATIN = "en fr es de pt it vi id tr nl pl sv da fi cs hu ro".split()
# Told apart so that their texts are not taken for a neighbour's.
NEIGHBOURS = "af ca cy et hr lt lv no sk sl so sq sw tl".split()
CYRILLIC, ARABIC = "ru uk bg mk".split(), "ar fa ur".split()
FLOOR, STEP, KEPT = -11, 0.25, 2000


def runs(path):
    """How often each run of three small letters stands; a run may begin or end a word."""
    held = defaultdict(int)
    for run, count in json.loads(path.read_text(encoding="utf8"))["freq"].items():
        if len(run) == 3 == len(run.lower()) and run[1] != " ":
            held[run.lower()] += count
    return held


def main():
    profiles, out = Path(sys.argv[1]), Path(sys.argv[2])
    lines = ["# Runs of three letters by language: LANGUAGE QUARTERS RUNS, a run's logarithm of share above e^-11",
             "# in quarters. `_` is the edge of a word. From the profiles of langdetect (Apache-2.0), made of",
             "# Wikipedia's abstracts; benches/peers/reading/trigrams.py."]
    for code in LATIN + NEIGHBOURS + CYRILLIC + ARABIC:
        held = runs(profiles / code)
        total = sum(held.values())
        top = sorted(held.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
        steps = defaultdict(list)
        for run, count in top:
            step = round((math.log(count / total) - FLOOR) / STEP)
            if step > 0:
                steps[step].append(run.replace(" ", "_"))
        lines += [f"{code} {step} {''.join(sorted(steps[step]))}" for step in sorted(steps, reverse=True)]
    out.write_text("\n".join(lines) + "\n", encoding="utf8")


main()
