"""Which runs ``affidavit run`` chooses: by names, by releases, and with what is marked as slow left out."""

import pytest
from tests.cli.test_run_cells import CONF, PAGE

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

WORKS = PAGE.replace("      .. fails:: send\n         :symptom: the client sees ``413 Too Large``\n\n", "")
SLOW = """
.. example:: sending-much
   :probe: send
   :slow:

   .. console::

      $ cat answer
      201

.. example:: plain
   :setup: plain-start

   .. console::

      $ echo a
      a

.. example:: plain-start
   :slow:

   .. console::

      $ true
"""


@pytest.fixture
def folder(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.rst").write_text(WORKS + SLOW)
    return tmp_path


@pytest.fixture
def chosen(folder, run):
    """Return the keys of what would run."""

    def call(*arguments):
        status, out, err = run("run", folder, "--list", *arguments)
        assert (status, err) == (0, "")
        return {line.partition(": ")[0] for line in out.splitlines() if not line.endswith("does not run")}

    return call


OLD, NEW = ("proxied/old", "proxied/sending@old"), ("proxied/new", "proxied/sending@new")
MUCH = ("proxied/sending-much@old", "proxied/sending-much@new")
NAMED = [
    (["proxied"], {*OLD, *NEW}),
    (["sending"], {OLD[1], NEW[1]}),
    (["proxied/sending@new"], {NEW[1]}),
    (["--release", "1.0"], {*OLD}),
    (["--release", "1.0", "--release", "2.0"], {*OLD, *NEW}),
    (["--release", "1.0", "--environment", "new"], set()),
    (["--release", "1.0", "--environment", "new", "--environment", "old"], {*OLD}),
    (["--release", "1.0", "--slow"], {*OLD, MUCH[0]}),
    ([], {*OLD, *NEW}),
    (["--slow"], {*OLD, *NEW, *MUCH, "plain/here", "plain-start/here"}),
    (["sending-much"], {*MUCH}),
    (["proxied/sending-much@new"], {MUCH[1]}),
    (["proxied/sending"], {OLD[1], NEW[1]}),
    (["proxied/sending-much"], {*MUCH}),
    (["proxied/sending", "--release", "2.0"], {NEW[1]}),
    (["plain"], set()),
    (["plain/here"], {"plain/here"}),
    (["plain-start"], {"plain-start/here"}),
]


@pytest.mark.parametrize(("arguments", "keys"), NAMED, ids=[" ".join(each) or "all" for each, _ in NAMED])
def test_a_run_is_chosen_by_its_example_its_setup_its_key_or_its_release(chosen, arguments, keys):
    assert chosen(*arguments) == keys


UNKNOWN = [
    ("2.1", "No environment is of the release `2.1`. Is `2.0` meant?"),
    ("zzz", "No environment is of the release `zzz`. There are 1.0, 2.0."),
]


@pytest.mark.parametrize(("release", "told"), UNKNOWN)
def test_a_release_that_no_environment_is_of_is_told(folder, run, release, told):
    assert run("run", folder, "--release", release) == (2, "", f"affidavit: {told}\n")


def test_a_slow_run_is_left_out_and_told_and_its_evidence_stays_valid(folder, run):
    run("run", folder, "--slow", "--record")
    kept = (folder / "evidence/proxied/sending-much@old.json").read_bytes()
    status, out, _ = run("run", folder, "--record", "--release", "1.0")
    assert (status, out.splitlines()[0]) == (0, "2 runs, 1 slow")
    assert (folder / "evidence/proxied/sending-much@old.json").read_bytes() == kept
    assert "sending-much" not in (told := run("check", "--offline", folder)[1]), told
    assert run("run", folder, "--list", "--slow", "sending-much")[1].count(": proven\n") == 2


def test_a_slow_example_that_changed_is_stale_as_any_other_and_says_what_to_run(folder, run):
    run("run", folder, "--slow", "--record")
    (folder / "index.rst").write_text(WORKS + SLOW.replace("cat answer", "cat ./answer"))
    assert run("run", folder, "--changed")[1].splitlines()[0] == "0 runs, 6 unchanged, 2 slow"
    status, out, _ = run("check", "--offline", folder)
    assert status == 1
    assert "the command `cat ./answer` was `cat answer` when it was run." in out
    assert "-> Run `affidavit run --slow --record`, " in out


def test_a_comparison_leaves_out_what_is_slow_as_well(folder, run):
    run("run", folder, "--slow", "--record")
    assert run("diff", folder)[1] == "4 the same\n"
    assert run("diff", folder, "--slow")[1] == "8 the same\n"
