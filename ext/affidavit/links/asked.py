"""What is to be asked so that a link can be judged. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import assert_never

from affidavit.links.address import Address, read_address, usual_request
from affidavit.links.fragments import element_of, places_of, texts_of
from affidavit.links.marks import Mark, MarkKind, Question
from affidavit.links.quirk_table import Asks, Quirk
from affidavit.links.quirks import lines_of, quirk_of, raw_of


def question(url: str, words: Collection[str] = ()) -> Question | None:
    """Return which page to ask for and what to look for on it; ``None`` where nobody can be asked.

    ``words`` are those of which the page is to speak. The page is the link's own, or the file that a page of a code
    host shows the lines of.
    """
    if not words and (request := usual_request(url)):
        return Question(request)
    address = read_address(url)
    if not isinstance(address, Address):
        return None
    if not address.fragment and not words:
        return Question(address.request)
    row = quirk_of(address)
    page = raw_of(row, address) if row and row.asks is Asks.LINES else address.request
    return Question(page, marks_of(address).union(Mark(MarkKind.WORD, word) for word in words))


def marks_of(address: Address) -> frozenset[Mark]:
    """Return what the fragment of an address asks of its page."""
    if not address.fragment:
        return frozenset()
    row = quirk_of(address)
    places = _places(row, address) if row else places_of(element_of(address.fragment))
    return frozenset([*places, *texts_of(address.fragment)])


def united(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return one question a page, in the order of the pages' first, so that each is asked for once."""
    every = tuple(questions)
    if len({each.url for each in every}) == len(every):
        return every
    pages: dict[str, Question] = {}
    for each in every:
        first = pages.setdefault(each.url, each)
        if first is not each and not each.marks <= first.marks:
            pages[each.url] = Question(each.url, first.marks | each.marks)
    return tuple(pages.values())


def _places(row: Quirk, address: Address) -> Iterable[Mark]:
    match row.asks:
        case Asks.PAGE:
            return ()
        case Asks.SECTION:
            return places_of(element_of(address.fragment))
        case Asks.RENDERED:
            return map(_rendered, places_of(element_of(address.fragment)))
        case Asks.LINES:
            return (Mark(MarkKind.LINE, str(line)) for line in lines_of(row, address)[-1:])
        case Asks.LINE_IDS:
            return (Mark(MarkKind.ANCHOR, row.line_id.format(line)) for line in lines_of(row, address))
        case _:  # pragma: no cover
            assert_never(row.asks)


def _rendered(mark: Mark) -> Mark:
    return Mark(MarkKind.RENDERED, mark.text) if mark.kind is MarkKind.ANCHOR else mark
