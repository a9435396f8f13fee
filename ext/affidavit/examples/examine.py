"""What is wrong with examples as their settings have it: patterns that cannot be used, and names of none. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from affidavit.examples.observed import settled_in
from affidavit.examples.settle import Own, read_own, unknown_names
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding


def own_of(settings: Settings) -> tuple[Own, ...]:
    """Return the patterns of a site that can be used."""
    return _read(settings.settle)[0]


def examine(examples: Sequence[Example], settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with a site's patterns, and with the blocks that ask for one that there is not."""
    own, problems = _read(settings.settle)
    for sentence in problems:
        yield finding(Code.SETTING_INVALID, settings.place, f"`affidavit_settle`: {sentence}")
    for step in (step for example in examples for step in example.steps):
        for name in unknown_names(settled_in(step), own):
            message = f"The option `settle` of `{step.kind}` names `{name}`, and no pattern has that name."
            yield finding(Code.OPTION_INVALID, step.place, message)


@lru_cache(maxsize=8)
def _read(settle: tuple[tuple[str, str], ...]) -> tuple[tuple[Own, ...], tuple[str, ...]]:
    return read_own(dict(settle))
