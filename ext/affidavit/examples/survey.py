"""What the sandbox has: which programs the steps find there, and in which versions."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.observed import Keeping
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.model.environments import ProgramSpec
from affidavit.model.examples import ConsoleStep, Exchange
from affidavit.model.place import Place
from affidavit.model.runs import End, Job, Limits, Shown

ALWAYS = ("bash", "python3")
"""The programs that sessions are, by which whatever runs has versions."""
LIMITS = Limits(seconds=30, cpu_seconds=30)
_LONGEST = 200
_NOWHERE = Place("")


class Program(Struct, frozen=True):
    """A program that steps need: whether it is there, and the first line of what it says of its version."""

    name: str
    found: bool
    version: str = ""


class Survey:
    """Looks programs up in a sandbox, each once; may be asked by several threads.

    ``job`` says in what they are looked up, ``specs`` what is known of them, and ``keeping`` makes what they print fit
    to be kept.
    """

    def __init__(self, sandbox: Sandbox, job: Job, specs: Iterable[ProgramSpec], keeping: Keeping) -> None:
        self._sandbox = sandbox
        self._job = job
        self._specs = {each.name: each for each in specs}
        self._keeping = keeping
        self._known: dict[str, Program] = {}
        self._lock = threading.Lock()

    def programs(self, names: Iterable[str]) -> tuple[Program, ...]:
        """Return the programs of these names; raise :class:`SandboxError` where nothing can be started."""
        with self._lock:
            return tuple(self._program(name) for name in dict.fromkeys(names))

    def _program(self, name: str) -> Program:
        if name not in self._known:
            spec, word = self._specs.get(name, ProgramSpec(name)), shlex.quote(name)
            command = spec.version_command or f"{word} --version"
            there = f"test -e {shlex.quote(spec.file)}" if spec.file else f"type -P -- {word}"
            found, version = self._ask(there, f"{{ {command}\n}} </dev/null 2>&1")
            self._known[name] = Program(name, found.status == 0, self._first_line(version))
        return self._known[name]

    def _ask(self, *commands: str) -> list[Shown]:
        """Return what commands print; one that a limit ended, or that came after it, tells nothing."""
        shown = ask(commands, self._sandbox, self._job)
        return [*shown, *(Shown(0, number, "") for number in range(len(shown), len(commands)))]

    def _first_line(self, shown: Shown) -> str:
        """Return a version: the first line that a program printed, empty where it failed, without secrets."""
        lines = self._keeping.raw(shown.output).strip().split("\n")
        return lines[0].strip()[:_LONGEST] if shown.status == 0 else ""


def ask(commands: Iterable[str], sandbox: Sandbox, job: Job) -> tuple[Shown, ...]:
    """Return what commands print in a sandbox, in an empty folder, as far as they ended."""
    steps = (ConsoleStep(tuple(Exchange(each, None, _NOWHERE) for each in commands), _NOWHERE),)
    with TemporaryDirectory(prefix="affidavit-", ignore_cleanup_errors=True) as folder:
        ran = run_job(replace(job, steps=steps), Path(folder), sandbox)
    if ran.end is End.RUNNER_FAILED:
        return ()
    return tuple(each for each in ran.shown if each.status is not None)
