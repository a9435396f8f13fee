"""What a lock says of the versions of a record: which of them it pins, and which are other ones."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.examples.environments.cache import versions_in
from affidavit.examples.environments.declared import Declared, NoLock
from affidavit.examples.environments.lock import Lock, declared, lock_text, read_lock
from affidavit.examples.environments.pins import UNPINNED, Unlike, pins, unlike
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.plan import plan
from affidavit.examples.planned import Known, Wanted, plans
from affidavit.examples.states import Evidence, Kept
from affidavit.model.environments import Environment
from affidavit.model.evidence import Outcome, Proof, Record
from affidavit.model.examples import Example
from affidavit.model.place import Place

DAY = date(2030, 1, 31)
ONE = Environment(
    "one", packages=("Some_Server>=1", "other[extra]", "on-mac ; sys_platform == 'darwin'"), python="3.11"
)
REQUIREMENTS = (
    "Some.Server==1.10.post1 --hash=sha256:00 --hash=sha256:11",
    "other==2 ; python_full_version < '3.12'",
    "other==3.0rc1 ; python_full_version >= '3.12'",
    "on-mac==5 ; sys_platform == 'darwin'",
    "of-others==7",
)
LOCK = Lock(declared(ONE), "3.11", REQUIREMENTS)
RECORDED = {"some-server": "1.10.post1", "other": "2", "python3": "Python 3.11.2", "bash": "GNU bash, version 5.2"}


def told(changes, environment=ONE, *, lock=LOCK, tried=True):
    """Return what is said of a record in which some versions are other ones, or lacking where they are ``None``."""
    versions = {name: version for name, version in (RECORDED | changes).items() if version is not None}
    found = unlike(pins(environment, lock), tuple(sorted(versions.items())), tried=tried)
    return "; ".join(map(str, found))


LIKE = {
    "as it was recorded": {},
    "written in another way": {"some-server": "1.10.0-1", "other": "2.0.0"},
    "what another system or Python has": {"other": "3.0rc1"},
    "what only another system has": {"on-mac": "5.0"},
    "a package that another one asked for": {"of-others": "8"},
    "a project, or a program": {"the-project": "9", "bash": "GNU bash, version 4", "curl": "8"},
    "a later release of that Python": {"python3": "Python 3.11.14"},
    "an early release of that Python": {"python3": "Python 3.11.0rc1+"},
    "a Python of which nothing is said": {"python3": ""},
    "a package and a program of one name": {"some-server (package)": "1.10.post1", "some-server": "0.9"},
}


@pytest.mark.parametrize("changes", LIKE.values(), ids=LIKE)
def test_versions_that_are_as_the_lock_has_them(changes):
    assert told(changes) == ""


UNLIKE = [
    ({"some-server": "1.10"}, "it ran with some-server 1.10, and the lock has 1.10.post1"),
    ({"some-server": "1.10.post2"}, "it ran with some-server 1.10.post2, and the lock has 1.10.post1"),
    ({"other": "2.1"}, "it ran with other 2.1, and the lock has 2 or 3.0rc1"),
    ({"on-mac": "6"}, "it ran with on-mac 6, and the lock has 5"),
    (
        {"some-server": "0.9", "some-server (package)": "1.9"},
        "it ran with some-server 1.9, and the lock has 1.10.post1",
    ),
    ({"some-server": None}, "it ran without some-server, and the lock has 1.10.post1"),
    ({"some-server": "Some server 1.10.post1"}, "it ran without some-server, and the lock has 1.10.post1"),
    ({"python3": "Python 3.1.1"}, "it ran with Python 3.1.1, and its environment is for 3.11"),
    ({"python3": "Python 3.110.1"}, "it ran with Python 3.110.1, and its environment is for 3.11"),
]


@pytest.mark.parametrize(("changes", "expected"), UNLIKE)
def test_a_version_that_is_another_one_is_told_with_what_it_is_to_be(changes, expected):
    assert told(changes) == expected


def test_several_that_are_other_ones_are_told_in_the_order_of_the_declaration():
    one, other = told({"other": "1", "some-server": "1"}).split("; ")
    assert (one.partition(",")[0], other.partition(",")[0]) == ("it ran with some-server 1", "it ran with other 1")


def test_what_is_another_one_has_its_line_of_the_lock():
    text = lock_text(ONE, "3.11", "".join(f"{each}\n" for each in REQUIREMENTS).replace(" --hash", " \\\n    --hash"))
    every = pins(ONE, read_lock(text))
    (python,) = unlike(every, (("python3", "Python 3.10.1"),), tried=True)
    assert python == Unlike("Python", "3.10.1", "3.11", 4)
    some, other = unlike(every, (("other", "1"),), tried=True)
    assert (some, other) == (Unlike("some-server", "", "1.10.post1", 5), Unlike("other", "1", "2 or 3.0rc1", 8))


def test_what_was_never_tried_may_lack_versions_and_not_have_other_ones():
    assert told({"some-server": None, "other": None}, tried=False) == ""
    assert told({"some-server": "1"}, tried=False) != ""


def test_an_environment_that_names_no_python_takes_any():
    assert told({"python3": "Python 3.14.1"}, replace(ONE, python="")) == ""


@pytest.mark.parametrize("locked", ["==2.*", "===2", " @ https://packages.example/other-2.zip"])
def test_a_lock_in_which_somebody_wrote_allows_what_it_says(locked):
    lock = replace(LOCK, requirements=(f"other{locked}",))
    assert told({}, lock=lock) == ""


def test_where_there_is_no_lock_nothing_is_pinned():
    wrong = {"some-server": "0", "python3": "Python 3.9.1"}
    assert told(wrong, lock=None) == ""
    assert Declared((ONE,), {"one": NoLock("is bad")}).pins("one") == UNPINNED
    assert Declared((ONE,), {"one": LOCK}).pins("") == UNPINNED
    assert Declared((ONE,), {"one": LOCK}).pins("one") == pins(ONE, LOCK) != UNPINNED


@pytest.mark.parametrize(("version", "left"), [("2", "unchanged"), ("2.1", "")])
def test_a_run_with_another_version_counts_as_changed(version, left):
    example = Example("a", (), Place("guide.rst", 3), environments=("one",))
    locked = Declared((ONE,), {"one": LOCK})
    (run,) = plan((example,), locked.names).runs
    versions = tuple((RECORDED | {"other": version}).items())
    record = Record(fingerprint(run, {}, locked.mark("one")), Outcome.FINISHED, (), versions, "Linux", "bubblewrap")
    kept = Kept({run.key: Evidence(record, Proof(DAY, 1))})
    (planned,) = plans((example,), Known(kept, {}, DAY, declared=locked), Wanted(changed=True)).planned
    assert planned.left == left


@pytest.mark.parametrize(("requirement", "left"), [(REQUIREMENTS[0], "unchanged"), (f"{REQUIREMENTS[0]}2", "")])
def test_a_run_counts_as_changed_where_only_a_hash_of_the_lock_is_another(requirement, left):
    example = Example("a", (), Place("guide.rst", 3), environments=("one",))
    locked = Declared((ONE,), {"one": LOCK})
    (run,) = plan((example,), locked.names).runs
    mark, versions = fingerprint(run, {}, locked.mark("one")), tuple(RECORDED.items())
    record = Record(mark, Outcome.FINISHED, (), versions, "Linux", "bubblewrap", inputs=())
    kept = Kept({run.key: Evidence(record, Proof(DAY, 1))})
    now = Declared((ONE,), {"one": replace(LOCK, requirements=(requirement, *REQUIREMENTS[1:]))})
    (planned,) = plans((example,), Known(kept, {}, DAY, declared=now), Wanted(changed=True)).planned
    assert planned.left == left


@pytest.mark.parametrize("python", ["python3.11", "pypy3.11"])
def test_the_packages_of_any_python_are_found(tmp_path, python):
    about = tmp_path / f"lib/{python}/site-packages/some_server-1.dist-info/METADATA"
    about.parent.mkdir(parents=True)
    about.write_text("Metadata-Version: 2.1\nName: Some_Server\nVersion: 1\n")
    assert versions_in(tmp_path) == {"some-server": "1"}
