"""What is to be asked so that a link can be judged. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from affidavit.links.address import Address, read_address
from affidavit.links.marks import Mark, MarkKind, Question


def question(url: str, words: Iterable[str] = ()) -> Question | None:
    """Return which page to ask for and what to look for on it; ``None`` where nobody can be asked.

    ``words`` are those of which the page is to speak.
    """
    address = read_address(url)
    if not isinstance(address, Address):
        return None
    marks = {Mark(MarkKind.WORD, word) for word in words}
    if address.fragment:
        marks.add(Mark(MarkKind.ANCHOR, address.fragment))
    return Question(address.request, frozenset(marks))


def united(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return one question a page, in the order of the pages' first, so that each is asked for once."""
    marks: dict[str, frozenset[Mark]] = {}
    for each in questions:
        marks[each.url] = marks.get(each.url, frozenset()) | each.marks
    return tuple(Question(url, wanted) for url, wanted in marks.items())
