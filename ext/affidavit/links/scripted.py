"""Whether scripts make a page, so that what its markup lacks, readers may see all the same. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from affidavit.links.folding import count_words
from affidavit.links.markup import Markup, Script

PREFIX = "user-content-"
"""What code hosts put before the ids that authors write, so that they do not clash with those of the host."""

_FEW, _PLACEHOLDER = 60, 4
"""Words of a page that may still be filled, and those of one, or of a part of it, that says no more than to wait."""

_ROOTS = (
    '[id="root"], [id="app"], [id="__next"], [id="__nuxt"], [id="___gatsby"], [id="svelte"], [id="q-app"], '
    '[id="main-app"], [id="react-root"], [id="app-root"], [id="application"], [id="mount"], app-root, [ng-app], '
    "[data-reactroot]"
)
"""The elements that the common frameworks fill, by the names that their beginners' guides give them."""

_REFRESH = 'meta[http-equiv="refresh" i][content*="url" i]'
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_MOST = 20
"""Texts in the data of one script that are looked at."""

_WANTS_SCRIPTS = re.compile(r"java\s?script", re.IGNORECASE)
_PROGRAMS = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script.*")
_DATA = re.compile(r"application/(?:[a-z.+-]*\+)?json")


_MOST_DATA = 2**20
"""Characters of data that are looked through: what is made of them takes many times their room."""


def is_scripted(page: Markup, words: int) -> bool:
    """Return whether a page needs scripts to be what it is meant to be; ``words`` is how many it shows without.

    It shows next to nothing, or little where it also has an empty place for an application or says so itself. One
    that sends its readers on to another page counts, too: what they see, its own markup does not show.
    """
    if words > _FEW:
        return False
    if page.tree.css_first(_REFRESH) is not None:
        return True
    programs = [each for each in page.scripts if _PROGRAMS.fullmatch(each.kind)]
    if not programs:
        return False
    if words == 0 or _has_empty_root(page) or _WANTS_SCRIPTS.search(page.noscript):
        return True
    return words < _PLACEHOLDER and any(map(_is_application, programs)) and page.tree.css_first(_HEADINGS) is None


def embedded(page: Markup) -> Iterator[str]:
    """Yield the markup that stands in data for a page's scripts, where code hosts keep what authors wrote."""
    for script in page.scripts:
        if _DATA.fullmatch(script.kind) and len(script.text) <= _MOST_DATA and PREFIX in script.text:
            yield from islice((each for each in _strings(script.text) if PREFIX in each), _MOST)


def _has_empty_root(page: Markup) -> bool:
    return any(count_words(node.text(), _PLACEHOLDER) < _PLACEHOLDER for node in page.tree.css(_ROOTS))


def _is_application(script: Script) -> bool:
    return script.loaded or script.kind == "module"


def _strings(text: str) -> Iterator[str]:
    """Yield all strings of a JSON text; what is no JSON has none."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, (dict, list)):
            waiting.extend(_parts(value))


def _parts(value: dict[str, object] | list[object]) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value
