"""The line of a file of evidence that was changed by hand: each line of it, and whatever was done to it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.test_evidence import PROOFS_TEXT, TEXT, TEXT_2

from affidavit.examples.evidence import read_proofs, read_record
from affidavit.examples.store import read_evidence
from affidavit.examples.versioned import EditedError
from affidavit.model.plain import ShapeError

LINES = TEXT_2.split("\n")
DIGEST = next(at for at, line in enumerate(LINES, start=1) if '"digest"' in line)


def told(text, read=read_record):
    with pytest.raises(EditedError) as raised:
        read(text)
    return raised.value.line


def at(text, part):
    """Return the line in which a part of a text stands first."""
    return text.partition(part)[0].count("\n") + 1


CHANGES = [
    ("sha256:00", "sha256:01"),
    ("broke-off", "exceeded"),
    ("the service died", "the service lived"),
    ("Linux", "Unix"),
    ("3.11.7", "3.11.8"),
    ("Listen 80", "Listen 81"),
    ('"path": "run"', '"path": "walk"'),
    ('"755"', '"700"'),
    ('"status": 200', '"status": 201'),
    ("SIGTERM", "SIGINT"),
    ("data.json", "other.json"),
    ('"echo b"', '"echo c"'),
    ('"status": 0', '"status": 1'),
    ('"2"\n', '"3"\n'),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_each_fact_is_told_at_its_line(old, new):
    assert told(TEXT_2.replace(old, new, 1)) == at(TEXT_2, old)


def test_each_line_that_was_taken_out_or_put_in_is_told_where_it_is():
    assert told(TEXT_2.replace('        "User a",\n', "")) == at(TEXT_2, '        "User a",')
    assert told(TEXT_2.replace('        "b",\n', '        "b",\n        "c",\n')) == at(TEXT_2, '        "b",') + 1


def test_where_no_line_is_another_it_is_that_of_the_digest_or_of_the_checksums():
    assert told(TEXT_2.replace("sha256:a2", "sha256:a3")) == DIGEST
    assert told(TEXT_2.replace("f88", "f89", 1)) == DIGEST + 1
    collides = next(f"Listen {n}" for n in range(81, 100_000) if is_missed(f"Listen {n}"))
    assert told(TEXT_2.replace("Listen 80", collides)) == DIGEST


def is_missed(line):
    return told(TEXT_2.replace("Listen 80", line)) == DIGEST


def test_a_record_of_the_first_version_is_told_at_its_digest():
    assert told(TEXT.replace("3.11.7", "3.11.8")) == at(TEXT, '"digest"')


def test_a_file_that_was_indented_otherwise_as_well_is_told_at_the_same_line():
    spread = f"{json.dumps(json.loads(TEXT_2), indent=8)}\n"
    assert told(spread.replace("Listen 80", "Listen 81")) == at(TEXT_2, "Listen 80")
    assert told(TEXT_2.replace("Listen 80", "Listen 81").replace("\n", "\r\n")) == at(TEXT_2, "Listen 80")


@pytest.mark.parametrize("layout", [{}, {"sort_keys": True}, {"indent": 0, "sort_keys": True}])
def test_a_file_that_was_laid_out_anew_is_told_at_some_line_of_it(layout):
    text = f"{json.dumps(json.loads(TEXT_2), **layout)}\n".replace("Listen 80", "Listen 81")
    assert 1 <= told(text) <= text.count("\n")


@given(st.sampled_from(range(DIGEST + 1, len(LINES) - 1)), st.sampled_from(["", "0", '"x",', LINES[5]]))
def test_whatever_is_done_to_a_line_is_told_and_nothing_else_is_raised(number, instead):
    text = "\n".join([*LINES[:number], instead, *LINES[number + 1 :]])
    if text != TEXT_2:
        with pytest.raises(ShapeError):
            read_record(text)


@pytest.mark.parametrize(("old", "new"), [("2030-01-31", "2030-02-01"), ("12.0", "1.0"), ("a/x@old", "a/y@old")])
def test_a_line_of_the_proofs_is_told_as_that(old, new):
    assert told(PROOFS_TEXT.replace(old, new), read_proofs) == at(PROOFS_TEXT, old)
    spread = f"{json.dumps(json.loads(PROOFS_TEXT), indent=2)}\n"
    key = at(spread, '"b/here"') if old == "2030-01-31" else at(spread, '"a/x@old"')
    assert told(spread.replace(old, new), read_proofs) == key
    assert told(f"{json.dumps(json.loads(PROOFS_TEXT))}\n".replace(old, new), read_proofs) == 1


def test_what_is_no_json_is_told_at_its_line(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "here.json").write_text(TEXT_2.replace('"given": [', '"given": <<', 1), encoding="utf-8")
    (tmp_path / "a" / "there.json").write_text(TEXT_2.replace("3.11.7", "3.11.8"), encoding="utf-8")
    (tmp_path / "a" / "gone.json").write_text("{}\n", encoding="utf-8")
    kept = read_evidence(tmp_path)
    assert kept.lines == {"a/here.json": at(TEXT_2, '"given": ['), "a/there.json": at(TEXT_2, "3.11.7")}
    assert set(kept.unreadable) == {"a/here.json", "a/there.json", "a/gone.json"}
