"""What can be amiss with an address on a page, and how that is told. Pure."""

from __future__ import annotations

from typing import assert_never

from msgspec import Struct

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Refuted, Unable, finding

_MOST_SHOWN = 200


class Gone(Struct, frozen=True):
    """The site has nothing at ``path``; ``reason`` is a clause, ``near`` the path that may be meant, if any."""

    path: str
    reason: str
    near: str = ""


class AnchorGone(Struct, frozen=True):
    """The file is there, but not its anchor; ``near`` are anchors of it that may be meant."""

    file: str
    fragment: str
    near: tuple[str, ...] = ()


class Malformed(Struct, frozen=True):
    """The text is no address; ``reason`` completes the sentence "The address ... cannot be asked: it ..."."""

    reason: str


class Unsure(Struct, frozen=True):
    """Whether it holds cannot be told; ``reason`` is a clause."""

    reason: str


Problem = Gone | AnchorGone | Malformed | Unsure


def verdict(address: str, problem: Problem, place: Place) -> Refuted | Unable:
    """Return what a problem makes of an address, as it is written at a place."""
    link = f"The link {shown(address)}"
    match problem:
        case Gone(path, reason, near):
            message = f"{link} leads to {shown(path) or 'the front page'}: {reason}."
            return Refuted((finding(Code.LINK_BROKEN, place, message, _try(near, "the file")),))
        case AnchorGone(file, fragment, near):
            message = f"{link} leads to the anchor {shown(fragment)} of {shown(file)}, which has none of that name."
            return Refuted((finding(Code.ANCHOR_MISSING, place, message, _try(", ".join(near), "the nearest")),))
        case Malformed(reason):
            message = f"The address {shown(address)} cannot be asked: it {reason}."
            return Refuted((finding(Code.URL_MALFORMED, place, message),))
        case Unsure(reason):
            return Unable(f"{link} could not be checked: {reason}.")
        case _:  # pragma: no cover
            assert_never(problem)


def shown(text: str) -> str:
    """Return text as it can stand in a message: on one line, without what cannot be seen, and not endless."""
    visible = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
    return visible if len(visible) <= _MOST_SHOWN else f"{visible[:_MOST_SHOWN]}..."


def _try(near: str, what: str) -> str:
    """Return better advice than that of the code, where something near is there."""
    return f"Link to what is there ({what} {shown(near)}, perhaps), or remove the link." if near else ""
