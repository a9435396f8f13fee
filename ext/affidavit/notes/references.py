"""References to release notes as authors write them. Pure.

``[project:]release#section``, where a release is a version (``15.0.0``), a series (``pike``), or ``series/version``
where a version stands in two series; behind it, in quotes, words that the section must say. In the option of a card,
which lists several, one may have a text of its own, as roles have: ``Text <pike#known-issues>``.
"""

from __future__ import annotations

import re

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, finding

RESERVED = frozenset('<>"`“”„')
"""Characters that no name in a reference has, so that its parts, and later forms of it, can be told apart."""

_PART = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^,\n])+')
_OWN_TEXT = re.compile(r"(?s)(?P<text>[^<>]*\S)\s*<(?P<target>[^<>]*)>")
_QUOTING = re.compile(r'([^"]*)((?:"[^"]*"\s*)*)')
_WORDS = re.compile(r'"([^"]*)"')


def split_targets(text: str) -> tuple[str, ...]:
    """Return the references of an option that lists several, between commas or on lines of their own."""
    return tuple(target for part in _PART.findall(text) if (target := part.strip()))


def parse_entry(text: str, place: Place) -> NoteRef | Finding:
    """Return the reference that an entry of such an option is, perhaps with a text of its own."""
    own = _OWN_TEXT.fullmatch(text.strip())
    return parse_target(own["target"], place, shown=_on_one_line(own["text"])) if own else parse_target(text, place)


def parse_target(text: str, place: Place, *, shown: str = "") -> NoteRef | Finding:
    """Return the reference that a text is, or the finding that it is none.

    A bare ``#section`` is one: only the lock can tell what it may have meant.
    """
    target = _on_one_line(text)
    name, words = _parted(target)
    head, _, section = name.partition("#")
    project, colon, release = head.rpartition(":")
    ref = NoteRef(project.strip(), release.strip(), section.strip(), target, place, words, shown)
    if fault := _fault(ref, name, has_project=bool(colon)):
        return finding(Code.NOTE_MALFORMED, place, f"`{target}` is no reference to release notes: {fault}.")
    return ref


def _parted(target: str) -> tuple[str, tuple[str, ...]]:
    """Part a reference from the words in quotes behind it; quotes that stand elsewhere stay in it, and are a fault."""
    quoting = _QUOTING.fullmatch(target)
    if quoting is None:
        return target, ()
    return quoting[1].rstrip(), tuple(map(_on_one_line, _WORDS.findall(quoting[2])))


def _fault(ref: NoteRef, name: str, *, has_project: bool) -> str:
    """Return what keeps a text from being a reference; empty if nothing does."""
    faults = (
        (not name, "it is empty"),
        (name.count('"') == 1, "a quotation mark lacks its pair"),
        ("#" not in name, "it lacks a `#` with the section"),
        ("#" in ref.section, "it has more than one `#`"),
        (":" in ref.project, "it has more than one `:` before the `#`"),
        (
            bool(RESERVED & set(name)),
            "it has quotes or angle brackets in its midst; words stand behind it, in straight ones",
        ),
        (re.search(r"\w", ref.section) is None, "it names no section behind the `#`"),
        (has_project and not ref.project, "it names no project before the `:`"),
        (bool(ref.release) and "" in map(str.strip, ref.release.split("/")), "a name is missing beside the `/`"),
        (any(re.search(r"\w", words) is None for words in ref.words), "there are no words between its quotes"),
    )
    return next((told for wrong, told in faults if wrong), "")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
