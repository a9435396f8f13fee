"""What the manual says of links, against the code that asks and judges them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from affidavit_manual import listings
from affidavit_manual.tables_of_asking import LIMITS
from affidavit_manual.tables_of_links import LINKS
from docutils import nodes
from msgspec.structs import fields
from sphinx.builders import linkcheck
from tests.manual.conftest import MANUAL, SNIPPETS
from tests.sphinx.linkcheck_cases import DIFFERENCES

from affidavit.check import World, judge
from affidavit.cli.config import NAMES, read_config
from affidavit.cli.parser import parser
from affidavit.gathered import Gathered
from affidavit.links.asked import question
from affidavit.links.limits import Limits
from affidavit.links.marks import MarkKind
from affidavit.links.seen import Answered
from affidavit.model.claims import Corpus, Link, Page
from affidavit.model.place import Place
from affidavit.model.settings import LinkChoice, Settings
from affidavit.notes.lock import Lock
from affidavit.reports.claims import render
from affidavit.reports.formats import FORMATS


def tables(page):
    """Return the tables of a page by their titles, each as rows of the text of its cells."""
    return {
        table[0].astext(): [[cell.astext() for cell in row] for row in table.findall(nodes.row)]
        for table in page.findall(nodes.table)
        if isinstance(table[0], nodes.title)
    }


def test_every_limit_is_told():
    assert set(LIMITS) == {field.name for field in fields(Limits)}


def test_the_links_that_are_shown_ask_for_everything_that_links_can_ask_for():
    asked = {mark.kind for url in LINKS if (wanted := question(url)) for mark in wanted.marks}
    assert asked == set(MarkKind) - {MarkKind.WORD}  # which glossary entries ask for, and no link does


def test_every_setting_of_sphinx_is_told():
    page = (MANUAL / "reference" / "linkcheck.rst").read_text(encoding="utf-8")
    told = set(re.findall(r"``(linkcheck_\w+)``", page[: page.index("Of Affidavit's settings")]))
    with open(linkcheck.__file__, encoding="utf-8") as source:  # noqa: PTH123 -- the name that Python has for it
        assert told == set(re.findall(r"'(linkcheck_\w+)'", source.read()))


def test_the_differences_from_sphinx_are_those_that_are_tested(manual):
    rows = tables(manual.pages["manual/reference/linkcheck"])["Links"][1:]
    assert {link: tuple(words[:2]) for link, *words in rows} == {link: case[:2] for link, case in DIFFERENCES.items()}


def test_each_format_has_an_example(manual):
    page = manual.pages["manual/reference/formats"]
    shown = [text for caption in page.findall(nodes.caption) if (text := caption.astext()).startswith("affidavit ")]
    assert [text.split()[-1] for text in shown] == list(FORMATS) == list(listings.LANGUAGES)


def test_the_settings_in_toml_are_known_and_used(manual):
    config = read_config(SNIPPETS / "toml" / "pyproject.toml")
    assert config.problems == ()
    settings = config.settings
    assert settings.links.ignored == (r"https://demo\.some-company\.example/",)
    assert settings.user_agent == "some-company-links/1.0"
    rule = settings.rule_of("wiki.some-company.example")
    assert rule is not None
    assert rule.credentials == "WIKI_LOGIN"
    rows = tables(manual.pages["manual/reference/settings-links"])["Settings without a conf.py"][1:]
    assert [name for name, _ in rows] == list(NAMES)


def test_the_link_that_is_shown_is_made():
    shown = json.loads((SNIPPETS / "link.json").read_text(encoding="utf-8"))
    links = tuple(Link(shown["target"], Place(**place)) for place in shown["places"])
    asked = question(shown["target"])
    assert asked is not None
    final = shown["observed"]["final"]
    page = Answered(asked.url, final, 200, 1, moved_to=final).page
    seen = Answered(asked.url, final, 200, 1, moved_to=final, page=page_with(page, asked))
    gathered = Gathered(Corpus((Page(links=links),)), Settings(links=LinkChoice(("",))))
    report = judge(gathered, World(Lock(()), date(2026, 11, 22), {asked.url: seen}))
    assert json.loads(render(report))["claims"] == [shown]


def page_with(page, asked):
    """Return a page on which everything was found."""
    return type(page)("text/html", present=tuple(map(str, asked.marks)), whole=True)


CONSOLE = re.compile(r"^ *\$ (?:venv/bin/)?affidavit (.+)$", re.MULTILINE)
CALLS = [
    (page, line)
    for path in sorted(MANUAL.rglob("*.*"))
    if path.suffix in (".rst", ".md")
    for page in [path.relative_to(MANUAL).as_posix()]
    for line in CONSOLE.findall(path.read_text(encoding="utf-8"))
    if line != "--version"  # after which the parser ends the process
]


@pytest.mark.parametrize(("page", "line"), CALLS)
def test_a_command_that_is_shown_can_be_called(page, line):
    assert parser().parse_args(line.split()), page
