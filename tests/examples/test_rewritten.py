"""Where a page puts the same together in another way than when it was run."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.examples.changed import Changed
from affidavit.examples.environments.declared import Declared
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.judge import Tried, stood
from affidavit.examples.plan import Run, plan
from affidavit.examples.planned import Known, Wanted, plans
from affidavit.examples.rewritten import rewritten
from affidavit.examples.states import Evidence, Kept
from affidavit.model.environments import Environment
from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.model.examples import ConsoleStep, Example, Exchange, FileStep, PyconStep, ServiceStep
from affidavit.model.place import Place
from affidavit.model.settings import Settings

MARK = "sha256:11"


def at(line):
    return Place("guide.rst", line, "guide")


def console(line, *given):
    return ConsoleStep(tuple(Exchange(each, "", at(line)) for each in given), at(line))


def pycon(line, *given):
    return PyconStep(tuple(Exchange(each, "", at(line)) for each in given), at(line))


INI, SERVER = FileStep("a.ini", "x\n", at(5)), ServiceStep("server", at(7))


def run_of(*steps, **about):
    setup = Example("s", (console(1, "true"),), at(1), setup_for="m")
    return Run((setup, Example("p", steps, at(3), probe="f", **about)), "one", setup)


def before(run, mark=MARK, **changes):
    print_of = fingerprint(run, {}, mark)
    record = Record(print_of, Outcome.FINISHED, (), (), "Linux", "bubblewrap", inputs=recorded_inputs(run, {}))
    return replace(record, **changes)


ONE, TWO = "the block was one with that before it when it was run", "the block was two blocks when it was run"
CASES = [
    (run_of(console(9, "a", "b", "c")), run_of(console(9, "a"), console(11, "b", "c")), at(11), ONE),
    (run_of(console(9, "a"), console(11, "b")), run_of(console(9, "a", "b")), at(9), TWO),
    (run_of(pycon(9, "1", "2")), run_of(pycon(9, "1"), pycon(11, "2")), at(11), ONE),
    (run_of(pycon(9, "1"), pycon(11, "2")), run_of(pycon(9, "1", "2")), at(9), TWO),
    (run_of(INI, console(9, "a"), pycon(11, "1")), run_of(console(9, "a"), pycon(11, "1"), INI), at(5),
     "the file `a.ini` stood elsewhere among the commands when it was run"),
    (run_of(console(9, "a"), SERVER), run_of(SERVER, console(9, "a")), at(7),
     "the service stood elsewhere among the commands when it was run"),
    (run_of(INI, network=True), run_of(INI), at(3), "it could reach the network when it was run"),
    (run_of(INI), run_of(INI, network=True), at(3), "it could not reach the network when it was run"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "place", "told"), CASES)
def test_one_such_change_is_told_at_its_line(was, now, place, told):
    assert rewritten(now, before(was), {}, MARK) == Changed(place, told)


@pytest.mark.parametrize(("was", "now"), [row[:2] for row in CASES])
def test_nothing_is_told_where_the_environment_is_another(was, now):
    assert rewritten(now, before(was, mark="sha256:22"), {}, MARK) is None


def test_nothing_is_told_of_a_record_that_does_not_know_what_acted():
    was, now, *_ = CASES[0]
    assert rewritten(now, before(was, inputs=None), {}, MARK) is None


def test_builds_and_commands_look_for_it():
    here = Environment("one", variables=(("A", "1"),))
    declared, day = Declared((here,)), date(2030, 1, 1)
    now = Example("a", (INI, console(9, "a")), at(3), environments=("one",))
    was = replace(now, steps=now.steps[::-1])
    (run,) = plan((was,), declared.names).runs
    record = before(run, declared.mark("one"), seen=(Seen("a", "", 0),))
    kept = Kept({run.key: Evidence(record, Proof(day, 1))})
    ((judged,),) = stood((now,), Tried(kept), Settings(environments=(here,)), day).values()
    (planned,) = plans((now,), Known(kept, {}, day, declared=declared), Wanted()).planned
    assert judged.standing == planned.before
    assert planned.before.place == at(5)
