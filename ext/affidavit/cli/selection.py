"""Which claims and findings a check is about: all, those of some kinds, those that are new. Pure."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from affidavit.gathered import Gathered
from affidavit.model.claims import Claim, Page, Term
from affidavit.reports.words import target


class Base(Struct, frozen=True):
    """What was there before: of findings code, target or message, and file; of claims kind, target and file.

    ``claims`` is ``None`` where claims count by what was found about them, and not by having stood there.
    """

    findings: frozenset[tuple[str, str, str]] = frozenset()
    claims: frozenset[tuple[str, str, str]] | None = None


class Selection(Struct, frozen=True):
    """Which kinds of claims count (none named: all of them), and what does not count for it was there before."""

    kinds: frozenset[str] = frozenset()
    base: Base | None = None

    def wants(self, claim: Claim) -> bool:
        """Return whether a claim is of a kind that counts."""
        return not self.kinds or claim.kind in self.kinds

    def has(self, claim: Claim) -> bool:
        """Return whether a claim counts."""
        if not self.wants(claim):
            return False
        return self.base is None or self.base.claims is None or stated(claim) not in self.base.claims


def stated(claim: Claim) -> tuple[str, str, str]:
    """Return what makes two claims the same, wherever in the file they stand."""
    return claim.kind, target(claim), claim.place.file


def to_ask(gathered: Gathered, selection: Selection) -> Gathered:
    """Return what is gathered without the links that need not be asked to judge what is selected."""
    if selection == Selection():
        return gathered
    pages = tuple(_page(page, selection) for page in gathered.corpus.pages)
    return replace(gathered, corpus=replace(gathered.corpus, pages=pages))


def _page(page: Page, selection: Selection) -> Page:
    terms = (_term(term, selection) for term in page.terms)
    links_of_page = tuple(link for link in page.links if selection.has(link))
    return replace(page, links=links_of_page, terms=tuple(term for term in terms if term.links))


def _term(term: Term, selection: Selection) -> Term:
    """Return a term with the links by which it is judged, where it counts, else with those that count themselves."""
    if selection.has(term):
        return term
    return replace(term, links=tuple(link for link in term.links if selection.has(link)))
