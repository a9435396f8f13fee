"""What the stages of a card must obey, and what cards may name. Pure: values in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from affidavit.model.claims import Card, Feature, Stage, Term
from affidavit.model.codes import Code
from affidavit.model.releases import Releases
from affidavit.model.settings import Settings
from affidavit.model.statements import Statement
from affidavit.model.verdicts import Finding, finding


def examine(
    cards: Sequence[Card], features: Sequence[Feature], terms: Sequence[Term], settings: Settings
) -> Iterator[Finding]:
    """Yield every finding about cards: their names, what they refer to, and their stages."""
    yield from duplicates(cards, Code.METHOD_DUPLICATE, "deployment method")
    yield from duplicates(features, Code.FEATURE_DUPLICATE, "deployment feature")
    names = {feature.name for feature in features}
    words = {name for term in terms for name in term.names}
    for card in cards:
        yield from _unknown_term(card, words)
        yield from _unknown_features(card, names)
        yield from lint_stages(card, settings.releases) if settings.releases.items else ()
    yield from _documented(cards, settings)


def lint_stages(card: Card, releases: Releases) -> Iterator[Finding]:
    """Yield what is wrong with the intervals of a card's stages, taken for themselves and together."""
    sound = []
    for stage in card.stages:
        problems = tuple(_ends(stage, releases))
        yield from problems
        if not problems:
            sound.append(stage)
    ordered = sorted(sound, key=lambda stage: releases.span(stage.interval).start)
    for earlier, later in pairwise(ordered):
        yield from _meeting(earlier, later, releases)


def duplicates(declared: Iterable[Card | Feature | Statement], code: Code, what: str) -> Iterator[Finding]:
    """Yield whatever has a name that something of its kind has already."""
    first: dict[str, Card | Feature | Statement] = {}
    for each in declared:
        known = first.setdefault(each.name, each)
        if known is not each:
            message = f"There is a {what} `{each.name}` already, at {known.place}."
            yield finding(code, each.place, message)


def _unknown_term(card: Card, words: set[str]) -> Iterator[Finding]:
    # Sphinx finds a term whatever its case, so a card may write it in any.
    if card.term and card.term.lower() not in {word.lower() for word in words}:
        message = f"No glossary of the site has the term `{card.term}`{near(card.term, words)}."
        yield finding(Code.TERM_UNKNOWN, card.place, message)


def _unknown_features(card: Card, names: set[str]) -> Iterator[Finding]:
    for failure in (failure for stage in card.stages for failure in stage.fails):
        if failure.feature not in names:
            message = f"There is no deployment feature `{failure.feature}`{near(failure.feature, names)}."
            yield finding(Code.FEATURE_UNKNOWN, failure.place, message)


def near(name: str, names: Iterable[str]) -> str:
    """Return which names are near one that nothing has, to stand at the end of a sentence."""
    from difflib import get_close_matches  # noqa: PLC0415 -- few sites name what is not there

    found = get_close_matches(name, sorted(names), n=2, cutoff=0.5)
    return f"; near it are {' and '.join(f'`{each}`' for each in found)}" if found else ""


def _ends(stage: Stage, releases: Releases) -> Iterator[Finding]:
    ends = dict.fromkeys(end for end in (stage.interval.first, stage.interval.last) if end)
    unknown = [end for end in ends if releases.position(end) is None]
    for end in unknown:
        yield finding(Code.RELEASE_UNKNOWN, stage.place, no_release(end, releases))
    if not unknown and not releases.span(stage.interval):
        yield finding(Code.STAGE_REVERSED, stage.place, f"The stage `{stage.interval}` ends before it begins.")


def no_release(version: str, releases: Releases) -> str:
    """Say that a release is not one of those that the site knows."""
    told = near(version, [known.version for known in releases.items])
    return f"The release `{version}` is not one of `affidavit_releases`{told}."


def _meeting(earlier: Stage, later: Stage, releases: Releases) -> Iterator[Finding]:
    end, start = releases.span(earlier.interval).stop, releases.span(later.interval).start
    if start < end:
        both = _told(releases, start, min(end, releases.span(later.interval).stop))
        message = f"The stages `{earlier.interval}` and `{later.interval}` both speak of {both}."
        yield finding(Code.STAGE_OVERLAP, later.place, message)
    elif start > end:
        message = f"Between the stages `{earlier.interval}` and `{later.interval}` nothing covers"
        yield finding(Code.STAGE_GAP, later.place, f"{message} {_told(releases, end, start)}.")


def _told(releases: Releases, start: int, stop: int) -> str:
    versions = [known.version for known in releases.items[start:stop]]
    return versions[0] if len(versions) == 1 else f"{versions[0]} to {versions[-1]}"


def _documented(cards: Sequence[Card], settings: Settings) -> Iterator[Finding]:
    """Yield what keeps cards from showing the release that the site documents."""
    staged = [card for card in cards if card.stages]
    if not staged or settings.invalid & {"affidavit_release", "affidavit_releases"}:
        return
    if not (settings.releases.items and settings.release):
        name = "affidavit_release" if settings.releases.items else "affidavit_releases"
        message = f"`{name}` is not set, so the cards cannot show their stage."
        yield finding(Code.RELEASE_MISSING, staged[0].place, message)
    elif settings.releases.position(settings.release) is None:
        message = no_release(settings.release, settings.releases)
        yield finding(Code.RELEASE_UNKNOWN, staged[0].place, f"`affidavit_release`: {message}")
    else:
        yield from _uncovered(staged, settings)


def _uncovered(cards: Sequence[Card], settings: Settings) -> Iterator[Finding]:
    at = settings.releases.position(settings.release)
    for card in cards:
        spans = [settings.releases.span(stage.interval) for stage in card.stages]
        # A hole between two stages is told as a gap, and stages that cover nothing by findings of their own.
        if at is not None and all(spans) and _outside(at, spans):
            message = f"No stage of `{card.name}` covers {settings.release}, which the site documents."
            yield finding(Code.RELEASE_UNCOVERED, card.place, message)


def _outside(at: int, spans: Sequence[range]) -> bool:
    return at < min(span.start for span in spans) or at >= max(span.stop for span in spans)
