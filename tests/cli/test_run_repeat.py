"""``affidavit run --repeat``: each run is done several times, and what does not come out the same is told."""

import re
import signal
from pathlib import Path

import pytest
from tests.cli.test_run import wait_for
from tests.cli.test_run_cells import CONF
from tests.cli.test_run_chosen import SLOW, WORKS

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

COUNTED = """
The site
========

.. example:: counted
   :network:

   .. http::
      :base: http://127.0.0.1:{port}

      GET /count HTTP/1.1

{shown}

.. example:: fresh

   .. console::

      $ ls
      $ touch made
      $ ls
      made
"""
SHOWN = """\
      HTTP/1.1 200 OK

      {body}
"""
ONE = SHOWN.format(body="one")


@pytest.fixture
def folder(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    (tmp_path / "conf.py").write_text(CONF)
    return tmp_path


@pytest.fixture
def counted(folder, server, answer):
    """Write a page about a server that answers with one word after the other."""

    def write(*words, shown=ONE):
        left = iter(words)

        def count(handler):
            answer(f"{next(left)}\n".encode())(handler)

        server.answers["/count"] = count
        (folder / "index.rst").write_text(COUNTED.format(port=server.server_port, shown=shown))
        return folder

    return write


def test_what_comes_out_the_same_is_told_once_and_nothing_is_written(counted, run):
    folder = counted("one", "one", "one")
    status, out, err = run("run", folder, "--repeat", 3, "--jobs", 2)
    assert (status, err) == (0, "")
    lines = re.sub(r" \(\d+\.\d s\)", "", out).splitlines()
    places = {line.partition(": ")[0]: line.partition(": ")[2] for line in lines[2:4]}
    assert places == {
        "counted/here": f"{folder}/index.rst:5: as shown",
        "fresh/here": f"{folder}/index.rst:18: as shown",
    }
    assert [*lines[:2], *lines[4:]] == [
        "2 runs",
        "Round 1 of 3",
        "Round 2 of 3",
        "Round 3 of 3",
        "In all rounds together: 6 as shown",
        "2 of 2 runs came out the same 3 times.",
    ]
    assert not (folder / "evidence").exists()


def test_what_does_not_is_an_error_with_its_rounds_and_its_difference(counted, run):
    folder = counted("one", "one", "two", "one")
    status, out, _ = run("run", folder, "--repeat", 4)
    assert status == 1
    place = re.escape(f"{folder}/index.rst:11")
    ways = r"in rounds 1, 2 and 4 as shown; in round 3 drifted \(it does not give what the page shows\)"
    assert re.search(
        rf"\n{place}: `counted/here` does not come out the same each time: {ways}\. .* \[example-unsteady\]\n", out
    )
    assert re.search(r"\n    --- earlier\n    \+\+\+ later\n(?:     .*\n)*    -one\n    \+two\n", out)
    assert "\nIn all rounds together: 7 as shown, 1 drifted\n1 of 2 runs came out the same 4 times.\n" in out


def test_what_only_a_record_would_show_counts_as_well(counted, run):
    status, out, _ = run("run", counted("one", "two", shown=""), "--repeat", 2)
    assert status == 1
    assert "in round 1 as shown; in round 2 as shown, otherwise than in round 1." in out


def test_what_the_page_leaves_open_does_not(counted, run):
    folder = counted("one", "two", shown=SHOWN.format(body="..."))
    assert run("run", folder, "counted", "--repeat", 2)[::2] == (0, "")


def test_what_is_wrong_each_time_is_steady_and_an_error_all_the_same(counted, run):
    status, out, _ = run("run", counted("two", "two"), "--repeat", 2)
    assert (status, "2 of 2 runs came out the same 2 times.\n" in out) == (1, True)


@pytest.mark.parametrize("option", [["--record"], ["--list"]])
def test_what_it_cannot_be_given_with_is_told(folder, run, option):
    told = f"affidavit: `--repeat` cannot be given with `{option[0]}`. Call the command once for each.\n"
    assert run("run", folder, "--repeat", 2, *option) == (2, "", told)


def test_nor_with_a_shell(folder, run):
    status, _, err = run("run", folder, "--repeat", 2, "--shell", "fresh")
    assert (status, "`--repeat` cannot be given with `--shell`" in err) == (2, True)


def test_each_round_has_starts_and_workspaces_of_its_own(folder, run):
    (folder / "index.rst").write_text(WORKS + SLOW)
    status, out, _ = run("run", folder, "--slow", "--release", "1.0", "--repeat", 2, "--durations")
    assert status == 0
    assert re.search(r"start  proxied/old \(2 times, from \d+\.\d\d s on\)\n", out)
    assert re.search(r"run    proxied/sending@old \(2 times", out)


def test_workspaces_of_all_rounds_are_kept(counted, run):
    out = run("run", counted(), "fresh", "--repeat", 2, "--keep")[1]
    kept = Path(out.rstrip("\n").rpartition(": ")[2])
    found = sorted(path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file())
    assert found == [f"round-{n}/fresh/here/{name}" for n in (1, 2) for name in ("log.txt", "workspace/made")]


def test_an_interrupt_tells_what_is_known_of_the_rounds_that_were_done(counted, start, server):
    folder = counted("one", "two")
    count = server.answers["/count"]
    server.answers["/count"] = lambda handler: count(handler) if len(server.asked) < 3 else server.ended.wait(60)
    process = start("run", folder, "counted", "--repeat", "4", "--jobs", "1")
    wait_for(lambda: len(server.asked) == 3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "affidavit: Interrupted in round 3 of 4: 0 of 1 ran in it.\n")
    assert "in round 1 as shown; in round 2 drifted" in out
    assert out.endswith("0 of 1 run came out the same each time.\n")
