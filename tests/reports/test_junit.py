"""JUnit XML, as the schema known as junit-10 has it."""

from xml.etree import ElementTree as ET

from hypothesis import given
from tests.reports.sample import REPORT
from tests.reports.strange import reports

from affidavit.model.claims import Link
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Holds
from affidavit.reports import junit
from affidavit.reports.origin import Origin

# Of each element: its attributes (those that must be there first), and its children.
STRUCTURE = {
    "testsuites": ({"name", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, set(), {"testcase"}),
    "testcase": ({"name", "classname", "file"}, {"line"}, {"failure", "skipped", "system-out"}),
    "failure": ({"type", "message"}, set(), set()),
    "skipped": ({"message"}, set(), set()),
    "system-out": (set(), set(), set()),
}


def read(report, origin=Origin("doc")):  # noqa: B008 -- a frozen value
    """Parse what is rendered as bytes, as readers of the file do, and hold it to the structure."""
    root = ET.fromstring(junit.render(report, origin).encode("utf-8"))  # noqa: S314 -- our own text
    for element in root.iter():
        must, may, children = STRUCTURE[element.tag]
        assert must <= set(element.attrib) <= must | may
        assert {child.tag for child in element} <= children
    (suite,) = root
    assert suite.get("tests") == str(len(suite))
    assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    return suite


def outcome(case):
    tags = [child.tag for child in case]
    return case.get("file"), case.get("line"), case.get("name"), tags


def test_the_whole_report():
    suite = read(REPORT)
    assert [outcome(case) for case in suite] == [
        ("doc/index.rst", "4", "link https://gone.example/a_b", ["failure"]),
        ("doc/index.rst", "4", "link https://fine.example/", []),
        ("doc/index.rst", "4", "link https://busy.example/", ["skipped", "system-out"]),
        ("doc/index.rst", "4", "link https://late.example/", ["skipped"]),
        ("doc/index.rst", "4", "term a term", []),
        ("doc/index.rst", "20", "link https://old.example/", ["skipped"]),
        ("doc/index.rst", "20", "link http://m.example/", ["system-out"]),
        ("doc/index.rst", "20", "method proxy", ["skipped"]),
        ("doc/index.rst", "20", "release-note pike#known-issues", []),
        ("doc/install.rst", "9", "link https://gone.example/a_b", ["failure"]),
        ("doc/conf.py", None, "setting-invalid: `affidavit_online` must be a word, not 3.", ["failure"]),
    ]
    (failure,) = suite[0]
    assert failure.attrib == {
        "type": "link-broken",
        "message": "The link https://gone.example/a_b answers 404: the server knows no such page.",
    }
    assert "doc/index.rst:4: error: " in failure.text
    assert suite[5][0].get("message") == "set aside: It comes back in spring."


def test_one_target_in_one_file_is_one_case():
    links = [Judged(Link("https://a.example/", Place("a.rst", line)), Holds()) for line in (1, 2)]
    other = Judged(Link("https://a.example/", Place("b.rst", 1)), Holds())
    assert [case.get("classname") for case in read(Report((*links, other)))] == ["doc/a.rst", "doc/b.rst"]


@given(reports())
def test_every_report_is_well_formed_and_each_error_is_a_failure(report):
    suite = read(report, Origin())
    failed = "\n".join(failure.text or "" for failure in suite.iter("failure"))
    for found in report.findings:
        if found.severity is Severity.ERROR:
            assert f"[{found.code}]" in failed
    if not any(found.severity is Severity.ERROR for found in report.findings):
        assert failed == ""
