"""The file of observations: shared, killed, damaged, and out of reach."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affidavit.links.facts import from_text
from affidavit.links.seen import Answered, Trouble, Unreachable
from affidavit.links.store import FORMAT_VERSION, CacheError, Kept, Store, default_folder

HERE = "http://docs.example/here"
GONE = "http://docs.example/gone"
SEEN = Kept(Answered(HERE, "http://docs.example/end", 200, 1), 1000)
DEAD = Kept(Unreachable(GONE, GONE, Trouble.NAME_UNKNOWN, "no such host"), 1001)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "a" / "cache", patience=0.1)


def filled(folder: Path) -> Store:
    store = Store(folder, patience=0.1)
    store.write([SEEN, DEAD], forget_before=0)
    return store


def sql(store: Store, *statements: str) -> list[tuple[object, ...]]:
    """Do something to the file behind the store's back, and return the last rows."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def test_what_was_written_is_read(store):
    store.write([SEEN, DEAD], forget_before=0)
    assert store.read([HERE, GONE, "http://docs.example/other"]) == {HERE: SEEN, GONE: DEAD}


def test_what_no_file_can_hold_is_left_out(store):
    half = Kept(Answered(GONE, GONE, 200, 0, fragment="\ud800"), 1000)
    store.write([half, SEEN], forget_before=0)
    assert store.read([HERE, GONE]) == {HERE: SEEN}


def test_nothing_is_written_by_reading(store):
    assert store.read([HERE]) == {}
    assert not store.folder.exists()


def test_the_latest_counts(store):
    store.write([SEEN], forget_before=0)
    later = Kept(Answered(HERE, HERE, 404, 0), 900)  # by a clock that was set back meanwhile
    store.write([later], forget_before=0)
    assert store.read([HERE]) == {HERE: later}


def test_what_is_over_age_is_forgotten(store):
    store.write([SEEN, DEAD], forget_before=0)
    store.write([], forget_before=1001)
    assert store.read([HERE, GONE]) == {GONE: DEAD}


def test_manners_are_kept_apart(store):
    other = Store(store.folder, manner="10.0.0.0/8")
    here = Kept(Answered(HERE, HERE, 204, 0), 1)
    other.write([here], forget_before=0)
    assert store.read([HERE]) == {}
    store.write([SEEN], forget_before=0)
    assert (store.read([HERE]), other.read([HERE])) == ({HERE: SEEN}, {HERE: here})


def test_the_file_is_written_ahead_and_whole_when_nobody_has_it_open(store):
    store.write([SEEN], forget_before=0)
    assert sql(store, "PRAGMA journal_mode") == [("wal",)]
    assert [path.name for path in store.folder.iterdir()] == [store.path.name]


@pytest.mark.skipif(os.name == "nt", reason="other systems have modes")
def test_nobody_else_sees_what_is_kept(store):
    store.write([SEEN], forget_before=0)
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_only_text_and_numbers_are_kept(store):
    store.write([SEEN, DEAD], forget_before=0)
    kinds = sql(store, "SELECT DISTINCT typeof(url), typeof(manner), typeof(seen), typeof(facts) FROM observation")
    assert kinds == [("text", "text", "integer", "text")]


ROWS = {
    "facts that are none": "UPDATE observation SET facts = 'x'",
    "facts that are bytes": "UPDATE observation SET facts = x'ff00'",
    "facts that are a number": "UPDATE observation SET facts = 3",
    "facts of another URL": "UPDATE observation SET facts = replace(facts, 'here', 'gone')",
    "a time that is none": "UPDATE observation SET seen = 'yesterday'",
}


@pytest.mark.parametrize("change", ROWS.values(), ids=ROWS)
def test_a_row_that_cannot_be_read_is_as_good_as_absent(store, change):
    store.write([SEEN], forget_before=0)
    sql(store, change)
    assert store.read([HERE]) == {}
    store.write([SEEN], forget_before=0)
    assert store.read([HERE]) == {HERE: SEEN}


DAMAGED = {
    "no database": lambda store: store.path.write_bytes(b"<html>" * 1000),
    "garbage in the middle": lambda store: overwrite(store, 4000, b"\xff" * 5000),
    "cut short": lambda store: os.truncate(store.path, 3000),
    "another table": lambda store: sql(store, "ALTER TABLE observation RENAME COLUMN facts TO fiction"),
    "no table": lambda store: sql(store, "DROP TABLE observation"),
}


def overwrite(store: Store, at: int, data: bytes) -> None:
    with store.path.open("r+b") as file:
        file.seek(at)
        file.write(data)


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("call", [lambda store: store.read([HERE]), lambda store: store.write([SEEN], forget_before=0)],
                         ids=["read", "write"])  # fmt: skip
def test_a_damaged_file_is_set_aside_and_kept(store, call, damage):
    filled(store.folder)
    damage(store)
    held = store.path.read_bytes()
    with pytest.raises(CacheError, match=r"is damaged. It was set aside as observations-4.sqlite3.damaged") as caught:
        call(store)
    assert caught.value.begun_anew
    assert store.path.with_name(f"{store.path.name}.damaged").read_bytes() == held
    store.write([SEEN], forget_before=0)
    assert store.read([HERE]) == {HERE: SEEN}


def test_no_log_of_another_process_is_left_to_the_next_file(store):
    filled(store.folder)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("UPDATE observation SET seen = 3")
        overwrite(store, 0, b"\0" * 100)
        with pytest.raises(CacheError, match="is damaged"):
            store.read([HERE])
        aside = {f"{store.path.name}.damaged{ending}" for ending in ("", "-wal", "-shm")}
        assert {path.name for path in store.folder.iterdir()} == aside
        store.write([SEEN], forget_before=0)
        assert store.read([HERE]) == {HERE: SEEN}


def test_a_second_damaged_file_takes_the_place_of_the_first(store):
    for _ in range(2):
        filled(store.folder)
        store.path.write_bytes(b"no database" * 1000)
        with pytest.raises(CacheError, match="is damaged"):
            store.read([HERE])
    assert [path.name for path in store.folder.iterdir()] == [f"{store.path.name}.damaged"]


def test_an_empty_file_is_a_new_one(store):
    store.folder.mkdir(parents=True)
    store.path.touch()
    assert store.read([HERE]) == {}
    store.write([SEEN], forget_before=0)
    assert store.read([HERE]) == {HERE: SEEN}


def test_a_file_of_a_later_version_is_left_alone(store):
    filled(store.folder)
    sql(store, f"PRAGMA user_version = {FORMAT_VERSION + 1}")
    held = store.path.read_bytes()
    for call in (lambda: store.read([HERE]), lambda: store.write([SEEN], forget_before=0)):
        with pytest.raises(CacheError, match="was not written by this release") as caught:
            call()
        assert not caught.value.begun_anew
    assert store.path.read_bytes() == held


@contextmanager
def without_rights() -> Iterator[None]:
    """Be nobody, where the tests run as somebody who may do everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def in_its_place(store: Store) -> None:
    store.path.mkdir(parents=True)


def under_a_file(store: Store) -> None:
    store.folder.parent.write_text("not a folder", encoding="utf-8")


def without_permission(store: Store) -> None:
    store.folder.parent.mkdir(0o500)


def without_permission_to_read(store: Store) -> None:
    filled(store.folder)
    store.path.chmod(0)


@pytest.mark.skipif(os.name == "nt", reason="other systems have modes")
@pytest.mark.parametrize("trouble", [in_its_place, under_a_file, without_permission, without_permission_to_read])
def test_a_file_that_is_out_of_reach_is_told(store, trouble):
    trouble(store)
    with without_rights(), pytest.raises(CacheError, match="cannot be used") as caught:
        store.write([SEEN], forget_before=0)
    assert not caught.value.begun_anew
    assert "affidavit_cache" in caught.value.advice
    assert str(store.path) in str(caught.value)


def test_a_file_that_another_process_does_not_let_go_is_told_and_left_alone(store):
    filled(store.folder)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.read([HERE]) == {HERE: SEEN}
        with pytest.raises(CacheError, match="cannot be used"):
            store.write([SEEN], forget_before=0)
    store.write([DEAD], forget_before=0)
    assert store.read([HERE, GONE]) == {HERE: SEEN, GONE: DEAD}


PRELUDE = """
    import os, random, resource, signal, sys, time
    from pathlib import Path
    from affidavit.links.seen import Answered
    from affidavit.links.store import CacheError, Kept, Store

    store = Store(Path(sys.argv[1]), patience=60)
    URLS = [f"http://docs.example/{number}" for number in range(2000)]

    def batch(seen):
        return [Kept(Answered(url, url, 200, 0), seen) for url in URLS]
"""


def run(script: str, *arguments: object) -> str:
    """Run a script in a process of its own, which may fork, limit and kill itself."""
    command = [sys.executable, "-c", dedent(PRELUDE) + dedent(script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.mark.skipif(os.name == "nt", reason="other systems can limit a process")
def test_a_full_disk_is_told_and_what_was_kept_stays(store):
    filled(store.folder)
    told = run(
        """
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            store.write([*batch(5), *batch(6)], forget_before=0)
        except CacheError as error:
            print(error.begun_anew, error)
        """,
        store.folder,
    )
    assert told.startswith(f"False The cache {store.path} cannot be used (")
    assert store.read([HERE, GONE]) == {HERE: SEEN, GONE: DEAD}
    assert store.read(["http://docs.example/0"]) == {}


KILLS = 60


@pytest.mark.skipif(os.name == "nt", reason="other systems can kill")
def test_a_file_whose_writers_are_killed_stays_whole(store):
    """Each transaction gives all rows one new time; so a row of another time would be a half-done one."""
    seed = random.randrange(2**32)  # noqa: S311 -- it only has to be another one in each run
    told = run(
        """
        def write():
            for seen in range(random.randrange(2**30), 2**31):
                store.write(batch(seen), forget_before=0)

        choose = random.Random(int(sys.argv[2]))
        for _ in range(int(sys.argv[3])):
            writers = []
            for _ in range(2):
                writer = os.fork()
                if not writer:
                    random.seed()
                    write()
                writers.append(writer)
            time.sleep(choose.uniform(0.01, 0.1))
            for writer in writers:
                os.kill(writer, signal.SIGKILL)
            print(*[os.WTERMSIG(os.waitpid(writer, 0)[1]) for writer in writers])
            kept = store.read(URLS)
            assert len(kept) in (0, len(URLS)), len(kept)
            assert len({each.seen for each in kept.values()}) <= 1, kept
        assert kept
        """,
        store.folder,
        seed,
        KILLS,
    )
    assert told.split() == ["9"] * 2 * KILLS, seed
    assert sql(store, "PRAGMA integrity_check") == [("ok",)]
    rows = sql(store, "SELECT facts FROM observation")
    assert len(rows) == 2000
    assert all(from_text(str(facts)) for (facts,) in rows)
    assert [path.name for path in store.folder.iterdir()] == [store.path.name]


def test_processes_share_a_file_from_its_first_moment_on(store):
    script = dedent(PRELUDE) + dedent("""
        sys.stdin.read()
        for seen in range(10):
            store.write(batch(seen), forget_before=0)
            assert len(store.read(URLS)) == 2000
        """)
    command = [sys.executable, "-c", script, store.folder]
    writers = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for writer in writers:
        assert writer.stdin
        writer.stdin.close()
        writer.stdin = None
    assert [(writer.communicate(timeout=120)[1], writer.returncode) for writer in writers] == [("", 0)] * 4
    assert sql(store, "PRAGMA integrity_check") == [("ok",)]


def survives(store: Store) -> None:
    """Do everything with a file that may hold anything."""
    for _ in range(2):
        for call in (lambda: store.read([HERE, GONE]), lambda: store.write([SEEN], forget_before=0)):
            with suppress(CacheError):
                call()


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: b"SQLite format 3\0" + data))
def test_a_file_of_arbitrary_bytes_never_raises_but_as_told(data):
    with TemporaryDirectory() as folder:
        store = Store(Path(folder), patience=0.1)
        store.path.write_bytes(data)
        survives(store)
        assert store.read([HERE]) == {HERE: SEEN}


@pytest.mark.parametrize("length", range(0, 8192, 331))
def test_a_file_that_is_cut_short_anywhere_never_raises_but_as_told(store, length):
    filled(store.folder)
    os.truncate(store.path, length)
    survives(store)
    assert store.read([HERE]) == {HERE: SEEN}


@cache
def healthy() -> bytes:
    with TemporaryDirectory() as folder:
        return filled(Path(folder)).path.read_bytes()


# Most bytes of the two pages mean nothing; those of the headers and at the end of each page do.
PLACES = st.integers(0, 120) | st.integers(3500, 4220) | st.integers(7600, 8191)


@settings(max_examples=300)
@given(changes=st.dictionaries(PLACES, st.integers(0, 255), min_size=1, max_size=12))
def test_a_file_with_a_few_wrong_bytes_never_raises_but_as_told(changes):
    data = bytearray(healthy())
    for at, byte in changes.items():
        data[at % len(data)] = byte
    with TemporaryDirectory() as folder:
        store = Store(Path(folder), patience=0.1)
        store.path.write_bytes(data)
        survives(store)


@pytest.mark.parametrize(("named", "folder"), [("", None), ("there", Path.cwd() / "there"), ("/there", Path("/there"))])
def test_the_environment_names_a_folder_or_wants_none(named, folder):
    assert default_folder({"AFFIDAVIT_CACHE": named}) == folder


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other variables")
def test_the_users_own_cache_is_where_the_system_has_it(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder({}) == tmp_path / "affidavit"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert default_folder({}) == Path("/home/somebody/.cache/affidavit")


def test_who_has_no_home_has_no_cache(monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_args, **_options: Path("~/.cache/affidavit"))
    assert default_folder({}) is None


def test_a_file_that_another_program_holds_is_left_alone_and_told(tmp_path):
    held = filled(tmp_path)
    with closing(sqlite3.connect(held.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CacheError, match="no other program holds it"):
            held.read([HERE])
        other.execute("ROLLBACK")
    assert held.read([HERE])
