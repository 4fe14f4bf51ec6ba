"""Makes the captures that the tests read, with the programs that people capture with.

Needs wget, Chromium with chromedriver, LibreOffice, OpenSSL, tar, and from PyPI warcio, wacz and
extract-msg; `npm install single-file-cli` brings SingleFile. Run it in this folder.
"""
import base64
import datetime
import functools
import gzip
import hashlib
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile

HERE = pathlib.Path(__file__).parent.resolve()
REPO = HERE.parents[3]
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Prisoners moved from Camp 18</title>
<link rel="stylesheet" href="style.css"><script src="menu.js"></script></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Prisoners moved from Camp 18</h1><p>Seoul, 3 March 2014. Guards moved two hundred prisoners from Camp 18
in one night, a former guard told the commission.</p><p>They were not told where they went. 그들은 돌아오지 않았다.</p>
<img src="map.png" alt="Map"></article></body></html>
"""
# One black point.
POINT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/old":
            self.send_response(301)
            self.send_header("Location", "/page.html")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        files = {
            "/page.html": ("text/html; charset=utf-8", PAGE.encode()),
            "/style.css": ("text/css", b"body { margin: 1em }\n"),
            "/menu.js": ("text/javascript", b"document.title = document.title;\n"),
            "/map.png": ("image/png", POINT),
        }
        kind, body = files.get(path, ("text/plain", b"There is no such page.\n"))
        self.send_response(200 if path in files else 404)
        self.send_header("Content-Type", kind)
        if path == "/page.html" and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        if path == "/page.html":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(body), 100):
                piece = body[at : at + 100]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def run(*command, **options):
    print("+", *command, file=sys.stderr)
    return subprocess.run(command, check=True, **options)


def by_wget(address):
    """Plain and packed WARC by wget, with the page asked for twice so that the second is a revisit."""
    get = ["wget", "-q", "--no-check-certificate", "-p", "-e", "robots=off", "-P", "downloads"]
    run(*get, f"{address}/page.html", f"{address}/old", "--warc-file=wget", "--warc-cdx")
    run(*get, f"{address}/page.html", "--header=Accept-Encoding: gzip", "--no-warc-compression",
        "--warc-file=plain")
    run(*get, f"{address}/page.html", "--warc-file=again", "--warc-dedup=wget.cdx")
    os.remove("wget.cdx")
    shutil.rmtree("downloads")


def by_wacz():
    """A package by py-wacz, a copy signed as ArchiveWeb.page does, and one that was changed after."""
    run("wacz", "create", "-o", "page.wacz", "-f", "wget.warc.gz", "--detect-pages", "--title", "Camp 18")
    for name in ("signed.wacz", "changed.wacz"):
        with zipfile.ZipFile("page.wacz") as old, zipfile.ZipFile(name, "w") as new:
            for item in old.infolist():
                body = old.read(item)
                if item.filename == "datapackage-digest.json":
                    digest = json.loads(body)
                    digest["signedData"] = signed(digest["hash"])
                    body = json.dumps(digest).encode()
                if name == "changed.wacz" and item.filename.startswith("pages/pages"):
                    body = body.replace(b"page.html", b"pag3.html")
                new.writestr(item, body)


def signed(digest):
    with tempfile.TemporaryDirectory() as folder:
        key = f"{folder}/key.pem"
        run("openssl", "ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", key)
        public = run("openssl", "ec", "-in", key, "-pubout", "-outform", "DER", capture_output=True).stdout
        signature = run("openssl", "dgst", "-sha256", "-sign", key, input=digest.encode(), capture_output=True).stdout
    # Browsers write both numbers side by side.
    first = signature[4 : 4 + signature[3]]
    second = signature[4 + signature[3] + 2 :]
    both = b"".join(number.lstrip(b"\0").rjust(48, b"\0") for number in (first, second))
    return {
        "hash": digest, "signature": base64.b64encode(both).decode(),
        "publicKey": base64.b64encode(public).decode(),
        "created": "2026-11-22T05:00:00Z", "software": "made for a test",
    }


def by_browser(address):
    """MHTML by Chromium, and a page saved by SingleFile."""
    sys.path.insert(0, str(REPO / "tests" / "browser"))
    import driver

    browser = driver.Browser()
    browser.go(f"{address}/page.html")
    saved = browser.ask("POST", "/goog/cdp/execute", {"cmd": "Page.captureSnapshot", "params": {}})
    pathlib.Path("page.mhtml").write_bytes(saved["data"].encode())
    bundle = pathlib.Path(os.environ.get("SINGLE_FILE", "node_modules/single-file-cli/lib/single-file-bundle.js"))
    if not bundle.is_file():
        print("SingleFile is missing: its page is not made anew", file=sys.stderr)
    else:
        text = bundle.read_text()
        script, _ = json.JSONDecoder().raw_decode(text[text.index('"') :])
        browser.run(script + "\nwindow.singlefile = singlefile;")
        code = """const done = arguments[arguments.length - 1];
            singlefile.getPageData({removeHiddenElements: false, insertSingleFileComment: true, blockScripts: true, compressHTML: false}).then(page => done(page.content), error => done("" + error));"""
        page = browser.ask("POST", "/execute/async", {"script": code, "args": []})
        pathlib.Path("single-file.html").write_text(page)
    browser.close()


def by_office(scratch):
    """RTF and EPUB by LibreOffice."""
    source = REPO / "crates/read/tests/paged_data/report.html"
    for form in ("rtf", "epub"):
        run("soffice", "--headless", "--infilter=HTML (StarWriter)", f"-env:UserInstallation=file://{scratch}/office", "--convert-to", form,
            str(source), "--outdir", ".", stdout=subprocess.DEVNULL)


def by_tar():
    """A TAR archive, plain and packed."""
    with tempfile.TemporaryDirectory() as folder:
        long = "a-folder-with-a-name-that-is-long-" * 4
        os.makedirs(f"{folder}/{long}")
        pathlib.Path(f"{folder}/statement.txt").write_text("Guards beat prisoners at the camp.\n")
        pathlib.Path(f"{folder}/{long}/관찰.txt").write_text("They were not fed.\n")
        os.symlink("/etc/passwd", f"{folder}/link")
        common = ["tar", "--sort=name", "--mtime=2014-02-07", "--owner=0", "--group=0", "--numeric-owner", "-C", folder]
        run(*common, "--format=gnu", "-cf", "gnu.tar", ".")
        run(*common, "--format=pax", "-czf", "pax.tar.gz", ".")


def by_ole():
    """A message of Outlook's form, its OLE container by extract-msg; it holds a file and a message."""
    from extract_msg.ole_writer import OleWriter

    def wide(text):
        return text.encode("utf-16-le")

    def fixed(head, times=()):
        rows = b"".join(
            tag.to_bytes(4, "little") + (6).to_bytes(4, "little") + value.to_bytes(8, "little") for tag, value in times
        )
        return bytes(head) + rows

    def message(writer, at, subject, sender, mail, body, when):
        stamp = int((when - datetime.datetime(1601, 1, 1)).total_seconds()) * 10_000_000
        writer.addEntry(at + ["__properties_version1.0"], fixed(32 if not at else 24, [(0x00390040, stamp)]))
        for tag, text in ((0x001A, "IPM.Note"), (0x0037, subject), (0x0C1A, sender), (0x5D01, mail), (0x0E04, "Registry")):
            writer.addEntry(at + [f"__substg1.0_{tag:04X}001F"], wide(text))
        for tag, kind, data in body:
            writer.addEntry(at + [f"__substg1.0_{tag:04X}{kind}"], data)

    writer = OleWriter()
    writer.addEntry(["__nameid_version1.0"], storage=True)
    for tag in (2, 3, 4):
        writer.addEntry(["__nameid_version1.0", f"__substg1.0_{tag:04X}0102"], bytes(0))
    rich = b"{\\rtf1\\ansi\\ansicpg949 Nobody came. \\u51652?\\u49696?\\par}"
    packed = len(rich).to_bytes(4, "little")
    packed = (len(rich) + 12).to_bytes(4, "little") + packed + b"MELA" + bytes(4) + rich
    message(writer, [], "Statement of a former guard", "Field Office", "office@example.org",
            [(0x1000, "001F", wide("Guards beat prisoners.\r\n\r\n> Please send it.\r\n"))],
            datetime.datetime(2014, 2, 7, 1, 0))
    first, second = ["__attach_version1.0_#00000000"], ["__attach_version1.0_#00000001"]
    writer.addEntry(first, storage=True)
    writer.addEntry(first + ["__properties_version1.0"], fixed(8, [(0x37050003, 1)]))
    writer.addEntry(first + ["__substg1.0_3707001F"], wide("관찰.txt"))
    writer.addEntry(first + ["__substg1.0_37010102"], b"Kim Chol was seen last in 1954.\n")
    writer.addEntry(second, storage=True)
    writer.addEntry(second + ["__properties_version1.0"], fixed(8, [(0x37050003, 5)]))
    writer.addEntry(second + ["__substg1.0_3001001F"], wide("What the cook saw"))
    inner = second + ["__substg1.0_3701000D"]
    writer.addEntry(inner, storage=True)
    message(writer, inner, "What the cook saw", "Cook", "cook@example.org", [(0x1009, "0102", packed)],
            datetime.datetime(2014, 2, 6, 0, 0))
    writer.write("letter.msg")


def main():
    os.chdir(HERE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        steps = {
            "wget": lambda: by_wget(address), "wacz": by_wacz, "browser": lambda: by_browser(address),
            "office": lambda: by_office(scratch), "tar": by_tar, "ole": by_ole,
        }
        for name, step in steps.items():
            if not wanted or name in wanted:
                step()


if __name__ == "__main__":
    main()
