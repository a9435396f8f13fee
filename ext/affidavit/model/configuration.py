"""From the raw values of ``conf.py`` to :class:`~affidavit.model.settings.Settings`, with every problem found.

Nothing raises: a value that is not right gives a finding, and its default is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from ipaddress import ip_network
from typing import TypeVar
from urllib.parse import urlsplit

from affidavit.model.codes import CODES, Code
from affidavit.model.place import Place
from affidavit.model.releases import Release, Releases
from affidavit.model.settings import Acceptance, Allowed, Network, NoteProject, Online, Settings
from affidavit.model.verdicts import Finding, finding

CONF = Place("conf.py")
T = TypeVar("T")

_HOST = re.compile(r"(?!(.*\.)?[0-9]+$)[a-z0-9_-]+(\.[a-z0-9_-]+)*")
"""A name; one that ends in a number is an address that somebody cut short."""


class _Wrong(ValueError):
    """A raw value is not of the form that its setting takes; the text completes "NAME must be ..."."""


def read_settings(raw: Mapping[str, object], place: Place = CONF) -> tuple[Settings, tuple[Finding, ...]]:
    """Read the settings named ``affidavit_*``, set in the file ``place``; a name that is absent has its default.

    Return the settings and a finding for each value that could not be used.
    """
    reader = _Reader(raw, place)
    settings = Settings(
        releases=reader.read("affidavit_releases", _releases, Releases()),
        release=reader.read("affidavit_release", _text, ""),
        projects=reader.read("affidavit_release_notes", _projects, ()),
        lock=reader.read("affidavit_release_notes_lock", _path, Settings().lock),
        online=reader.read("affidavit_online", _online, Online.AUTO),
        cache=reader.read("affidavit_cache", _cache, Settings().cache),
        allowed=reader.read("affidavit_allow_private", _allowed, Allowed()),
        accepted=reader.read("affidavit_accepted", _accepted, ()),
        user_agent=reader.read("user_agent", _user_agent, ""),
        ca_file=reader.read("tls_cacerts", _ca_file, ""),
        place=place,
    )
    return replace(settings, invalid=frozenset(reader.invalid)), tuple(reader.findings)


@dataclass(slots=True)
class _Reader:
    """Reads one raw value after the other and keeps what went wrong."""

    raw: Mapping[str, object]
    place: Place
    findings: list[Finding] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)

    def read(self, name: str, parse: Callable[[object], T], default: T) -> T:
        value = self.raw.get(name)
        if value is None:
            return default
        try:
            return parse(value)
        except _Wrong as wrong:
            self.invalid.append(name)
            self.findings.append(finding(Code.SETTING_INVALID, self.place, f"`{name}` must be {wrong}."))
            return default


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"a string, not {_kind(value)}")
    return value.strip()


def _path(value: object) -> str:
    path = _text(value)
    if not path or not path.isprintable():
        raise _Wrong("a name in printable characters, relative to conf.py")
    return path


def _cache(value: object) -> str | None:
    """Read a folder, or that there is to be none: ``False``, or 0 on the command line (``sphinx-build -D``)."""
    if value is False or value in ("0", ""):
        return None
    if not isinstance(value, str):
        raise _Wrong(f"the name of a folder, relative to conf.py, or False, not {_kind(value)}")
    return _path(value)


def _user_agent(value: object) -> str:
    """Read the value of an HTTP header field: visible ASCII characters and blanks (RFC 9110, 5.5)."""
    text = _text(value)
    if not (text.isascii() and text.isprintable()):
        raise _Wrong("made of printable ASCII characters on one line")
    return text


def _ca_file(value: object) -> str:
    """Read a path; Sphinx also takes one per host, which is not used yet."""
    return "" if isinstance(value, Mapping) else _path(value)


def _kind(value: object) -> str:
    return type(value).__name__


def _shown(value: object) -> str:
    """Return a string as it is written, and of anything else its type: its own words may be long, or fail."""
    return repr(value) if isinstance(value, str) else _kind(value)


def _online(value: object) -> Online:
    if not isinstance(value, str) or value not in set(Online):
        raise _Wrong(f"one of {', '.join(map(repr, map(str, Online)))}, not {_shown(value)}")
    return Online(value)


def _allowed(value: object) -> Allowed:
    """Read a switch, which on the command line (``sphinx-build -D``) is 1 or 0, or a list of hosts and networks."""
    if isinstance(value, bool) or (isinstance(value, str) and value in ("0", "1")):
        return Allowed(everything=value in (True, "1"))
    if isinstance(value, (list, tuple)):
        return _named(value)
    raise _Wrong(f"True, False, or a list of hosts and networks, not {_shown(value)}")


def _named(entries: list[object] | tuple[object, ...]) -> Allowed:
    read = [_host_or_network(entry) for entry in entries]
    hosts = tuple(each for each in read if isinstance(each, str))
    return Allowed(hosts=hosts, networks=tuple(each for each in read if not isinstance(each, str)))


def _host_or_network(entry: object) -> str | Network:
    text = entry.strip() if isinstance(entry, str) else ""
    try:
        return ip_network(text)
    except ValueError:
        name = text.lower().removesuffix(".")
    if not _HOST.fullmatch(name):
        what = "host names in ASCII, addresses, and networks such as 10.1.0.0/16"
        raise _Wrong(f"made of {what}; {_shown(entry)} is none of them")
    return name


def _releases(value: object) -> Releases:
    """Read ``{"15.0.0": "pike", ...}``, or a plain list of versions where there are no series."""
    if isinstance(value, Mapping):
        pairs = [(version, "" if series is None else series) for version, series in value.items()]
    elif isinstance(value, (list, tuple)):
        pairs = [(version, "") for version in value]
    else:
        raise _Wrong(f"a dict of version to series, or a list of versions, not {_kind(value)}")
    if not all(isinstance(part, str) for pair in pairs for part in pair):
        raise _Wrong("made of strings only; put the versions in quotes")
    releases = tuple(Release(version.strip(), series.strip()) for version, series in pairs)
    if not all(release.version for release in releases):
        raise _Wrong("complete; a version is empty")
    if len({release.version for release in releases}) < len(releases):
        raise _Wrong("without repetition; a version stands in it twice")
    return Releases(releases)


def _projects(value: object) -> tuple[NoteProject, ...]:
    if not isinstance(value, Mapping):
        raise _Wrong(f"a dict of project to its `inventory` and `url`, not {_kind(value)}")
    if not all(isinstance(name, str) and name.strip() for name in value):
        raise _Wrong("a dict whose keys are the names of projects, as strings")
    return tuple(_project(name, entry) for name, entry in value.items())


def _project(name: str, entry: object) -> NoteProject:
    texts = _texts(f"{name!r}", entry, allowed={"inventory", "url"})
    if "url" not in texts:
        raise _Wrong(f"complete; {name!r} lacks the key `url`")
    if not _is_web_address(texts["url"]):
        raise _Wrong(f"made of addresses that readers can open; the `url` of {name!r} is neither http nor https")
    return NoteProject(name, texts.get("inventory", ""), texts["url"])


def _is_web_address(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:  # an IPv6 address without its end
        return False
    return address.scheme in ("http", "https") and bool(address.hostname) and not any(map(str.isspace, text))


def _texts(name: str, entry: object, *, allowed: set[str]) -> dict[str, str]:
    """Return an inner dict of strings to strings with none but the allowed keys."""
    if not isinstance(entry, Mapping) or not all(isinstance(text, str) for text in entry.values()):
        raise _Wrong(f"made of dicts of strings; {name} is not one")
    unknown = sorted(str(key) for key in set(entry) - allowed)
    if unknown:
        raise _Wrong(f"without the unknown key {unknown[0]!r} of {name}; it may have {', '.join(sorted(allowed))}")
    return dict(entry)


def _accepted(value: object) -> tuple[Acceptance, ...]:
    if not isinstance(value, (list, tuple)):
        raise _Wrong(f"a list of dicts, not {_kind(value)}")
    return tuple(_acceptances(value))


def _acceptances(entries: list[object] | tuple[object, ...]) -> Iterator[Acceptance]:
    for number, entry in enumerate(entries, start=1):
        name = f"entry {number}"
        texts = _texts(name, entry, allowed={"code", "file", "text", "reason", "until"})
        if texts.get("code") not in CODES:
            raise _Wrong(f"made of documented codes; the `code` of {name} is {_shown(texts.get('code'))}")
        if not texts.get("reason", "").strip():
            raise _Wrong(f"complete; {name} gives no `reason`")
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
        raise _Wrong(f"complete; {name} needs a day `until`, written as 2027-01-31")
    return day
