"""``affidavit run``: real runs of a site's examples, what is said of them, and what is written."""

import os
import re
import signal
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from affidavit.cli import run as command
from affidavit.cli import run_book
from affidavit.examples import sites
from affidavit.examples.evidence import read_record, record_text
from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.store import read_evidence
from affidavit.model.examples import ConsoleStep, Example, Exchange, FileStep, Skip, Symptom
from affidavit.model.inputs import FileInput
from affidavit.model.place import Place


def console(*exchanges, line=5):
    lines = enumerate(exchanges, line)
    return ConsoleStep(tuple(Exchange(given, shown, Place("index.rst", at)) for at, (given, shown) in lines), Place(""))


def example(name, *exchanges, line=3, **options):
    return Example(name, (console(*exchanges, line=line + 2),), Place("index.rst", line), **options)


GOOD = example("good", ("echo a", "a"))
BAD = example("bad", ("echo b", "a"), line=10)
OPEN = example("open", ("cat /etc/hostname; echo $VALUE", None), line=20)
UNABLE = example("unable", ("echo a", "a"), needs=("no-such-program",), line=30)
BROKEN = example("broken", ("exec false", ""), ("true", ""), line=40)
FAILS = Example(
    "fails",
    (ConsoleStep((Exchange("ls gone", "...", Place("index.rst", 52), 2),), Place("")),),
    Place("index.rst", 50),
    symptom=Symptom(2),
)
VARYING = example("varying", ("echo at $RANDOM$RANDOM", "at ..."))
HEALED = example("healed", ("true", ""), symptom=Symptom(2), line=60)


@pytest.fixture(autouse=True)
def _runs_here(require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text("")
    (folder / "index.rst").write_text("The site\n========\n")
    return folder


@pytest.fixture
def call(folder, run, monkeypatch):
    """Run the command on a site that has some examples."""

    def call(examples, *arguments):
        monkeypatch.setattr(command, "examples_of", lambda _: tuple(examples))
        return run("run", folder, *arguments)

    return call


@pytest.fixture
def day(monkeypatch):
    """Set the day."""

    def to(text):
        noon = (date.fromisoformat(text) - date(1970, 1, 1)).days * 24 * 60 * 60 + 12 * 60 * 60
        monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{noon}")

    return to


def files(folder):
    evidence = folder / "evidence"
    return {path.relative_to(evidence).as_posix(): path.read_bytes() for path in evidence.rglob("*.json")}


def test_what_holds_is_told_and_nothing_is_written(call, folder):
    status, out, err = call([GOOD, FAILS])
    assert (status, err) == (0, "")
    first, *ran, summed, written = re.sub(r"\d+\.\d s", "1.0 s", out).splitlines()
    assert (first, summed) == ("2 runs", "2 as shown")
    assert sorted(ran) == [
        f"fails/here: {folder}/index.rst:50: as shown (1.0 s)",
        f"good/here: {folder}/index.rst:3: as shown (1.0 s)",
    ]
    assert written == "Not in the evidence as it is: 2. Write it with --record."
    assert files(folder) == {}


def test_drift_is_shown_at_the_line_of_the_page(call, folder):
    status, out, _ = call([BAD])
    assert status == 1
    assert f"  {folder}/index.rst:12: echo b\n" in out
    assert "    --- expected\n    +++ seen\n    -a\n    +b\n" in out
    assert "1 drifted" in out


def test_recording_again_changes_one_line(call, folder, day):
    day("2030-01-01")
    assert call([VARYING, OPEN], "--record")[0] == 0
    first = files(folder)
    assert set(first) == {"varying/here.json", "open/here.json", "proofs.json"}
    day("2030-02-02")
    assert call([VARYING, OPEN], "varying", "--record")[0] == 0
    second = files(folder)
    assert {name: text for name, text in second.items() if name != "proofs.json"} == {
        name: text for name, text in first.items() if name != "proofs.json"
    }
    lines = zip(first["proofs.json"].splitlines(), second["proofs.json"].splitlines(), strict=True)
    (changed,) = [after for before, after in lines if before != after]
    assert b'"varying/here"' in changed
    assert b"2030-02-02" in changed


def test_recording_again_brings_an_old_record_to_the_version_of_now_and_changes_nothing_else(call, folder, day):
    """What varies stays as it was seen: the record learns what acted, and is otherwise the same."""
    day("2030-01-01")
    path = folder / "evidence" / "varying" / "here.json"
    with_file = replace(VARYING, steps=(FileStep("a.ini", "x = 1\n", Place("index.rst", 4)), *VARYING.steps))
    assert call([with_file], "--record")[0] == 0
    first = read_record(path.read_text(encoding="utf-8"))
    path.write_text(record_text(replace(first, inputs=None)), encoding="utf-8")
    assert '"version": 1' in path.read_text(encoding="utf-8")
    assert "Not in the evidence as it is: 1." in call([with_file])[1]
    assert call([with_file], "--record")[0] == 0
    assert read_record(path.read_text(encoding="utf-8")) == first
    assert first.inputs == (FileInput("a.ini", "x = 1\n"),)
    assert read_evidence(folder / "evidence").evidence["varying/here"].proof
    before = files(folder)
    assert call([with_file], "--record")[0] == 0
    assert files(folder).keys() == before.keys()
    assert files(folder)["varying/here.json"] == before["varying/here.json"]


def test_only_what_changed_is_run(call):
    call([GOOD], "--record")
    changed = example("good", ("echo c", "c"))
    assert call([GOOD], "--changed")[1] == "0 runs, 1 unchanged\n"
    assert call([changed, OPEN], "--changed")[1].startswith("2 runs\n")
    assert call([changed], "--record", "--changed")[0] == 0
    assert call([changed], "--changed")[1] == "0 runs, 1 unchanged\n"


def test_only_what_failed_is_run(call):
    assert call([GOOD, BAD], "--record")[0] == 1
    status, out, _ = call([GOOD, BAD], "--failed")
    assert status == 1
    assert out.startswith("1 run, 1 not failed\n")
    assert "good/here" not in out


def test_what_the_record_alone_shows_may_drift(call, folder):
    call([OPEN], "--record")
    path = folder / "evidence/open/here.json"
    record = read_record(path.read_text())
    path.write_text(record_text(replace(record, seen=(replace(record.seen[0], output="another\n"),))))
    before = path.read_bytes()
    status, out, _ = call([OPEN])
    assert (status, path.read_bytes()) == (1, before)
    assert "not as recorded: it does not give what was recorded" in out
    assert "    -another\n" in out
    assert call([OPEN], "--record")[0] == 0
    assert path.read_bytes() != before
    assert call([OPEN])[0] == 0


def test_a_documented_failure_that_passes_contradicts_its_page(call):
    status, out, _ = call([HEALED])
    assert status == 1
    assert "contradicted: It is documented to fail, and does not." in out


def test_what_breaks_off_is_drift_and_says_why(call):
    status, out, _ = call([BROKEN])
    assert status == 1
    assert "drifted: the session ended before its steps did" in out


def test_what_cannot_be_run_fails_only_where_that_is_asked_for(call):
    status, out, _ = call([UNABLE, GOOD])
    assert status == 0
    assert "unable: `no-such-program` is not installed" in out
    assert call([UNABLE, GOOD], "--fail-on", "unable")[0] == 3
    assert call([UNABLE, BAD], "--fail-on", "unable")[0] == 1


def test_that_it_cannot_be_run_here_takes_no_evidence_away(call, folder):
    call([GOOD], "--record")
    before = files(folder)
    skipped = example("good", ("echo a", "a"), skips=(Skip("true", "not here"),))
    assert "unable: not here" in call([skipped], "--record")[1]
    assert files(folder) == before


def test_a_secret_reaches_neither_output_nor_evidence_nor_log(call, folder):
    token = f"ghp_{7:036d}"
    leaky = example("leaky", ("echo ghp_$(printf %036d 7)", "x"))
    _, out, err = call([leaky], "--record", "--keep")
    kept = Path(out.rstrip("\n").rpartition(": ")[2])
    log = (kept / "leaky/here/log.txt").read_text()
    for text in (out, err, log, *(each.decode() for each in files(folder).values())):
        assert token not in text
    assert "<***>" in out
    assert "<***>" in log


def test_workspaces_are_kept_where_that_is_asked_for(call):
    _, out, _ = call([example("good", ("echo x > made", ""))], "--keep")
    kept = Path(out.rstrip("\n").rpartition(": ")[2])
    assert (kept / "good/here/workspace/made").read_text() == "x\n"
    assert "> echo x > made" in (kept / "good/here/log.txt").read_text()


def test_runs_go_on_at_the_same_time(call):
    """Each waits for longer than both may take one after the other; no time is asserted but that of a waiting run."""
    slow = [example(name, ("sleep 4", "")) for name in ("one", "two")]
    begin = time.monotonic()
    assert call(slow, "--jobs", 1)[0] == 0
    between = time.monotonic()
    assert call(slow, "--jobs", 2)[0] == 0
    assert time.monotonic() - between < (between - begin) - 1


NAMES = [
    (("godo",), "There is no example `godo`. Is `good` meant?"),
    (("zzz",), "There is no example `zzz`. `affidavit run --list` shows all examples."),
    (("good", "good/her"), "There is no example `good/her`. Is `good/here` meant?"),
]


@pytest.mark.parametrize(("names", "told"), NAMES)
def test_a_name_that_is_wrong_is_told_with_the_nearest(call, names, told):
    assert call([GOOD], *names) == (2, "", f"affidavit: {told}\n")


def test_only_the_named_run(call):
    assert call([GOOD, BAD], "good/here")[0] == 0
    assert call([GOOD, BAD], "bad")[0] == 1


def test_names_may_stand_behind_options(call, run, folder):
    out = call([GOOD, BAD, OPEN], "--list", "good", "--jobs", "1", "open")[1]
    assert [line.partition("/")[0] for line in out.splitlines()] == ["good", "open"]
    status, _, err = run("run", folder, "--list", "good", "--no-such-option")
    assert (status, "unrecognized arguments: good --no-such-option" in err) == (2, True)


def test_a_name_may_stand_where_the_folder_would(run, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setattr(command, "examples_of", lambda _: (GOOD, BAD))
    status, out, _ = run("run", "good")
    assert (status, "good/here: index.rst:3: as shown" in out, "bad" in out) == (0, True, False)


@pytest.mark.parametrize("name", ["good/here.json", "proofs.json"])
def test_evidence_that_cannot_be_read_is_told_and_mended_by_recording(call, folder, name):
    call([GOOD], "--record")
    path = folder / "evidence" / name
    path.write_text("<<<<<<< HEAD\n")
    status, _, err = call([GOOD])
    assert (status, f"The evidence `{name}` cannot be read" in err) == (1, True)
    assert path.read_text() == "<<<<<<< HEAD\n"
    assert call([GOOD], "--record")[0] == 0
    assert call([GOOD])[::2] == (0, "")


def test_the_days_of_other_runs_are_not_lost_with_a_file_that_cannot_be_read(call, folder):
    call([GOOD, OPEN], "--record")
    path = folder / "evidence" / "proofs.json"
    path.write_text("<<<<<<< HEAD\n")
    status, _, err = call([GOOD, OPEN], "good", "--record")
    assert (status, "Nothing is recorded: `proofs.json` cannot be read" in err) == (1, True)
    assert path.read_text() == "<<<<<<< HEAD\n"
    assert call([GOOD, OPEN], "--record")[0] == 0


def test_a_record_never_has_the_day_of_an_older_one(call, folder, monkeypatch):
    """Who is killed between the two files leaves a record without a day."""
    call([GOOD, OPEN], "--record")
    monkeypatch.setattr(run_book, "add_proof", _killed)
    with pytest.raises(_KilledError):
        call([example("good", ("echo c", "c")), OPEN], "good", "--record")
    kept = read_evidence(folder / "evidence").evidence
    assert {key: each.proof is None for key, each in kept.items()} == {"good/here": True, "open/here": False}


def test_days_that_somebody_else_wrote_meanwhile_stay(call, folder, monkeypatch):
    call([GOOD], "--record")
    real = sites.site_in

    def site_in(*arguments):
        site = real(*arguments)
        monkeypatch.setattr(command, "site_in", real)
        call([GOOD, OPEN], "open", "--record")
        return site

    monkeypatch.setattr(command, "site_in", site_in)
    call([GOOD, OPEN], "good", "--record")
    assert set(read_evidence(folder / "evidence").proofs) == {"good/here", "open/here"}


class _KilledError(BaseException):
    pass


def _killed(*_):
    raise _KilledError


@pytest.mark.parametrize("name", ["good/here.json", "proofs.json"])
def test_what_a_later_version_wrote_is_left_as_it_is(call, folder, name):
    call([GOOD], "--record")
    path = folder / "evidence" / name
    later = re.sub('"version": [0-9]+', '"version": 3', path.read_text())
    path.write_text(later)
    status, _, err = call([GOOD])
    assert status == 1
    assert "it has the version 3" in err
    assert "Update Affidavit to the release that wrote it." in err
    status, _, err = call([GOOD], "--record")
    told = f"affidavit: Nothing is recorded: a later Affidavit wrote `{name}`."
    told += " Update Affidavit to the release that wrote it. [evidence-version]"
    assert (status, err.splitlines()[-1]) == (1, told)
    assert path.read_text() == later


def test_what_cannot_be_planned_is_told(call):
    status, _, err = call([example("lost", ("echo a", "a"), setup=("gone",)), GOOD])
    assert (status, "index.rst:3: `lost` cannot be set up: there is no example `gone`." in err) == (1, True)


def test_a_list_runs_nothing(call, folder):
    status, out, _ = call([GOOD, BAD], "--list")
    assert status == 0
    assert out.splitlines()[0] == f"good/here: {folder}/index.rst:3: not yet proven (no run has shown it)"
    assert files(folder) == {}


def test_without_a_sandbox_nothing_can_be_told(call, monkeypatch):
    monkeypatch.setattr(command, "choose_sandbox", lambda: Unable("bash is not installed.", "Install it."))
    status, _, err = call([GOOD])
    assert (status, err) == (3, "affidavit: No example can be run here. bash is not installed. Install it.\n")


SCRIPT = """
import sys
from affidavit.cli import main, run
from tests.cli.test_run import GOOD, example
slow = example("slow", ("sleep 300.{mark}", ""))
run.examples_of = lambda _: (GOOD, slow)
sys.exit(main(sys.argv[1:]))
"""


IN_THE_BACKGROUND = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
"""What a shell does to what it starts with ``&``."""


def running(word):
    """Return whether any process has a word in its command, in whatever namespace."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in path.read_bytes() and path.parent.name != f"{os.getpid()}":
                return True
        except OSError:
            continue
    return False


def wait_for(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")
@pytest.mark.parametrize(
    ("number", "first"),
    [(signal.SIGINT, ""), (signal.SIGTERM, ""), (signal.SIGTERM, IN_THE_BACKGROUND)],
    ids=["by Ctrl-C", "by SIGTERM", "by SIGTERM in the background"],
)
def test_an_interrupt_ends_what_runs_and_keeps_what_was_recorded(start, folder, number, first):
    mark = f"{os.getpid()}{int(number)}{len(first)}"
    script = first + SCRIPT.replace("{mark}", mark)
    process = start("run", folder, "--record", "--jobs", "1", program=("-c", script), cwd=Path(__file__).parents[2])
    sleeping = f"sleep\x00300.{mark}"
    wait_for(lambda: running(sleeping))
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "affidavit: Interrupted: 1 of 2 ran. What ran by then is recorded.\n")
    assert not running(sleeping)
    assert set(files(folder)) == {"good/here.json", "proofs.json"}


def test_a_site_without_examples_has_nothing_to_run(run, folder):
    assert run("run", folder) == (0, "0 runs\n", "")


PAGE = """\
The site
========

.. example:: hello

   .. code-block:: console

      $ echo a
      a
"""


def test_what_a_page_shows_is_run_and_then_holds_for_a_check(run, folder):
    (folder / "conf.py").write_text('extensions = ["affidavit"]\n')
    (folder / "index.rst").write_text(PAGE)
    status, out, _ = run("run", folder, "--record")
    assert (status, f"hello/here: {folder}/index.rst:4: as shown" in out) == (0, True)
    assert run("check", "--offline", folder) == (0, "1 claim: 1 hold; 0 errors.\n", "")


def test_what_cannot_be_read_as_it_is_meant_is_told_and_not_run(run, folder):
    (folder / "conf.py").write_text('extensions = ["affidavit"]\n')
    (folder / "index.rst").write_text(PAGE.replace("hello\n", "hello\n   :timeout: soon\n"))
    status, out, problems = run("run", folder)
    assert (status, "hello/here" in out) == (1, False)
    assert f"{folder}/index.rst:4: The option `timeout`" in problems
    assert "[option-invalid]" in problems


def test_what_is_wrong_with_settings_and_pages_is_told_before_anything_runs(run, folder):
    (folder / "conf.py").write_text('extensions = ["affidavit"]\naffidavit_limits = {"memory": "many"}\n')
    (folder / "index.rst").write_text(PAGE + "\n.. example:: Bad Name!\n\n   .. console::\n\n      $ echo a\n")
    status, out, problems = run("run", folder)
    assert (status, "hello/here" in out) == (1, True)
    assert "[setting-invalid]" in problems
    assert f"{folder}/index.rst:11:" in problems
    assert "[argument-invalid]" in problems


def test_promises_in_words_that_nobody_understands_are_not_dropped(run, folder, monkeypatch):
    (folder / "conf.py").write_text('extensions = ["affidavit"]\naffidavit_sandbox = "files"\n')
    (folder / "index.rst").write_text(PAGE)
    monkeypatch.setattr(command, "choose_sandbox", find_limits_only)
    _, out, problems = run("run", folder)
    assert "does not keep what is asked for" in out
    assert "[setting-invalid]" in problems


def test_an_input_that_is_gone_is_not_taken_for_one_that_is_empty(run, folder):
    (folder / "conf.py").write_text('extensions = ["affidavit"]\n')
    (folder / "index.rst").write_text(PAGE.replace("hello\n", "hello\n   :files: gone.txt\n"))
    status, out, _ = run("run", folder, "--record")
    assert (status, "`gone.txt`, on which it depends, cannot be read" in out) == (1, True)
    assert not (folder / "evidence" / "hello").exists()


def test_a_probe_that_nothing_is_set_up_for_is_told(call):
    status, out, problems = call([example("p", probe="feature")])
    assert (status, "0 runs" in out) == (1, True)
    assert "`p` is a probe, and no example sets a method up for it" in problems


@pytest.mark.parametrize("content", [b"\xff", b"{}"])
def test_a_damaged_record_is_mended_whatever_is_in_it(call, folder, content):
    call([GOOD], "--record")
    (folder / "evidence" / "good" / "here.json").write_bytes(content)
    assert call([GOOD], "--record")[0] == 0
    assert call([GOOD])[::2] == (0, "")


def test_where_evidence_cannot_be_written_what_ran_is_told_all_the_same(call, folder):
    (folder / "evidence").touch()
    status, out, problems = call([BAD], "--record")
    assert status == 1
    assert "Line 1 of what the page shows is not what was seen." in out
    assert out.endswith("1 drifted\n")
    assert "cannot be written" in problems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("--shell", "good"), ("--record",)),
        (("--shell", "good"), ("--list",)),
        (("--shell", "good"), ("--durations",)),
        (("--list",), ("--record",)),
        (("--list",), ("--keep",)),
        (("--list",), ("--report", "a.md")),
        (("--shell", "good"), ("--fail-on", "unable")),
        (("--list",), ("--fail-on", "unable")),
    ],
)
def test_an_option_that_would_be_of_no_effect_is_refused(call, one, other):
    told = f"affidavit: `{one[0]}` cannot be given with `{other[0]}`. Call the command once for each.\n"
    assert call([GOOD], *other, *one) == (2, "", told)


WRONG_PAGE = """
Home
====

.. example:: first
   :setup: second

   .. console::
      :settle: nothing

      $ true

.. example:: second

   .. console::

      prints

.. example:: third

   .. console::
      :match: regex

      $ echo a
      (a
"""


@pytest.fixture
def wrong(folder):
    """Return a site with mistakes in its settings and in three examples."""
    (folder / "conf.py").write_text('extensions = ["affidavit"]\naffidavit_settle = {"bad": "("}\n')
    (folder / "index.rst").write_text(WRONG_PAGE)
    return folder


def places(problems):
    return re.findall(r"^affidavit: \S+/(\w+\.\w+):(?: |(\d+): )", problems, re.MULTILINE)


def test_what_is_wrong_is_told_in_the_order_of_the_page(wrong, run):
    status, _, problems = run("run", wrong, "--list")
    assert (status, places(problems)) == (
        1,
        [("conf.py", ""), *(("index.rst", line) for line in ("5", "8", "17", "24"))],
    )


@pytest.mark.parametrize(("name", "lines"), [("first", ["5", "8"]), ("second", ["17"]), ("third", ["24"])])
def test_of_what_is_named_alone_it_is_told(wrong, run, name, lines):
    _, _, problems = run("run", wrong, name, "--list")
    assert places(problems) == [("conf.py", ""), *(("index.rst", line) for line in lines)]
