"""What the page that a link leads to shows: whether it is the page that was meant. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from affidavit.links.address import Address, read_address
from affidavit.links.asked import marks_of
from affidavit.links.landing import lands_on_error_page, lands_on_front_page, login_page
from affidavit.links.marks import Mark, MarkKind, Question
from affidavit.links.media import Kind, kind_said
from affidavit.links.quirks import made_by_scripts
from affidavit.links.rulings import Outcome, ruling_of_status
from affidavit.links.seen import Answered
from affidavit.links.soft404 import says_not_found
from affidavit.links.walls import wall
from affidavit.model.codes import Code

_GONE = (404, 410)
"""What a wall does not say: it stands before pages that are there."""

_UNAVAILABLE = 503

_NAMES = {
    MarkKind.ANCHOR: "section",
    MarkKind.RENDERED: "section",
    MarkKind.TEXT: "text",
    MarkKind.PAGE: "page",
    MarkKind.LINE: "line",
}
"""What readers call that which a link points to within a page."""

_STANDS_IN = {
    MarkKind.ANCHOR: {Kind.MARKUP},
    MarkKind.RENDERED: {Kind.MARKUP},
    MarkKind.TEXT: {Kind.MARKUP, Kind.TEXT},
    MarkKind.PAGE: {Kind.PDF},
    MarkKind.LINE: {Kind.TEXT},
}
"""In what each of them can be looked for; a test holds that all are named."""


class Fault(Struct, frozen=True):
    """A reason, as a clause, why a page that answers is not what the link says, or why that cannot be told."""

    outcome: Outcome
    code: Code
    reason: str


def fault(url: str, asked: Question, answered: Answered) -> Fault | None:
    """Return what is wrong with an answer besides its status; ``None`` where nothing is, or the status says all."""
    return next(_faults(url, asked, answered), None)


def new_address(url: str, answered: Answered) -> str:
    """Return where a link should lead now: to where it is redirected for good, with its own fragment; empty if nowhere.

    A server that redirects an address to itself, to set a cookie, does not move it. A fragment that the redirect names,
    and that the page does not have, is no part of it.
    """
    if not answered.moved_to:
        return ""
    old, new = read_address(url), read_address(answered.moved_to)
    if not isinstance(old, Address) or not isinstance(new, Address):
        return ""
    if new.user or answered.url != old.request:
        return ""  # another page was asked for in its place, such as the raw file that a page of a code host shows
    fragment = new.fragment or old.fragment
    if new.fragment and any(str(mark) in answered.page.absent for mark in marks_of(new)):
        fragment = ""
    to = new.request + (f"#{fragment}" if fragment else "")
    there = read_address(to)
    return to if isinstance(there, Address) and there.identity != old.identity else ""


def unmentioned(asked: Question, answered: Answered) -> bool:
    """Return whether a page has none of the words that it was to speak of; of a part of it nobody could tell."""
    words = [mark for mark in asked.marks if mark.kind is MarkKind.WORD]
    page = answered.page
    return bool(words) and not page.scripted and all(str(word) in page.absent for word in words)


def is_disguised(answered: Answered) -> bool:
    """Return whether another page answers in place of the one that was asked for, with a status that says nothing."""
    return bool(wall(answered)) or next(_disguises(answered.url, answered), None) is not None


def _faults(url: str, asked: Question, answered: Answered) -> Iterator[Fault]:
    walled = wall(answered)
    if walled and answered.status not in _GONE:
        yield Fault(Outcome.UNABLE, Code.LINK_UNABLE, f"shows programs a wall that readers pass ({walled})")
    if answered.status == _UNAVAILABLE and answered.retry_after:
        yield Fault(Outcome.UNABLE, Code.RATE_LIMITED, "the server wants to be asked again later")
    if ruling_of_status(answered.status).outcome is Outcome.HOLDS:
        yield from _disguises(url, answered)
        if asked.marks:
            yield from _lacking(url, asked, answered)


def _disguises(url: str, answered: Answered) -> Iterator[Fault]:
    """Find the pages that answer in place of the one that was meant."""
    words = says_not_found(answered.page, answered.status)
    if words:
        yield Fault(Outcome.BROKEN, Code.SOFT_404, f'the page itself says that it is not there ("{words}")')
    if not answered.redirects:
        return
    there, final = read_address(url), read_address(f"{answered.final}#{answered.fragment}")
    if not isinstance(there, Address) or not isinstance(final, Address):
        return
    if lands_on_front_page(there, final):
        yield Fault(Outcome.BROKEN, Code.SOFT_404, "that is the front page of the site, not the page that is linked")
    elif lands_on_error_page(there, final):
        yield Fault(Outcome.BROKEN, Code.SOFT_404, "that is the page of the site for what it does not have")
    if login_page(answered):
        yield Fault(Outcome.UNABLE, Code.LINK_UNABLE, "that is where people log in")


def _lacking(url: str, asked: Question, answered: Answered) -> Iterator[Fault]:
    """Find what the link points to within the page, and the page does not have."""
    page = answered.page
    for mark in sorted(wanted(asked.marks, answered)):
        what = f"{_NAMES[mark.kind]} {mark.text}"
        if str(mark) in page.present:
            continue
        if str(mark) not in page.absent:
            yield Fault(Outcome.UNABLE, Code.LINK_UNABLE, _unseen(mark, what, page.media))
        elif page.scripted or made_by_scripts(url):
            yield Fault(Outcome.UNABLE, Code.LINK_UNABLE, f"whether it has the {what} only its scripts could show")
        else:
            yield Fault(Outcome.BROKEN, Code.ANCHOR_MISSING, f"the page has no {what}")


def _unseen(mark: Mark, what: str, media: str) -> str:
    kind = kind_said(media)
    if kind and kind not in _STANDS_IN[mark.kind]:
        return f"the {what} cannot be looked for in a file of type {media}"
    return f"the {what} is not in the part of the page that was read"


def wanted(marks: Iterable[Mark], answered: Answered) -> Iterable[Mark]:
    """Return the marks that a reader is led to; a redirect that names a fragment leads to that instead."""
    own = [mark for mark in marks if mark.kind is not MarkKind.WORD]
    if not own or not answered.fragment:
        return own
    instead = read_address(f"{answered.final}#{answered.fragment}")
    return marks_of(instead) if isinstance(instead, Address) else own
