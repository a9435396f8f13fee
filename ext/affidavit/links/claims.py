"""What a site states by its links: which pages to ask for, and what the answers make of links and terms. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from affidavit.links import showing
from affidavit.links.address import Malformed, read_address
from affidavit.links.asked import of_link, question, united
from affidavit.links.early import Early
from affidavit.links.judging import Judging
from affidavit.links.marks import Question
from affidavit.links.seen import Answered, Observation
from affidavit.model.claims import Corpus, Link, Term
from affidavit.model.codes import Code
from affidavit.model.report import Judged
from affidavit.model.settings import EVERY_LINK, LinkChoice, Settings
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Verdict, finding
from affidavit.model.visible import visible


def questions(corpus: Corpus, settings: Settings) -> tuple[Question, ...]:
    """Return which pages are to be asked for, each once, sorted."""
    wanted = [*_of_terms(corpus.terms, settings), *_of_links(corpus.links, settings)]
    return tuple(sorted(united(wanted), key=attrgetter("url")))


def chosen(links: Iterable[Link], choice: LinkChoice) -> Iterator[Link]:
    """Yield the links outside of glossaries that a site wants to have asked."""
    if choice == EVERY_LINK:
        return iter(links)
    fits = _matcher(choice.patterns)
    ignores = _matcher(choice.ignored)
    return (link for link in links if fits(link.url) and not ignores(link.url))


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
        judged = [judging.link(link, asked) for link, asked in _links_of(term, settings)]
        yield from judged
        refuted = bare.get(term.place)
        yield Judged(term, Refuted((refuted,)) if refuted else _term_verdict([each.verdict for each in judged]))
    usual = early if early and judging.is_usual else None
    for link in chosen(corpus.links, settings.links):
        known = usual.judged(link, observations) if usual else None
        if known:
            yield known
        elif wanted := of_link(link.url):
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
        for link, asked in _links_of(term, settings):
            seen = observations.get(asked.url)
            holds = isinstance(judging.link(link, asked).verdict, (Holds, Moved))
            if holds and isinstance(seen, Answered) and showing.unmentioned(asked, seen):
                message = f"The page {link.url} does not speak of {term.names[0]}."
                yield finding(Code.TERM_UNMENTIONED, link.place, message)


def _of_terms(terms: Iterable[Term], settings: Settings) -> Iterator[Question]:
    return (each for term in terms for _, each in _links_of(term, settings))


def _of_links(links: Iterable[Link], settings: Settings) -> Iterator[Question]:
    asked = (of_link(link.url) for link in chosen(links, settings.links))
    return (each for each in asked if each)


def _links_of(term: Term, settings: Settings) -> Iterator[tuple[Link, Question]]:
    """Yield the links of a term that can be asked, with what is asked."""
    words = _words(term, settings)
    ignores = _matcher(settings.links.ignored)
    for link in term.links:
        wanted = None if ignores(link.url) else question(link.url, words)
        if wanted:
            yield link, wanted


def _words(term: Term, settings: Settings) -> tuple[str, ...]:
    """Return the names of a term and its synonyms: a page that speaks of one of them speaks of the term."""
    synonyms = dict(settings.synonyms)
    return tuple(dict.fromkeys([*term.names, *(word for name in term.names for word in synonyms.get(name, ()))]))


def _matcher(patterns: Sequence[str]) -> Callable[[str], object]:
    """Return what tells whether one of the patterns fits from the beginning of a text."""
    if not patterns:
        return lambda _: False
    return re.compile("|".join(f"(?:{each})" for each in patterns)).match


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
