"""What the evidence makes of all examples of a site: a verdict each, and findings about the evidence itself."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.check import World, judge
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.judge import Tried, inputs, of_evidence, stood
from affidavit.examples.plan import plan
from affidavit.examples.states import Evidence, Kept
from affidavit.gathered import Gathered
from affidavit.model.claims import Corpus, Page
from affidavit.model.codes import Code
from affidavit.model.evidence import Outcome, Proof, Record, Seen, State
from affidavit.model.examples import ConsoleStep, Example, Exchange, FileStep, Symptom
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Holds, Refuted, Unable, Unproven
from affidavit.notes.lock import Lock

TODAY = date(2030, 1, 31)
AT = Place("guide.rst", 3, "guide")
COMMAND = Place("guide.rst", 7, "guide")
STEP = ConsoleStep((Exchange("echo a", "a", COMMAND),), COMMAND)
PLAIN = Example("a", (STEP,), AT)
FAILING = replace(PLAIN, symptom=Symptom(exit_status=7))
SEEN = Seen("echo a", "a\n", 0)


def record_of(run, contents=None):
    return Record(fingerprint(run, contents or {}, ""), Outcome.FINISHED, (SEEN,), (), "Linux", "bubblewrap")


def kept_of(examples, proven=TODAY, **changes):
    """Return evidence of all runs, seen on a day, in which something is other than it should be."""
    proof = Proof(proven, 1.0)
    return {run.key: Evidence(replace(record_of(run), **changes), proof) for run in plan(examples, ()).runs}


def report(examples, kept, unreadable=None, settings=None):
    tried = Tried(Kept(kept, unreadable or {}))
    gathered = Gathered(Corpus((Page(examples=tuple(examples)),)), settings or Settings(evidence_days=30), tried=tried)
    return judge(gathered, World(Lock(()), TODAY))


def told(found):
    return [(each.code, each.place.file, each.place.line) for each in found.findings]


CASES = [
    ("proven", PLAIN, {}, Holds(), None, 3),
    ("stale", PLAIN, {"fingerprint": "sha256:00"}, Refuted, Code.EXAMPLE_STALE, 3),
    ("drifted", PLAIN, {"seen": (Seen("echo a", "b\n", 0),)}, Refuted, Code.EXAMPLE_DRIFTED, 7),
    ("broke off", PLAIN, {"outcome": Outcome.BROKE_OFF, "reason": "no more memory"}, Refuted, Code.EXAMPLE_DRIFTED, 3),
    ("contradicted", FAILING, {}, Refuted, Code.EXAMPLE_CONTRADICTED, 3),
    ("unable", PLAIN, {"outcome": Outcome.UNABLE, "reason": "no curl"}, Unable, Code.EXAMPLE_UNABLE, 3),
    ("expired", PLAIN, {"proven": date(2029, 12, 31)}, Unable, Code.EXAMPLE_EXPIRED, 3),
    ("old enough", PLAIN, {"proven": date(2030, 1, 1)}, Holds(), None, 3),
]


@pytest.mark.parametrize(("example", "changes", "verdict", "code", "line"), [row[1:] for row in CASES],
                         ids=[row[0] for row in CASES])  # fmt: skip
def test_each_state_has_its_verdict_and_its_finding(example, changes, verdict, code, line):
    found = report([example], kept_of([example], **changes))
    (judged,) = found.judged
    assert judged.verdict == verdict if isinstance(verdict, Holds) else isinstance(judged.verdict, verdict)
    assert told(found) == ([(code, "guide.rst", line)] if code else [])


def test_an_example_without_evidence_is_information():
    found = report([PLAIN], {})
    assert isinstance(found.judged[0].verdict, Unproven)
    assert told(found) == [(Code.EXAMPLE_UNPROVEN, "guide.rst", 3)]
    assert found.errors == ()


SETUPS = [Example(name, (STEP,), Place("guide.rst", at), setup_for="m") for at, name in enumerate("xy", start=20)]
PROBE = Example("p", (STEP,), AT, probe="upload")
BOTH_SEEN = {key: replace(each, record=replace(each.record, seen=(SEEN, SEEN))) if "/p@" in key else each
             for key, each in kept_of([*SETUPS, PROBE]).items()}  # fmt: skip


def of_evidence_alone(found):
    """Leave out that these examples name a method and a feature which no page has."""
    return [each for each in found.findings if each.code in {Code.EXAMPLE_UNPROVEN, Code.EVIDENCE_UNREADABLE}]


def test_of_several_runs_those_without_evidence_are_named():
    kept = {key: each for key, each in BOTH_SEEN.items() if key != "y/p@here"}
    (found,) = of_evidence_alone(report([*SETUPS, PROBE], kept))
    assert (found.code, found.message) == (Code.EXAMPLE_UNPROVEN, "No run has shown `p` under `y` yet.")


def test_of_a_record_that_no_proof_is_of_it_is_told_that_nothing_says_when_it_was_seen():
    undated = {"y/p@here": replace(BOTH_SEEN["y/p@here"], proof=None)}
    (found,) = of_evidence_alone(report([*SETUPS, PROBE], {**BOTH_SEEN, **undated}))
    message = "Nothing says when a run showed `p` under `y` as its record has it: `proofs.json` names no such record."
    assert (found.code, found.message) == (Code.EXAMPLE_UNPROVEN, message)
    both = {**{key: each for key, each in BOTH_SEEN.items() if key != "x/p@here"}, **undated}
    first, second = of_evidence_alone(report([*SETUPS, PROBE], both))
    assert {first.message, second.message} == {message, "No run has shown `p` under `x` yet."}


UNUSABLE = [
    ("y/p@here", "y/p@here.json", {"y/p@here": Evidence(None, Proof(TODAY, 1.0))}),
    ("y/p@here", "y/p@here.json", {}),
    ("y/p@here", "proofs.json", {"y/p@here": replace(BOTH_SEEN["y/p@here"], proof=None)}),
]


@pytest.mark.parametrize(("key", "name", "instead"), UNUSABLE)
def test_of_evidence_that_cannot_be_used_it_is_not_told_that_there_is_none(key, name, instead):
    kept = {**{each: found for each, found in BOTH_SEEN.items() if each != key}, **instead}
    found = report([*SETUPS, PROBE], kept, {name: "it is no JSON"})
    assert [each.code for each in of_evidence_alone(found)] == [Code.EVIDENCE_UNREADABLE]
    assert [type(each.verdict) for each in found.judged] == [Unproven, Holds, Holds]
    otherwise = report([*SETUPS, PROBE], kept)
    assert [each.code for each in of_evidence_alone(otherwise)] == [Code.EXAMPLE_UNPROVEN]


def test_what_came_out_otherwise_is_told():
    (found,) = report([PLAIN], kept_of([PLAIN], seen=(Seen("echo a", "b\n", 0),))).findings
    assert found.message.startswith("`a`: Line 1")


PROBLEMS = [
    ([PLAIN, replace(PLAIN, place=COMMAND)], Code.EXAMPLE_DUPLICATE, 7),
    ([replace(PLAIN, setup=("b",))], Code.EXAMPLE_SETUP, 3),
    ([replace(PLAIN, setup=("a",))], Code.EXAMPLE_SETUP, 3),
    ([replace(PLAIN, environments=("old",))], Code.ENVIRONMENT_UNKNOWN, 3),
]


@pytest.mark.parametrize(("examples", "code", "line"), PROBLEMS)
def test_what_cannot_be_planned_is_false_whatever_was_seen(examples, code, line):
    found = report(examples, kept_of(examples))
    assert told(found) == [(code, "guide.rst", line)]
    assert isinstance(found.judged[-1].verdict, Refuted)


def test_of_several_runs_the_worst_counts_and_all_that_are_wrong_are_told():
    setups = [Example(name, (STEP,), Place("guide.rst", at), setup_for="m") for at, name in enumerate("xyz", start=20)]
    probe = Example("p", (STEP,), AT, probe="upload")
    every = [*setups, probe]
    kept = {key: replace(each, record=replace(each.record, seen=(SEEN, SEEN))) if "/p@" in key else each
            for key, each in kept_of(every).items()}  # fmt: skip
    del kept["x/p@here"]
    kept["y/p@here"] = replace(kept["y/p@here"], record=replace(kept["y/p@here"].record, fingerprint="old"))
    found = report(every, kept)
    (stale,) = (each for each in found.findings if each.code is Code.EXAMPLE_STALE)
    assert stale.message == "`p` under `y`: it has changed since it was run."
    states = stood(every, Tried(Kept(kept)), Settings(), TODAY)[AT]
    assert [each.standing.state for each in states] == [State.STALE, State.NOT_YET_PROVEN, State.PROVEN]


SETUP_PAGE = Place("server.rst", 3, "server")
INI = FileStep("a.ini", "x = 1\ny = 2\n", Place("server.rst", 5, "server"), begins=Place("server.rst", 7, "server"))


def of_setup(text, probes="pqrt", **about):
    setup = Example("s", (replace(INI, text=text),), SETUP_PAGE, setup_for="m")
    return [setup, *(Example(name, (STEP,), Place("guide.rst", at), probe="upload", **about)
                     for at, name in enumerate(probes, start=20))]  # fmt: skip


def evidence_of(examples, *, with_inputs=True):
    kept = {}
    for run in plan(examples, ()).runs:
        inputs = recorded_inputs(run, {}) if with_inputs else None
        seen = (SEEN,) if run.example.probe else ()
        kept[run.key] = Evidence(replace(record_of(run), seen=seen, inputs=inputs), Proof(TODAY, 1.0))
    return kept


def stale(found):
    return tuple(each for each in found.findings if each.code is Code.EXAMPLE_STALE)


def test_a_line_that_changed_is_told_there_and_once_for_all_runs_that_had_it():
    kept = evidence_of(of_setup("x = 1\ny = 3\n"))
    (found,) = stale(report(of_setup("x = 1\ny = 2\n"), kept))
    assert (found.code, found.place) == (Code.EXAMPLE_STALE, Place("server.rst", 8, "server"))
    assert found.message == ("`s`, `p` under `s` and 3 others: line 2 of the file `a.ini` was `y = 3` when it was run.")
    assert found.advice == Code.EXAMPLE_STALE.value.advice


def test_every_example_whose_run_had_that_line_is_refuted_by_it():
    kept = evidence_of(of_setup("x = 1\ny = 3\n"))
    found = report(of_setup("x = 1\ny = 2\n"), kept)
    assert {each.verdict for each in found.judged} == {Refuted(stale(found))}
    assert {run.reason for each in found.judged for run in each.runs} == {
        "line 2 of the file `a.ini` was `y = 3` when it was run"
    }


@pytest.mark.parametrize(("probes", "named"), [
    ("", "`s`"), ("p", "`s` and `p` under `s`"), ("pq", "`s`, `p` under `s` and 1 other"),
])  # fmt: skip
def test_as_many_runs_are_named_as_can_be_read(probes, named):
    (found,) = stale(report(of_setup("x = 2\n", probes), evidence_of(of_setup("x = 1\n", probes))))
    assert found.message == f"{named}: line 1 of the file `a.ini` was `x = 1` when it was run."


def test_where_one_of_the_runs_is_slow_it_is_said_how_that_is_run():
    old, new = (of_setup(text, "p", slow=True) for text in ("x = 1\n", "x = 2\n"))
    (found,) = stale(report(new, evidence_of(old)))
    assert "--slow" in found.advice


def test_where_a_record_does_not_know_what_acted_each_is_told_at_its_example():
    found = stale(report(of_setup("x = 2\n"), evidence_of(of_setup("x = 1\n"), with_inputs=False)))
    assert [each.place for each in found] == [Place("guide.rst", at) for at in range(20, 24)] + [SETUP_PAGE]
    assert {each.message.partition(": ")[2] for each in found} == {"it has changed since it was run."}


def test_evidence_that_is_edited_is_told_at_its_line():
    kept = Kept({}, {"a/here.json": "it is another"}, edited=frozenset({"a/here.json"}), lines={"a/here.json": 7})
    (found,) = of_evidence([PLAIN], Tried(kept), Settings())
    assert (found.code, found.place) == (Code.EVIDENCE_EDITED, Place("evidence/a/here.json", 7))


def test_evidence_that_is_damaged_or_of_nothing_is_told_by_its_file():
    kept = {**kept_of([PLAIN]), "b/here": Evidence()}
    found = report([PLAIN], kept, {"proofs.json": "it is no JSON"}, Settings(evidence="proof"))
    assert told(found) == [
        (Code.EVIDENCE_UNUSED, "proof/b/here.json", 0),
        (Code.EVIDENCE_UNREADABLE, "proof/proofs.json", 0),
    ]
    assert report([], kept, {"proofs.json": "it is no JSON"}).findings == ()


def test_what_a_later_version_wrote_is_told_as_that():
    kept = Kept({}, {"a/here.json": "it has the version 2"}, later=frozenset({"a/here.json"}))
    (found,) = of_evidence([PLAIN], Tried(kept), Settings())
    assert (found.code, found.place.file) == (Code.EVIDENCE_VERSION, "evidence/a/here.json")


def test_the_content_of_a_file_of_the_repository_counts():
    example = Example("a", (FileStep("a.conf", "", AT, source="../a.conf"), STEP), AT, files=("b.txt",))
    assert inputs([example]) == ("../a.conf", "b.txt")
    (run,) = plan([example], ()).runs
    kept = Kept({run.key: Evidence(record_of(run, {"b.txt": "sha256:1"}), Proof(TODAY, 1.0))})
    states = [stood([example], Tried(kept, {"b.txt": now}), Settings(), TODAY)[AT][0].standing.state
              for now in ("sha256:1", "sha256:2")]  # fmt: skip
    assert states == [State.PROVEN, State.STALE]
