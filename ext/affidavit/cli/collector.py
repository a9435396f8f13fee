"""Python's search for cycles, made rare while a check goes on, and left out behind it."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (100_000, 20, 50)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look seldom for cycles of objects that nobody needs any more.

    A check makes many small values and needs them all to its end. Searching them again and again took a tenth of the
    processor time of a check of 10,000 URLs, and freed nothing.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.freeze()  # else all that was made would be searched once more now, before anybody could leave
        gc.set_threshold(*usual)
        gc.unfreeze()


def leave_at_once() -> None:
    """Let the program end without a last search for cycles.

    It would go through all that a check has made, and the system takes all memory back at once anyway.
    """
    atexit.unregister(gc.freeze)  # a program may run the command several times
    atexit.register(gc.freeze)
