"""What examples and cards call each other by: methods, variants and features that must be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from affidavit.methods.rules import near
from affidavit.model.claims import Card, Feature
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.verdicts import Finding, finding


def examine(cards: Sequence[Card], features: Sequence[Feature], examples: Sequence[Example]) -> Iterator[Finding]:
    """Yield the names that examples have for methods and features, and cards for variants, and that nothing has."""
    methods = {card.name for card in cards}
    names = {feature.name for feature in features}
    for each in examples:
        if each.setup_for and each.setup_for not in methods:
            message = f"`{each.name}` sets up the method `{each.setup_for}`, which no card declares"
            yield finding(Code.METHOD_UNKNOWN, each.place, f"{message}{near(each.setup_for, methods)}.")
        for name in (name for name in (each.probe, *each.features) if name and name not in names):
            message = f"`{each.name}` tries the feature `{name}`, which no `deployment-feature` declares"
            yield finding(Code.FEATURE_UNKNOWN, each.place, f"{message}{near(name, names)}.")
    yield from _unknown_variants(cards, examples)


def _unknown_variants(cards: Sequence[Card], examples: Sequence[Example]) -> Iterator[Finding]:
    """Yield failures of variants that no setup has, of methods that have setups."""
    variants: dict[str, set[str]] = defaultdict(set)
    for each in examples:
        if each.setup_for:
            variants[each.setup_for].add(each.variant)
    for card in (card for card in cards if card.name in variants):
        for failure in (failure for stage in card.stages for failure in stage.fails):
            if failure.variant and failure.variant not in variants[card.name]:
                message = f"No setup of `{card.name}` has the variant `{failure.variant}`"
                told = near(failure.variant, variants[card.name] - {""})
                yield finding(Code.VARIANT_UNKNOWN, failure.place, f"{message}{told}.")
