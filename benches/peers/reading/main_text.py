#!/usr/bin/env python3
"""Learns the model of the main text anew, and scores it. See docs/reading/main-text.md.

usage: main_text.py PAGES SETS OUT
PAGES   folder with SET.jsonl, what the example `study` printed for the pages of each set
SETS    folder with the public sets, one folder OWNER+NAME each
OUT     folder for main-text.model and class-weights.txt

Half of every set is learned from, the other half is held out (of WCXB its own two parts)."""
import hashlib
import html
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import lightgbm
import numpy as np
from rapidfuzz.distance import Indel

WORD = re.compile(r"\w+")
NAMES = slice(39, 43)  # own, sum, least, most: the numbers that come of class names
SETS = ("aeb", "traf", "moz", "wcxb_dev", "wcxb_test")
FOLDS = 3
WIDTH = 91


def held_out(name, page):
    if name.startswith("wcxb"):
        return name == "wcxb_test"
    return int(hashlib.sha256(page.encode()).hexdigest(), 16) % 2 == 1


def fold_spaces(text):
    return re.sub(r"\s+", " ", text).strip()


def truths(sets):
    """For each set, page -> text, or for trafilatura's set snippets (wanted, unwanted)."""
    aeb = json.loads((sets / "scrapinghub+article-extraction-benchmark/ground-truth.json").read_text())
    traf = json.loads((sets / "adbar+trafilatura/tests/evaldata.json").read_text())
    moz = sets / "mozilla+readability/test/test-pages"
    wcxb = sets / "Murrough-Foley+web-content-extraction-benchmark"
    found = {
        "aeb": {page: value.get("articleBody", "") for page, value in aeb.items()},
        "traf": {value["file"]: (value["with"], value["without"]) for value in traf.values()},
        "moz": {},
    }
    for folder in moz.iterdir():
        expected = (folder / "expected.html").read_text(encoding="utf8")
        bare = re.sub(r"(?s)<(style|script)\b.*?</\1>", " ", expected)
        found["moz"][folder.name] = html.unescape(re.sub(r"<[^>]*>", " ", bare))
    for part in ("dev", "test"):
        found["wcxb_" + part] = {
            file.stem: json.loads(file.read_text())["ground_truth"].get("main_content") or ""
            for file in (wcxb / part / "ground-truth").glob("*.json")
        }
    return found


class Page:
    """A page as `study` printed it, with the share of each passage that its truth holds."""

    def __init__(self, name, line, truth):
        seen = json.loads(line)
        page = Path(seen["f"]).name
        self.set, self.id = name, page if page in truth else page.removesuffix(".html")
        passages = seen["passages"]
        self.texts = [passage[0] for passage in passages]
        self.place = np.array([passage[1] for passage in passages], dtype=np.int64)
        self.words = np.array([passage[2] for passage in passages], dtype=np.float32)
        self.title = np.array([passage[3] for passage in passages], dtype=bool)
        self.caption = np.array([passage[4] for passage in passages], dtype=bool)
        self.kept = np.array([passage[5] for passage in passages], dtype=bool)
        self.rows = np.array([passage[6] for passage in passages], dtype=np.float32).reshape(len(passages), WIDTH)
        self.around = [place[0] for place in seen["places"]]
        self.group = [place[1] for place in seen["places"]]
        self.names = [place[2].split() for place in seen["places"]]
        self.held_out = held_out(name, self.id)
        self.truth = truth[self.id]
        if name == "traf":
            self.by_snippets()
        else:
            self.by_alignment()

    def by_snippets(self):
        wanted, unwanted = ([fold_spaces(s) for s in snippets] for snippets in self.truth)
        self.label = np.zeros(len(self.texts), dtype=np.float32)
        self.weight = np.zeros(len(self.texts), dtype=np.float32)
        for at, text in enumerate(self.texts):
            good = sum(s in text for s in wanted)
            bad = sum(s in text for s in unwanted)
            if good + bad:
                self.label[at] = good / (good + bad)
                self.weight[at] = (good + bad) / 6

    def by_alignment(self):
        truth = [w.lower() for w in WORD.findall(self.truth)]
        owner, words = [], []
        for at, text in enumerate(self.texts):
            for word in WORD.findall(text.lower()):
                owner.append(at)
                words.append(word)
        known = set(truth)
        places = [at for at, word in enumerate(words) if word in known]
        hit = np.zeros(len(words), dtype=bool)
        if len(places) <= 60000 and truth and places:
            here = [words[at] for at in places]
            for block in Indel.opcodes(here, truth):
                if block.tag == "equal":
                    for at in range(block.src_start, block.src_end):
                        hit[places[at]] = True
        total = np.bincount(owner, minlength=len(self.texts)) if owner else np.zeros(len(self.texts))
        hits = np.bincount(owner, weights=hit, minlength=len(self.texts)) if owner else total
        self.label = (hits / np.maximum(total, 1)).astype(np.float32)
        # A few words that happen to be in the truth are no hit.
        self.label[(self.label < 0.5)] = 0
        self.weight = (total / max(len(truth), 100)).astype(np.float32)
        if self.weight.sum() > 4:
            self.weight *= 4 / self.weight.sum()
        self.weight[self.title] = 0
        if self.set == "aeb":
            self.weight[self.caption] = 0


def learn_names(pages):
    """How far each part of a class or id speaks for the document, in hundredths."""
    good, bad, seen = defaultdict(float), defaultdict(float), Counter()
    for page in pages:
        count = len(page.names)
        sums = np.stack([
            np.bincount(page.place, page.weight * page.label, count),
            np.bincount(page.place, page.weight * (1 - page.label), count),
        ], axis=1)
        for place in range(count - 1, 0, -1):
            sums[page.around[place]] += sums[place]
        here = defaultdict(lambda: np.zeros(2))
        for place in np.nonzero(sums.sum(axis=1))[0]:
            for part in set(page.names[place]):
                here[part] += sums[place]
        for part, (score_good, score_bad) in here.items():
            total = max(score_good + score_bad, 0.05)
            good[part] += score_good / total
            bad[part] += score_bad / total
            seen[part] += 1
    base = np.log((sum(good.values()) + 1) / (sum(bad.values()) + 1))
    weights = {}
    for part, count in seen.items():
        if count < 6 or len(part) > 30 or part.isdigit():
            continue
        weight = np.log((good[part] + 1.5) / (bad[part] + 1.5)) - base
        weight = int(round(100 * weight))
        if abs(weight) >= 30:
            weights[part] = weight
    return weights


def put_names(page, weights):
    """The four numbers of class names, as the reader computes them."""
    chain = []
    for around, names in zip(page.around, page.names):
        own = 0
        for part in names:
            own = max(-1000, min(1000, own + weights.get(part, 0)))
        a = chain[around] if chain else (0, 0, 0, 0)
        chain.append((own, a[1] + own, min(a[2], own), max(a[3], own)))
    rows = page.rows.copy()
    if len(rows):
        rows[:, NAMES] = np.array(chain, dtype=np.float32)[page.place]
    return rows


def beside(page, alone):
    """What the first forest says around each passage; the same as `beside` of the reader."""
    count = len(alone)
    sums = np.zeros((len(page.around), 2), dtype=np.float64)
    np.add.at(sums, page.place, np.stack([page.words * alone, page.words], axis=1))
    for place in range(len(page.around) - 1, 0, -1):
        sums[page.around[place]] += sums[place]
    padded = np.concatenate([[-1] * 3, alone, [-1] * 3])
    rows = np.zeros((count, 13), dtype=np.float32)
    for step in range(7):
        rows[:, step] = padded[step : step + count]
    ratio = np.divide(sums[:, 0], sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0)
    group = np.array(page.group)
    around = np.array(page.around)
    here = group[page.place]
    for step in range(3):
        rows[:, 7 + step] = ratio[here]
        here = group[around[here]]
    likely = np.where(alone >= 0.5, page.words, 0)
    total = likely.sum()
    before = np.cumsum(likely) - likely
    rows[:, 10] = total / sums[0, 1] if sums[0, 1] else 0
    rows[:, 11] = before / total if total else 0
    rows[:, 12] = (total - before) / total if total else 0
    return rows


PARAMETERS = dict(
    objective="cross_entropy", learning_rate=0.1, num_leaves=24, min_data_in_leaf=60,
    feature_fraction=0.5, bagging_fraction=0.7, bagging_freq=1, lambda_l2=5.0, verbose=-1,
    num_threads=1, seed=4, deterministic=True, force_row_wise=True, max_bin=127,
    boost_from_average=False,
)


def fit(rows, pages, rounds):
    label = np.concatenate([page.label for page in pages])
    weight = np.concatenate([page.weight * page.factor for page in pages])
    used = weight > 0
    # Of light passages that are not the document, two in five stand for all.
    light = (label == 0) & (weight < 0.01)
    drawn = np.random.default_rng(5).random(len(label)) < 0.4
    used &= ~light | drawn
    weight = np.where(light, weight / 0.4, weight)
    data = lightgbm.Dataset(np.concatenate(rows)[used], label[used], weight=weight[used] / weight[used].mean())
    return lightgbm.train(PARAMETERS, data, rounds)


def probability(model, rows):
    return model.predict(rows, num_threads=1).astype(np.float32) if len(rows) else np.zeros(0, np.float32)


def export(models, width, path):
    with open(path, "w") as out:
        out.write("# Learned by benches/peers/reading/main_text.py; the format stands in crates/read/src/main_text/trees.rs.\n")
        for model in models:
            dump = model.dump_model()
            out.write(f"forest {dump['max_feature_idx'] + 1} 0\n")
            for tree in dump["tree_info"]:
                nodes = []

                def put(node):
                    at = len(nodes)
                    nodes.append(None)
                    if "leaf_value" in node:
                        nodes[at] = f"= {node['leaf_value']:.4g}"
                        return at
                    left, right = put(node["left_child"]), put(node["right_child"])
                    threshold = np.float32(node["threshold"])
                    nodes[at] = f"{node['split_feature']} {threshold:.6g} {left} {right}"
                    return at

                put(tree["tree_structure"])
                out.write("tree\n" + "\n".join(nodes) + "\n")


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grams(text, n=4):
    words = WORD.findall(text or "")
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)) if words)


def bag(text, truth):
    a, b = Counter(WORD.findall(text.lower())), Counter(WORD.findall(truth.lower()))
    if not a or not b:
        return float(not a and not b)
    same = sum((a & b).values())
    return f1(same / sum(a.values()), same / sum(b.values()))


def score(name, pages, kept):
    """The set's own metric over pages of it; `kept` says which passages each page keeps."""
    def text(page, keep):
        drop = page.title | page.caption if name == "aeb" else page.title if name == "moz" else np.zeros(len(keep), bool)
        return "\n".join(t for t, k, d in zip(page.texts, keep, drop) if k and not d)
    if name == "aeb":
        p, r = [], []
        for page, keep in zip(pages, kept):
            ours, truth = grams(text(page, keep)), grams(page.truth)
            same = sum((ours & truth).values())
            if ours:
                p.append(same / sum(ours.values()))
            if truth:
                r.append(same / sum(truth.values()))
        return f1(np.mean(p), np.mean(r)), np.mean(p), np.mean(r)
    if name == "traf":
        tp = fp = fn = 0
        for page, keep in zip(pages, kept):
            ours = fold_spaces(text(page, keep))
            for snippet in page.truth[0]:
                found = fold_spaces(snippet) in ours
                tp, fn = tp + found, fn + (not found)
            fp += sum(fold_spaces(snippet) in ours for snippet in page.truth[1])
        return f1(tp / max(1, tp + fp), tp / (tp + fn)), tp / max(1, tp + fp), tp / (tp + fn)
    scores = [bag(text(page, keep), page.truth) for page, keep in zip(pages, kept)]
    return (float(np.mean(scores)),)


def report(title, pages, kept, kinds):
    for name in SETS:
        for half in (False, True):
            chosen = [(p, k) for p, k in zip(pages, kept) if p.set == name and p.held_out == half]
            if chosen:
                values = score(name, *zip(*chosen))
                side = "held out" if half else "learned from"
                print(f"{title:8} {name:10} {side:13} {len(chosen):5}", " ".join(f"{v:.4f}" for v in values), flush=True)
        if name == "wcxb_test":
            of = defaultdict(list)
            for page, keep in zip(pages, kept):
                if page.set == name:
                    of[kinds[page.id]].append((page, keep))
            print("   ", {kind: round(score(name, *zip(*v))[0], 3) for kind, v in sorted(of.items())}, flush=True)


def load(folder, sets):
    found = truths(sets)
    pages = []
    for name in SETS:
        for line in open(folder / f"{name}.jsonl", encoding="utf8"):
            pages.append(Page(name, line, found[name]))
        print(name, sum(page.set == name for page in pages), "pages", flush=True)
    return pages


def learn(pages, rounds):
    """Both forests and the weights of names, and what they say of every page."""
    taught = [page for page in pages if not page.held_out]
    for page in pages:
        page.factor = {"aeb": 3.0, "moz": 1.5}.get(page.set, 1.0)
    fold = [int(hashlib.sha256(page.id.encode()).hexdigest(), 16) // 2 % FOLDS for page in taught]
    # Out of fold throughout, so that nothing is told what it will be asked.
    rows = [None] * len(taught)
    for out in range(FOLDS):
        weights = learn_names([page for page, f in zip(taught, fold) if f != out])
        for at, page in enumerate(taught):
            if fold[at] == out:
                rows[at] = put_names(page, weights)
    alone = [None] * len(taught)
    for out in range(FOLDS):
        inside = [at for at in range(len(taught)) if fold[at] != out]
        model = fit([rows[at] for at in inside], [taught[at] for at in inside], rounds)
        for at in range(len(taught)):
            if fold[at] == out:
                alone[at] = probability(model, rows[at])
    names = learn_names(taught)
    first = fit(rows, taught, rounds)
    wide = [np.hstack([row, beside(page, one)]) for row, page, one in zip(rows, taught, alone)]
    second = fit(wide, taught, rounds)
    return names, first, second


def chances(pages, names, first, second):
    said = []
    for page in pages:
        rows = put_names(page, names)
        said.append(probability(second, np.hstack([rows, beside(page, probability(first, rows))])) if len(rows) else np.zeros(0))
    return said


def main():
    folder, sets, out = map(Path, sys.argv[1:4])
    wcxb = sets / "Murrough-Foley+web-content-extraction-benchmark/test/ground-truth"
    kinds = {f.stem: json.loads(f.read_text())["_internal"]["page_type"]["primary"] for f in wcxb.glob("*.json")}
    pages = load(folder, sets)
    report("rules", pages, [page.kept for page in pages], kinds)
    names, first, second = learn(pages, 100)
    said = chances(pages, names, first, second)
    report("model", pages, [(chance >= 0.5) | page.title for page, chance in zip(pages, said)], kinds)
    export([first, second], None, out / "main-text.model")
    lines = [f"{part} {weight}\n" for part, weight in sorted(names.items())]
    (out / "class-weights.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
