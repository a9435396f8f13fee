"""A published page of release notes: its headings, the anchors of these that will stay, and texts. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from affidavit.notes.documents.html_pieces import Anchor, End, Piece, Title, Words, pieces_of
from affidavit.notes.documents.outline import Entry, Part, entries_of

_AUTOMATIC = re.compile(r"(?:id|section-|toc-entry-|toc|heading-?|header-?)\d+")
"""Ids that are mere numbers: those of docutils, Sphinx and a few others."""

_NEAR = 20
"""Anchors before a heading that are looked at."""

_NO_HEADING = 7
"""A level below that of all headings."""


def entries(content: bytes) -> tuple[Entry, ...]:
    """Return the sections on a page; raise :class:`~affidavit.model.errors.SourceError` where there are none."""
    return entries_of(parts(content))


def parts(content: bytes) -> tuple[Part, ...]:
    """Return the headings of a page.

    Their anchors are labels that somebody gave them, or else ids that are made of a title which no other heading has.
    """
    drafts = tuple(_drafts(pieces_of(content)))
    number = Counter(_squashed(draft.title) for draft in drafts)
    return tuple(
        Part(draft.level, draft.title, "".join(draft.texts), _anchor(draft, unique=number[_squashed(draft.title)] == 1))
        for draft in drafts
    )


def texts_at(content: bytes, anchors: Iterable[str]) -> dict[str, str]:
    """Return the text of each section that has one of these anchors, up to where it ends; of those that are there."""
    pieces = pieces_of(content)
    places: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        if isinstance(piece, Anchor):
            places.setdefault(piece.name, at)
    return {anchor: _text(pieces, places[anchor]) for anchor in anchors if anchor in places}


class _Draft(Struct):
    """A heading while the text below it is read, with the anchors that lead to it, the nearest last."""

    level: int
    title: str
    anchors: tuple[Anchor, ...]
    texts: list[str] = field(default_factory=list)


def _drafts(pieces: Sequence[Piece]) -> Iterator[_Draft]:
    before: list[Anchor] = []
    draft: _Draft | None = None
    ended = False
    for piece in pieces:
        match piece:
            case Anchor():
                before = [*(each for each in before[-_NEAR:] if not (piece.wraps and each.wraps)), piece]
            case Title(level, text):
                if draft:
                    yield draft
                draft, before, ended = _Draft(level, text, tuple(before)), [], False
            case Words(text):
                before = [] if text.strip() else before
                if draft and not ended:
                    draft.texts.append(text)
            case End():
                before, ended = [], True
    if draft:
        yield draft


def _anchor(draft: _Draft, *, unique: bool) -> str:
    """Return the anchor of a heading: one that is not made of its title, or, for a title of its own, one that is."""
    names = [each.name for each in draft.anchors if not _is_numbered(each.name, draft.title)]
    made = [name for name in names if _is_made_of(name, draft.title)]
    labels = [name for name in names if name not in made]
    return next(iter([*labels, *made] if unique else labels), "")


def _is_numbered(name: str, title: str) -> bool:
    base = re.sub(r"[-_]?\d+$", "", name)
    return bool(_AUTOMATIC.fullmatch(name)) or (base != name and _is_made_of(base, title))


def _is_made_of(name: str, title: str) -> bool:
    """Return whether an anchor is what a tool makes of a title: of all its letters and digits, or of plain ones."""
    squashed, whole = _squashed(name), _squashed(title)
    plain = "".join(each for each in whole if each.isascii())
    return squashed in (whole, plain, plain.lstrip("0123456789"))


def _squashed(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if each.isalnum())


def _text(pieces: Sequence[Piece], at: int) -> str:
    start, level = _begin(pieces, at)
    texts = []
    for piece in pieces[start:]:
        match piece:
            case Words(text):
                texts.append(text)
            case Title(deeper, text) if deeper > level:
                texts.append(f" {text} ")
            case Title() | End():
                break
            case Anchor():
                pass
    return "".join(texts)


def _begin(pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    """Return where the text of an anchor begins, and the level of its heading: the next, or the one above."""
    for index in range(at, len(pieces)):
        match pieces[index]:
            case Title(level):
                return index + 1, level
            case Words(text) if not text.strip():
                pass
            case Anchor():
                pass
            case Words() | End():
                break
    return at, next((piece.level for piece in reversed(pieces[:at]) if isinstance(piece, Title)), _NO_HEADING)
