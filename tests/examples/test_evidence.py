"""Evidence as text: what people review, and what no damage gets past."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from affidavit.examples.evidence import digest_of, proofs_text, read_proofs, read_record, record_text
from affidavit.examples.versioned import EditedError
from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.model.examples import Ready, ReadyKind
from affidavit.model.inputs import DeclaredInput, FileInput, HttpInput, ServiceInput
from affidavit.model.plain import ShapeError

OF = f"sha256:{'0' * 64}"
RECORD = Record(
    "sha256:00",
    Outcome.BROKE_OFF,
    (Seen("echo a\necho b", "a\nb\n", 0), Seen("1 + 1", "2")),
    (("python", "3.11.7"), ("uwsgi", "")),
    "Linux x86_64",
    "bubblewrap",
    "the service died",
)
TEXT = """{
  "version": 1,
  "digest": "sha256:26c7339f7ee4c453e46cc16e033922de2fdd49cf326705817761bf2ece148a06",
  "fingerprint": "sha256:00",
  "outcome": "broke-off",
  "reason": "the service died",
  "platform": "Linux x86_64",
  "sandbox": "bubblewrap",
  "versions": {
    "python": "3.11.7",
    "uwsgi": ""
  },
  "seen": [
    {
      "given": [
        "echo a",
        "echo b"
      ],
      "output": [
        "a",
        "b",
        ""
      ],
      "status": 0
    },
    {
      "given": [
        "1 + 1"
      ],
      "output": [
        "2"
      ]
    }
  ]
}
"""
INPUTS = (
    FileInput("a.conf", "Listen 80\n\nUser a\n"),
    FileInput("run", "", "bin/run", OF, 0o755),
    ServiceInput("server -f a.conf", (Ready(ReadyKind.URL, "http://127.0.0.1:80", 200), Ready(ReadyKind.LOG, ""))),
    HttpInput("http://127.0.0.1:80"),
    DeclaredInput("data.json", OF),
)
WITH_INPUTS = replace(RECORD, inputs=INPUTS)
CHECKED = (
    "f88c1edd64e66ee4ab1178359a728f7393bc61802da9115f03353b2c49a77393bcb7dfe9d166da9a7739d3e7a9d997398fce"
    "12e199a7739dac6d620cd056d89a7739f140cc9a773902f3786da20cd0575273959ff6d10cd0508c37dd2453bd05a359a773"
    "959f44ed0508ce092c420c2c420c"
)
TEXT_2 = """{
  "version": 2,
  "digest": "sha256:a2947928b0aa28dbf5b1209980980baa50433aed9fa39a022c3c831be83d65aa",
  "lines": "CHECKED",
  "fingerprint": "sha256:00",
  "outcome": "broke-off",
  "reason": "the service died",
  "platform": "Linux x86_64",
  "sandbox": "bubblewrap",
  "versions": {
    "python": "3.11.7",
    "uwsgi": ""
  },
  "inputs": [
    {
      "kind": "file",
      "path": "a.conf",
      "text": [
        "Listen 80",
        "",
        "User a",
        ""
      ]
    },
    {
      "kind": "file",
      "path": "run",
      "mode": "755",
      "source": "bin/run",
      "hash": "sha256:ZEROS"
    },
    {
      "kind": "service",
      "command": "server -f a.conf",
      "ready": [
        {
          "kind": "url",
          "value": "http://127.0.0.1:80",
          "status": 200
        },
        {
          "kind": "log",
          "value": ""
        }
      ],
      "stop": "SIGTERM"
    },
    {
      "kind": "http",
      "base": "http://127.0.0.1:80"
    },
    {
      "kind": "declared",
      "name": "data.json",
      "hash": "sha256:ZEROS"
    }
  ],
  "seen": [
    {
      "given": [
        "echo a",
        "echo b"
      ],
      "output": [
        "a",
        "b",
        ""
      ],
      "status": 0
    },
    {
      "given": [
        "1 + 1"
      ],
      "output": [
        "2"
      ]
    }
  ]
}
""".replace("ZEROS", "0" * 64).replace("CHECKED", CHECKED)
PROOFS = {
    "b/here": Proof(date(2030, 1, 31), 0.5, record=OF),
    "a/x@old": Proof(date(2029, 12, 1), 12, record=OF),
}
PROOFS_TEXT = (
    """{
  "version": 1,
  "proofs": {
    "a/x@old": {"day": "2029-12-01", "seconds": 12.0, "record": "OF", "digest": "FIRST"},
    "b/here": {"day": "2030-01-31", "seconds": 0.5, "record": "OF", "digest": "SECOND"}
  }
}
""".replace("OF", OF)
    .replace("FIRST", "sha256:2acddb039d2466ebfdbc910a1ae44a377924b9b5804f2f0d41230396e136c73a")
    .replace("SECOND", "sha256:580fc7e83f275228dc02b4d08082ec8e43465391e5243b39673d2761d32090c3")
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = WORDS.filter(bool)
RECORDS = st.builds(
    Record, NAMES, st.sampled_from(Outcome),
    st.lists(st.builds(Seen, WORDS, WORDS, st.none() | st.integers())).map(tuple),
    st.dictionaries(NAMES, WORDS).map(lambda found: tuple(sorted(found.items()))), NAMES, NAMES, WORDS,
)  # fmt: skip
SIGNS = st.builds(Ready, st.sampled_from(ReadyKind), WORDS, st.integers(0, 599))
OR_NONE = st.sampled_from(["", OF])
RECORDS_2 = st.builds(
    lambda record, inputs: replace(record, inputs=tuple(inputs)), RECORDS,
    st.lists(
        st.builds(FileInput, NAMES, WORDS, mode=st.sampled_from([0o644, 0o755, 0o400]))
        | st.builds(FileInput, NAMES, st.just(""), NAMES, OR_NONE, st.sampled_from([0o644, 0o600]))
        | st.builds(ServiceInput, NAMES, st.lists(SIGNS).map(tuple), st.sampled_from(["SIGTERM", "SIGINT"]))
        | st.builds(HttpInput, WORDS)
        | st.builds(DeclaredInput, NAMES, OR_NONE)
    ),
)  # fmt: skip
DAYS = st.builds(Proof, st.dates(), st.floats(0, 1e6), st.booleans(), st.just(OF))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
)


def test_each_line_that_was_printed_and_each_of_a_file_has_a_line():
    assert record_text(RECORD) == TEXT
    assert record_text(WITH_INPUTS) == TEXT_2


def test_a_record_of_the_first_version_keeps_its_digest():
    """Proofs name records by it, and those that were written stay."""
    assert digest_of(RECORD) == "sha256:26c7339f7ee4c453e46cc16e033922de2fdd49cf326705817761bf2ece148a06"
    assert digest_of(WITH_INPUTS) != digest_of(replace(WITH_INPUTS, inputs=())) != digest_of(RECORD)


def test_a_proof_has_a_line():
    assert proofs_text(PROOFS) == PROOFS_TEXT
    assert proofs_text({}) == '{\n  "version": 1,\n  "proofs": {}\n}\n'


@settings(deadline=None)
@given(RECORDS | RECORDS_2)
def test_a_record_comes_back_as_it_was(record):
    back = read_record(record_text(record))
    assert sorted(back.versions) == sorted(record.versions)
    assert (back.seen, back.outcome, back.reason) == (record.seen, record.outcome, record.reason)
    assert back.inputs == record.inputs
    assert record_text(back) == record_text(record)


@given(st.dictionaries(NAMES, DAYS))
def test_proofs_come_back_as_they_were(proofs):
    assert read_proofs(proofs_text(proofs)) == proofs


@pytest.mark.parametrize("text", [TEXT, TEXT_2, PROOFS_TEXT])
def test_every_truncation_is_told(text):
    for length in range(len(text)):
        for read in (read_record, read_proofs):
            with pytest.raises(ShapeError):
                read(text[:length])


@given(WORDS | VALUES.map(lambda value: json.dumps(value) + "\n"))
def test_nothing_else_is_raised(text):
    for read in (read_record, read_proofs):
        with pytest.raises(ShapeError):
            read(text)


WRONG = [
    ('"version": 1', '"version": 3', "has the version 3, and only versions up to 2 are known here"),
    ('"version": 1', '"version": true', "must have a version, such as 2"),
    ('"version": 1', '"version": 0', "must have a version, such as 2"),
    ('"version": 1', '"version": 2', "lacks the key `lines`"),
    ('"broke-off"', '"held"', "`outcome`, must be one of finished, broke-off, exceeded, unable"),
    ('"sha256:00"', '""', "`fingerprint`, must be text, not ''"),
    ('"status": 0', '"status": "0"', "`seen` > `1` > `status`, must be a whole number, not text"),
    ('"status": 0', '"status": false', "`status`, must be a whole number, not true or false"),
    ('"sandbox": "bubblewrap",', "", "lacks the key `sandbox`"),
    ('"reason"', '"because"', "has the unknown key `because`"),
    ('"uwsgi": ""', '"uwsgi": null', "`versions` > `uwsgi`, must be text, not null"),
    ('"uwsgi": ""', '"python": ""', "holds a key twice"),
    ('"given": [\n        "1 + 1"\n      ]', '"given": "1 + 1"', "`seen` > `2` > `given`, must be a list, not text"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_each_error_is_told_by_its_key(old, new, told):
    assert old in TEXT
    with pytest.raises(ShapeError, match=told):
        read_record(TEXT.replace(old, new))


WRONG_2 = [
    ('"version": 2', '"version": 1', "has the unknown key `inputs`"),
    (CHECKED, f"{CHECKED}0", "`lines`, must be three hexadecimal digits for each line"),
    (CHECKED, "", "`lines`, must be text, not ''"),
    ('"kind": "http"', '"kind": "https"', "`inputs` > `4` > `kind`, must be one of file, service, http, declared"),
    ('"mode": "755"', '"mode": "644"', "`mode`, must be three octal digits other than 644, or left out"),
    ('"mode": "755"', '"mode": "rwx"', "`mode`, must be three octal digits other than 644, or left out"),
    ('"hash": "sha256:', '"hash": "md5:', "`hash`, must be `sha256:` and 64 digits"),
    ('"source": "bin/run"', '"text": []', "`inputs` > `2`, has the unknown key `hash`"),
    ('"status": 200', '"status": 0', "`status`, must be above 0, or left out"),
    ('"base"', '"server"', "has the unknown key `server`"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG_2, ids=[told for _, _, told in WRONG_2])
def test_each_error_of_an_input_is_told_by_its_key(old, new, told):
    assert old in TEXT_2
    with pytest.raises(ShapeError, match=told):
        read_record(TEXT_2.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("2030-01-31", "2030-02-31", "must be a day"), ("2030-01-31", "20300131", "must be a day"),
     ("0.5", "NaN", "must be a number with an end"), ("0.5", "true", "must be a number, not true or false")],
)  # fmt: skip
def test_each_error_of_a_proof_is_told(old, new, told):
    with pytest.raises(ShapeError, match=told):
        read_proofs(PROOFS_TEXT.replace(old, new))


EDITED = [
    (read_record, TEXT, "", "3.11.7", "3.11.8"),
    (read_record, TEXT, "", "the service died", "the service lived"),
    (read_record, TEXT, "", '"b",', '"c",'),
    (read_record, TEXT, "", "26c7", "26c8"),
    (read_record, TEXT_2, "", "3.11.7", "3.11.8"),
    (read_record, TEXT_2, "", "Listen 80", "Listen 81"),
    (read_record, TEXT_2, "", "SIGTERM", "SIGINT"),
    (read_record, TEXT_2, "", CHECKED, CHECKED[::-1]),
    (read_proofs, PROOFS_TEXT, "`b/here`", "2030-01-31", "2030-02-01"),
    (read_proofs, PROOFS_TEXT, "`a/x@old`", "12.0", "1.0"),
    (read_proofs, PROOFS_TEXT, "`a/y@old`", "a/x@old", "a/y@old"),
]


@pytest.mark.parametrize(("read", "text", "told", "old", "new"), EDITED)
def test_what_is_written_well_and_no_run_left_is_told(read, text, told, old, new):
    assert old in text
    with pytest.raises(EditedError, match="is not as a run left it") as raised:
        read(text.replace(old, new))
    assert (told in str(raised.value)) or read is read_record


@pytest.mark.parametrize("text", [TEXT, TEXT_2])
@pytest.mark.parametrize("layout", [{}, {"indent": 4}, {"sort_keys": True}, {"indent": 1, "sort_keys": True}])
def test_the_layout_of_a_file_is_no_part_of_what_it_says(text, layout):
    assert read_record(f"{json.dumps(json.loads(text), **layout)}\n") == read_record(text)


def test_a_proof_says_where_the_run_shared_its_start():
    shared = {"a/x@here": Proof(date(2030, 1, 31), 0.5, shared=True, record=OF)}
    assert '"seconds": 0.5, "shared": true, "record"' in proofs_text(shared)
    assert read_proofs(proofs_text(shared)) == shared
    with pytest.raises(ShapeError, match="must be true, or left out"):
        read_proofs(proofs_text(shared).replace("true", "false"))
