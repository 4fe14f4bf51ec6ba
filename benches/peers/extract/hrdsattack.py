#!/usr/bin/env python3
"""Scores types of violation on HRDsAttack, document by document.

usage: hrdsattack.py texts REPOSITORY PART FOLDER       lays the articles of PART (train, dev, test) out
       hrdsattack.py score REPOSITORY PART PROPOSALS [--misses]
REPOSITORY is a clone or a git directory of github.com/dataminr-ai/HRDsAttack; PROPOSALS is what
`cargo run --release -p onrecord-extract --example proposals` writes for those articles.

A class of the coding counts as proposed when the extractor proposes an allegation of one of the types
that stand for it below, not denied. `other` and `unknown` are no classes.
"""
import html, json, os, re, subprocess, sys

# Class of the coding -> types of our vocabulary `violation`. Chosen on the dev part.
TYPES = {
    "arbitrary detention": {"arbitrary-detention", "liberty-and-security", "denial-of-fair-trial",
                            "political-prison-camp", "inhumane-detention-conditions"},
    "enforced disappearance": {"enforced-disappearance"},
    "kidnapping": {"abduction", "hostage-taking"},
    "killing": {"extrajudicial-killing", "summary-execution", "assassination", "public-execution",
                "infanticide", "death-in-custody", "extermination", "life"},
    "torture": {"torture"},
}


def git(repository, *arguments):
    inner = os.path.join(repository, ".git")
    directory = inner if os.path.isdir(inner) else repository
    return subprocess.run(["git", "--git-dir", directory, *arguments], capture_output=True)


def articles(repository, part):
    shown = git(repository, "show", f"HEAD:data/{part}.json")
    if shown.returncode:
        sys.exit(f"{repository} holds no data/{part}.json: {shown.stderr.decode()}")
    return json.loads(shown.stdout)


def text(sample):
    body = sample["Input.article_interface"]
    body = re.sub(r"</p>|<br[^>]*>", "\n\n", body)
    body = html.unescape(re.sub(r"<[^>]+>", "", body))
    return sample["Input.title"].strip() + "\n\n" + body


def texts(repository, part, folder):
    os.makedirs(folder, exist_ok=True)
    for number, article in enumerate(articles(repository, part)):
        with open(os.path.join(folder, f"{number:04}.txt"), "w") as out:
            out.write(text(article["sample"]))


def score(repository, part, proposals, misses):
    coded = {f"{number:04}": article for number, article in enumerate(articles(repository, part))}
    tally = {name: [0, 0, 0] for name in TYPES}
    seen = set()
    for line in open(proposals):
        line = json.loads(line)
        name = os.path.basename(line["file"]).removesuffix(".txt")
        seen.add(name)
        gold = set(coded[name]["merged_sample"]["violation_types"])
        for kind, types in TYPES.items():
            hits = [r for r in line["records"] if r["kind"] == "allegation"
                    and r["violation"] in types and r["modality"] != "denied"]
            counts = tally[kind]
            counts[0] += kind in gold
            counts[1] += bool(hits)
            counts[2] += bool(hits) and kind in gold
            if misses and bool(hits) != (kind in gold):
                words = "; ".join(r["words"].replace("\n", " ")[:120] for r in hits[:3])
                print("FALSE" if hits else "MISSED", name, kind, words, sep="\t")
    if len(seen) < len(coded):
        print(f"{len(coded) - len(seen)} articles were not read")
    tally["all"] = [sum(counts[i] for counts in tally.values()) for i in range(3)]
    for kind, (there, proposed, right) in tally.items():
        precision, recall = right / max(proposed, 1), right / max(there, 1)
        f1 = 2 * right / max(there + proposed, 1)
        print(f"{part} {kind:24} coded {there:3} proposed {proposed:3}  P {precision:.2f} R {recall:.2f} F1 {f1:.2f}")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--misses"]
    if len(arguments) != 4 or arguments[0] not in ("texts", "score"):
        sys.exit(__doc__)
    command, repository, part, place = arguments
    if command == "texts":
        texts(repository, part, place)
    else:
        score(repository, part, place, "--misses" in sys.argv)


main()
