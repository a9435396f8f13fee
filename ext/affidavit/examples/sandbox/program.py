"""What is sent into a sandbox: the source text of the supervisor, so that no file need be within reach there."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from affidavit.examples.inside import MODULES

BOOT = """
import json, sys, types
package = types.ModuleType("inside")
package.__path__ = []
sys.modules["inside"] = package
for name, text in json.loads(sys.stdin.buffer.readline()):
    module = types.ModuleType("inside." + name)
    module.__package__ = "inside"
    sys.modules["inside." + name] = module
    exec(compile(text, "inside/" + name + ".py", "exec"), module.__dict__)
sys.modules["inside.main"].main()
"""


def boot_arguments(python: str) -> list[str]:
    """Return the command that takes the supervisor from its input and starts it, untouched by the environment."""
    return [python, "-I", "-S", "-B", "-c", BOOT]


@cache
def program_line() -> bytes:
    """Return the supervisor as the first line of the input."""
    folder = files("affidavit.examples.inside")
    texts = [(name, (folder / f"{name}.py").read_text(encoding="utf-8")) for name in MODULES]
    return json.dumps(texts).encode() + b"\n"
