"""What is sent into a sandbox: the supervisor, as source text and compiled, so that no file need be in reach there."""

from __future__ import annotations

import marshal
from functools import cache
from importlib.resources import files
from importlib.util import MAGIC_NUMBER

from msgspec import to_builtins

from affidavit.examples.inside import MODULES

OLD = 2
"""The version of `marshal` that all Pythons know."""

BOOT = """
import marshal, sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import MAGIC_NUMBER
magic, texts, codes = marshal.loads(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())))
class Sent:
    def find_spec(self, name, *_):
        return ModuleSpec(name, self, is_package=not texts[name]) if name in texts else None
    def create_module(self, _):
        return None
    def exec_module(self, module):
        name = module.__name__
        known = magic == MAGIC_NUMBER
        exec(marshal.loads(codes[name]) if known else compile(texts[name], name, "exec"), module.__dict__)
sys.meta_path.insert(0, Sent())
import inside.main
inside.main.main()
"""
"""What was compiled is of use where Python is the same there, else modules are compiled when they are imported, which
not all are. Nothing that is not there anyway is imported here."""


def boot_arguments(python: str) -> list[str]:
    """Return the command that takes the supervisor from its input and starts it, untouched by the environment."""
    return [python, "-I", "-S", "-B", "-c", BOOT]


def parcel(content: object) -> bytes:
    """Return values as any Python reads them without importing anything: their size, and `marshal`'s bytes."""
    return _sized(marshal.dumps(to_builtins(content), OLD))


def _sized(data: bytes) -> bytes:
    return b"%d\n%b" % (len(data), data)


@cache
def program_parcel() -> bytes:
    """Return the supervisor as the first of the input."""
    folder = files("affidavit.examples.inside")
    modules = {f"inside.{name}": (folder / f"{name}.py").read_text(encoding="utf-8") for name in MODULES}
    texts = {"inside": "", **modules}
    return _sized(marshal.dumps((MAGIC_NUMBER, texts, {name: _code(name, text) for name, text in texts.items()}), OLD))


def _code(name: str, text: str) -> bytes:
    return marshal.dumps(compile(text, name, "exec", dont_inherit=True, optimize=0))
