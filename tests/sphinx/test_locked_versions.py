"""A build fails where a record has another version of a package than the lock of its environment."""

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


def record(site, versions):
    prove(site, lambda _: (Seen("echo a", "a\n", 0),), versions=versions)


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


def test_without_a_lock_versions_are_what_they_were(locked):
    (locked.src / "environments/app-3.txt").unlink()
    record(locked, OTHERS[0][0])
    assert locked.build().codes == ["environment-unlocked"]
