#!/usr/bin/env python3
"""The interface in a real browser: what only layout, focus and scripts can get wrong.

    run.py --binary target/debug/onrecord [--axe axe.min.js] [--pictures FOLDER]

Every screen in light, dark, 320 px wide, right to left, with forced colours and without scripts;
no WCAG 2.2 A/AA violation that axe-core knows; twenty proposals by keyboard alone; a file from
upload to accepted record in one flow; printing. Exits 1 and names what failed.
"""

import argparse
import pathlib
import sys

from driver import Browser, Served

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
failures = []


def check(holds, words):
    if not holds:
        failures.append(words)
        print("FAILED", words)


def screens(browser, served):
    """The address of every screen: those of the rail, and one of each kind below them."""
    browser.go(served.home + "/")
    rail = browser.run("return [...document.querySelectorAll('.rail a')].map(a => a.getAttribute('href'))")
    browser.go(served.home + "/sources")
    source = browser.run("return [...document.querySelectorAll('tbody th a')].at(-1).getAttribute('href')")
    record = browser.run(
        "return fetch(arguments[0]).then(r => r.text()).then(t => t.match(/[?]record=([0-9a-f-]+)/)[1])", source
    )
    more = ["/search?q=camp&view=timeline", "/search?q=camp&view=map", "/accountability/stands", "/masked",
            f"{source}/code?words=the", source, f"{source}?record={record}", f"{source}?text=captured",
            f"/review?record={record}&edit=1",
            "/sources?add=1", "/help", "/nowhere"]
    return rail + more


def accessible(browser, axe, where):
    if axe is None:
        return
    browser.run(axe + ";")
    found = browser.ask("POST", "/execute/async", {"script": """
        const done = arguments[arguments.length - 1];
        axe.run({ runOnly: arguments[0] }).then((result) => done(result.violations.map(
            (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`)));
        """, "args": [STANDARDS]})
    check(found == [], f"{where}: {found}")


def looks(browser, served, paths, axe, pictures):
    """Every screen, every way of looking at it."""
    ways = {
        "light": (1280, {"scheme": "light"}, ""),
        "dark": (1280, {"scheme": "dark"}, ""),
        "narrow": (320, {"scheme": "light"}, ""),
        "right-to-left": (1280, {"scheme": "light"}, "document.documentElement.dir = 'rtl';"),
        "forced-colours": (1280, {"scheme": "dark", "forced_colors": "active"}, ""),
    }
    for way, (width, media, before) in ways.items():
        browser.size(width, 800)
        browser.media(**media)
        for path in paths:
            browser.go(served.home + path)
            browser.run(before + "window.dispatchEvent(new Event('resize'));")
            where = f"{way} {path}"
            check(browser.run("return document.querySelectorAll('h1').length") == 1, f"{where}: one h1")
            wide = browser.run("return document.documentElement.scrollWidth")
            check(wide <= width, f"{where}: {wide} px wide")
            if way in ("light", "dark", "narrow"):
                accessible(browser, axe, where)
            if pictures:
                name = path.strip("/").split("?")[0].replace("/", "-")[:40] or "home"
                mark = "-" + path.split("?")[1].split("=")[0] if "?" in path else ""
                browser.picture(pictures / f"{name}{mark}-{way}.png")
    browser.size(1280, 800)
    browser.media()


def twenty_by_keyboard(browser, served):
    """Twenty proposals, each with one key or two; then the last one is taken back."""
    browser.go(served.home + "/")
    browser.key("g")
    browser.key("r")
    browser.wait("return location.pathname === '/review'", "g r goes to the review")
    seen = set()
    for number in range(20):
        now = browser.wait(
            "return document.readyState === 'complete' && document.querySelector('.choices [name=record]')?.value",
            f"proposal {number + 1} is shown",
        )
        check(now not in seen, f"{now} came twice")
        seen.add(now)
        if number % 4 == 3:
            browser.key("x")
            browser.wait("return document.querySelector('[data-reject]').open", "x opens the reasons")
            browser.key("1")
        else:
            browser.key("u" if number % 4 == 2 else "a")
        browser.wait(
            f"return !document.querySelector('.choices [name=record][value=\"{now}\"]')"
            " && document.querySelector('.done') !== null",
            f"the decision on {now} is on record and the next proposal comes",
        )
    browser.key("z")
    browser.wait(
        f"return document.readyState === 'complete' && document.querySelector('.choices [name=record]')?.value === '{now}'",
        "z takes the last decision back and shows its record",
    )
    rejected = served.onrecord("list", "--status", "rejected", "--json").splitlines()
    check(len(rejected) == 4, f"the command line knows of four rejections, not {len(rejected)}")


def from_file_to_record(browser, served):
    """A file is added, read, opened, and a record of it accepted, without leaving the browser."""
    page = served.folder / "hearing.txt"
    page.write_text(
        "Hearing in the northern district\n\n4 May 2019\n\nThe Council called on the government of North "
        "Korea to close the camps and to admit the Special Rapporteur.\n"
    )
    browser.go(served.home + "/sources?add=1")
    browser.type("#files", str(page))
    check("hearing.txt" in browser.run("return document.querySelector('[data-picked]').textContent"),
          "what was picked is listed")
    browser.click(".upload button[type=submit]")
    address = browser.wait("return document.querySelector('.outcomes .read a')?.getAttribute('href')", "the file is read")
    browser.go(served.home + address)
    browser.key("j")
    record = browser.wait("return document.querySelector('.card.chosen [data-choose]')?.href", "j chooses a record")
    check(browser.run("return document.querySelectorAll('mark.lit').length") > 0, "its words are lit")
    check(browser.run("return document.querySelector('.joins path').getAttribute('d')") != "", "a line joins the two")
    number = record.split("record=")[1].split("#")[0]
    browser.go(f"{served.home}/review?record={number}")
    browser.key("a")
    browser.wait("return document.querySelector('.done') !== null", "the record is accepted")
    browser.go(served.home + address)
    browser.wait("return document.querySelector('.card.accepted, .card.second-review') !== null", "the reader says so")


SELECT = """
    const p = document.querySelector(arguments[0]);
    const at = p.textContent.indexOf(arguments[1]);
    if (at < 0) return false;
    const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let seen = 0;
    for (let node; (node = walk.nextNode()); seen += node.length) {
      const from = at - seen, to = at + arguments[1].length - seen;
      if (from >= 0 && from < node.length) range.setStart(node, from);
      if (to > 0 && to <= node.length) { range.setEnd(node, to); break; }
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.dispatchEvent(new PointerEvent('pointerup'));
    return true;
"""


def words_to_record(browser, served):
    """Words that are selected in the reader become a record; words fill the field that is focused."""
    page = served.folder / "appeal.txt"
    page.write_text("Appeal\n\n2 June 2020\n\nThe families asked Pyongyang to open the archives of 1953 at once.\n")
    browser.go(served.home + "/sources?add=1")
    browser.type("#files", str(page))
    browser.click(".upload button[type=submit]")
    address = browser.wait("return document.querySelector('.outcomes .read a')?.getAttribute('href')", "the file is read")
    browser.go(served.home + address)
    number = browser.run(
        "return [...document.querySelectorAll('.passage[data-start]')].find(p => p.textContent.includes('archives')).id"
    )
    passage = f"#{number} p"
    check(browser.run(SELECT, passage, "open the archives of 1953"),
          "words are selected in the reader")
    browser.wait("return document.querySelector('.code-here:not([hidden])') !== null", "a button offers to code them")
    browser.key("c")
    browser.wait("return location.pathname.endsWith('/code') && document.querySelector('.start select') !== null",
                 "c opens the form with the words")
    check("open the archives of 1953" in browser.run("return document.querySelector('.chosen-words').textContent"),
          "the form has the words")
    browser.run("const s = document.querySelector('.start select'); s.value = 'call';"
                "s.dispatchEvent(new Event('change', { bubbles: true }));")
    browser.wait("return document.querySelector('[data-edit]') !== null", "the fields of the kind are shown")
    check(browser.run("return document.querySelector('[name=\"v.demand.0\"]').value") == "open the archives of 1953",
          "the words are the demand")
    browser.run("document.querySelector('[name=\"v.addressees.0\"]').focus();")
    browser.run(SELECT, passage, "Pyongyang")
    browser.wait("return document.querySelector('[name=\"v.addressees.0\"]').value === 'Pyongyang'",
                 "selected words fill the field that is focused")
    check(browser.run("return document.querySelector('[name=\"s.addressees.0\"]').value") != "", "and carry it")
    browser.key("\ue007")  # Enter
    browser.wait("return document.querySelector('.card.accepted.chosen') !== null", "the record stands beside its words")


def on_paper(browser, served, source):
    browser.go(served.home + source)
    check(len(browser.printed()) > 10_000, "the reader prints")


def without_scripts(served, link, paths):
    """Every page says the same without scripts, and a record can be decided by buttons."""
    browser = Browser(scripts=False)
    browser.size(1280, 1000)
    browser.go(link)
    for path in paths:
        browser.go(served.home + path)
        check(len(browser.text()) > 100, f"without scripts {path} says something")
    browser.go(served.home + "/review?kind=figure")
    browser.click(".choices [value=accept]")
    browser.wait("return document.querySelector('.done') !== null", "a button decides without scripts")
    browser.close()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", required=True, type=pathlib.Path)
    arguments.add_argument("--axe", type=pathlib.Path, help="axe.min.js of axe-core")
    arguments.add_argument("--pictures", type=pathlib.Path, help="folder for a picture of every screen")
    given = arguments.parse_args()
    axe = given.axe.read_text() if given.axe else None
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    served = Served(str(given.binary.resolve()))
    browser = Browser()
    browser.go(served.link)
    paths = screens(browser, served)
    print(f"{len(paths)} pages: {' '.join(paths)}")
    looks(browser, served, paths, axe, given.pictures)
    twenty_by_keyboard(browser, served)
    from_file_to_record(browser, served)
    words_to_record(browser, served)
    on_paper(browser, served, paths[-7])
    browser.close()
    served.process.terminate()
    served.process.wait()
    without_scripts(served, served.start(), [path for path in paths if path != "/nowhere"])
    print("axe-core was not given: accessibility was not looked at" if axe is None else "axe-core looked at every page")
    print(f"{len(failures)} failures" if failures else "all as it should be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
