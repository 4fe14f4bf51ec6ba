#!/usr/bin/env python3
"""Unpacks the pages of the public sets and lists them. See README.md here.

usage: pages.py SETS OUT"""
import gzip
import json
import sys
from pathlib import Path


def pages(sets):
    aeb = sets / "scrapinghub+article-extraction-benchmark"
    for page in json.loads((aeb / "ground-truth.json").read_text()):
        yield "aeb", page, aeb / "html" / f"{page}.html.gz"
    tests = sets / "adbar+trafilatura/tests"
    for value in json.loads((tests / "evaldata.json").read_text()).values():
        paths = [tests / folder / value["file"] for folder in ("cache", "eval")]
        yield "traf", value["file"], next(path for path in paths if path.exists())
    for folder in sorted((sets / "mozilla+readability/test/test-pages").iterdir()):
        yield "moz", folder.name, folder / "source.html"
    wcxb = sets / "Murrough-Foley+web-content-extraction-benchmark"
    for part in ("dev", "test"):
        for truth in sorted((wcxb / part / "ground-truth").glob("*.json")):
            yield "wcxb_" + part, truth.stem, wcxb / part / "html" / f"{truth.stem}.html.gz"
    tests = sets / "adbar+htmldate/tests"
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        for value in json.loads((tests / name).read_text()).values():
            paths = [tests / folder / value["file"] for folder in ("test_set", "cache", "eval")]
            yield "dates", value["file"], next(path for path in paths if path.exists())


def main():
    sets, out = map(Path, sys.argv[1:3])
    lists = {}
    for name, page, path in pages(sets):
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        file = out / name / (page if page.endswith((".html", ".htm")) else page + ".html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        lists.setdefault(name, []).append(str(file))
    for name, files in lists.items():
        (out / f"{name}.list").write_text("\n".join(files) + "\n")
        print(name, len(files))


main()
