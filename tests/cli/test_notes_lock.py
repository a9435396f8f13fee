"""``affidavit notes lock``: what it writes, what it says, and that it writes all or nothing."""

import json
import os
import signal
from subprocess import Popen

import pytest
from tests.notes.inventories import PROJECT, inventory

from affidavit.notes.lock import read_lock

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
