"""What ``affidavit run`` is to run: all runs of a site, what the evidence makes of each, and which were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from affidavit.check import Gathered
from affidavit.cli.outcome import UsageError
from affidavit.cli.run_options import RunOptions
from affidavit.examples.plan import Plan, Problem, Run, plan
from affidavit.examples.running import fingerprint_of
from affidavit.examples.states import Evidence, Kept, Standing, Today, standing
from affidavit.examples.store import PROOFS
from affidavit.model.evidence import State
from affidavit.model.examples import Example

FAILED = frozenset({State.DRIFTED, State.CONTRADICTED})
CHANGED = frozenset({State.NOT_YET_PROVEN, State.STALE})
NONE = Evidence()


@dataclass(frozen=True, slots=True)
class Planned:
    """A run, and what is known of it before; ``left`` says why it is not to run, empty where it is."""

    run: Run
    today: Today
    evidence: Evidence
    before: Standing
    left: str = ""


@dataclass(frozen=True, slots=True)
class Plans:
    """The runs that were asked for, what cannot be planned of them, and what evidence of theirs cannot be read."""

    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    unreadable: tuple[str, ...]


def examples_of(gathered: Gathered) -> tuple[Example, ...]:
    """Return the examples of a site, in the order of its pages."""
    return gathered.corpus.examples


def plans(examples: Sequence[Example], kept: Kept, folder: Path, options: RunOptions, today: tuple[date, int]) -> Plans:
    """Return what is to run; ``today`` is the day, and the age in days up to which evidence counts.

    Raise :class:`UsageError` for names that no example has.
    """
    every = plan(examples, ())
    _require_known(options.names, every, examples)
    asked = [run for run in every.runs if _is_asked(run, options.names)]
    problems = tuple(each for each in every.problems if not options.names or each.example.name in options.names)
    planned = tuple(_planned(run, kept, folder, options, today) for run in asked)
    return Plans(planned, problems, tuple(_unreadable(kept, {run.key for run in asked})))


def _planned(run: Run, kept: Kept, folder: Path, options: RunOptions, today: tuple[date, int]) -> Planned:
    day, most_days = today
    now = Today(fingerprint_of(run, folder), day, most_days)
    evidence = kept.evidence.get(run.key, NONE)
    before = standing(run, evidence, now)
    return Planned(run, now, evidence, before, _left(before.state, options))


def _left(state: State, options: RunOptions) -> str:
    """Return why a run of that state is left out; with both options, either is reason enough to run it."""
    wanted = (FAILED if options.failed else frozenset()) | (CHANGED if options.changed else frozenset())
    if not (options.failed or options.changed) or state in wanted:
        return ""
    return "unchanged" if options.changed else "not failed"


def _is_asked(run: Run, names: Sequence[str]) -> bool:
    return not names or not {run.key, run.example.name, run.setup.name if run.setup else ""}.isdisjoint(names)


def _require_known(names: Iterable[str], every: Plan, examples: Iterable[Example]) -> None:
    known = list(dict.fromkeys([*(each.name for each in examples), *(run.key for run in every.runs)]))
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            advice = f"Is `{near[0]}` meant?" if near else "`affidavit run --list` shows all examples."
            raise UsageError(f"There is no example `{name}`.", advice=advice)


def _unreadable(kept: Kept, keys: set[str]) -> Iterable[str]:
    """Give a sentence on each file of evidence that cannot be read and that a run here would need."""
    for name, why in kept.unreadable.items():
        if name == PROOFS or name.removesuffix(".json") in keys:
            yield f"The evidence `{name}` cannot be read: {why}."
