"""Which row of the table of quirks speaks of an address, and what it says. Pure."""

from __future__ import annotations

import re

from affidavit.links.address import Address, read_address
from affidavit.links.fragments import element_of
from affidavit.links.quirk_table import QUIRKS, Missing, Quirk

_DIGITS = 9
"""No file has more lines than that many digits can write."""


def quirk_of(address: Address) -> Quirk | None:
    """Return the row that speaks of an address; an address without a fragment needs none."""
    element = element_of(address.fragment)
    path = address.target.partition("?")[0]
    return next((row for row in QUIRKS if _fits(row, address.host, path, element)), None) if element else None


def made_by_scripts(url: str) -> bool:
    """Return whether scripts may make what a link points to, so that a page that lacks it shows nothing."""
    address = read_address(url)
    row = quirk_of(address) if isinstance(address, Address) else None
    return row is not None and row.missing is Missing.OPEN


def _fits(row: Quirk, host: str, path: str, element: str) -> bool:
    if row.hosts and not any(_is_of(host, each) for each in row.hosts):
        return False
    return bool(_match(row.fragment, element)) and bool(_match(row.path, path))


def _is_of(host: str, pattern: str) -> bool:
    domain = pattern.removeprefix("*.")
    return host == domain or (domain != pattern and host.endswith(f".{domain}"))


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern or ".*", text, re.DOTALL)  # kept compiled by the library


def raw_of(row: Quirk, address: Address) -> str:
    """Return the URL of the file itself, of which a page on a code host shows the lines."""
    path = _match(row.path, address.target.partition("?")[0])
    names = path.groupdict() if path else {}
    port = "" if address.usual else f":{address.port}"
    return f"{address.scheme}://{row.raw.format(host=f'{address.user}{address.host}{port}', **names)}"


def lines_of(row: Quirk, address: Address) -> tuple[int, ...]:
    """Return the numbers of the lines that a fragment names, the lowest first."""
    named = _match(row.fragment, element_of(address.fragment))
    numbers = named.groupdict().values() if named else ()
    return tuple(sorted({int(each[:_DIGITS]) for each in numbers if each}))
