"""What is to run: all runs of a site, what the evidence makes of each, and which were asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from msgspec import Struct, field

from affidavit.examples.environments.declared import Declared
from affidavit.examples.evidence import PROOFS
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.plan import Plan, Problem, Run, plan
from affidavit.examples.settle import Own
from affidavit.examples.states import Evidence, Kept, Standing, Today, standing
from affidavit.model.cells import Expect, Expectations
from affidavit.model.codes import Code
from affidavit.model.environments import MACHINE
from affidavit.model.errors import AffidavitError
from affidavit.model.evidence import State
from affidavit.model.examples import Example

FAILED = frozenset({State.DRIFTED, State.CONTRADICTED})
CHANGED = frozenset({State.NOT_YET_PROVEN, State.STALE})
NONE = Evidence()
_RESTORE = "Restore it from version control, or run `affidavit run --record`."
_UPGRADE = Code.EVIDENCE_VERSION.value.advice


class UnknownExampleError(AffidavitError):
    """Somebody asked for an example that no page has."""


class UnknownEnvironmentError(AffidavitError):
    """Somebody asked for an environment that no setting declares, or for a release that none is of."""


class Wanted(Struct, frozen=True):
    """Which runs are asked for: those of these names, empty for all; of them only what failed, or what changed.

    ``environments`` are those that they run in, ``releases`` what these are of; both empty for all. What is ``slow``
    is left out unless it is asked for, or named.
    """

    names: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    failed: bool = False
    changed: bool = False
    slow: bool = False


class Known(Struct, frozen=True):
    """What runs are held against: the evidence, the hashes of the files that they read, the day.

    ``most_days`` is the age up to which evidence counts, 0 for any. ``declared`` are the environments of the settings,
    ``own`` the site's patterns. ``expected`` is what cards make of runs, ``platform`` that of
    here.
    """

    kept: Kept
    contents: Mapping[str, str]
    day: date
    most_days: int = 0
    declared: Declared = field(default_factory=Declared)
    own: tuple[Own, ...] = ()
    expected: Expectations = field(default_factory=Expectations)
    platform: str = ""


class Planned(Struct, frozen=True):
    """A run, and what is known of it before; ``left`` says why it is not to run, empty where it is.

    ``own`` are the patterns of its site.
    """

    run: Run
    today: Today
    evidence: Evidence
    before: Standing
    left: str = ""
    own: tuple[Own, ...] = ()

    @property
    def declared(self) -> str:
        """Return the pattern by which its card, or its page, declares how it fails; empty where none does."""
        of_page = self.run.example.symptom
        of_card = self.today.expectation.symptom if self.today.expectation.expect is Expect.FAILS else of_page
        return of_card.pattern if of_card else ""


class Plans(Struct, frozen=True):
    """The runs that were asked for, what cannot be planned of them, and what evidence of theirs cannot be read.

    ``later`` are the files of evidence that only a later Affidavit reads, whatever was asked for.
    """

    planned: tuple[Planned, ...] = ()
    problems: tuple[Problem, ...] = ()
    unreadable: tuple[str, ...] = ()
    later: frozenset[str] = frozenset()

    @property
    def waiting(self) -> list[Planned]:
        """Return what is to run."""
        return [each for each in self.planned if not each.left]


def plans(examples: Sequence[Example], known: Known, wanted: Wanted) -> Plans:
    """Return what is to run.

    Raise :class:`UnknownExampleError` or :class:`UnknownEnvironmentError` for names and releases that nothing has.
    """
    every = plan(examples, known.declared.names)
    _require_known(wanted.names, every, examples)
    _require_declared(wanted.environments, known.declared)
    _require_released(wanted.releases, known.declared)
    inside = _inside(wanted, known.declared)
    can_run = [run for run in every.runs if not run.environment or run.environment in known.declared.names]
    asked = [run for run in can_run if _is_asked(run, wanted.names) and (run.environment or MACHINE) in inside]
    problems = tuple(each for each in every.problems if not wanted.names or each.example.name in wanted.names)
    planned = tuple(_planned(run, known, wanted) for run in asked)
    return Plans(planned, problems, tuple(_unreadable(known.kept, {run.key for run in asked})), known.kept.later)


def _planned(run: Run, known: Known, wanted: Wanted) -> Planned:
    expectation = known.expected.of(run.subject)
    pins, mark = known.declared.pins(run.environment), known.declared.mark(run.environment)
    now = Today(
        fingerprint(run, known.contents, mark), known.day, known.most_days, known.platform,
        expectation=expectation, pins=pins, contents=known.contents, mark=mark,
    )  # fmt: skip
    evidence = known.kept.evidence.get(run.key, NONE)
    before = standing(run, evidence, now, known.own)
    left = _left(before.state, wanted) or _slow(run, wanted)
    return Planned(run, now, evidence, before, left, known.own)


def _left(state: State, wanted: Wanted) -> str:
    """Return why a run of that state is left out; with both wishes, either is reason enough to run it."""
    states = (FAILED if wanted.failed else frozenset()) | (CHANGED if wanted.changed else frozenset())
    if not (wanted.failed or wanted.changed) or state in states:
        return ""
    return "unchanged" if wanted.changed else "not failed"


def _is_asked(run: Run, names: Sequence[str]) -> bool:
    of_setup = run.setup.name if run.setup else ""
    return not names or not {run.key, run.name, run.example.name, of_setup}.isdisjoint(names)


def _slow(run: Run, wanted: Wanted) -> str:
    """Return that a run is slow, where nobody asked for it: whoever names what is slow does."""
    own = {run.key, run.name} if run.setup else {run.key}
    return "" if wanted.slow or not run.slow or not {*own, *run.slow}.isdisjoint(wanted.names) else "slow"


def _inside(wanted: Wanted, declared: Declared) -> frozenset[str]:
    """Return the names of the environments that are asked for; where a release is, they are of one."""
    of_release = {each.name for each in declared.items if each.release in wanted.releases}
    every = frozenset(of_release if wanted.releases else (MACHINE, *declared.names))
    return every & frozenset(wanted.environments) if wanted.environments else every


def _require_released(releases: Iterable[str], declared: Declared) -> None:
    known = tuple(dict.fromkeys(each.release for each in declared.items if each.release))
    for release in releases:
        if release not in known:
            near = get_close_matches(release, known, 1)
            advice = f"Is `{near[0]}` meant?" if near else f"There are {', '.join(known) or 'none'}."
            raise UnknownEnvironmentError(f"No environment is of the release `{release}`.", advice=advice)


def _require_declared(names: Iterable[str], declared: Declared) -> None:
    known = (MACHINE, *declared.names)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            advice = f"Is `{near[0]}` meant?" if near else f"There are {', '.join(known)}."
            raise UnknownEnvironmentError(f"There is no environment `{name}`.", advice=advice)


def _require_known(names: Iterable[str], every: Plan, examples: Iterable[Example]) -> None:
    of_runs = (name for run in every.runs for name in (run.name, run.key))
    known = list(dict.fromkeys([*(each.name for each in examples), *of_runs]))
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            advice = f"Is `{near[0]}` meant?" if near else "`affidavit run --list` shows all examples."
            raise UnknownExampleError(f"There is no example `{name}`.", advice=advice)


def _unreadable(kept: Kept, keys: set[str]) -> Iterable[str]:
    """Give what to say of each file of evidence that cannot be read and that a run here would need."""
    for name, why in kept.unreadable.items():
        if name == PROOFS or name.removesuffix(".json") in keys:
            advice = _UPGRADE if name in kept.later else _RESTORE
            yield f"The evidence `{name}` cannot be read: {why}. {advice}"
