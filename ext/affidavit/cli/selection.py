"""Which claims and findings a check is about: all, those of some kinds, those that are new. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from affidavit.check import Gathered
from affidavit.links.judge import NOT_CHECKED
from affidavit.model.claims import Card, Claim, Link, NoteRef, Page, Term
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.messages import cards, examples, links, notes, statements
from affidavit.model.report import Judged, Report
from affidavit.model.severity import Explanation
from affidavit.model.statements import Statement
from affidavit.model.verdicts import Finding, Refuted, Unable
from affidavit.reports.groups import FindingKey, findings_of, key, targets
from affidavit.reports.words import target

_OF_TERMS = frozenset(
    {
        Code.TERM_WITHOUT_REFERENCE,
        Code.TERM_UNMENTIONED,
        Code.URL_SCHEME,
        Code.URL_DUPLICATE,
        Code.URL_INSECURE,
    }
)
"""What is said of glossary entries by codes that stand among those of links."""

_KIND_OF_MESSAGES = (
    (cards, Card.kind),
    (notes, NoteRef.kind),
    (links, Link.kind),
    (examples, Example.kind),
    (statements, Statement.kind),
)


def _kinds() -> Iterator[tuple[Code, str]]:
    for messages, kind in _KIND_OF_MESSAGES:
        explained = {each for each in vars(messages).values() if isinstance(each, Explanation)}
        yield from ((code, Term.kind if code in _OF_TERMS else kind) for code in Code if code.value in explained)


KINDS: Mapping[Code, str] = MappingProxyType(dict(_kinds()))
"""The kind of claim that findings of a code are about; those of the site as a whole are about none."""


@dataclass(frozen=True, slots=True)
class Base:
    """What was there before: of findings code, target or message, and file; of claims kind, target and file.

    ``claims`` is ``None`` where claims count by what was found about them, and not by having stood there.
    """

    findings: frozenset[tuple[str, str, str]] = frozenset()
    claims: frozenset[tuple[str, str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Selection:
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


def reported(report: Report, selection: Selection) -> Report:
    """Return what a report says of what is selected."""
    if selection == Selection():
        return report
    selected = [each for each in report.judged if selection.has(each.claim) or _is_false_here(each, selection)]
    counts = _Counting(selection, report, selected)
    judged = tuple(each for each in selected if selection.has(each.claim) or any(map(counts.has, findings_of(each))))
    return Report(
        judged,
        tuple(each for each in report.findings if counts.has(each)),
        tuple(each for each in report.accepted if counts.has(each.finding)),
        _unchecked(judged),
        report.cells if not selection.kinds or Card.kind in selection.kinds else (),
    )


def _is_false_here(judged: Judged, selection: Selection) -> bool:
    """Tell what is false without anybody having been asked: that it stood there before does not show that it was then.

    Whether it was, the base knows, which was judged as well.
    """
    if not isinstance(judged.verdict, Refuted) or judged.observed is not None or not selection.wants(judged.claim):
        return False
    if judged.verdict.findings[0].code is Code.NOTE_CHANGED:  # of which the source of the release notes was asked
        return False
    # A term that has links is false where these are, which may well have been asked.
    return not isinstance(judged.claim, Term) or judged.verdict.findings[0].code is Code.TERM_WITHOUT_REFERENCE


class _Counting:
    """Says which findings count: by what they are about, and whether they were known before."""

    def __init__(self, selection: Selection, report: Report, judged: Collection[Judged]) -> None:
        self._selection = selection
        self._targets = targets(report)
        self._selected = {key(found) for each in judged for found in findings_of(each)}

    def has(self, found: Finding) -> bool:
        return self._is_of_kind(found) and not self._is_known(found)

    def _is_of_kind(self, found: Finding) -> bool:
        if not self._selection.kinds or key(found) in self._selected:
            return True
        # Nobody can tell here whether an acceptance of another kind of claim is of use.
        return found.code is not Code.ACCEPTANCE_UNUSED and KINDS.get(found.code) in {None, *self._selection.kinds}

    def _is_known(self, found: Finding) -> bool:
        base = self._selection.base
        if base is None:
            return False
        if base.claims is not None and key(found) in self._targets and key(found) not in self._selected:
            return True
        return not base.findings.isdisjoint(identities(found, self._targets))


def identities(found: Finding, about: Mapping[FindingKey, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what a finding may be known by: its code and file, with its message and with the target it is about."""
    yield str(found.code), found.message, found.place.file
    if key(found) in about:
        yield str(found.code), about[key(found)], found.place.file


def _unchecked(judged: Collection[Judged]) -> int:
    return len({target(each.claim) for each in judged if isinstance(each.claim, Link) and _is_unchecked(each)})


def _is_unchecked(judged: Judged) -> bool:
    return isinstance(judged.verdict, Unable) and judged.verdict in NOT_CHECKED
