"""What the answers of pages make of the links and terms of a site. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from affidavit.links import showing
from affidavit.links.address import Malformed, read_address
from affidavit.links.asked import question
from affidavit.links.early import Early
from affidavit.links.judging import Judging
from affidavit.links.seen import Answered, Observation
from affidavit.links.wanted import chosen, links_of
from affidavit.model.claims import Corpus, Link
from affidavit.model.codes import Code
from affidavit.model.report import Judged
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Verdict, finding
from affidavit.model.visible import visible


def judge_all(
    corpus: Corpus,
    settings: Settings,
    found: Iterable[Finding],
    observations: Mapping[str, Observation],
    early: Early | None = None,
) -> Iterator[Judged]:
    """Judge every term, its links, and the other links; ``found`` are the findings about the glossaries.

    Links that were judged ``early`` need not be judged again.
    """
    judging = Judging(settings, observations)
    bare = {each.place: each for each in found if each.code is Code.TERM_WITHOUT_REFERENCE}
    for term in corpus.terms:
        judged = [judging.link(link, asked) for link, asked in links_of(term, settings)]
        yield from judged
        refuted = bare.get(term.place)
        yield Judged(term, Refuted((refuted,)) if refuted else _term_verdict([each.verdict for each in judged]))
    known = early.judged(observations) if early and judging.is_usual else ()
    for link, judged_early in zip_longest(chosen(corpus.links, settings.links), known):
        if judged_early:
            yield judged_early
        elif wanted := question(link.url):
            yield judging.link(link, wanted)
        else:
            yield from _unasked(link)


def unmentioned(corpus: Corpus, settings: Settings, observations: Mapping[str, Observation]) -> Iterator[Finding]:
    """Find the links of terms whose page does not speak of the term; only of a page that holds can that be said."""
    terms = corpus.terms
    if not terms:
        return
    judging = Judging(settings, observations)
    for term in terms:
        for link, asked in links_of(term, settings):
            seen = observations.get(asked.url)
            holds = isinstance(judging.link(link, asked).verdict, (Holds, Moved))
            if holds and isinstance(seen, Answered) and showing.unmentioned(asked, seen):
                message = f"The page {link.url} does not speak of {term.names[0]}."
                yield finding(Code.TERM_UNMENTIONED, link.place, message)


def _unasked(link: Link) -> Iterator[Judged]:
    """Judge a link that is no address; one with another scheme is nothing that the web could say something about."""
    read = read_address(link.url)
    if isinstance(read, Malformed):
        message = f'The address "{visible(link.url[:200])}" cannot be asked: it {read.reason}.'
        yield Judged(link, Refuted((finding(Code.URL_MALFORMED, link.place, message),)))


def _term_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """Judge an entry by its links: one that holds is enough, and nothing is known while none was asked."""
    good = [verdict for verdict in verdicts if isinstance(verdict, (Holds, Moved))]
    unable = [verdict for verdict in verdicts if isinstance(verdict, Unable)]
    if good:
        first = good[0]
        return Holds(f"moved to {first.to}") if isinstance(first, Moved) else first
    if unable or not verdicts:
        return unable[0] if unable else Unable("None of its links can be asked.")
    return Refuted(tuple(each for verdict in verdicts if isinstance(verdict, Refuted) for each in verdict.findings))
