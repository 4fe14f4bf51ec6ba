#!/usr/bin/env python3
"""Scores direct quotations and their speakers on PolNeAR.

usage: polnear.py texts REPOSITORY PART FOLDER        lays the texts of PART (train, dev, test) out
       polnear.py score REPOSITORY PART PROPOSALS [--misses FILE]
REPOSITORY is a clone or a git directory of github.com/networkdynamics/PolNeAR; PROPOSALS is what
`cargo run --release -p onrecord-extract --example proposals` writes for those texts.

A quotation is a stretch of five words or more between double quotation marks that the coding holds
to be content of an attribution. It is found when a statement given as spoken covers half of it. The
speaker is right when its words overlap the coded source, or their last names are the same.
Of several codings of an article the first by name is taken.
"""
import json, os, re, subprocess, sys


def git(repository, *arguments):
    directory = repository
    if os.path.isdir(os.path.join(repository, ".git")):
        directory = os.path.join(repository, ".git")
    return subprocess.run(["git", "--git-dir", directory, *arguments], capture_output=True)


def names(repository, folder):
    listed = git(repository, "ls-tree", "-z", "--name-only", "HEAD", folder + "/").stdout
    return sorted(name for name in listed.decode().split("\0") if name)


def blob(repository, path):
    shown = git(repository, "show", "HEAD:" + path)
    return shown.stdout.decode("utf-8") if shown.returncode == 0 else None


def texts(repository, part, folder):
    os.makedirs(folder, exist_ok=True)
    count = 0
    for path in names(repository, f"data/{part}/text"):
        content = blob(repository, path)
        if content is not None:
            with open(os.path.join(folder, os.path.basename(path)), "w", newline="") as out:
                out.write(content)
            count += 1
    print(f"{count} texts")


def codings(repository, part):
    """Article -> attributions, each {content: [(from, to)], source: [(from, to)]}."""
    first = {}
    for path in names(repository, f"data/{part}/attributions"):
        article = re.sub(r"_[0-9a-f]{4}\.ann$", "", os.path.basename(path))
        first.setdefault(article, path)
    result = {}
    for article, path in first.items():
        content = blob(repository, path)
        if content is None:
            continue
        spans, attributions = {}, []
        for line in content.split("\n"):
            parts = line.split("\t")
            if line.startswith("T") and len(parts) > 1:
                places = parts[1].split(" ", 1)[1]
                spans[parts[0]] = [tuple(map(int, place.split())) for place in places.split(";")]
            elif line.startswith("E") and len(parts) > 1:
                roles = {"Content": [], "Source": [], "Cue": []}
                for role in parts[1].split():
                    kind, target = role.split(":", 1)
                    kind = kind.rstrip("0123456789")
                    if kind in roles:
                        roles[kind] += spans.get(target, [])
                attributions.append(roles)
        result[article] = attributions
    return result


def quotations(text):
    """Stretches between double quotation marks, one a paragraph at most open at the end."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        inside, start = paragraph.group(), None
        for place, mark in enumerate(inside):
            if mark in "“”\"":
                if start is None:
                    start = place + 1
                else:
                    found.append((paragraph.start() + start, paragraph.start() + place))
                    start = None
        if start is not None and start < 3:
            found.append((paragraph.start() + start, paragraph.end()))
    return [(a, b) for a, b in found if len(text[a:b].split()) >= 5]


def shared(one, other):
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def last(name):
    words = [word for word in re.findall(r"[\w’'-]+", name.lower()) if word not in ("jr", "sr", "’s", "'s")]
    return re.sub(r"[’']s$", "", words[-1]) if words else ""


def score(repository, part, proposals, misses):
    coded = codings(repository, part)
    lines = [json.loads(line) for line in open(proposals)]
    total = found = given = sourced = answered = right = 0
    out = open(misses, "w") if misses else None
    for line in lines:
        article = os.path.basename(line["file"]).removesuffix(".txt")
        text = open(line["file"], newline="").read()
        said = [record for record in line["records"] if record["kind"] == "statement"]
        for quote in quotations(text):
            def covers(attribution):
                return sum(shared(place, quote) for place in attribution["Content"])
            best = max(coded.get(article, []), key=covers, default=None)
            if best is None or covers(best) * 2 < quote[1] - quote[0]:
                continue
            total += 1
            words = text[quote[0]:quote[1]]
            source = " ".join(text[a:b] for a, b in best["Source"])
            near = text[max(0, quote[0] - 150):quote[1] + 150].replace("\n", " ¶ ")
            def covered(record):
                return sum(shared(place, quote) for place in record["places"])
            fitting = [r for r in said if covered(r) * 2 >= quote[1] - quote[0] and
                       (r["direct"] or covered(r) * 2 > 0)]
            fitting.sort(key=lambda r: (not r["direct"], sum(b - a for a, b in r["places"])))
            if not fitting:
                if out:
                    out.write(f"MISSED\t{article}\t{source}\t{near}\n")
                sourced += bool(best["Source"])
                continue
            found += 1
            if not best["Source"]:
                continue
            sourced += 1
            given += 1
            record = fitting[0]
            speaker = record["speaker"]
            if speaker is None:
                if out:
                    out.write(f"SILENT\t{article}\t{source}\t{record['rule']}\t{near}\n")
                continue
            answered += 1
            same = any(shared(a, b) for a in speaker["places"] for b in best["Source"])
            same = same or last(speaker["name"]) == last(source) or (
                last(speaker["name"]) and last(speaker["name"]) in source.lower())
            right += bool(same)
            if not same and out:
                out.write(f"WRONG\t{article}\t{source}\t{speaker['name']}\t{record['rule']}\t{near}\n")
    share = lambda a, b: f"{a / b:.3f} ({a}/{b})" if b else "–"
    print(f"{part}: quotations found {share(found, total)}")
    print(f"{part}: of found ones with a coded source, a speaker is given {share(answered, given)}, "
          f"right when given {share(right, answered)}, right of all with a source {share(right, sourced)}")


def main():
    arguments = sys.argv[1:]
    misses = None
    if "--misses" in arguments:
        at = arguments.index("--misses")
        misses = arguments[at + 1]
        del arguments[at:at + 2]
    if len(arguments) != 4 or arguments[0] not in ("texts", "score"):
        sys.exit(__doc__)
    command, repository, part, place = arguments
    if command == "texts":
        texts(repository, part, place)
    else:
        score(repository, part, place, misses)


main()
