#!/usr/bin/env python3
"""Makes archived.html anew: the page that auto-archiver writes of what it archived, by the template and
helpers of its package. Needs the unpacked wheel of auto-archiver 1.2 (`pip download --no-deps auto-archiver`,
`unzip`) as its argument, and jinja2 from PyPI; the rest of the program, which fetches, is not run."""
import ast
import base64
import hashlib
import json
import mimetypes
import os
import pathlib
import sys
import types
from urllib.parse import quote

import jinja2

FOLDER = pathlib.Path(sys.argv[1]) / "auto_archiver/modules/html_formatter"


class Media:
    """What the template asks of a file that was archived."""

    def __init__(self, name, mimetype, **properties):
        self.filename = self.key = name
        self.mimetype, self.properties = mimetype, properties
        self.urls = [f"https://store.example.org/{name}"]
        self.url = self.urls[0]


tree = ast.parse((FOLDER / "html_formatter.py").read_text())
helpers = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "JinjaHelpers"]
names = {"mimetypes": mimetypes, "os": os, "quote": quote, "json": json, "base64": base64, "Media": Media, "Metadata": types.SimpleNamespace}
exec(compile(ast.Module(helpers, []), "helpers", "exec"), names)
environment = jinja2.Environment(loader=jinja2.FileSystemLoader(FOLDER / "templates"), autoescape=True)
environment.filters.update({k: v.__func__ for k, v in vars(names["JinjaHelpers"]).items() if isinstance(v, staticmethod)})
digest = hashlib.sha256(pathlib.Path("camp.jpg").read_bytes()).hexdigest()
page = environment.get_template("html_template.html").render(
    url="https://social.example.org/post/7?lang=ko&view=all", title="Prisoners moved from Camp 18", version="1.2.9",
    media=[Media("camp.jpg", "image/jpeg", hash=f"SHA-256:{digest}", id="camp"), Media("page.wacz", "application/wacz", id="browsertrix")],
    metadata={"timestamp": "2014-03-03 10:00:00+00:00", "_processed_at": "2014-03-04 09:00:00+00:00", "author": "Field Office"},
)
pathlib.Path("archived.html").write_text(page, encoding="utf8")
