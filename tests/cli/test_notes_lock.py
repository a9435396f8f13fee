"""``affidavit notes lock``: what it writes, what it says, and that it writes all or nothing."""

import json
import os
import re
import signal
from subprocess import Popen

import pytest
from tests.cli.conftest import SETTINGS
from tests.notes.inventories import PROJECT, inventory

from affidavit.notes.lock import read_lock
from affidavit.notes.sources.inventory import InventorySource

COUNT = "1 project, 3 series, 6 releases, 7 sections"
TWO = """\
affidavit_release_notes = {
    "nova": {"inventory": "nova.inv", "url": "https://example.org/nova"},
    "glance": {"inventory": "objects.inv", "url": "https://example.org/glance"},
}
"""


@pytest.fixture
def lock(site):
    return site / "release-notes.lock.json"


@pytest.fixture
def pages(server, answer):
    """Return the address of a server with an inventory, a page, and an answer that something is gone."""
    server.answers |= {
        "/objects.inv": answer(inventory(PROJECT)),
        "/page": answer(b"<!DOCTYPE html>"),
        "/gone": answer(status=404),
    }
    return server.url


def test_the_lock_is_written_beside_conf_py(site, lock, run):
    assert run("notes", "lock", site) == (0, f"{lock}: written, {COUNT}\n", "")
    (project,) = read_lock(lock).projects
    assert (project.name, project.url, len(project.series)) == ("glance", "https://example.org/notes/", 3)


def test_the_folder_is_the_current_one_unless_said(site, lock, run, monkeypatch):
    monkeypatch.chdir(site)
    assert run("notes", "lock")[:2] == (0, f"release-notes.lock.json: written, {COUNT}\n")
    assert lock.is_file()


def test_a_second_run_changes_nothing_and_says_so(site, lock, run):
    run("notes", "lock", site)
    before = lock.stat()
    assert run("notes", "lock", site) == (0, f"{lock}: unchanged, {COUNT}\n", "")
    assert (lock.stat().st_ino, lock.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_line_ends_of_another_system_are_no_change(site, lock, run):
    run("notes", "lock", site)
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert "unchanged" in run("notes", "lock", site)[1]


@pytest.mark.parametrize("content", [b"", b"\xff", b'{"version": 7}', b"<<<<<<< HEAD\n"])
def test_what_was_there_is_replaced_whatever_it_is(site, lock, run, content):
    lock.write_bytes(content)
    assert "written" in run("notes", "lock", site)[1]
    assert len(read_lock(lock).projects) == 1


def test_the_lock_is_where_the_settings_say(site, run):
    (site / "data").mkdir()
    with (site / "conf.py").open("a") as conf:
        conf.write('affidavit_release_notes_lock = "data/notes.json"\n')
    assert run("notes", "lock", site)[0] == 0
    assert len(read_lock(site / "data" / "notes.json").projects) == 1


def test_a_source_may_be_given_instead(site, lock, run, tmp_path, monkeypatch):
    (tmp_path / "other.inv").write_bytes(inventory(PROJECT[:1]))
    monkeypatch.chdir(tmp_path)  # a file of the command line is meant from here, not from conf.py
    assert run("notes", "lock", site, "--source", "glance=other.inv")[1] == (
        f"{lock}: written, 1 project, 1 series, 1 release, 1 section\n"
    )


def test_a_source_may_be_an_address(site, lock, run, pages):
    source = f"glance={pages}/objects.inv"
    assert run("notes", "lock", site, "--source", source)[1] == f"{lock}: written, {COUNT}\n"


def test_the_settings_may_name_an_address(site, lock, run, pages):
    conf = (site / "conf.py").read_text().replace("objects.inv", f"{pages}/objects.inv")
    (site / "conf.py").write_text(conf)
    assert run("notes", "lock", site)[1] == f"{lock}: written, {COUNT}\n"


def test_the_projects_stand_in_the_order_of_their_names(site, lock, run):
    (site / "conf.py").write_text(TWO)
    (site / "nova.inv").write_bytes(inventory(PROJECT[:2]))
    assert "2 projects, 4 series, 7 releases, 9 sections" in run("notes", "lock", site)[1]
    assert list(json.loads(lock.read_text())["projects"]) == ["glance", "nova"]


def test_unless_all_projects_can_be_read_nothing_is_written(site, lock, run):
    run("notes", "lock", site)
    before = lock.read_bytes()
    (site / "conf.py").write_text(TWO.replace('"objects.inv"', '"gone.inv"'))
    status, out, err = run("notes", "lock", site)
    assert (status, out) == (1, "")
    assert [line.split("`")[1] for line in err.splitlines()] == ["nova", "glance"]
    assert lock.read_bytes() == before


SOURCES = [
    ("missing.inv", "No such file or directory"),
    ("conf.py", "is not an inventory"),
    ("", "Set its `inventory` in conf.py, or give `--source glance=FILE_OR_URL`"),
    ("ftp://example.org/objects.inv", "neither a file nor an http or https address"),
]


@pytest.mark.parametrize(("source", "told"), SOURCES)
def test_a_source_that_cannot_be_read_is_told_in_a_line(site, lock, run, source, told):
    (site / "conf.py").write_text((site / "conf.py").read_text().replace("objects.inv", source))
    status, out, err = run("notes", "lock", site)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert told in err
    assert not lock.exists()


@pytest.mark.parametrize(
    ("path", "told"), [("/page", "is a web page, not an inventory"), ("/gone", "The server answered 404 Not Found")]
)
def test_an_address_that_does_not_answer_an_inventory_is_told(site, run, pages, path, told):
    before = sorted(site.iterdir())
    status, out, err = run("notes", "lock", site, "--source", f"glance={pages}{path}")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert told in err
    assert sorted(site.iterdir()) == before


USAGE = [
    (["--source", "glance"], "'glance' is not of the form PROJECT=FILE_OR_URL"),
    (["--source", "=x"], "'=x' is not of the form PROJECT=FILE_OR_URL"),
    (["--source", "glance="], "'glance=' is not of the form PROJECT=FILE_OR_URL"),
    (["--source", "nova=x"], "`nova`, which `affidavit_release_notes` does not have. It has glance;"),
    (["--source", "glance=a", "--source", "glance=b"], "given twice for `glance`"),
    (["--sauce", "x"], "unrecognized arguments"),
]


@pytest.mark.parametrize(("options", "told"), USAGE)
def test_wrong_usage_is_told(site, lock, run, options, told):
    status, out, err = run("notes", "lock", site, *options)
    assert (status, out) == (2, "")
    assert told in err
    assert not lock.exists()


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path, run):
    status, _, err = run("notes", "lock", tmp_path / "missing")
    assert (status, err.count("\n")) == (2, 1)
    assert "There is no folder" in err


@pytest.mark.parametrize("made", ["folder", "file"])
def test_a_folder_without_conf_py_is_wrong_usage(tmp_path, run, made):
    folder = tmp_path / "doc"
    folder.mkdir()
    if made == "folder":
        (folder / "conf.py").mkdir()
    status, _, err = run("notes", "lock", folder)
    assert (status, err.count("\n")) == (2, 1)
    assert "There is no conf.py" in err


CONFS = [
    ("", "names no project"),
    ("affidavit_release_notes = {}", "names no project"),
    ("affidavit_release_notes = []", "`affidavit_release_notes` must be a dict"),
    ("affidavit_release_notes = {'a': {'inventory': 'x'}}", "lacks the key `url`"),
    ("affidavit_release_notes = {'a b': {'inventory': 'x', 'url': 'https://e/'}}", "No reference could name it"),
    ("affidavit_release_notes_lock = 7", "`affidavit_release_notes_lock` must be a string"),
    ("x = 1\nif", "SyntaxError in line 2: invalid syntax."),
    ("\n\n1 / 0", "ZeroDivisionError in line 3: division by zero."),
    ("def f():\n    return {}['key']\n\nf()", "KeyError in line 2: 'key'."),
    ("import no_such_module", "ModuleNotFoundError in line 1: No module named 'no_such_module'."),
    ("import json\njson.loads('')", "JSONDecodeError in line 2"),
    ("import sys\nsys.exit(3)", "it calls sys.exit()"),
    ("from sphinx.errors import ConfigError\nraise ConfigError('Set the moon.')", "cannot be read: Set the moon."),
    ("raise ValueError('one\\ntwo')", "ValueError in line 1: one two."),
    ("x = '\0'", "null bytes"),
    ("x = '\\xff'".encode("utf-16"), "cannot be read"),
]


@pytest.mark.parametrize(("conf", "told"), CONFS)
def test_a_conf_py_that_is_not_right_is_told_in_a_line(site, lock, run, conf, told):
    (site / "conf.py").write_bytes(conf if isinstance(conf, bytes) else conf.encode())
    status, out, err = run("notes", "lock", site)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert told in err
    assert not lock.exists()


def test_conf_py_runs_in_its_own_folder_and_leaves_the_current_one(site, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with (site / "conf.py").open("a") as conf:
        conf.write("open('objects.inv').close()\n")
    assert run("notes", "lock", "doc")[0] == 0
    assert os.getcwd() == str(tmp_path)  # noqa: PTH109 -- the process's own word for it


@pytest.mark.parametrize("made", ["folder", "missing"])
def test_a_lock_that_cannot_be_written_is_told_in_a_line(site, run, made):
    place = "." if made == "folder" else "missing/notes.json"
    with (site / "conf.py").open("a") as conf:
        conf.write(f"affidavit_release_notes_lock = {place!r}\n")
    before = sorted(site.iterdir())
    status, out, err = run("notes", "lock", site)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "cannot be written" in err
    assert sorted(site.iterdir()) == before


def test_a_folder_that_may_not_be_written_is_told(site, run):
    site.chmod(0o500)
    if os.access(site, os.W_OK):
        pytest.skip("the user may write everywhere")
    status, _, err = run("notes", "lock", site)
    assert (status, err.count("\n")) == (1, 1)


def test_an_interrupt_is_told_in_a_line_and_writes_nothing(site, lock, start, server):
    def interrupt_and_hang(handler):
        process.send_signal(signal.SIGINT)
        handler.server.ended.wait()

    server.answers["/objects.inv"] = interrupt_and_hang
    process: Popen[str] = start("notes", "lock", site, "--source", f"glance={server.url}/objects.inv")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err == "affidavit: Interrupted. Run the command again to finish.\n"
    assert not lock.exists()


QUOTING = """\
The site
========

:release-note:`pike#known-issues "tasks"`, :release-note:`16.0.0#known-issues "tasks" "workers"`,
:release-note:`16.0.1#critical-issues "nothing"`.
"""


@pytest.fixture
def quoting(site):
    """Return the site with a page that quotes words, and something that Sphinx warns of."""
    (site / "conf.py").write_text(f'extensions = ["affidavit"]\n{SETTINGS}')
    (site / "index.rst").write_text(f"{QUOTING}\n:doc:`nowhere`\n")
    return site


def test_words_that_nobody_can_look_for_are_counted_and_warnings_of_sphinx_left_to_builds(quoting, lock, run):
    told = f"{lock}: written, {COUNT}\nWords that pages quote: 0 found, 0 not found, 4 in texts that are out of reach\n"
    assert run("notes", "lock", quoting) == (0, told, "")


def test_words_that_are_missing_are_told_with_the_references_that_quote_them(quoting, run, monkeypatch):
    texts = {"15.0.0": "No tasks run.", "16.0.0": "No tasks run."}

    def read(_source, wanted):
        return {each: texts[each.version] for each in wanted if each.version in texts}

    monkeypatch.setattr(InventorySource, "texts", read)  # as sources do that have texts
    status, out, err = run("notes", "lock", quoting)
    assert (status, out.splitlines()[1]) == (
        0,
        "Words that pages quote: 2 found, 1 not found, 1 in texts that are out of reach",
    )
    assert err == (
        'affidavit: index.rst:4: `16.0.0#known-issues "tasks" "workers"` cannot be right: the section “Known Issues”'
        " does not say “workers”. The next build says so.\n"
    )


def test_a_site_that_sphinx_cannot_read_writes_nothing(quoting, lock, run):
    with (quoting / "conf.py").open("a") as conf:
        conf.write('extensions.append("no_such_extension")\n')
    status, out, err = run("notes", "lock", quoting)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "no_such_extension" in err
    assert not lock.exists()


def test_pages_may_be_read_by_several_processes(quoting, run):
    for number in range(12):
        (quoting / f"page{number}.rst").write_text(f":orphan:\n\n{QUOTING}".replace("nothing", f"nothing {number}"))
    for jobs in ("1", "2"):
        assert "Words that pages quote: 0 found, 0 not found, 16 in" in run("notes", "lock", quoting, "-j", jobs)[1]
    assert run("notes", "lock", quoting, "--jobs", "0")[0] == 2


def test_two_commands_at_once_leave_a_whole_file(site, lock, start):
    both = [start("notes", "lock", site) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(read_lock(lock).projects) == 1
    assert sorted(each.name for each in site.iterdir()) == [
        "conf.py",
        "index.rst",
        "objects.inv",
        "release-notes.lock.json",
    ]


def test_a_command_that_is_killed_half_way_leaves_the_file_as_it_was(site, lock, start, server, run):
    run("notes", "lock", site)
    before = lock.read_bytes()

    def kill_and_hang(handler):
        process.kill()
        handler.server.ended.wait()

    server.answers["/objects.inv"] = kill_and_hang
    process: Popen[str] = start("notes", "lock", site, "--source", f"glance={server.url}/objects.inv")
    assert process.wait(60) == -signal.SIGKILL
    assert lock.read_bytes() == before


FULL = """\
import resource, signal, sys
from affidavit.cli import main, notes_lock

def write(*arguments, write=notes_lock.write_lock):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
    write(*arguments)

notes_lock.write_lock = write
sys.exit(main(sys.argv[1:]))
"""
"""The command, on a disk that is full once it writes: a limit on the size of files comes as close as a test can."""


def test_a_disk_that_is_full_leaves_the_file_as_it_was(site, lock, start, run):
    run("notes", "lock", site)
    before = lock.read_bytes()
    (site / "objects.inv").write_bytes(inventory(PROJECT[:1]))
    process = start("notes", "lock", site, program=("-c", FULL))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (1, "", 1)
    assert "cannot be written (File too large)" in err
    assert lock.read_bytes() == before
    assert len(list(site.iterdir())) == 4


def test_on_a_terminal_each_project_has_a_line(site, run, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    status, _, err = run("notes", "lock", site)
    assert status == 0
    assert re.search(r"glance \(inventory\): 6 releases, 7 sections, \d+\.\d s\n", err)


def test_a_refusal_that_holds_words_of_upstream_cannot_steer_a_terminal(site, run):
    entry = {"tag_name": "v1\x1b[31m", "html_url": "https://elsewhere.example/\x1b[2J", "body": "## A"}
    (site / "releases.json").write_text(json.dumps([entry]))
    source = '{"releases": "releases.json", "url": "https://example.org/tool"}'
    (site / "conf.py").write_text(f'affidavit_release_notes = {{"tool": {source}}}')
    status, out, err = run("notes", "lock", site)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "The page of `v1\\x1b[31m` is https://elsewhere.example/\\x1b[2J, which is not" in err
