"""The setting that says which projects' release notes may be cited, and where they are read: from raw values."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from affidavit.model import raw
from affidavit.model.note_sources import Anchors, Changelog, GitNotes, Inventory, NoteSource, Published, ReleaseList
from affidavit.model.settings import NoteProject

Entry = Mapping[str, str]

_EXTRA_KEYS: dict[str, tuple[str, ...]] = {"git": ("folder",), "changelog": ("anchors",)}
"""What may stand beside the key of a source; ``url`` may stand beside each."""

_PAGES = (Changelog, Published)
"""The sources of which ``url`` is the page itself; of the others it is a folder of pages."""


def projects(value: object) -> tuple[NoteProject, ...]:
    """Read ``{"NAME": {"SOURCE": PLACE, "url": ADDRESS}}``."""
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a dict of project to its source and `url`, not {raw.kind(value)}")
    if not all(isinstance(name, str) and name.strip() for name in value):
        raise raw.Wrong("a dict whose keys are the names of projects, as strings")
    _check_names(value)
    return tuple(_project(name, entry) for name, entry in value.items())


def _check_names(names: Iterable[str]) -> None:
    """Refuse names that people, or file systems, would take for one: Python itself sees to those that are the same."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(unicodedata.normalize("NFKC", name).casefold().strip(), name)
        if other != name:
            raise raw.Wrong(f"without two projects of one name; {other!r} and {name!r} are too alike")


def _project(name: str, entry: object) -> NoteProject:
    allowed = {"url", *_SOURCES, *(key for keys in _EXTRA_KEYS.values() for key in keys)}
    texts = raw.texts(f"{name!r}", entry, allowed=allowed)
    source = _source(name, texts)
    url = texts.get("url", source.place if isinstance(source, Published) else None)
    if url is None:
        raise raw.Wrong(f"complete; {name!r} lacks the key `url`")
    if not _is_web_address(url):
        raise raw.Wrong(f"made of addresses that readers can open; the `url` of {name!r} is neither http nor https")
    return NoteProject(name, source, url if isinstance(source, _PAGES) else f"{url.rstrip('/')}/")


def _source(name: str, texts: Entry) -> NoteSource:
    named = [key for key in _SOURCES if key in texts]
    if len(named) > 1:
        told = " and ".join(f"`{key}`" for key in named)
        raise raw.Wrong(f"clear; {name!r} has {told}, of which a project has one")
    key = named[0] if named else Inventory.key
    extra = sorted(set(texts) - {"url", key, *_EXTRA_KEYS.get(key, ())})
    if extra:
        raise raw.Wrong(f"without the key {extra[0]!r} of {name!r}, which no `{key}` has")
    return _SOURCES[key](name, texts)


def _changelog(name: str, texts: Entry) -> Changelog:
    anchors = texts.get("anchors")
    if anchors is not None and anchors not in set(Anchors):
        raise raw.Wrong(f"made of known words; the `anchors` of {name!r} must be one of {', '.join(Anchors)}")
    return Changelog(texts["changelog"], Anchors(anchors) if anchors else None)


_SOURCES: dict[str, Callable[[str, Entry], NoteSource]] = {
    "inventory": lambda _name, texts: Inventory(texts.get("inventory", "")),
    "git": lambda _name, texts: GitNotes(texts["git"], texts.get("folder", GitNotes("").folder)),
    "changelog": _changelog,
    "page": lambda _name, texts: Published(texts["page"]),
    "releases": lambda _name, texts: ReleaseList(texts["releases"]),
}
"""How each source is read, by its key."""


def _is_web_address(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:  # an IPv6 address without its end
        return False
    return address.scheme in ("http", "https") and bool(address.hostname) and not any(map(str.isspace, text))
