"""Python's search for cycles during a check: rare, and none more at its end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import ref

from affidavit.cli.collector import few_collections

MANY = 20_000
"""More than Python lets be made without a search, and fewer than a check does."""


@contextmanager
def searches() -> Iterator[list[int]]:
    """Take note of the generations that are searched."""
    seen: list[int] = []

    def note(phase: str, of: dict[str, int]) -> None:
        if phase == "start":
            seen.append(of["generation"])

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def test_what_a_check_makes_is_not_searched_while_it_goes_on_nor_at_its_end() -> None:
    with searches() as during:
        with few_collections():
            made: list[list[int]] = [[] for _ in range(MANY)]
        made.extend([] for _ in range(10))
    assert during == []
    with searches() as behind:
        made.extend([] for _ in range(MANY))
    assert behind


class Cycle:
    """An object that nothing but a search takes back."""

    def __init__(self) -> None:
        self.own = self


def test_what_was_made_can_be_found_later() -> None:
    with few_collections():
        made = ref(Cycle())
    assert made() is not None
    gc.collect()
    assert made() is None
