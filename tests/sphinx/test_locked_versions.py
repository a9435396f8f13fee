"""A build fails where a record has another version of a package than the lock of its environment, or another lock.

Of records that know what acted it is told once, at the lock; of those of version 1 at each example.
"""

from textwrap import dedent

import pytest
from tests.sphinx.proofs import prove

from affidavit.examples.environments.lock import lock_text
from affidavit.model.environments import Environment
from affidavit.model.evidence import Seen

ENVIRONMENT = Environment("app-3", packages=("some-server>=2",), python="3.11")
PAGE = """
    Home
    ====

    .. example:: hello
       :environments: app-3

       .. console::

          $ echo a
          a
    """
PROGRAMS = (("bash", "5"), ("python3", "Python 3.11.2"))
LIKE = (*PROGRAMS, ("some-server", "3.0.1"))
TOLD = "index.rst:4: WARNING: `hello` in `app-3`: {}. "


@pytest.fixture
def locked(site):
    """Return a project with an example that runs in an environment, which has a lock."""
    site.conf(affidavit_environments={"app-3": {"packages": list(ENVIRONMENT.packages), "python": "3.11"}})
    site.write("index.rst", PAGE)
    site.write("environments/app-3.txt", lock_text(ENVIRONMENT, "3.11", "some-server==3.0.1 --hash=sha256:00"))
    return site


def record(site, versions, **changes):
    prove(site, lambda _: (Seen("echo a", "a\n", 0),), versions=versions, **changes)


@pytest.fixture
def twice(locked):
    """Return the project with a second example, and records of both that know what acted."""
    second = PAGE.replace("hello", "again").replace("Home\n    ====", "Next\n    ====")
    locked.write("next.rst", f":orphan:\n\n{dedent(second)}")
    record(locked, LIKE, inputs=())
    return locked


def lock(site, requirements):
    site.write("environments/app-3.txt", lock_text(ENVIRONMENT, "3.11", requirements))


def stale(built):
    """Return the reasons of all runs, which are all stale."""
    runs = [run for claim in built.claims["claims"] for run in claim["runs"]]
    assert [run["state"] for run in runs] == ["stale", "stale"]
    return {run["reason"] for run in runs}


def test_a_record_with_what_the_lock_has_is_proven(locked):
    record(locked, LIKE)
    assert locked.run("-W").warnings == []


OTHERS = [
    ((*PROGRAMS, ("some-server", "3.0.2")), "it ran with some-server 3.0.2, and the lock has 3.0.1"),
    (PROGRAMS, "it ran without some-server, and the lock has 3.0.1"),
    ((("python3", "Python 3.12.0"), *LIKE[2:]), "it ran with Python 3.12.0, and its environment is for 3.11"),
]


@pytest.mark.parametrize(("versions", "why"), OTHERS)
def test_a_record_with_another_version_is_told_at_its_example(locked, versions, why):
    record(locked, versions)
    built = locked.build()
    assert built.codes == ["example-stale"]
    assert TOLD.format(why) in built.warnings[0]
    (run,) = built.claims["claims"][0]["runs"]
    assert run["state"] == "stale"


def test_it_fails_a_build_that_takes_warnings_for_errors(locked):
    record(locked, OTHERS[0][0])
    built = locked.run("-W", "--keep-going")
    assert built.codes == ["example-stale"]
    assert "build finished with problems" in built.log


def test_where_the_lock_moved_on_the_version_is_told(locked):
    record(locked, LIKE)
    locked.write("environments/app-3.txt", lock_text(ENVIRONMENT, "3.11", "some-server==3.1 --hash=sha256:22"))
    (told,) = locked.build().warnings
    assert TOLD.format("it ran with some-server 3.0.1, and the lock has 3.1") in told


HERE = "environments/app-3.txt:{}: WARNING: {} "
VERSION = "The lock of the environment `app-3` has some-server 3.1, and 2 runs in it had 3.0.1."
MADE = (
    "What the environment `app-3` is made of has changed since 2 runs in it: "
    "its lock, or what `conf.py` declares of it."
)  # fmt: skip


def test_a_package_of_another_version_is_told_once_at_its_line_of_the_lock(twice):
    lock(twice, "other==1 \\\n    --hash=sha256:11\nsome-server==3.1 \\\n    --hash=sha256:22")
    built = twice.build()
    (told,) = built.warnings
    assert HERE.format(7, VERSION) in told
    assert "`affidavit run --changed --record`" in told
    assert stale(built) == {"it ran with some-server 3.0.1, and the lock has 3.1"}


@pytest.mark.parametrize("requirements", [
    "some-server==3.0.1 --hash=sha256:01", "some-server==3.0.1 --hash=sha256:00\nother==1 --hash=sha256:11",
])  # fmt: skip
def test_another_hash_or_dependency_is_told_once_at_the_lock(twice, requirements):
    lock(twice, requirements)
    built = twice.build()
    (told,) = built.warnings
    assert HERE.format(1, MADE) in told
    assert stale(built) == {"what its environment is made of has changed since it was run"}


def test_another_variable_of_the_settings_is_told_once_at_the_lock(twice):
    about = {"packages": list(ENVIRONMENT.packages), "python": "3.11", "variables": {"A": "1"}}
    twice.conf(affidavit_environments={"app-3": about})
    (told,) = twice.build().warnings
    assert HERE.format(1, MADE) in told


def test_without_its_lock_it_is_told_once_at_the_settings(twice):
    (twice.src / "environments/app-3.txt").unlink()
    built = twice.build()
    assert sorted(built.codes) == ["environment-unlocked", "example-stale"]
    assert all("conf.py:1: WARNING" in each for each in built.warnings)


def test_it_is_told_by_each_builder_and_once_more_where_nothing_was_read_again(twice):
    assert twice.run("-W").warnings == []
    lock(twice, "some-server==3.0.1 --hash=sha256:01")
    for builder in ("html", "dummy", "html"):
        built = twice.build(builder)
        assert built.codes == ["example-stale"]
        assert HERE.format(1, MADE) in built.warnings[0]
    assert "Changed since it was run" in (built.out / "next.html").read_text(encoding="utf-8")


def test_without_a_lock_versions_are_what_they_were(locked):
    (locked.src / "environments/app-3.txt").unlink()
    record(locked, OTHERS[0][0])
    assert locked.build().codes == ["environment-unlocked"]
