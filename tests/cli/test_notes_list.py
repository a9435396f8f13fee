"""``affidavit notes list``: what can be cited, as it is cited."""

import pytest
from msgspec.structs import replace
from tests.notes.inventories import inventory

from affidavit.cli import main
from affidavit.notes.facts import Facts, Heading, Lock, State, gather
from affidavit.notes.lock import write_lock

LISTED = """\
glance  https://example.org/notes/
  pike = 15.0.0
    15.0.0  known-issues, new-features
    15.0.1  bug-fixes
  queens = 16.0.0
    16.0.0  known-issues
    16.0.1  critical-issues
    16.0.1-11  known-issues
  unreleased
    17.0.0.0b2  known-issues
"""


@pytest.fixture
def locked(site, capsys):
    assert main(["notes", "lock", str(site)]) == 0
    capsys.readouterr()
    return site


@pytest.mark.parametrize("project", [(), ("glance",)])
def test_the_lock_is_listed(locked, run, project):
    assert run("notes", "list", locked, *project) == (0, LISTED, "")


def test_series_stand_by_age_not_by_name(site, run):
    rows = [("26.0.0", "x", "Prelude", "2023.1.html"), ("25.0.0", "y", "Prelude", "zed.html")]
    (site / "objects.inv").write_bytes(inventory(rows))
    run("notes", "lock", site)
    out = run("notes", "list", site)[1]
    assert [line for line in out.splitlines() if " = " in line] == ["  zed = 25.0.0", "  2023.1 = 26.0.0"]


def test_an_unknown_project_is_wrong_usage(locked, run):
    status, out, err = run("notes", "list", locked, "glanse")
    assert (status, out) == (2, "")
    assert "no project `glanse`. Name one that it has: glance." in err


def test_a_lock_that_is_missing_is_told(site, run):
    status, out, err = run("notes", "list", site)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "`affidavit notes lock`" in err
    assert "[lock-missing]" in err


def test_a_lock_that_is_cut_short_is_told(locked, run):
    lock = locked / "release-notes.lock.json"
    lock.write_text(lock.read_text()[:100])
    status, out, err = run("notes", "list", locked)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "[lock-unreadable]" in err


URLS = """\
glance  https://example.org/notes/
  pike = 15.0.0
    15.0.0
      known-issues  https://example.org/notes/pike.html#relnotes-15-0-0-stable-pike-known-issues
      new-features  https://example.org/notes/pike.html#relnotes-15-0-0-stable-pike-new-features
    15.0.1
      bug-fixes  https://example.org/notes/pike.html#relnotes-15-0-1-stable-pike-bug-fixes
"""


def test_the_address_of_each_section_is_printed_on_request(locked, run):
    status, out, _ = run("notes", "list", locked, "--urls")
    assert status == 0
    assert out.startswith(URLS)


STATES = """\
glance  https://example.org/notes/  (git)
  pike = 15.0.0  (unmaintained)
    15.0.0  known-issues
  queens  (closed)
    16.0.0rc1  known-issues
  ocata  (removed)
nova  https://example.org/nova
  1.0.0  fixed
  1.1.0  added, fixed
"""


def test_states_kinds_of_sources_and_projects_without_series_are_told(site, run):
    (site / "conf.py").write_text(
        "affidavit_release_notes = {'glance': {'git': '../glance', 'url': 'https://example.org/notes/'}}\n"
    )
    facts = Facts(
        (
            Heading("pike", "15.0.0", "Known Issues", "pike.html#k"),
            Heading("queens", "16.0.0rc1", "Known Issues", "queens.html#k"),
        ),
        (("pike", State.UNMAINTAINED), ("queens", State.CLOSED)),
    )
    flat = (Heading("", "1.1.0", "Added", ""), Heading("", "1.1.0", "Fixed", ""), Heading("", "1.0.0", "Fixed", ""))
    glance = replace(gather("glance", "https://example.org/notes/", facts), removed=("ocata",))
    nova = gather("nova", "https://example.org/nova", Facts(flat))
    write_lock(site / "release-notes.lock.json", Lock((glance, nova)))
    assert run("notes", "list", site) == (0, STATES, "")
