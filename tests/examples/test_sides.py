"""Two records side by side, as values."""

import pytest
from msgspec.structs import replace

from affidavit.cli.diff_told import side_by_side
from affidavit.examples.plan import Run
from affidavit.examples.sides import Mark, Row, Sides, is_named, of_records, of_run, rows, unified
from affidavit.model.evidence import Outcome, Record, Seen
from affidavit.model.examples import ConsoleStep, Example, Exchange, Ready, ReadyKind
from affidavit.model.inputs import DeclaredInput, FileInput, HttpInput, ServiceInput
from affidavit.model.place import Place

AT = Place("index.rst", 3)


def run_of(*exchanges):
    shown = tuple(Exchange(given, expected, AT) for given, expected in exchanges)
    return Run((Example("a", (ConsoleStep(shown, AT),), AT),), "")


def record(*outputs):
    seen = tuple(Seen(f"do {number}", output, 0) for number, output in enumerate(outputs))
    return Record("sha256:0", Outcome.FINISHED, seen, (("bash", "5"),), "Linux x86_64", "bubblewrap")


def test_what_is_the_same_has_no_sides():
    run = run_of(("do 0", None), ("do 1", "at ..."))
    old, new = record("a\n", "at 1\n"), record("a\n", "at 2\n")
    assert of_run(run, old, new) is None
    assert of_records("a/here", old, old) is None
    assert of_records("a/here", old, new) is not None


def test_what_changes_from_run_to_run_is_no_line_of_a_difference():
    run = run_of(("do 0", None), ("do 1", "at ..."))
    found = of_run(run, record("a\n", "at 1\n"), record("b\n", "at 2\n"))
    assert found is not None
    assert [line for line in unified(found, "old", "new") if line[0] in "+-"] == [
        "--- a/here (old)", "+++ a/here (new)", "-a", "+b"
    ]  # fmt: skip


def test_a_record_that_is_new_or_gone_is_one_side():
    found = of_run(run_of(("do 0", None)), None, record("a\n"))
    assert found is not None
    assert found.old == ()
    assert {row.mark for row in rows(found)} == {Mark.NEW}
    gone = of_records("a/here", record("a\n"), None)
    assert gone is not None
    assert {row.mark for row in rows(gone)} == {Mark.GONE}


def test_what_a_record_has_is_told_line_by_line():
    broke = replace(record("a\nb\n"), outcome=Outcome.BROKE_OFF, reason="it\ndied")
    broke = replace(broke, seen=(replace(broke.seen[0], status=3),))
    found = of_records("a/here", broke, None)
    assert found is not None
    assert found.old == (
        "fingerprint: sha256:0", "outcome: broke-off", "reason: it", "reason: died", "platform: Linux x86_64",
        "sandbox: bubblewrap", "bash: 5", "> do 0", "a", "b", "[3]",
    )  # fmt: skip


INPUTS = (
    FileInput("a.ini", "x = 1\n", mode=0o755),
    FileInput("b.ini", "", "conf/b.ini", "sha256:b"),
    ServiceInput("server", (Ready(ReadyKind.URL, "http://127.0.0.1/", 200), Ready(ReadyKind.FILE, "socket"))),
    HttpInput("http://127.0.0.1"),
    DeclaredInput("data.json"),
)


def test_what_acted_is_told_line_by_line():
    found = of_records("a/here", replace(record(), inputs=INPUTS), None)
    assert found is not None
    assert found.old[5:] == (
        "file: a.ini (755)", "    x = 1", "file: b.ini, from conf/b.ini (sha256:b)",
        "service: server", "    ready: url http://127.0.0.1/ 200", "    ready: file socket", "    stop: SIGTERM",
        "server: http://127.0.0.1", "depends on: data.json (not there)",
    )  # fmt: skip


def test_a_line_of_a_file_that_is_another_is_a_difference():
    old, new = (replace(record(), inputs=(FileInput("a.ini", f"{text}\n"),)) for text in ("x = 1", "x = 2"))
    for found in (of_records("a/here", old, new), of_run(run_of(), old, replace(new, fingerprint="sha256:1"))):
        assert found is not None
        lines = [line for line in unified(found, "old", "new") if line[0] in "+-" and "    x" in line]
        assert lines == ["-    x = 1", "+    x = 2"]


def test_that_a_record_of_the_first_version_knows_less_is_no_difference():
    run, new = run_of(("do 0", None)), replace(record("a\n"), inputs=INPUTS)
    assert of_run(run, record("a\n"), new) is None
    assert of_records("a/here", record("a\n"), new) is None
    assert of_records("a/here", new, record("a\n")) is None
    found = of_run(run, record("b\n"), new)
    assert found is not None
    assert len(found.old) == len(found.new)


def test_of_many_lines_that_are_the_same_three_stand_around_those_that_are_not():
    same = tuple(f"{number}" for number in range(20))
    found = Sides("a/here", (*same[:10], "x", "y", *same[10:]), (*same[:10], "z", *same[10:]))
    assert list(rows(found)) == [
        Row(Mark.LEFT_OUT),
        *(Row(Mark.SAME, line, line) for line in same[7:10]),
        Row(Mark.OTHER, "x", "z"),
        Row(Mark.GONE, "y"),
        *(Row(Mark.SAME, line, line) for line in same[10:13]),
        Row(Mark.LEFT_OUT),
    ]


def test_two_columns_fit_the_width_and_lose_nothing():
    found = Sides("a/here", ("x" * 30, "漢" * 12, "same"), ("x" * 5, "\x1b[31m", "same", "new"))
    told = list(side_by_side(found, "old", "new", 43))
    assert [line for _, line in told] == [
        "a/here",
        "old                    new",
        f"{'x' * 20} | xxxxx",
        f"{'x' * 10}           |",
        f"{'漢' * 10} | \\x1b[31m",
        f"{'漢' * 2}                 |",
        "same                   same",
        "                     > new",
    ]
    assert max(len(line) for _, line in told) <= 43


NAMES = [
    ("a/here", (), True), ("a/here", ("a",), True), ("a/here", ("a/here",), True), ("a/here", ("here",), False),
    ("s/p@env", ("p",), True), ("s/p@env", ("s", "x"), True), ("s/p@env", ("env",), False),
]  # fmt: skip


@pytest.mark.parametrize(("key", "names", "named"), NAMES)
def test_which_runs_names_ask_for(key, names, named):
    assert is_named(key, names) is named
