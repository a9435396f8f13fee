"""What a report says of what was selected. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from affidavit.cli.selection import Selection
from affidavit.links.judge import NOT_CHECKED
from affidavit.model.claims import Card, Link, NoteRef, Term
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
