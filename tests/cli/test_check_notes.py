"""``affidavit check`` compares the lock file of release notes with its sources."""

import json
import os
import signal
import subprocess
import sys
from subprocess import Popen

import pytest
from tests.notes.inventories import PROJECT, inventory

from affidavit.cli.check_options import FORMATS

CONF = """\
extensions = ["affidavit"]
affidavit_release_notes = {{
    "glance": {{"inventory": "{url}/glance.inv", "url": "https://example.org/glance/"}},
    "nova": {{"inventory": "{url}/nova.inv", "url": "https://example.org/nova/"}},
}}
"""
PAGE = """\
Home
====

:release-note:`glance:pike#known-issues`

:release-note:`glance:15.0.1#bug-fixes`
"""
LESS = tuple(row for row in PROJECT if row[0] != "15.0.1")
MORE = (*PROJECT, ("17.0.0", "stable/rocky", "Prelude", "rocky.html"))

pytestmark = pytest.mark.usefixtures("cited")


@pytest.fixture
def publish(server, answer):
    """Publish an inventory of the project."""

    def call(rows, status=200, name="glance"):
        server.answers[f"/{name}.inv"] = answer(inventory(rows), status)
        server.asked.clear()

    return call


@pytest.fixture
def cited(tmp_path, run, publish, server, monkeypatch):
    """Return a project below the current folder that cites one of two projects, with a lock file of both."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text(CONF.format(url=server.url))
    (folder / "index.rst").write_text(PAGE)
    publish(PROJECT)
    publish(PROJECT, name="nova")
    assert run("notes", "lock", "doc")[0] == 0
    server.asked.clear()
    return folder


def asked(server):
    return [path for path, _ in server.asked]


def check(run, *options):
    status, out, err = run("check", "doc", "--quiet", *options)
    assert err == ""
    return status, out


def findings(run, *options):
    status, out = check(run, "--format", "json", *options)
    told = json.loads(out)["findings"]
    return status, [(each["code"], each["place"]["file"], each["place"]["line"]) for each in told]


def test_the_sources_of_cited_projects_are_read_and_nothing_is_told_where_nothing_changed(run, server):
    assert check(run) == (0, "2 claims: 2 hold; 0 errors.\n")
    assert asked(server) == ["/glance.inv"]


def test_a_reference_that_means_nothing_any_more_is_an_error_in_its_place(run, publish):
    publish(LESS)
    status, out = check(run)
    assert status == 1
    assert "error [note-changed]\n" in out
    assert "`glance:15.0.1#bug-fixes` means “Bug Fixes” of glance 15.0.1 (pike) by the lock file;" in out
    assert "    doc/index.rst:6\n" in out
    assert "doc/index.rst:4" not in out
    assert "info [lock-behind]\n" in out
    assert "changed since the lock file was written: 1 release gone.\n    doc/release-notes.lock.json\n" in out


def test_other_changes_are_information_at_the_lock_file(run, publish):
    publish(MORE)
    assert findings(run) == (0, [("lock-behind", "release-notes.lock.json", 0)])


def test_a_source_that_cannot_be_read_is_information_unless_that_is_to_fail(run, publish):
    publish(PROJECT, status=404)
    assert findings(run) == (0, [("lock-unchecked", "release-notes.lock.json", 0)])
    status, out = check(run, "--fail-on", "unable")
    assert status == 3
    assert "The release notes of `glance` cannot be read from " in out
    assert "The server answered 404" in out


def test_what_is_set_aside_is_no_reason_to_fail(cited, run, publish):
    publish(PROJECT, status=404)
    with (cited / "conf.py").open("a") as conf:
        conf.write(
            'affidavit_accepted = [{"code": "lock-unchecked", "file": "", "reason": "R", "until": "9999-01-01"}]\n'
        )
    assert check(run, "--fail-on", "unable")[0] == 0


@pytest.mark.parametrize("options", [("--offline",), ("--only", "link"), ("--only", "method", "--only", "term")])
def test_no_source_is_read_offline_or_where_no_reference_counts(run, publish, server, options):
    publish(LESS)
    assert findings(run, *options) == (0, [])
    assert asked(server) == []


def test_release_notes_alone_can_be_selected(run, publish):
    publish(LESS)
    status, told = findings(run, "--only", "release-note")
    assert (status, [code for code, *_ in told]) == (1, ["note-changed", "lock-behind"])


def test_a_project_without_a_source_or_a_lock_file_is_not_compared(cited, run, server):
    conf = (cited / "conf.py").read_text()
    (cited / "conf.py").write_text(conf.replace(f'"inventory": "{server.url}/glance.inv", ', ""))
    assert findings(run) == (0, [])
    (cited / "conf.py").write_text(conf)
    (cited / "release-notes.lock.json").unlink()
    assert findings(run) == (1, [("lock-missing", "release-notes.lock.json", 0)])
    assert asked(server) == []


def test_a_local_source_is_read_as_well(cited, run):
    (cited / "glance.inv").write_bytes(inventory(LESS))
    conf = (cited / "conf.py").read_text()
    (cited / "conf.py").write_text(f'{conf}affidavit_release_notes["glance"]["inventory"] = "glance.inv"\n')
    assert [code for code, *_ in findings(run)[1]] == ["note-changed", "lock-behind"]
    assert findings(run, "--offline") == (0, [])


def test_every_format_carries_what_is_found(run, publish):
    publish(LESS)
    for form in FORMATS:
        status, out = check(run, "--format", form)
        assert status == 1
        assert "note-changed" in out
        assert "lock-behind" in out


def test_what_an_earlier_report_has_is_not_new(run, publish, tmp_path):
    publish(LESS)
    base = tmp_path / "base.json"
    check(run, "--format", "json", "--output", base)
    status, out, err = run("check", "doc", "--quiet", "--new-only", base)
    assert (status, out) == (0, "2 claims: 1 hold, 1 refuted; 0 errors.\n")
    assert err == "affidavit: Left out, since the base has them: 2 findings.\n"
    publish([row for row in LESS if row[1] != "stable/pike"])
    status, out, _ = run("check", "doc", "--quiet", "--new-only", base)
    assert status == 1
    assert "    doc/index.rst:4\n" in out
    assert "doc/index.rst:6" not in out


def test_against_a_revision_only_new_references_are_compared(cited, run, publish, server, monkeypatch):
    for name, value in {"NAME": "Somebody", "EMAIL": "somebody@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "One"]):
        subprocess.run(["git", *arguments], check=True)
    publish(LESS)
    assert findings(run, "--new-only", "git:HEAD") == (0, [])
    assert asked(server) == []
    page = cited / "index.rst"
    page.write_text(f"{page.read_text()}\n:release-note:`glance:15.0.1#Bug Fixes`\n")
    status, out, _ = run("check", "doc", "--quiet", "--new-only", "git:HEAD", "--format", "json")
    told = [(each["code"], each["place"]["line"]) for each in json.loads(out)["findings"]]
    assert (status, told) == (1, [("note-changed", 8), ("lock-behind", 0)])
    assert asked(server) == ["/glance.inv"]


def test_an_interrupt_leaves_the_report_of_what_is_known(start, server):
    def interrupt_and_hang(handler):
        process.send_signal(signal.SIGINT)
        handler.server.ended.wait()

    server.answers["/glance.inv"] = interrupt_and_hang
    process: Popen[str] = start("check", "doc", "--quiet")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "2 claims: 2 hold; 0 errors.\n")
    assert err == ("affidavit: Interrupted: not compared with the lock file: glance. The report has what is known.\n")


WITNESS = """\
import sys

ASKING = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "subprocess.Popen", "os.posix_spawn", "os.exec"}

def tell(event, arguments):
    if event in ASKING:
        print(event, *arguments, file=sys.stderr)
    if event == "open" and str(arguments[0]).endswith((".inv", ".lock.json")):
        print("open", arguments[0].rpartition("/")[2], file=sys.stderr)

sys.addaudithook(tell)
from sphinx.cmd.build import build_main
sys.exit(build_main(sys.argv[1:]))
"""


def test_a_build_reads_the_lock_file_and_asks_no_source(cited, server):
    (cited / "glance.inv").write_bytes(inventory(PROJECT))
    conf = (cited / "conf.py").read_text()
    (cited / "conf.py").write_text(
        f'{conf}affidavit_release_notes["nova"]["inventory"] = "glance.inv"\n'
        'affidavit_release_notes["own"] = {"git": ".", "url": "https://example.org/own/"}\n'
    )
    command = [sys.executable, "-c", WITNESS, "-q", "doc", "out"]
    built = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"})
    seen = [line for line in built.stderr.splitlines() if "[affidavit.lock-outdated]" not in line]
    assert (built.returncode, seen) == (0, ["open release-notes.lock.json", "open objects.inv"])
    assert asked(server) == []
