"""Whether an observation may answer in place of the web, by its age and by what it shows. Pure."""

from __future__ import annotations

from collections.abc import Collection

from affidavit.links.ages import lifetime
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.seen import Answered, Observation, PageSeen
from affidavit.links.showing import is_disguised, wanted


def is_fresh(observation: Observation, age: int, marks: Collection[Mark] = ()) -> bool:
    """Return whether an observation of this age, in seconds, makes a new request needless.

    Only a good answer does, in which all of the marks were seen, and none from the future: who set the clock back does
    not know how old it is.
    """
    return _is_good(observation, marks) and 0 <= age < lifetime(observation.url)


def _is_good(observation: Observation, marks: Collection[Mark]) -> bool:
    if not isinstance(observation, Answered) or not 200 <= observation.status <= 299:  # noqa: PLR2004 -- RFC 9110, 15.3
        return False
    looked_for = [*wanted(marks, observation), *(mark for mark in marks if mark.kind is MarkKind.WORD)]
    return all(_is_known(mark, observation.page) for mark in looked_for) and not is_disguised(observation)


def _is_known(mark: Mark, page: PageSeen) -> bool:
    """Tell whether to look for a mark again could show nothing better: it was there, or whether it is cannot be seen.

    That a page lacks one of a term's names is no fault: it may have another.
    """
    if str(mark) in page.present:
        return True
    return str(mark) in page.absent and (page.scripted or mark.kind is MarkKind.WORD)
