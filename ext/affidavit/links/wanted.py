"""Which pages are to be asked for, so that what a site states by its links can be judged. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from affidavit.links.asked import question, united
from affidavit.links.marks import Question
from affidavit.model.claims import Corpus, Link, Term
from affidavit.model.settings import EVERY_LINK, LinkChoice, Settings


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


def links_of(term: Term, settings: Settings) -> Iterator[tuple[Link, Question]]:
    """Yield the links of a term that can be asked, with what is asked."""
    words = _words(term, settings)
    ignores = _matcher(settings.links.ignored)
    for link in term.links:
        wanted = None if ignores(link.url) else question(link.url, words)
        if wanted:
            yield link, wanted


def _of_terms(terms: Iterable[Term], settings: Settings) -> Iterator[Question]:
    return (each for term in terms for _, each in links_of(term, settings))


def _of_links(links: Iterable[Link], settings: Settings) -> Iterator[Question]:
    return (asked for link in chosen(links, settings.links) if (asked := question(link.url)))


def _words(term: Term, settings: Settings) -> tuple[str, ...]:
    """Return the names of a term and its synonyms: a page that speaks of one of them speaks of the term."""
    synonyms = dict(settings.synonyms)
    return tuple(dict.fromkeys([*term.names, *(word for name in term.names for word in synonyms.get(name, ()))]))


def _matcher(patterns: Sequence[str]) -> Callable[[str], object]:
    """Return what tells whether one of the patterns fits from the beginning of a text."""
    if not patterns:
        return lambda _: False
    return re.compile("|".join(f"(?:{each})" for each in patterns)).match
