"""Locks as text, what they fit, and what runs depend on."""

import pytest
from msgspec.structs import replace

from affidavit.examples.environments.declared import Declared, NoLock, of_locks
from affidavit.examples.environments.lock import LockTextError, asked_for, declared, lock_text, mark, read_lock
from affidavit.examples.environments.locks import read_locks
from affidavit.model.codes import Code
from affidavit.model.environments import Environment, ProgramSpec, Resolving
from affidavit.model.settings import Settings

ONE = Environment("one", packages=("Some_Server>=1", "other[extra]<3"), python="3.11")
COMPILED = """\
other==2 ; sys_platform == 'win32' \\
    --hash=sha256:00 \\
    --hash=sha256:11
some-server==1.0 \\
    --hash=sha256:22
"""
TEXT = lock_text(ONE, "3.11", COMPILED)


def test_what_is_written_is_read():
    lock = read_lock(TEXT)
    assert (lock.declared, lock.python) == (declared(ONE), "3.11")
    assert lock.packages == ("other==2 ; sys_platform == 'win32'", "some-server==1.0")
    assert lock.requirements[1] == "some-server==1.0 --hash=sha256:22"
    assert asked_for(ONE) == ("some-server", "other")
    lines = TEXT.split("\n")
    assert [lines[at - 1].partition("==")[0] for at in lock.lines] == ["other", "some-server"]
    assert lines[lock.python_line - 1] == "# python: 3.11"


WRONG = [
    ("", "format 1"),
    (COMPILED, "format 1"),
    (TEXT.replace("# affidavit: 1", "# affidavit: 2"), "format 1"),
    (TEXT.replace("# declared", "# declard"), "made for"),
    (TEXT.rstrip("\n"), "cut short"),
    (TEXT.replace("some-server==1.0", "<<<<<<< HEAD\nsome-server==1.0"), "no requirement in its line 8$"),
    (f"{TEXT}-r other.txt\n", "no requirement in its line 10$"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_no_lock_is_refused(text, told):
    with pytest.raises(LockTextError, match=told):
        read_lock(text)


OTHERS = [
    replace(ONE, packages=("some-server>=2",)),
    replace(ONE, python="3.12"),
    replace(ONE, resolving=Resolving("2025-06-01")),
    replace(ONE, resolving=Resolving(overrides=("a<2",))),
]


@pytest.mark.parametrize("other", OTHERS)
def test_a_lock_fits_one_declaration(other):
    assert declared(other) != declared(ONE)


def test_what_a_lock_does_not_depend_on_leaves_it_fitting():
    same = replace(ONE, release="2", variables=(("A", "1"),), secret=("T",), programs=(ProgramSpec("curl"),))
    assert declared(replace(same, packages=tuple(reversed(ONE.packages)))) == declared(ONE)


def test_what_runs_depend_on():
    lock = read_lock(TEXT)
    marks = [
        mark(ONE, lock),
        mark(ONE, None),
        mark(ONE, replace(lock, requirements=lock.requirements[:1])),
        mark(replace(ONE, variables=(("A", "1"),)), lock),
        mark(replace(ONE, secret=("A",)), lock),
        mark(replace(ONE, python="3.12"), lock),
    ]
    assert len(set(marks)) == len(marks)
    assert mark(ONE, replace(lock, declared="other")) == marks[0]
    assert Declared((ONE,), {"one": lock}).mark("one") == marks[0]
    assert Declared((ONE,)).mark("") == ""


def codes(settings, locks):
    return [(each.code, each.place.file) for each in of_locks(settings, locks)]


def test_locks_are_held_against_the_settings():
    settings, lock = Settings(environments=(ONE, Environment("bare"))), read_lock(TEXT)
    assert codes(settings, {"one": lock}) == []
    assert codes(settings, {}) == [(Code.ENVIRONMENT_UNLOCKED, "conf.py")]
    assert codes(settings, {"one": NoLock("is bad")}) == [(Code.ENVIRONMENT_UNREADABLE, "environments/one.txt")]
    other = Settings(environments=(replace(ONE, python="3.12"),))
    assert codes(other, {"one": lock}) == [(Code.ENVIRONMENT_OUTDATED, "environments/one.txt")]
    edited = replace(lock, python="3.12")
    assert codes(settings, {"one": edited}) == [(Code.ENVIRONMENT_OUTDATED, "environments/one.txt")]


@pytest.mark.parametrize(
    ("held", "found"), [(TEXT.encode(), read_lock(TEXT)), (b"\xff", NoLock("is no text in UTF-8")), (None, None)]
)
def test_locks_are_read_beside_the_pages(tmp_path, held, found):
    (tmp_path / "environments").mkdir()
    if held is not None:
        (tmp_path / "environments/one.txt").write_bytes(held)
    assert read_locks((ONE, Environment("bare")), tmp_path).get("one") == found
    assert read_locks((Environment("one", projects=("..",)),), tmp_path).get("one") == found
