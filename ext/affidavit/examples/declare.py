"""From the directives of an example, as they are written, to its values, with every problem found. Pure.

Nothing raises: what cannot be read is left out or has its default, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from affidavit.examples import values
from affidavit.examples.options import DIRECTIVES
from affidavit.examples.parse.parsed import Problem
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration, examine
from affidavit.model.examples import (
    Comparison,
    Example,
    FileStep,
    Matching,
    Ready,
    ReadyKind,
    ServiceStep,
    Skip,
    Step,
    Symptom,
)
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, finding

T = TypeVar("T")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOTHING: tuple[str, ...] = ()
_PATH = "Write a path such as `conf/server.ini`, below the workspace."
_FORMS = {
    "console": "Write each command on a line behind `$ `, and below it what it prints.",
    "pycon": "Write each statement on a line behind `>>> `, and below it what it prints.",
    "http": "Write a request as it goes over the wire, an empty line, and its answer, from `HTTP/1.1 200 OK` on.",
}
"""What a block of each kind is to look like."""


class Reading(Struct):
    """Collects the findings of one document while its examples become values."""

    findings: list[Finding] = field(default_factory=list)

    def example(self, told: Declaration, steps: Sequence[Step]) -> Example | None:
        """Read an ``example``; ``None`` without a usable name."""
        self._options(told)
        if not _NAME.fullmatch(told.argument):
            self._name_missing(told)
            return None
        no_skips: tuple[Skip, ...] = ()
        example = Example(
            told.argument,
            tuple(steps),
            told.place,
            setup=self._read(told, "setup", values.names, _NOTHING),
            setup_for=told.option("setup-for"),
            variant=told.option("variant"),
            probe=told.option("probe"),
            environments=self._read(told, "environments", values.names, _NOTHING),
            needs=self._read(told, "needs", values.names, _NOTHING),
            files=self._read(told, "files", values.names, _NOTHING),
            timeout=self._read(told, "timeout", values.seconds, 300.0),
            network="network" in told.options,
            symptom=self._symptom(told),
            skips=self._read(told, "skip-if", values.skips, no_skips),
            features=self._read(told, "features", values.names, _NOTHING),
            versions=self._read(told, "versions", values.names, _NOTHING),
            slow="slow" in told.options,
        )
        self._check(example, told)
        return example

    def file(self, told: Declaration, text: str, begins: Place | None = None) -> FileStep | None:
        """Read a ``file`` whose content is ``text``, which ``begins`` somewhere; ``None`` without a usable path."""
        self._options(told)
        try:
            path = values.inside(told.argument)
        except values.Wrong as wrong:
            code, message = Code.ARGUMENT_INVALID, f"The path of a `file` must be {wrong}."
            if not told.argument:
                code, message = Code.ARGUMENT_MISSING, "This `file` lacks its path."
            self.findings.append(told.problem(code, message, _PATH))
            return None
        source = told.option("source")
        if bool(text.strip()) == bool(source):
            problem = "has content and a `source`" if source else "has neither content nor a `source`"
            self._found(Code.EXAMPLE_MALFORMED, told, f"The file `{path}` {problem}.")
        mode = self._read(told, "mode", values.mode, 0o644)
        hidden = "hidden" in told.options
        return FileStep(path, _ended(text), told.place, source, mode, hidden=hidden, begins=begins)

    def service(self, told: Declaration) -> ServiceStep | None:
        """Read a ``service``; ``None`` without a command."""
        self._options(told)
        if not told.argument:
            message = "This `service` lacks its command."
            self.findings.append(told.problem(Code.ARGUMENT_MISSING, message, "Write the command behind `service::`."))
            return None
        status = self._read(told, "status", values.status, 0)
        nothing: tuple[Ready, ...] = ()
        ready = self._read(told, "ready", values.ready, nothing)
        return ServiceStep(
            told.argument,
            told.place,
            tuple(_with_status(each, status) for each in ready),
            self._read(told, "within", values.seconds, 60.0),
            self._read(told, "stop", values.stop_signal, "SIGTERM"),
        )

    def matching(self, told: Declaration) -> Matching:
        """Read how the output of a ``console``, ``pycon`` or ``http`` is compared."""
        self._options(told)
        return Matching(
            self._read(told, "match", values.comparison, Comparison.EXACT),
            "unordered" in told.options,
            self._read(told, "tolerance", values.share, 0.0),
            self._read(told, "settle", values.names, _NOTHING),
        )

    def base(self, told: Declaration) -> str:
        """Read the server of an ``http``, empty if it names none; a field ``Host`` of a request leads nowhere."""
        if "base" not in told.options:
            message = "This `http` lacks the option `base`, so that there is no server to ask."
            advice = "Name it in `base` of a directive `http`, such as `http://127.0.0.1:8080`."
            self.findings.append(told.problem(Code.OPTION_MISSING, message, advice))
        return self._read(told, "base", values.base, "")

    def parsed(self, kind: str, found: Iterable[Problem]) -> None:
        """Keep what is wrong with the text of a block."""
        form = _FORMS[kind]
        self.problems(finding(Code.EXAMPLE_MALFORMED, each.place, each.sentence, form) for each in found)

    def problems(self, found: Iterable[Finding]) -> None:
        """Keep what was found elsewhere."""
        self.findings.extend(found)

    def _options(self, told: Declaration) -> None:
        self.findings.extend(examine(told, DIRECTIVES[told.directive]))

    def _read(self, told: Declaration, name: str, parse: Callable[[str], T], default: T) -> T:
        """Return an option's value; a default where it is not given, or wrong."""
        text = told.option(name)
        if not text:
            return default
        try:
            return parse(text)
        except values.Wrong as wrong:
            message = f"The option `{name}` of `{told.directive}` must be {wrong}."
            self._found(Code.OPTION_INVALID, told, message)
            return default

    def _symptom(self, told: Declaration) -> Symptom | None:
        expected = self._read(told, "expect", values.failure, default=False)
        symptom = self._read(told, "symptom", values.symptom, Symptom())
        if told.option("symptom") and not told.option("expect"):
            self._found(Code.EXAMPLE_MALFORMED, told, "A `symptom` needs `expect`, which must be `failure`.")
        return symptom if expected else None

    def _check(self, example: Example, told: Declaration) -> None:
        if example.setup_for and example.probe:
            self._found(Code.EXAMPLE_MALFORMED, told, f"`{example.name}` is both a setup and a probe.")
        if example.variant and not example.setup_for:
            self._found(Code.EXAMPLE_MALFORMED, told, f"`{example.name}` names a variant and no method in `setup-for`.")
        if example.features and not example.setup_for:
            self._found(Code.EXAMPLE_MALFORMED, told, f"`{example.name}` names features and no method in `setup-for`.")
        if example.versions and not example.setup_for:
            self._found(Code.EXAMPLE_MALFORMED, told, f"`{example.name}` names versions and no method in `setup-for`.")
        if not example.steps and not example.setup:
            self._found(Code.EXAMPLE_MALFORMED, told, f"`{example.name}` has no step that could be run.")

    def _name_missing(self, told: Declaration) -> None:
        if not told.argument:
            advice = "Write it on the line of the directive, such as `example` with `first-run` behind it."
            self.findings.append(finding(Code.ARGUMENT_MISSING, told.place, "This `example` lacks its name.", advice))
        else:
            self._found(Code.ARGUMENT_INVALID, told, f"`{told.argument}` is no name for an example.")

    def _found(self, code: Code, told: Declaration, message: str) -> None:
        self.findings.append(finding(code, told.place, message))


def _ended(text: str) -> str:
    """Return the text of a file with one line end behind its last line; of nothing, nothing."""
    shown = text.rstrip("\n")
    return f"{shown}\n" if shown else ""


def _with_status(condition: Ready, status: int) -> Ready:
    return replace(condition, status=status) if condition.kind is ReadyKind.URL else condition
