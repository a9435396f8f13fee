"""The table of a workflow's summary: bounded, and without anything that Markdown could make of texts."""

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from msgspec.structs import replace
from tests.reports.sample import GONE_HERE, REPORT, SETTING
from tests.reports.strange import reports

from affidavit.model.place import Place
from affidavit.model.report import Report
from affidavit.reports import markdown
from affidavit.reports.groups import grouped
from affidavit.reports.origin import Origin

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rows(text):
    """Return the rows of the table as GitHub reads them: the plain text of each cell."""
    found: list[list[str]] = []
    for token in MARKDOWN.parse(text):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and found:
            found[-1].append("".join(_plain(child) for child in token.children or ()))
        elif token.type == "table_close":
            break
    return found[1:]


def _plain(token):
    if token.type == "html_inline":
        assert token.content == "<br>"
        return "\n"
    assert token.type in {"text", "code_inline", "text_special", "link_open", "link_close"}
    return token.content


def test_the_whole_report():
    told = markdown.render(REPORT, Origin("doc"))
    assert [(row[0], row[1], row[3]) for row in rows(told)] == [
        ("error", "link-broken", "doc/index.rst:4\ndoc/install.rst:9"),
        ("error", "setting-invalid", "doc/conf.py"),
        ("warning", "link-moved", "doc/index.rst:20"),
        ("info", "rate-limited", "doc/index.rst:4"),
    ]
    assert rows(told)[1][2] == f"{SETTING.message} {SETTING.advice}"
    assert told.startswith("**9 claims: 2 broken, ")
    assert "- 1 claim: Not checked: nobody asked.\n" in told


def test_addresses_are_links_to_themselves():
    html = MARKDOWN.render(markdown.render(REPORT))
    assert '<a href="https://gone.example/a_b">https://gone.example/a_b</a> answers 404: ' in html


@pytest.mark.parametrize("number", [markdown.MOST_ROWS, markdown.MOST_ROWS + 1, 5000])
def test_the_table_is_bounded(number):
    found = [replace(GONE_HERE, message=f"No. {at}: {'x' * 20_000}") for at in range(number)]
    told = markdown.render(Report(findings=tuple(found)))
    assert len(rows(told)) == markdown.MOST_ROWS
    assert len(told.encode()) < 2**20
    assert (f"... and {number - markdown.MOST_ROWS} more finding" in told) is (number > markdown.MOST_ROWS)


def test_of_many_places_the_first_are_shown():
    found = tuple(replace(GONE_HERE, place=Place("a.rst", line)) for line in range(1, 13))
    ((*_, where),) = rows(markdown.render(Report(findings=found)))
    assert where.split("\n") == [*(f"a.rst:{line}" for line in range(1, 6)), "... and 7 more"]


@given(reports())
def test_every_group_is_one_row_of_plain_text(report):
    found = rows(markdown.render(report))
    assert [row[:2] for row in found] == [
        [str(each.finding.severity), str(each.finding.code)] for each in grouped(report.findings)
    ]
    assert all(len(row) == 4 for row in found)
