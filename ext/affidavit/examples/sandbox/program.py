"""What is sent into a sandbox: the source text of the supervisor, so that no file need be within reach there."""

from __future__ import annotations

import json
import marshal
from functools import cache
from importlib.resources import files

from affidavit.examples.inside import MODULES

OLD = 2
"""The version of `marshal` that all Pythons know."""

BOOT = """
import marshal, sys
from _frozen_importlib import ModuleSpec
texts = marshal.loads(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())))
class Sent:
    def find_spec(self, name, *_):
        return ModuleSpec(name, self, is_package=not texts[name]) if name in texts else None
    def create_module(self, _):
        return None
    def exec_module(self, module):
        exec(compile(texts[module.__name__], module.__name__, "exec"), module.__dict__)
sys.meta_path.insert(0, Sent())
import inside.main
inside.main.main()
"""
"""Modules are compiled when they are imported, which not all are. Nothing that is not there anyway is imported here."""


def boot_arguments(python: str) -> list[str]:
    """Return the command that takes the supervisor from its input and starts it, untouched by the environment."""
    return [python, "-I", "-S", "-B", "-c", BOOT]


def parcel(content: object) -> bytes:
    """Return plain values as any Python reads them without importing anything: their size, and `marshal`'s bytes."""
    data = marshal.dumps(json.loads(json.dumps(content)), OLD)  # as JSON, a word of a list of words is text
    return b"%d\n%b" % (len(data), data)


@cache
def program_parcel() -> bytes:
    """Return the supervisor as the first of the input."""
    folder = files("affidavit.examples.inside")
    texts = {f"inside.{name}": (folder / f"{name}.py").read_text(encoding="utf-8") for name in MODULES}
    return parcel({"inside": "", **texts})
