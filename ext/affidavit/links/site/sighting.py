"""What a second look at a file comes to, by the reader that judges pages of the web, too. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import assert_never
from urllib.parse import quote

from affidavit.links.asked import question
from affidavit.links.marks import Mark
from affidavit.links.seen import PageSeen
from affidavit.links.site.problems import AnchorGone, Problem, Unsure

_ROUTES = ("/", "!")
"""How fragments begin that are not for anchors, but for the scripts of a page."""

_SOMEWHERE = "https://site.invalid/"
_KEPT = "%:/?#[]@!$&'()*+,;=~"

_HIDDEN = "only the scripts of {} could show whether it has #{}"


def marks(file: str, fragment: str) -> frozenset[Mark]:
    """Return what is to be looked for in a file; nothing where the fragment names nothing that could be."""
    url = f"{_SOMEWHERE}{quote(file, errors='replace')}#{quote(fragment.strip(), safe=_KEPT, errors='replace')}"
    asked = question(url)
    return asked.marks if asked else frozenset()


class Sighting(StrEnum):
    """What a second, slower look at a file comes to."""

    THERE = "there"
    MISSING = "missing"
    HIDDEN = "hidden"
    """Only the scripts of the page could show it."""
    UNTOLD = "untold"


def sighting(fragment: str, wanted: Collection[Mark], seen: PageSeen) -> Sighting:
    """Return what was seen of all that was wanted."""
    if wanted and all(str(each) in seen.present for each in wanted):
        return Sighting.THERE
    if seen.scripted or fragment.startswith(_ROUTES):
        return Sighting.HIDDEN
    return Sighting.MISSING if any(str(each) in seen.absent for each in wanted) else Sighting.UNTOLD


def settled(missing: AnchorGone, sight: Sighting, *, doubted: bool) -> Problem | None:
    """Return what is amiss after a second look; ``doubted`` tells that the first one found nothing amiss."""
    match sight:
        case Sighting.THERE:
            return None
        case Sighting.MISSING:
            return missing
        case Sighting.HIDDEN:
            return Unsure(_HIDDEN.format(missing.file, missing.fragment))
        case Sighting.UNTOLD:
            return None if doubted else missing
        case _:  # pragma: no cover
            assert_never(sight)
