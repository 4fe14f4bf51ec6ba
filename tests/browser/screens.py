"""Every screen: its addresses, found as a visitor finds them, and how each must look."""

import json
import pathlib
import re
import threading

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Name, a page that leads there, what the link begins with, what it must not hold. A screen that no
# link leads to any more is a failure, not a screen less.
KINDS = [
    ("sources", "/", "/sources", "?"),
    ("sources-narrowed", "/sources", "/sources?", "add="),
    ("source", "/sources", "/sources/", "?"),
    ("source-record", "/review", "/sources/", "//"),
    ("review", "/", "/review", "?"),
    ("search", "/", "/search", "?"),
    ("search-names", "/search", "/search/names", "?"),
    ("people", "/", "/people", "?"),
    ("case", "/people", "/people/case/", "//"),
    ("pairs", "/people", "/people/pairs", "//"),
    ("accountability", "/", "/accountability", "?"),
    ("bearer", "/accountability", "/accountability/to/", "//"),
    ("demand", "/accountability/to/state:KP", "/accountability/demand/", "//"),
    ("corroboration", "/", "/corroboration", "?"),
    ("incident", "/corroboration", "/corroboration/", "//"),
    ("estimate", "/corroboration", "/estimate", "//"),
    ("statistics", "/", "/statistics", "?"),
    ("integrity", "/", "/integrity", "?"),
    ("custody", "/log", "/integrity/", "//"),
    ("log", "/integrity", "/log", "?"),
    ("timeline", "/", "/timeline", "?"),
    ("map", "/timeline", "/map", "//"),
    ("settings", "/", "/settings", "?"),
    ("users", "/settings", "/users", "//"),
    ("help", "/", "/help", "?"),
]

# What no link of a page leads to in one step.
BESIDE = [
    ("add", "sources", "?add=1"),
    ("source-captured", "source", "?text=captured"),
    ("search-results", "search", "?q=torture"),
    ("search-timeline", "search", "?q=camp&view=timeline"),
    ("search-map", "search", "?q=camp&view=map"),
    ("stands", "accountability", "/stands"),
    ("source-code", "source", "/code?words=the"),
    ("review-blind", "review", "?blind=1"),
]

WAYS = {
    "light": (1280, {"scheme": "light"}, ""),
    "narrow": (320, {"scheme": "light"}, ""),
    "dark": (1280, {"scheme": "dark"}, ""),
    "right-to-left": (1280, {"scheme": "light"}, "document.documentElement.dir = 'rtl';"),
    "forced-colours": (1280, {"scheme": "dark", "forced_colors": "active"}, ""),
}


def links(browser, home, page):
    browser.go(home + page)
    return browser.run("return [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href').split('#')[0])")


def found(browser, home, check):
    """The address of every screen, by its name."""
    browser.go(home + "/corroboration")
    browser.wait("return document.querySelector('table') !== null", "the archive is laid out as a whole")
    pages, screens = {}, {"home": "/"}
    for name, page, begins, but in KINDS:
        if page not in pages:
            pages[page] = links(browser, home, page)
        fits = [link for link in pages[page] if link.startswith(begins) and but not in link[1:]]
        check(fits != [], f"a link of {page} leads to the screen {name}")
        if fits:
            screens[name] = min(fits, key=len) if but == "?" else fits[-1]
    for name, of, more in BESIDE:
        screens[name] = screens[of].split("?")[0] + more
    shown = links(browser, home, "/review?kind=call")
    correct = [link for link in shown if "edit=1" in link]
    check(correct != [], "the review leads to correcting")
    screens.update({"review-correct": correct[0]} if correct else {})
    screens["masked"] = "/masked"
    screens["alerts"] = "/alerts"
    screens["nowhere"] = "/nowhere"
    return screens


def with_pages(browser, served, screens, check):
    """Puts a PDF file and a picture on record; the screens that show how they look, once they are drawn."""
    data = pathlib.Path(__file__).resolve().parents[2] / "crates" / "read" / "tests"
    files = {"page": "paged_data/report.pdf", "scan": "ocr_data/scan.pdf", "picture": "ocr_data/page.jpg"}
    told = served.onrecord("add", "--json", *[str(data / file) for file in files.values()])
    events = [json.loads(line) for line in told.splitlines()]
    for name, file in files.items():
        ids = [one["id"] for one in events if one.get("event") == "collected" and one["name"].endswith(file.split("/")[1])]
        check(len(ids) == 1, f"{file} is on record: {ids}")
        screens["source-" + name] = f"/sources/{ids[0]}?text=image"
        browser.go(served.home + screens["source-" + name])
        browser.wait("return document.querySelector('.leaf img') !== null", f"{file} is drawn")


def accessible(browser, axe, where, check):
    """No violation of WCAG 2.2 A or AA that axe-core knows of."""
    if not browser.run("return typeof axe === 'object'"):
        browser.run(axe + ";")
    violations = browser.ask("POST", "/execute/async", {"script": """
        const done = arguments[arguments.length - 1];
        axe.run({ runOnly: arguments[0] }).then((result) => done(result.violations.map(
            (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`)));
        """, "args": [STANDARDS]})
    check(violations == [], f"{where}: {violations}")


def look(browser, home, screens, way, axe, pictures, check):
    """Every screen in one way of looking at it."""
    width, media, before = WAYS[way]
    browser.size(width, 800)
    browser.media(**media)
    for name, path in screens.items():
        browser.go(home + path)
        browser.run(before + "window.dispatchEvent(new Event('resize'));")
        where = f"{way} {name} ({path})"
        headings = browser.run("return document.querySelectorAll('h1').length")
        check(headings == 1, f"{where}: one h1, not {headings}")
        wide = browser.run("return document.documentElement.scrollWidth")
        check(wide <= width, f"{where}: {wide} px wide")
        failed = browser.run("return document.querySelector('main .details')?.textContent ?? ''")
        check(failed == "", f"{where}: the page tells of a failure: {failed}")
        if axe and way in ("light", "dark", "narrow"):
            accessible(browser, axe, where, check)
        if pictures:
            browser.picture(pictures / f"{name}-{way}.png")


def looks(browsers, home, screens, axe, pictures, check):
    """Every screen in every way, the ways shared out among the browsers."""
    ways = list(WAYS)
    troubles = []

    def work(browser):
        try:
            while ways:
                look(browser, home, screens, ways.pop(0), axe, pictures, check)
        except Exception as trouble:  # told by the main thread
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for browser in browsers:
        browser.size(1280, 800)
        browser.media()
    if troubles:
        raise troubles[0]


def first_page(browser, home, check):
    """The first page with everything that it loads is under 150 kB, and all of it is ours."""
    browser.devtools("Network.setCacheDisabled", cacheDisabled=True)
    browser.go(home + "/")
    loaded = browser.run("""return performance.getEntriesByType('resource').concat(
        performance.getEntriesByType('navigation')).map((one) => [one.name, one.encodedBodySize])""")
    total = sum(size for _, size in loaded)
    foreign = [name for name, _ in loaded if not re.match(re.escape(home) + "/", name)]
    check(len(loaded) > 3, f"the first page loads its styles and scripts: {loaded}")
    check(0 < total < 150_000, f"the first page is {total} bytes")
    check(foreign == [], f"the first page loads from elsewhere: {foreign}")
    print(f"the first page is {total / 1000:.1f} kB in {len(loaded)} answers")
    browser.devtools("Network.setCacheDisabled", cacheDisabled=False)
