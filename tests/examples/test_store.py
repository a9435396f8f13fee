"""The folder of evidence: what is written is read again, and damage is told by file and never raised."""

import errno
import os
import subprocess
import sys
from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.examples import store
from affidavit.examples.evidence import digest_of
from affidavit.examples.states import Evidence, Kept
from affidavit.examples.store import add_proof, contents_of, read_evidence, write_proofs, write_record
from affidavit.model.errors import AffidavitError
from affidavit.model.evidence import Outcome, Proof, Record, Seen

RECORD = Record("sha256:00", Outcome.FINISHED, (Seen("echo a", "a\n", 0),), (), "Linux", "bubblewrap")
PROOF = Proof(date(2030, 1, 1), 2, record=digest_of(RECORD))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "evidence"
    write_record(folder, "a/here", RECORD)
    write_record(folder, "server/upload@new", RECORD)
    write_proofs(folder, {"a/here": PROOF})
    return folder


def test_what_is_written_is_read_again(folder):
    found = {"a/here": Evidence(RECORD, PROOF), "server/upload@new": Evidence(RECORD)}
    assert read_evidence(folder) == Kept(found, proofs={"a/here": PROOF})


ADDING = """
import sys
from datetime import date
from pathlib import Path
from affidavit.examples.store import add_proof
from affidavit.model.evidence import Proof

for number in range(100):
    add_proof(Path(sys.argv[1]), f"{sys.argv[2]}/{number}", Proof(date(2030, 1, 1), 1, record=sys.argv[3]))
"""


def test_two_that_record_at_the_same_time_lose_nothing_of_each_other(folder):
    keys = {f"{name}/{number}" for name in ("one", "two") for number in range(100)}
    for key in keys:
        write_record(folder, key, RECORD)
    command = [sys.executable, "-c", ADDING, str(folder)]
    adding = [subprocess.Popen([*command, name, digest_of(RECORD)]) for name in ("one", "two")]
    assert [each.wait() for each in adding] == [0, 0]
    assert set(read_evidence(folder).proofs) == {"a/here", *keys}


def test_where_a_folder_cannot_be_locked_proofs_are_written_all_the_same(folder, monkeypatch):
    def refused(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refused)
    add_proof(folder, "server/upload@new", PROOF)
    assert set(read_evidence(folder).proofs) == {"a/here", "server/upload@new"}


def test_a_day_is_that_of_its_own_record_alone(folder):
    """Who is killed between the two files, or merges two branches, leaves a record without a day."""
    write_record(folder, "a/here", replace(RECORD, reason="another"))
    kept = read_evidence(folder)
    assert (kept.evidence["a/here"].proof, kept.proofs) == (None, {"a/here": PROOF})


def test_the_day_of_a_record_that_was_removed_goes_with_the_next_one(folder):
    write_proofs(folder, {"a/here": PROOF, "server/upload@new": PROOF})
    (folder / "server" / "upload@new.json").unlink()
    write_proofs(folder, read_evidence(folder).proofs)
    assert read_evidence(folder).proofs == {"a/here": PROOF}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert read_evidence(tmp_path / "none") == Kept()


def test_what_says_the_same_is_left_alone(folder):
    before = (folder / "a" / "here.json").stat()
    write_record(folder, "a/here", RECORD)
    after = (folder / "a" / "here.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


DAMAGE = [
    (b"", "it is no JSON in line 1"),
    (b"\xff", "no text in UTF-8"),
    (b"{}\n", "lacks the key `version`"),
    (b"[" * 100_000, "it holds a number that is too long, or is nested too deeply"),
]


@pytest.mark.parametrize(("content", "told"), DAMAGE)
@pytest.mark.parametrize("name", ["a/here.json", "proofs.json"])
def test_damage_is_told_by_file_and_the_rest_is_read(folder, name, content, told):
    (folder / name).write_bytes(content)
    kept = read_evidence(folder)
    assert list(kept.unreadable) == [name]
    assert told in kept.unreadable[name]
    assert kept.evidence["server/upload@new"].record == RECORD


def test_a_folder_in_the_place_of_a_record_is_told(folder):
    (folder / "b.json").mkdir()
    assert list(read_evidence(folder).unreadable) == ["b.json"]


def test_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AffidavitError, match="cannot be written") as raised:
        write_record(tmp_path / "file", "a/here", RECORD)
    assert "affidavit_evidence" in raised.value.advice


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Make room"),
        (errno.EROFS, "nothing can be written"),
        (errno.EACCES, "Make its folder writable"),
    ],
)
def test_the_advice_is_for_what_the_system_says(tmp_path, monkeypatch, number, advice):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store, "replace_text", fail)
    with pytest.raises(AffidavitError) as raised:
        write_record(tmp_path, "a/here", RECORD)
    assert advice in raised.value.advice


def test_what_stands_in_the_way_is_named(tmp_path):
    (tmp_path / "a").touch()
    (tmp_path / "b" / "here.json").mkdir(parents=True)
    for key, advice in (("a/here", "A file stands"), ("b/here", "A folder stands")):
        with pytest.raises(AffidavitError) as raised:
            write_record(tmp_path, key, RECORD)
        assert raised.value.advice.startswith(advice)


@pytest.mark.parametrize("link", ["a", "a/here.json"])
def test_nothing_is_written_outside_of_the_folder(tmp_path, link):
    (tmp_path / "outside").mkdir()
    folder = tmp_path / "evidence"
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(tmp_path / "outside")
    with pytest.raises(AffidavitError, match="a link leads out of the folder"):
        write_record(folder, "a/here", RECORD)
    assert list((tmp_path / "outside").iterdir()) == []


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    write_record(tmp_path / "link", "b/here", RECORD)
    assert (folder / "b" / "here.json").is_file()


def test_files_are_known_by_their_content(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").write_bytes(b"y")
    (tmp_path / "c").mkdir()
    found = contents_of(["a", "b", "c", "d", "\0"], tmp_path)
    assert set(found) == {"a", "b"}
    assert found["a"] != found["b"]
    assert found["a"] == "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
