"""Reading the pages of a finished site, by several processes where there are many."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from affidavit.links.charset import decoded
from affidavit.links.site.markup import parse, read_markup
from affidavit.links.site.page import Page, Unread, is_template, page_of
from affidavit.model.errors import AffidavitError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

LARGEST = 64 * 2**20
"""Bytes of a page; parsed, it takes several times as much memory."""

_WORTH_IT = 4 * 2**20
"""Bytes of pages from which on several processes are done sooner than one, their own start included."""

_CHUNK = 2**20
"""Bytes of pages that a process is given at a time, so that all are done at about the same time."""


def scan(root: str, pages: Sequence[tuple[str, int]], jobs: int = 0) -> list[Page | Unread]:
    """Read pages, given with their sizes in bytes, and return what they hold, in their order, without templates.

    ``jobs`` is the most processes to use, 0 as many as this one may have processors.
    """
    processes = min(jobs or _processors(), _processors(), len(pages))
    if processes <= 1 or sum(size for _, size in pages) < _WORTH_IT:
        return read_pages(root, pages)
    return _scan_at_once(root, pages, processes)


def read_text(root: str, path: str) -> str:
    """Return the text of a page; raise `OSError` where it cannot be read."""
    with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123 -- names that are no text stay as the system gave them
        data = file.read()
    return data.decode("ascii") if data.isascii() else decoded(data)


def read_pages(root: str, pages: Sequence[tuple[str, int]]) -> list[Page | Unread]:
    """Read pages one after the other."""
    read: list[Page | Unread] = []
    parser = None
    for path, size in pages:
        try:
            text = _within_bounds(root, path, size)
        except OSError as error:
            read.append(Unread(path, error.strerror or str(error)))
            continue
        if not is_template(text):
            parser = parse(text, xml=is_xml(path))  # the one before is let go only now: see there
            read.append(page_of(path, text, read_markup(parser)))
    return read


def is_xml(path: str) -> bool:
    """Return whether servers give a page as XML."""
    return path.lower().endswith(".xhtml")


def _within_bounds(root: str, path: str, size: int) -> str:
    if size > LARGEST:
        raise OSError(f"it is larger than {LARGEST // 2**20} MiB")
    return read_text(root, path)


def _scan_at_once(root: str, pages: Sequence[tuple[str, int]], processes: int) -> list[Page | Unread]:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 -- only where it is worth its time

    pool = _pool(processes)
    try:
        return list(chain.from_iterable(pool.map(partial(read_pages, root), list(_chunks(pages)))))
    except BrokenProcessPool:
        problem = "A process that read pages was ended by the system, most likely for want of memory."
        raise AffidavitError(problem, advice="Run the check with `--jobs 1`.") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 -- likewise
    from multiprocessing import get_all_start_methods, get_context  # noqa: PLC0415 -- likewise

    # A copy of this process starts soonest, but only one thread may be there to be copied.
    copied = "fork" in get_all_start_methods() and threading.active_count() == 1
    context = get_context("fork" if copied else None)
    return ProcessPoolExecutor(processes, context, initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(pages: Sequence[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    chunk: list[tuple[str, int]] = []
    held = 0
    for page in pages:
        chunk.append(page)
        held += page[1]
        if held >= _CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _processors() -> int:
    with suppress(AttributeError):  # there on Linux only
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
