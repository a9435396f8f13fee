"""The files that links are written in: reading them, and writing them back with new URLs and nothing else changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path, PurePath

from msgspec import Struct

from affidavit.files import replace_bytes
from affidavit.links.bare import bare
from affidavit.links.literal import Markup, literals
from affidavit.links.rewrite import rewrite
from affidavit.model.claims import Link
from affidavit.model.errors import AffidavitError

_MARKUPS = {".rst": Markup.RST, ".rest": Markup.RST, ".md": Markup.MYST, ".markdown": Markup.MYST, ".myst": Markup.MYST}
_EITHER = frozenset({"", ".txt", ".inc"})
"""Endings that say nothing: such a file is written in what the file that includes it is, by itself reStructuredText."""

_INCLUDE = re.compile(
    r"^[ \t]*(?:\.\.[ \t]+include::|(?:`{3,}|:{3,}|~{3,})[ \t]*\{include\})[ \t]+([^\s<][^\r\n]*)", re.MULTILINE
)


class Edit(Struct, frozen=True):
    """What is to become of a file: ``name`` is the file as it is shown, ``old`` and ``new`` are its text.

    Bytes that are not UTF-8 are kept in the texts as halves of surrogate pairs, and a byte order mark as a character,
    so that each text stands for one sequence of bytes. ``count`` is how many URLs are replaced.
    """

    path: Path
    name: str
    old: str
    new: str
    count: int

    def diff(self) -> str:
        """Return the difference in the unified form, as ``patch`` takes it."""
        lines = unified_diff(_lines(self.old), _lines(self.new), self.name, self.name)
        return "".join(lines).removesuffix("\n")

    def write(self) -> None:
        """Replace the file, whole; raise `AffidavitError` where that cannot be, or where it is not as it was read."""
        try:
            if _decoded(self.path.read_bytes()) != self.old:
                raise AffidavitError(f"{self.name} was changed meanwhile, and is left alone.", advice="Run it again.")
            replace_bytes(self.path, self.new.encode("utf-8", "surrogateescape"))
        except OSError as error:
            advice = "It is as it was. See that it can be written to, and run the command again."
            raise AffidavitError(f"{self.name} cannot be written ({error.strerror}).", advice=advice) from None


class Plan(Struct, frozen=True):
    """The edits that put new URLs in place, and the links whose URL does not stand in their sources as it is."""

    edits: tuple[Edit, ...]
    missing: tuple[Link, ...]


def plan(folder: Path, links: Iterable[Link], changes: Mapping[str, str], *, linkify: bool = True) -> Plan:
    """Find where old URLs, the keys of ``changes``, stand in the sources of the links that have them; write nothing.

    Places are relative to ``folder``. Looked at are the files in which such a link stands, and what these include.
    ``linkify`` tells that bare URLs in MyST are links too.
    """
    concerned = [link for link in links if link.url in changes]
    edits: dict[Path, Edit] = {}
    missing = []
    for file in sorted({link.place.file for link in concerned}):
        found = set()
        for path, markup in _with_included(folder, folder / file):
            edit, standing = _edit(path, markup, changes, linkify=linkify)
            found |= standing
            if standing:
                edits[path] = edit
        missing += [link for link in concerned if link.place.file == file and link.url not in found]
    return Plan(tuple(edits.values()), tuple(dict.fromkeys(missing)))


def _edit(path: Path, markup: Markup, changes: Mapping[str, str], *, linkify: bool) -> tuple[Edit, set[str]]:
    old = _read(path)
    text = bare(old) if markup is Markup.MYST and not linkify else ()
    rewritten = rewrite(old, changes, (*literals(old, markup), *text))
    count = sum(rewritten.counts.values())
    return Edit(path, path.as_posix(), old, rewritten.text, count), set(rewritten.counts)


def _with_included(folder: Path, path: Path) -> Iterator[tuple[Path, Markup]]:
    """Yield a source and all that it includes, each once."""
    waiting = [(Path(os.path.normpath(path)), Markup.RST)]
    known: set[Path] = set()
    while waiting:
        current, outer = waiting.pop()
        markup = _markup(current, outer)
        if markup is None or current in known:
            continue
        known.add(current)
        yield current, markup
        waiting += [(each, markup) for each in _included(folder, current)]


def _markup(path: PurePath, outer: Markup) -> Markup | None:
    """Return what a file is written in, ``None`` for what is no source, as a module whose docstring a page shows."""
    ending = path.suffix.lower()
    return outer if ending in _EITHER else _MARKUPS.get(ending)


def _included(folder: Path, path: Path) -> Iterator[Path]:
    for match in _INCLUDE.finditer(_read(path)):
        name = match[1].strip()
        base = folder if name.startswith("/") else path.parent
        yield Path(os.path.normpath(base / name.lstrip("/")))


def _read(path: Path) -> str:
    """Return what a file holds; one that is not there, or cannot be read, holds no link."""
    try:
        return _decoded(path.read_bytes())
    except (OSError, ValueError):
        return ""


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; one that has none says so, as ``diff`` does."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
