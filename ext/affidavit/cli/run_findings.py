"""What is wrong before anything runs, as far as it bears on what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from affidavit.cells import problems_of
from affidavit.examples.compared import of_step
from affidavit.examples.planned import Plans
from affidavit.gathered import Gathered
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding


def findings_before(
    gathered: Gathered, found: Plans, examples: Sequence[Example], names: Sequence[str]
) -> tuple[Finding, ...]:
    """Return what is wrong with settings and pages, in their order: an example may not even be one for that reason.

    Where there are names, what is wrong elsewhere on the pages is left out.
    """
    problems = {*gathered.problems, *problems_of(gathered.corpus, gathered.settings)}
    wrong = {each for each in problems if each.severity is Severity.ERROR}
    if names:
        chosen = _chosen(found, examples, names)
        places = {place for each in examples if each.name in chosen for place in _places(each)}
        wrong = {each for each in wrong if each.place in places or each.place.file == gathered.settings.place.file}
    every = {*(each.finding for each in found.problems), *wrong}
    return tuple(sorted(every, key=lambda each: (each.place, each.message)))


def _chosen(found: Plans, examples: Sequence[Example], names: Sequence[str]) -> set[str]:
    """Return the examples of these names, and all that takes part in their runs."""
    running = {each.name for planned in found.planned for each in planned.run.chain}
    return running | {each.name for each in examples if each.name in names}


def _places(example: Example) -> Iterator[Place]:
    yield example.place
    yield from (flaw.place for flaw in example.flaws)
    for step in example.steps:
        yield step.place
        yield from (exchange.place for exchange in of_step(step))
