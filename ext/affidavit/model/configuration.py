"""From the raw values of ``conf.py`` to :class:`~affidavit.model.settings.Settings`, with every problem found.

Nothing raises: a value that is not right gives a finding, and its default is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.releases import Release, Releases
from affidavit.model.settings import Acceptance, NoteProject, Online, Settings
from affidavit.model.verdicts import Finding, finding

CONF = Place("conf.py")
CODES = {str(code): code for code in Code}
T = TypeVar("T")


class _Wrong(ValueError):
    """A raw value is not of the form that its setting takes; the text completes "NAME must be ..."."""


def read_settings(raw: Mapping[str, object]) -> tuple[Settings, tuple[Finding, ...]]:
    """Read the settings named ``affidavit_*``; a name that is absent has its default.

    Return the settings and a finding for each value that could not be used.
    """
    reader = _Reader(raw)
    settings = Settings(
        releases=reader.read("affidavit_releases", _releases, Releases()),
        release=reader.read("affidavit_release", _text, ""),
        projects=reader.read("affidavit_release_notes", _projects, ()),
        lock=reader.read("affidavit_release_notes_lock", _text, Settings().lock),
        online=reader.read("affidavit_online", _online, Online.AUTO),
        accepted=reader.read("affidavit_accepted", _accepted, ()),
    )
    return settings, tuple(reader.findings)


@dataclass(slots=True)
class _Reader:
    """Reads one raw value after the other and keeps what went wrong."""

    raw: Mapping[str, object]
    findings: list[Finding] = field(default_factory=list)

    def read(self, name: str, parse: Callable[[object], T], default: T) -> T:
        value = self.raw.get(name)
        if value is None:
            return default
        try:
            return parse(value)
        except _Wrong as wrong:
            self.findings.append(finding(Code.SETTING_INVALID, CONF, f"`{name}` must be {wrong}."))
            return default


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"a string, not {_kind(value)}")
    return value.strip()


def _kind(value: object) -> str:
    return type(value).__name__


def _online(value: object) -> Online:
    if not isinstance(value, str) or value not in set(Online):
        raise _Wrong(f"one of {', '.join(map(repr, map(str, Online)))}, not {value!r}")
    return Online(value)


def _releases(value: object) -> Releases:
    """Read ``{"15.0.0": "pike", ...}``, or a plain list of versions where there are no series."""
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, (list, tuple)):
        pairs = [(version, "") for version in value]
    else:
        raise _Wrong(f"a dict of version to series, or a list of versions, not {_kind(value)}")
    if not all(isinstance(part, str) for pair in pairs for part in pair):
        raise _Wrong("made of strings only; put the versions in quotes")
    if len({version for version, _ in pairs}) < len(pairs):
        raise _Wrong("without repetition; a version stands in it twice")
    return Releases(tuple(Release(version, series) for version, series in pairs))


def _projects(value: object) -> tuple[NoteProject, ...]:
    if not isinstance(value, Mapping):
        raise _Wrong(f"a dict of project to its `inventory` and `url`, not {_kind(value)}")
    return tuple(_project(name, entry) for name, entry in value.items())


def _project(name: object, entry: object) -> NoteProject:
    texts = _texts(f"{name!r}", entry, allowed={"inventory", "url"})
    if "url" not in texts:
        raise _Wrong(f"complete; {name!r} lacks the key `url`")
    if not _is_web_address(texts["url"]):
        raise _Wrong(f"made of addresses that readers can open; the `url` of {name!r} is neither http nor https")
    return NoteProject(str(name), texts.get("inventory", ""), texts["url"])


def _is_web_address(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:  # an IPv6 address without its end
        return False
    return address.scheme in ("http", "https") and bool(address.hostname)


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
            raise _Wrong(f"made of documented codes; the `code` of {name} is {texts.get('code')!r}")
        if not texts.get("reason", "").strip():
            raise _Wrong(f"complete; {name} gives no `reason`")
        yield Acceptance(
            CODES[texts["code"]], texts.get("file", ""), texts.get("text", ""), texts["reason"], _day(name, texts)
        )


def _day(name: str, texts: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(texts.get("until", ""))
    except ValueError:
        raise _Wrong(f"complete; {name} needs a day `until`, written as 2027-01-31") from None
