"""Joins cards, statements and examples: what runs make of what cards and statements say. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from affidavit.examples import examine as examples_examined
from affidavit.examples import judge
from affidavit.examples.judge import Tried, stood
from affidavit.examples.patterns.pattern import Refused, read_pattern
from affidavit.examples.states import Stood
from affidavit.examples.tries import tries
from affidavit.methods import names, names_of_statements, statements
from affidavit.methods.cells import cells, of_plain
from affidavit.methods.contradictions import contradictions
from affidavit.methods.expected import expectations
from affidavit.methods.rules import near
from affidavit.methods.verdict import verdict
from affidavit.model.cells import Cell, Expectations
from affidavit.model.claims import Corpus
from affidavit.model.codes import Code
from affidavit.model.examples import Example, Symptom
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding


class Proved(Struct, frozen=True, dict=True):
    """The runs of a site by the places of their examples, its cells, and cards and statements, judged by them.

    ``told`` is what speaks against cards, by the keys of the runs that show it.
    """

    runs: Mapping[Place, tuple[Stood, ...]]
    cells: tuple[Cell, ...]
    cards: tuple[Judged, ...]
    statements: tuple[Judged, ...]
    told: Mapping[str, Finding]


def expected(corpus: Corpus, settings: Settings) -> Expectations:
    """Return what the cards of a site make of its runs."""
    return expectations(corpus.cards, corpus.examples, settings)


def prove(corpus: Corpus, kept: Tried, settings: Settings, day: date) -> Proved:
    """Hold cards and statements against the evidence of runs."""
    runs = stood(corpus.examples, kept, settings, day, expected(corpus, settings))
    symptoms = tuple({symptom for each in corpus.statements for symptom in each.symptoms})
    every = tuple(tries((each for found in runs.values() for each in found), settings, symptoms))
    known = cells(corpus.cards, corpus.features, every, settings)
    against = tuple(contradictions(known))
    told = {key: each.finding for each in against for key in each.keys}
    cards = tuple(_cards(corpus, known, [(each.method, each.finding) for each in against]))
    tried = (*known, *of_plain(every, settings))
    return Proved(runs, known, cards, tuple(statements.judge_all(corpus.statements, tried, settings.releases)), told)


def report_of(corpus: Corpus, tried: Tried | None, settings: Settings, day: date) -> Report:
    """Return a verdict on cards, statements and examples, and what is wrong with them; ``None``: nobody looked."""
    kept = tried or Tried()
    proved = prove(corpus, kept, settings, day)
    judged = tuple(judge.judge_all(corpus.examples, proved.runs, proved.told, settings, kept.locks))
    found = (
        *_examine(corpus, settings),
        *examples_examined.examine(corpus.examples, settings),
        *statements.untried(proved.statements),
        *judge.of_evidence(corpus.examples, kept, settings),
        *judge.undecided(judged, proved.runs, kept.kept),
    )
    return Report((*proved.cards, *proved.statements, *judged), found, cells=proved.cells)


def problems_of(corpus: Corpus, settings: Settings) -> set[Finding]:
    """Return what is wrong with the pages of a site, before anything is judged or run."""
    return {*corpus.findings, *_examine(corpus, settings), *examples_examined.examine(corpus.examples, settings)}


def _examine(corpus: Corpus, settings: Settings) -> Iterator[Finding]:
    """Yield what keeps cards and examples from being held against each other, and links that lead to no example."""
    yield from names.examine(corpus.cards, corpus.features, corpus.examples)
    yield from names_of_statements.examine(corpus, settings.releases)
    yield from _unreadable(corpus)
    yield from _unknown_examples(corpus)


def _unreadable(corpus: Corpus) -> Iterator[Finding]:
    """Yield the symptoms whose pattern cannot be used: runs could not be held against them."""
    for symptom, place in _symptoms(corpus):
        pattern = read_pattern(symptom.pattern)
        if isinstance(pattern, Refused):
            message = f"The pattern “{symptom.pattern}” of the symptom cannot be used: {pattern.why}."
            yield finding(Code.OPTION_INVALID, place, message)


def _symptoms(corpus: Corpus) -> Iterator[tuple[Symptom, Place]]:
    """Yield the symptoms of cards and statements, with their places."""
    for failure in (failure for card in corpus.cards for stage in card.stages for failure in stage.fails):
        yield failure.looks, failure.place
    for each in corpus.statements:
        yield from ((symptom, each.place) for symptom in each.symptoms)


def _unknown_examples(corpus: Corpus) -> Iterator[Finding]:
    """Yield the links that name an example which no page has."""
    known = {each.name for each in corpus.examples}
    for each in corpus.mentions:
        if each.kind == Example.kind and each.name not in known:
            message = f"There is no example `{each.name}`{near(each.name, known)}."
            yield finding(Code.EXAMPLE_UNKNOWN, each.place, message)


def _cards(corpus: Corpus, known: tuple[Cell, ...], against: list[tuple[str, Finding]]) -> list[Judged]:
    judged = []
    for card in corpus.cards:
        own = tuple(cell for cell in known if cell.method == card.name)
        wrong = tuple(dict.fromkeys(found for method, found in against if method == card.name))
        judged.append(Judged(card, verdict(card, own, wrong)))
    return judged
