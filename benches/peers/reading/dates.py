#!/usr/bin/env python3
"""Learns the model of the day of publication anew, and scores it. See docs/reading/dates.md.

usage: dates.py PAGES SETS OUT [--with-later]
PAGES   what the example `study` printed for htmldate's pages (JSON lines)
SETS    folder with adbar+htmldate
OUT     folder for dates.model

Half of the pages are learned from, the other half is held out."""
import hashlib
import json
import sys
from pathlib import Path

import lightgbm
import numpy as np

FOLDS = 5
PARAMETERS = dict(
    objective="binary", learning_rate=0.06, num_leaves=8, min_data_in_leaf=15, feature_fraction=0.4,
    bagging_fraction=0.7, bagging_freq=1, lambda_l2=3.0, verbose=-1, num_threads=1, seed=4,
    deterministic=True, force_row_wise=True, boost_from_average=False,
)


def number(page):
    return int(hashlib.sha256(page.encode()).hexdigest(), 16)


def load(pages, sets):
    truth = {}
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        for value in json.loads((sets / "adbar+htmldate/tests" / name).read_text()).values():
            truth[value["file"]] = value["date"]
    found = []
    for line in open(pages, encoding="utf8"):
        seen = json.loads(line)
        page = Path(seen["f"]).name
        page = page if page in truth else page.removesuffix(".html")
        days = [day for day, _ in seen["days"]]
        rows = np.array([row for _, row in seen["days"]], dtype=np.float32)
        if isinstance(truth[page], str):  # one truth is no date
            found.append((page, truth[page], days, rows))
    return found


def fit(pages, rounds):
    pages = [page for page in pages if page[2]]
    rows = np.concatenate([rows for _, _, _, rows in pages])
    label = np.concatenate([[day == truth for day in days] for _, truth, days, _ in pages])
    weight = np.concatenate([[1 if day == truth else 2 / (1 + len(days)) for day in days] for _, truth, days, _ in pages])
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, label, weight=weight), rounds)


def answers(model, pages):
    said = []
    for page, truth, days, rows in pages:
        if not days:
            said.append((page, truth, None, 0.0))
            continue
        chances = model.predict(rows, num_threads=1)
        best = int(np.argmax(chances))
        said.append((page, truth, days[best], float(chances[best])))
    return said


def report(title, said, least):
    given = [(page, truth, day) for page, truth, day, chance in said if day and chance >= least]
    right = sum(day == truth for _, truth, day in given)
    wrong = len(given) - right
    later = sum(day > truth for _, truth, day in given)
    none = len(said) - len(given)
    precision, recall = right / max(1, len(given)), right / len(said)
    f = 2 * right / (2 * right + wrong + none)
    print(f"{title:24} at {least:.2f}: F1 {f:.3f} P {precision:.3f} R {recall:.3f} right {right} wrong {wrong} (later {later}) none {none}")


def export(model, width, path):
    with open(path, "w") as out:
        out.write("# Learned by benches/peers/reading/dates.py; the format stands in crates/read/src/trees.rs.\n")
        out.write(f"forest {width} 0\n")
        for tree in model.dump_model()["tree_info"]:
            nodes = []

            def put(node):
                at = len(nodes)
                nodes.append(None)
                if "leaf_value" in node:
                    nodes[at] = f"= {node['leaf_value']:.4g}"
                    return at
                left, right = put(node["left_child"]), put(node["right_child"])
                nodes[at] = f"{node['split_feature']} {np.float32(node['threshold']):.6g} {left} {right}"
                return at

            put(tree["tree_structure"])
            out.write("tree\n" + "\n".join(nodes) + "\n")


def main():
    pages, sets, out = map(Path, sys.argv[1:4])
    pages = load(pages, sets)
    print("pages that write their day:", sum(truth in days for _, truth, days, _ in pages), "of", len(pages))
    taught = [page for page in pages if number(page[0]) % 2 == 0]
    held = [page for page in pages if number(page[0]) % 2 == 1]
    said = []
    for fold in range(FOLDS):
        inside = [page for page in taught if number(page[0]) // 2 % FOLDS != fold]
        outside = [page for page in taught if number(page[0]) // 2 % FOLDS == fold]
        said += answers(fit(inside, 120), outside)
    for least in (0.0, 0.1, 0.2, 0.5, 0.7, 0.8, 0.9):
        report("learned from, by folds", said, least)
    model = fit(taught, 120)
    for least in (0.0, 0.1, 0.2, 0.5, 0.7, 0.8, 0.9):
        report("held out", answers(model, held), least)
    export(model, pages[0][3].shape[1], out / "dates.model")


if __name__ == "__main__":
    main()
