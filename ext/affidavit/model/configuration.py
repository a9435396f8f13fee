"""From the raw values of ``conf.py`` to :class:`~affidavit.model.settings.Settings`, with every problem found.

Nothing raises: a value that is not right gives a finding, and its default is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from affidavit.model import configuration_environments as of_environments
from affidavit.model import configuration_hosts as of_hosts
from affidavit.model import configuration_links as of_links
from affidavit.model import configuration_notes as of_notes
from affidavit.model import raw
from affidavit.model.codes import CODES, Code
from affidavit.model.place import Place
from affidavit.model.releases import Release, Releases
from affidavit.model.settings import Acceptance, Allowed, LinkChoice, Online, Settings
from affidavit.model.verdicts import Finding, finding

CONF = Place("conf.py")
T = TypeVar("T")


def read_settings(given: Mapping[str, object], place: Place = CONF) -> tuple[Settings, tuple[Finding, ...]]:
    """Read the settings named ``affidavit_*``, set in the file ``place``; a name that is absent has its default.

    Return the settings and a finding for each value that could not be used.
    """
    reader = _Reader(given, place)
    releases = reader.read("affidavit_releases", _releases, Releases())
    known = None if "affidavit_releases" in reader.invalid else releases
    authorities: dict[str, str] = dict(reader.read("tls_cacerts", of_hosts.authorities, of_hosts.NO_AUTHORITIES))
    settings = Settings(
        releases=releases,
        release=reader.read("affidavit_release", raw.text, ""),
        projects=reader.read("affidavit_release_notes", of_notes.projects, ()),
        lock=reader.read("affidavit_release_notes_lock", raw.path, Settings().lock),
        online=reader.read("affidavit_online", of_links.online, Online.AUTO),
        cache=reader.read("affidavit_cache", of_links.cache, Settings().cache),
        allowed=reader.read("affidavit_allow_private", of_hosts.allowed, Allowed()),
        links=LinkChoice(
            patterns=reader.read("affidavit_links", of_links.links, ()),
            ignored=reader.read("affidavit_links_ignore", raw.patterns, ()),
        ),
        hosts=reader.read("affidavit_hosts", of_hosts.hosts, ()),
        synonyms=reader.read("affidavit_synonyms", of_links.synonyms, ()),
        severities=reader.read("affidavit_severity", of_links.severities, ()),
        accepted=reader.read("affidavit_accepted", _accepted, ()),
        evidence=reader.read("affidavit_evidence", raw.path, Settings().evidence),
        evidence_days=reader.read("affidavit_evidence_days", raw.days, 0),
        environments=reader.read_each(
            "affidavit_environments", lambda name, entry: of_environments.environment(name, entry, known)
        ),
        programs=reader.read_each("affidavit_programs", of_environments.program),
        settle=reader.read_each("affidavit_settle", of_environments.pattern),
        limits=reader.read("affidavit_limits", of_environments.limits, Settings().limits),
        promises=reader.read("affidavit_sandbox", of_environments.promises, Settings().promises),
        user_agent=reader.read("user_agent", of_hosts.user_agent, ""),
        ca_file=authorities.pop("", ""),
        ca_files=tuple(authorities.items()),
        place=place,
    )
    return replace(settings, invalid=frozenset(reader.invalid)), tuple(reader.findings)


class _Reader(Struct):
    """Reads one raw value after the other and keeps what went wrong."""

    given: Mapping[str, object]
    place: Place
    findings: list[Finding] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)

    def read(self, name: str, parse: Callable[[object], T], default: T) -> T:
        value = self.given.get(name)
        if value is None:
            return default
        try:
            return parse(value)
        except raw.Wrong as wrong:
            self._refuse(name, wrong)
            return default

    def read_each(self, name: str, parse: Callable[[object, object], T]) -> tuple[T, ...]:
        """Read a dict entry by entry; one that is wrong takes nothing away from the others."""
        value = self.given.get(name)
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            self._refuse(name, raw.Wrong(f"a dict, not {raw.kind(value)}"))
            return ()
        return tuple(self._entries(name, value, parse))

    def _entries(self, name: str, value: Mapping[object, object], parse: Callable[[object, object], T]) -> Iterator[T]:
        for key, entry in value.items():
            try:
                yield parse(key, entry)
            except raw.Wrong as wrong:
                self._refuse(name, wrong, "Correct it in conf.py; this entry is left out meanwhile.")

    def _refuse(self, name: str, wrong: raw.Wrong, advice: str = "") -> None:
        self.invalid.append(name)
        self.findings.append(finding(Code.SETTING_INVALID, self.place, f"`{name}` must be {wrong}.", advice))


def _releases(value: object) -> Releases:
    """Read ``{"15.0.0": "pike", ...}``, or a plain list of versions where there are no series."""
    if isinstance(value, Mapping):
        pairs = [(version, "" if series is None else series) for version, series in value.items()]
    elif isinstance(value, (list, tuple)):
        pairs = [(version, "") for version in value]
    else:
        raise raw.Wrong(f"a dict of version to series, or a list of versions, not {raw.kind(value)}")
    if not all(isinstance(part, str) for pair in pairs for part in pair):
        raise raw.Wrong("made of strings only; put the versions in quotes")
    releases = tuple(Release(version.strip(), series.strip()) for version, series in pairs)
    if not all(release.version for release in releases):
        raise raw.Wrong("complete; a version is empty")
    if len({release.version for release in releases}) < len(releases):
        raise raw.Wrong("without repetition; a version stands in it twice")
    return Releases(releases)


def _accepted(value: object) -> tuple[Acceptance, ...]:
    if not isinstance(value, (list, tuple)):
        raise raw.Wrong(f"a list of dicts, not {raw.kind(value)}")
    return tuple(_acceptances(value))


def _acceptances(entries: list[object] | tuple[object, ...]) -> Iterator[Acceptance]:
    for number, entry in enumerate(entries, start=1):
        name = f"entry {number}"
        texts = raw.texts(name, entry, allowed={"code", "file", "text", "reason", "until"})
        if texts.get("code") not in CODES:
            raise raw.Wrong(f"made of documented codes; the `code` of {name} is {raw.shown(texts.get('code'))}")
        if not texts.get("reason", "").strip():
            raise raw.Wrong(f"complete; {name} gives no `reason`")
        yield Acceptance(
            CODES[texts["code"]], texts.get("file", ""), texts.get("text", ""), texts["reason"], _day(name, texts)
        )


def _day(name: str, texts: Mapping[str, str]) -> date:
    until = texts.get("until", "")
    try:
        day = date.fromisoformat(until)
    except ValueError:
        day = None
    if day is None or day.isoformat() != until:
        raise raw.Wrong(f"complete; {name} needs a day `until`, written as 2027-01-31")
    return day
