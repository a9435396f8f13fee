"""Executable examples: what a page shows and a run can try. Values only; text is as the source file has it.

An example is a container of steps. A step that shows expected output is compared with what a run saw, by the rules of
its :class:`Matching`; one that shows none shows what was recorded.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct, field

from affidavit.model.place import Place
from affidavit.model.verdicts import Finding


class Comparison(StrEnum):
    """How the lines of expected output are read."""

    EXACT = "exact"
    """As they stand, but for ``...``, which stands for anything."""
    GLOB = "glob"
    """With ``*``, ``?`` and ``[...]`` within a line."""
    REGEX = "regex"
    """Each line is a regular expression for a whole line."""
    JSON = "json"
    """The output is JSON that has at least what is shown."""


class Matching(Struct, frozen=True):
    """How output is compared with what is expected.

    ``unordered`` lines may come in any order. Numbers may differ by ``tolerance``, a share of the expected one.
    ``settled`` are the names of patterns that are replaced before comparing, besides those that always are.
    """

    comparison: Comparison = Comparison.EXACT
    unordered: bool = False
    tolerance: float = 0
    settled: tuple[str, ...] = ()


class Exchange(Struct, frozen=True):
    """Something that is put in, and what is expected to come out; ``None`` where the page shows no output.

    For a console that is a command, which may have several lines, for Python a statement, for HTTP a request.
    ``status`` is the exit status that the page shows, 0 where it shows none. ``place`` is the line of the input.
    """

    given: str
    expected: str | None
    place: Place
    status: int = 0


class FileStep(Struct, frozen=True):
    """A file that the page shows and the run finds: ``text`` as shown, or the repository's file named by ``source``.

    ``path`` is relative to the workspace. ``mode`` are the permissions; ``hidden`` files are a click away on the page.
    ``begins`` is the line where the text begins, ``None`` where there is none.
    """

    path: str
    text: str
    place: Place
    source: str = ""
    mode: int = 0o644
    hidden: bool = False
    begins: Place | None = None
    kind: ClassVar[str] = "file"


class ConsoleStep(Struct, frozen=True):
    """Commands in the one bash session of an example, in their order."""

    exchanges: tuple[Exchange, ...]
    place: Place
    matching: Matching = field(default_factory=Matching)
    kind: ClassVar[str] = "console"


class PyconStep(Struct, frozen=True):
    """Statements in the one Python session of an example."""

    exchanges: tuple[Exchange, ...]
    place: Place
    matching: Matching = field(default_factory=Matching)
    kind: ClassVar[str] = "pycon"


class HttpStep(Struct, frozen=True):
    """Requests as they go over the wire, and their answers; ``base`` is the address of a server without a path."""

    exchanges: tuple[Exchange, ...]
    base: str
    place: Place
    matching: Matching = field(default_factory=Matching)
    kind: ClassVar[str] = "http"


class ReadyKind(StrEnum):
    """What tells that a service can be used."""

    URL = "url"
    """It answers with the status."""
    PORT = "port"
    """Something listens at HOST:PORT."""
    LOG = "log"
    """Its output has a line that a regular expression finds."""
    FILE = "file"
    """A file is there, or a socket."""


class Ready(Struct, frozen=True):
    """One condition; ``status`` is for URLs, 0 for any answer."""

    kind: ReadyKind
    value: str
    status: int = 0


class ServiceStep(Struct, frozen=True):
    """A program in the background, until the example ends: ready once all its conditions hold, stopped by its signal.

    ``ready`` is empty for a service that need not be waited for. ``within`` are the seconds that it may take.
    """

    command: str
    place: Place
    ready: tuple[Ready, ...] = ()
    within: float = 60
    stop: str = "SIGTERM"
    kind: ClassVar[str] = "service"


Step = FileStep | ConsoleStep | PyconStep | HttpStep | ServiceStep


class Symptom(Struct, frozen=True):
    """How a documented failure looks: exit status, HTTP status, or a pattern in the output; empty parts fit all."""

    exit_status: int | None = None
    http_status: int | None = None
    pattern: str = ""

    def __str__(self) -> str:
        """Return it in a few words."""
        parts = (
            f"exit status {self.exit_status}" if self.exit_status is not None else "",
            f"HTTP {self.http_status}" if self.http_status is not None else "",
            f"“{self.pattern}”" if self.pattern else "",
        )
        return ", ".join(filter(None, parts)) or "any failure"


class Skip(Struct, frozen=True):
    """When an example is not run: a command that then succeeds, and the reason that readers see."""

    condition: str
    reason: str


class Example(Struct, frozen=True):
    """A named container of steps.

    ``setup`` names the examples that are run before it, in one workspace. A *setup* belongs to a method (``setup_for``,
    ``variant``) and is known by ``versions`` of packages and programs; a *probe* tries a feature under every setup, or
    under those that have it among their ``features``, if they name any. ``environments`` are empty for the machine's
    own. ``needs`` are programs, ``files`` further inputs that belong to what was proven. ``timeout`` is in seconds.
    ``symptom`` is there where the example is expected to fail. ``flaws`` are what is wrong with its text: what could
    not be read of it has a default or is missing here, so that it must not be run. A ``slow`` one runs only where
    that is asked for; its evidence counts as that of any other.
    """

    name: str
    steps: tuple[Step, ...]
    place: Place
    setup: tuple[str, ...] = ()
    setup_for: str = ""
    variant: str = ""
    probe: str = ""
    environments: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    timeout: float = 300
    network: bool = False
    symptom: Symptom | None = None
    skips: tuple[Skip, ...] = ()
    features: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    slow: bool = False
    flaws: tuple[Finding, ...] = ()
    kind: ClassVar[str] = "example"
