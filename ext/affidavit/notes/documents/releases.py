"""Lists of releases in JSON, as GitHub's interface gives them: from bytes to sections. Pure.

An array of objects with ``tag_name``, ``html_url``, ``body`` (Markdown) and ``draft``; drafts are for their authors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NoReturn

from msgspec import Struct

from affidavit.model.errors import SourceError
from affidavit.notes.documents.markdown import github_parts
from affidavit.notes.documents.outline import sections_of
from affidavit.notes.facts import Heading

ADVICE = "Name what `https://api.github.com/repos/OWNER/NAME/releases` answers, or a file with that."
_LONGEST = 1024 * 1024
"""Bytes that the text of one release may have; GitHub's own have 125,000 characters at most."""

_SHOWN = 200


class Release(Struct, frozen=True):
    """A release that is published: the tag, its page, and its notes in Markdown."""

    tag: str
    page: str
    body: str


class Listed(Struct, frozen=True):
    """A page of the list: how many entries it has, and those of them that are published."""

    number: int
    releases: tuple[Release, ...]


def listed(content: bytes) -> Listed:
    """Return what one answer lists; raise :class:`SourceError` for one that is not such a list."""
    raw = _parsed(content)
    if isinstance(raw, dict) and isinstance(raw.get("message"), str):
        _refuse(f"The answer is a message, not a list: “{_shown(raw['message'])}”.")
    if not isinstance(raw, list):
        _refuse("It is JSON, but not a list of releases.")
    return Listed(len(raw), tuple(_releases(raw)))


def texts(releases: Iterable[Release], url: str) -> dict[Heading, str]:
    """Return the texts of all sections; each stands on the page of its release, which is below ``url``.

    Raise :class:`SourceError` where it is not, or where no release has a section.
    """
    found: dict[Heading, list[str]] = {}
    for release in releases:
        for title, text in _sections(release):
            found.setdefault(Heading("", release.tag, title, _target(release, url)), []).append(text)
    if not found:
        advice = "References need sections; name a source that has headings such as `Added` in the notes of releases."
        raise SourceError("None of the releases has a section with a heading.", advice=advice)
    return {heading: "\n".join(each) for heading, each in found.items()}


def _sections(release: Release) -> Iterator[tuple[str, str]]:
    if len(release.body) > _LONGEST:
        _refuse(f"The notes of `{release.tag}` have more than {_LONGEST // 2**20} MiB.")
    return sections_of(github_parts(release.body))


def _target(release: Release, url: str) -> str:
    if release.page.startswith(url):
        return release.page.removeprefix(url)
    folder = release.page.rpartition("/tag/")[0] or release.page.rpartition("/")[0]
    problem = f"The page of `{release.tag}` is {release.page}, which is not below the `url` of the project, {url}."
    raise SourceError(problem, advice=f"Set `url` to `{folder}/`.")


def _parsed(content: bytes) -> object:
    if not content.strip():
        _refuse("It is empty.")
    if content.lstrip()[:1] == b"<":
        _refuse("What is there is a web page, not JSON.")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse("It is no text in UTF-8.")
    except json.JSONDecodeError as error:
        text = error.doc.strip()
        cut = text.startswith("[") and not text.endswith("]")
        _refuse("It was cut short." if cut else f"It is no JSON: see line {error.lineno} ({error.msg}).")
    except ValueError:  # what is left: an integer of thousands of digits
        _refuse("It holds a number that is too long to be read.")
    except RecursionError:
        _refuse("It is nested too deeply to be read.")


def _releases(entries: list[object]) -> Iterator[Release]:
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            _refuse(f"Entry {number} is no release.")
        if entry.get("draft") is not True:
            yield Release(_field(entry, "tag_name", number), _field(entry, "html_url", number), _body(entry, number))


def _field(entry: dict[str, object], key: str, number: int) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        _refuse(f"Entry {number} lacks `{key}`.")
    return _writable(value.strip())


def _body(entry: dict[str, object], number: int) -> str:
    """Return the notes of a release, which it need not have."""
    body = entry.get("body")
    if body is not None and not isinstance(body, str):
        _refuse(f"The `body` of entry {number} is no text.")
    return _writable(body or "")


def _writable(text: str) -> str:
    """Return a text that can be written: JSON can spell half of a surrogate pair, UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _shown(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text[:_SHOWN])


def _refuse(problem: str) -> NoReturn:
    raise SourceError(problem, advice=ADVICE)
