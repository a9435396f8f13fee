"""The benchmark harness: on tiny sizes it measures everything, and it judges by what was measured."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

sys.path.append(str(Path(__file__).parents[1]))  # the harness stands there, where pytest by itself does not look

from benchmarks import notes, peers
from benchmarks.__main__ import main
from benchmarks.contestants import LYCHEE, OUR_BUILD, OURS, PLAIN_BUILD, Contestant
from benchmarks.criteria import CRITERIA, NEW, WARM, judge
from benchmarks.hosts import addresses, urls
from benchmarks.measure import Command, Usage, run
from benchmarks.race import Track, race
from benchmarks.results import Cell, Measured, Results
from benchmarks.scenarios import SCENARIOS
from benchmarks.servers import web
from benchmarks.table import as_json, markdown


def cell(tool, *seconds, memory=50.0, cpu=1.0, problem=""):
    return Cell(tool, tuple(Usage(each, cpu, memory, 0) for each in seconds), problem)


GOOD = Results(
    surroundings=(("cores", "2"),),
    scenarios=(
        Measured("start", "1 URL", 1, (cell(OURS, 0.2), cell(LYCHEE, 0.1))),
        Measured("many-now", "many", 10_000, (cell(LYCHEE, 1, 1), cell(OURS, 0.9, 0.9, cpu=1.5))),
        Measured("many-late", "many late", 10_000, (cell(LYCHEE, 5), cell(OURS, 4)), floor=3.9),
        Measured("one-host", "one host", 2_000, (cell(OURS, 2.0),), floor=0.78),
        Measured("tls", "TLS", 2_000, (cell(LYCHEE, 1), cell(OURS, 1.1))),
        Measured("cache", "twice", 10_000, (cell(NEW, 5), cell(WARM, 0.4))),
        Measured("site", "site", 103_001, (cell(LYCHEE, 9), cell(OURS, 1.4, memory=150))),
        Measured("build", "build", 500, (cell(PLAIN_BUILD, 10), cell(OUR_BUILD, 10.4))),
        Measured(notes.RIGHT, "notes", 1_000, (cell(notes.BUILD, 1), cell(notes.JUDGING, 0.009))),
        Measured(notes.WRONG, "wrong", 1_000, (cell(notes.BUILD, 1), cell(notes.JUDGING, 0.09))),
        Measured("hostile", "hostile", 60, (cell(OURS, 28, memory=140),)),
    ),
    wrong_links=0,
)


def words(results):
    return [each.word for each in judge(results)]


def test_each_criterion_can_be_met():
    assert words(GOOD) == ["pass"] * len(CRITERIA)


def worse(results, key, **changes):
    """Return results in which one scenario's cells are others."""
    changed = tuple(
        replace(each, cells=tuple(changes.get(old.tool.replace(" ", "_"), old) for old in each.cells))
        if each.key == key
        else each
        for each in results.scenarios
    )
    return replace(results, scenarios=changed)


FAILING = [
    ("many-now", {OURS: cell(OURS, 1.1, 1.1)}, ["10,000 URLs on 200 hosts at 0 ms"]),
    ("many-now", {OURS: cell(OURS, 0.9, cpu=3.1)}, ["the same, processor time of a URL"]),
    ("many-late", {OURS: cell(OURS, 5.2)}, ["10,000 URLs on 200 hosts at 50 ms", "the same, against the latency"]),
    ("many-late", {OURS: cell(OURS, 4, memory=101)}, ["the same, memory"]),
    ("one-host", {OURS: cell(OURS, 4.2)}, ["one host, defaults, 50 ms"]),
    ("tls", {OURS: cell(OURS, 1.3)}, ["TLS"]),
    ("site", {OURS: cell(OURS, 2)}, ["finished site with anchors"]),
    ("site", {OURS: cell(OURS, 1, memory=201)}, ["the same, memory"]),
    ("build", {"sphinx-build_with_affidavit": cell(OUR_BUILD, 10.6)}, ["a build with the extension"]),
    ("notes", {notes.JUDGING: cell(notes.JUDGING, 0.011)}, ["judging references"]),
    ("notes-wrong", {notes.JUDGING: cell(notes.JUDGING, 0.11)}, ["judging wrong ones"]),
    ("hostile", {OURS: cell(OURS, 31)}, ["hostile servers, all at once"]),
    ("hostile", {OURS: cell(OURS, 10, memory=151)}, ["the same, memory"]),
    ("cache", {"affidavit,_warm_cache": cell(WARM, 0.6)}, ["a warm cache, against a new one"]),
]


@pytest.mark.parametrize(("key", "changes", "names"), FAILING)
def test_each_criterion_can_be_missed(key, changes, names):
    failed = [each.criterion.name for each in judge(worse(GOOD, key, **changes)) if each.word == "FAIL"]
    assert failed == names


def test_a_link_that_is_missed_or_invented_counts():
    assert "FAIL" in words(replace(GOOD, wrong_links=1))


def test_what_failed_was_not_measured():
    failed = worse(GOOD, "tls", affidavit=cell(OURS, 0.1, problem="exit status 1"))
    rulings = {each.criterion.name: each.word for each in judge(failed)}
    assert rulings["TLS"] == "not measured"
    assert "TLS: affidavit: exit status 1" in markdown(failed)


def test_what_was_not_run_was_not_measured():
    assert set(words(Results((), ()))) == {"not measured"}


def test_runs_are_compared_with_their_neighbours():
    nothing = Results((), ())
    assert nothing.ratio(cell("a", 1, 20, 8), cell("b", 1, 10, 4)) == 2
    assert nothing.ratio(cell("a", 2, 20), cell("b", 1)) == 2


def test_start_up_is_told_apart():
    started = Results((), (Measured("start", "1 URL", 1, (cell(OURS, 0.5, cpu=0.5), cell(LYCHEE, 0.25))),))
    assert started.ratio(cell(OURS, 4.5), cell(LYCHEE, 2.25)) == 2
    assert started.ratio(cell(OURS, 4.5), cell("another", 2)) == 2
    assert started.net(cell(OURS, 0.4), 0.4) > 0
    many = Measured("many-now", "many", 10_000, (cell(OURS, 1, cpu=2.0),), floor=0.5)
    late = Measured("many-late", "late", 10_000, (cell(OURS, 1, cpu=1.0),), floor=0.5)
    figures = {each.criterion.name: each.figure for each in judge(Results((), (*started.scenarios, many, late)))}
    assert figures["the same, processor time of a URL"] == 150
    assert figures["the same, against the latency"] == 1


def test_every_run_is_kept():
    told = json.loads(as_json(GOOD))
    assert [len(each["runs"]) for each in told["scenarios"][1]["cells"]] == [2, 2]
    assert {each["verdict"] for each in told["criteria"]} == {"pass"}


@pytest.fixture
def track(tmp_path):
    said: list[str] = []
    return Track(tmp_path / "log", rounds=2, limit=30, asked=lambda: 0, say=said.append)


def python(name, code, folder, **options):
    return Contestant(name, Command((sys.executable, "-c", code), folder), **options)


def test_programs_run_in_turn(track, tmp_path):
    def note(word):
        return f"open('order', 'a').write('{word}')"

    race("race", [python("a", note("a"), tmp_path), python("b", note("b"), tmp_path, rounds=1)], track)
    assert (tmp_path / "order").read_text() == "aba"


def test_programs_may_run_at_once(track, tmp_path):
    def meet(own, other):
        return (
            f"import os, time; print('{own}'); open('{own}', 'w').close(); end = time.monotonic() + 20\n"
            f"while not os.path.exists('{other}') and time.monotonic() < end: time.sleep(0.01)\n"
            f"assert os.path.exists('{other}')"
        )

    both = [python("a", meet("a", "b"), tmp_path), python("b", meet("b", "a"), tmp_path)]
    ended = race("race", both, replace(track, at_once=True, rounds=1))
    assert [(each.tool, len(each.runs), each.problem) for each in ended] == [("a", 1, ""), ("b", 1, "")]
    assert [(tmp_path / f"{number}-log").read_text().strip() for number in range(2)] == ["a", "b"]


PROBLEMS = [
    ("raise SystemExit(3)", {}, "exit status 3, not 0: "),
    ("raise SystemExit('no such thing')", {}, "exit status 1, not 0: no such thing"),
    ("", {"asks": 5}, "asked 0 times for 5 URLs"),
    ("", {"at_most": -1}, "asked 0 times, and should have known"),
    ("raise SystemExit(1)", {"status": 1}, ""),
    ("0 / 0", {"status": 1}, "an error of the program, with exit status 1: Traceback"),
]


@pytest.mark.parametrize(("code", "options", "problem"), PROBLEMS)
def test_a_run_that_did_not_do_its_work_does_not_count(track, tmp_path, code, options, problem):
    (ended,) = race("race", [python("a", code, tmp_path, **options)], track)
    assert ended.problem.startswith(problem)
    assert bool(ended.problem) == bool(problem)
    assert len(ended.runs) == (1 if problem else 2)


def test_what_is_to_be_emptied_is(track, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "file").touch()
    code = "import os; raise SystemExit(os.path.exists('cache') or os.path.exists('file'))"
    (ended,) = race("race", [python("a", code, tmp_path, emptied=(tmp_path / "cache", tmp_path / "file"))], track)
    assert ended.problem == ""


def test_what_a_run_takes_is_measured(tmp_path):
    # It stays long enough for somebody to look, who has a busy machine.
    code = "data = bytearray(200 << 20); sum(range(10**6)); import time; time.sleep(1)"
    used = run(Command((sys.executable, "-c", code), tmp_path), tmp_path / "log", limit=60)
    assert used.status == 0
    assert 200 < used.memory < 400
    assert used.cpu > 0


def test_the_memory_of_several_processes_is_that_of_all(tmp_path):
    code = (
        "import subprocess, sys\n"
        "hold = 'data = bytearray(100 << 20); data[::4096] = b\"x\" * len(data[::4096]); print(flush=True); input()'\n"
        "pipe = subprocess.PIPE\n"
        "held = [subprocess.Popen([sys.executable, '-c', hold], stdin=pipe, stdout=pipe) for _ in range(2)]\n"
        "[each.stdout.readline() for each in held]\n"
        "import time; time.sleep(1)\n"
        "[each.communicate(b'\\n') for each in held]"
    )
    assert run(Command((sys.executable, "-c", code), tmp_path), tmp_path / "log", limit=60).memory > 200


def test_a_run_that_takes_too_long_is_ended(tmp_path):
    used = run(Command((sys.executable, "-c", "input()"), tmp_path), tmp_path / "log", limit=60)
    assert used.status == 1  # nothing can be read from it
    used = run(Command(("sleep", "60"), tmp_path), tmp_path / "log", limit=0.2)
    assert used.status == -signal.SIGKILL


def test_hosts_are_different_addresses_of_this_machine():
    assert len(set(addresses(600))) == 600
    assert all(each.startswith("127.") for each in addresses(600))
    assert len(set(urls(1000, 200, 80))) == 1000


def test_the_server_counts_what_it_is_asked(tmp_path):
    with web(tmp_path, hosts=2, latency=0.001) as served:
        asked = served.urls("now", 4) + served.urls("late", 4) + served.urls("tls", 4)
        (tmp_path / "urls").write_text("\n".join(asked))
        command = [sys.executable, "-m", "benchmarks.bare", tmp_path / "urls", served.ca]
        subprocess.run(command, cwd=Path(__file__).parents[1], check=True)
        assert served.asked() == 12


def test_a_peer_that_cannot_be_installed_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(peers.MissingPeerError, match="failed"):
        peers.lychee(tmp_path / "file")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Run all scenarios in their smallest form, without peers; return what is kept."""
    folder = tmp_path_factory.mktemp("results")
    assert main(["--size", "tiny", "--without-lychee", "--results", str(folder)]) == 0
    return (folder / "tiny.md").read_text(), json.loads((folder / "tiny.json").read_text())


def test_every_scenario_has_its_rows(table):
    text, told = table
    assert [each["key"] for each in told["scenarios"]] == list(SCENARIOS)
    for each in told["scenarios"]:
        assert [f"| {each['title']} | {one['tool']} |" in text for one in each["cells"]] == [True] * len(each["cells"])


def test_all_programs_did_their_work(table):
    _, told = table
    problems = {each["title"]: [one["problem"] for one in each["cells"]] for each in told["scenarios"]}
    assert {title: found for title, found in problems.items() if any(found)} == {}


def test_all_that_needs_no_peer_is_judged(table):
    text, told = table
    unknown = [each["name"] for each in told["criteria"] if each["verdict"] == "not measured"]
    assert unknown == [each.name for each in CRITERIA if "lychee" in each.unit]
    assert "lychee was left out." in text
    assert "what is demanded counts at full size alone" in text
