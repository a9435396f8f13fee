"""Runs that begin as a longer one does: one start serves them, and each has its own verdict."""

from functools import partial

import pytest
from msgspec.structs import replace

from affidavit.examples import nested, running
from affidavit.examples.ground import Ground, Observed
from affidavit.examples.nested import outermost, run_nested
from affidavit.examples.plan import plan
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.model.evidence import Outcome
from affidavit.model.examples import ConsoleStep, Example, Exchange
from affidavit.model.place import Place
from affidavit.model.runs import MIB, Limits

AT = Place("guide.rst", 3)
COUNT = "echo >> count; wc -l < count"


def example(name, given, expected, *setup, **options):
    return Example(name, (ConsoleStep((Exchange(given, expected, AT),), AT),), AT, setup=setup, **options)


ONE = example("one", COUNT, "1")
TWO = example("two", COUNT, "2", "one")
THREE = example("three", COUNT, "3", "two")
ASIDE = example("aside", COUNT, "2", "one")


@pytest.fixture
def ground(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose_sandbox()
    assert not isinstance(sandbox, Unable)
    return Ground(tmp_path, sandbox)


@pytest.fixture
def starts(monkeypatch):
    """Return what each start of a sandbox was given."""
    found: list[int] = []
    for module in (nested, running):
        monkeypatch.setattr(module, "run_job", partial(_counted, found))
    return found


def _counted(found, job, *more, **options):
    found.append(len(job.steps))
    return run_job(job, *more, **options)


def runs_of(*examples):
    return plan(examples, ()).runs


def test_the_longest_run_stands_for_all_that_begin_it():
    found = outermost(runs_of(ONE, TWO, THREE, ASIDE))
    assert {key: run.key for key, run in found.items()} == {
        "one/here": "three/here", "two/here": "three/here", "three/here": "three/here", "aside/here": "aside/here",
    }  # fmt: skip


def test_a_run_that_must_not_reach_the_network_stands_for_itself():
    found = outermost(runs_of(ONE, replace(TWO, network=True)))
    assert found["one/here"].key == "one/here"


def test_one_start_serves_all_and_each_has_its_own_record(ground, starts):
    runs = runs_of(ONE, TWO, THREE)
    found = run_nested(runs, ground)
    assert starts == [3]
    assert [each.shared for each in found if isinstance(each, Observed)] == [True, True, False]
    alone = [each for run in runs if isinstance(each := run_one(run, ground), Observed)]
    assert [each.record for each in found if isinstance(each, Observed)] == [each.record for each in alone]
    assert len(alone) == len(runs)
    assert not any(each.shared for each in alone)


def test_what_is_not_as_shown_is_run_again_alone(ground, starts):
    found = run_nested(runs_of(ONE, replace(TWO, steps=example("two", COUNT, "7").steps), THREE), ground)
    assert sorted(starts) == [2, 3]
    assert [each.shared for each in found if isinstance(each, Observed)] == [True, False, False]


def test_what_the_longest_did_not_pass_is_run_alone(ground):
    early = replace(TWO, steps=example("two", "exit 1", "").steps)
    found = run_nested(runs_of(ONE, early, THREE), ground)
    assert all(isinstance(each, Observed) for each in found)
    assert [each.record.outcome for each in found if isinstance(each, Observed)] == [
        Outcome.FINISHED, Outcome.FINISHED, Outcome.BROKE_OFF,
    ]  # fmt: skip


def test_a_run_with_less_time_than_the_longest_took_is_run_alone(ground, starts):
    slow = replace(TWO, steps=example("two", "sleep 1.2", "").steps)
    found = run_nested(runs_of(replace(ONE, timeout=1), slow), ground)
    assert starts == [2, 1]
    assert [each.record.outcome for each in found if isinstance(each, Observed)] == [Outcome.FINISHED] * 2


FILL = "head -c 12M /dev/zero >/workspace/full 2>/dev/null; true"


def test_a_run_that_used_too_much_has_not_finished_because_a_longer_one_made_room(ground):
    runs = runs_of(example("one", FILL, ""), example("two", "rm /workspace/full", "", "one"))
    found, _ = run_nested(runs, _small(ground))
    assert isinstance(found, Observed)
    assert found.record.outcome is Outcome.EXCEEDED


def test_what_was_passed_before_too_much_was_used_is_run_alone(ground, starts):
    runs = runs_of(ONE, example("two", f"{FILL}; sleep 2", "", "one"))
    found = run_nested(runs, _small(ground))
    assert starts == [2, 1]
    assert [each.record.outcome for each in found if isinstance(each, Observed)] == [
        Outcome.FINISHED, Outcome.EXCEEDED,
    ]  # fmt: skip


def _small(ground):
    return replace(ground, limits=Limits(disk=8 * MIB))
