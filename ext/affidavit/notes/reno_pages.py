"""Which release notes the pages of a site list: the ``release-notes`` directives of their reStructuredText. Pure.

The options are reno's own, as its documentation lists them; here each is read as its directive reads it. What stands in
literal blocks and comments is text that shows how to write one, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from affidavit.model.errors import SourceError

FOLDER = "releasenotes"
"""The folder of notes and pages where nothing else is said."""

_OPTIONS = frozenset({
    "branch", "reporoot", "relnotessubdir", "notesdir", "version", "collapse-pre-releases", "earliest-version",
    "stop-at-branch-base", "ignore-notes", "unreleased-version-title",
})  # fmt: skip

_SHOWN = frozenset({"code", "code-block", "sourcecode", "parsed-literal", "raw", "math", "prompt"})
"""Directives whose content is shown as it is."""

_FIELD = re.compile(r":(?![: ])((?:[^:\\]|\\.|:(?!(?:[ `]|$)))*)(?<! ):(?: +|$)(.*)")
_DIRECTIVE = re.compile(r"\.\. +([\w][\w.+:-]*?) ?::(?: +(.*)|$)", re.DOTALL)


class Listing(Struct, frozen=True):
    """One directive: which notes its page lists, and how.

    ``page`` is the page's name without its suffix. ``branch`` is empty for the one that is checked out; of options that
    are ``None`` reno's configuration decides. ``versions`` are all where none is named, and ``ignored`` are
    notes that are left out.
    """

    page: str
    title: str = ""
    branch: str = ""
    folder: str = FOLDER
    notes: str | None = None
    versions: tuple[str, ...] | None = None
    earliest: str | None = None
    unreleased: str | None = None
    ignored: tuple[str, ...] = ("",)


def listings(page: str, text: str) -> Iterator[Listing]:
    """Give the listings of a page, from top to bottom; raise :class:`SourceError` for options that reno refuses."""
    lines = [line.rstrip() for line in text.expandtabs(8).splitlines()]
    at = 0
    while at < len(lines):
        line = lines[at].lstrip()
        end = _end(lines, at)
        directive = _DIRECTIVE.fullmatch(line)
        if directive and directive[1].lower() == "release-notes":
            yield _listing(page, [directive[2] or "", *_dedented(lines[at + 1 : end])])
            at = end
        else:
            at = end if _hides(line, directive) else at + 1


def _hides(line: str, directive: re.Match[str] | None) -> bool:
    """Return whether what is indented below a line is shown, or left out, and not read."""
    if directive:
        return directive[1].lower() in _SHOWN
    return line.endswith("::") or line == ".." or line.startswith(".. ")


def _end(lines: Sequence[str], start: int) -> int:
    """Return the number of the first line that is not indented below one."""
    indent = _indent(lines[start])
    at = start + 1
    while at < len(lines) and (not lines[at] or _indent(lines[at]) > indent):
        at += 1
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _dedented(lines: Sequence[str]) -> list[str]:
    indent = min((_indent(line) for line in lines if line), default=0)
    return [line[indent:] for line in lines]


def _listing(page: str, block: Sequence[str]) -> Listing:
    """Return what a directive says: text first, options behind it, and then, after a blank line, text again."""
    lines = block if block[0] else block[1:]
    head = lines[: lines.index("")] if "" in lines else lines
    first = next((at for at, line in enumerate(head) if _FIELD.match(line)), len(head))
    options = _options(page, head[first:])
    content = "\n".join([*head[:first], *lines[len(head) :]]).strip("\n").split("\n")
    return Listing(
        page,
        " ".join(content),
        options.get("branch", ""),
        options.get("relnotessubdir", FOLDER),
        options.get("notesdir"),
        _names(options["version"]) if "version" in options else None,
        options.get("earliest-version"),
        options.get("unreleased-version-title"),
        _names(options.get("ignore-notes", "")),
    )


def _options(page: str, lines: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if field := _FIELD.match(line):
            name = field[1].lower()
            found[_known(page, name)] = field[2].strip()
        else:
            found[name] = f"{found[name]}\n{line.strip()}".strip()
    return found


def _known(page: str, option: str) -> str:
    if option not in _OPTIONS:
        problem = f"The page `{page}` gives its `release-notes` the option `{option}`, which reno does not know."
        raise SourceError(problem, advice="Correct the page, and commit it.")
    return option


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(","))
