"""From directives of examples as they are written to values."""

import pytest

from affidavit.examples.declare import Reading
from affidavit.examples.parse.parsed import Problem
from affidavit.model.directives import Declaration
from affidavit.model.examples import (
    Comparison,
    Example,
    FileStep,
    Matching,
    Ready,
    ReadyKind,
    ServiceStep,
    Skip,
    Symptom,
)
from affidavit.model.place import Place

AT = Place("guide.rst", 3, "guide")
STEP = ServiceStep("server", AT)


def told(directive, argument="", **options):
    return Declaration(directive, argument, {name.replace("_", "-"): value for name, value in options.items()}, AT)


def codes(reading):
    return [(str(each.code), each.place) for each in reading.findings]


def test_an_example_has_all_that_its_options_say():
    reading = Reading()
    found = reading.example(
        told(
            "example", "big-upload", setup="base, tools", probe="upload", environments="old,new", needs="curl",
            files="data.json", timeout="30", network="", expect="failure", symptom="HTTP 413",
            skip_if="true => never", slow="",
        ),
        [STEP],
    )  # fmt: skip
    assert reading.findings == []
    assert found == Example(
        "big-upload", (STEP,), AT, ("base", "tools"), "", "", "upload", ("old", "new"), ("curl",), ("data.json",), 30.0,
        network=True, symptom=Symptom(http_status=413), skips=(Skip("true", "never"),), slow=True,
    )  # fmt: skip


def test_a_setup_has_the_features_that_it_bears_on():
    reading = Reading()
    found = reading.example(told("example", "a", setup_for="web", features="upload, stop"), [STEP])
    assert (reading.findings, found and found.features) == ([], ("upload", "stop"))


def test_a_setup_names_the_versions_that_it_is_known_by():
    reading = Reading()
    found = reading.example(told("example", "a", setup_for="web", versions="mod_wsgi, httpd"), [STEP])
    assert (reading.findings, found and found.versions) == ([], ("mod_wsgi", "httpd"))


def test_a_failure_without_a_symptom_may_be_any():
    found = Reading().example(told("example", "a", expect="failure"), [STEP])
    assert found is not None
    assert found.symptom == Symptom()


EXAMPLES = [
    ("", {}, "argument-missing", False),
    ("Not A Name", {}, "argument-invalid", False),
    ("a", {"steup": "b"}, "option-unknown", True),
    ("a", {"timeout": "soon"}, "option-invalid", True),
    ("a", {"timeout": ""}, "option-invalid", True),
    ("a", {"expect": "success"}, "option-invalid", True),
    ("a", {"symptom": "exit 1"}, "example-malformed", True),
    ("a", {"features": "upload"}, "example-malformed", True),
    ("a", {"variant": "plain"}, "example-malformed", True),
    ("a", {"setup_for": "m", "probe": "f"}, "example-malformed", True),
    ("a", {"versions": "httpd"}, "example-malformed", True),
]


@pytest.mark.parametrize(("name", "options", "code", "there"), EXAMPLES)
def test_what_is_wrong_with_an_example_is_told_once(name, options, code, there):
    reading = Reading()
    found = reading.example(told("example", name, **options), [STEP])
    assert codes(reading) == [(code, AT)]
    assert (found is not None) is there


def test_an_example_without_steps_is_told_unless_it_is_made_of_others():
    reading = Reading()
    reading.example(told("example", "a"), [])
    assert codes(reading) == [("example-malformed", AT)]
    assert Reading().example(told("example", "a", setup="b"), []) is not None


@pytest.mark.parametrize(
    ("text", "kept"), [("a\nb", "a\nb\n"), ("a\n\n\n", "a\n"), ("  a\n", "  a\n"), ("\na", "\na\n")]
)
def test_a_file_has_one_line_end_behind_its_last_line(text, kept):
    reading = Reading()
    assert reading.file(told("file", "x/y.conf", mode="755", hidden=""), text) == FileStep(
        "x/y.conf", kept, AT, mode=0o755, hidden=True
    )
    assert reading.findings == []


@pytest.mark.parametrize(
    ("path", "text", "options", "code", "there"),
    [("../x", "a", {}, "argument-invalid", False), ("", "a", {}, "argument-missing", False),
     ("x", "", {}, "example-malformed", True), ("x", "a", {"source": "y"}, "example-malformed", True),
     ("x", "a", {"mode": "rwx"}, "option-invalid", True)],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_once(path, text, options, code, there):
    reading = Reading()
    found = reading.file(told("file", path, **options), text)
    assert codes(reading) == [(code, AT)]
    assert (found is not None) is there


@pytest.mark.parametrize("path", ["../x", ""])
def test_a_file_that_lacks_a_path_is_told_what_paths_look_like(path):
    reading = Reading()
    reading.file(told("file", path), "a")
    assert reading.findings[0].advice == "Write a path such as `conf/server.ini`, below the workspace."


def test_a_service_is_ready_by_all_its_conditions():
    reading = Reading()
    found = reading.service(
        told("service", "server -f", ready="http://127.0.0.1/, 127.0.0.1:1", status="200", within="5", stop="INT")
    )
    conditions = Ready(ReadyKind.URL, "http://127.0.0.1/", 200), Ready(ReadyKind.PORT, "127.0.0.1:1")
    assert found == ServiceStep("server -f", AT, conditions, 5.0, "SIGINT")
    assert reading.findings == []


def test_a_service_without_a_command_is_told():
    reading = Reading()
    assert reading.service(told("service")) is None
    assert codes(reading) == [("argument-missing", AT)]
    assert reading.findings[0].advice == "Write the command behind `service::`."


def test_a_request_needs_a_server():
    reading = Reading()
    assert reading.base(told("http")) == ""
    assert codes(reading) == [("option-missing", AT)]
    assert "`http://127.0.0.1:8080`" in reading.findings[0].advice


@pytest.mark.parametrize(("kind", "form"), [("console", "`$ `"), ("pycon", "`>>> `"), ("http", "`HTTP/1.1 200 OK`")])
def test_a_block_that_cannot_be_read_is_told_its_form(kind, form):
    reading = Reading()
    reading.parsed(kind, [Problem(AT, "It is wrong.")])
    assert codes(reading) == [("example-malformed", AT)]
    assert form in reading.findings[0].advice


def test_output_is_compared_as_the_options_say():
    reading = Reading()
    options = {"match": "regex", "unordered": "", "tolerance": "0.1", "settle": "sha, port"}
    assert reading.matching(told("console", **options)) == Matching(
        Comparison.REGEX, unordered=True, tolerance=0.1, settled=("sha", "port")
    )
    assert reading.base(told("http", base="http://127.0.0.1:80")) == "http://127.0.0.1:80"
    assert reading.findings == []
