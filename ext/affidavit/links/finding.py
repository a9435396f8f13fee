"""Which of the marks that were looked for a text, or a page, has. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import assert_never
from urllib.parse import unquote

from msgspec import Struct

from affidavit.links.folding import flattened, folded, speaks_of
from affidavit.links.fragments import read_text
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.markup import Markup, parse
from affidavit.links.scripted import PREFIX, embedded
from affidavit.links.text_search import has_text


class Found(Struct, frozen=True):
    """The marks that are there, and those that are not, by name, sorted; ``whole`` is that no other was looked for."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    whole: bool = False


Tell = Callable[[Mark], bool | None]
"""Says of a mark whether it is there; ``None`` is that nobody can tell."""


def found(marks: Collection[Mark], tell: Tell, *, ended: bool) -> Found:
    """Return what can be said of marks; of a part of a body, none can be said to be absent."""
    told = {str(mark): tell(mark) for mark in marks}
    present = sorted(name for name, answer in told.items() if answer)
    absent = sorted(name for name, answer in told.items() if answer is False) if ended else ()
    return Found(tuple(present), tuple(absent), ended and None not in told.values())


def nobody_tells(_: Mark) -> None:
    """Tell nothing: of a body in which nothing can be looked for."""


class InText(Struct, frozen=True):
    """Tells of a text without markup; ``words`` and ``flat`` are it, prepared for what is looked for."""

    text: str
    words: str
    flat: str

    @classmethod
    def of(cls, text: str, marks: Iterable[Mark]) -> InText:
        """Prepare a text for what is looked for in it."""
        kinds = {mark.kind for mark in marks}
        words = folded(text) if MarkKind.WORD in kinds else ""
        return cls(text, words, flattened(text) if MarkKind.TEXT in kinds else "")

    def __call__(self, mark: Mark) -> bool | None:
        """Say whether a mark is there; a text without markup has no sections."""
        match mark.kind:
            case MarkKind.LINE:
                return int(mark.text) <= lines_in(self.text)
            case MarkKind.WORD:
                return _speaks(self.words, mark.text)
            case MarkKind.TEXT:
                return _says(self.flat, mark.text)
            case MarkKind.ANCHOR | MarkKind.RENDERED | MarkKind.PAGE:
                return None
            case _:  # pragma: no cover
                assert_never(mark.kind)


class OnPage(Struct, frozen=True):
    """Tells of a page; ``text`` is what readers see of it, prepared, and all that it says of itself."""

    page: Markup
    text: InText

    def __call__(self, mark: Mark) -> bool | None:
        """Say whether a mark is there; pages of the web have neither lines nor pages, but may have such ids."""
        match mark.kind:
            case MarkKind.ANCHOR:
                return has_element(self.page, mark.text)
            case MarkKind.RENDERED:
                return _has_rendered(self.page, mark.text)
            case MarkKind.PAGE:
                return has_element(self.page, f"page={mark.text}") or None
            case MarkKind.LINE:
                return None
            case MarkKind.WORD | MarkKind.TEXT:
                return self.text(mark)
            case _:  # pragma: no cover
                assert_never(mark.kind)


def lines_in(text: str) -> int:
    """Count lines; what stands behind the last line break is a line if it is anything."""
    return text.count("\n") + (not text.endswith("\n") and bool(text))


def has_element(page: Markup, fragment: str) -> bool:
    """Return whether browsers find the element that a fragment names: as it is, then decoded."""
    return any(map(page.has, _names(fragment)))


def _names(fragment: str) -> Iterator[str]:
    yield fragment
    if "%" in fragment:
        yield unquote(fragment)


def _has_rendered(page: Markup, fragment: str) -> bool | None:
    """Look on a page of a code host; one that shows nothing of what authors wrote may do so later, by scripts."""
    shown = f"{PREFIX}{fragment}"
    if has_element(page, fragment) or has_element(page, shown):
        return True
    rendered = page.tree.css_first(f'[id^="{PREFIX}"], a[name^="{PREFIX}"]') is not None
    for text in embedded(page):
        part = parse(text, xml=False)
        if part and (has_element(part, shown) or has_element(part, fragment)):
            return True
        rendered = rendered or part is not None
    return False if rendered else None


def _speaks(words: str, term: str) -> bool | None:
    return speaks_of(words, term) if folded(term).strip() else None


def _says(flat: str, text: str) -> bool | None:
    directive = read_text(text)
    return has_text(flat, directive) if directive and directive.start.strip() else None
