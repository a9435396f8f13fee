"""What is kept of each page of a finished site. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from affidavit.links.site.lines import Lines, lines_of_counted
from affidavit.links.site.markup import Markup

_TEMPLATE = re.compile(r"\s*+(?><!--.*?-->\s*+)*+(?:\{[%#{]|<%)", re.DOTALL)
"""Whether the first that a file says, comments aside, is to a template engine."""


class Page(Struct, frozen=True):
    """A page that was read, and the lines on which its absolute addresses stand.

    Those of relative ones only matter where one leads nowhere.
    """

    path: str
    markup: Markup
    absolute: Mapping[str, Lines] = field(default_factory=dict)


class Unread(Struct, frozen=True):
    """A page that could not be read; ``reason`` is a clause that says why."""

    path: str
    reason: str


def is_template(text: str) -> bool:
    """Return whether a file is no page, but what a template engine makes pages of; some themes publish theirs."""
    return _TEMPLATE.match(text) is not None


def page_of(path: str, text: str, markup: Markup) -> Page:
    """Return what is kept of a page."""
    return Page(path, markup, lines_in(text, markup, markup.absolute) if markup.absolute else {})


def lines_in(text: str, markup: Markup, addresses: Iterable[str]) -> dict[str, Lines]:
    """Return the lines on which addresses of a page stand."""
    repeated = dict(markup.repeated)
    return lines_of_counted(text, {each: repeated.get(each, 1) for each in addresses})
