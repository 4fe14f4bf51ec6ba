"""A browser driven by plain WebDriver (W3C), and a program that serves an archive.

Nothing but Python's own library. Both are ended by their own handles, whatever happens.
"""

import atexit
import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

# A machine under load takes minutes for what takes a second on a quiet one.
PATIENCE = 240


class Browser:
    """Headless Chromium with a new, empty profile."""

    def __init__(self, scripts=True):
        self.profile = tempfile.mkdtemp(prefix="onrecord-browser-")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.session = None
        atexit.register(self.close)
        port = None
        while port is None:
            line = self.driver.stdout.readline()
            if not line:
                raise RuntimeError("chromedriver ended before it listened")
            if "started successfully on port" in line:
                port = int(line.split("on port")[1].strip(" .\n"))
        self.base = f"http://127.0.0.1:{port}"
        options = {
            "binary": shutil.which("chromium"),
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--hide-scrollbars", "--window-size=1280,1000", f"--user-data-dir={self.profile}",
            ],
        }
        if not scripts:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        limits = {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000}
        wanted = {"alwaysMatch": {"goog:chromeOptions": options, "timeouts": limits}}
        self.session = self.ask("POST", "/session", {"capabilities": wanted})["sessionId"]

    def ask(self, method, path, body=None):
        """One WebDriver command."""
        whole = path if self.session is None else f"/session/{self.session}{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + whole, data=data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            why = json.loads(error.read())["value"]
            raise AssertionError(f"{method} {path} {str(body)[:200]}: {why['error']}: {why['message'][:300]}") from None

    def close(self):
        if self.session is not None:
            try:
                self.ask("DELETE", "")
            except (OSError, AssertionError):
                pass
            self.session = None
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def go(self, address):
        self.ask("POST", "/url", {"url": address})

    def run(self, code, *arguments):
        return self.ask("POST", "/execute/sync", {"script": code, "args": list(arguments)})

    def wait(self, code, what):
        """Until `code` gives something true; says `what` did not happen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.run(code)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"did not happen: {what}; the page says: {self.text()[:600]}")

    def text(self):
        return self.run("return document.body.innerText")

    def key(self, key):
        press = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": press}]})

    def element(self, selector):
        found = self.ask("POST", "/element", {"using": "css selector", "value": selector})
        return next(iter(found.values()))

    def type(self, selector, text):
        self.ask("POST", f"/element/{self.element(selector)}/value", {"text": text})

    def click(self, selector):
        self.ask("POST", f"/element/{self.element(selector)}/click", {})

    def devtools(self, command, **parameters):
        body = {"cmd": command, "params": parameters}
        return self.ask("POST", "/goog/cdp/execute", body)

    def size(self, width, height):
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )

    def media(self, scheme="light", **features):
        listed = [{"name": "prefers-color-scheme", "value": scheme}]
        listed += [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.devtools("Emulation.setEmulatedMedia", features=listed)

    def media_type(self, of):
        """Looks like what is printed; an empty name looks like the screen again."""
        self.devtools("Emulation.setEmulatedMedia", media=of)

    def picture(self, file):
        file.write_bytes(base64.b64decode(self.ask("GET", "/screenshot")))

    def printed(self):
        return base64.b64decode(self.ask("POST", "/print", {}))


class Served:
    """The demonstration's archive, served on a free port."""

    def __init__(self, binary, by="A tester"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-served-"))
        self.binary, self.by, self.process = binary, by, None
        self.environment = dict(os.environ, ONRECORD_HOME=str(self.folder / "home"))
        atexit.register(self.close)
        subprocess.run([binary, "demo", str(self.folder / "demo"), "--quiet"], env=self.environment, check=True)
        self.link = self.start()

    def start(self):
        """Starts it; gives the link that signs in."""
        archive = str(self.folder / "demo" / "archive")
        command = [self.binary, "--archive", archive, "serve", "--listen", "127.0.0.1:0", "--json", "--by", self.by]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=self.environment, text=True)
        line = json.loads(self.process.stdout.readline())
        self.home = "http://" + line["address"]
        return line["link"]

    def onrecord(self, *arguments):
        """What another command says of the same archive."""
        command = [self.binary, "--archive", str(self.folder / "demo" / "archive"), *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
