"""What is said of stale runs whose environment is another one: once for a line of a lock, once for an environment."""

import pytest
from msgspec.structs import replace

from affidavit.examples.environments.declared import NoLock
from affidavit.examples.environments.pins import Unlike
from affidavit.examples.plan import Run
from affidavit.examples.stale import of_stale
from affidavit.examples.states import Evidence, Standing, Stood
from affidavit.model.codes import Code
from affidavit.model.evidence import Outcome, Record, State
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.settings import Settings

RECORD = Record("sha256:00", Outcome.FINISHED, (), (), "Linux", "bubblewrap", inputs=())
SETTINGS = Settings(place=Place("../conf.py"))
LOCKS = {"one": NoLock("is bad"), "two": NoLock("is bad")}
APP = Unlike("app", "1", "2", 7)


def stood(name, environment="one", *, record=RECORD, slow=False, **standing):
    run = Run((Example(name, (), Place("guide.rst", 3, "guide"), slow=slow),), environment)
    return Stood(run, Evidence(record), Standing(State.STALE, "it has changed", **standing))


def unlike(name, *others, **about):
    return stood(name, unlike=others or (APP,), **about)


def remade(name, environment="one", **about):
    return stood(name, environment, remade=True, **about)


def opened(name, environment="one", **about):
    return stood(name, environment, record=replace(RECORD, outcome=Outcome.BROKE_OFF), **about)


def told(*every, locks=LOCKS):
    return of_stale(every, SETTINGS, locks)


def one(*every, **about):
    """Return the one finding that is told of all of these runs."""
    found = told(*every, **about)
    assert set(found) == {each.run.key for each in every}
    ((finding,),) = set(found.values())
    assert finding.code is Code.EXAMPLE_STALE
    return finding


def test_a_line_of_a_lock_is_told_once_for_all_runs_that_had_another_version():
    found = one(unlike("a"), unlike("b"))
    assert found.place == Place("environments/one.txt", 7)
    assert found.message == "The lock of the environment `one` has app 2, and 2 runs in it had 1."
    assert found.advice == "Lock it as it was, or run again what it concerns: `affidavit run --changed --record`."


def test_of_runs_that_had_several_versions_all_are_told():
    others = [replace(APP, had=""), replace(APP, had="0.9")]
    found = one(unlike("a"), unlike("b"), *(unlike(each.had or "none", each) for each in others))
    assert (
        found.message == "The lock of the environment `one` has app 2, and 2 runs in it had 1, 1 had none, 1 had 0.9."
    )


def test_a_single_run_without_the_package_is_told():
    assert one(unlike("a", replace(APP, had=""))).message.endswith(" has app 2, and 1 run in it had none.")


def test_another_python_is_told_as_what_it_is():
    found = one(unlike("a", Unlike("Python", "3.12.1", "3.11", 4)))
    assert found.message == "The environment `one` is for Python 3.11, and 1 run in it had 3.12.1."


def test_each_line_and_each_environment_is_told_by_itself():
    other = Unlike("b", "3", "4", 9)
    found = told(unlike("a", APP, other), unlike("b", environment="two"))
    places = {key: [each.place for each in findings] for key, findings in found.items()}
    first, second, third = (Place("environments/one.txt", 7), Place("environments/one.txt", 9),
                            Place("environments/two.txt", 7))  # fmt: skip
    assert places == {"a/one": [first, second], "b/two": [third]}


def test_an_environment_that_is_made_of_something_else_is_told_once_at_its_lock():
    found = one(remade("a"), remade("b"))
    assert found.place == Place("environments/one.txt", 1)
    assert found.message == (
        "What the environment `one` is made of has changed since 2 runs in it: "
        "its lock, or what `conf.py` declares of it."
    )
    assert found.advice == "Put it back as it was, or run again what it concerns: `affidavit run --changed --record`."


def test_without_a_lock_it_is_told_at_the_settings():
    assert one(remade("a"), locks={}).place == Place("../conf.py")


def test_where_one_of_the_runs_is_slow_it_is_said_how_that_is_run():
    for each in (remade, unlike):
        assert one(each("a"), each("b", slow=True)).advice.endswith("`affidavit run --changed --slow --record`.")


def test_a_run_that_ended_early_goes_with_the_others_of_its_environment():
    assert "since 2 runs in it" in one(remade("a"), opened("b")).message
    assert "and 1 run in it had 1" in one(unlike("a"), opened("b")).message


APART = {
    "it is alone": (opened("b"),),
    "the other environment is another": (remade("a", "two"), opened("b")),
    "its record is of version 1": (
        remade("a"), stood("b", record=replace(RECORD, outcome=Outcome.UNABLE, inputs=None)),
    ),
    "its record is whole": (remade("a"), stood("b")),
    "it runs on the machine": (remade("a"), opened("b", "")),
    "it is not stale": (remade("a"), replace(opened("b"), standing=Standing(State.UNABLE))),
}  # fmt: skip


@pytest.mark.parametrize("every", APART.values(), ids=APART)
def test_it_is_told_by_itself_where(every):
    assert not told(*every).get(every[-1].run.key)
