"""What statements name: methods, variants, features, examples and releases that must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from affidavit.methods.rules import duplicates, near, no_release
from affidavit.model.claims import Corpus
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.releases import Interval, Releases
from affidavit.model.statements import Statement
from affidavit.model.verdicts import Finding, finding


def examine(corpus: Corpus, releases: Releases) -> Iterator[Finding]:
    """Yield the names that statements have in common, and those that nothing has."""
    yield from duplicates(corpus.statements, Code.STATEMENT_DUPLICATE, "statement")
    yield from _empty_lists(corpus)
    known = _known(corpus)
    for each in corpus.statements:
        yield from known.unknown(each)
        yield from _releases(each, releases) if releases.items else ()


def _empty_lists(corpus: Corpus) -> Iterator[Finding]:
    """Yield the lists of statements of a source that no statement has."""
    sources = {each.words.source for each in corpus.statements} - {""}
    for each in corpus.statement_lists:
        if each.source and each.source not in sources:
            message = f"No statement has the source `{each.source}`, whose statements are to be listed"
            advice = "Write the source as its statements have it, or take the option away to list all statements."
            yield finding(Code.OPTION_INVALID, each.place, f"{message}{near(each.source, sources)}.", advice)


class _Known(Struct, frozen=True):
    """The names that a site has; ``variants`` are those of the setups of each method that has any."""

    methods: frozenset[str]
    features: frozenset[str]
    variants: Mapping[str, frozenset[str]]
    examples: Mapping[str, Example]

    def unknown(self, statement: Statement) -> Iterator[Finding]:
        about, name = statement.about, f"The statement `{statement.name}`"
        for method in about.methods:
            if method not in self.methods:
                message = f"{name} names the method `{method}`, which no card declares{near(method, self.methods)}."
                yield finding(Code.METHOD_UNKNOWN, statement.place, message)
        for feature in about.features:
            if feature not in self.features:
                message = f"{name} names the feature `{feature}`, which no `deployment-feature` declares"
                yield finding(Code.FEATURE_UNKNOWN, statement.place, f"{message}{near(feature, self.features)}.")
        yield from self._unknown_variants(statement)
        yield from self._unusable_examples(statement)

    def _unknown_variants(self, statement: Statement) -> Iterator[Finding]:
        """Yield variants that no setup has, of methods that have setups."""
        own = [self.variants[method] for method in statement.about.methods if method in self.variants]
        there = frozenset[str]().union(*own)
        for variant in statement.about.variants if own else ():
            if variant not in there:
                message = f"No setup of {_named(statement.about.methods)} has the variant `{variant}`"
                yield finding(Code.VARIANT_UNKNOWN, statement.place, f"{message}{near(variant, there - {''})}.")

    def _unusable_examples(self, statement: Statement) -> Iterator[Finding]:
        for name in statement.about.examples:
            example = self.examples.get(name)
            if example is None:
                message = f"There is no example `{name}`{near(name, self.examples)}."
                yield finding(Code.EXAMPLE_UNKNOWN, statement.place, message)
            elif example.setup_for or example.probe:
                message = f"The example `{name}` is no plain one: it sets up a method, or tries a feature of methods."
                advice = "Name the method, and the feature, in place of the example."
                yield finding(Code.OPTION_INVALID, statement.place, message, advice)


def _known(corpus: Corpus) -> _Known:
    variants: dict[str, frozenset[str]] = {}
    for each in corpus.examples:
        if each.setup_for:
            variants[each.setup_for] = variants.get(each.setup_for, frozenset()) | {each.variant}
    return _Known(
        frozenset(card.name for card in corpus.cards),
        frozenset(feature.name for feature in corpus.features),
        variants,
        {example.name: example for example in corpus.examples},
    )


def _named(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def _releases(statement: Statement, releases: Releases) -> Iterator[Finding]:
    """Yield intervals that cannot be meant, and contradictions where a statement says nothing."""
    both = (*statement.intervals, *statement.contradicted)
    for interval in dict.fromkeys(both):
        yield from _ends(statement, interval, releases)
    speaks_of = {at for each in statement.intervals for at in releases.span(each)}
    for interval in statement.contradicted if speaks_of else ():
        if not speaks_of.issuperset(releases.span(interval)):
            message = f"The statement `{statement.name}` is declared contradicted in {interval}, beyond its releases."
            yield finding(Code.OPTION_INVALID, statement.place, message, "Correct one of the two options.")


def _ends(statement: Statement, interval: Interval, releases: Releases) -> Iterator[Finding]:
    ends = dict.fromkeys(end for end in (interval.first, interval.last) if end)
    unknown = [end for end in ends if releases.position(end) is None]
    for end in unknown:
        yield finding(Code.RELEASE_UNKNOWN, statement.place, no_release(end, releases))
    if not unknown and not releases.span(interval):
        message = f"The interval `{interval}` of the statement `{statement.name}` ends before it begins."
        yield finding(Code.OPTION_INVALID, statement.place, message, "Write the older release first.")
