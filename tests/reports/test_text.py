"""The report for people: complete in plain text."""

from hypothesis import given
from tests.reports.sample import REPORT
from tests.reports.strange import reports, words_of

from affidavit.model.report import Report
from affidavit.model.visible import visible
from affidavit.reports import text
from affidavit.reports.origin import Origin

WHOLE = """\
error [link-broken]
  The link https://gone.example/a_b answers 404: the server knows no such page.
    doc/index.rst:4
    doc/install.rst:9
  -> Link to the page's present address, or remove the link.

error [setting-invalid]
  `affidavit_online` must be a word, not 3.
    doc/conf.py
  -> Correct the value in conf.py; the default is used meanwhile.

warning [link-moved]
  The link http://m.example/ moved.
    doc/index.rst:20
  -> Write the new address, or let `affidavit fix` write it.

info [rate-limited]
  The link https://busy.example/ answers 429: too often.
    doc/index.rst:4
  -> Check again later, or set a `pace` for the host in `affidavit_hosts`.

set aside by the settings
  doc/index.rst:20: link-broken: It comes back in spring.

not checked
  1 claim: Not checked: nobody asked.

9 claims: 2 broken, 3 hold, 1 moved, 1 not-yet-proven, 2 unable; 3 errors, 1 warning, 1 for information; \
1 finding set aside, 1 link not checked.
"""


def test_the_whole_report():
    assert text.render(REPORT, Origin("doc")) == WHOLE


def test_a_report_without_anything_is_its_summary():
    assert text.render(Report()) == "0 claims; 0 errors.\n"


@given(reports())
def test_no_finding_and_no_place_is_lost_and_no_line_is_broken(report):
    told = text.render(report)
    lines = told.removesuffix("\n").split("\n")
    assert all(line.isprintable() for line in lines)
    for code, message, place in words_of(report):
        heading = [at for at, line in enumerate(lines) if line.endswith(f" [{code}]")]
        assert heading
        assert f"  {visible(message)}" in lines
        assert f"    {visible(Origin().shown(place))}" in lines


@given(reports())
def test_the_order_in_which_findings_come_does_not_count(report):
    turned = Report(report.judged, report.findings[::-1], report.accepted, report.unchecked)
    assert text.render(turned) == text.render(report)
