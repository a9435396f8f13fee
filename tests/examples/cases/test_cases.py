"""Every case in both markups: the same runs, the outcome that the table says, and pages that build and run nothing."""

from __future__ import annotations

import shutil

import pytest
from tests.examples.cases.project import CASES, DATA, words_of
from tests.examples.cases.wholes import WRONG

from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.plan import plan
from affidavit.examples.store import contents_of
from affidavit.model.evidence import State

BY_NAME = {each.name: each for each in (*CASES, *WRONG)}
WORDS = {State.PROVEN: "as shown", State.UNABLE: "unable"}
APART = {each.name for each in CASES if each.apart}


def test_the_table_has_each_name_once_and_is_as_large_as_is_asked():
    assert len(BY_NAME) == len(CASES) + len(WRONG)
    assert len(CASES) >= 60


def prints(examples, folder):
    runs = plan(examples, ()).runs
    return {run.key: fingerprint(run, contents_of(DATA, folder), "") for run in runs}


def test_both_markups_have_the_same_runs_but_for_those_that_the_table_names(projects, examples):
    first, second = (prints(examples[suffix], project.folder) for suffix, project in projects.items())
    assert first.keys() == second.keys()
    assert {key.split("/")[0] for key in first if first[key] != second[key]} == APART


def test_each_case_has_its_runs(examples):
    runs = plan(examples["rst"], ()).runs
    assert {each.name: sum(run.example.name == each.name for run in runs) for each in CASES} == {
        each.name: each.runs for each in CASES
    }


def test_each_case_comes_to_what_the_table_says(recorded):
    _, told = recorded
    found = words_of(told)
    wrong = {key: word for key, word in found.items() if word != WORDS[BY_NAME[_about(key)].state]}
    assert wrong == {}, told
    assert {_about(key) for key in found} == {each.name for each in CASES}


def _about(key):
    """Return the example that a run is about."""
    setup, _, rest = key.partition("/")
    return rest.partition("@")[0] if "@" in rest else setup


@pytest.mark.parametrize("suffix", ["rst", "md"])
def test_the_recorded_pages_build_and_run_nothing(recorded, suffix):
    projects, _ = recorded
    project = projects[suffix]
    if suffix == "md":
        project.run("--record", "--changed")  # those that the table names as apart
    status, complaints, claims = project.build("html", "-W", "--keep-going")
    assert (status, complaints) == (0, "")
    verdicts = {State.PROVEN: "holds", State.UNABLE: "unable"}
    assert {each["target"]: each["verdict"] for each in claims if each["kind"] == "example"} == {
        each.name: verdicts[each.state] for each in CASES
    }


CODES = {State.DRIFTED: "example-drifted", State.CONTRADICTED: "example-contradicted"}


@pytest.mark.usefixtures("_runs_here")
def test_what_is_wrong_is_told_in_both_markups(wrong):
    told = words_of(wrong["rst"].run("--record", "-j2"))
    assert told == {f"{each.name}/here": str(each.state) for each in WRONG}
    shutil.copytree(wrong["rst"].folder / "evidence", wrong["md"].folder / "evidence")
    for project in wrong.values():
        status, complaints, _ = project.build("dummy", "-W", "--keep-going")
        assert status == 1
        codes = [
            line.rpartition("[affidavit.")[2].rstrip("]") for line in complaints.splitlines() if "affidavit." in line
        ]
        assert sorted(codes) == sorted(CODES[each.state] for each in WRONG)
