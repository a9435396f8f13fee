"""What is to be said of stale runs: once for a line of a page, and once for a line of an environment's lock. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from affidavit.examples.environments.declared import Locks
from affidavit.examples.environments.lock import file_of
from affidavit.examples.environments.pins import PYTHON, Unlike
from affidavit.examples.plan import HERE, Run
from affidavit.examples.states import Stood
from affidavit.model.codes import Code
from affidavit.model.evidence import Outcome, State
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding

RUN_SLOW = "Run `affidavit run --slow --record`, look at what came of it, and commit the evidence."
_NAMED = 2
"""How many of several runs that a finding is about have their names in it."""

Told = dict[str, tuple[Finding, ...]]
"""Findings by the keys of the runs that they are about."""


def of_stale(stood: Sequence[Stood], settings: Settings, locks: Locks) -> Told:
    """Return what is to be said of runs whose page has changed in a line, or whose environment is another one."""
    versions = _of_versions(stood)
    return {**_of_pages(stood), **versions, **_of_environments(stood, settings, locks, versions)}


def _of_pages(stood: Iterable[Stood]) -> Told:
    """Return what is to be said of runs whose page has changed in a line; of one line, one finding."""
    groups: dict[tuple[Place, str], list[Stood]] = defaultdict(list)
    for each in stood:
        if each.standing.place is not None:
            groups[each.standing.place, each.standing.reason].append(each)
    found: Told = {}
    for (place, reason), group in groups.items():
        runs = sorted((each.run for each in group), key=lambda run: (len(run.chain), run.example.place, run.key))
        advice = RUN_SLOW if any(run.slow for run in runs) else ""
        told = finding(Code.EXAMPLE_STALE, place, f"{all_named(runs)}: {reason}.", advice)
        found.update((run.key, (told,)) for run in runs)
    return found


class _Line(Struct, frozen=True):
    """A line of the lock of an environment, and what it has there."""

    environment: str
    due: Unlike

    @property
    def place(self) -> Place:
        return Place(file_of(self.environment), self.due.line)


def _of_versions(stood: Iterable[Stood]) -> Told:
    """Return what is to be said of runs that had other versions than the lock; of one line of it, one finding."""
    groups: dict[_Line, list[tuple[Run, str]]] = defaultdict(list)
    for each in stood:
        for one in each.standing.unlike:
            groups[_Line(each.run.environment, replace(one, had=""))].append((each.run, one.had))
    found: Told = {}
    for line, group in groups.items():
        runs = [run for run, _ in group]
        message = f"{_has(line)}, and {_had(Counter(had for _, had in group))}."
        told = finding(Code.EXAMPLE_STALE, line.place, message, _advice("Lock it as it was", runs))
        found.update((run.key, (*found.get(run.key, ()), told)) for run in runs)
    return found


def _has(line: _Line) -> str:
    if line.due.name == PYTHON:
        return f"The environment `{line.environment}` is for {PYTHON} {line.due.due}"
    return f"The lock of the environment `{line.environment}` has {line.due.name} {line.due.due}"


def _had(counted: Counter[str]) -> str:
    """Return how many runs had which versions, the most of them first."""
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    (had, number), *others = ordered
    return ", ".join([f"{_runs(number)} in it had {had or 'none'}", *(f"{n} had {had or 'none'}" for had, n in others)])


def _of_environments(stood: Sequence[Stood], settings: Settings, locks: Locks, versions: Told) -> Told:
    """Return what is to be said of runs whose environment is made of something else: of each, one finding.

    A run that did not come to its end cannot tell that from a page that has changed behind it: the others do.
    """
    groups: dict[str, list[Stood]] = defaultdict(list)
    for each in stood:
        if each.standing.remade or _is_open(each):
            groups[each.run.environment].append(each)
    found: Told = {}
    for environment, group in groups.items():
        told = dict.fromkeys(_in(environment, stood, versions))
        if any(each.standing.remade for each in group):
            told = dict.fromkeys([_remade(environment, [each.run for each in group], settings, locks)])
        found.update((each.run.key, tuple(told)) for each in group)
    return found


def _is_open(each: Stood) -> bool:
    """Tell whether a run is stale, and its record does not say why, since it ends before the page does."""
    standing, record = each.standing, each.evidence.record
    if standing.state is not State.STALE or standing.place or standing.unlike:
        return False
    return record is not None and record.inputs is not None and record.outcome is not Outcome.FINISHED


def _in(environment: str, stood: Iterable[Stood], versions: Mapping[str, Sequence[Finding]]) -> Iterator[Finding]:
    for each in stood:
        if each.run.environment == environment:
            yield from versions.get(each.run.key, ())


def _remade(environment: str, runs: Sequence[Run], settings: Settings, locks: Locks) -> Finding:
    """Return that an environment is made of something else, at its lock where it has one, else at the settings."""
    place = Place(file_of(environment), 1) if environment in locks else settings.place
    message = (
        f"What the environment `{environment}` is made of has changed since {_runs(len(runs))} in it: its lock, or "
        "what `conf.py` declares of it."
    )
    return finding(Code.EXAMPLE_STALE, place, message, _advice("Put it back as it was", runs))


def _advice(undo: str, runs: Sequence[Run]) -> str:
    slow = " --slow" if any(run.slow for run in runs) else ""
    return f"{undo}, or run again what it concerns: `affidavit run --changed{slow} --record`."


def _runs(number: int) -> str:
    return f"{number} run{'' if number == 1 else 's'}"


def all_named(runs: Sequence[Run]) -> str:
    """Return the first runs by their names, and how many others there are."""
    names, others = [named(run) for run in runs[:_NAMED]], len(runs) - _NAMED
    if others > 0:
        return f"{', '.join(names)} and {others} other{'s' if others > 1 else ''}"
    return " and ".join(names)


def named(run: Run) -> str:
    """Return a run as messages name it: by its example, and what else it is about."""
    where = f" in `{run.environment}`" if run.environment != HERE else ""
    under = f" under `{run.setup.name}`" if run.setup else ""
    return f"`{run.example.name}`{under}{where}"
