"""The settings of a site, as values: what ``conf.py`` says once it has been read and found right."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network

from msgspec import Struct, field

from affidavit.model.codes import Code
from affidavit.model.environments import Environment, ProgramSpec
from affidavit.model.note_sources import NoteSource
from affidavit.model.place import Place
from affidavit.model.releases import Releases
from affidavit.model.runs import Limits, Promise
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding

Network = IPv4Network | IPv6Network


class Online(StrEnum):
    """Whether a build asks the web about glossary links; ``auto`` asks, and lets an absent network pass."""

    AUTO = "auto"
    NEVER = "never"


class HostRule(Struct, frozen=True):
    """How hosts are asked, and how their answers are taken, that fit ``pattern``: a name, ``*.example.org`` or ``*``.

    ``credentials`` is ``netrc`` or the name of the environment variable that holds them (``user:password``, or a whole
    value for the ``Authorization`` field); they themselves are never in a setting. ``accept`` are statuses that are as
    good as 200. ``pace`` is the least time between two requests, ``timeout`` that of one request, both in seconds,
    ``at_once`` the most requests under way; 0 leaves each of the three to the engine.
    """

    pattern: str
    headers: tuple[tuple[str, str], ...] = ()
    credentials: str = ""
    accept: tuple[int, ...] = ()
    pace: float = 0
    timeout: float = 0
    at_once: int = 0

    def fits(self, host: str) -> bool:
        """Return whether it speaks of a host, named as in a request: ``*.example.org`` means the names below it."""
        name = host.removesuffix(".")
        return self.pattern in ("*", name) or (self.pattern.startswith("*.") and name.endswith(self.pattern[1:]))


class LinkChoice(Struct, frozen=True):
    """Which links of pages a build asks about, besides those of glossaries, which it always does.

    A link is asked that one of ``patterns`` (regular expressions, matched from its beginning) fits and none of
    ``ignored``; the latter count for glossaries, too.
    """

    patterns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


EVERY_LINK = LinkChoice(patterns=("",))
"""The choice of all links, as where no site chooses: of a list, and of finished pages."""


class NoteProject(Struct, frozen=True):
    """A project whose release notes pages may cite.

    ``source`` is where they are read from. ``url`` is what readers open: the folder that the pages are published in,
    with a slash at its end, or the one page.
    """

    name: str
    source: NoteSource
    url: str


class Allowed(Struct, frozen=True):
    """Which links may be asked that lead into a private network, or to the machine itself.

    ``hosts`` are names, in lower case, whose addresses may be any; ``networks`` may be single addresses.
    """

    everything: bool = False
    hosts: tuple[str, ...] = ()
    networks: tuple[Network, ...] = ()

    def __str__(self) -> str:
        """Return all of it on one line, the same whatever the order."""
        return " ".join(sorted([*self.hosts, *map(str, self.networks), *["*"] * self.everything]))


class Acceptance(Struct, frozen=True):
    """A finding set aside: which (empty ``file`` and ``text`` fit all of the code), why, and up to which day."""

    code: Code
    file: str
    text: str
    reason: str
    until: date

    def fits(self, finding: Finding) -> bool:
        """Return whether it speaks of this finding."""
        return finding.code is self.code and self.file in ("", finding.place.file) and self.text in finding.message


class Settings(Struct, frozen=True):
    """All settings that judging needs; ``release`` is empty where the site does not say what it documents.

    ``hosts`` are in the order of the settings, where the first that fits counts. ``synonyms`` are other words for the
    terms of glossaries. ``severities`` say how much findings of a code matter on this site; ``None`` is not at all.
    ``cache`` is the folder for observations, empty for the user's own, ``None`` for none.
    ``evidence`` is the folder of what runs of examples saw, ``evidence_days`` up to which age that counts, 0 for any.
    ``environments`` are what examples may name to run in, ``programs`` those of the machine that something is known of.
    ``settle`` are the site's own patterns for what changes from run to run, by name, not yet known to be usable.
    ``limits`` hold for each run, and ``promises`` are what a sandbox must keep for anything to run in it.
    ``place`` is the file that they are set in, ``invalid`` the names of those that could not be used as they are.
    ``user_agent`` and ``ca_file`` are Sphinx's own settings for asking the web, empty where they are not set;
    ``ca_files`` are the latter by host, with its port where that is not the usual one.
    """

    releases: Releases = field(default_factory=Releases)
    release: str = ""
    projects: tuple[NoteProject, ...] = ()
    lock: str = "release-notes.lock.json"
    online: Online = Online.AUTO
    cache: str | None = ""
    allowed: Allowed = field(default_factory=Allowed)
    accepted: tuple[Acceptance, ...] = ()
    links: LinkChoice = field(default_factory=LinkChoice)
    hosts: tuple[HostRule, ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: tuple[tuple[Code, Severity | None], ...] = ()
    evidence: str = "evidence"
    evidence_days: int = 0
    environments: tuple[Environment, ...] = ()
    programs: tuple[ProgramSpec, ...] = ()
    settle: tuple[tuple[str, str], ...] = ()
    limits: Limits = Limits()
    promises: frozenset[Promise] = frozenset()
    user_agent: str = ""
    ca_file: str = ""
    ca_files: tuple[tuple[str, str], ...] = ()
    invalid: frozenset[str] = frozenset()
    place: Place = Place("conf.py")

    def rule_of(self, host: str) -> HostRule | None:
        """Return what a host has of its own: the first rule that fits it."""
        return next((rule for rule in self.hosts if rule.fits(host)), None)
