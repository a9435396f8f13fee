"""A list of URLs to check: one a line, in a file or on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from affidavit.cli.collector import few_collections
from affidavit.cli.outcome import UsageError, tell
from affidavit.gathered import Gathered
from affidavit.links.address import OtherScheme, read_address
from affidavit.model.claims import Corpus, Link, Page
from affidavit.model.place import Place
from affidavit.model.settings import EVERY_LINK, Settings
from affidavit.reports.words import count

STANDARD_INPUT = Path("-")
_WEB = ("http://", "https://")


def gather(path: Path, name: str) -> Gathered:
    """Return the links of a list, each at its line; blank lines and those that begin with ``#`` are passed over.

    ``name`` is what their places call the list. What is no URL at all is a finding; what is neither http nor https is
    told in a line, and passed over. Raise :class:`UsageError` where there is no such list, or no URL in it.
    """
    lines = _read(path).split("\n")
    with few_collections():
        links = [*_links(lines, name)]
        asked = tuple([link for link in links if link.url.startswith(_WEB) or _is_web(link.url)])
    if not asked:
        raise UsageError(f"There is no http or https URL in {_shown(path)}.", advice="Write one on each line.")
    if passed := len(links) - len(asked):
        tell(f"{count(passed, 'line')} of {_shown(path)} passed over: neither http nor https.")
    return Gathered(Corpus((Page(links=asked),)), Settings(links=EVERY_LINK))


def name_of(path: Path) -> str:
    """Return the name of a list as places have it."""
    return "<stdin>" if path == STANDARD_INPUT else path.as_posix()


def _links(lines: list[str], name: str) -> Iterator[Link]:
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield Link(text, Place(name, number))


def _is_web(url: str) -> bool:
    """Tell what is meant to be an address of the web, however it begins; whether it can be asked shows when it is."""
    return not isinstance(read_address(url), OtherScheme)


def _read(path: Path) -> str:
    try:
        return (_standard_input() if path == STANDARD_INPUT else path.read_bytes()).decode("utf-8-sig")
    except UnicodeDecodeError:
        advice = "Save it in that encoding; URLs in other scripts are read so, too."
        raise UsageError(f"{_shown(path, 'S')} is not in UTF-8.", advice=advice) from None
    except IsADirectoryError:
        advice = "Name a file, or check a finished site with `--site`."
        raise UsageError(f"`{path}` is a folder, not a list of URLs.", advice=advice) from None
    except OSError as error:
        advice = "Name a file with one URL a line, or `-` for standard input."
        raise UsageError(f"{_shown(path, 'S')} cannot be read ({error.strerror}).", advice=advice) from None


def _standard_input() -> bytes:
    return sys.stdin.buffer.read() if sys.stdin else b""  # there is none as under pythonw, or where it is closed


def _shown(path: Path, first: str = "s") -> str:
    return f"{first}tandard input" if path == STANDARD_INPUT else f"`{path}`"
