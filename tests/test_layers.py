"""The arrows of the design: imports run down only, and the pure modules do no input or output."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

ROOMS = frozenset({"links", "notes", "examples", "methods", "reports"})

# `import affidavit` and `from affidavit import __version__`: the package's own file is read by everybody anyway.
PACKAGE = frozenset({"__init__", "__version__"})

# What may be imported of ours, by room. A file that stands at the top of the package is a room of its own.
MAY_IMPORT = {
    "model": {"model"},
    "files": {"files"},
    "clock": {"clock"},
    **{room: {"model", room, "files"} for room in ROOMS},
    "cells": {"model", "cells", *ROOMS},
    "gathered": {"model", "gathered", "links", "examples"},
    "noted": {"model", "noted", "notes"},
    "check": {"model", "check", "gathered", "noted", "cells", *ROOMS},
    # Reads a site by the name of a builder; what draws and judges in it is none of its imports.
    "project": {"model", "gathered", "project"},
    "sphinx": {"model", "check", "gathered", "noted", "cells", "files", "clock", "sphinx", *ROOMS, *PACKAGE},
    "cli": {"model", "check", "gathered", "cells", "files", "clock", "project", "cli", *ROOMS, *PACKAGE},
    # Runs examples as tests, and nothing else: it asks nobody, and writes no report of ours.
    "pytest_plugin": {"model", "gathered", "cells", "clock", "project", "examples", "pytest_plugin"},
    "__init__": {"sphinx"},
    "__main__": {"cli"},
}

PURE_ROOMS = frozenset({"model", "methods", "reports"})
PURE = "Pure."
"""What the docstring of any other module says that only computes; those of the pure rooms need not say it."""

# Modules through which a program reaches the world. `datetime` holds plain values too: of it only what asks
# the clock is refused (see `_touches_world`).
WORLD = frozenset({
    "aiohttp", "asyncio", "concurrent", "ctypes", "fcntl", "ftplib", "getpass", "glob", "http", "httpx", "importlib",
    "locale", "logging", "mmap", "multiprocessing", "os", "pathlib", "platform", "pycurl", "random", "requests",
    "secrets", "select", "selectors", "shelve", "shutil", "signal", "site", "smtplib", "socket", "socketserver",
    "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib3", "webbrowser",
})  # fmt: skip
WORLD_PARTS = ("urllib.request", "urllib.robotparser")
# A package's own data files are as constant as its code, and a pure path only computes with names.
NOT_WORLD = ("importlib.resources", "pathlib.PurePath", "pathlib.PurePosixPath", "pathlib.PureWindowsPath")
WORLD_CALLS = frozenset({"open", "input", "print", "exec", "eval", "breakpoint", "__import__"})
CLOCKS = frozenset({"now", "utcnow", "today"})


def room_of(file: str) -> str:
    """Return the room of a file, given as a path relative to the package."""
    return PurePosixPath(file).parts[0].removesuffix(".py")


def imports(tree: ast.Module, file: str) -> Iterator[str]:
    """Give every module that the file imports by its full name; an imported name counts as a module of its parent."""
    here = ["affidavit", *PurePosixPath(file).parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: -node.level] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room_of_import(name: str) -> str | None:
    """Return the room of ours that an import names, ``None`` for what is not ours."""
    package, _, rest = name.partition(".")
    if package != "affidavit":
        return None
    return rest.partition(".")[0] or "__init__"


def climbs(source: str, file: str) -> list[str]:
    """Return the imports of a file that the arrows do not allow."""
    allowed = MAY_IMPORT.get(room_of(file), set())
    ours = [name for name in imports(ast.parse(source), file) if room_of_import(name) is not None]
    return [name for name in ours if room_of_import(name) not in allowed]


def is_pure(file: str, source: str) -> bool:
    """Return whether a file belongs to the core that only computes."""
    said = PURE in (ast.get_docstring(ast.parse(source)) or "")
    return room_of(file) in PURE_ROOMS or said


def worldly(source: str, file: str) -> list[str]:
    """Return the imports and calls by which a file reaches the disk, the network, the clock or the terminal."""
    tree = ast.parse(source)
    imported = [name for name in imports(tree, file) if _opens_world(name)]
    called = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and _touches_world(node)]
    return imported + called


def _opens_world(name: str) -> bool:
    if _names(name, NOT_WORLD):
        return False
    return name.partition(".")[0] in WORLD or _names(name, WORLD_PARTS)


def _names(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _touches_world(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name in WORLD_CALLS
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return owner in {"date", "datetime"} and name in CLOCKS
        case _:
            return False


@pytest.fixture(scope="module")
def package(project):
    root = project / "ext" / "affidavit"
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    assert {"__init__.py", "model/claims.py"} <= set(files)
    return files


def test_every_room_is_in_the_design(package):
    assert {room_of(file) for file in package} <= set(MAY_IMPORT)


def test_imports_run_down_only(package):
    found = {file: climbs(source, file) for file, source in package.items()}
    assert {file: names for file, names in found.items() if names} == {}


def test_the_core_computes_only(package):
    found = {file: worldly(source, file) for file, source in package.items() if is_pure(file, source)}
    assert {file: names for file, names in found.items() if names} == {}


CLIMBING = [
    ("model/claims.py", "from affidavit.links import judge"),
    ("model/claims.py", "from ..check import check"),
    ("links/judge.py", "import affidavit.notes.rules"),
    ("links/judge.py", "from affidavit import check"),
    ("notes/rules.py", "from .. import methods"),
    ("reports/json.py", "from affidavit.methods.rules import lint"),
    ("examples/plan.py", "from affidavit.links.seen import Observation"),
    ("methods/rules.py", "def late():\n    from affidavit.check import check"),
    ("check.py", "from affidavit.sphinx.domain import Domain"),
    ("check.py", "from . import cli"),
    ("sphinx/domain.py", "from affidavit.cli import main"),
    ("cli/notes.py", "from affidavit.sphinx.collector import collect"),
    ("cli/notes.py", "import affidavit.sphinx"),
    ("project/reading.py", "from affidavit.sphinx.claims_builder import ClaimsBuilder"),
    ("project/reading.py", "from affidavit.cli.outcome import tell"),
    ("sphinx/domain.py", "from affidavit.project.reading import read_project"),
    ("pytest_plugin/site.py", "from affidavit.cli.project import gather"),
    ("pytest_plugin/site.py", "from affidavit.sphinx import setup"),
    ("pytest_plugin/site.py", "from affidavit.links.engine import engine"),
    ("cli/run.py", "from affidavit.pytest_plugin import pytest_addoption"),
    ("links/judge.py", "import affidavit"),
    ("attic/old.py", "from affidavit.model import claims"),
]


@pytest.mark.parametrize(("file", "source"), CLIMBING)
def test_an_import_that_climbs_is_seen(file, source):
    assert len(climbs(source, file)) == 1


LEVEL = [
    ("model/claims.py", "from affidavit.model.place import Place\nfrom . import codes"),
    ("links/judge.py", "from affidavit.model.claims import Link\nfrom affidavit.links.seen import Answered"),
    ("check.py", "from affidavit.links import judge\nfrom .notes import rules"),
    ("sphinx/domain.py", "from affidavit.check import check\nfrom sphinx.domains import Domain"),
    ("sphinx/__init__.py", "import affidavit\naffidavit.__version__"),
    ("cli/__init__.py", "from affidavit import __version__"),
    ("cli/project.py", "from affidavit.project.reading import read_project"),
    ("pytest_plugin/site.py", "from affidavit.examples.running import run_one"),
    ("cli/__init__.py", "from affidavit.notes.lock import write_lock\nfrom sphinx.config import Config"),
]


@pytest.mark.parametrize(("file", "source"), LEVEL)
def test_an_import_that_runs_down_is_fine(file, source):
    assert climbs(source, file) == []


WORLDLY = [
    "import os",
    "import os.path",
    "from pathlib import Path",
    "import socket as s",
    "from subprocess import run",
    "import pycurl",
    "import requests",
    "from time import monotonic",
    "from urllib.request import urlopen",
    "from urllib import request",
    "def late():\n    import ssl",
    "from importlib import import_module",
    "open('file')",
    "print('word')",
    "from datetime import date\ndate.today()",
    "import datetime\nfrom datetime import datetime\ndatetime.now()",
]


@pytest.mark.parametrize("source", WORLDLY)
def test_a_touch_of_the_world_is_seen(source):
    assert worldly(source, "model/claims.py") != []


HARMLESS = [
    "from importlib.resources import files",
    "from pathlib import PurePosixPath",
    "from urllib.parse import urlsplit",
    "from datetime import date\ndate.fromisoformat('2026-01-31')",
    "import json\njson.dumps({})",
    "from affidavit.model.place import Place",
]


@pytest.mark.parametrize("source", HARMLESS)
def test_plain_values_are_no_touch_of_the_world(source):
    assert worldly(source, "model/claims.py") == []


@pytest.mark.parametrize(
    ("file", "pure"),
    [("model/claims.py", True), ("reports/claims.py", True), ("links/judge.py", True), ("notes/rules.py", True),
     ("check.py", True), ("links/probe.py", False), ("notes/lock.py", False), ("sphinx/domain.py", False)],
)  # fmt: skip
def test_which_files_are_the_core(package, file, pure):
    assert is_pure(file, package[file]) is pure
