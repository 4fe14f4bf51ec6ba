"""What a person does, from beginning to end: each flow is one that the interface exists for."""

import time

SECOND = "Another tester"
PASSWORD = "a password of the tests"
RETURN = "\ue007"
SHOWN = "document.readyState === 'complete' && document.querySelector('.choices [name=record]')?.value"


def twenty_by_keyboard(browser, served, check):
    """Twenty proposals, each with one key or two; then the last one is taken back."""
    browser.go(served.home + "/")
    browser.key("g")
    browser.key("r")
    browser.wait("return location.pathname === '/review'", "g r goes to the review")
    seen = set()
    began = time.monotonic()
    for number in range(20):
        now = browser.wait(f"return {SHOWN}", f"proposal {number + 1} is shown")
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
    print(f"twenty proposals by keyboard in {time.monotonic() - began:.1f} s")
    browser.key("z")
    browser.wait(f"return {SHOWN} === '{now}'", "z takes the last decision back and shows its record")
    rejected = served.onrecord("list", "--status", "rejected", "--json").splitlines()
    check(len(rejected) == 4, f"the command line knows of four rejections, not {len(rejected)}")


def from_file_to_record(browser, served, check):
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


def words_to_record(browser, served, check):
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


LOADED = "document.querySelector('.leaf img')?.complete && document.querySelector('.leaf img').naturalWidth"


def on_its_page(browser, served, screens, check):
    """A record is lit on the image of its page; keys turn pages and views; a picture is blurred until asked for."""
    browser.go(served.home + screens["source-page"])
    drawn = browser.wait(f"return {LOADED}", "the page is drawn")
    shown = browser.run("return document.querySelector('.leaf img').width")
    check(drawn > 1.25 * shown > 500, f"its letters are sharp: {drawn} dots on {shown} px")
    browser.key("j")
    browser.wait("return document.querySelector('.box.lit') !== null", "j lights the box of a record")
    level = browser.run("""const top = (one) => document.querySelector(one).getBoundingClientRect().top;
        return top('.card.chosen') - top('.box.lit rect')""")
    check(abs(level) < 60, f"the record stands level with its box, not {level} px from it")
    check(browser.run("return document.querySelector('.joins path').getAttribute('d')") != "", "a line joins the two")
    browser.key("]")
    browser.wait(f"return location.search.includes('page=2') && {LOADED}", "] turns the page")
    browser.key("[")
    browser.wait(f"return location.search.includes('page=1') && {LOADED}", "[ turns it back")
    for view in ("", "text=captured", "text=image"):
        browser.key("t")
        browser.wait(f"return document.readyState === 'complete' && location.search.includes('{view}')"
                     f" && ('{view}' !== '' || !location.search.includes('text='))", f"t goes on to '{view}'")
    browser.go(served.home + screens["source-picture"])
    check(browser.wait(f"return {LOADED}", "the picture comes") < 100, "the picture is blurred")
    browser.click(".veil [name=see][value='1']")
    browser.wait("return document.querySelector('.veil [name=see][value=\"0\"]') !== null", "it is shown when asked for")
    check(browser.wait(f"return {LOADED}", "the sharp picture comes") > 100, "the picture is sharp")
    browser.go(served.home + "/log?kind=note")
    check("The pages of a source were shown" in browser.text(), "that somebody asked is on record")


def two_at_one_record(one, other, served, check):
    """Two persons look at one record; the first corrects it, then the second rejects what they saw."""
    other.go(served.home + "/review?kind=call")
    record = other.wait(f"return {SHOWN}", "a call is shown to the second")
    seen = other.run("return document.querySelector('#what').textContent.trim()")
    one.go(f"{served.home}/review?record={record}&edit=1")
    field = "[data-row-of=demand] [data-value]"
    one.wait(f"return document.querySelector('{field}') !== null", "the demand can be corrected")
    one.run(f"document.querySelector('{field}').value = 'open every prison to visitors'")
    one.click(".edit .accept")
    one.wait("return document.querySelector('.done') !== null", "the correction of the first is on record")
    other.key("x")
    other.wait("return document.querySelector('[data-reject]').open", "x opens the reasons")
    other.key("1")
    told = other.wait("return document.querySelector('.problem[role=alert]')?.textContent", "the second is told")
    page = other.text()
    check(told.strip() != "", "the second is told in words")
    check("open every prison to visitors" in page, f"the second sees what it says now: {page[:1500]}")
    check(seen in page, f"the second sees what it said before ({seen}): {page[:1500]}")
    history = served.onrecord("show", record)
    check("open every prison to visitors" in history, f"the correction of the first stands: {history}")
    check("reject" not in history.lower(), f"nothing was put on record for the second: {history}")


def a_second_person(browser, second, served):
    """Somebody is invited, and joins with a password in another browser."""
    browser.go(served.home + "/users")
    browser.type("form[action='/users'] [name=name]", SECOND)
    browser.run("document.querySelector(\"form[action='/users'] [name=role]\").value = 'admin'")
    browser.click("form[action='/users'] button")
    invitation = browser.wait("return document.querySelector('[data-invitation]')?.textContent.trim()", "the invitation is shown")
    second.go(invitation)
    second.type("[name=new]", PASSWORD)
    second.type("[name=again]", PASSWORD + RETURN)
    second.wait("return document.readyState === 'complete' && document.querySelector('.rail') !== null", "the invited is in")


def sign_in(browser, served):
    """Through the door, by name, password and the return key."""
    browser.go(served.home + "/")
    browser.type("[name=name]", SECOND)
    browser.type("[name=password]", PASSWORD + RETURN)
    browser.wait("return document.readyState === 'complete' && document.querySelector('.rail') !== null", "the door opens")


def on_paper(browser, served, screens, pictures, check):
    """The report and the reader as PDF: pages, the words of the report, nothing that is to be pressed."""
    report = served.folder / "report.html"
    served.onrecord("report", str(report))
    browser.go(report.as_uri())
    heading = browser.run("return document.querySelector('h1').textContent.trim()")
    for name, pdf in [("report", browser.printed()), ("source", None), ("incident", None)]:
        if pdf is None:
            browser.go(served.home + screens[name])
            browser.media_type("print")
            pressed = browser.run("""return [...document.querySelectorAll('button, input, select, nav')]
                .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))""")
            check(pressed == [], f"on paper nothing is to be pressed ({name}): {pressed[:3]}")
            browser.media_type("")
            pdf = browser.printed()
        check(pdf.startswith(b"%PDF-") and pdf.count(b"/Type /Page") > 1 and len(pdf) > 10_000, f"{name} prints")
        if pictures:
            (pictures / f"{name}.pdf").write_bytes(pdf)
    check(heading != "", "the report has a heading")


def without_scripts(browser, served, screens, check):
    """Every page says the same without scripts, and a record can be decided by buttons."""
    # Were scripts on, this would prove nothing: a key that they act on must do nothing here.
    browser.go(served.home + "/")
    browser.key("/")
    check(browser.run("return document.activeElement === document.body"), "scripts are off where they are said to be")
    for name, path in screens.items():
        browser.go(served.home + path)
        check(len(browser.text()) > 100, f"without scripts {name} says something")
        check(browser.run("return document.querySelectorAll('h1').length") == 1, f"without scripts {name} has its heading")
    browser.go(served.home + "/review?kind=figure")
    browser.click(".choices [value=accept]")
    browser.wait("return document.querySelector('.done') !== null", "a button decides without scripts")
