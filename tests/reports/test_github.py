"""Workflow commands: each finding is an annotation at each of its places."""

import re

import pytest
from hypothesis import given
from tests.reports.sample import REPORT
from tests.reports.strange import reports

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Report
from affidavit.model.verdicts import finding
from affidavit.reports import github
from affidavit.reports.origin import Origin

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:\r\n]*,)*[a-z]+=[^,:\r\n]*)::([^\r\n]*)")
ESCAPES = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}


def read(line):
    """Read a command as the runner does."""
    found = COMMAND.fullmatch(line)
    assert found
    name, properties, message = found.groups()
    return name, dict(each.split("=", 1) for each in properties.split(",")), message


def decoded(text):
    return re.sub("%3A|%2C|%0D|%0A|%25", lambda found: ESCAPES[found[0]], text)


def test_the_whole_report():
    lines = github.render(REPORT, Origin("doc")).splitlines()
    head = [line.rpartition("::")[0] for line in lines[:-1]]
    assert head == [
        "::error file=doc/index.rst,line=4,title=link-broken",
        "::error file=doc/install.rst,line=9,title=link-broken",
        "::error file=doc/conf.py,title=setting-invalid",
        "::warning file=doc/index.rst,line=20,title=link-moved",
        "::notice file=doc/index.rst,line=4,title=rate-limited",
        "::notice title=not checked",
    ]
    assert lines[0].endswith("::The link https://gone.example/a_b answers 404: the server knows no such page. "
                             "Link to the page's present address, or remove the link.")  # fmt: skip
    assert lines[-1].startswith("9 claims: ")


@pytest.mark.parametrize(
    ("file", "message", "line"),
    [
        ("a,b:c.rst", "Plain.", "::error file=a%2Cb%3Ac.rst,line=1,title=link-broken::Plain. Do."),
        ("a.rst", "100% of it: a, b", "::error file=a.rst,line=1,title=link-broken::100%25 of it: a, b Do."),
        ("a.rst", "One\n::error::two", "::error file=a.rst,line=1,title=link-broken::One ::error::two Do."),
    ],
)
def test_what_would_end_a_value_is_escaped(file, message, line):
    found = finding(Code.LINK_BROKEN, Place(file, 1), message, "Do.")
    assert github.render(Report(findings=(found,))).split("\n")[0] == line


@given(reports())
def test_every_line_but_the_last_is_a_command_that_reads_back(report):
    *lines, summary, end = github.render(report).split("\n")
    assert end == ""
    assert not summary.startswith("::")
    told = [read(line) for line in lines]
    files = {Origin().file(each.place) for each in report.findings}
    assert {decoded(properties.get("file", "")) for _, properties, _ in told if "file" in properties} == files - {""}
    assert {name for name, _, _ in told} <= {"error", "warning", "notice"}
