"""Which runs the examples of a site ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.plan import plan
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.verdicts import finding


def example(name, line=1, **about):
    return Example(name, (), Place("guide.rst", line), **about)


def chains(found):
    return {run.key: [each.name for each in run.chain] for run in found.runs}


def test_an_example_runs_on_the_machine_or_in_each_of_its_environments():
    found = plan([example("a"), example("b", environments=("old", "new"))], ["old", "new"])
    assert chains(found) == {"a/here": ["a"], "b/old": ["b"], "b/new": ["b"]}
    assert found.problems == ()


def test_setups_run_before_it_each_once_and_in_their_order():
    examples = [
        example("d", setup=("b", "c")),
        example("c", setup=("a",)),
        example("b", setup=("a",)),
        example("a"),
    ]
    assert chains(plan(examples, []))["d/here"] == ["a", "b", "c", "d"]


def test_what_could_not_be_read_as_it_is_meant_is_not_run_and_nor_is_what_needs_it():
    flaw = finding(Code.OPTION_INVALID, Place("guide.rst", 7), "The option is wrong.")
    found = plan([example("a", flaws=(flaw,)), example("b", setup=("a",)), example("c")], [])
    assert list(chains(found)) == ["c/here"]
    assert [each.finding.place.line for each in found.problems if each.told] == [7]
    others = [each.message for each in found.problems if not each.told]
    assert others == ["`b` cannot be set up: `a` has mistakes of its own."]


def test_runs_stand_in_the_order_of_the_pages():
    assert list(chains(plan([example("b"), example("a", setup=("b",))], []))) == ["b/here", "a/here"]


CELLS = [
    ((), (), [""]),
    (("old", "new"), (), ["old", "new"]),
    ((), ("new",), ["new"]),
    (("old", "new"), ("new", "other"), ["new"]),
    (("old",), ("new",), []),
]


@pytest.mark.parametrize(("of_setup", "of_probe", "cells"), CELLS)
def test_every_probe_runs_under_every_setup(of_setup, of_probe, cells):
    examples = [
        example("server", setup_for="some-server", setup=("base",), environments=of_setup),
        example("base"),
        example("upload", probe="big-upload", setup=("tools", "base"), environments=of_probe),
        example("tools"),
    ]
    found = plan(examples, ["old", "new", "other"])
    keys = [f"server/upload@{each or 'here'}" for each in cells]
    assert [run.key for run in found.runs if run.setup] == keys
    assert all(chains(found)[key] == ["base", "server", "tools", "upload"] for key in keys)
    assert not any(key.startswith("upload/") for key in chains(found))


def test_a_setup_can_name_the_features_that_are_tried_under_it():
    probes = [example(name, probe=name) for name in ("upload", "import", "stop")]
    found = plan([example("server", setup_for="web", features=("stop", "upload")), *probes], [])
    assert [run.key for run in found.runs] == ["server/here", "server/upload@here", "server/stop@here"]


PROBLEMS = [
    ([example("a", setup=("b",)), example("b", setup=("c",)), example("c", setup=("b",))],
     ["`a` cannot be set up: its setups form a circle, b → c → b.",
      "`b` cannot be set up: its setups form a circle, b → c → b.",
      "`c` cannot be set up: its setups form a circle, c → b → c."]),
    ([example("a", setup=("a",))], ["`a` cannot be set up: its setups form a circle, a → a."]),
    ([example("a", setup=("x",)), example("b", setup=("a",))],
     ["`a` cannot be set up: there is no example `x`.", "`b` cannot be set up: there is no example `x`."]),
    ([example("a", setup=("p",)), example("p", probe="f")],
     ["`a` cannot be set up: `p` is a probe, which runs under setups and is none."]),
    ([example("a"), example("a", line=9)], ["There is another example `a`, at guide.rst:1."]),
    ([example("a", environments=("x",))], ["`a` names the environment `x`, which no setting declares."]),
]  # fmt: skip


@pytest.mark.parametrize(("examples", "told"), PROBLEMS)
def test_what_cannot_be_planned_is_told(examples, told):
    setup = example("server", setup_for="web")
    assert [each.message for each in plan([*examples, setup], []).problems] == told


def test_of_two_with_one_name_the_first_runs():
    first, second = example("a"), example("a", line=9, setup=("x",))
    found = plan([first, second], [])
    assert [run.example for run in found.runs] == [first]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefx"), max_size=3)), max_size=8))
def test_each_example_has_its_setups_before_it_or_a_problem(graph):
    examples = [example(name, at, setup=tuple(setup)) for at, (name, setup) in enumerate(graph)]
    found = plan(examples, [])
    planned = {run.example.name for run in found.runs}
    told = {each.example.name for each in found.problems}
    assert planned | told >= {each.name for each in examples}
    for run in found.runs:
        names = [each.name for each in run.chain]
        assert len(names) == len(set(names))
        for each in run.chain:
            assert all(names.index(before) < names.index(each.name) for before in each.setup)
