"""Cards against the evidence of runs: each outcome that a stage does not declare is told at its line, and no other."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.cells import expected, prove
from affidavit.check import World, judge
from affidavit.examples.came import Word
from affidavit.examples.came import judged as came_of_run
from affidavit.examples.environments.declared import Declared
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.ground import Observed
from affidavit.examples.judge import Tried
from affidavit.examples.plan import plan
from affidavit.examples.planned import Known, Wanted, plans
from affidavit.examples.states import Evidence, Kept
from affidavit.gathered import Gathered
from affidavit.methods.contradictions import TABLE, Came
from affidavit.model.cells import Showed
from affidavit.model.claims import Card, Corpus, Failure, Feature, Mention, Page, Stage, Status
from affidavit.model.codes import Code
from affidavit.model.environments import Environment, ProgramSpec
from affidavit.model.evidence import Outcome, Proof, Record, Seen, State
from affidavit.model.examples import ConsoleStep, Example, Exchange, HttpStep, Symptom
from affidavit.model.place import Place
from affidavit.model.releases import Interval, Release, Releases
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Holds, Refuted, Unproven
from affidavit.notes.lock import Lock

TODAY = date(2030, 1, 31)
SETTINGS = Settings(
    Releases((Release("1.0"), Release("2.0"), Release("3.0"))),
    "3.0",
    environments=(Environment("app-2", "2.0", programs=(ProgramSpec("httpd"),)), Environment("app-3", "3.0")),
    evidence_days=30,
)
MARKS = Declared(SETTINGS.environments)
STAGE, FAILS, SETUP, PROBE = (Place("cards.rst", at, "cards") for at in (10, 20, 30, 40))
START = ConsoleStep((Exchange("start", "up", Place("cards.rst", 31, "cards")),), SETUP)
SEND = HttpStep((Exchange("PUT /", "HTTP/1.1 201 Created", Place("cards.rst", 41, "cards"), 201),), "", PROBE)
SERVER = Example("server", (START,), SETUP, setup_for="proxy", variant="plain", environments=("app-3",))
UPLOAD = Example("upload-it", (SEND,), PROBE, probe="upload")
UP, DOWN = Seen("start", "up\n", 0), Seen("start", "bind: in use\n", 1)
CREATED, REFUSED = Seen("PUT /", "HTTP/1.1 201 Created\n\n", 201), Seen("PUT /", "HTTP/1.1 413 Too Large\n\n", 413)
BOTH = "server/upload-it@app-3"
LARGE = Failure("upload", "413 Too Large", "", FAILS, Symptom(http_status=413))


def stage(status, *fails, first="3.0", last=""):
    return Stage(Interval(first, last), status, "", fails, STAGE)


def site(*stages, examples=(SERVER, UPLOAD)):
    feature = Feature("upload", "Upload", Place("cards.rst", 1, "cards"))
    card = Card("proxy", "Proxy", "", stages, (), Place("cards.rst", 5, "cards"))
    return Corpus((Page(cards=(card,), features=(feature,), examples=examples),))


def evidence(corpus, setup=UP, probe=CREATED, proven=TODAY, **changes):
    """Return evidence of all runs, in which setup and probe came to these."""
    kept = {}
    for run in plan(corpus.examples, ()).runs:
        seen = tuple({"server": setup, "late": setup}.get(each.name, probe) for each in run.chain)
        record = Record(
            fingerprint(run, {}, MARKS.mark(run.environment)),
            Outcome.FINISHED,
            seen,
            (("httpd", "2.4"), ("bash", "5")),
            "Linux",
            "x",
        )
        kept[run.key] = Evidence(replace(record, **changes), Proof(proven, 1))
    return kept


def report(corpus, kept, settings=SETTINGS):
    return judge(Gathered(corpus, settings, tried=Tried(Kept(kept))), World(Lock(()), TODAY))


def told(found):
    return [(each.code, each.place) for each in found.findings]


OUTCOMES = {
    "works": (UP, CREATED, ()),
    "fails": (UP, REFUSED, ()),
    "fails as declared": (UP, REFUSED, (LARGE,)),
    "works, declared to fail": (UP, CREATED, (LARGE,)),
    "fails otherwise": (UP, Seen("PUT /", "HTTP/1.1 500 No\n\n", 500), (LARGE,)),
    "setup fails": (DOWN, REFUSED, ()),
}
USABLE = (Status.RECOMMENDED, Status.SUPPORTED, Status.DISCOURAGED, Status.UNKNOWN)
CODES = {
    **{(status, "fails"): (Code.FEATURE_FAILS, STAGE) for status in USABLE},
    **{(status, "setup fails"): (Code.METHOD_FAILS, STAGE) for status in USABLE},
    **{(status, "works, declared to fail"): (Code.FAILURE_GONE, FAILS) for status in Status},
    **{(status, "fails otherwise"): (Code.FAILURE_DIFFERS, FAILS) for status in Status},
    **{(Status.REMOVED, outcome): (Code.METHOD_THERE, STAGE) for outcome in OUTCOMES if outcome != "setup fails"},
    (Status.BROKEN, "works"): (Code.METHOD_WORKS, STAGE),
}
"""What is told at which line, by status and outcome; where there is nothing, the outcome contradicts nothing."""


@pytest.mark.parametrize("status", Status, ids=str)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_speaks_against_the_statuses_of_the_table(status, outcome):
    setup, probe, fails = OUTCOMES[outcome]
    corpus = site(stage(status, *fails))
    found = report(corpus, evidence(corpus, setup, probe))
    expected_code = CODES.get((status, outcome))
    assert told(found) == ([expected_code] if expected_code else [])
    card = next(each for each in found.judged if isinstance(each.claim, Card))
    assert isinstance(card.verdict, Refuted if expected_code else Holds)


def test_the_tables_of_code_and_test_are_one():
    assert {row.code for row in TABLE} == {code for code, _ in CODES.values()}
    assert {row.came for row in TABLE} | {Came.FAILURE_HOLDS} == set(Came)


def test_a_contradiction_names_the_example_its_line_and_the_line_to_change():
    corpus = site(stage(Status.SUPPORTED))
    (found,) = (each for each in report(corpus, evidence(corpus, probe=REFUSED)).findings if each.place == STAGE)
    for words in ("`upload-it`", "`server`", "`app-3`", "cards.rst:40", "HTTP/1.1 413 Too Large", "`upload`"):
        assert words in found.message
    assert "cards.rst:10" in found.advice
    assert "cards.rst:41" in found.advice


def test_an_example_is_refuted_by_what_is_told_of_the_card_and_by_nothing_else():
    corpus = site(stage(Status.SUPPORTED))
    found = report(corpus, evidence(corpus, probe=REFUSED))
    probe = next(each for each in found.judged if each.claim == UPLOAD)
    assert [each.code for each in probe.verdict.findings] == [Code.FEATURE_FAILS]


def test_a_failure_of_one_variant_is_expected_of_it_alone():
    other = replace(SERVER, name="late", variant="late", place=Place("cards.rst", 35, "cards"))
    corpus = site(stage(Status.SUPPORTED, replace(LARGE, variant="late")), examples=(SERVER, other, UPLOAD))
    kept = evidence(corpus)
    assert told(report(corpus, kept)) == [(Code.FAILURE_GONE, FAILS)]
    kept["late/upload-it@app-3"] = evidence(corpus, probe=REFUSED)["late/upload-it@app-3"]
    assert told(report(corpus, kept)) == []


def test_a_failure_of_one_variant_counts_before_one_of_all():
    special = replace(LARGE, variant="plain", looks=Symptom(http_status=500), place=STAGE)
    corpus = site(stage(Status.SUPPORTED, LARGE, special))
    assert told(report(corpus, evidence(corpus, probe=REFUSED))) == [(Code.FAILURE_DIFFERS, STAGE)]


def test_the_stage_of_the_environments_release_counts():
    setup = replace(SERVER, environments=("app-2", "app-3"))
    stages = (stage(Status.SUPPORTED, LARGE, first="1.0", last="2.0"), stage(Status.SUPPORTED))
    corpus = site(*stages, examples=(setup, UPLOAD))
    kept = evidence(corpus)
    assert told(report(corpus, kept)) == [(Code.FAILURE_GONE, FAILS)]
    kept["server/upload-it@app-2"] = evidence(corpus, probe=REFUSED)["server/upload-it@app-2"]
    found = report(corpus, kept)
    assert told(found) == []
    cells = {(each.release, each.feature): each for each in found.cells}
    old, new = cells["2.0", "upload"], cells["3.0", "upload"]
    assert (old.showed, old.failure, old.tried.symptom) == (Showed.FAILS, LARGE, "HTTP/1.1 413 Too Large")
    assert (new.showed, new.failure, new.tried.key) == (Showed.WORKS, None, BOTH)
    assert old.tried.about == (("httpd", "2.4"),)  # of all versions, what the environment says it is about


KNOWN_BY = [(("bash",), (("bash", "5"),)), (("httpd", "Mod_WSGI"), (("mod-wsgi", "6"),))]


@pytest.mark.parametrize(("named", "about"), KNOWN_BY)
def test_a_setup_says_what_it_is_known_by(named, about):
    corpus = site(stage(Status.SUPPORTED), examples=(replace(SERVER, versions=named), UPLOAD))
    cells = report(corpus, evidence(corpus, versions=(("bash", "5"), ("mod-wsgi", "6")))).cells
    assert {each.tried.about for each in cells if each.tried} == {about}


def test_the_failure_must_be_that_of_the_probe():
    corpus = site(stage(Status.SUPPORTED, replace(LARGE, looks=Symptom(pattern="in use"))))
    kept = evidence(corpus, DOWN)
    assert told(report(corpus, kept)) == [(Code.METHOD_FAILS, STAGE)]
    del kept["server/app-3"]  # nothing told of the setup itself
    assert (Code.FAILURE_DIFFERS, FAILS) in told(report(corpus, kept))


SILENT = [
    ({"fingerprint": "sha256:0"}, State.STALE, Showed.NOTHING),
    ({"outcome": Outcome.UNABLE, "reason": "no httpd", "seen": ()}, State.UNABLE, Showed.NOTHING),
    ({"proven": date(2029, 1, 1)}, State.EXPIRED, Showed.WORKS),
]


@pytest.mark.parametrize(("changes", "state", "showed"), SILENT, ids=[str(each[1]) for each in SILENT])
def test_what_no_run_shows_contradicts_nothing(changes, state, showed):
    corpus = site(stage(Status.SUPPORTED))
    found = report(corpus, evidence(corpus, **changes))
    assert {each.place for each in found.findings}.isdisjoint({STAGE, FAILS})
    (cell,) = (each for each in found.cells if each.feature and each.release == "3.0")
    assert (cell.state, cell.showed) == (state, showed)
    card = next(each for each in found.judged if isinstance(each.claim, Card))
    assert isinstance(card.verdict, Unproven)


def test_what_is_only_declared_has_cells_too():
    corpus = site(stage(Status.SUPPORTED, LARGE), examples=())
    assert [(each.release, each.feature, each.failure, each.tried) for each in report(corpus, {}).cells] == [
        ("3.0", "upload", LARGE, None),
        ("2.0", "upload", None, None),
    ]


def test_a_card_holds_only_where_each_stage_was_shown():
    corpus = site(stage(Status.SUPPORTED, first="1.0", last="2.0"), stage(Status.SUPPORTED))
    card = next(each for each in report(corpus, evidence(corpus)).judged if isinstance(each.claim, Card))
    assert card.verdict == Unproven("No run speaks of the stage `1.0..2.0` yet.")


def test_a_run_of_a_cell_that_fails_as_declared_is_as_it_should_be():
    corpus = site(stage(Status.SUPPORTED, LARGE))
    known = Known(Kept(), {}, TODAY, 0, MARKS, (), expected(corpus, SETTINGS))
    planned = next(each for each in plans(corpus.examples, known, Wanted()).planned if each.run.key == BOTH)
    words = []
    for probe in (REFUSED, CREATED):
        observed = Observed(evidence(corpus, probe=probe)[BOTH].record)
        words.append(came_of_run(planned, observed, recording=False).word)
    assert words == [Word.AS_SHOWN, Word.CONTRADICTED]


NAMES = [
    (replace(SERVER, setup_for="porxy"), Code.METHOD_UNKNOWN, SETUP, "`proxy`"),
    (replace(UPLOAD, probe="uplaod"), Code.FEATURE_UNKNOWN, PROBE, "`upload`"),
    (replace(SERVER, features=("upload", "uplaod")), Code.FEATURE_UNKNOWN, SETUP, "`upload`"),
]


@pytest.mark.parametrize(("example", "code", "place", "near"), NAMES)
def test_names_that_nothing_has_are_told_with_those_near_them(example, code, place, near):
    (found,) = (each for each in report(site(examples=(example,)), {}).findings if each.code is code)
    assert found.place == place
    assert near in found.message


def test_a_variant_that_no_setup_has_is_told():
    corpus = site(stage(Status.SUPPORTED, replace(LARGE, variant="plane")))
    (found,) = (each for each in report(corpus, {}).findings if each.code is Code.VARIANT_UNKNOWN)
    assert found.place == FAILS
    assert "`plain`" in found.message


def test_a_pattern_that_cannot_be_used_is_told_before_anything_runs():
    corpus = site(stage(Status.SUPPORTED, replace(LARGE, looks=Symptom(pattern="a("))), examples=())
    assert (Code.OPTION_INVALID, FAILS) in told(report(corpus, {}))


def test_a_link_to_an_example_that_is_not_there_is_told():
    corpus = Corpus((Page(examples=(UPLOAD,), mentions=(Mention("example", "upload-them", STAGE),)),))
    (found,) = (each for each in report(corpus, {}).findings if each.code is Code.EXAMPLE_UNKNOWN)
    assert (found.place, "`upload-it`" in found.message) == (STAGE, True)


def test_runs_and_cells_are_told_once_each():
    corpus = site(stage(Status.SUPPORTED))
    found = prove(corpus, Tried(Kept(evidence(corpus, DOWN, REFUSED))), SETTINGS, TODAY)
    assert len(set(found.told.values())) == 1
    assert set(found.told) == {"server/app-3", BOTH}
