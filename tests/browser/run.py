#!/usr/bin/env python3
"""The interface in a real browser: what only layout, focus and scripts can get wrong.

    run.py --binary target/debug/onrecord [--axe axe.min.js] [--pictures FOLDER]

Every screen in light, dark, 320 px wide, right to left, with forced colours and without scripts;
no WCAG 2.2 A/AA violation that axe-core knows; twenty proposals by keyboard alone; a file from
upload to accepted record in one flow; two browsers at one record; printing. Exits 1 and names what
failed.
"""

import argparse
import pathlib
import sys
import threading
import time

import flows
import screens
from driver import Browser, Served

failures = []
one_at_a_time = threading.Lock()
began = time.monotonic()


def check(holds, words):
    if not holds:
        with one_at_a_time:
            failures.append(words)
            print("FAILED", words, flush=True)


def step(words):
    print(f"{time.monotonic() - began:5.0f} s  {words}", flush=True)


def attempt(flow, *given):
    """Runs a flow; one that breaks off is a failure, and the others go on."""
    try:
        flow(*given, check)
    except AssertionError as trouble:
        check(False, f"{flow.__name__}: {trouble}")
    step(flow.__name__.replace("_", " "))


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
    first, second, plain = Browser(), Browser(), Browser(scripts=False)
    for browser in (first, second, plain):
        browser.size(1280, 900)
    first.go(served.link)
    attempt(screens.first_page, first, served.home)
    addresses = screens.found(first, served.home, check)
    screens.with_pages(first, served, addresses, check)
    print(f"{len(addresses)} screens: {' '.join(addresses)}", flush=True)
    flows.a_second_person(first, second, served)
    attempt(screens.looks, [first, second], served.home, addresses, axe, given.pictures)
    attempt(flows.two_at_one_record, first, second, served)
    second.close()
    attempt(flows.twenty_by_keyboard, first, served)
    attempt(flows.from_file_to_record, first, served)
    attempt(flows.words_to_record, first, served)
    attempt(flows.on_its_page, first, served, addresses)
    attempt(flows.on_paper, first, served, addresses, given.pictures)
    first.close()
    flows.sign_in(plain, served)
    attempt(flows.without_scripts, plain, served, addresses)
    print("axe-core was not given: accessibility was not looked at" if axe is None else "axe-core looked at every page")
    print(f"{len(failures)} failures" if failures else "all as it should be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
