"""From what a site states to a report: the one place that knows all kinds of claims. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct, field

from affidavit.gathered import Gathered
from affidavit.links import claims as link_claims
from affidavit.links import rules as link_rules
from affidavit.links.early import Early
from affidavit.links.judge import NOT_CHECKED
from affidavit.links.seen import Observation
from affidavit.methods import rules as method_rules
from affidavit.model.claims import Corpus, Link, NoteRef
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Judged, Report
from affidavit.model.scale import Scale
from affidavit.model.settings import Acceptance, Settings
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven, finding
from affidavit.notes.facts import Lock

if TYPE_CHECKING:
    from affidavit.notes.drift import Fresh
    from affidavit.notes.lookup import Index

_WHERE = attrgetter("claim.place")


class World(Struct, frozen=True, dict=True):
    """What judging is told of the world outside the pages.

    ``lock`` is the lock file's content, or the finding that says why there is none. ``observations`` are what pages
    were seen to answer, by the URL that was asked; a link to a page without one was not asked. ``today`` ends
    acceptances. ``fresh`` is what the sources of release notes have now; empty where nobody read them, as in builds.
    ``early`` has judged some links already.
    """

    lock: Lock | Finding
    today: date
    observations: Mapping[str, Observation] = field(default_factory=dict)
    fresh: Fresh = field(default_factory=dict)
    early: Early | None = None

    @cached_property
    def notes(self) -> Index | Finding:
        """Return the lock file as references are looked up in it, or the finding that says why there is none."""
        if not isinstance(self.lock, Lock):
            return self.lock
        from affidavit.notes.lookup import Index  # noqa: PLC0415 -- many checks are about no release notes

        return Index(self.lock)


def judge(gathered: Gathered, world: World) -> Report:
    """Judge every claim of a site."""
    corpus, settings = gathered.corpus, gathered.settings
    of_links = link_rules.examine(corpus.terms)
    of_notes = _of_notes(corpus, world, settings)
    of_examples = _of_examples(gathered, world.today)
    judged = (
        *gathered.judged,
        *link_claims.judge_all(corpus, settings, of_links, world.observations, world.early),
        *of_notes.judged,
        *of_examples.judged,
    )
    doubtful = tuple(each for each in judged if not isinstance(each.verdict, Holds))
    found = {
        *gathered.problems,
        *corpus.findings,
        *method_rules.examine(corpus.cards, corpus.features, corpus.terms, settings),
        *of_links,
        *of_notes.findings,
        *of_examples.findings,
        *_refuting(doubtful),
        *_unable(doubtful),
        *link_claims.unmentioned(corpus, settings, world.observations),
    }
    counted, accepted = _set_aside(found, settings, world.today)
    weigh = Scale(settings)
    ordered = tuple(sorted(weigh.judged(judged), key=_WHERE))
    return Report(ordered, tuple(weigh.told(counted)), accepted, _unchecked(doubtful), of_examples.cells)


def _of_notes(corpus: Corpus, world: World, settings: Settings) -> Report:
    """Judge references to release notes; where there are none, what knows of them need not be loaded."""
    if not (corpus.notes or corpus.listings):
        return Report()
    from affidavit.noted import report_of  # noqa: PLC0415 -- likewise

    return report_of(corpus, settings, world.lock, world.notes, world.fresh)


def _of_examples(gathered: Gathered, today: date) -> Report:
    """Judge cards, statements and examples; where there are none, what knows of them need not be loaded."""
    corpus, settings = gathered.corpus, gathered.settings
    if (
        not (corpus.examples or corpus.cards or corpus.statements or corpus.mentions or settings.settle)
        and gathered.tried is None
    ):
        return Report()
    from affidavit.cells import report_of  # noqa: PLC0415 -- it takes as long to load as all else here

    return report_of(corpus, gathered.tried, settings, today)


def _refuting(judged: Iterable[Judged]) -> Iterator[Finding]:
    """Yield what the verdicts say is wrong, or has a new address."""
    for each in judged:
        match each.verdict:
            case Refuted(findings):
                yield from findings
            case Moved(_, found):
                yield found
            case Holds() | Unable() | Unproven():
                pass
            case _:  # pragma: no cover
                assert_never(each.verdict)


def _unable(judged: Iterable[Judged]) -> Iterator[Finding]:
    """Yield what is to be said of claims that were looked into without learning whether they hold."""
    for each in judged:
        match each.claim, each.verdict:
            case (Link(), Unable() as unable) if unable not in NOT_CHECKED:
                yield finding(unable.code, each.claim.place, unable.reason)
            case (NoteRef(), Unable(reason, Code.NOTE_UNABLE)):
                yield finding(Code.NOTE_UNABLE, each.claim.place, f"`{each.claim.target}` is not checked: {reason}.")


def _unchecked(judged: Iterable[Judged]) -> int:
    """Count the addresses that the web could not be asked about."""
    links_of = ((each.claim, each.verdict) for each in judged)
    return len({claim.url for claim, verdict in links_of if isinstance(claim, Link) and verdict in NOT_CHECKED})


def _set_aside(
    found: Iterable[Finding], settings: Settings, today: date
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """Part the findings into those that count and those accepted; add what is wrong with the acceptances."""
    counted: list[Finding] = []
    accepted: list[Accepted] = []
    used: set[Acceptance] = set()
    for each in found:
        fitting = [entry for entry in settings.accepted if entry.fits(each)]
        used.update(fitting)
        valid = [entry for entry in fitting if today <= entry.until]
        if valid:
            accepted.append(Accepted(each, valid[0].reason))
        else:
            counted.append(each)
            counted.extend(_expired(each, entry, settings.place) for entry in fitting)
    counted.extend(_unused(entry, settings.place) for entry in settings.accepted if entry not in used)
    return tuple(sorted(counted, key=_order)), tuple(sorted(accepted, key=lambda each: _order(each.finding)))


def _expired(found: Finding, entry: Acceptance, place: Place) -> Finding:
    message = f"`{found.code}` at {found.place} was set aside until {entry.until.isoformat()}."
    return finding(Code.ACCEPTANCE_EXPIRED, place, message)


def _unused(entry: Acceptance, place: Place) -> Finding:
    where = entry.file or "any file"
    return finding(Code.ACCEPTANCE_UNUSED, place, f"Nothing of the code `{entry.code}` is found in {where}.")


def _order(found: Finding) -> tuple[str, int, str, str]:
    return found.place.file, found.place.line, str(found.code), found.message
