#!/usr/bin/env python3
"""Several people on one server, in a real browser: invitation, password, authenticator, passkey.

    accounts.py --binary target/debug/onrecord [--axe axe.min.js] [--pictures FOLDER]

The passkey is made and used by the browser itself, with a virtual authenticator (WebDriver). Each new
page is looked at by axe-core. Exits 1 and names what failed.
"""

import argparse
import base64
import hashlib
import hmac
import pathlib
import struct
import sys
import time

from driver import Browser, Served

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "a long enough password"
failures = []


def check(holds, words):
    if not holds:
        failures.append(words)
        print("FAILED", words)


class Look:
    """Looks at a page: axe-core, its width, a picture."""

    def __init__(self, browser, axe, pictures):
        self.browser, self.axe, self.pictures = browser, axe, pictures

    def __call__(self, name):
        browser = self.browser
        for way, width, scheme in (("light", 1280, "light"), ("dark", 1280, "dark"), ("narrow", 320, "light")):
            browser.size(width, 800)
            browser.media(scheme=scheme)
            wide = browser.run("return document.documentElement.scrollWidth")
            check(wide <= width, f"{name} {way}: {wide} px wide")
            check(browser.run("return document.querySelectorAll('h1').length") == 1, f"{name}: one h1")
            if self.axe is not None:
                browser.run(self.axe + ";")
                found = browser.ask("POST", "/execute/async", {"script": """
                    const done = arguments[arguments.length - 1];
                    axe.run({ runOnly: arguments[0] }).then((result) => done(result.violations.map(
                        (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`)));
                    """, "args": [STANDARDS]})
                check(found == [], f"{name} {way}: {found}")
            if self.pictures:
                browser.picture(self.pictures / f"accounts-{name}-{way}.png")
        browser.size(1280, 800)
        browser.media()


def code(secret, at):
    """What an authenticator shows (RFC 6238)."""
    tag = hmac.new(base64.b32decode(secret), struct.pack(">Q", at // 30), hashlib.sha1).digest()
    start = tag[19] & 15
    return f"{(struct.unpack('>I', tag[start:start + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


def loaded(browser, code, what):
    return browser.wait(f"return document.readyState === 'complete' && ({code})", what)


def invited(browser, home, name, role, look):
    """The keeper invites somebody; the address at which the invitation is taken up."""
    browser.go(home + "/users")
    browser.type("#add ~ form [name=name]", name)
    browser.run("document.querySelector('#add ~ form [name=role]').value = arguments[0]", role)
    browser.run("document.querySelector(arguments[0]).click()", "#add ~ form button")
    address = loaded(browser, "document.querySelector('[data-invitation]')?.textContent", "an invitation is shown")
    look("users")
    return address.split("/join")[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--axe", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    given = parser.parse_args()
    axe = given.axe.read_text() if given.axe else None
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    served = Served(given.binary)
    # Passkeys hold at a name: this machine has one.
    home = served.home.replace("127.0.0.1", "localhost")
    browser = Browser()
    look = Look(browser, axe, given.pictures)

    browser.go(served.link.replace("127.0.0.1", "localhost"))
    join = invited(browser, home, "Ann Lee", "reviewer", look)
    browser.run("return fetch('/sign-out', { method: 'POST' }).then(() => 1)")

    browser.go(home + "/join" + join)
    look("join")
    browser.type("#new", PASSWORD)
    browser.type("#again", PASSWORD)
    browser.run("document.querySelector(arguments[0]).click()", "form[action='/join'] button")
    loaded(browser, "document.querySelector('.rail')", "Ann is in")
    check("Ann Lee" in browser.run("return document.querySelector('[action=\"/sign-out\"]').textContent"), "her name is shown")
    check(browser.run("return document.querySelector('.rail [href=\"/review\"]') !== null"), "a reviewer sees the review")

    # An authenticator.
    browser.go(home + "/settings/code")
    look("code")
    secret = browser.run("return document.querySelector('[data-secret]').textContent").replace(" ", "")
    browser.type("[name=old]", PASSWORD)
    browser.type("[name=code]", code(secret, int(time.time())))
    browser.run("document.querySelector(arguments[0]).click()", "form[action='/settings/code'] button")
    loaded(browser, "document.querySelectorAll('.recovery li').length === 10", "ten recovery codes are shown")
    look("recovery")

    # A passkey, kept by a virtual authenticator that verifies its person.
    browser.ask("POST", "/webauthn/authenticator", {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "isUserConsenting": True,
    })
    browser.go(home + "/settings")
    loaded(browser, "!document.querySelector('[data-passkey-form]').hidden", "the browser offers passkeys")
    look("settings")
    browser.type("[data-passkey-form] [name=name]", "laptop")
    browser.type("[data-passkey-form] [name=old]", PASSWORD)
    browser.run("document.querySelector(arguments[0]).click()", "[data-passkey-form] button")
    loaded(browser, "document.querySelector('[action=\"/settings/passkeys/remove\"]') !== null", "the passkey is listed")
    browser.run("return fetch('/sign-out', { method: 'POST' }).then(() => 1)")

    browser.go(home + "/sources")
    loaded(browser, "!document.querySelector('[data-passkey=sign-in]').hidden", "the door offers the passkey")
    look("door")
    browser.run("document.querySelector(arguments[0]).click()", "[data-passkey=sign-in] button")
    loaded(browser, "location.pathname === '/sources' && document.querySelector('.rail')", "the passkey signs in")
    browser.go(home + "/settings")
    check("by passkey" in browser.text(), "the session says that a passkey signed in")
    browser.run("return fetch('/sign-out', { method: 'POST' }).then(() => 1)")

    # Name, password and code still do; the password alone does not.
    def sign_in(one_time):
        browser.go(home + "/")
        browser.type("#name", "ann lee")
        browser.type("#password", PASSWORD)
        if one_time:
            browser.type("#code", one_time)
        browser.run("document.querySelector(arguments[0]).click()", "form[action='/sign-in'] button")

    sign_in("")
    loaded(browser, "document.querySelector('#failed')", "the password alone lets nobody in")
    sign_in(code(secret, int(time.time()) + 30))
    loaded(browser, "document.querySelector('.rail')", "password and code let in")
    check(browser.run("return fetch('/users').then((seen) => seen.status)") == 403, "a reviewer is no admin")

    # The accounts outlive the program.
    served.process.terminate()
    served.process.wait()
    served.start()
    home = served.home.replace("127.0.0.1", "localhost")
    browser.go(home + "/")
    loaded(browser, "document.querySelector('form[action=\"/sign-in\"]')", "after a new start people sign in by name")
    log = served.onrecord("log", "--json")
    check(log.count('"account"') >= 4, f"the acts are on record: {log.count('account')}")
    browser.close()
    served.close()
    print(f"{len(failures)} failures" if failures else "all as it should be")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
