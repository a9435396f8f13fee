"""The facts that the lock file of this site holds, which were read from the inventory of Glance's release notes."""

import pytest
from tests.notes.inventories import line, packed

from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.errors import LockError
from affidavit.model.place import Place
from affidavit.notes.facts import Lock, State, count, gather, slug
from affidavit.notes.inventory import facts_of, sections
from affidavit.notes.lock import dumps, loads, read_lock
from affidavit.notes.lookup import Index
from affidavit.notes.references import parse_target
from affidavit.notes.rules import Resolved, resolve
from affidavit.notes.series import first_releases

HERE = Place("guide.rst")


@pytest.fixture(scope="module")
def text(project):
    return (project / "doc" / "release-notes.lock.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lock(project):
    return read_lock(project / "doc" / "release-notes.lock.json")


@pytest.fixture(scope="module")
def rows(lock):
    """Return series, version, title and URL of every section."""
    (glance,) = lock.projects
    return [
        (series.name, release.version, section.title, f"{glance.url}{section.target}")
        for series in glance.series
        for release in series.releases
        for section in release.sections
    ]


def judged(target, lock):
    ref = parse_target(target, HERE)
    assert isinstance(ref, NoteRef)
    return resolve(ref, Index(lock))


def test_the_file_is_as_the_command_writes_it(text, lock):
    assert text == dumps(lock)


def test_every_truncation_of_the_file_is_told(text):
    for length in range(len(text)):
        with pytest.raises(LockError):
            loads(text[:length])


def test_all_sections_are_there(lock, rows):
    assert count(lock).sections == len(rows) == len(set(rows)) == 169
    assert len({series for series, *_ in rows}) == 23


@pytest.mark.parametrize(
    ("version", "titles"),
    [("15.0.0", "Bug Fixes, Known Issues, New Features, Other Notes, Prelude, Security Issues, Upgrade Notes"),
     ("15.0.1", "Bug Fixes, Prelude"), ("16.0.1-11", "Known Issues"), ("33.0.0.0b2-10", "New Features, Upgrade Notes")],
)  # fmt: skip
def test_a_release_has_these_sections(rows, version, titles):
    assert ", ".join(title for _, each, title, _ in rows if each == version) == titles


def test_queens_has_known_issues_under_three_versions(rows):
    found = [version for series, version, title, _ in rows if (series, title) == ("queens", "Known Issues")]
    assert found == ["16.0.0", "16.0.1", "16.0.1-11"]


def test_one_section_stands_on_the_pages_of_two_series(rows, lock):
    found = [series for series, version, title, _ in rows if (version, title) == ("31.0.0", "Upgrade Notes")]
    assert found == ["2025.2", "2026.1"]
    finding = judged("31.0.0#upgrade-notes", lock)
    assert finding.code is Code.NOTE_AMBIGUOUS
    assert all(f"`{series}/31.0.0#upgrade-notes`" in finding.advice for series in found)


def test_every_section_resolves_to_its_anchor_by_series_version_and_title(rows, lock):
    resolved = [judged(f"glance:{series}/{version}#{title}", lock) for series, version, title, _ in rows]
    assert resolved == [Resolved(url, "glance", series, version, title) for series, version, title, url in rows]


def test_every_section_but_two_resolves_to_its_anchor_by_version_and_title(rows, lock):
    outcomes = {url: judged(f"{version}#{title}", lock) for _, version, title, url in rows}
    others = [url for url, outcome in outcomes.items() if not (isinstance(outcome, Resolved) and outcome.url == url)]
    assert [url.rpartition("/")[2] for url in others] == [
        "2025.2.html#relnotes-31-0-0-stable-2025-2-upgrade-notes",
        "2026.1.html#relnotes-31-0-0-stable-2026-1-upgrade-notes",
    ]


@pytest.mark.parametrize(
    ("target", "url"),
    [("pike#known-issues", "pike.html#relnotes-15-0-0-stable-pike-known-issues"),
     ("queens#known-issues", "queens.html#relnotes-16-0-0-stable-queens-known-issues"),
     ("victoria#upgrade-notes", "victoria.html#relnotes-21-0-0-victoria-eom-upgrade-notes"),
     ("33.0.0.0b2#known-issues", "unreleased.html#relnotes-33-0-0-0b2-known-issues")],
)  # fmt: skip
def test_what_the_guide_cites_resolves(lock, target, url):
    assert judged(target, lock).url == f"https://docs.openstack.org/releasenotes/glance/{url}"


def test_each_series_means_its_first_release(lock):
    firsts = first_releases(lock.projects[0])
    assert list(firsts.items())[:4] == [
        ("liberty", "11.0.1"),
        ("mitaka", "12.0.0"),
        ("newton", "13.0.0"),
        ("ocata", "14.0.0"),
    ]
    assert list(firsts.items())[-3:] == [("2025.1", "30.0.0"), ("2025.2", "31.0.0"), ("2026.1", "32.0.0")]
    assert "unreleased" not in firsts


def test_an_inventory_made_from_the_lock_makes_the_lock(lock, rows):
    """An anchor spells the branch behind the version, and by it the state of the series comes round as well."""
    (glance,) = lock.projects
    body = "".join(_lines(version, title, url) for _, version, title, url in rows)
    assert Lock((gather("glance", glance.url, facts_of(sections(packed(body)))),)) == lock


def _lines(version, title, url):
    page, _, anchor = url.rpartition("/")[2].partition("#")
    spelled = anchor.removeprefix(f"relnotes-{slug(version)}").removesuffix(slug(title)).strip("-")
    branch = spelled.replace("stable-", "stable_").replace("unmaintained-", "unmaintained_")
    label = f"relnotes_{version}{'_' if branch else ''}{branch}"
    return line(label, page, version) + line(f"{label}_{title}", page, title, anchor=anchor)


def test_series_that_nobody_maintains_are_known_by_their_branch(lock):
    (glance,) = lock.projects
    states = {series.name: series.state for series in glance.series if series.state is not State.OPEN}
    assert set(states.values()) == {State.UNMAINTAINED}
    assert {"victoria", "2023.1"} <= states.keys()
    assert not {"pike", "queens", "2026.1", "unreleased"} & states.keys()
