"""What pages state and a machine can check. Read this module first: everything else is about these values."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from msgspec import Struct, field

from affidavit.model.examples import Example, Symptom
from affidavit.model.place import Place
from affidavit.model.releases import Interval
from affidavit.model.statements import Statement, StatementList
from affidavit.model.verdicts import Finding


class Status(StrEnum):
    """An editor's word about a deployment method in some releases; runs may contradict it."""

    RECOMMENDED = "recommended"
    SUPPORTED = "supported"
    DISCOURAGED = "discouraged"
    BROKEN = "broken"
    REMOVED = "removed"
    UNKNOWN = "unknown"


class Feature(Struct, frozen=True):
    """Something that operators do with the subject, and that a method can break."""

    name: str
    title: str
    place: Place


class Failure(Struct, frozen=True):
    """A feature that fails in a stage, and how that looks; ``variant`` is empty where all variants fail.

    ``symptom`` is what readers see, ``looks`` what runs are held against.
    """

    feature: str
    symptom: str
    variant: str
    place: Place
    looks: Symptom = field(default_factory=Symptom)


class Stage(Struct, frozen=True):
    """A method's declared status over an interval of releases, with the reason in plain text."""

    interval: Interval
    status: Status
    reason: str
    fails: tuple[Failure, ...]
    place: Place


class NoteRef(Struct, frozen=True):
    """A reference to a section of a project's release notes.

    ``release`` is a version, a series, or ``series/version``; an empty ``project`` is the site's only one. The
    section must say the ``words``. ``text`` is what readers are to see, empty where the author leaves that to us.
    ``target`` is what the author wrote, without that text.
    """

    project: str
    release: str
    section: str
    target: str
    place: Place
    words: tuple[str, ...] = ()
    text: str = ""
    kind: ClassVar[str] = "release-note"


class ListedBy(StrEnum):
    """What the rows of a list of references to release notes are: one each for a reference, or for a release."""

    REFERENCE = "reference"
    RELEASE = "release"


class Listing(Struct, frozen=True):
    """A place at which a page lists the references of the site; an empty ``project`` stands for all of them."""

    by: ListedBy
    project: str
    place: Place


class Link(Struct, frozen=True):
    """A reference to a URL, as it is written on the page.

    ``written`` is there where that is no URL, but stands for one, as relative addresses do for what a page leads to.
    """

    url: str
    place: Place
    written: str = ""
    kind: ClassVar[str] = "link"


class Term(Struct, frozen=True):
    """A glossary entry: its names (the first is the term itself) and the links of its definition.

    ``names`` are as the source has them, ``shown`` as the page does, which may be translated.
    """

    names: tuple[str, ...]
    shown: tuple[str, ...]
    links: tuple[Link, ...]
    place: Place
    kind: ClassVar[str] = "term"


class Card(Struct, frozen=True):
    """A deployment method as a warning card declares it; ``term`` is empty where it names none."""

    name: str
    title: str
    term: str
    stages: tuple[Stage, ...]
    notes: tuple[NoteRef, ...]
    place: Place
    kind: ClassVar[str] = "method"


class Mention(Struct, frozen=True):
    """A link to a method, a feature, an example or a statement: the ``kind`` as its role has it, and the name."""

    kind: str
    name: str
    place: Place


Claim = Link | Term | NoteRef | Card | Example | Statement
"""Whatever can be judged; ``kind`` is its word in every output."""


class Page(Struct, frozen=True):
    """All that one document declares and states, and the problems found while reading it.

    ``links`` are those outside of glossaries, in their order. ``listings`` are of the references of all documents.
    ``draws`` tells whether it shows what other documents declare, as a card, a matrix or a link does; ``mentions`` are
    the methods, features, examples and statements that it links to.
    """

    cards: tuple[Card, ...] = ()
    features: tuple[Feature, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[NoteRef, ...] = ()
    listings: tuple[Listing, ...] = ()
    examples: tuple[Example, ...] = ()
    statements: tuple[Statement, ...] = ()
    statement_lists: tuple[StatementList, ...] = ()
    findings: tuple[Finding, ...] = ()
    draws: bool = False
    mentions: tuple[Mention, ...] = ()

    @property
    def all_notes(self) -> tuple[NoteRef, ...]:
        """Return its references to release notes, behind them those of its cards and statements."""
        of_cards = (note for card in self.cards for note in card.notes)
        return (*self.notes, *of_cards, *(note for statement in self.statements for note in statement.notes))


class Corpus(Struct, frozen=True, dict=True):
    """What all documents of a site state, in the order in which they are read."""

    pages: tuple[Page, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return the cards of all pages."""
        return tuple(card for page in self.pages for card in page.cards)

    @property
    def features(self) -> tuple[Feature, ...]:
        """Return the features of all pages."""
        return tuple(feature for page in self.pages for feature in page.features)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the glossary entries of all pages."""
        return tuple(term for page in self.pages for term in page.terms)

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the links of all pages, without those of glossaries, which belong to their terms."""
        return tuple(link for page in self.pages for link in page.links)

    @cached_property
    def notes(self) -> tuple[NoteRef, ...]:
        """Return the references to release notes of all pages, those of cards and statements included."""
        return tuple(note for page in self.pages for note in page.all_notes)

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Return the places at which pages list references to release notes."""
        return tuple(listing for page in self.pages for listing in page.listings)

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return the executable examples of all pages."""
        return tuple(example for page in self.pages for example in page.examples)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return the statements of all pages."""
        return tuple(statement for page in self.pages for statement in page.statements)

    @property
    def statement_lists(self) -> tuple[StatementList, ...]:
        """Return the places at which pages list statements."""
        return tuple(each for page in self.pages for each in page.statement_lists)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return the links to methods, features, examples and statements of all pages."""
        return tuple(mention for page in self.pages for mention in page.mentions)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the problems that reading the pages found."""
        return tuple(finding for page in self.pages for finding in page.findings)
