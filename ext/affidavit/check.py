"""From what a site states to a report: the one place that knows all kinds of claims. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from affidavit.links import judge as links
from affidavit.links import rules as link_rules
from affidavit.links.seen import Observation
from affidavit.methods import rules as method_rules
from affidavit.model.claims import Corpus, Link, NoteRef, Term
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Judged, Report
from affidavit.model.settings import Acceptance, Settings
from affidavit.model.verdicts import Finding, Holds, Refuted, Unable, Unproven, Verdict, finding
from affidavit.notes import rules as note_rules
from affidavit.notes.lock import Lock
from affidavit.notes.rules import Resolved


@dataclass(frozen=True, slots=True)
class World:
    """What judging is told of the world outside the pages.

    ``lock`` is the lock file's content, or the finding that says why there is none. ``observations`` are
    what links were seen to answer, by URL; a link without one was not asked. ``today`` ends acceptances.
    """

    lock: Lock | Finding
    today: date
    observations: Mapping[str, Observation] = field(default_factory=dict)


def judge(corpus: Corpus, settings: Settings, world: World, problems: Sequence[Finding] = ()) -> Report:
    """Judge every claim of a site.

    ``problems`` are the findings about the settings themselves; they are reported with the others.
    """
    of_links = link_rules.examine(corpus.terms)
    judged = (
        *(Judged(card, Unproven()) for card in corpus.cards),
        *_judge_terms(corpus.terms, of_links, world),
        *(Judged(note, _note_verdict(note, world.lock)) for note in corpus.notes),
    )
    found = {
        *problems,
        *corpus.findings,
        *method_rules.examine(corpus.cards, corpus.features, corpus.terms, settings),
        *of_links,
        *_of_lock(corpus, world.lock, settings),
        *_refuting(judged),
        *_unable(judged),
    }
    counted, accepted = _set_aside(found, settings, world.today)
    ordered = tuple(sorted(judged, key=lambda each: each.claim.place))
    return Report(ordered, counted, accepted, _unchecked(judged))


def resolve(note: NoteRef, lock: Lock | Finding) -> Resolved | Finding:
    """Find the section that a reference names; without a lock the answer is what is wrong with the lock."""
    return note_rules.resolve(note, lock) if isinstance(lock, Lock) else lock


def _judge_terms(terms: Sequence[Term], found: Iterable[Finding], world: World) -> Iterator[Judged]:
    bare = {each.place: each for each in found if each.code is Code.TERM_WITHOUT_REFERENCE}
    network = links.network(world.observations.values())
    for term in terms:
        asked = ((link, world.observations.get(link.url)) for link in link_rules.askable([term]))
        verdicts = [(link, links.judge(link, observation, network)) for link, observation in asked]
        yield from (Judged(link, verdict) for link, verdict in verdicts)
        if term.place in bare:
            yield Judged(term, Refuted((bare[term.place],)))
        else:
            yield Judged(term, _term_verdict([verdict for _, verdict in verdicts]))


def _term_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """Judge an entry by its links: one that holds is enough, and nothing is known while none was asked."""
    for verdict in verdicts:
        if isinstance(verdict, Holds):
            return verdict
    unable = [verdict for verdict in verdicts if isinstance(verdict, Unable)]
    if unable or not verdicts:
        return unable[0] if unable else Unable("None of its links can be asked.")
    return Refuted(tuple(_each_refuting(verdicts)))


def _note_verdict(note: NoteRef, lock: Lock | Finding) -> Verdict:
    if not isinstance(lock, Lock):
        return Unable(lock.message)
    resolved = note_rules.resolve(note, lock)
    return Refuted((resolved,)) if isinstance(resolved, Finding) else Holds(resolved.url)


def _of_lock(corpus: Corpus, lock: Lock | Finding, settings: Settings) -> tuple[Finding, ...]:
    """Return what is wrong with the lock file, where any page refers to release notes."""
    if not corpus.notes:
        return ()
    urls = {project.name: project.url for project in settings.projects}
    return tuple(note_rules.outdated(lock, urls, settings.place)) if isinstance(lock, Lock) else (lock,)


def _refuting(judged: Iterable[Judged]) -> Iterator[Finding]:
    return _each_refuting(each.verdict for each in judged)


def _unable(judged: Iterable[Judged]) -> Iterator[Finding]:
    """Yield what is to be said of links that were asked without learning whether they hold."""
    for each in judged:
        if not isinstance(each.claim, Link) or not isinstance(each.verdict, Unable):
            continue
        if each.verdict not in links.NOT_CHECKED:
            yield finding(each.verdict.code, each.claim.place, each.verdict.reason)


def _unchecked(judged: Iterable[Judged]) -> int:
    """Count the addresses that the web could not be asked about."""
    links_of = ((each.claim, each.verdict) for each in judged)
    return len({claim.url for claim, verdict in links_of if isinstance(claim, Link) and verdict in links.NOT_CHECKED})


def _each_refuting(verdicts: Iterable[Verdict]) -> Iterator[Finding]:
    return (each for verdict in verdicts if isinstance(verdict, Refuted) for each in verdict.findings)


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
