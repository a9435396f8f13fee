"""Statements: sentences that runs bear out, or do not. Values only."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from affidavit.model.examples import Symptom
from affidavit.model.place import Place
from affidavit.model.releases import Interval

if TYPE_CHECKING:
    from affidavit.model.claims import NoteRef


class Says(StrEnum):
    """What a statement says of the runs that it is about."""

    WORKS = "works"
    FAILS = "fails"


class Bears(StrEnum):
    """What runs in a release make of a statement."""

    BORNE_OUT = "borne out"
    CONTRADICTED = "contradicted"
    NOT_TRIED = "not tried"


class StatementList(Struct, frozen=True):
    """A place at which a page lists the statements of a source; an empty ``source`` stands for all statements."""

    source: str
    place: Place


class About(Struct, frozen=True):
    """Which runs a statement speaks of: those of plain examples, and of features under variants of methods.

    Where no variants or features are named, all are meant, and the setups of the methods, too.
    """

    methods: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there can be any."""
        return bool(self.methods or self.examples)


class Words(Struct, frozen=True):
    """What readers see of a statement: its sentences, who said it, and why it cannot be tested, in plain text.

    ``source`` is as the author has it, ``shown`` as the page does, which may be translated. It is empty where the site
    says it itself; ``untestable`` is empty where runs can test it. ``plain`` has the sentences as the author has them,
    without typography, in whatever language the page is.
    """

    text: str
    source: str = ""
    shown: str = ""
    untestable: str = ""
    plain: str = ""


class Statement(Struct, frozen=True):
    """Sentences of a page, and what they are held against.

    They speak of the releases of ``intervals``, of all where there is none. In those of ``contradicted`` the site knows
    that runs show otherwise. Where it says that they fail, each fails with one of the ``symptoms``, if it names any.
    """

    name: str
    words: Words
    place: Place
    about: About = About()
    says: Says = Says.WORKS
    intervals: tuple[Interval, ...] = ()
    contradicted: tuple[Interval, ...] = ()
    notes: tuple[NoteRef, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    kind: ClassVar[str] = "statement"
