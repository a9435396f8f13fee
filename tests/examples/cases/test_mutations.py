"""Nothing in the evidence can be other than a run left it, at any place, without the build saying so."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from tests.examples.cases.mutants import mutants
from tests.examples.cases.project import CASES, write

from affidavit.check import World, judge
from affidavit.examples.evidence import read_proofs, read_record
from affidavit.examples.judge import Tried
from affidavit.examples.plan import plan
from affidavit.examples.states import Evidence, Kept
from affidavit.examples.store import contents_of, read_evidence
from affidavit.examples.versioned import EditedError
from affidavit.gathered import Gathered
from affidavit.model.claims import Corpus, Page
from affidavit.model.plain import ShapeError
from affidavit.model.settings import Settings
from affidavit.notes.lock import Lock

GONE = ("key removed", ("proofs",))
"""The one change that is no error: where it is not said when a run was, nothing is claimed of it any more."""


@pytest.fixture(scope="module")
def folder(recorded):
    projects, _ = recorded
    return projects["rst"].folder / "evidence"


def outcome(read, text):
    """Return how a build takes a text: as it stands, as edited, or as nothing that can be read."""
    try:
        read(text)
    except EditedError:
        return "edited"
    except ShapeError:
        return "unreadable"
    return "as it stands"


def unnoticed(read, text):
    told = ((what, path, outcome(read, f"{json.dumps(tree)}\n")) for what, path, tree in mutants(json.loads(text)))
    return [(what, path) for what, path, came in told if came == "as it stands"]


def test_no_change_of_any_record_goes_unnoticed(folder):
    records = [path for path in folder.rglob("*.json") if path.name != "proofs.json"]
    assert len(records) >= len(CASES)
    found = {path.name: unnoticed(read_record, path.read_text(encoding="utf-8")) for path in records}
    assert {name: each for name, each in found.items() if each} == {}


def test_no_change_of_the_proofs_goes_unnoticed_but_that_there_is_none(folder):
    tree = json.loads((folder / "proofs.json").read_text(encoding="utf-8"))
    assert outcome(read_proofs, json.dumps(tree) + "\n") == "as it stands"
    proofs = tree["proofs"]
    for key in list(proofs)[::9]:
        some = {"version": 1, "proofs": {key: proofs[key], "base/here": proofs["base/here"]}}
        assert set(unnoticed(read_proofs, json.dumps(some))) <= {GONE}


def report(examples, kept, contents):
    gathered = Gathered(Corpus((Page(examples=tuple(examples)),)), Settings(), tried=Tried(kept, contents))
    return judge(gathered, World(Lock(()), date.today()))  # noqa: DTZ011


def test_where_nothing_says_when_it_was_run_a_page_claims_nothing(recorded, examples):
    projects, _ = recorded
    own = [each for each in examples["rst"] if each.name == "status"]
    kept = read_evidence(projects["rst"].folder / "evidence")
    (run,) = plan(own, ()).runs
    without = Kept({run.key: Evidence(kept.evidence[run.key].record, None)})
    found = report(own, without, contents_of((), projects["rst"].folder))
    assert [str(each.code) for each in found.findings] == ["example-unproven"]


CHANGED = [
    ("a/here.json", '"linux', '"unix', "evidence-edited"),
    ("b/here.json", '"output"', '"outputs"', "evidence-unreadable"),
    ("c/here.json", "}\n$", ",}\n", "evidence-unreadable"),
    ("d/here.json", '"lines": "...', '"lines": "', "evidence-edited"),
    ("e/here.json", '"ls"', '"ll"', "evidence-edited"),
    ("proofs.json", "20", "19", "evidence-edited"),
]
WHOLE = {"b/here.json"}
"""The files of which not a line is wrong, but what they have, or lack."""


@pytest.mark.usefixtures("_runs_here")
def test_a_build_fails_at_each_line_that_is_not_as_a_run_left_it(tmp_path):
    text = "Home\n====\n\n" + "".join(f".. example:: {name}\n\n   .. console::\n\n      $ ls\n\n" for name in "abcdef")
    project = write(tmp_path / "doc", "rst", {})
    (project.folder / "index.rst").write_text(text, encoding="utf-8")
    project.run("--record")
    due = []
    for name, old, new, code in CHANGED:
        path = project.folder / "evidence" / name
        before = path.read_text(encoding="utf-8")
        found = re.search(old, before, flags=re.IGNORECASE)
        assert found
        path.write_text(f"{before[: found.start()]}{new}{before[found.end() :]}", encoding="utf-8")
        line = 1 if name in WHOLE else before.count("\n", 0, found.start()) + 1
        due.append((name, str(line), code))
    status, complaints, _ = project.build("dummy", "-W", "--keep-going")
    told = re.findall(r"evidence/(\S+):([0-9]+): WARNING: .* \[affidavit\.([a-z-]+)\]$", complaints, re.MULTILINE)
    assert status == 1
    assert sorted(told) == sorted(due)
