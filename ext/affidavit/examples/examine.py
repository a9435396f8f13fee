"""What is wrong with examples before any run: patterns and expected output that cannot be used, names of none. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from affidavit.examples.compared import matching_of, of_step, unusable_exchange
from affidavit.examples.match import unusable_tolerance
from affidavit.examples.observed import settled_in
from affidavit.examples.settle import MOST_OWN, Own, read_own, unknown_names
from affidavit.examples.settle_table import ON_REQUEST
from affidavit.model.codes import Code
from affidavit.model.examples import Example, Step
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding


def own_of(settings: Settings) -> tuple[Own, ...]:
    """Return the patterns of a site that can be used."""
    return _read(settings.settle)[0]


def examine(examples: Sequence[Example], settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with a site's patterns, and with the blocks that nothing could be held against."""
    own, problems = _read(settings.settle)
    for sentence in problems:
        left = "this entry is left out" if len(settings.settle) <= MOST_OWN else "none of them is used"
        advice = f"Correct it in conf.py; {left} meanwhile."
        yield finding(Code.SETTING_INVALID, settings.place, f"`affidavit_settle`: {sentence}", advice)
    for step in (step for example in examples for step in example.steps):
        yield from _unknown(step, own)
        yield from _unusable(step)


def _unknown(step: Step, own: Sequence[Own]) -> Iterator[Finding]:
    """Yield the names in ``settle`` that no pattern has, with those that there are."""
    for name in unknown_names(settled_in(step), own):
        message = f"The option `settle` of `{step.kind}` names `{name}`, and no pattern has that name."
        known = ", ".join(f"`{each}`" for each in (*sorted(ON_REQUEST), *(each.name for each in own)))
        advice = f"There are {known}; `affidavit_settle` has the site's own."
        yield finding(Code.OPTION_INVALID, step.place, message, advice)


def _unusable(step: Step) -> Iterator[Finding]:
    """Yield what no output could be compared with, whatever a run sees."""
    matching = matching_of(step)
    if wrong := unusable_tolerance(matching):
        yield finding(Code.EXAMPLE_MALFORMED, step.place, wrong.sentence, "Leave out one of `match` and `tolerance`.")
        return
    advice = f"Correct line {{0}} of what is shown, or leave `match` out: it is `{matching.comparison}`."
    for exchange in of_step(step):
        if wrong := unusable_exchange(step, exchange):
            yield finding(Code.EXAMPLE_MALFORMED, exchange.place, wrong.sentence, advice.format(wrong.line))


@lru_cache(maxsize=8)
def _read(settle: tuple[tuple[str, str], ...]) -> tuple[tuple[Own, ...], tuple[str, ...]]:
    return read_own(dict(settle))
