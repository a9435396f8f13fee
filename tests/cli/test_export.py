"""``affidavit export``: in-toto statements on real runs, by the fields that the framework's specification has."""

import hashlib
import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

PAGE = """\
The site
========

.. example:: good

   .. code-block:: console

      $ echo a
      a

.. example:: bad

   .. code-block:: console

      $ echo b
      a

.. example:: away
   :needs: no-such-program

   .. code-block:: console

      $ true
"""
DIGITS = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
RESOURCE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "uri": {"type": "string"},
        "digest": {"type": "object", "minProperties": 1, "properties": {"sha256": DIGITS}},
        "content": {"type": "string"},
        "downloadLocation": {"type": "string"},
        "mediaType": {"type": "string"},
        "annotations": {"type": "object"},
    },
    "additionalProperties": False,
    "anyOf": [{"required": ["uri"]}, {"required": ["digest"]}, {"required": ["content"]}],
}
TESTS = {"type": "array", "items": {"type": "string"}}
STATEMENT = {
    "type": "object",
    "required": ["_type", "subject", "predicateType", "predicate"],
    "additionalProperties": False,
    "properties": {
        "_type": {"const": "https://in-toto.io/Statement/v1"},
        "subject": {"type": "array", "minItems": 1, "items": {**RESOURCE, "required": ["digest"]}},
        "predicateType": {"const": "https://in-toto.io/attestation/test-result/v0.1"},
        "predicate": {
            "type": "object",
            "required": ["result", "configuration"],
            "additionalProperties": False,
            "properties": {
                "result": {"enum": ["PASSED", "WARNED", "FAILED"]},
                "configuration": {"type": "array", "items": RESOURCE},
                "url": {"type": "string"},
                "passedTests": TESTS,
                "warnedTests": TESTS,
                "failedTests": TESTS,
            },
        },
    },
}
"""What the specification says of the statement, of its resources, and of the predicate for test results."""
VALIDATOR = Draft202012Validator(STATEMENT)


@pytest.fixture
def folder(tmp_path, run, require_program, monkeypatch):
    """Give a site whose examples have run."""
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text('extensions = ["affidavit"]\n')
    (folder / "index.rst").write_text(PAGE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    assert run("run", folder, "--record")[0] == 1
    return folder


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_each_run_that_was_proven_or_failed_has_a_statement(run, folder):
    status, out, err = run("export", folder)
    assert (status, err) == (0, "affidavit: `away/here` is left out: `no-such-program` is not installed.\n")
    bad, good = told = [json.loads(line) for line in out.splitlines()]
    for each in told:
        VALIDATOR.validate(each)
    record = json.loads((folder / "evidence/good/here.json").read_text())
    (subject,) = good["subject"]
    assert subject == {
        "name": "evidence/good/here.json",
        "digest": {"sha256": sha256(folder / "evidence/good/here.json")},
        "annotations": {"affidavit": {"fingerprint": record["fingerprint"]}},
    }
    assert [each["name"] for each in good["predicate"]["configuration"]] == ["good/here", "index.rst"]
    ran, page = good["predicate"]["configuration"]
    assert f"sha256:{ran['digest']['sha256']}" == record["fingerprint"]
    about = ran["annotations"]["affidavit"]
    assert (about["state"], about["versions"], about["day"]) == ("proven", record["versions"], "2033-05-18")
    assert page["digest"] == {"sha256": sha256(folder / "index.rst")}
    assert (good["predicate"]["result"], good["predicate"]["passedTests"]) == ("PASSED", ["good/here"])
    assert (bad["predicate"]["result"], bad["predicate"]["failedTests"]) == ("FAILED", ["bad/here"])


def test_the_same_evidence_gives_the_same_bytes_on_any_day(run, folder, tmp_path, monkeypatch):
    (folder / "conf.py").write_text('extensions = ["affidavit"]\naffidavit_evidence_days = 1\n')
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert run("export", folder, "--output", first)[:2] == (0, f"{first}: 2 statements\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2100000000")
    run("export", folder, "--output", second)
    assert first.read_bytes() == second.read_bytes() != b""


def test_of_a_page_that_changed_nothing_is_stated(run, folder):
    (folder / "index.rst").write_text(PAGE.replace("echo a", "echo aa"))
    status, out, err = run("export", folder)
    assert (status, len(out.splitlines())) == (0, 1)
    assert "`good/here` is left out: the command `echo aa` was `echo a` when it was run." in err


def test_evidence_that_cannot_be_read_is_told(run, folder):
    (folder / "evidence/good/here.json").write_text("<<<<<<<\n")
    status, out, err = run("export", folder)
    assert (status, len(out.splitlines()), "`good/here.json` cannot be used" in err) == (1, 1, True)


def test_a_file_that_cannot_be_written_is_no_report(run, folder):
    status, _, problems = run("export", folder, "--output", folder)
    assert (status, "no file of statements can be written there" in problems) == (2, True)


def test_where_nothing_is_known_nothing_is_stated(run, folder):
    (folder / "index.rst").write_text("The site\n========\n")
    assert run("export", folder)[:2] == (0, "")


@pytest.mark.parametrize("path", [("subject",), ("predicate", "result"), ("predicate", "configuration")])
def test_the_schema_of_the_specification_refuses_what_lacks_a_field(run, folder, path):
    told = json.loads(run("export", folder)[1].splitlines()[0])
    inner = told
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    with pytest.raises(ValidationError):
        VALIDATOR.validate(told)
